/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/recording/expectation.h"

#include <staged/script.h>

#include "record/framework.h"
#include "script/recording/recorder.h"
#include "script/state/attributes.h"

/* Smaller differences are noise. */
static const int64_t least_difference_ns = 1000000000;
enum { TIMES_AS_LONG = 3, PART = 10 };

/* Returns the number of runs measured; 0: unknown. */
static size_t usual_duration(const staged_script *script, const char *stage, int64_t *usual_ns)
{
    const stg_recorder *recorder = script->outer == NULL ? script->run->recorder : NULL;
    return recorder == NULL || recorder->durations == NULL || script->dry_run
               ? 0
               : stg_durations_usual(recorder->durations, stage, usual_ns);
}

/* The most that the author expects; 0: nothing. */
static int64_t expected_ns(const staged_script *script, const char *stage)
{
    const stg_stage *registered = stg_stage_of(script, stage);
    const double most_ns =
        registered == NULL || script->dry_run ? 0 : registered->declaration->expected_s * 1e9;
    return most_ns < 9e18 ? (int64_t)most_ns : INT64_MAX;
}

void stg_tell_usual_duration(staged_script *script)
{
    int64_t usual_ns;
    char usual[STAGED_DURATION_TEXT_SIZE];
    const stg_frame *frame = script->frame;
    if (frame->attempt.number > 1 || !staged_console_is_terminal(script->console) ||
        usual_duration(script, stg_frame_stage(frame), &usual_ns) == 0)
        return;
    staged_duration_text(usual_ns, usual, sizeof usual);
    const staged_location where = stg_stage_location(script);
    (void)staged_log_at(script, &where, "[dim]Usual duration:  %s[/]", usual);
}

void stg_tell_unexpected(staged_script *script, int64_t duration_ns)
{
    const char *stage = stg_frame_stage(script->frame);
    const int64_t most_ns = expected_ns(script, stage);
    char most[STAGED_DURATION_TEXT_SIZE];
    if (most_ns <= 0 || duration_ns <= most_ns)
        return;
    staged_duration_text(most_ns, most, sizeof most);
    const staged_location where = stg_stage_location(script);
    (void)staged_log_at(script, &where,
                        "[yellow]The '%s' stage took longer than expected:[/]  at most %s", stage,
                        most);
}

/* ---- The summary ---- */

static bool is_unusual(const staged_stage_duration *run, int64_t usual_ns)
{
    const int64_t more_ns = run->duration_ns - usual_ns;
    return run->outcome == STAGED_OUTCOME_PASSED &&
           ((more_ns > least_difference_ns && run->duration_ns / TIMES_AS_LONG > usual_ns) ||
            (-more_ns > least_difference_ns && run->duration_ns < usual_ns / PART));
}

static staged_status add_remarks(const staged_script *script, const staged_stage_duration *run,
                                 staged_renderable *group)
{
    int64_t usual_ns;
    char took[STAGED_DURATION_TEXT_SIZE];
    char other[STAGED_DURATION_TEXT_SIZE];
    const int64_t most_ns = expected_ns(script, run->stage);
    const size_t runs = usual_duration(script, run->stage, &usual_ns);
    staged_duration_text(run->duration_ns, took, sizeof took);
    if (most_ns > 0 && run->duration_ns > most_ns) {
        staged_duration_text(most_ns, other, sizeof other);
        STAGED_TRY(staged_render_group_add(
            group, staged_markup_new("[yellow]The '%s' stage took %s; expected at most %s",
                                     run->stage, took, other)));
    }
    if (runs == 0 || !is_unusual(run, usual_ns))
        return STAGED_OK;
    staged_duration_text(usual_ns, other, sizeof other);
    return staged_render_group_add(
        group, staged_markup_new("[yellow]The '%s' stage took %s; usually it takes %s (the "
                                 "median of %zu runs)",
                                 run->stage, took, other, runs));
}

static bool is_remarkable(const staged_script *script, const staged_stage_duration *run)
{
    int64_t usual_ns;
    const int64_t most_ns = expected_ns(script, run->stage);
    return (most_ns > 0 && run->duration_ns > most_ns) ||
           (usual_duration(script, run->stage, &usual_ns) > 0 && is_unusual(run, usual_ns));
}

staged_renderable *stg_remarks(const staged_script *script)
{
    staged_renderable *group = NULL;
    for (size_t i = 0; i < script->timings.count; i++) {
        const staged_stage_duration *run = &script->timings.items[i];
        if (run->outcome == STAGED_OUTCOME_SKIPPED || run->earlier || !is_remarkable(script, run))
            continue;
        if (group == NULL)
            group = staged_render_group_new();
        if (add_remarks(script, run, group) != STAGED_OK) {
            staged_renderable_free(group);
            return NULL;
        }
    }
    return group;
}
