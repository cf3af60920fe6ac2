/* SPDX-License-Identifier: BSD-3-Clause
 *
 * `staged run`: runs a command with retries and time limits, and ends everything that it
 * started. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <staged/process.h>
#include <staged/retry.h>
#include <staged/signals.h>

#include "tool/common/clock.h"
#include "tool/common/verb.h"
#include "tool/run/options.h"
#include "tool/run/output.h"
#include "tool/run/write.h"

/* The exit statuses of `timeout` and `env` for the same reasons. */
enum {
    TIMED_OUT = 124,
    OWN_FAILURE = 125,
    NOT_EXECUTABLE = 126,
    NOT_FOUND = 127,
    SIGNALLED = 128 /* plus the signal */
};

/* EX_TEMPFAIL of sysexits.h: the command asks for another attempt. */
enum { TEMPORARY_FAILURE = 75 };

/* The most descriptors that a command may inherit beyond the standard ones, as from `make`. */
enum { MOST_DESCRIPTORS = 1024 };

typedef struct command_run {
    tool_run_options options;
    tool_output output;
    staged_retry_state *retry;
    staged_stop stops[2]; /* borrowed by the policy */
    int64_t deadline_ns;  /* on the monotonic clock */
    int kept[MOST_DESCRIPTORS];
    size_t kept_count;
} command_run;

/* How an attempt went.
 *   exit_status  as returned to the caller
 *   is_final     another attempt would be useless
 *   is_news      the exit status alone does not say so
 *   failure      for people: "failed with exit status 1"; "" if there is nothing to say
 *   why_final    an addition to the message: "; ..." */
typedef struct attempt_result {
    int exit_status;
    bool is_final;
    bool is_news;
    char failure[96];
    const char *why_final;
} attempt_result;

/* ---- One attempt ---- */

/* Descriptors that were open when we were started stay open in the command, as they would without
 * us. */
static void find_descriptors(command_run *run)
{
    struct pollfd places[MOST_DESCRIPTORS];
    memset(places, 0, sizeof places);
    long count = sysconf(_SC_OPEN_MAX);
    count = count < 0 || count > MOST_DESCRIPTORS ? MOST_DESCRIPTORS : count;
    for (int fd = 0; fd < count; fd++)
        places[fd].fd = fd;
    if (poll(places, (nfds_t)count, 0) < 0)
        return;
    for (int fd = STDERR_FILENO + 1; fd < count; fd++) {
        if ((places[fd].revents & POLLNVAL) == 0)
            run->kept[run->kept_count++] = fd;
    }
}

/* The seconds that an attempt may take; 0: no limit. */
static double time_limit(const command_run *run, int64_t now_ns)
{
    const double timeout_s = run->options.timeout_s;
    if (run->deadline_ns == TOOL_NEVER)
        return timeout_s;
    double left_s = (double)(run->deadline_ns - now_ns) / 1e9;
    left_s = left_s < 0.001 ? 0.001 : left_s;
    return timeout_s > 0 && timeout_s < left_s ? timeout_s : left_s;
}

static int64_t moment_after(int64_t now_ns, double seconds)
{
    return seconds <= 0 || seconds > 1e9 ? TOOL_NEVER : now_ns + (int64_t)(seconds * 1e9);
}

static staged_process_options process_options(const command_run *run, double limit_s)
{
    return (staged_process_options){
        .size = sizeof(staged_process_options),
        .arguments = run->options.command,
        .timeout_s = limit_s,
        /* The library takes 0 for its default. */
        .grace_s = run->options.grace_s > 0 ? run->options.grace_s : -1,
        .keep_descriptors = run->kept,
        .keep_count = run->kept_count,
        .keeps_terminal = true,
    };
}

static void note_timeout(const command_run *run, attempt_result *result)
{
    result->exit_status = TIMED_OUT;
    result->is_news = true;
    result->is_final = tool_now_ns() >= run->deadline_ns;
    if (result->is_final)
        (void)snprintf(result->failure, sizeof result->failure, "exceeded the deadline of %g s",
                       run->options.deadline_s);
    else
        (void)snprintf(result->failure, sizeof result->failure, "timed out after %g s",
                       run->options.timeout_s);
}

/* --ok does not list 0, which therefore must not look like a success. */
static void note_unwanted_success(attempt_result *result)
{
    result->exit_status = 1;
    result->is_news = true;
    (void)snprintf(result->failure, sizeof result->failure,
                   "exited with 0, which --ok does not list");
}

static void note_end(const command_run *run, const staged_completed_process *done,
                     attempt_result *result)
{
    result->exit_status = done->signal == 0 ? done->exit_code : SIGNALLED + done->signal;
    if (run->options.ok.has[result->exit_status & 0xff]) {
        result->exit_status = 0;
        return;
    }
    if (result->exit_status == 0) {
        note_unwanted_success(result);
        return;
    }
    /* The reader of the output has seen enough. */
    result->is_final = done->signal == SIGPIPE && tool_reader_has_left(STDOUT_FILENO);
    if (done->signal == 0)
        (void)snprintf(result->failure, sizeof result->failure, "failed with exit status %d",
                       done->exit_code);
    else
        (void)snprintf(result->failure, sizeof result->failure, "was killed by %s",
                       staged_signal_name(done->signal));
}

/* Reports processes that could not be ended. */
static void tell_what_is_left(command_run *run, const staged_completed_process *done)
{
    for (size_t i = 0; done != NULL && i < done->ended_count; i++) {
        if (!done->ended[i]->gone)
            tool_output_say(&run->output, "cannot end process %lld: %s",
                            (long long)done->ended[i]->pid,
                            done->ended[i]->name == NULL ? "" : done->ended[i]->name);
    }
}

static void note_failure_to_start(command_run *run, staged_status status,
                                  const staged_completed_process *done, attempt_result *result)
{
    tool_output_say(&run->output, "%s", staged_completed_process_error(done));
    result->is_final = true;
    result->exit_status = OWN_FAILURE;
    if (done != NULL && done->failed_step == STAGED_START_PROGRAM)
        result->exit_status = status == STAGED_NOT_FOUND ? NOT_FOUND : NOT_EXECUTABLE;
}

/* A signal has asked us to end: the command is gone, and we die of the same signal. */
static void leave_by(command_run *run, int signal)
{
    (void)tool_output_end(&run->output, true);
    staged_signals_die(signal);
}

static bool may_be_retried(const tool_run_options *o, int exit_status, bool has_found)
{
    return !o->retries_some || has_found || exit_status == TEMPORARY_FAILURE ||
           o->retry_codes.has[exit_status & 0xff];
}

static attempt_result try_once(command_run *run)
{
    attempt_result result = {.why_final = ""};
    const int64_t now_ns = tool_now_ns();
    const double limit_s = time_limit(run, now_ns);
    staged_process_options options = process_options(run, limit_s);
    tool_output_prepare(&run->output, &options, moment_after(now_ns, limit_s));
    staged_completed_process *done;
    const staged_status status = staged_process_run(&options, &done);
    const bool has_found = tool_output_has_found(&run->output);
    tell_what_is_left(run, done);
    if (status == STAGED_INTERRUPTED)
        leave_by(run, done->interrupted);
    if (status == STAGED_OK)
        note_end(run, done, &result);
    else if (done != NULL && done->timed_out)
        note_timeout(run, &result);
    else
        note_failure_to_start(run, status, done, &result);
    if (!result.is_final && !may_be_retried(&run->options, result.exit_status, has_found)) {
        result.is_final = true;
        result.why_final = "; not retried: --retry-on does not match";
    }
    staged_completed_process_free(done);
    return result;
}

/* ---- All attempts ---- */

static bool begin(command_run *run)
{
    const tool_run_options *o = &run->options;
    const double longest_s = o->longest_delay_s > 0 ? o->longest_delay_s : STAGED_WAIT_LONGEST;
    run->stops[0] = o->attempts > 0 ? staged_stop_after_attempts(o->attempts) : staged_stop_never();
    run->stops[1] =
        o->deadline_s > 0 ? staged_stop_before_delay(o->deadline_s) : staged_stop_never();
    const staged_retry_policy policy = {
        .size = sizeof policy,
        .stop = staged_stop_any(run->stops, sizeof run->stops / sizeof run->stops[0]),
        .wait = staged_wait_exponential_jitter(o->delay_s, o->backoff, o->jitter_s, 0, longest_s)};
    run->deadline_ns = moment_after(tool_now_ns(), o->deadline_s);
    run->retry = staged_retry_state_new(&policy, staged_signals_clock(), NULL);
    return run->retry != NULL;
}

/* Reports how an attempt failed, and what `next` says about what follows. */
static void tell_failure(command_run *run, const attempt_result *result, const char *next)
{
    const int64_t number = staged_retry_state_attempt(run->retry);
    const int64_t attempts = run->options.attempts;
    if (attempts == 1)
        tool_output_say(&run->output, "'%s' %s", run->options.command[0], result->failure);
    else if (attempts == 0)
        tool_output_say(&run->output, "attempt %lld %s%s", (long long)number, result->failure,
                        next);
    else
        tool_output_say(&run->output, "attempt %lld of %lld %s%s", (long long)number,
                        (long long)attempts, result->failure, next);
}

static void tell_last_failure(command_run *run, const attempt_result *result)
{
    if (result->failure[0] == '\0' || (run->options.attempts == 1 && !result->is_news))
        return;
    if (!result->is_final && staged_retry_state_attempt(run->retry) != run->options.attempts)
        tell_failure(run, result, "; no time is left for another attempt before the deadline");
    else
        tell_failure(run, result, result->why_final);
}

/* Ends what is left of the last attempt, waits, and begins the next one. */
static void prepare_next(command_run *run, const attempt_result *result)
{
    const int64_t wait_ns = staged_retry_state_wait_ns(run->retry);
    char next[64] = "; the next begins at once";
    if (wait_ns > 0)
        (void)snprintf(next, sizeof next, "; the next begins in %.3g s", (double)wait_ns / 1e9);
    tell_failure(run, result, next);
    (void)staged_processes_end_all(run->options.grace_s, NULL, NULL);
    const staged_clock *clock = staged_signals_clock();
    if (clock->sleep_ns(clock->context, wait_ns) == STAGED_INTERRUPTED)
        leave_by(run, staged_signals_caught());
    staged_retry_state_next(run->retry);
}

static int try_until_it_succeeds(command_run *run)
{
    for (;;) {
        const attempt_result result = try_once(run);
        const bool may_retry = result.exit_status != 0 && !result.is_final;
        const staged_status status = may_retry ? STAGED_RETRY : STAGED_OK;
        if (staged_retry_state_decide(run->retry, status) != STAGED_RETRY_AGAIN) {
            tell_last_failure(run, &result);
            return result.exit_status;
        }
        prepare_next(run, &result);
    }
}

static int run_command(command_run *run)
{
    if (staged_signals_install() != STAGED_OK) {
        fputs("staged run: cannot catch signals: out of file descriptors (see ulimit -n)\n",
              stderr);
        return OWN_FAILURE;
    }
    run->output = (tool_output){.secrets = run->options.secrets,
                                .patterns = &run->options.retry_patterns,
                                .log_path = run->options.log_path,
                                .is_quiet = run->options.is_quiet};
    int exit_status = OWN_FAILURE;
    const bool is_open = tool_output_begin(&run->output);
    if (is_open && begin(run))
        exit_status = try_until_it_succeeds(run);
    staged_retry_state_free(run->retry);
    if (!tool_output_end(&run->output, exit_status != 0) && exit_status == 0)
        exit_status = OWN_FAILURE;
    staged_signals_uninstall();
    return exit_status;
}

static int run(staged_parser *parser, staged_namespace *arguments)
{
    command_run run = {.kept_count = 0};
    int exit_status = OWN_FAILURE;
    find_descriptors(&run);
    if (tool_run_options_read(&run.options, parser, arguments) == STAGED_OK)
        exit_status = run_command(&run);
    else
        fputs(staged_parser_error(parser), stderr);
    tool_run_options_free(&run.options);
    return exit_status;
}

const tool_verb tool_verb_run = {
    .name = "run",
    .help = "run a command with retries and time limits",
    .parser =
        {.description =
             "Runs a command, again if it fails.  A time limit ends it and everything it started.",
         .usage = "%(prog)s [options] [--] COMMAND [ARGUMENT ...]",
         .epilog =
             "The exit status is that of the command: 128+N if signal N ended it, 124 after a "
             "timeout, 125 if staged run itself failed, 126 if the command cannot be run, 127 if "
             "it is not found."},
    .add_arguments = tool_run_add_arguments,
    .run = run,
    .bad_usage = OWN_FAILURE,
};
