/* SPDX-License-Identifier: BSD-3-Clause
 *
 * For programs that run scripts in another language, as `staged` does for shell scripts: the
 * commands that they run themselves, the failures and mistakes that they find, and the time left.
 * They build their classes at run time (staged/class.h).  All functions are for the thread that
 * runs the script. */
#ifndef STAGED_BRIDGE_H
#define STAGED_BRIDGE_H

#include <stdarg.h>
#include <stdbool.h>

#include <staged/each.h>
#include <staged/events.h>
#include <staged/process.h>
#include <staged/script.h>

STAGED_BEGIN_DECLS

/* A command that the program runs itself. */
typedef struct staged_outside_command staged_outside_command;

/* Reports the start of a command, which is logged and recorded as by staged_run.
 *   options       what runs, and where; how it is logged and recorded; its expected codes; whether
 *                 `output` is ours (0), so that what is printed meanwhile is the command's.  The
 *                 rest is ignored
 *   surroundings  for the event; NULL: the script's.  At a place the command runs in this directory
 *   command       receives it, for staged_outside_command_end; NULL after a failure and in a dry
 *                 run, which only shows it
 * Returns STAGED_OK; STAGED_FAILED, with a message, if the options contradict each other. */
STAGED_API STAGED_MUST_CHECK staged_status staged_outside_command_begin(
    staged_script *script, const staged_run_options *options,
    const staged_surroundings *surroundings, staged_outside_command **command);
/* Reports its end, and frees it.  Takes NULL.
 *   exit_code  negative: killed by that signal
 *   timed_out  it exceeded its timeout
 *   failure    receives its failure ("exit code 3"), which the caller frees; NULL if it went as
 *              expected, or when out of memory
 * Of a command at a place both are those of its client: see staged_outside_command_judge. */
STAGED_API void staged_outside_command_end(staged_outside_command *command, int exit_code,
                                           bool timed_out, char **failure);

/* ---- Commands at places (docs/places.md) ---- */

/* Finds where a command that begins now would run: as its author, its stage, the script and the
 * operator say.
 *   own           as `.place` of its options; NULL: its author says nothing
 *   shares_files  receives whether directories here are those there
 *   place         receives the name; NULL: here
 * Returns STAGED_OK; STAGED_FAILED, with a message, if there is no such place. */
STAGED_API STAGED_MUST_CHECK staged_status staged_script_find_place(staged_script *script,
                                                                    const staged_location *where,
                                                                    const char *own,
                                                                    bool *shares_files,
                                                                    const char **place);
/* Checks the declaration of a place (staged_script_add_place).
 *   problem  receives what is wrong, which the caller frees; NULL: nothing, or out of memory
 * Returns STAGED_OK; another status if it is wrong. */
STAGED_API STAGED_MUST_CHECK staged_status staged_place_check(const char *name, const char *kind,
                                                              const char *const *words,
                                                              char **problem);

/* Returns the name of the place where the command has begun; NULL: the program is to run it here.
 * At a place, its timeout counts, too, from when it runs there, and so do the options for its
 * process that a place can have; an input of a kind other than STAGED_STREAM_INHERIT is that of the
 * client. */
STAGED_API const char *staged_outside_command_place(const staged_outside_command *command);
/* Returns the client, which the program runs in place of the command: a program here and its
 * arguments, ended with NULL.  Its outputs are those of the command.  NULL: the command could not
 * begin there, and has ended already. */
STAGED_API const char *const *staged_outside_command_client(const staged_outside_command *command);
/* Returns what to add to the client's environment, or to replace there: "NAME=value", ended with
 * NULL; NULL if there is nothing. */
STAGED_API const char *const *
staged_outside_command_client_environment(const staged_outside_command *command);
/* Asks the place how far the command has come, if that is due, and ends one that took too long.
 *   ends_client  receives whether the program is to end the client now
 * Returns in how many seconds to call it again; INFINITY: never. */
STAGED_API double staged_outside_command_watch(staged_outside_command *command, bool *ends_client);
/* Begins to end the command there, because a signal, a time limit or a failure ends what it is part
 * of, and returns at once.  Afterwards the program ends the client.  Does nothing for a command
 * that runs here. */
STAGED_API void staged_outside_command_stop(staged_outside_command *command);
/* Finds out how the command ended, once its client has, or if there was none.  Waits until that is
 * certain, but not indefinitely.
 *   exit_code  of the client; negative: killed by that signal
 * Returns the result, as that of staged_run: if `place->failure` is not STAGED_PLACE_OK, there is
 * no exit code; so it is when out of memory.  It belongs to the command, whose end has yet to be
 * reported.  NULL for a command that runs here. */
STAGED_API const staged_completed_process *
staged_outside_command_judge(staged_outside_command *command, int exit_code);

/* ---- Items of an each ---- */

/* What a program does while the items of an each (staged/each.h) run, and, where they are no
 * programs but functions of the other language, say, how they run.  Its functions are called by
 * staged_each_through alone, by the thread that called that.
 *   context      passed to all of them
 *   descriptors  end a wait for programs when they can be read; then `wait` is called with 0
 *   descriptor_count
 *                how many
 *   wait         waits for something to happen, at most that many seconds, and handles it; also
 *                returns when a signal is due.  Returns STAGED_OK; anything else: nothing can
 *                happen any more
 *   start        begins an item in a slot, from 0, whose output goes to the end of a file at a
 *                path, which it opens before it returns, and its error output to that of another
 *                one (NULL: the same).  Returns STAGED_OK, or a failure whose message is the
 *                script's error.  NULL: the items are programs; the next two are not called
 *   has_ended    whether the item of a slot has ended; then the slot is free.  The exit code is
 *                negative if a signal ended it; `failure` receives why it failed, allocated with
 *                malloc, which the library frees, or NULL
 *   signal       sends a signal to every process that the item of a slot has started.  Returns how
 *                many of them live
 */
typedef struct staged_item_runner {
    size_t size; /* see STAGED_OPTIONS */
    void *context;
    const int *descriptors;
    size_t descriptor_count;
    staged_status (*wait)(void *context, double seconds);
    staged_status (*start)(void *context, size_t slot, const char *const *words,
                           const char *output_path, const char *error_path);
    bool (*has_ended)(void *context, size_t slot, int *exit_code, char **failure);
    size_t (*signal)(void *context, size_t slot, int signal);
} staged_item_runner;

/* As staged_each_with, while `runner` does its part.  Where it starts the items, only the grace
 * time of the options' `process` counts. */
STAGED_API STAGED_MUST_CHECK staged_status staged_each_through(staged_script *script,
                                                               const staged_each_options *options,
                                                               const staged_item_runner *runner);

/* Notes that the next failure is one of a place, and that another attempt is worth it: with
 * --retry-on place the stage is tried again. */
STAGED_API void staged_script_note_place_failure(staged_script *script);
/* Fails because of a command, as staged_run does.
 *   failure  what happened: "exit code 3"
 *   command  the command, as a line for the shell
 *   details  further lines; "": none
 * Returns STAGED_FAILED. */
STAGED_API STAGED_MUST_CHECK staged_status staged_fail_command_at(staged_script *script,
                                                                  const staged_location *where,
                                                                  const char *failure,
                                                                  const char *command,
                                                                  const char *details);
/* Fails because of a bug in the script, which then exits with 70.  Returns STAGED_FAILED. */
STAGED_API STAGED_MUST_CHECK staged_status staged_fail_bug_at(staged_script *script,
                                                              const staged_location *where,
                                                              const char *format, ...)
    STAGED_PRINTF(3, 4);
STAGED_API STAGED_MUST_CHECK staged_status staged_fail_bug_v(staged_script *script,
                                                             const staged_location *where,
                                                             const char *format, va_list values)
    STAGED_PRINTF(3, 0);
STAGED_API STAGED_MUST_CHECK staged_status staged_fail_bug_text(staged_script *script,
                                                                const staged_location *where,
                                                                const char *text);

/* Whether the run is recorded, and with it what is given to the next function. */
STAGED_API bool staged_script_keeps_output(const staged_script *script);
/* Whether that includes what goes to a terminal (`--keep-output`): see staged/pty.h. */
STAGED_API bool staged_script_keeps_terminal_output(const staged_script *script);
/* Keeps what functions of the script have printed beside the record of the run, as part of the
 * current stage and of the commands that are running.  Without a record it does nothing.
 *   bytes, length  with secrets masked */
STAGED_API void staged_script_keep_output(staged_script *script, const char *bytes, size_t length);
/* Whether what functions of the script and their commands print has to come through the program,
 * which passes it on to staged_script_show_output: it is kept, or it may hold marks of the CI
 * system (docs/ci.md).  An output that is a terminal is left alone. */
STAGED_API bool staged_script_takes_output(const staged_script *script);
/* Writes it to our standard output or error output, with those marks defused, and keeps it as
 * staged_script_keep_output does.
 *   bytes, length  cut anywhere; with secrets masked */
STAGED_API void staged_script_show_output(staged_script *script, staged_output which,
                                          const char *bytes, size_t length);

/* Writes a report of a run that has ended (docs/reports.md), or says on standard error why it
 * cannot.
 *   folder  of the record
 *   format  "html", "junit", "markdown", "json", "trace" or "otlp"
 *   file    its absolute path */
typedef void staged_report_function(void *context, const char *folder, const char *format,
                                    const char *file);
/* Has that function write the reports that are asked for with --report and STAGED_REPORTS;
 * otherwise the program `staged` along PATH does.  For STAGED_HOOK_INIT.  Returns STAGED_NO_MEMORY
 * if it cannot be kept. */
STAGED_API staged_status staged_script_set_reporter(staged_script *script,
                                                    staged_report_function *write, void *context);

/* How many seconds the running hook has before it exceeds a time limit; INFINITY: no limit. */
STAGED_API double staged_script_time_left(const staged_script *script);

STAGED_END_DECLS

#endif
