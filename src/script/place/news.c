/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/place/news.h"

#include "base/system/duration.h"
#include "script/state/events.h"

/* Shorter waits are not worth a word. */
static const int64_t least_wait_ns = 1000000000;

static void add_job(stg_buf *text, const staged_place_look *look)
{
    if (look->job != NULL)
        stg_buf_addf(text, " (job %s)", look->job);
}

static void tell_waiting(stg_follower *follower, const staged_place_look *look, stg_buf *text)
{
    if (follower->waits || look->reason == NULL)
        return;
    follower->waits = true;
    stg_buf_addf(text, "waiting %s", look->reason);
    add_job(text, look);
}

static void tell_away(stg_follower *follower, const staged_place_look *look, stg_buf *text)
{
    if (follower->is_away)
        return;
    follower->is_away = true;
    stg_buf_addf(text, "waiting for news%s%s", look->reason == NULL ? "" : ": ",
                 look->reason == NULL ? "" : look->reason);
    add_job(text, look);
}

/* "job 4711 runs on n3, after 12 s in the queue". */
static void tell_running(stg_follower *follower, const char *runs, const staged_place_look *look,
                         stg_buf *text)
{
    char waited[STG_SECONDS_TEXT_SIZE];
    const bool is_new = follower->waits || follower->is_away;
    follower->waits = follower->is_away = false;
    if (!is_new && (!follower->is_told || (look->job == NULL && look->node == NULL)))
        return;
    follower->is_told = false;
    stg_buf_addf(text, "%s%s %s", look->job == NULL ? "it" : "job ",
                 look->job == NULL ? "" : look->job, runs);
    if (look->node != NULL)
        stg_buf_addf(text, " on %s", look->node);
    if (look->queue_ns >= least_wait_ns)
        stg_buf_addf(text, ", after %s s in the queue",
                     stg_seconds_text(look->queue_ns / least_wait_ns * least_wait_ns, waited));
}

/* Logs it, if there is something, and empties it. */
static void log_text(const stg_follower *follower, stg_buf *text)
{
    if (text->length > 0)
        (void)staged_log_at(follower->script, &follower->event->where, "On %s:  %s.",
                            follower->event->place, stg_buf_text(text));
    stg_buf_free(text);
}

static void log_look(stg_follower *follower, const staged_place_look *look)
{
    stg_buf text = {0};
    if (look->state == STAGED_PLACE_STATE_WAITS)
        tell_waiting(follower, look, &text);
    else if (look->state == STAGED_PLACE_STATE_AWAY)
        tell_away(follower, look, &text);
    else if (look->state == STAGED_PLACE_STATE_RUNS)
        tell_running(follower, "runs", look, &text);
    log_text(follower, &text);
}

void stg_tell_look(stg_follower *follower, const staged_place_look *look)
{
    stg_emit(follower->script, &(staged_event){.kind = STAGED_EVENT_PLACE,
                                               .number = follower->event->number,
                                               .command = follower->event->command,
                                               .unlisted = follower->event->unlisted,
                                               .place = follower->event->place,
                                               .look = look,
                                               .folder = follower->folder,
                                               .where = follower->event->where});
    log_look(follower, look);
}

void stg_tell_news(void *follower, const stg_place_news *news)
{
    if (news->has_changed)
        stg_tell_look(follower, &news->look);
}

void stg_tell_end_at_place(stg_follower *follower, const staged_completed_process *done)
{
    const staged_place_end *end = done->place;
    stg_buf text = {0};
    if (end == NULL)
        return;
    /* It ran between two looks; one that was cut short may not have run at all. */
    if (end->failure == STAGED_PLACE_OK && done->interrupted == 0 && !done->timed_out &&
        (end->job != NULL || end->node != NULL))
        tell_running(follower, "ran",
                     &(staged_place_look){.size = sizeof(staged_place_look),
                                          .job = end->job,
                                          .node = end->node,
                                          .queue_ns = end->queue_ns},
                     &text);
    log_text(follower, &text);
    if (end->left != NULL)
        (void)staged_log_at(follower->script, &follower->event->where,
                            "[yellow]Could not be ended on %s:[/]  %s", follower->event->place,
                            end->left);
}
