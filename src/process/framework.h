/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the framework (src/script) and places (src/place) need of commands, secrets and signals
 * beyond the public headers.  For nobody else: as the public ones, it includes nothing of the
 * rooms, which include it. */
#ifndef STG_PROCESS_FRAMEWORK_H
#define STG_PROCESS_FRAMEWORK_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <staged/process.h>
#include <staged/secrets.h>
#include <staged/status.h>

#include "base/failure/error.h"
#include "base/text/buf.h"

/* ---- Signals ---- */

/* A signal that was caught and not yet acknowledged: every wait must end. 0: none. */
int stg_signals_due(void);
/* Whether this process itself catches signals, not one that it was forked from. */
bool stg_signals_are_caught(void);
/* How many installs have not been undone. */
int stg_signals_installs(void);

/* For what ends work elsewhere and outlives us: a pipe from which each of them, as its input, can
 * read a line once a second signal has us leave at once.  If we are gone without that, as after
 * SIGKILL, it reads the end.  -1: signals are not caught. */
int stg_signals_leaving_descriptor(void);

/* For how long this process was stopped (Ctrl-Z) until now, which counts for no timeout. */
int64_t stg_stopped_ns(void);

/* ---- Lines that somebody types on the terminal ---- */

/* Whether our standard input is a terminal. */
bool stg_can_type(void);

/* Writes a prompt to the terminal and waits for a line, however often we are stopped meanwhile.
 *   prompt     written again after a stop
 *   is_hidden  whether what is typed is not shown
 *   wait_ns    how long, without the time that we are stopped; INT64_MAX: no limit
 *   line       receives it without its end; to be released with stg_typed_free; NULL unless
 *              STAGED_OK is returned
 *   error      receives what went wrong
 * Returns STAGED_OK, STAGED_CLOSED when the input ended without a line, STAGED_TIMED_OUT,
 * STAGED_INTERRUPTED, STAGED_IO or STAGED_NO_MEMORY.  The terminal is left as it was. */
staged_status stg_type(const char *prompt, bool is_hidden, int64_t wait_ns, char **line,
                       stg_error *error);
/* Wipes a line and releases it.  NULL: nothing. */
void stg_typed_free(char *line);

/* ---- What is shown ---- */

/* Writes to our own standard or error output; a reader who has left raises no signal.  Returns
 * whether everything was written. */
bool stg_show_bytes(staged_output which, const char *bytes, size_t length);

/* Receives bytes that are to be shown or kept. */
typedef void stg_take_bytes(void *context, const char *bytes, size_t length);
/* Passes on what is in a file, from its beginning, with secrets masked.
 *   secrets  NULL: none */
void stg_show_file(int file, const staged_secrets *secrets, stg_take_bytes *take, void *context);

/* ---- What commands leave running ---- */

/* Whether this process has ever started one. */
bool stg_gate_was_entered(void);
/* Whether every process that commands leave running can be found: some systems and limits hide
 * them. */
bool stg_families_are_found(void);

/* A process that ends our families when we die without a chance to: by SIGKILL, by the OOM killer,
 * or by _exit(). */
typedef struct stg_guard {
    pid_t pid; /* 0: none */
    int channel;
} stg_guard;

/* Starts one; wait() never returns it.  Returns false if that is not possible. */
bool stg_guard_start(stg_guard *guard);
/* Tells the guard that there is nothing left to do, and waits until it is gone.  Does nothing
 * without a guard. */
void stg_guard_dismiss(stg_guard *guard);

/* ---- What options mean ---- */

/* Whether an exit code is one that is expected.
 *   codes  `count` of them; NULL or none: 0 alone is expected */
bool stg_code_is_expected(const int *codes, size_t count, int code);
/* Checks that `environment` has settings, and `without` names. */
staged_status stg_check_environment(const staged_process_options *options, stg_error *error);
/* From SIGTERM to SIGKILL, in seconds; negative: SIGKILL at once. */
double stg_grace_s(const staged_process_options *options);

/* ---- Several commands at once ---- */

/* Descriptors that end a wait, too, when they can be read; -1: none. */
typedef struct stg_also {
    int one;
    const int *others;
    size_t count;
} stg_also;

/* Waits for the next event of any of some commands that were started, for `wait_ns` at the longest
 * (INT64_MAX: no limit), and handles what has happened: output, ends, timeouts, endings.  Also
 * returns when a signal becomes due. */
void stg_processes_pump(staged_process *const *processes, size_t count, const stg_also *also,
                        int64_t wait_ns);
/* Whether it is done: it has ended, its output was read, and nothing is being ended. */
bool stg_process_is_settled(const staged_process *process);
/* As staged_process_start, also while a signal to us is due: for what ends work that runs
 * elsewhere. */
staged_status stg_process_start_anyway(const staged_process_options *options,
                                       staged_process **process) STAGED_MUST_CHECK;
/* Starts ending it because of a signal to us (0: because the caller asks for it). */
void stg_process_begin_ending(staged_process *process, int signal);

/* ---- Secrets ---- */

/* Finds the next stretch of secrets that begins at or after `from`.
 *   start, end   receive where it is
 * Returns false if there is none. */
bool stg_secrets_find(const staged_secrets *secrets, const char *text, size_t length, size_t from,
                      size_t *start, size_t *end);
/* As staged_secrets_mask, for a text whose lines are already wrapped at any character. */
char *stg_secrets_mask_wrapped(const staged_secrets *secrets, const char *text, size_t length);

/* ---- Values in a text for a shell ---- */

/* Problems with the values of a format. */
typedef struct stg_shell_values {
    int refused; /* the first that cannot be quoted where it stands, counted from 1; 0: none */
    const char
        *advice;     /* for people: where that one stands, and what to write instead; NULL: none */
    bool is_missing; /* one is NULL */
    bool is_cut;     /* one has a NUL, which would end the text */
} stg_shell_values;

/* Adds a text for a shell, made as with printf, in which each value is quoted for the place where
 * it stands, so that a shell passes on exactly its bytes.  Numbers are not special to a shell and
 * can stand anywhere.  Do not run the text if `found` reports a problem. Returns as stg_format. */
staged_status stg_shell_format(stg_buf *out, stg_shell_values *found, const char *format,
                               va_list values) STAGED_PRINTF(3, 0);

/* ---- Commands as shown to people, who paste them into a shell ---- */

/* Adds a command so that a shell that reads what was added does what one does that reads `command`,
 * and so that nothing is lost on the way through a terminal or a file: control characters and
 * broken UTF-8 become substitutions of printf.  An incomplete command, such as one with an open
 * quote, would swallow what follows it; it is passed to its own shell. ascii  no other characters
 * can be shown */
void stg_show_command(stg_buf *out, const char *command, bool ascii);
/* The same for a program and its arguments, `count` > 0: also where the shell has a word or a
 * command of its own by that name. */
void stg_show_words(stg_buf *out, const char *const *words, size_t count);
/* Adds a command that leaves the shell that it is pasted into as it was: one that goes to another
 * directory or ends the shell, say, stands in parentheses, and what `before` says is done there
 * first. before  commands, each ended with "; "; "": none */
void stg_show_apart(stg_buf *out, const char *before, const char *command);
/* Adds a comment, whose control characters become blanks, to a command; "": none. */
void stg_show_comment(stg_buf *command, const char *comment);

/* What stands before a part of a command. */
typedef enum stg_gap {
    STG_GAP_BLANK, /* blanks: a line can be broken here, with a backslash */
    STG_GAP_CONTINUED /* a line that is broken */,
    STG_GAP_LINE /* the end of a line, and so of a command; or nothing: it is the first one */
} stg_gap;

/* A word, or a comment with all that follows it in its line. */
typedef struct stg_part {
    size_t at, length;
    stg_gap gap;
    size_t indent; /* blanks directly before it */
} stg_part;

/* How a command can be laid out anew.  All memory is its own. */
typedef struct stg_parts {
    stg_part *items;
    size_t count, capacity;
    bool movable;  /* lines can be broken and indented; otherwise there are no parts */
    bool comment;  /* it ends in a comment: nothing but a comment can be added to the last line */
    bool document; /* it ends in a here-document: nothing can be added to the last line */
    bool failed;   /* there was no memory */
} stg_parts;

stg_parts stg_parts_of(const char *command);
void stg_parts_free(stg_parts *parts);

#endif
