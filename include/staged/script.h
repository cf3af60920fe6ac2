/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Scripts: what a class's stages and hooks work with, and how a script is run.
 *
 * Functions that take a `staged_script *` are for one thread at a time, the one that runs the
 * script.  These are for all threads, at once and while the script's own thread does anything else:
 *     staged_run, staged_runf, staged_ask, staged_ask_read_only, staged_script_add_command
 *     staged_log, staged_log_renderable, staged_log_heading, staged_log_dry_run
 *     staged_fail, staged_forget_failure, staged_script_is_dry_run, staged_script_clock,
 * staged_script_console Work beside a stage (staged_background_start) has a failure of its own,
 * which staged_script_error returns to it, and which becomes the stage's when it is joined. Threads
 * that an author makes himself have to have ended before the hook that made them returns. */
#ifndef STAGED_SCRIPT_H
#define STAGED_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/args.h>
#include <staged/choice.h>
#include <staged/class.h>
#include <staged/clock.h>
#include <staged/console.h>
#include <staged/process.h>
#include <staged/status.h>

STAGED_BEGIN_DECLS

/* How a script is created; all zero is the default.
 *   stages                  the stages to register, in this order, ended by NULL, as in
 *                           `.stages = STAGED_TEXTS("hello", "goodbye")`; NULL: all that its
 *                           classes declare, bases first
 *   name                    the script's name; NULL: that of the running program
 *   console                 where and how it prints; see staged_console_options
 *   print_commands          whether commands are logged before they run; STAGED_AUTO: yes
 *   clock                   NULL: the system's
 *   guard                   whether staged_main starts a process that ends what commands started
 *                           when the script is killed (SIGKILL, no memory left) or leaves by
 *                           _exit(); STAGED_AUTO: in CI, which sets the variable CI.  Only on
 *                           Linux
 *   user                    the author's own, for staged_script_user: not looked at; NULL: none, of
 *                           an inner script that of the script that uses it */
typedef struct staged_script_options {
    const char *const *stages;
    const char *name;
    staged_console_options console;
    staged_choice print_commands;
    const staged_clock *clock;
    staged_choice guard;
    void *user;
} staged_script_options;

/* Creates a script, runs it with the words of a command line, and releases it; what a program's
 * `main` returns.
 *   script_class  the class
 *   options       NULL: the defaults
 *   argc, argv    as `main` has them, the program's name first
 * Returns the exit status: 0 if all went well, 1 if a stage, a hook or the script's own success
 * flag says that it did not, 2 for a wrong command line, 70 for a bug in the script (in its tables,
 * its arguments, or found while it ran), 74 if all went well but not all of the log could be
 * written (a reader who has left does not count), or what was asked for with staged_exit. */
STAGED_API int staged_main_with(const staged_class *script_class,
                                const staged_script_options *options, int argc, char **argv);
STAGED_API int staged_main(const staged_class *script_class, int argc, char **argv);

/* Creates a script: puts the classes in line, checks their tables, and calls STAGED_HOOK_INIT. What
 * is wrong with the tables is kept, and reported by staged_script_run.  NULL: out of memory. */
STAGED_API staged_script *staged_script_new(const staged_class *script_class,
                                            const staged_script_options *options);
/* Calls STAGED_HOOK_CLEAN_UP and releases all.  NULL: does nothing. */
STAGED_API void staged_script_free(staged_script *script);

/* Runs a script: parses the command line, calls STAGED_HOOK_MAIN, prints the summary, whatever
 * happens.
 *   argc, argv  the words after the program's name
 * Returns the exit status, as staged_main_with does. */
STAGED_API int staged_script_run(staged_script *script, int argc, char *const *argv);

/* The bugs that were found in the classes' tables, a line each with its place in the source; "" if
 * there are none. */
STAGED_API const char *staged_script_bugs(const staged_script *script);
/* What went wrong last, in words; "" if nothing did.  Work beside a stage is told what went wrong
 * with itself; not for threads that the author made. */
STAGED_API const char *staged_script_error(const staged_script *script);

/* ---- What a stage or hook returns ---- */

/* Fails: `return staged_fail(c->script, "no such pod: %s", name);`.  Keeps the message and the
 * place, which the log shows, and returns STAGED_FAILED.  Source: raising an exception. */
#define staged_fail(script, ...) staged_fail_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_fail_at(staged_script *script,
                                                          const staged_location *where,
                                                          const char *format, ...)
    STAGED_PRINTF(3, 4);
/* Asks for another attempt: `return staged_retry(c->script, "no pod is ready");`.  Keeps the reason
 * and the place, which the log shows before the next attempt, and returns STAGED_RETRY.  Source:
 * raising RetryStage. */
#define staged_retry(script, ...) staged_retry_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_retry_at(staged_script *script,
                                                           const staged_location *where,
                                                           const char *format, ...)
    STAGED_PRINTF(3, 4);
/* Ends the script after the stage's end phase, with the summary: `return staged_exit(c->script,
 * 3);`.  Returns STAGED_EXIT.
 *   exit_status  0 to 255; another value is a failure.  With 0 the script still exits 1 if
 *                something has failed before.
 * Source: raising SystemExit. */
STAGED_API STAGED_MUST_CHECK staged_status staged_exit(staged_script *script, int exit_status);

/* ---- Stages ---- */

/* How a stage ended, the last time it was run. */
typedef enum staged_outcome {
    STAGED_OUTCOME_NONE = 0, /* not run yet */
    STAGED_OUTCOME_PASSED,
    STAGED_OUTCOME_SKIPPED,
    STAGED_OUTCOME_RETRYING,  /* of an attempt: another one follows, if allowed */
    STAGED_OUTCOME_ABANDONED, /* asked for another attempt when there was none left */
    STAGED_OUTCOME_FAILED,
    STAGED_OUTCOME_EXITED, /* with staged_exit */
    STAGED_OUTCOME_INTERRUPTED
} staged_outcome;

/* Runs a registered stage with all its phases, or skips it when it is not to be run.
 * Returns STAGED_OK also when its retries are spent (the script has failed then, and goes on);
 * otherwise what made it leave, to be handed on.  Source: calling the decorated method. */
#define staged_stage_run(script, ...) staged_stage_run_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_stage_run_at(staged_script *script,
                                                               const staged_location *where,
                                                               const char *stage);
/* How a stage ended; STAGED_OUTCOME_NONE for an unknown one.
 *
 * A stage that no class declares, here and wherever a stage is named, is a bug, reported with the
 * file and line of the call, the running hook fails, and the script ends with 70. */
#define staged_stage_outcome(script, ...) staged_stage_outcome_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_outcome staged_stage_outcome_at(staged_script *script,
                                                  const staged_location *where, const char *stage);

/* The registered stages, in their order; owned by the script, ended by NULL.
 *   count  if not NULL, how many. */
STAGED_API const char *const *staged_script_stages(const staged_script *script, size_t *count);
/* Whether a stage is to be run (false for an unknown one), and the choice changed.  Source:
 * stages_to_run.  The latter returns STAGED_FAILED for an unknown stage. */
#define staged_stage_is_selected(script, ...)                                                      \
    staged_stage_is_selected_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API bool staged_stage_is_selected_at(staged_script *script, const staged_location *where,
                                            const char *stage);
#define staged_stage_select(script, ...) staged_stage_select_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_status staged_stage_select_at(staged_script *script, const staged_location *where,
                                                const char *stage, bool selected);
/* From a hook: all other stages are not to be run, except those that always run.  Source:
 * `self.stages_to_run -= ...`. */
STAGED_API void staged_script_skip_rest(staged_script *script);
/* The current stage, "" before the first one, and a change of it.  Source: current_stage. */
STAGED_API const char *staged_script_stage(const staged_script *script);
#define staged_script_set_stage(script, ...)                                                       \
    staged_script_set_stage_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_status staged_script_set_stage_at(staged_script *script,
                                                    const staged_location *where,
                                                    const char *stage);

/* How a stage is retried: how many attempts after the first, seconds between two attempts, and
 * seconds since the first one after which no other begins.  Source: STAGE_retry_attempts, _delay,
 * _timeout. */
typedef struct staged_retry_settings {
    int64_t attempts;
    double delay_s;
    double timeout_s;
} staged_retry_settings;
/* All zero for an unknown stage; the latter returns STAGED_FAILED for one, and when a setting is
 * less than 0 or no number. */
#define staged_stage_retry(script, ...) staged_stage_retry_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_retry_settings staged_stage_retry_at(staged_script *script,
                                                       const staged_location *where,
                                                       const char *stage);
#define staged_stage_set_retry(script, ...)                                                        \
    staged_stage_set_retry_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_status staged_stage_set_retry_at(staged_script *script,
                                                   const staged_location *where, const char *stage,
                                                   const staged_retry_settings *settings);

/* What was tried the last time that a stage was run; all zero if it never was.  Owned by the
 * script. Source: tenacity.Retrying.statistics. */
#define staged_stage_statistics(script, ...)                                                       \
    staged_stage_statistics_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API const staged_retry_statistics *
staged_stage_statistics_at(staged_script *script, const staged_location *where, const char *stage);
/* Retries a stage by another rule than those settings: with growing or random waits, say.
 *   policy  borrowed, with all that it points to, until the script is released; NULL: the settings
 * Returns STAGED_FAILED for an unknown stage, and for a policy that is invalid
 * (staged_retry_state_error). Source: tenacity.Retrying. */
#define staged_stage_set_retry_policy(script, ...)                                                 \
    staged_stage_set_retry_policy_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_status staged_stage_set_retry_policy_at(staged_script *script,
                                                          const staged_location *where,
                                                          const char *stage,
                                                          const staged_retry_policy *policy);

/* How long a stage may take, all its attempts and the waits between them together, and the script.
 * When the time runs out, a running command is ended with all that it started, a wait ends, and the
 * stage has failed; its end phase still runs, and is not limited.  This is apart from the retry
 * timeout, which only decides whether another attempt begins.
 *   seconds  0: no limit; the deadline counts from the creation of the script object
 * The setters return STAGED_FAILED when that is less than 0 or no number, and for an unknown
 * stage: bugs, which are reported. */
#define staged_stage_set_time_limit(script, ...)                                                   \
    staged_stage_set_time_limit_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_status staged_stage_set_time_limit_at(staged_script *script,
                                                        const staged_location *where,
                                                        const char *stage, double seconds);
#define staged_stage_time_limit(script, ...)                                                       \
    staged_stage_time_limit_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API double staged_stage_time_limit_at(staged_script *script, const staged_location *where,
                                             const char *stage);
STAGED_API staged_status staged_script_set_deadline(staged_script *script, double seconds);
STAGED_API double staged_script_deadline(const staged_script *script);
/* From STAGED_HOOK_BUILD_PARSER: adds `--deadline SECONDS` and `--STAGE-time-limit SECONDS`. */
STAGED_API void staged_script_add_time_limit_arguments(staged_script *script);

/* ---- What a script knows of itself ---- */

/* The program's name, and the same without its extension.  Source: script_name, script_stem. */
STAGED_API const char *staged_script_name(const staged_script *script);
STAGED_API const char *staged_script_stem(const staged_script *script);
STAGED_API staged_status staged_script_set_name(staged_script *script, const char *name);

/* `user` of the options it was made with: for all hooks, STAGED_HOOK_INIT included. */
STAGED_API void *staged_script_user(const staged_script *script);

/* Whether commands are only shown.  Source: dry_run. */
STAGED_API bool staged_script_is_dry_run(const staged_script *script);
STAGED_API void staged_script_set_dry_run(staged_script *script, bool dry_run);

/* Whether it succeeds so far: false once a stage or hook failed, or the author said so.  Setting it
 * to true takes back what the author said, never a failure.  Source: script_success. */
STAGED_API bool staged_script_success(const staged_script *script);
STAGED_API void staged_script_set_success(staged_script *script, bool success);

/* The signal that asked the script to end; 0: none has. */
STAGED_API int staged_script_signal(const staged_script *script);

/* When the script object was created: nanoseconds since 1970 (UTC).  Source: start_time. */
STAGED_API int64_t staged_script_start_time_ns(const staged_script *script);
/* Moves it, and with it what the summary's total and the deadline count from. */
STAGED_API void staged_script_set_start_time_ns(staged_script *script, int64_t nanoseconds);
STAGED_API const staged_clock *staged_script_clock(const staged_script *script);

/* Where the script prints; owned by the script.  Source: console. */
STAGED_API staged_console *staged_script_console(staged_script *script);
/* The argument parser, built when it is first asked for by calling STAGED_HOOK_BUILD_PARSER; owned
 * by the script.  NULL when it cannot be built.  Source: parser. */
STAGED_API staged_parser *staged_script_parser(staged_script *script);
/* The parsed arguments, also to be changed; owned by the script.  Before they are parsed there are
 * none, and to ask for one or to set one is a bug, which fails the running hook.  NULL: out of
 * memory.
 * Source: args. */
STAGED_API staged_namespace *staged_script_args(staged_script *script);
/* The value of one of them: `staged_args_path(c->script, "some_file")`.  They return as the getters
 * of a namespace do.  Source: args.some_file. */
#define staged_args_text(script, name) staged_namespace_text(staged_script_args(script), (name))
#define staged_args_path(script, name) staged_namespace_path(staged_script_args(script), (name))
#define staged_args_int(script, name) staged_namespace_int(staged_script_args(script), (name))
#define staged_args_float(script, name) staged_namespace_float(staged_script_args(script), (name))
#define staged_args_bool(script, name) staged_namespace_bool(staged_script_args(script), (name))
#define staged_args_list(script, name) staged_namespace_list(staged_script_args(script), (name))
/* The group "retry" of the parser; NULL before STAGED_HOOK_BUILD_PARSER's default made it.  Source:
 * retry_arg_group. */
STAGED_API staged_argument_group *staged_script_retry_group(staged_script *script);
/* A stage's three retry arguments, to hide or change them.  NULL for an unknown stage.  Source:
 * STAGE_retry_attempts_arg, _delay_arg, _timeout_arg. */
#define staged_stage_retry_attempts_argument(script, ...)                                          \
    staged_stage_retry_attempts_argument_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_argument *staged_stage_retry_attempts_argument_at(staged_script *script,
                                                                    const staged_location *where,
                                                                    const char *stage);
#define staged_stage_retry_delay_argument(script, ...)                                             \
    staged_stage_retry_delay_argument_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_argument *staged_stage_retry_delay_argument_at(staged_script *script,
                                                                 const staged_location *where,
                                                                 const char *stage);
#define staged_stage_retry_timeout_argument(script, ...)                                           \
    staged_stage_retry_timeout_argument_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_argument *staged_stage_retry_timeout_argument_at(staged_script *script,
                                                                   const staged_location *where,
                                                                   const char *stage);
/* Hides the three retry arguments of a stage, and of all stages with the group's title. */
#define staged_stage_hide_retry_arguments(script, ...)                                             \
    staged_stage_hide_retry_arguments_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API void staged_stage_hide_retry_arguments_at(staged_script *script,
                                                     const staged_location *where,
                                                     const char *stage);
STAGED_API void staged_script_hide_retry_arguments(staged_script *script);

/* From STAGED_HOOK_PARSE_ARGS: prints the help and, in yellow, what is wrong, and ends the script
 * with exit status 1: `return staged_fail_usage(c->script, "...");`.  Source: raise_parser_error.
 */
STAGED_API STAGED_MUST_CHECK staged_status staged_fail_usage(staged_script *script,
                                                             const char *format, ...)
    STAGED_PRINTF(2, 3);

/* Makes a path among the parsed arguments absolute, without links and "..", also if nothing is
 * there yet: what a log shows points at the very file that was used.  None stays None.
 *   dest  its name in the namespace ("some_file")
 * Returns STAGED_FAILED, with a message, before the arguments are parsed, for a name that no
 * argument has or whose value is not a path, and when the current directory is gone.  Source:
 * pathlib.Path.resolve. */
#define staged_args_resolve_path(script, ...)                                                      \
    staged_args_resolve_path_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_args_resolve_path_at(staged_script *script,
                                                                       const staged_location *where,
                                                                       const char *dest);

/* How long a run of a stage took, and how it ended.  Source: StageDuration. */
typedef struct staged_stage_duration {
    const char *stage;
    int64_t duration_ns;
    staged_outcome outcome;
} staged_stage_duration;
/* One of the durations so far, in order; owned by the script, valid until the next is added.
 *   index  from 0
 * Returns NULL past the last. */
STAGED_API const staged_stage_duration *staged_script_duration(const staged_script *script,
                                                               size_t index);
STAGED_API staged_status staged_script_add_duration(staged_script *script, const char *stage,
                                                    int64_t duration_ns);
STAGED_API void staged_script_clear_durations(staged_script *script);

/* The commands so far as they were recorded, in order; owned by the script, valid until the next
 * one, ended by NULL.  Source: commands_executed. */
STAGED_API const char *const *staged_script_commands(const staged_script *script, size_t *count);
/* Adds one that did not go through staged_run ("sleep 30", "# wait for the pods"). */
STAGED_API staged_status staged_script_add_command(staged_script *script, const char *command);
STAGED_API void staged_script_clear_commands(staged_script *script);

/* All that is known of a command that was run.
 *   command      as it was recorded
 *   stage        the stage that ran it, and the number of the attempt; "" and 0 outside of stages
 *   directory    where it ran; NULL: where the script does
 *   environment  what was added to its environment and what was taken out; NULL: nothing
 *   failure      "exit code 3", "timed out after 5 s" or the like, unless that was expected; ""
 *   ended        whether it has; the rest is zero until then
 *   start_ns     nanoseconds since 1970 (UTC) */
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
} staged_command_record;
/* One of them, in the order in which they began; owned by the script, valid until the next command.
 *   index  from 0
 * Returns NULL past the last. */
STAGED_API const staged_command_record *staged_script_command_record(const staged_script *script,
                                                                     size_t index);

/* ---- Printing ---- */

/* Logs a line: the format is markup, the values are data and are never parsed as markup.
 * Returns STAGED_FAILED for a format that is not markup, which is then logged as it is.
 * Source: console.log. */
#define staged_log(script, ...) staged_log_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_status staged_log_at(staged_script *script, const staged_location *where,
                                       const char *format, ...) STAGED_PRINTF(3, 4);
/* Logs anything that can be drawn, which stays the caller's, as with all that prints. */
#define staged_log_renderable(script, renderable)                                                  \
    staged_log_renderable_at(script, STAGED_HERE, renderable)
STAGED_API staged_status staged_log_renderable_at(staged_script *script,
                                                  const staged_location *where,
                                                  const staged_renderable *renderable);
/* Logs a heading in a panel; `color` is any style, NULL: cyan.  Source: print_heading. */
#define staged_log_heading(script, color, ...)                                                     \
    staged_log_heading_at(script, STAGED_HERE, color, __VA_ARGS__)
STAGED_API staged_status staged_log_heading_at(staged_script *script, const staged_location *where,
                                               const char *color, const char *format, ...)
    STAGED_PRINTF(4, 5);
/* Logs, in a yellow panel, what would happen were this not a dry run; `indent` in columns.  Source:
 * print_dry_run_message. */
#define staged_log_dry_run(script, indent, ...)                                                    \
    staged_log_dry_run_at(script, STAGED_HERE, indent, __VA_ARGS__)
STAGED_API staged_status staged_log_dry_run_at(staged_script *script, const staged_location *where,
                                               int indent, const char *format, ...)
    STAGED_PRINTF(4, 5);

/* ---- Running commands ---- */

/* How a command is run; only `command` or `argv` is required.
 *   command        a line for the shell; NULL: `argv`
 *   argv           a program and its arguments, ended by NULL; found along PATH, no shell
 *   pretty_print   record it over several lines, an option on each
 *   print_command  log it before it runs; STAGED_AUTO: as the script's `print_commands`
 *   record_command whether it is listed among the commands; STAGED_AUTO: yes
 *   check          whether a failing command makes the call return STAGED_FAILED; STAGED_AUTO: yes
 *   reads_only     it changes nothing: it is run in a dry run, too
 *   directory      where it runs; NULL: where the script does
 *   environment    "NAME=value", ended with NULL, as in STAGED_TEXTS("LANG=C"): added or replaced
 *   timeout_s      seconds after which it is ended, with all that it started; 0 and negative: none
 *   expected_codes exit codes that are fine, as in STAGED_CODES(0, 2); NULL: 0
 *   output         where its output goes, if that needs no more than its kind, as with
 *   error_output   STAGED_STREAM_CAPTURE; 0: to ours
 *   process        all else.  The members above come before those that say the same here, and its
 *                  own command fields are not used
 *   result         if not NULL, receives what came of it, to be released with
 *                  staged_completed_process_free.  It is all zero unless STAGED_OK is returned,
 *                  which with `.check = STAGED_NO` is so for a command that failed, too.  What was
 *                  not captured is "".  To ask for it without a capture, an own exit code or
 *                  `.check = STAGED_NO` is a bug.  A dry run's has the exit code 0 and the command
 *                  as its output
 *   where          in the author's source; the macros fill it in */
typedef struct staged_run_options {
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
    staged_process_options process;
    staged_completed_process *result;
    staged_location where;
} staged_run_options;
/* For the functions below that take options: STAGED_RUN_OPTIONS(.directory = "src", .timeout_s =
 * 5).
 */
#define STAGED_RUN_OPTIONS(...)                                                                    \
    STAGED_LITERAL_(staged_run_options, __VA_ARGS__, .where = {__FILE__, __LINE__})
/* A list of exit codes, ended with a negative number. */
#define STAGED_CODES(...) STAGED_LIST_(int, __VA_ARGS__, -1)

/* Runs a command, as in
 *     return staged_run(c->script, "echo 'Hello World'");
 *     STAGED_TRY(staged_run(c->script, "make test", .directory = "src", .timeout_s = 600));
 * In a dry run shows it only, unless it only reads.  Otherwise logs it, runs it, and records it.
 * A failure that nobody looks at does not pass silently: when the hook that ran the command returns
 * STAGED_OK all the same, the log tells of it, and so does the script's result.  Looked at is a
 * failure that is handed on or followed by another one, whose words are read (staged_script_error),
 * that staged_forget_failure has done with, or after which the same call succeeds; that of a
 * command in a condition of staged_poll; and with `.check = STAGED_NO` there is none.
 * Returns STAGED_OK; STAGED_FAILED, with the reason kept as the script's error, when it could not
 * be started or its exit code is not fine; STAGED_INTERRUPTED when a signal ended the wait.
 * Source: StagedScript.run. */
#define staged_run(script, ...) staged_run_with(script, STAGED_RUN_OPTIONS(.command = __VA_ARGS__))
STAGED_API STAGED_MUST_CHECK staged_status staged_run_with(staged_script *script,
                                                           const staged_run_options *options);
/* Runs a program with its arguments, each of which it receives as it is, without a shell:
 *     STAGED_TRY(staged_run_words(c->script, "cp", from, to));
 * One that is NULL, as of an option that nobody gave, is a failure: nothing is run.
 *   count  how many words there are, the program included */
#define staged_run_words(script, ...)                                                              \
    staged_run_words_with(script, STAGED_RUN_OPTIONS(.command = NULL), __VA_ARGS__)
#define staged_run_words_with(script, options, ...)                                                \
    staged_run_list_with(script, options, STAGED_LIST_(char *const, __VA_ARGS__),                  \
                         STAGED_COUNT_(const char *, __VA_ARGS__))
STAGED_API STAGED_MUST_CHECK staged_status staged_run_list_with(staged_script *script,
                                                                const staged_run_options *options,
                                                                const char *const *words,
                                                                size_t count);
/* Runs a line of the shell that is made as with printf, in which each value is quoted for the place
 * where it stands, if need be: `staged_runf(c->script, "kubectl logs -n %s %s", space, pod)`.  What
 * the command receives is the value, byte for byte, also inside "...", '...' and $(...).  Where no
 * quoting is right (here-documents, backquotes, ${...}, arithmetic, comments), a value that is not
 * a number is a failure, and so is NULL, as of an option that nobody gave: nothing is run.  With
 * options: staged_runf_with(c->script, STAGED_RUN_OPTIONS(.directory = "src"), "make %s", target).
 */
#define staged_runf(script, ...)                                                                   \
    staged_runf_with(script, STAGED_RUN_OPTIONS(.command = NULL), __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_runf_with(staged_script *script,
                                                            const staged_run_options *options,
                                                            const char *format, ...)
    STAGED_PRINTF(3, 4);

/* Keeps a value, or that of an environment variable, out of all that the script writes or records:
 * log, summary, recorded commands, messages, and captured output while it is shown.  It is replaced
 * by ***, in all the ways in which programs write it (staged_secrets_add).  What an author draws
 * himself, or captures, is his own affair.  Returns STAGED_FAILED, with the reason, for a value
 * that is NULL or too short to be hidden, for a variable that is not set, and while work goes on
 * beside the stage, which might show it. */
STAGED_API STAGED_MUST_CHECK staged_status staged_script_add_secret(staged_script *script,
                                                                    const char *value);
STAGED_API STAGED_MUST_CHECK staged_status staged_script_add_secret_variable(staged_script *script,
                                                                             const char *name);

/* Waits; ends early, with STAGED_INTERRUPTED, when a signal asks the script to end, and with
 * STAGED_FAILED when a time limit is exceeded.  A dry run waits, too.
 *   seconds  0, less, or no number: not at all */
STAGED_API STAGED_MUST_CHECK staged_status staged_sleep(staged_script *script, double seconds);

/* What failed last in this thread is dealt with: `if (staged_run(...) != STAGED_OK) {
 * staged_forget_failure(script); ... }`. */
STAGED_API void staged_forget_failure(staged_script *script);

/* Asks a command something: its standard output, without the newlines at its end, is the answer.
 * Each value is quoted, as in staged_runf.  The question is neither logged nor listed among the
 * commands; observers are told.
 *   answer  the caller frees it; NULL unless STAGED_OK is returned
 * Returns what staged_run does.  A dry run asks nothing: it returns STAGED_UNKNOWN, which is a
 * failure that says so unless the author does something about it. */
#define staged_ask(script, answer, ...) staged_ask_at(script, STAGED_HERE, answer, __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_ask_at(staged_script *script,
                                                         const staged_location *where,
                                                         char **answer, const char *format, ...)
    STAGED_PRINTF(4, 5);
/* The same of a command that changes nothing, which a dry run asks, too. */
#define staged_ask_read_only(script, answer, ...)                                                  \
    staged_ask_read_only_at(script, STAGED_HERE, answer, __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_ask_read_only_at(staged_script *script,
                                                                   const staged_location *where,
                                                                   char **answer,
                                                                   const char *format, ...)
    STAGED_PRINTF(4, 5);

/* ---- Names of its own ---- */

/* A name that no other run has: `prefix` and some random letters and digits.
 *   length  how many, 1 to 64
 * Returns a name that is owned by the script; NULL, with a message, when there is no memory or no
 * source of random numbers. */
STAGED_API const char *staged_unique_name(staged_script *script, const char *prefix, int length);
/* Makes a directory that no other run has: PREFIX-20260102T030405-x7k2q.  A dry run makes none, and
 * says so.
 *   prefix  may name directories, which are made too
 *   path    receives the absolute path, owned by the script
 * Returns STAGED_FAILED, with a message, when it cannot be made. */
STAGED_API STAGED_MUST_CHECK staged_status staged_unique_directory(staged_script *script,
                                                                   const char *prefix,
                                                                   const char **path);

/* ---- Scripts that use another one ---- */

/* Makes a script for the use of another one, which releases it: to parse arguments with it, and to
 * call its methods or run its stages.  It prints on the other one's console; its commands, stages,
 * failures and interrupts are the other one's, and it is dry if that one is.
 *   options  as for staged_script_new, but for the console and the clock; NULL: the defaults.  A
 *            script without stages: `.stages = STAGED_TEXTS(NULL)`
 * Returns NULL, with a message, when out of memory.  Bugs in the tables are told by
 * staged_script_parse_args. */
STAGED_API staged_script *staged_script_new_inner(staged_script *script,
                                                  const staged_script_options *options,
                                                  const staged_class *script_class);
/* Parses a command line for it, as staged_script_run would.
 *   words  ended by NULL, without a program's name, as in STAGED_TEXTS("--instance", name)
 * Returns STAGED_FAILED, with the parser's words, when that command line is wrong. */
STAGED_API STAGED_MUST_CHECK staged_status staged_script_parse_args(staged_script *script,
                                                                    const char *const *words);

/* ---- The summary ---- */

/* Sets a section of the summary, from STAGED_HOOK_SUMMARY or any time before; it
 * replaces one with the same heading, in its place.
 *   heading  such as "Machine details"
 *   format   markup; the values are data */
STAGED_API staged_status staged_summary_set_section(staged_script *script, const char *heading,
                                                    const char *format, ...) STAGED_PRINTF(3, 4);
/* The same with anything that can be drawn, which is taken over, also on failure. */
STAGED_API staged_status staged_summary_set_section_take(staged_script *script, const char *heading,
                                                         staged_renderable *content);
/* Prints the summary now; the framework does not print it again.  Source:
 * print_script_execution_summary. */
STAGED_API staged_status staged_script_print_summary(staged_script *script);

STAGED_END_DECLS

#endif
