/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands, failures and mistakes of scripts in other languages. */
#include <staged/bridge.h>

#include <math.h>
#include <stdlib.h>

#include <staged/live.h>

#include "base/failure/options.h"
#include "process/framework.h"
#include "script/command/begun_command.h"
#include "script/command/time_limit.h"
#include "script/recording/keeping.h"
#include "script/state/bugs.h"
#include "script/state/fail.h"
#include "script/state/object.h"

struct staged_outside_command {
    staged_script *script;
    stg_command_texts texts;
    staged_process_options process;
    staged_event event;
    int64_t began_ns;
    bool prints_here; /* its output goes where ours goes */
    stg_printed printed;
    int *expected_codes; /* terminated by a negative number */
};

static int64_t now_ns(const staged_script *script)
{
    return script->clock->monotonic_ns(script->clock->context);
}

static bool copy_codes(staged_outside_command *command, const int *codes)
{
    static const int success_alone[] = {0, -1};
    if (codes == NULL)
        codes = success_alone;
    size_t count = 1;
    while (codes[count - 1] >= 0)
        count++;
    command->expected_codes = calloc(count, sizeof *codes);
    for (size_t i = 0; i < count && command->expected_codes != NULL; i++)
        command->expected_codes[i] = codes[i];
    return command->expected_codes != NULL;
}

static bool is_expected(const staged_outside_command *command, int exit_code)
{
    const int *codes = command->expected_codes;
    for (size_t i = 0; codes[i] >= 0; i++) {
        if (codes[i] == exit_code)
            return true;
    }
    return false;
}

static void free_command(staged_outside_command *command)
{
    stg_free_command_texts(&command->texts);
    free(command->expected_codes);
    free(command);
}

/* Pauses live displays and flushes the log before the command writes. */
static void stand_aside(staged_console *console)
{
    (void)staged_console_pause(console);
    (void)staged_console_flush(console);
}

static staged_status begin(const staged_run_options *options, staged_outside_command *command,
                           bool *shown_only)
{
    staged_script *script = command->script;
    STAGED_TRY(stg_make_command_texts(script, options, &command->texts));
    *shown_only = stg_is_command_shown_only(script, options);
    if (*shown_only)
        return stg_show_command_only(script, options, &command->texts);
    if (!copy_codes(command, options->expected_codes))
        return STAGED_NO_MEMORY;
    command->process = *options->process;
    command->process.directory = stg_directory_of_command(options);
    command->process.secrets = script->run->secrets;
    command->process.command = options->argv == NULL ? options->command : NULL;
    command->process.arguments = options->argv;
    command->process.timeout_s = options->timeout_s;
    if (options->environment != NULL)
        command->process.environment = options->environment;
    command->process.expected_codes = command->expected_codes;
    for (size_t i = 0; command->expected_codes[i] >= 0; i++)
        command->process.expected_count++;
    const staged_status status =
        stg_begin_command(script, options, &command->process, &command->texts, &command->event);
    command->prints_here = options->output == STAGED_STREAM_INHERIT;
    if (command->prints_here)
        command->printed = stg_printed_so_far(script);
    /* The options point to the caller's data. */
    command->event.options = NULL;
    if (command->prints_here)
        stand_aside(script->console);
    command->began_ns = now_ns(script);
    return status;
}

staged_status staged_outside_command_begin(staged_script *script, const staged_run_options *options,
                                           const staged_surroundings *surroundings,
                                           staged_outside_command **command)
{
    *command = NULL;
    staged_run_options own;
    staged_process_options process;
    STAGED_TRY(stg_read_run_options(script, options, &own, &process));
    if ((own.command == NULL) == (own.argv == NULL))
        return stg_bug(script, &own.where,
                       "give a command either as a line for the shell or as `.argv`");
    staged_outside_command *begun = calloc(1, sizeof *begun);
    if (begun == NULL)
        return STAGED_NO_MEMORY;
    begun->script = script;
    begun->event.surroundings = surroundings;
    bool shown_only = false;
    const staged_status status = begin(&own, begun, &shown_only);
    if (status == STAGED_OK && !shown_only)
        *command = begun;
    else
        free_command(begun);
    return status;
}

void staged_outside_command_end(staged_outside_command *command, int exit_code, bool timed_out,
                                char **failure)
{
    *failure = NULL;
    if (command == NULL)
        return;
    staged_script *script = command->script;
    if (command->prints_here)
        (void)staged_console_resume(script->console);
    const staged_completed_process done = {
        .exit_code = exit_code,
        .signal = exit_code < 0 ? -exit_code : 0,
        .expected = !timed_out && is_expected(command, exit_code),
        .timed_out = timed_out,
        .duration_ns = now_ns(script) - command->began_ns,
    };
    stg_buf text = {0};
    if (command->prints_here)
        stg_add_printed(script, &command->printed, &command->event);
    /* The command got the signal, too, from the terminal or from its program. */
    const bool interrupted = done.signal != 0 && !timed_out && stg_signals_due() != 0;
    stg_end_command(script, &command->event, interrupted ? STAGED_INTERRUPTED : STAGED_OK, &done,
                    &text);
    if (!done.expected)
        *failure = stg_buf_take(&text);
    stg_buf_free(&text);
    free_command(command);
}

staged_status staged_fail_command_at(staged_script *script, const staged_location *where,
                                     const char *failure, const char *command, const char *details)
{
    stg_buf lines = {0};
    stg_buf_addf(&lines, "%s%s", *details == '\0' ? "" : "\n", details);
    const staged_status status =
        stg_fail_command(script, where, failure, command, stg_buf_text(&lines));
    stg_buf_free(&lines);
    return status;
}

double staged_script_time_left(const staged_script *script)
{
    const int64_t left_ns = stg_time_left_ns(script);
    return left_ns == INT64_MAX ? INFINITY : (double)left_ns / 1e9;
}
