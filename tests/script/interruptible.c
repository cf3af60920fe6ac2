/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A script that is short of time, for test_interrupts.py: commands with children of their own, a
 * wait between attempts, and a teardown. */
#include <staged/staged.h>

static staged_status run_family(staged_call *c)
{
    return staged_run(c->script, "sh -c 'sleep 0.06; :' & sleep 0.04; wait");
}

static staged_status retry_once(staged_call *c)
{
    int *times = c->data;
    STAGED_TRY(staged_run(c->script, "sleep 0.01"));
    return (*times)++ == 0 ? STAGED_RETRY : STAGED_OK;
}

static staged_status wait_a_little(staged_call *c)
{
    return staged_sleep(c->script, 0.05);
}

/* From here on a signal no longer ends `main`, and there is nothing to tear down. */
static staged_status say_when_done(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    return staged_log(c->script, "main is done");
}

static staged_status tear_down(staged_call *c)
{
    return staged_run(c->script, "echo tearing down");
}

static staged_status build_parser(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    staged_parser *parser = staged_script_parser(c->script);
    staged_parser_set_default_list(parser, "stage", staged_script_stages(c->script, NULL));
    staged_parser_set_default(parser, "flaky_retry_attempts", staged_value_int(1));
    staged_parser_set_default(parser, "flaky_retry_delay", staged_value_float(0.05));
    return STAGED_OK;
}

static const staged_class interruptible = {
    STAGED_CLASS("Interruptible"),
    .data_size = sizeof(int),
    .methods = STAGED_METHODS(STAGED_STAGE("family", "Running a family", run_family),
                              STAGED_STAGE("flaky", "Trying twice", retry_once),
                              STAGED_STAGE("wait", "Waiting", wait_a_little),
                              STAGED_ON(STAGED_HOOK_BUILD_PARSER, build_parser),
                              STAGED_ON(STAGED_HOOK_MAIN, say_when_done),
                              STAGED_ON(STAGED_HOOK_INTERRUPT, tear_down)),
};

int main(int argc, char **argv)
{
    return staged_main(&interruptible, argc, argv);
}
