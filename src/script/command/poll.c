/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Waiting until a condition holds. */
#include <math.h>
#include <stdlib.h>

#include <staged/live.h>
#include <staged/waiting.h>

#include "base/failure/options.h"
#include "script/command/interrupt.h"
#include "script/state/bugs.h"
#include "script/state/events.h"
#include "script/state/fail.h"
#include "script/state/mask.h"
#include "script/state/object.h"
#include "script/state/owner.h"

typedef struct polling {
    staged_script *script;
    const staged_poll_options *options;
    staged_poll_report report;
    int64_t began_ns;
    int64_t last_ns;   /* the duration of the last check */
    staged_live *live; /* NULL: nothing is shown */
} polling;

static int64_t now_ns(const staged_script *script)
{
    return script->clock->monotonic_ns(script->clock->context);
}

static double seconds_of(int64_t nanoseconds)
{
    return (double)nanoseconds / 1e9;
}

/* ---- What is shown while waiting ---- */

/* Below the log's time column, where the text of its lines begins. */
static staged_renderable *indented(staged_renderable *renderable)
{
    return staged_padding_new(
        STAGED_OPTIONS(staged_padding_options, .pad = {.given = true, .left = 11}), renderable);
}

static staged_renderable *line(const polling *p)
{
    const staged_poll_options *options = p->options;
    const double elapsed_s = seconds_of(p->report.elapsed_ns);
    if (options->timeout_s > 0)
        return staged_spinner_new(NULL, "Waiting for %s:  check %zu (%.2f s), %.0f s of %.0f s",
                                  options->what, p->report.checks, seconds_of(p->last_ns),
                                  elapsed_s, options->timeout_s);
    return staged_spinner_new(NULL, "Waiting for %s:  check %zu (%.2f s), %.0f s", options->what,
                              p->report.checks, seconds_of(p->last_ns), elapsed_s);
}

/* What the author shows, with the status line below it while the wait goes on; NULL: nothing, or
 * out of memory. */
static staged_renderable *picture(const polling *p, bool goes_on)
{
    const staged_poll_options *options = p->options;
    staged_renderable *all = staged_render_group_new();
    staged_status status = STAGED_OK;
    staged_renderable *shown =
        options->show == NULL ? NULL : options->show(p->script, options->context);
    if (shown != NULL)
        status = staged_render_group_add(all, shown);
    if (goes_on && status == STAGED_OK)
        status = staged_render_group_add(all, line(p));
    if (status == STAGED_OK && (goes_on || shown != NULL))
        return indented(all);
    staged_renderable_free(all);
    return NULL;
}

/* Displaying the wait is not worth a failure: what cannot be shown is left out. */
static void show(polling *p)
{
    staged_renderable *now = picture(p, true);
    if (now == NULL)
        return;
    if (p->live != NULL)
        (void)staged_live_update_take(p->live, now);
    else
        p->live = staged_live_new(
            p->script->console,
            STAGED_OPTIONS(staged_live_options, .transient = p->options->show == NULL), now);
}

static void stop_showing(polling *p)
{
    if (p->live == NULL)
        return;
    staged_renderable *last = picture(p, false);
    if (last != NULL)
        (void)staged_live_update_take(p->live, last);
    staged_live_free(p->live);
}

/* ---- Checking ---- */

static void measure(polling *p)
{
    p->report.elapsed_ns = now_ns(p->script) - p->began_ns;
}

static staged_status check(polling *p)
{
    const int64_t began_ns = now_ns(p->script);
    /* Its commands look at things from here. */
    p->script->run->polls++;
    const staged_status status = p->options->condition(p->script, p->options->context);
    p->script->run->polls--;
    /* Whatever the condition returns, it has dealt with the failures of its commands. */
    stg_heed(p->script, NULL);
    const int64_t ended_ns = now_ns(p->script);
    p->last_ns = ended_ns - began_ns;
    p->report.checks++;
    p->report.checking_ns += p->last_ns;
    if (p->last_ns > p->report.longest_ns)
        p->report.longest_ns = p->last_ns;
    measure(p);
    stg_emit(p->script,
             &(staged_event){.kind = STAGED_EVENT_CHECK,
                             .outcome = status == STAGED_OK      ? STAGED_OUTCOME_PASSED
                                        : status == STAGED_RETRY ? STAGED_OUTCOME_RETRYING
                                                                 : STAGED_OUTCOME_FAILED,
                             .duration_ns = p->last_ns,
                             .message = p->options->what,
                             .where = p->options->where});
    return stg_unless_interrupted(p->script, status);
}

static staged_status time_out(const polling *p)
{
    stg_ignore(staged_fail_at(p->script, &p->options->where,
                              "timed out after %g s waiting for %s (%zu check%s)",
                              p->options->timeout_s, p->options->what, p->report.checks,
                              p->report.checks == 1 ? "" : "s"));
    return STAGED_TIMED_OUT;
}

static staged_status wait_until_it_holds(polling *p)
{
    const double interval_s = p->options->interval_s == 0 ? 1 : p->options->interval_s;
    const double timeout_s = p->options->timeout_s;
    for (;;) {
        const staged_status status = check(p);
        if (status != STAGED_RETRY)
            return status;
        show(p);
        const double left_s = timeout_s - seconds_of(p->report.elapsed_ns);
        if (timeout_s > 0 && left_s <= 0)
            return time_out(p);
        STAGED_TRY(
            staged_sleep(p->script, timeout_s > 0 && left_s < interval_s ? left_s : interval_s));
    }
}

static staged_status tell_cost(const polling *p)
{
    const staged_poll_report *report = &p->report;
    const double elapsed_s = seconds_of(report->elapsed_ns);
    const double check_s = seconds_of(report->checking_ns) / (double)report->checks;
    if (report->checks == 1)
        return staged_log_at(p->script, &p->options->where,
                             "Waited %.1f s for %s:  1 check, %.3f s.", elapsed_s, p->options->what,
                             check_s);
    return staged_log_at(p->script, &p->options->where,
                         "Waited %.1f s for %s:  %zu checks, %.3f s each.", elapsed_s,
                         p->options->what, report->checks, check_s);
}

/* Passes the cost to an author who asked for it. */
static staged_status give_report(const polling *p)
{
    if (p->options->report == NULL)
        return STAGED_OK;
    stg_lock(p->script);
    staged_poll_report *kept = stg_arena_alloc(&p->script->texts, sizeof *kept);
    stg_unlock(p->script);
    if (kept == NULL)
        return STAGED_NO_MEMORY;
    *kept = p->report;
    *p->options->report = kept;
    return STAGED_OK;
}

static staged_status poll_masked(staged_script *script, const staged_poll_options *options)
{
    polling p = {.script = script, .options = options, .began_ns = now_ns(script)};
    if (script->dry_run)
        return staged_log_dry_run_at(script, &options->where, 0, "Not waiting for %s.",
                                     options->what);
    stg_buf comment = {0};
    stg_buf_addf(&comment, "# Wait for %s.", options->what);
    /* Text after a newline would be a command. */
    for (size_t i = 0; i < comment.length; i++) {
        if (comment.data[i] == '\n')
            comment.data[i] = ' ';
    }
    staged_status status = stg_buf_status(&comment);
    if (status == STAGED_OK)
        status = staged_script_add_command(script, stg_buf_text(&comment));
    stg_buf_free(&comment);
    STAGED_TRY(status);
    status = wait_until_it_holds(&p);
    /* A wait that is cut short counts, too. */
    measure(&p);
    stop_showing(&p);
    const staged_status given = give_report(&p);
    const staged_status told = tell_cost(&p);
    if (status != STAGED_OK)
        return status;
    return given == STAGED_OK ? told : given;
}

staged_status staged_poll_with(staged_script *script, const staged_poll_options *options)
{
    staged_poll_options own;
    STAGED_TRY(stg_refuse_options(script, STG_READ_OPTIONS(&own, options, staged_poll_options)));
    if (own.report != NULL)
        *own.report = NULL;
    if (own.what == NULL || own.condition == NULL)
        return staged_fail_at(script, &own.where,
                              "a poll needs the name of what it waits for, and a condition");
    if (isnan(own.interval_s) || isnan(own.timeout_s))
        return staged_fail_at(script, &own.where,
                              "the interval and the timeout of a poll must be numbers, not NaN");
    STAGED_TRY(stg_only_owner(script, "staged_poll"));
    /* The name is shown, recorded and passed to observers. */
    char *what = stg_masked(script, own.what);
    if (what == NULL)
        return STAGED_NO_MEMORY;
    staged_poll_options masked = own;
    masked.what = what;
    const staged_status status = poll_masked(script, &masked);
    free(what);
    return status;
}
