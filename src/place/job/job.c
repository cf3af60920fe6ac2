/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A command at a place: its beginning, its news, and its end. */
#include <stdlib.h>
#include <string.h>

#include <staged/signals.h>

#include "base/system/duration.h"
#include "base/system/now.h"
#include "place/job/command.h"
#include "place/job/ends.h"
#include "place/job/job.h"
#include "place/remote/here.h"
#include "place/set/place.h"
#include "process/framework.h"

/* How long a client may take to notice that its command was ended, beyond the grace time. */
#define NOTICE_NS INT64_C(3000000000)
/* The shortest and the longest time between two looks. */
#define SHORTEST_LOOK_NS INT64_C(1000000)
#define LONGEST_LOOK_NS INT64_C(60000000000)

/* The time that commands are measured by: it stands still while this process is stopped. */
static int64_t now_ns(void)
{
    return stg_now_ns() - stg_stopped_ns();
}

static int64_t after(int64_t from_ns, int64_t span_ns)
{
    return span_ns > INT64_MAX - from_ns ? INT64_MAX : from_ns + span_ns;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* ---- Beginning ---- */

static void keep_failure(stg_place_job *job, staged_status status, const staged_place_end *failure)
{
    staged_place_end own = *failure;
    if (own.failure == STAGED_PLACE_OK)
        stg_place_end_of_status(&own, status);
    if (own.message == NULL)
        own.message = "the command could not be started";
    job->failure = stg_place_end_copy(&own);
}

/* What the place cannot have; its message is that of the error. */
static staged_status refuse(stg_place_job *job, const stg_error *error)
{
    keep_failure(job, error->status,
                 &(staged_place_end){.size = sizeof(staged_place_end),
                                     .failure = STAGED_PLACE_REFUSED,
                                     .message = stg_error_text(error)});
    return error->status;
}

/* What a client that runs here is to have of the options of its command. */
static void make_client(stg_place_job *job, const staged_process_options *options)
{
    static const staged_stream none = {.size = sizeof none, .kind = STAGED_STREAM_DISCARD};
    job->options = (staged_process_options){
        .size = sizeof job->options,
        .arguments = job->failure == NULL ? job->client.words : NULL,
        .environment = job->client.environment,
        .input = stg_place_has_input(options) ? options->input : &none,
        .output = options->output,
        .error_output = options->error_output,
        .show = options->show,
        .show_context = options->show_context,
        .secrets = options->secrets,
        .expected_codes = options->expected_codes,
        .expected_count = options->expected_count,
        .grace_s = -1,
        .drain_s = options->drain_s,
        /* Ctrl-C is not for the client: what runs there is ended first. */
        .process_group = STAGED_PROCESS_GROUP_NEW,
        .held_outputs = options->held_outputs,
    };
}

static double within_s(const stg_place_limits *limits)
{
    const int64_t limit_ns = limits->begin_ns;
    return limit_ns == 0 || limit_ns == INT64_MAX ? 0 : (double)limit_ns / 1e9;
}

static void tell_waiting(void *teller, const char *reason)
{
    const stg_place_teller *to = teller;
    to->tell(to->context, &(stg_place_news){.has_changed = true,
                                            .look = {.size = sizeof(staged_place_look),
                                                     .state = STAGED_PLACE_STATE_WAITS,
                                                     .reason = reason}});
}

static staged_status begin(stg_place_job *job, const staged_process_options *options,
                           const char *folder, const char *name, const char *taken_over,
                           const stg_place_teller *teller, stg_error *error)
{
    stg_place_teller to = teller == NULL ? (stg_place_teller){0} : *teller;
    const staged_place_kind *kind = &job->place->kind;
    const bool has_input = stg_place_has_input(options);
    const staged_stream *errors = options->error_output;
    stg_placed_words made = {0};
    if (!stg_placed_words_make(&made, options)) {
        stg_placed_words_free(&made);
        return stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
    }
    const staged_place_command command = {
        .size = sizeof command,
        .words = made.words,
        .directory = options->directory,
        .environment = made.environment,
        .without = options->without,
        .clear_environment = options->clear_environment,
        .has_input = has_input,
        .joins_outputs = errors != NULL && errors->kind == STAGED_STREAM_STDOUT,
        .name = name,
        .folder = folder,
        .job = taken_over,
        .grace_s = stg_grace_s(options),
        .within_s = within_s(&job->limits),
        .tell_waiting = to.tell == NULL ? NULL : tell_waiting,
        .teller = &to,
    };
    staged_place_end failure = {.size = sizeof failure};
    job->client.size = sizeof job->client;
    const staged_status status = kind->begin(job->place->opened, &command, &job->client, &failure);
    stg_placed_words_free(&made);
    if (status == STAGED_INTERRUPTED)
        return stg_error_set(error, status, "interrupted");
    if (status == STAGED_NO_MEMORY)
        return stg_error_set(error, status, "out of memory");
    if (status != STAGED_OK || job->client.words == NULL || job->client.words[0] == NULL) {
        keep_failure(job, status, &failure);
        return stg_error_set(error, STAGED_FAILED, "%s",
                             job->failure == NULL ? "out of memory" : job->failure->message);
    }
    job->is_begun = true;
    if (has_input && !job->client.takes_input) {
        stg_place_stop(job, -1);
        (void)stg_error_set(error, STAGED_FAILED,
                            "a command at '%s' cannot be given input: have it read a file, or "
                            "give it none (</dev/null)",
                            stg_place_name(job->place));
        return refuse(job, error);
    }
    return STAGED_OK;
}

/* NULL: out of memory. */
static stg_place_job *new_job(stg_place *place, const staged_process_options *options,
                              const stg_place_limits *limits)
{
    stg_place_job *job = calloc(1, sizeof *job);
    if (job == NULL)
        return NULL;
    job->place = place;
    job->limits = *limits;
    job->grace_s = stg_grace_s(options);
    job->began_ns = now_ns();
    job->runs_since_ns = job->stopped_ns = INT64_MAX;
    return job;
}

/* Gives it to the caller, unless nothing is known of it. */
static staged_status hand_out(stg_place_job *begun, const staged_process_options *options,
                              staged_status status, stg_place_job **job)
{
    if (status != STAGED_OK && begun->failure == NULL) {
        stg_place_job_free(begun);
        return status;
    }
    make_client(begun, options);
    *job = begun;
    return status;
}

staged_status stg_place_begin(stg_place *place, const staged_process_options *options,
                              const char *folder, const char *name, const char *taken_over,
                              const stg_place_limits *limits, const stg_place_teller *teller,
                              stg_place_job **job, stg_error *error)
{
    *job = NULL;
    staged_status status = stg_place_check(place, options, error);
    if (status == STAGED_BAD_USE || status == STAGED_NO_MEMORY)
        return status;
    stg_place_job *begun = new_job(place, options, limits);
    if (begun == NULL)
        return stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
    status = status == STAGED_OK ? begin(begun, options, folder, name, taken_over, teller, error)
                                 : refuse(begun, error);
    if (begun->is_begun && place->kind.look == NULL) {
        begun->look.state = STAGED_PLACE_STATE_RUNS;
        begun->runs_since_ns = now_ns();
    }
    return hand_out(begun, options, status, job);
}

staged_status stg_place_fail(stg_place *place, const staged_process_options *options,
                             const stg_place_limits *limits, stg_place_job **job, stg_error *error)
{
    *job = NULL;
    if (error->status == STAGED_NO_MEMORY)
        return error->status;
    stg_place_job *failed = new_job(place, options, limits);
    if (failed == NULL)
        return stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
    keep_failure(
        failed, error->status,
        &(staged_place_end){.size = sizeof(staged_place_end), .message = stg_error_text(error)});
    return hand_out(failed, options, error->status, job);
}

const staged_process_options *stg_place_client(const stg_place_job *job)
{
    return &job->options;
}

void stg_place_job_free(stg_place_job *job)
{
    if (job == NULL)
        return;
    if (job->is_begun && job->place->kind.release != NULL)
        job->place->kind.release(job->client.job);
    free(job->failure);
    for (size_t i = 0; i < STG_LOOK_TEXTS; i++)
        free(job->texts[i]);
    free(job);
}

/* ---- Looking ---- */

/* Keeps a text of a look.  Returns whether it differs from what was known. */
static bool keep(char **kept, const char *text)
{
    if (text == NULL ? *kept == NULL : *kept != NULL && strcmp(*kept, text) == 0)
        return false;
    free(*kept);
    *kept = text == NULL ? NULL : strdup(text);
    return true;
}

static bool take_look(stg_place_job *job, int64_t now)
{
    staged_place_look seen = {.size = sizeof seen, .next_s = 1};
    job->place->kind.look(job->client.job, &seen);
    if ((unsigned)seen.state > STAGED_PLACE_STATE_GONE)
        seen.state = STAGED_PLACE_STATE_AWAY;
    bool has_changed = seen.state != job->look.state || !job->has_looked;
    has_changed |= keep(&job->texts[0], seen.job);
    has_changed |= keep(&job->texts[1], seen.node);
    /* What it had waited for is told at its end. */
    if (seen.state != STAGED_PLACE_STATE_GONE)
        has_changed |= keep(&job->texts[2], seen.reason);
    seen.job = job->texts[0];
    seen.node = job->texts[1];
    seen.reason = job->texts[2];
    job->look = seen;
    job->has_looked = true;
    if (seen.state == STAGED_PLACE_STATE_RUNS && job->runs_since_ns == INT64_MAX)
        job->runs_since_ns = now;
    int64_t pause_ns = stg_seconds_ns(seen.next_s);
    pause_ns = pause_ns < SHORTEST_LOOK_NS ? SHORTEST_LOOK_NS : earlier(pause_ns, LONGEST_LOOK_NS);
    job->next_look_ns = after(now, pause_ns);
    return has_changed;
}

/* When it will have taken too long. */
static int64_t limit_ns(const stg_place_job *job)
{
    if (job->stopped_ns != INT64_MAX)
        return INT64_MAX;
    const int64_t own_ns = job->runs_since_ns != INT64_MAX
                               ? after(job->runs_since_ns, job->limits.timeout_ns)
                               : after(job->began_ns, job->limits.wait_ns);
    return job->limits.whole_ns == 0 ? own_ns
                                     : earlier(own_ns, after(job->began_ns, job->limits.whole_ns));
}

/* When its client is to be ended, if that does not end by itself. */
static int64_t patience_ns(const stg_place_job *job)
{
    if (job->stopped_ns == INT64_MAX)
        return INT64_MAX;
    return after(job->stopped_ns, after(stg_seconds_ns(job->stop_grace_s), NOTICE_NS));
}

int64_t stg_place_watch(stg_place_job *job, stg_place_news *news, bool *ends_client)
{
    const int64_t now = now_ns();
    *news = (stg_place_news){.look = job->look};
    *ends_client = false;
    if (!job->is_begun)
        return INT64_MAX;
    const bool looks = job->place->kind.look != NULL;
    if (looks && now >= job->next_look_ns) {
        news->has_changed = take_look(job, now);
        news->look = job->look;
    }
    if (now >= limit_ns(job)) {
        const bool runs = job->runs_since_ns != INT64_MAX;
        job->timed_out = runs;
        job->waited_out = !runs;
        stg_place_stop(job, job->grace_s);
    }
    *ends_client = job->look.state == STAGED_PLACE_STATE_GONE || now >= patience_ns(job) ||
                   (job->stopped_ns != INT64_MAX && job->place->kind.stop == NULL);
    int64_t next_ns = *ends_client ? INT64_MAX : earlier(limit_ns(job), patience_ns(job));
    if (looks)
        next_ns = earlier(next_ns, job->next_look_ns);
    if (next_ns == INT64_MAX)
        return INT64_MAX;
    return next_ns > now ? next_ns - now : 0;
}

void stg_place_stop(stg_place_job *job, double grace_s)
{
    if (!job->is_begun || (job->stopped_ns != INT64_MAX && grace_s >= job->stop_grace_s))
        return;
    if (job->stopped_ns == INT64_MAX)
        job->stopped_ns = now_ns();
    job->stop_grace_s = grace_s < 0 ? 0 : grace_s;
    if (job->place->kind.stop != NULL)
        job->place->kind.stop(job->client.job, grace_s);
}

/* ---- The end ---- */

static void set_error(staged_completed_process *result, const char *message)
{
    /* The message may be that of the result. */
    char *own = message == NULL ? NULL : strdup(message);
    free(result->error);
    result->error = own;
}

static void tell_waited(const stg_place_job *job, staged_place_end *end, stg_buf *message)
{
    char waited[STG_SECONDS_TEXT_SIZE];
    const stg_place_limits *limits = &job->limits;
    const int64_t step_ns = 10000000; /* hundredths of a second are enough */
    const int64_t waited_ns =
        (limits->whole_ns == 0 ? limits->wait_ns : earlier(limits->wait_ns, limits->whole_ns)) /
        step_ns * step_ns;
    stg_buf_addf(message, "waited %s s%s%s at '%s' without beginning",
                 stg_seconds_text(waited_ns, waited), job->texts[2] == NULL ? "" : " ",
                 job->texts[2] == NULL ? "" : job->texts[2], stg_place_name(job->place));
    end->failure = STAGED_PLACE_WAITED;
    end->message = stg_buf_text(message);
    end->may_pass = true;
}

/* Too many processes or open files are a matter of the moment, all else is the same again. */
static staged_status status_of_step(staged_start_step step)
{
    return step == STAGED_START_PROCESS || step == STAGED_START_STREAM ? STAGED_IO
                                                                       : STAGED_NOT_ALLOWED;
}

/* What the kind says of its end, or the exit code of the client. */
static void ask_kind(stg_place_job *job, const staged_completed_process *client,
                     staged_place_end *end)
{
    *end = (staged_place_end){.size = sizeof *end, .exit_code = client->exit_code};
    if (job->failure != NULL)
        *end = *job->failure;
    else if (job->place->kind.end != NULL)
        job->place->kind.end(job->client.job, client->exit_code, end);
    /* Then it was ended by us: its end is not its own. */
    if (job->failure == NULL && client->failed_step != STAGED_START_OK) {
        stg_place_end_of_status(end, status_of_step(client->failed_step));
        end->message = staged_completed_process_error(client);
    }
}

void stg_place_end(stg_place_job *job, staged_completed_process *client)
{
    staged_place_end end;
    stg_buf message = {0};
    ask_kind(job, client, &end);
    /* A signal then is the one by which it was ended, for waiting. */
    if (job->waited_out && (end.failure != STAGED_PLACE_OK || end.exit_code < 0))
        tell_waited(job, &end, &message);
    /* What we ended ourselves is no failure of the place. */
    const bool is_ours = job->timed_out || client->interrupted != 0;
    const bool has_failed = end.failure != STAGED_PLACE_OK && !is_ours;
    client->timed_out = job->timed_out;
    client->exit_code = end.failure == STAGED_PLACE_OK ? end.exit_code : 0;
    client->signal = client->exit_code < 0 ? -client->exit_code : 0;
    client->expected = end.failure == STAGED_PLACE_OK && !is_ours && !job->waited_out &&
                       stg_code_is_expected(job->options.expected_codes,
                                            job->options.expected_count, client->exit_code);
    client->failed_step = STAGED_START_OK;
    client->user_ns = end.user_ns;
    client->system_ns = end.system_ns;
    client->max_rss_kib = end.max_rss_kib;
    client->minor_faults = client->major_faults = 0;
    if (end.duration_ns > 0)
        client->duration_ns = end.duration_ns;
    else
        client->duration_ns = job->runs_since_ns == INT64_MAX ? 0 : now_ns() - job->runs_since_ns;
    staged_ended_processes_free(client->ended, client->ended_count);
    client->ended = NULL;
    client->ended_count = 0;
    if (!has_failed && end.failure != STAGED_PLACE_OK) {
        end.failure = STAGED_PLACE_OK;
        end.message = NULL;
    }
    client->place = stg_place_end_copy(&end);
    set_error(client, has_failed ? end.message == NULL ? "the place failed" : end.message : NULL);
    stg_buf_free(&message);
}

/* ---- All of it ---- */

static staged_status outcome(const stg_place_job *job, const staged_completed_process *result)
{
    if (result->place == NULL)
        return STAGED_NO_MEMORY;
    if (result->interrupted != 0)
        return STAGED_INTERRUPTED;
    if (job->timed_out)
        return STAGED_TIMED_OUT;
    return result->place->failure == STAGED_PLACE_OK ? STAGED_OK : STAGED_FAILED;
}

/* Waits until the client has ended, looks after the command meanwhile, and heeds signals.  Returns
 * the signal that ended it; 0: none did. */
static int attend(stg_place_job *job, staged_process *process,
                  void (*tell)(void *context, const stg_place_news *news), void *context)
{
    int signal = 0;
    bool is_ending = false;
    while (!stg_process_is_settled(process)) {
        stg_place_news news;
        bool ends_client;
        const int64_t wait_ns = stg_place_watch(job, &news, &ends_client);
        if (news.has_changed && tell != NULL)
            tell(context, &news);
        if (ends_client && !is_ending) {
            is_ending = true;
            stg_process_begin_ending(process, 0);
        }
        stg_processes_pump(&process, 1, &(stg_also){.one = -1}, wait_ns);
        if (signal == 0 && stg_signals_due() != 0) {
            signal = stg_signals_due();
            stg_place_stop(job, job->grace_s);
        }
    }
    return signal;
}

static staged_status run_client(stg_place_job *job,
                                void (*tell)(void *context, const stg_place_news *news),
                                void *context, staged_completed_process **result)
{
    staged_process *process;
    const staged_status status = staged_process_start(&job->options, &process);
    int signal = 0;
    if (status == STAGED_OK)
        signal = attend(job, process, tell, context);
    else
        stg_place_stop(job, -1);
    if (status == STAGED_INTERRUPTED)
        signal = stg_signals_due();
    if (process != NULL)
        (void)staged_process_wait(process, 0, result);
    staged_process_free(process);
    if (*result == NULL)
        return STAGED_NO_MEMORY;
    (*result)->interrupted = signal;
    return status;
}

staged_status stg_place_run(stg_place_job *job,
                            void (*tell)(void *context, const stg_place_news *news), void *context,
                            staged_completed_process **result)
{
    *result = NULL;
    staged_status status = STAGED_OK;
    if (job->failure != NULL)
        *result = calloc(1, sizeof **result);
    else
        status = run_client(job, tell, context, result);
    if (*result == NULL)
        return STAGED_NO_MEMORY;
    if (status == STAGED_BAD_USE)
        return status;
    stg_place_end(job, *result);
    return status == STAGED_NO_MEMORY ? status : outcome(job, *result);
}
