/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The run of a script from its command line to its exit status. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <staged/live.h>
#include <staged/signals.h>

#include "process/signals.h"
#include "script/background.h"
#include "script/object.h"

static int report_bugs(const staged_script *script)
{
    (void)fprintf(stderr, "%s: the script's tables have bugs:\n%s", script->name,
                  staged_script_bugs(script));
    return STG_EXIT_BUG;
}

/* Before the command line is read there is no run that a summary could tell of. */
static int leave_early(staged_script *script, staged_status status)
{
    if (script->interrupt != 0)
        return stg_exit_status(script);
    if (status != STAGED_EXIT)
        (void)fprintf(stderr, "%s: %s\n", script->name,
                      script->failure.error.status == 0 ? staged_status_text(status)
                                                        : staged_script_error(script));
    return script->exiting ? script->exit_status : STG_EXIT_FAILURE;
}

/* A getter that asked for what is not there answered nothing, but must not pass unnoticed. */
static staged_status check_arguments_use(staged_script *script, staged_status status)
{
    if (status != STAGED_OK || script->args == NULL ||
        staged_namespace_status(script->args) == STAGED_OK)
        return status;
    return staged_fail_at(script, NULL, "%s", staged_namespace_error(script->args));
}

static void run_main(staged_script *script, const stg_hook_arguments *arguments)
{
    const int64_t began_us = stg_elapsed_us(script);
    stg_emit(script, &(staged_event){.kind = STAGED_EVENT_SCRIPT_BEGIN,
                                     .where = stg_script_location(script)});
    staged_status status =
        check_arguments_use(script, stg_call_hook(script, STAGED_MAIN, arguments));
    status = stg_join_works(script, 0, status);
    stg_note(script, stg_unless_interrupted(script, status), "The script");
    stg_tear_down_if_interrupted(script);
    stg_run_owed_stages(script);
    /* What runs within another script leaves that one's processes alone. */
    if (stg_signals_installs() == 1)
        stg_end_leftovers(script);
    stg_emit(script, &(staged_event){.kind = STAGED_EVENT_SCRIPT_END,
                                     .duration_us = stg_elapsed_us(script) - began_us,
                                     .exit_status = stg_exit_status(script)});
    if (!script->summary_printed)
        stg_note(script, staged_print_summary(script), "The summary");
}

static int run(staged_script *script, int argc, char *const *argv)
{
    const stg_hook_arguments arguments = {.argc = argc, .argv = argv};
    const staged_status parsed = stg_unless_interrupted(
        script, check_arguments_use(script, stg_call_hook(script, STAGED_PARSE_ARGS, &arguments)));
    if (parsed != STAGED_OK)
        return leave_early(script, parsed);
    run_main(script, &arguments);
    return stg_exit_status(script);
}

int staged_script_run(staged_script *script, int argc, char *const *argv)
{
    stg_become_owner(script);
    if (*staged_script_bugs(script) != '\0')
        return report_bugs(script);
    if (script->init_status != STAGED_OK)
        return leave_early(script, script->init_status);
    const staged_status caught = staged_signals_install();
    const int exit_status = run(script, argc, argv);
    if (caught == STAGED_OK)
        staged_signals_uninstall();
    return exit_status;
}

/* Safe in a handler: gives the cursor back that a live display has hidden. */
static void bring_terminal_in_order(void *context)
{
    (void)context;
    staged_terminal_restore();
}

/* What is opened next would take the place of a standard stream that is closed, and the log would
 * be written into the author's file.  A descriptor for the other direction keeps the place, and
 * using it fails as before. */
static void keep_places_of_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
}

int staged_main_with(const staged_class *script_class, const staged_script_options *options,
                     int argc, char **argv)
{
    keep_places_of_standard_streams();
    staged_script_options named = options == NULL ? (staged_script_options){0} : *options;
    if (named.name == NULL && argc > 0)
        named.name = argv[0];
    staged_signals_before_leaving(bring_terminal_in_order, NULL);
    staged_script *script = staged_script_new(script_class, &named);
    if (script == NULL) {
        (void)fputs("out of memory\n", stderr);
        return STG_EXIT_FAILURE;
    }
    const int exit_status = staged_script_run(script, argc > 0 ? argc - 1 : 0, argv + (argc > 0));
    const int interrupt = staged_interrupted(script);
    staged_script_free(script);
    if (interrupt != 0)
        staged_signals_die(interrupt);
    return exit_status;
}

int staged_main(const staged_class *script_class, int argc, char **argv)
{
    return staged_main_with(script_class, NULL, argc, argv);
}
