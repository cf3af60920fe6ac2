/* SPDX-License-Identifier: BSD-3-Clause
 *
 * retry.jsonl: a stage whose runs take so long and end so, through the real stage loop. */
#include <stdio.h>
#include <string.h>

#include <staged/staged.h>

#include "base/text/buf.h"
#include "reference_check.h"
#include "script/fixture.h"

/* What the one stage does, and what was seen. */
typedef struct scenario {
    const json_t *bodies;
    size_t runs;
    virtual_clock clock;
    json_t *events;
} scenario;

static scenario *scenario_of(staged_call *c)
{
    return *(scenario **)c->data;
}

static staged_status body(staged_call *c)
{
    scenario *s = scenario_of(c);
    s->runs++;
    json_array_append_new(s->events, json_pack("{s:i, s:f}", "attempt", (int)s->runs, "at",
                                               (double)s->clock.now_ns / 1e9));
    const size_t last = json_array_size(s->bodies) - 1;
    const json_t *plan = json_array_get(s->bodies, s->runs - 1 < last ? s->runs - 1 : last);
    virtual_clock_pass(&s->clock, json_number_value(json_object_get(plan, "seconds")));
    const char *result = json_string_value(json_object_get(plan, "result"));
    if (strcmp(result, "error") == 0)
        return staged_fail(c->script, "an error");
    return strcmp(result, "retry") == 0 ? STAGED_RETRY : STAGED_OK;
}

/* What the original prints of the state, with ID for its address.  Our own text is another one
 * (docs/porting-from-python.md); what it is made of is compared all the same. */
static json_t *state_text(const staged_retry_state *retry)
{
    char slept[32];
    (void)snprintf(slept, sizeof slept, "%.2f",
                   (double)staged_retry_state_statistics(retry)->idle_ns / 1e9);
    char *last = slept + strlen(slept) - 1;
    if (*last == '0')
        *last = '\0';
    return json_sprintf("<RetryCallState ID: attempt #%lld; slept for %s; last result: %s>",
                        (long long)staged_retry_state_attempt(retry), slept,
                        staged_retry_state_outcome(retry) == STAGED_RETRY ? "failed (RetryStage )"
                                                                          : "?");
}

static staged_status prepare_to_retry(staged_call *c)
{
    scenario *s = scenario_of(c);
    json_array_append_new(s->events, json_pack("{s:o}", "before_sleep", state_text(c->retry)));
    json_array_append_new(
        s->events, json_pack("{s:f}", "sleep", (double)staged_retry_state_wait_ns(c->retry) / 1e9));
    return staged_super(c);
}

static const staged_class retried = {
    STAGED_CLASS("Retried"),
    .data_size = sizeof(scenario *),
    .methods = STAGED_METHODS(STAGED_STAGE("work", "Working", body),
                              STAGED_ON(STAGED_HOOK_PREPARE_TO_RETRY, prepare_to_retry)),
};

static const char *outcome_name(staged_outcome outcome)
{
    switch (outcome) {
    case STAGED_OUTCOME_PASSED:
        return "ok";
    case STAGED_OUTCOME_FAILED:
        return "error";
    case STAGED_OUTCOME_ABANDONED:
        return "abandoned";
    default:
        return "something else";
    }
}

/* Runs the script with the retry arguments of the case. */
static void run_script(staged_script *script, const json_t *test_case)
{
    static const char *const keys[] = {"attempts", "delay", "timeout"};
    stg_buf texts[3] = {{0}};
    for (size_t i = 0; i < 3; i++)
        stg_buf_addf(&texts[i], "--work-retry-%s=%.17g", keys[i],
                     json_number_value(json_object_get(test_case, keys[i])));
    fixture_run(script, STAGED_TEXTS("--stage", "work", stg_buf_text(&texts[0]),
                                     stg_buf_text(&texts[1]), stg_buf_text(&texts[2])));
    for (size_t i = 0; i < 3; i++)
        stg_buf_free(&texts[i]);
}

/* Python writes a sum of nothing as 0 and other seconds as 0.0. */
static json_t *with_real_numbers(const json_t *value)
{
    json_t *copy = json_deep_copy(value);
    static const char *const keys[] = {"idle_for", "delay_since_first_attempt"};
    for (size_t i = 0; i < 2; i++)
        json_object_set_new(copy, keys[i],
                            json_real(json_number_value(json_object_get(copy, keys[i]))));
    return copy;
}

static char *run(const json_t *test_case, bool *passed)
{
    scenario s = {.bodies = json_object_get(test_case, "bodies"), .events = json_array()};
    virtual_clock_init(&s.clock);
    staged_script *script = fixture_script(&retried, NULL, &s.clock);
    *(scenario **)staged_script_data(script, &retried) = &s;
    run_script(script, test_case);
    const staged_retry_statistics *statistics = staged_stage_statistics(script, "work");
    json_t *actual =
        json_pack("{s:o, s:s, s:I, s:f, s:f}", "events", s.events, "outcome",
                  outcome_name(staged_stage_outcome(script, "work")), "attempt_number",
                  (json_int_t)statistics->attempts, "idle_for", (double)statistics->idle_ns / 1e9,
                  "delay_since_first_attempt", (double)statistics->elapsed_ns / 1e9);
    json_t *expected = with_real_numbers(json_object_get(test_case, "expected"));
    *passed = json_equal(actual, expected);
    char *text = json_dumps(actual, JSON_COMPACT);
    json_decref(actual);
    json_decref(expected);
    staged_script_free(script);
    return text;
}

const reference_kind reference_retry = {.name = "retry", .run = run};
