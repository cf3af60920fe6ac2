/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands, failures and mistakes of scripts in other languages. */
#include <staged/bridge.h>

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <staged/live.h>

#include "base/failure/options.h"
#include "process/framework.h"
#include "script/command/begun_command.h"
#include "script/command/time_limit.h"
#include "script/place/placed_command.h"
#include "script/place/places.h"
#include "script/recording/keeping.h"
#include "script/state/bugs.h"
#include "script/state/fail.h"
#include "script/state/object.h"
#include "script/state/owner.h"

/*   placed      `job` is NULL: it runs here
 *   done        what is true of one at a place; NULL: not known yet
 *   client, unknown
 *               room for that, and for an end that there is no memory for: without them the exit
 *               code of its client would pass for that of the command; NULL: taken
 *   is_stopped  it was asked to end there */
struct staged_outside_command {
    staged_script *script;
    stg_placed_command placed;
    staged_completed_process *done;
    staged_completed_process *client;
    staged_place_end *unknown;
    bool is_stopped;
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
    stg_placed_command_free(&command->placed, command->done);
    staged_completed_process_free(command->done);
    free(command->client);
    free(command->unknown);
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

/* Reports the end of one that the place knows nothing of. */
static staged_status refuse(staged_outside_command *command, const staged_run_options *options,
                            staged_status status)
{
    staged_script *script = command->script;
    const char *message = stg_error_text(&command->placed.error);
    staged_completed_process done = {.failed_step = STAGED_START_PROCESS,
                                     .error = (char *)(uintptr_t)message};
    stg_buf text = {0};
    if (command->prints_here)
        (void)staged_console_resume(script->console);
    stg_end_command(script, &command->event, status, &done, &text);
    stg_buf_free(&text);
    return status == STAGED_INTERRUPTED || status == STAGED_NO_MEMORY
               ? status
               : stg_fail_command(script, &options->where, message, command->texts.shown, "");
}

static staged_status begin_at_place(staged_outside_command *command, stg_place *place,
                                    const staged_run_options *options)
{
    command->placed.follower =
        (stg_follower){.script = command->script,
                       .event = &command->event,
                       .is_told = stg_is_command_logged(command->script, options)};
    command->client = calloc(1, sizeof *command->client);
    command->unknown = calloc(1, sizeof *command->unknown);
    const staged_status status =
        command->client == NULL || command->unknown == NULL
            ? stg_error_set(&command->placed.error, STAGED_NO_MEMORY, "out of memory")
            : stg_placed_command_begin(&command->placed, place, &command->process, INT64_MAX,
                                       stg_time_left_ns(command->script));
    return command->placed.job == NULL ? refuse(command, options, status) : STAGED_OK;
}

static staged_status begin(const staged_run_options *options, staged_outside_command *command,
                           bool *shown_only)
{
    staged_script *script = command->script;
    stg_place *place;
    STAGED_TRY(stg_place_of_command(script, &options->where, options->place, &place));
    command->event.place = place == NULL ? NULL : stg_place_name(place);
    STAGED_TRY(stg_make_command_texts(script, options, &command->texts));
    *shown_only = stg_is_command_shown_only(script, options);
    if (*shown_only)
        return stg_show_command_only(script, options, command->event.place, &command->texts);
    if (!copy_codes(command, options->expected_codes))
        return STAGED_NO_MEMORY;
    command->process = *options->process;
    command->process.directory = stg_directory_of_command(options);
    if (place != NULL && command->event.surroundings != NULL)
        command->process.directory = command->event.surroundings->directory;
    command->process.secrets = script->run->secrets;
    command->process.command = options->argv == NULL ? options->command : NULL;
    command->process.arguments = options->argv;
    command->process.timeout_s = options->timeout_s;
    if (options->environment != NULL)
        command->process.environment = options->environment;
    command->process.expected_codes = command->expected_codes;
    for (size_t i = 0; command->expected_codes[i] >= 0; i++)
        command->process.expected_count++;
    staged_status status =
        stg_begin_command(script, options, &command->process, &command->texts, &command->event);
    command->prints_here = options->output == STAGED_STREAM_INHERIT;
    if (command->prints_here)
        command->printed = stg_printed_so_far(script);
    if (command->prints_here)
        stand_aside(script->console);
    command->began_ns = now_ns(script);
    if (status == STAGED_OK && place != NULL)
        status = begin_at_place(command, place, options);
    /* The options point to the caller's data. */
    command->event.options = NULL;
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

/* ---- Commands at places ---- */

staged_status staged_script_find_place(staged_script *script, const staged_location *where,
                                       const char *own, bool *shares_files, const char **place)
{
    stg_place *found;
    *place = NULL;
    *shares_files = true;
    STAGED_TRY(stg_place_of_command(script, where, own, &found));
    *place = found == NULL ? NULL : stg_place_name(found);
    *shares_files = stg_place_shares_files(found);
    return STAGED_OK;
}

staged_status staged_place_check(const char *name, const char *kind, const char *const *words,
                                 char **problem)
{
    stg_error error = {0};
    stg_places *places = stg_places_new();
    *problem = NULL;
    const staged_status status =
        places == NULL ? STAGED_NO_MEMORY : stg_places_add(places, name, kind, words, &error);
    if (error.status != STAGED_OK)
        *problem = strdup(stg_error_text(&error));
    stg_error_free(&error);
    stg_places_free(places);
    return status;
}

const char *staged_outside_command_place(const staged_outside_command *command)
{
    return command->event.place;
}

const char *const *staged_outside_command_client(const staged_outside_command *command)
{
    const stg_place_job *job = command->placed.job;
    return job == NULL ? NULL : stg_place_client(job)->arguments;
}

const char *const *staged_outside_command_client_environment(const staged_outside_command *command)
{
    const stg_place_job *job = command->placed.job;
    return job == NULL ? NULL : stg_place_client(job)->environment;
}

double staged_outside_command_watch(staged_outside_command *command, bool *ends_client)
{
    stg_place_news news;
    *ends_client = false;
    if (command->placed.job == NULL)
        return INFINITY;
    const int64_t wait_ns = stg_place_watch(command->placed.job, &news, ends_client);
    stg_tell_news(&command->placed.follower, &news);
    return wait_ns == INT64_MAX ? INFINITY : (double)wait_ns / 1e9;
}

void staged_outside_command_stop(staged_outside_command *command)
{
    if (command->placed.job == NULL || command->done != NULL)
        return;
    command->is_stopped = true;
    stg_place_stop(command->placed.job, STAGED_GRACE_S);
}

/* A signal from the terminal may have ended the client, too: then what runs there has to end. */
static void heed_signal(staged_outside_command *command, staged_completed_process *client)
{
    if (stg_signals_due() == 0 || (client->exit_code == 0 && !command->is_stopped))
        return;
    client->interrupted = stg_signals_due();
    staged_outside_command_stop(command);
}

/* How it ended nobody can say. */
static staged_place_end *without_memory(staged_outside_command *command)
{
    staged_place_end *end = command->unknown;
    command->unknown = NULL;
    *end = (staged_place_end){.size = sizeof *end,
                              .failure = STAGED_PLACE_OTHER,
                              .message = "out of memory",
                              .may_pass = true};
    return end;
}

const staged_completed_process *staged_outside_command_judge(staged_outside_command *command,
                                                             int exit_code)
{
    if (command->placed.job == NULL || command->done != NULL)
        return command->done;
    staged_completed_process *client = command->client;
    command->client = NULL;
    client->exit_code = exit_code;
    client->signal = exit_code < 0 ? -exit_code : 0;
    heed_signal(command, client);
    stg_place_end(command->placed.job, client);
    if (client->place == NULL) {
        client->place = without_memory(command);
        client->expected = false;
    }
    command->done = client;
    return client;
}

void staged_script_note_place_failure(staged_script *script)
{
    stg_note_failure_of_place(script, true);
}

/* ---- The end ---- */

static staged_completed_process ended_here(const staged_outside_command *command, int exit_code,
                                           bool timed_out)
{
    return (staged_completed_process){
        .exit_code = exit_code,
        .signal = exit_code < 0 ? -exit_code : 0,
        .expected = !timed_out && is_expected(command, exit_code),
        .timed_out = timed_out,
        .duration_ns = now_ns(command->script) - command->began_ns,
    };
}

static staged_status outcome_of(const staged_completed_process *done)
{
    if (done->interrupted != 0)
        return STAGED_INTERRUPTED;
    /* The command got the signal, too, from the terminal or from its program. */
    if (done->place == NULL && done->signal != 0 && !done->timed_out && stg_signals_due() != 0)
        return STAGED_INTERRUPTED;
    return stg_place_has_failed(done) ? STAGED_FAILED : STAGED_OK;
}

void staged_outside_command_end(staged_outside_command *command, int exit_code, bool timed_out,
                                char **failure)
{
    *failure = NULL;
    if (command == NULL)
        return;
    staged_script *script = command->script;
    const staged_completed_process *there = staged_outside_command_judge(command, exit_code);
    const staged_completed_process done =
        there == NULL ? ended_here(command, exit_code, timed_out) : *there;
    if (command->prints_here)
        (void)staged_console_resume(script->console);
    stg_buf text = {0};
    if (command->prints_here)
        stg_add_printed(script, &command->printed, &command->event);
    stg_end_command(script, &command->event, outcome_of(&done), &done, &text);
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
