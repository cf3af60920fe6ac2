/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Scripts: what stages and hooks work with, and how to run a script.
 *
 * Functions that take a `staged_script *` are for one thread at a time, the one that runs the
 * script.  Any thread may call these at any time, in all their forms (_at, _with, _v, _text,
 * _list):
 *
 *   - commands: staged_run, staged_run_words, staged_runf, staged_ask, staged_ask_read_only,
 *     staged_script_add_command, staged_shell_line_new (a line is for one thread at a time)
 *   - the log: staged_log, staged_log_renderable, staged_log_heading, staged_log_dry_run
 *   - failures: staged_fail, staged_forget_failure
 *   - facts: staged_script_is_dry_run, staged_script_clock, staged_script_console
 *   - texts: staged_format
 *
 * Background work (staged_background_start) has its own failure, which staged_script_error returns
 * to it, and which becomes the stage's when the work is joined.  Threads that you create yourself
 * must end before the hook that created them returns.
 *
 * Every printf-like function has a form that takes a va_list (_v) and one that takes plain text,
 * neither a format nor markup (_text).  If the format is markup, a third form takes the values as
 * an array (_list), like staged_markup_new_list: for callers in other languages. */
#ifndef STAGED_SCRIPT_H
#define STAGED_SCRIPT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/args.h>
#include <staged/choice.h>
#include <staged/class.h>
#include <staged/clock.h>
#include <staged/command.h>
#include <staged/console.h>
#include <staged/process.h>
#include <staged/status.h>

STAGED_BEGIN_DECLS

/* For which system a script writes what that shows besides the log: folded stages, annotations,
 * summaries.  docs/ci.md has the details. */
typedef enum staged_ci {
    STAGED_CI_AUTO = 0, /* the one that runs it, if its output goes into a pipe */
    STAGED_CI_NONE,
    STAGED_CI_GITHUB, /* GitHub Actions, and what understands its workflow commands */
    STAGED_CI_GITLAB
} staged_ci;

/* How a script is created; all zero is the default.
 *   stages                  the stages to register, in this order, ended with NULL, as in
 *                           `.stages = STAGED_TEXTS("hello", "goodbye")`; NULL: all stages that its
 *                           classes declare, bases first
 *   name                    the script's name; NULL: the program's
 *   console                 where and how it prints; NULL: all defaults
 *   print_commands          whether commands are logged before they run; STAGED_AUTO: yes
 *   clock                   NULL: the system's
 *   guard                   whether staged_main starts a process that kills what commands started
 *                           if the script is killed (by SIGKILL or the OOM killer) or calls
 *                           _exit(); STAGED_AUTO: if the environment variable CI is set.  Only on
 *                           Linux
 *   run_arguments           whether help shows --from, --until, --skip, --assume, --on,
 *                           --retry-on, --lock, --lock-wait, --keep-output, --resume and
 *                           --resume-anyway, which every script has unless its author uses the name
 *                           for something else; STAGED_AUTO: help hides them, and they work;
 *                           STAGED_NO: there are none
 *   lock                    a name, or a path with a slash, that only one run at a time can hold;
 *                           NULL: none.  A dry run and an inner script do not take it
 *   lock_wait_s             how long to wait, in seconds, until another run releases it; 0: not at
 *                           all; negative: as long as it takes.  A run that does not get it exits
 *                           with 75
 *   user                    the author's own pointer, for staged_script_user; NULL: none, or, for
 *                           an inner script, the outer script's
 *   record                  whether the run is recorded (docs/run-records.md); STAGED_AUTO: if the
 *                           environment variable STAGED_RUNS is set to a directory; STAGED_YES
 *                           records elsewhere where it is not set, adds `--no-record`, and can be
 *                           overruled by an empty STAGED_RUNS
 *   file                    the file that the record takes for the script; NULL: the program's
 *   ci                      the system whose marks it writes; the environment variable STAGED_CI
 *                           (github, gitlab or none) comes first.  Commands that it runs see
 *                           STAGED_CI=none, so that a script among them leaves them out
 *   window_title            whether the title of the terminal's window is that of the script and
 *                           its stage while it runs; STAGED_AUTO: yes.  The environment variable
 *                           STAGED_TITLE (yes or none) comes first
 *   notify_after_s          how long, in seconds, a run has to take for its end to be announced on
 *                           the terminal, by a notification or the bell; 0: 30; negative: never.
 *                           The environment variable STAGED_NOTIFY (seconds or none) comes first.
 *                           Both are off without a terminal, and where CI is set
 *                           (docs/scripts.md)
 *   place                   where commands run whose stage does not say otherwise (docs/places.md):
 *                           the name of a place; NULL: here, or, for an inner script, where those
 *                           of the outer one run
 *   retry_on_place          whether stages are tried again when the place of a command failed and
 *                           another attempt is worth it; see `retry_on_place` of staged_method;
 *                           STAGED_AUTO: no */
typedef struct staged_script_options {
    size_t size; /* see STAGED_OPTIONS */
    const char *const *stages;
    const char *name;
    const staged_console_options *console;
    staged_choice print_commands;
    const staged_clock *clock;
    staged_choice guard;
    void *user;
    staged_choice run_arguments;
    staged_choice record;
    const char *file;
    const char *lock;
    double lock_wait_s;
    staged_ci ci;
    staged_choice window_title;
    double notify_after_s;
    const char *place;
    staged_choice retry_on_place;
} staged_script_options;

/* Creates a script, runs it with a command line, and frees it: for a program's `main`.
 *   script_class  the class
 *   options       NULL: the defaults
 *   argc, argv    as `main` has them, the program's name first
 * Returns the exit status: 0 for success, 1 for a failure, 2 for a wrong command line, 70 for a bug
 * in the script (in its tables, its arguments, or found during the run), 74 for success with an
 * incomplete log (unless its reader has left), or the argument of staged_exit. */
STAGED_API int staged_main_with(const staged_class *script_class,
                                const staged_script_options *options, int argc, char **argv);
STAGED_API int staged_main(const staged_class *script_class, int argc, char **argv);

/* Creates a script: linearizes the classes, checks their tables, and calls STAGED_HOOK_INIT.
 * staged_script_run reports mistakes in the tables.  NULL: out of memory. */
STAGED_API staged_script *staged_script_new(const staged_class *script_class,
                                            const staged_script_options *options);
/* Calls STAGED_HOOK_CLEAN_UP and frees everything.  Takes NULL. */
STAGED_API void staged_script_free(staged_script *script);

/* Runs a script: parses the command line, calls STAGED_HOOK_MAIN, and, whatever happens, prints the
 * summary.
 *   argc, argv  the words after the program's name
 * Returns the exit status, as staged_main_with does. */
STAGED_API int staged_script_run(staged_script *script, int argc, char *const *argv);

/* The bugs in the classes' tables, a line each, with its place in the source; "" if there are none.
 */
STAGED_API const char *staged_script_bugs(const staged_script *script);
/* The last failure's message; "" without one.  Background work gets its own; not for threads that
 * you create yourself. */
STAGED_API const char *staged_script_error(const staged_script *script);

/* ---- What a stage or hook returns ---- */

/* Fails: `return staged_fail(c->script, "no such pod: %s", name);`.  Records the message and the
 * place for the log, and returns STAGED_FAILED.  Source: raising an exception. */
#define staged_fail(script, ...) staged_fail_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_fail_at(staged_script *script,
                                                          const staged_location *where,
                                                          const char *format, ...)
    STAGED_PRINTF(3, 4);
STAGED_API STAGED_MUST_CHECK staged_status staged_fail_v(staged_script *script,
                                                         const staged_location *where,
                                                         const char *format, va_list values)
    STAGED_PRINTF(3, 0);
STAGED_API STAGED_MUST_CHECK staged_status staged_fail_text(staged_script *script,
                                                            const staged_location *where,
                                                            const char *text);
/* Asks for another attempt: `return staged_retry(c->script, "no pod is ready");`.  Records the
 * reason and the place, which the log shows before the next attempt, and returns STAGED_RETRY.
 * Source: raising RetryStage. */
#define staged_retry(script, ...) staged_retry_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_retry_at(staged_script *script,
                                                           const staged_location *where,
                                                           const char *format, ...)
    STAGED_PRINTF(3, 4);
STAGED_API STAGED_MUST_CHECK staged_status staged_retry_v(staged_script *script,
                                                          const staged_location *where,
                                                          const char *format, va_list values)
    STAGED_PRINTF(3, 0);
STAGED_API STAGED_MUST_CHECK staged_status staged_retry_text(staged_script *script,
                                                             const staged_location *where,
                                                             const char *text);
/* Ends the script, after the stage's end phase and with the summary:
 * `return staged_exit(c->script, 3);`.  Returns STAGED_EXIT.
 *   exit_status  0 to 255; any other value is a failure.  With 0 the script still exits with 1 if
 *                something failed before.
 * Source: raising SystemExit. */
STAGED_API STAGED_MUST_CHECK staged_status staged_exit(staged_script *script, int exit_status);

/* ---- Stages ---- */

/* How a stage last ended. */
typedef enum staged_outcome {
    STAGED_OUTCOME_NONE = 0, /* not run yet */
    STAGED_OUTCOME_PASSED,
    STAGED_OUTCOME_SKIPPED,
    STAGED_OUTCOME_RETRYING,  /* of an attempt: it asks for another one */
    STAGED_OUTCOME_ABANDONED, /* it asked for another attempt when none was left */
    STAGED_OUTCOME_FAILED,
    STAGED_OUTCOME_EXITED, /* with staged_exit */
    STAGED_OUTCOME_INTERRUPTED
} staged_outcome;

/* Runs a registered stage with all its phases, or skips it if it is not selected.  Returns
 * STAGED_OK even if its retries are exhausted (the script has then failed, but continues);
 * otherwise the status that ended it, for the caller to return.  Source: calling the decorated
 * method. */
#define staged_stage_run(script, ...) staged_stage_run_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_stage_run_at(staged_script *script,
                                                               const staged_location *where,
                                                               const char *stage);
/* How a stage ended; STAGED_OUTCOME_NONE for an unknown one.
 *
 * Here and below, a stage that no class declares is a bug: it is reported with the file and line of
 * the call, the running hook fails, and the script exits with 70. */
#define staged_stage_outcome(script, ...) staged_stage_outcome_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_outcome staged_stage_outcome_at(staged_script *script,
                                                  const staged_location *where, const char *stage);

/* The registered stages, in order; owned by the script, ended with NULL.
 *   count  if not NULL, receives how many */
STAGED_API const char *const *staged_script_stages(const staged_script *script, size_t *count);
/* Whether a stage is selected (false for an unknown one); selects or deselects it, which returns
 * STAGED_FAILED for an unknown stage.  Source: stages_to_run. */
#define staged_stage_is_selected(script, ...)                                                      \
    staged_stage_is_selected_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API bool staged_stage_is_selected_at(staged_script *script, const staged_location *where,
                                            const char *stage);
#define staged_stage_select(script, ...) staged_stage_select_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_status staged_stage_select_at(staged_script *script, const staged_location *where,
                                                const char *stage, bool selected);
/* From a hook: deselects all remaining stages, except those that always run.  Source:
 * `self.stages_to_run -= ...`. */
STAGED_API void staged_script_skip_rest(staged_script *script);
/* The current stage, "" before the first one; changes it.  Source: current_stage. */
STAGED_API const char *staged_script_stage(const staged_script *script);
#define staged_script_set_stage(script, ...)                                                       \
    staged_script_set_stage_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_status staged_script_set_stage_at(staged_script *script,
                                                    const staged_location *where,
                                                    const char *stage);

/* How a stage is retried: attempts after the first, seconds between attempts, and seconds from the
 * start of the first one after which no attempt begins.  Source: STAGE_retry_attempts, _delay,
 * _timeout. */
typedef struct staged_retry_settings {
    int64_t attempts;
    double delay_s;
    double timeout_s;
} staged_retry_settings;
/* All zero for an unknown stage; the setter returns STAGED_FAILED for one, and for a negative
 * setting or NaN. */
#define staged_stage_retry(script, ...) staged_stage_retry_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_retry_settings staged_stage_retry_at(staged_script *script,
                                                       const staged_location *where,
                                                       const char *stage);
#define staged_stage_set_retry(script, ...)                                                        \
    staged_stage_set_retry_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_status staged_stage_set_retry_at(staged_script *script,
                                                   const staged_location *where, const char *stage,
                                                   const staged_retry_settings *settings);

/* The attempts of a stage's last run; all zero if it never ran.  Owned by the script. Source:
 * tenacity.Retrying.statistics. */
#define staged_stage_statistics(script, ...)                                                       \
    staged_stage_statistics_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API const staged_retry_statistics *
staged_stage_statistics_at(staged_script *script, const staged_location *where, const char *stage);
/* Replaces these settings by a policy, with growing or random waits, say.
 *   policy  borrowed, with everything it points to, until the script is freed; NULL: the settings
 * Returns STAGED_FAILED for an unknown stage, and for a policy that is invalid
 * (staged_retry_state_error). Source: tenacity.Retrying. */
#define staged_stage_set_retry_policy(script, ...)                                                 \
    staged_stage_set_retry_policy_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_status staged_stage_set_retry_policy_at(staged_script *script,
                                                          const staged_location *where,
                                                          const char *stage,
                                                          const staged_retry_policy *policy);

/* Time limits of a stage, with all its attempts and the waits between them, and of the script. When
 * time runs out, a running command is ended with everything it started, a wait ends, and the stage
 * fails; its end phase still runs, without a limit.  The retry timeout is different: it only
 * decides whether another attempt begins.
 *   seconds  0: no limit; the deadline counts from the creation of the script object
 * The setters return STAGED_FAILED for a negative number, NaN or an unknown stage, which are
 * reported as bugs. */
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

/* ---- Properties of a script ---- */

/* The program's name, and the same without its extension.  Source: script_name, script_stem. */
STAGED_API const char *staged_script_name(const staged_script *script);
STAGED_API const char *staged_script_stem(const staged_script *script);
STAGED_API staged_status staged_script_set_name(staged_script *script, const char *name);

/* `user` of its options; hooks can use it from STAGED_HOOK_INIT on. */
STAGED_API void *staged_script_user(const staged_script *script);

/* Whether this is a dry run, which only shows commands.  Source: dry_run. */
STAGED_API bool staged_script_is_dry_run(const staged_script *script);
STAGED_API void staged_script_set_dry_run(staged_script *script, bool dry_run);

/* Whether it has succeeded so far: false once a stage or hook has failed, or the author set it so.
 * Setting it to true takes back only what the author set, not a failure.  Source: script_success.
 */
STAGED_API bool staged_script_success(const staged_script *script);
STAGED_API void staged_script_set_success(staged_script *script, bool success);

/* The signal that asked the script to end; 0: none. */
STAGED_API int staged_script_signal(const staged_script *script);

/* When the script object was created: nanoseconds since 1970 (UTC).  Source: start_time. */
STAGED_API int64_t staged_script_start_time_ns(const staged_script *script);
/* Changes it; the summary's total and the deadline count from it. */
STAGED_API void staged_script_set_start_time_ns(staged_script *script, int64_t nanoseconds);
STAGED_API const staged_clock *staged_script_clock(const staged_script *script);

/* Where the script prints; owned by the script.  Source: console. */
STAGED_API staged_console *staged_script_console(staged_script *script);
/* The argument parser; the first call builds it with STAGED_HOOK_BUILD_PARSER.  Owned by the
 * script; NULL if it cannot be built.  Source: parser. */
STAGED_API staged_parser *staged_script_parser(staged_script *script);
/* The parsed arguments, which you may change; owned by the script.  Reading or setting one before
 * they are parsed is a bug, which fails the running hook.  NULL: out of memory.
 * Source: args. */
STAGED_API staged_namespace *staged_script_args(staged_script *script);
/* The value of one of them: `staged_args_path(c->script, "some_file")`.  See the getters of a
 * namespace.  Source: args.some_file. */
#define staged_args_text(script, name) staged_namespace_text(staged_script_args(script), (name))
#define staged_args_path(script, name) staged_namespace_path(staged_script_args(script), (name))
#define staged_args_int(script, name) staged_namespace_int(staged_script_args(script), (name))
#define staged_args_float(script, name) staged_namespace_float(staged_script_args(script), (name))
#define staged_args_bool(script, name) staged_namespace_bool(staged_script_args(script), (name))
#define staged_args_list(script, name) staged_namespace_list(staged_script_args(script), (name))
/* The group "retry" of the parser; NULL until the default of STAGED_HOOK_BUILD_PARSER has created
 * it.  Source: retry_arg_group. */
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
/* Hides the three retry arguments of a stage, or of all stages, with the group's title. */
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
STAGED_API STAGED_MUST_CHECK staged_status staged_fail_usage_v(staged_script *script,
                                                               const char *format, va_list values)
    STAGED_PRINTF(2, 0);
STAGED_API STAGED_MUST_CHECK staged_status staged_fail_usage_text(staged_script *script,
                                                                  const char *text);

/* Makes a path among the parsed arguments absolute, without links and "..", even if it does not
 * exist yet, so that the log shows exactly which file was used.  None stays None.
 *   dest  its name in the namespace ("some_file")
 * Returns STAGED_FAILED, with a message, before the arguments are parsed, for an unknown name or a
 * value that is not a path, and if the current directory is gone.  Source: pathlib.Path.resolve. */
#define staged_args_resolve_path(script, ...)                                                      \
    staged_args_resolve_path_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_args_resolve_path_at(staged_script *script,
                                                                       const staged_location *where,
                                                                       const char *dest);

/* How long an attempt of a stage took, and how it ended; `earlier`: in the run that is resumed.
 * Source: StageDuration. */
typedef struct staged_stage_duration {
    const char *stage;
    int64_t duration_ns;
    staged_outcome outcome;
    bool earlier;
} staged_stage_duration;
/* One of the durations so far, in order; owned by the script, valid until the next is added.
 *   index  from 0
 * Returns NULL past the last. */
STAGED_API const staged_stage_duration *staged_script_duration(const staged_script *script,
                                                               size_t index);
STAGED_API staged_status staged_script_add_duration(staged_script *script, const char *stage,
                                                    int64_t duration_ns);
STAGED_API void staged_script_clear_durations(staged_script *script);

/* ---- Printing ---- */

/* Logs a line: the format is markup, the values are data and are never parsed as markup.
 * Returns STAGED_FAILED for a format that is not markup, which is then logged as it is.
 * Source: console.log. */
#define staged_log(script, ...) staged_log_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_status staged_log_at(staged_script *script, const staged_location *where,
                                       const char *format, ...) STAGED_PRINTF(3, 4);
STAGED_API staged_status staged_log_v(staged_script *script, const staged_location *where,
                                      const char *format, va_list values) STAGED_PRINTF(3, 0);
STAGED_API staged_status staged_log_list(staged_script *script, const staged_location *where,
                                         const char *format, const char *const *texts,
                                         size_t count);
STAGED_API staged_status staged_log_text(staged_script *script, const staged_location *where,
                                         const char *text);
/* Logs a renderable, which the caller keeps. */
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
STAGED_API staged_status staged_log_heading_v(staged_script *script, const staged_location *where,
                                              const char *color, const char *format, va_list values)
    STAGED_PRINTF(4, 0);
STAGED_API staged_status staged_log_heading_list(staged_script *script,
                                                 const staged_location *where, const char *color,
                                                 const char *format, const char *const *texts,
                                                 size_t count);
STAGED_API staged_status staged_log_heading_text(staged_script *script,
                                                 const staged_location *where, const char *color,
                                                 const char *text);
/* Logs, in a yellow panel, what would happen outside of a dry run; `indent` in columns.  Source:
 * print_dry_run_message. */
#define staged_log_dry_run(script, indent, ...)                                                    \
    staged_log_dry_run_at(script, STAGED_HERE, indent, __VA_ARGS__)
STAGED_API staged_status staged_log_dry_run_at(staged_script *script, const staged_location *where,
                                               int indent, const char *format, ...)
    STAGED_PRINTF(4, 5);
STAGED_API staged_status staged_log_dry_run_v(staged_script *script, const staged_location *where,
                                              int indent, const char *format, va_list values)
    STAGED_PRINTF(4, 0);
STAGED_API staged_status staged_log_dry_run_list(staged_script *script,
                                                 const staged_location *where, int indent,
                                                 const char *format, const char *const *texts,
                                                 size_t count);
STAGED_API staged_status staged_log_dry_run_text(staged_script *script,
                                                 const staged_location *where, int indent,
                                                 const char *text);

/* ---- Secrets, sleep, failures that were dealt with ---- */

/* Keeps a value, or that of an environment variable, out of everything the script writes or
 * records: log, summary, recorded commands, messages, and captured output while it is shown.  It is
 * masked as *** in every spelling that programs use (staged_secrets_add), but not in what you draw
 * or capture yourself.  Returns STAGED_FAILED, with a message, for a value that is NULL or too
 * short to mask, for a variable that is not set, and while background work is running, which might
 * show it. */
STAGED_API STAGED_MUST_CHECK staged_status staged_script_add_secret(staged_script *script,
                                                                    const char *value);
STAGED_API STAGED_MUST_CHECK staged_status staged_script_add_secret_variable(staged_script *script,
                                                                             const char *name);

/* Waits.  Returns early with STAGED_INTERRUPTED if a signal asks the script to end, and with
 * STAGED_FAILED if a time limit is exceeded.  A dry run waits, too.
 *   seconds  0, negative or NaN: no wait */
STAGED_API STAGED_MUST_CHECK staged_status staged_sleep(staged_script *script, double seconds);

/* Marks this thread's last failure as dealt with:
 * `if (staged_run(...) != STAGED_OK) { staged_forget_failure(script); ... }`. */
STAGED_API void staged_forget_failure(staged_script *script);

/* ---- Texts ---- */

/* Formats a text: `staged_format(c->script, "%s/%s.log", directory, pod)`.  For a text that you
 * format again and again, use a buffer of your own.
 * Returns the text, owned by the script and valid as long as it; NULL, with a message kept as the
 * script's error, when out of memory. */
STAGED_API const char *staged_format(staged_script *script, const char *format, ...)
    STAGED_PRINTF(2, 3);
STAGED_API const char *staged_format_v(staged_script *script, const char *format, va_list values)
    STAGED_PRINTF(2, 0);
/* The same with a ready text, which is copied. */
STAGED_API const char *staged_format_text(staged_script *script, const char *text);

/* ---- Unique names ---- */

/* A name that no other run has: `prefix` and some random letters and digits.
 *   length  how many of these, 1 to 64
 * Returns a name owned by the script; NULL, with a message, when out of memory or without a source
 * of random numbers. */
STAGED_API const char *staged_unique_name(staged_script *script, const char *prefix, int length);
/* Creates a directory that no other run has: PREFIX-20260102T030405-x7k2q.  A dry run only says so.
 *   prefix  may contain directories, which are created, too
 *   path    receives the absolute path, owned by the script
 * Returns STAGED_FAILED, with a message, if it cannot be created. */
STAGED_API STAGED_MUST_CHECK staged_status staged_unique_directory(staged_script *script,
                                                                   const char *prefix,
                                                                   const char **path);

/* ---- Scripts inside scripts ---- */

/* Creates a script inside another one, which frees it: to parse arguments with it, and to call its
 * methods or run its stages.  It prints on the outer script's console; its commands, stages,
 * failures and interrupts are the outer script's, and so is its dry run.
 *   options  as for staged_script_new, except the console and the clock; NULL: the defaults.  For a
 *            script without stages: `.stages = STAGED_TEXTS(NULL)`
 * Returns NULL, with a message, when out of memory.  staged_script_parse_args reports bugs in the
 * tables. */
STAGED_API staged_script *staged_script_new_inner(staged_script *script,
                                                  const staged_script_options *options,
                                                  const staged_class *script_class);
/* Parses a command line for it, as staged_script_run would.
 *   words  ended with NULL, without a program's name, as in STAGED_TEXTS("--instance", name)
 * Returns STAGED_FAILED, with the parser's message, if the command line is wrong. */
STAGED_API STAGED_MUST_CHECK staged_status staged_script_parse_args(staged_script *script,
                                                                    const char *const *words);

/* ---- The summary ---- */

/* Sets a section of the summary, in STAGED_HOOK_SUMMARY or earlier; it replaces one with the same
 * heading, in its place.
 *   heading  such as "Machine details"
 *   format   markup; the values are data */
STAGED_API staged_status staged_summary_set_section(staged_script *script, const char *heading,
                                                    const char *format, ...) STAGED_PRINTF(3, 4);
STAGED_API staged_status staged_summary_set_section_v(staged_script *script, const char *heading,
                                                      const char *format, va_list values)
    STAGED_PRINTF(3, 0);
STAGED_API staged_status staged_summary_set_section_list(staged_script *script, const char *heading,
                                                         const char *format,
                                                         const char *const *texts, size_t count);
STAGED_API staged_status staged_summary_set_section_text(staged_script *script, const char *heading,
                                                         const char *text);
/* The same with a renderable, which it takes over, even on failure. */
STAGED_API staged_status staged_summary_set_section_take(staged_script *script, const char *heading,
                                                         staged_renderable *content);
/* Prints the summary now; the framework does not print it again.  Source:
 * print_script_execution_summary. */
STAGED_API staged_status staged_script_print_summary(staged_script *script);

STAGED_END_DECLS

#endif
