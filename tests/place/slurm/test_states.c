/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A private header: a cluster of the tests cannot have all that a real one says. */
#include "place/slurm/states.h"

#include "support/cmocka_all.h"

static void test_phases(void **state)
{
    (void)state;
    assert_int_equal(stg_slurm_phase_of("PENDING"), STG_SLURM_WAITS);
    assert_int_equal(stg_slurm_phase_of("RUNNING"), STG_SLURM_RUNS);
    assert_int_equal(stg_slurm_phase_of("COMPLETING"), STG_SLURM_ENDS);
    assert_int_equal(stg_slurm_phase_of("COMPLETED"), STG_SLURM_ENDED);
    assert_int_equal(stg_slurm_phase_of("CANCELLED by 1000"), STG_SLURM_ENDED);
    assert_int_equal(stg_slurm_phase_of("REQUEUE_HOLD"), STG_SLURM_WAITS);
    assert_int_equal(stg_slurm_phase_of("COMPLETEDLY"), STG_SLURM_UNKNOWN);
    assert_int_equal(stg_slurm_phase_of(""), STG_SLURM_UNKNOWN);
}

static void assert_judged(const char *job_state, staged_place_failure failure, bool may_pass)
{
    const stg_slurm_verdict verdict = stg_slurm_judge(job_state);
    assert_int_equal(verdict.failure, failure);
    assert_int_equal(verdict.may_pass, may_pass);
    assert_true((verdict.words == NULL) == (failure == STAGED_PLACE_OK));
}

static void test_verdicts(void **state)
{
    (void)state;
    assert_judged("COMPLETED", STAGED_PLACE_OK, false);
    assert_judged("FAILED", STAGED_PLACE_OK, false);
    assert_judged("NODE_FAIL", STAGED_PLACE_NODE, true);
    assert_judged("BOOT_FAIL", STAGED_PLACE_NODE, true);
    assert_judged("PREEMPTED", STAGED_PLACE_PREEMPTED, true);
    assert_judged("CANCELLED", STAGED_PLACE_CANCELLED, true);
    assert_judged("TIMEOUT", STAGED_PLACE_TIME_LIMIT, false);
    assert_judged("DEADLINE", STAGED_PLACE_TIME_LIMIT, false);
    assert_judged("OUT_OF_MEMORY", STAGED_PLACE_MEMORY, false);
}

static void test_reasons(void **state)
{
    (void)state;
    assert_null(stg_slurm_reason("None"));
    assert_null(stg_slurm_reason(""));
    assert_string_equal(stg_slurm_reason("Resources"), "for free nodes");
    assert_string_equal(stg_slurm_reason("ReqNodeNotAvail(Unavailable:n3)"),
                        "for requested nodes that are not available");
    assert_string_equal(stg_slurm_reason("SomethingNew"), "SomethingNew");
    /* As scontrol and as squeue have it. */
    static const char *const down[] = {"Nodes_required_for_job_are_DOWN,_DRAINED_or_reserved",
                                       "Nodes required for job are DOWN, DRAINED or reserved"};
    for (size_t i = 0; i < 2; i++)
        assert_string_equal(stg_slurm_reason(down[i]),
                            "for nodes that are down, drained or reserved");
}

static void test_fields(void **state)
{
    (void)state;
    static const char line[] = "JobId=12 JobName=a JobState=RUNNING Reason=None NodeList=(null)\n";
    char value[8];
    assert_true(stg_slurm_field(line, "JobState", value, sizeof value));
    assert_string_equal(value, "RUNNING");
    assert_true(stg_slurm_field(line, "JobId", value, sizeof value));
    assert_string_equal(value, "12");
    assert_false(stg_slurm_field(line, "NodeList", value, sizeof value));
    assert_false(stg_slurm_field(line, "State", value, sizeof value));
    assert_true(stg_slurm_field("A=123456789", "A", value, sizeof value));
    assert_string_equal(value, "1234567");
}

TEST_GROUP(states)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_phases),
        cmocka_unit_test(test_verdicts),
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
