/* SPDX-License-Identifier: BSD-3-Clause
 *
 * `staged run`: one command. */
#include <stdio.h>

#include <staged/process.h>
#include <staged/signals.h>

#include "tool/verb.h"

/* What `timeout` and `env` exit with, for the same reasons. */
enum {
    TIMED_OUT = 124,
    OWN_FAILURE = 125,
    NOT_EXECUTABLE = 126,
    NOT_FOUND = 127,
    SIGNALLED = 128 /* plus the signal */
};

static void add_arguments(staged_parser *parser)
{
    staged_parser_add_argument(parser, "--timeout", .type = STAGED_ARG_FLOAT, .metavar = "SECONDS",
                               .help = "end the command, with all that it started, after this time "
                                       "(exit status 124)");
    staged_parser_add_argument(parser, "command", .nargs = STAGED_NARGS_COMMAND_AND_REST,
                               .metavar = "COMMAND", .help = "the program and its arguments");
}

/* The exit status for a command that did not run to its end. */
static int failure_of(staged_status status, const staged_completed_process *result)
{
    fprintf(stderr, "staged run: %s\n", staged_completed_process_error(result));
    if (status == STAGED_TIMED_OUT)
        return TIMED_OUT;
    if (result->failed_step != STAGED_START_PROGRAM)
        return OWN_FAILURE;
    return status == STAGED_NOT_FOUND ? NOT_FOUND : NOT_EXECUTABLE;
}

static int exit_status_of(staged_status status, const staged_completed_process *result)
{
    if (status == STAGED_INTERRUPTED)
        staged_signals_die(result->interrupted);
    if (status != STAGED_OK)
        return failure_of(status, result);
    return result->signal == 0 ? result->exit_code : SIGNALLED + result->signal;
}

static int run(staged_parser *parser, staged_namespace *arguments)
{
    (void)parser;
    if (staged_signals_install() != STAGED_OK) {
        fputs("staged run: cannot catch signals: no file descriptor is left\n", stderr);
        return OWN_FAILURE;
    }
    staged_completed_process result;
    const staged_status status = staged_process_run(
        &(staged_process_options){
            .arguments = staged_namespace_list(arguments, "command"),
            .timeout_s = staged_namespace_float(arguments, "timeout"),
        },
        &result);
    const int exit_status = exit_status_of(status, &result);
    staged_completed_process_free(&result);
    staged_signals_uninstall();
    return exit_status;
}

const tool_verb tool_verb_run = {
    .name = "run",
    .help = "run a command",
    .parser = {.description = "Runs a command, and ends all that it started when it is told to "
                              "end.  The exit status is that of the command.",
               .usage = "%(prog)s [options] [--] COMMAND [ARGUMENT ...]"},
    .add_arguments = add_arguments,
    .run = run,
    .bad_usage = OWN_FAILURE,
};
