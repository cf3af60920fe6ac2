/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Runs a script, from its command line to its exit status. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <staged/live.h>
#include <staged/signals.h>

#include "base/failure/options.h"
#include "base/system/system.h"
#include "console/framework.h"
#include "process/framework.h"
#include "script/arguments/arguments.h"
#include "script/command/background.h"
#include "script/command/interrupt.h"
#include "script/command/leftover.h"
#include "script/face/face.h"
#include "script/log/tell.h"
#include "script/place/earlier.h"
#include "script/place/places.h"
#include "script/recording/recorder.h"
#include "script/recording/reports.h"
#include "script/recording/resume.h"
#include "script/run/lock.h"
#include "script/run/program_name.h"
#include "script/run/script.h"
#include "script/run/teardown.h"
#include "script/stage/call.h"
#include "script/state/attributes.h"
#include "script/state/events.h"
#include "script/state/fail.h"
#include "script/state/object.h"
#include "script/state/owner.h"

static int report_bugs(const staged_script *script)
{
    (void)fprintf(stderr, "%s: the script's tables have bugs:\n%s", script->title.name,
                  staged_script_bugs(script));
    return STG_EXIT_BUG;
}

/* Ends what commands have left running, and notes a signal that has arrived meanwhile. */
static void come_to_rest(staged_script *script)
{
    /* A script within another one leaves the outer one's processes alone. */
    if (stg_signals_installs() == 1) {
        /* Connections of ours are nothing that commands have left. */
        stg_rest_places(script);
        stg_end_leftovers(script);
    }
    (void)stg_notice_signal(script);
}

/* Before the command line is read there is no run to summarize. */
static int leave_early(staged_script *script, staged_status status)
{
    if (script->run->interrupt != 0)
        return stg_exit_status(script);
    if (status != STAGED_EXIT)
        (void)fprintf(stderr, "%s: %s\n", script->title.name,
                      stg_failure_is_set(script->last_failure)
                          ? stg_error_text(&script->last_failure->error)
                          : staged_status_text(status));
    return script->run->exiting       ? script->run->exit_status
           : stg_bug_was_told(script) ? STG_EXIT_BUG
                                      : STG_EXIT_FAILURE;
}

/* The extra texts are made only for the author's observers: those that every script has do not need
 * them. */
static void tell_beginning(staged_script *script)
{
    staged_event event = {.kind = STAGED_EVENT_SCRIPT_BEGIN, .where = stg_script_location(script)};
    char *line = NULL;
    const char **stages = NULL;
    if (script->observers.count > script->observers.own_count) {
        line = stg_effective_command_line(script, -1);
        stages = stg_selected_stages(script);
    }
    event.command_line = line;
    event.stages = stages;
    stg_emit(script, &event);
    free(line);
    free(stages);
}

static void tell_end(staged_script *script, int64_t began_ns)
{
    stg_emit(script, &(staged_event){.kind = STAGED_EVENT_SCRIPT_END,
                                     .outcome = stg_outcome_of_script(script),
                                     .duration_ns = stg_elapsed_ns(script) - began_ns,
                                     .exit_status = stg_exit_status(script)});
}

static void run_main(staged_script *script, const stg_hook_arguments *arguments)
{
    stg_recorder_begin(script, stg_run_argument_value(script, STG_RUN_NO_RECORD) == NULL,
                       arguments->argc, arguments->argv);
    const int64_t began_ns = stg_elapsed_ns(script);
    tell_beginning(script);
    if (script->outer == NULL)
        stg_face_tell_unknown(script);
    stg_tell_resumed(script);
    stg_tell_replaced_places(script);
    staged_status status = stg_call_hook(script, STAGED_HOOK_MAIN, arguments);
    status = stg_join_works(script, 0, status);
    stg_note(script, stg_unless_interrupted(script, status), "The script");
    stg_tear_down_if_interrupted(script);
    stg_run_owed_stages(script);
    stg_tell_earlier_jobs(script);
    come_to_rest(script);
    tell_end(script, began_ns);
    stg_recorder_tell(script);
    if (!script->summary_printed)
        stg_note(script, staged_script_print_summary(script), "The summary");
    come_to_rest(script);
}

static staged_status parse_arguments(staged_script *script, const stg_hook_arguments *arguments)
{
    STAGED_TRY(stg_unless_interrupted(script, script->init_status));
    return stg_unless_interrupted(script, stg_call_hook(script, STAGED_HOOK_PARSE_ARGS, arguments));
}

/* Before anything runs: what stands in tables and in the operator's files is checked, without
 * reaching out. */
static staged_status check_places(staged_script *script)
{
    stg_buf problems = {0};
    staged_status status = STAGED_OK;
    if (!stg_check_places(script, &problems)) {
        status = STAGED_NO_MEMORY;
    } else if (problems.length > 0) {
        (void)fprintf(stderr, "%s: places are wrong; nothing was run:\n%s", script->title.name,
                      stg_buf_text(&problems));
        status = staged_exit(script, STG_EXIT_USAGE);
    }
    stg_buf_free(&problems);
    return status;
}

/* Call it while signals are caught. */
static int run(staged_script *script, int argc, char *const *argv)
{
    if (*staged_script_bugs(script) != '\0')
        return report_bugs(script);
    const stg_hook_arguments arguments = {.argc = argc, .argv = argv};
    staged_status parsed = parse_arguments(script, &arguments);
    if (parsed == STAGED_OK)
        parsed = check_places(script);
    if (parsed == STAGED_OK)
        parsed = stg_unless_interrupted(script, stg_take_lock(script));
    if (parsed == STAGED_OK) {
        run_main(script, &arguments);
        stg_release_lock(script);
        return stg_exit_status(script);
    }
    const int exit_status = leave_early(script, parsed);
    come_to_rest(script);
    return script->run->interrupt != 0 ? stg_exit_status(script) : exit_status;
}

/* Without this, a signal would end us silently, and what commands started would keep running. */
static bool catch_signals(const char *name)
{
    if (staged_signals_install() == STAGED_OK)
        return true;
    (void)fprintf(
        stderr,
        "%s: cannot catch signals: out of file descriptors (see ulimit -n); nothing was started\n",
        name);
    return false;
}

/* An incomplete log is a failure: nobody can check what it lacks.  A reader who has left,
 * such as `head`, has seen enough. */
static int unless_lost(const staged_script *script, int exit_status)
{
    if (!stg_console_has_lost(script->console))
        return exit_status;
    (void)fprintf(stderr, "%s: the log is incomplete: some of it could not be written\n",
                  script->title.name);
    return exit_status == 0 ? STG_EXIT_LOST : exit_status;
}

int staged_script_run(staged_script *script, int argc, char *const *argv)
{
    stg_become_owner(script);
    if (!catch_signals(script->title.name))
        return STG_EXIT_FAILURE;
    const int exit_status = unless_lost(script, run(script, argc, argv));
    stg_recorder_end(script);
    stg_reports_write(script);
    staged_signals_uninstall();
    return exit_status;
}

/* Safe in a handler: shows the cursor again that a live display has hidden. */
static void bring_terminal_in_order(void *context)
{
    (void)context;
    staged_terminal_restore();
}

/* The next file opened would take the place of a closed standard stream, and the log would end up
 * in the author's file.  A descriptor for the opposite direction keeps the place, and using it
 * fails as before. */
static void keep_places_of_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
}

static bool wants_guard(staged_choice choice)
{
    const char *ci = getenv("CI");
    if (choice != STAGED_AUTO)
        return choice == STAGED_YES;
    return STG_ON_LINUX && ci != NULL && *ci != '\0' && strcmp(ci, "0") != 0 &&
           strcmp(ci, "false") != 0;
}

static void tell_no_guard(staged_script *script)
{
    const staged_location where = stg_script_location(script);
    (void)staged_log_at(
        script, &where,
        "[yellow]No guard:[/] if the script is killed, what its commands started keeps running.");
}

/* An author's hook may call exit(). */
static void end_families_at_exit(void)
{
    if (!stg_signals_are_caught() || !stg_gate_was_entered())
        return;
    staged_ended_process *const *ended = NULL;
    size_t count = 0;
    (void)staged_processes_end_all(STAGED_GRACE_S, &ended, &count);
    if (count > 0)
        (void)fprintf(stderr, "%s: exit() was called; ended processes that commands left running\n",
                      stg_program_name());
    staged_ended_processes_free(ended, count);
    if (stg_signals_due() != 0)
        staged_signals_die(stg_signals_due());
}

static pthread_once_t exit_is_watched = PTHREAD_ONCE_INIT;

static void watch_exit(void)
{
    (void)atexit(end_families_at_exit);
}

/* Makes, runs and releases a script; signals are caught from its first hook to its last.
 *   interrupt   receives the signal that asked it to end; 0: none */
static int run_whole(const staged_class *script_class, const staged_script_options *options,
                     int argc, char **argv, int *interrupt)
{
    stg_guard guard = {0};
    const bool is_guarded = !wants_guard(options->guard) || stg_guard_start(&guard);
    staged_script *script = staged_script_new(script_class, options);
    if (script != NULL && argc > 0 && stg_set_program(script, argv[0]) != STAGED_OK) {
        staged_script_free(script);
        script = NULL;
    }
    if (script == NULL) {
        stg_guard_dismiss(&guard);
        staged_signals_uninstall();
        *interrupt = staged_signals_caught();
        (void)fputs("out of memory\n", stderr);
        return STG_EXIT_FAILURE;
    }
    if (!is_guarded)
        tell_no_guard(script);
    const int exit_status = run(script, argc > 0 ? argc - 1 : 0, argv + (argc > 0));
    stg_clean_up(script);
    come_to_rest(script);
    stg_recorder_end(script);
    (void)staged_console_flush(script->console);
    stg_reports_write(script);
    stg_guard_dismiss(&guard);
    staged_signals_uninstall();
    /* A signal may have arrived until just now. */
    (void)stg_unless_interrupted(script, STAGED_OK);
    *interrupt = script->run->interrupt;
    staged_script_free(script);
    return exit_status;
}

int staged_main_with(const staged_class *script_class, const staged_script_options *options,
                     int argc, char **argv)
{
    keep_places_of_standard_streams();
    staged_script_options named;
    const char *problem = STG_READ_OPTIONS(&named, options, staged_script_options);
    if (named.name == NULL && argc > 0)
        named.name = argv[0];
    if (problem != NULL) {
        (void)fprintf(stderr, "%s: %s\n", named.name == NULL ? stg_program_name() : named.name,
                      problem);
        return STG_EXIT_BUG;
    }
    staged_signals_before_leaving(bring_terminal_in_order, NULL);
    if (!catch_signals(named.name == NULL ? stg_program_name() : named.name))
        return STG_EXIT_FAILURE;
    (void)pthread_once(&exit_is_watched, watch_exit);
    int interrupt;
    const int exit_status = run_whole(script_class, &named, argc, argv, &interrupt);
    if (interrupt != 0)
        staged_signals_die(interrupt);
    return exit_status;
}

int staged_main(const staged_class *script_class, int argc, char **argv)
{
    return staged_main_with(script_class, NULL, argc, argv);
}
