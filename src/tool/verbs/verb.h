/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the verbs of a script have in common. */
#ifndef TOOL_VERBS_VERB_H
#define TOOL_VERBS_VERB_H

#include <staged/args.h>

#include "tool/shell/shell.h"

/* Does what a verb asks for, and replies. */
typedef void sh_verb_function(sh_shell *shell, const sh_request *request);

/* When a verb makes sense. */
typedef enum sh_verb_when {
    SH_WHILE_READ = 1,
    SH_WHILE_RUNNING = 2,
    SH_ALWAYS = 3,
    SH_DECLARES = 5 /* while the file is read; nobody awaits a reply then */
} sh_verb_when;

typedef struct sh_verb {
    const char *name;
    sh_verb_function *function;
    sh_verb_when when;
} sh_verb;

/* Tables, ended by an entry without a name. */
extern const sh_verb sh_declaring_verbs[];
extern const sh_verb sh_running_verbs[];
extern const sh_verb sh_own_verbs[]; /* the prelude's */

/* Reads the words of a verb.  Returns NULL when they are wrong: then that was answered. */
staged_namespace *sh_read_words(sh_shell *shell, const sh_request *request,
                                const staged_argument_options *table, size_t count);
/* Replies that a verb is used wrongly: a mistake in the script. */
void sh_bad_verb(sh_shell *shell, const sh_request *request, const char *format, ...)
    STAGED_PRINTF(3, 4);
/* Replies with what the library has returned; a failure is that of the function unless the author
 * looks at it. */
void sh_fail_verb(sh_shell *shell, const sh_request *request, staged_status status);

/* Keeps a failure of a verb's.  Returns the exit code that is to tell of it. */
int sh_keep_failure(sh_shell *shell, const sh_request *request, staged_status status);

/* A path that is not absolute is beside the file that names it.  To be freed. */
char *sh_path_beside(const char *file, const char *name);
/* Whether the process that asks is part of the innermost call: only that may call on.  NULL: it is
 * not, and that was answered. */
sh_frame *sh_calling_frame(sh_shell *shell, const sh_request *request);
/* Replies with the result of the call, unless nobody awaits it any more. */
void sh_answer_call(sh_shell *shell, const sh_request *request, const sh_frame *frame,
                    staged_status status);
/* A word that has to be a number of seconds; negative: that was answered. */
double sh_seconds_of(sh_shell *shell, const sh_request *request, size_t number);
/* Logs something, or shows it while something is awaited.  Takes it over.  Replies. */
void sh_say_take(sh_shell *shell, const sh_request *request, staged_renderable *renderable);

/* A format with its values, as the printf-like functions of the library take them. */
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
/* Makes one of a verb's words from the given one on.  Returns false when that was answered as a
 * mistake.  To be freed in either case. */
bool sh_format_words(sh_shell *shell, const sh_request *request, size_t first, sh_format *format);
void sh_format_free(sh_format *format);

/* A word of a function's exit code in trouble: the author's code as it stands. */
void sh_trouble_of_request(const sh_request *request, sh_trouble *trouble);

sh_verb_function sh_verb_show_json, sh_verb_show_diff, sh_verb_table, sh_verb_secret,
    sh_verb_env_file, sh_verb_run, sh_verb_ran, sh_verb_ran_apart, sh_verb_ran_recorded,
    sh_verb_started, sh_verb_ask, sh_verb_confirm, sh_verb_prompt, sh_verb_background,
    sh_verb_await, sh_verb_awaited, sh_verb_cancel_works, sh_verb_running, sh_verb_log,
    sh_verb_log_dry_run, sh_verb_heading, sh_verb_panel, sh_verb_section, sh_verb_pause,
    sh_verb_poll, sh_verb_unique_directory, sh_verb_unique_name, sh_verb_set_argument, sh_verb_each,
    sh_verb_each_run, sh_verb_each_next, sh_verb_item_left;

/* Does what a request asks for, and replies. */
void sh_do_request(sh_shell *shell, const sh_request *request);

#endif
