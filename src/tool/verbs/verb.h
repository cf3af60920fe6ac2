/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the verbs of a script share. */
#ifndef TOOL_VERBS_VERB_H
#define TOOL_VERBS_VERB_H

#include <staged/args.h>

#include "tool/shell/shell.h"

/* Does what a verb asks for, and replies. */
typedef void sh_verb_function(sh_shell *shell, const sh_request *request);

/* When a verb may be used. */
typedef enum sh_verb_when {
    SH_WHILE_READ = 1,
    SH_WHILE_RUNNING = 2,
    SH_ALWAYS = 3,
    SH_DECLARES = 5 /* while the file is read; no reply is awaited then */
} sh_verb_when;

typedef struct sh_verb {
    const char *name;
    sh_verb_function *function;
    sh_verb_when when;
} sh_verb;

/* Tables, terminated by an entry without a name. */
extern const sh_verb sh_declaring_verbs[];
extern const sh_verb sh_running_verbs[];
extern const sh_verb sh_own_verbs[]; /* the prelude's */

/* What verbs can be given before their command. */
typedef struct sh_options {
    const staged_argument_options *rows;
    size_t count;
} sh_options;
extern const sh_options sh_run_options, sh_ask_options, sh_each_options;

/* Parses the words of a verb.  Returns NULL, after a reply, if they are wrong. */
staged_namespace *sh_read_words(sh_shell *shell, const sh_request *request,
                                const staged_argument_options *table, size_t count);
/* Replies that a verb is used wrongly, which is a mistake in the script. */
void sh_bad_verb(sh_shell *shell, const sh_request *request, const char *format, ...)
    STAGED_PRINTF(3, 4);
/* Replies with a status of the library; a failure becomes the function's unless the author checks
 * it. */
void sh_fail_verb(sh_shell *shell, const sh_request *request, staged_status status);

/* Keeps a verb's failure.  Returns the exit code that reports it. */
int sh_keep_failure(sh_shell *shell, const sh_request *request, staged_status status);

/* A relative path is relative to the file that names it.  The caller frees the result. */
char *sh_path_beside(const char *file, const char *name);
/* The innermost call, if the process that asks is part of it: only that may use verbs that call
 * functions.  NULL: it is not, and the reply says so. */
sh_frame *sh_calling_frame(sh_shell *shell, const sh_request *request);
/* Replies with the result of a call, unless nobody waits for it any more. */
void sh_answer_call(sh_shell *shell, const sh_request *request, const sh_frame *frame,
                    staged_status status);
/* Reads a word as a number of seconds; negative: it is invalid, and the reply says so. */
double sh_seconds_of(sh_shell *shell, const sh_request *request, size_t number);
/* Logs a renderable, or shows it during a wait, and replies.  Takes it over. */
void sh_say_take(sh_shell *shell, const sh_request *request, staged_renderable *renderable);

/* A format with its values, as the library's printf-like functions take them. */
enum { SH_MOST_VALUES = 16 };
typedef struct sh_format {
    sh_text format;
    char *values[SH_MOST_VALUES];
} sh_format;
#define SH_VALUES(f)                                                                               \
    (f)->values[0], (f)->values[1], (f)->values[2], (f)->values[3], (f)->values[4],                \
        (f)->values[5], (f)->values[6], (f)->values[7], (f)->values[8], (f)->values[9],            \
        (f)->values[10], (f)->values[11], (f)->values[12], (f)->values[13], (f)->values[14],       \
        (f)->values[15]
/* Makes a format of a verb's words from `first` on.  Returns false after replying with a mistake.
 * Free it in either case. */
bool sh_format_words(sh_shell *shell, const sh_request *request, size_t first, sh_format *format);
void sh_format_free(sh_format *format);

/* Fills in the process and the place of trouble that a verb causes. */
void sh_trouble_of_request(const sh_request *request, sh_trouble *trouble);

sh_verb_function sh_verb_show_json, sh_verb_show_diff, sh_verb_table, sh_verb_secret,
    sh_verb_env_file, sh_verb_run, sh_verb_ran, sh_verb_ran_apart, sh_verb_ran_recorded,
    sh_verb_started, sh_verb_ask, sh_verb_run_there, sh_verb_ask_there, sh_verb_confirm,
    sh_verb_prompt, sh_verb_background, sh_verb_await, sh_verb_awaited, sh_verb_cancel_works,
    sh_verb_running, sh_verb_log, sh_verb_log_dry_run, sh_verb_heading, sh_verb_panel,
    sh_verb_section, sh_verb_pause, sh_verb_poll, sh_verb_unique_directory, sh_verb_unique_name,
    sh_verb_set_argument, sh_verb_each, sh_verb_each_run, sh_verb_each_next, sh_verb_item_left;

/* Does what a request asks for, and replies. */
void sh_do_request(sh_shell *shell, const sh_request *request);

#endif
