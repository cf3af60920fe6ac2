/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The commands of a script: run, logged and recorded, or asked for their output.  Their processes
 * are in <staged/process.h>; which functions are for any thread, <staged/script.h> says. */
#ifndef STAGED_COMMAND_H
#define STAGED_COMMAND_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/choice.h>
#include <staged/class.h>
#include <staged/location.h>
#include <staged/place.h>
#include <staged/process.h>
#include <staged/status.h>

STAGED_BEGIN_DECLS

/* How to run a command; only `command` or `argv` is required.
 *   command        a line for the shell; NULL: `argv`
 *   argv           a program, found in PATH, and its arguments, ended with NULL; no shell
 *   pretty_print   record it over several lines, one option on each
 *   print_command  log it before it runs; STAGED_AUTO: as the script's `print_commands`
 *   record_command whether it is recorded; STAGED_AUTO: yes
 *   check          whether a failing command makes the call return STAGED_FAILED; STAGED_AUTO: yes.
 *                  One whose place failed always does
 *   reads_only     it changes nothing; it runs in a dry run, too
 *   directory      its working directory; NULL: the script's
 *   environment    "NAME=value", ended with NULL, as in STAGED_TEXTS("LANG=C"): added or replaced
 *   timeout_s      seconds after which it is ended, with everything it started; 0 and negative:
 *                  none.  At a place they count from when it runs
 *   expected_codes exit codes that are fine, as in STAGED_CODES(0, 2); NULL: 0
 *   output         where its output goes, if the kind is enough, as with
 *   error_output   STAGED_STREAM_CAPTURE; 0: to ours
 *   process        all other options.  The members above take precedence over their equivalents
 *                  here, and its command fields are ignored
 *   result         if not NULL, receives the result; free it with staged_completed_process_free.
 *                  It is NULL unless STAGED_OK is returned; with `.check = STAGED_NO` that
 *                  includes commands that failed.  Output that was not captured is "".  Setting
 *                  `result` without a capture, `expected_codes` or `.check = STAGED_NO` is a bug.
 *                  In a dry run the exit code is 0 and the output is the command
 *   where          in the author's source; the macros fill it in
 *   place          where it runs (docs/places.md): the name of a place, or "here"; NULL: where the
 *                  stage does.  --on of the command line comes first, except before "here".  What
 *                  a place cannot have (another user, limits, ...) is a failure */
typedef struct staged_run_options {
    size_t size; /* see STAGED_OPTIONS */
    const char *command;
    const char *const *argv;
    bool pretty_print;
    staged_choice print_command;
    staged_choice record_command;
    staged_choice check;
    bool reads_only;
    const char *directory;
    const char *const *environment;
    double timeout_s;
    const int *expected_codes;
    staged_stream_kind output;
    staged_stream_kind error_output;
    const staged_process_options *process;
    staged_completed_process **result;
    staged_location where;
    const char *place;
} staged_run_options;
/* For the functions below that take options: STAGED_RUN_OPTIONS(.directory = "src", .timeout_s =
 * 5).
 */
#define STAGED_RUN_OPTIONS(...)                                                                    \
    STAGED_OPTIONS(staged_run_options, __VA_ARGS__, .where = {__FILE__, __LINE__})
/* A list of exit codes, ended with a negative number. */
#define STAGED_CODES(...) STAGED_LIST_(int, __VA_ARGS__, -1)

/* Runs a command, as in
 *     return staged_run(c->script, "echo 'Hello World'");
 *     STAGED_TRY(staged_run(c->script, "make test", .directory = "src", .timeout_s = 600));
 * Logs it, runs it, and records it; a dry run only shows it, unless it only reads.
 * An ignored failure does not pass silently: if the hook that ran the command returns STAGED_OK,
 * the log says so, and so does the script's result.  A failure is not ignored if it is returned or
 * replaced by another, if its message is read (staged_script_error), after staged_forget_failure,
 * if the same call succeeds later, or in a condition of staged_poll; with `.check = STAGED_NO`
 * there is none. Returns STAGED_OK; STAGED_FAILED, with a message as the script's error, if it
 * could not be started, its exit code is not expected or its place failed; STAGED_INTERRUPTED if a
 * signal ended it.
 * Source: StagedScript.run. */
#define staged_run(script, ...) staged_run_with(script, STAGED_RUN_OPTIONS(.command = __VA_ARGS__))
STAGED_API STAGED_MUST_CHECK staged_status staged_run_with(staged_script *script,
                                                           const staged_run_options *options);
/* Runs a program with arguments, which it receives as they are, without a shell:
 *     STAGED_TRY(staged_run_words(c->script, "cp", from, to));
 * NULL among them, such as the value of an option that was not given, is a failure: nothing runs.
 *   count  the number of words, including the program */
#define staged_run_words(script, ...)                                                              \
    staged_run_words_with(script, STAGED_RUN_OPTIONS(.command = NULL), __VA_ARGS__)
#define staged_run_words_with(script, options, ...)                                                \
    staged_run_list_with(script, options, STAGED_LIST_(char *const, __VA_ARGS__),                  \
                         STAGED_COUNT_(const char *, __VA_ARGS__))
STAGED_API STAGED_MUST_CHECK staged_status staged_run_list_with(staged_script *script,
                                                                const staged_run_options *options,
                                                                const char *const *words,
                                                                size_t count);
/* Runs a line for the shell, formatted as by printf, with each value quoted for its place:
 * `staged_runf(c->script, "kubectl logs -n %s %s", space, pod)`.  The command receives the value
 * byte for byte, also inside "...", '...' and $(...).  Where no quoting works (here-documents,
 * backquotes, ${...}, arithmetic, comments), a value that is not a number is a failure, and so is
 * NULL, such as the value of an option that was not given: nothing runs.  With options:
 * staged_runf_with(c->script, STAGED_RUN_OPTIONS(.directory = "src"), "make %s", target). */
#define staged_runf(script, ...)                                                                   \
    staged_runf_with(script, STAGED_RUN_OPTIONS(.command = NULL), __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_runf_with(staged_script *script,
                                                            const staged_run_options *options,
                                                            const char *format, ...)
    STAGED_PRINTF(3, 4);
STAGED_API STAGED_MUST_CHECK staged_status staged_runf_v(staged_script *script,
                                                         const staged_run_options *options,
                                                         const char *format, va_list values)
    STAGED_PRINTF(3, 0);

/* A command that you build piece by piece, for options that are optional or repeated.  The script
 * owns it.  You may add to it and run it again. */
typedef struct staged_shell_line staged_shell_line;
/* Begins a command.
 *   beginning  its first words, as for staged_run: "kubectl apply"
 * Returns NULL, with a message kept as the script's error, when out of memory; the functions below
 * take that: they add nothing, and running it fails. */
STAGED_API staged_shell_line *staged_shell_line_new(staged_script *script, const char *beginning);
/* Adds words, with values quoted as by staged_runf:
 *     staged_shell_line_add(line, "--tag %s --parallel %d", tag, count);
 * Quotes must be closed within the same call.  If a value cannot be quoted, running the line fails
 * with that message. */
#define staged_shell_line_add(line, ...) staged_shell_line_add_at(line, STAGED_HERE, __VA_ARGS__)
STAGED_API void staged_shell_line_add_at(staged_shell_line *line, const staged_location *where,
                                         const char *format, ...) STAGED_PRINTF(3, 4);
STAGED_API void staged_shell_line_add_v(staged_shell_line *line, const staged_location *where,
                                        const char *format, va_list values) STAGED_PRINTF(3, 0);
/* The same with ready words for the shell. */
STAGED_API void staged_shell_line_add_text(staged_shell_line *line, const staged_location *where,
                                           const char *words);
/* Adds an option once for each value of a list, such as that of a repeatable argument.
 *   option  such as "--values"
 *   values  ended with NULL; NULL: none */
#define staged_shell_line_add_options(line, ...)                                                   \
    staged_shell_line_add_options_at(line, STAGED_HERE, __VA_ARGS__)
STAGED_API void staged_shell_line_add_options_at(staged_shell_line *line,
                                                 const staged_location *where, const char *option,
                                                 const char *const *values);
/* Runs the command:
 *     return staged_shell_line_run_with(line, STAGED_RUN_OPTIONS(.pretty_print = true));
 *   options  `command` and `argv` are not used
 * Returns what staged_run does. */
STAGED_API STAGED_MUST_CHECK staged_status
staged_shell_line_run_with(staged_shell_line *line, const staged_run_options *options);

/* Runs a command for its standard output, without the newlines at the end.  Values are quoted as by
 * staged_runf.  The command is neither logged nor recorded; observers get its events.  It runs
 * here, wherever the commands of its stage do.
 *   answer  owned by the script and valid as long as it; NULL unless STAGED_OK is returned
 * Returns what staged_run does.  A dry run does not run it and returns STAGED_UNKNOWN, a failure
 * with its own message unless the author handles it. */
#define staged_ask(script, answer, ...) staged_ask_at(script, STAGED_HERE, answer, __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_ask_at(staged_script *script,
                                                         const staged_location *where,
                                                         const char **answer, const char *format,
                                                         ...) STAGED_PRINTF(4, 5);
STAGED_API STAGED_MUST_CHECK staged_status staged_ask_v(staged_script *script,
                                                        const staged_location *where,
                                                        const char **answer, const char *format,
                                                        va_list values) STAGED_PRINTF(4, 0);
/* The same of a line for the shell that is ready, as staged_run takes it. */
STAGED_API STAGED_MUST_CHECK staged_status staged_ask_text(staged_script *script,
                                                           const staged_location *where,
                                                           const char **answer,
                                                           const char *command);
/* The same for a command that changes nothing; it runs in a dry run, too. */
#define staged_ask_read_only(script, answer, ...)                                                  \
    staged_ask_read_only_at(script, STAGED_HERE, answer, __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_ask_read_only_at(staged_script *script,
                                                                   const staged_location *where,
                                                                   const char **answer,
                                                                   const char *format, ...)
    STAGED_PRINTF(4, 5);
STAGED_API STAGED_MUST_CHECK staged_status
staged_ask_read_only_v(staged_script *script, const staged_location *where, const char **answer,
                       const char *format, va_list values) STAGED_PRINTF(4, 0);
STAGED_API STAGED_MUST_CHECK staged_status staged_ask_read_only_text(staged_script *script,
                                                                     const staged_location *where,
                                                                     const char **answer,
                                                                     const char *command);

/* ---- What was recorded ---- */

/* The recorded commands so far, in order; owned by the script, valid until the next one, ended with
 * NULL.  Source: commands_executed. */
STAGED_API const char *const *staged_script_commands(const staged_script *script, size_t *count);
/* Adds one that did not go through staged_run ("sleep 30", "# wait for the pods"). */
STAGED_API staged_status staged_script_add_command(staged_script *script, const char *command);
STAGED_API void staged_script_clear_commands(staged_script *script);

/* Everything known about a command.
 *   command      as it was recorded
 *   stage        the stage that ran it, and the number of the attempt; "" and 0 outside of stages
 *   directory    its working directory; NULL: the script's
 *   environment  what was added to its environment and what was removed; NULL: nothing
 *   failure      "exit code 3", "timed out after 5 s" or the like, unless that was expected; ""
 *   ended        whether it has; the rest is zero until then
 *   start_ns     nanoseconds since 1970 (UTC)
 *   place        the name of the place that it ran at; NULL: here */
typedef struct staged_command_record {
    const char *command;
    const char *stage;
    int64_t attempt;
    const char *directory;
    const char *const *environment;
    const char *const *without;
    const char *failure;
    bool ended;
    int exit_code;
    int signal;
    bool timed_out;
    int64_t start_ns;
    int64_t duration_ns;
    staged_location where;
    const char *place;
} staged_command_record;
/* One of them, in the order in which they began; owned by the script, valid until the next command.
 *   index  from 0
 * Returns NULL past the last. */
STAGED_API const staged_command_record *staged_script_command_record(const staged_script *script,
                                                                     size_t index);

/* ---- Places, where commands run if not here ---- */

/* Adds a kind of places (staged/place.h), in STAGED_HOOK_INIT, before the first place of that kind.
 *   kind  a constant, which is borrowed
 * Returns STAGED_OK, in an inner script also if that kind is there already; STAGED_FAILED, and
 * notes a bug, if its name is taken. */
STAGED_API staged_status staged_script_add_place_kind(staged_script *script,
                                                      const staged_place_kind *kind);

/* Declares a place, in STAGED_HOOK_INIT, as in
 *     staged_script_add_place(script, "hpc", "slurm", STAGED_TEXTS("--partition", "main"));
 * The operator's files of places take precedence: they may give the name another meaning.
 *   name   letters, digits, `-` and `_`; not "here"
 *   kind   "ssh", "slurm", or one that was added
 *   words  for the kind, ended with NULL; NULL: none
 * Returns STAGED_OK, in an inner script also if the place is there already, in the same words;
 * STAGED_FAILED, and notes a bug, if the words are wrong. */
#define staged_script_add_place(script, ...)                                                       \
    staged_script_add_place_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_status staged_script_add_place_at(staged_script *script,
                                                    const staged_location *where, const char *name,
                                                    const char *kind, const char *const *words);

STAGED_END_DECLS

#endif
