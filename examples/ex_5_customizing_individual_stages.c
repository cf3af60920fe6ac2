/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Phases of its own for single stages. */
#include <staged/staged.h>

/* What this class keeps for each script; zeroed when the script is made. */
struct my_script {
    const char *some_file;
    bool some_flag;
};

static staged_status say_hello(staged_call *c)
{
    const struct my_script *self = c->data;
    STAGED_TRY(staged_run(c->script, "echo 'Hello World'"));
    return staged_log(c->script, "Processing file:  %s", self->some_file);
}

static staged_status say_goodbye(staged_call *c)
{
    const struct my_script *self = c->data;
    STAGED_TRY(staged_run(c->script, "echo 'Goodbye World'"));
    return staged_log(c->script, "Some flag was %sset!", self->some_flag ? "" : "not ");
}

static staged_status run_pre_stage_actions(staged_call *c)
{
    /* What the base class does first, then more. */
    STAGED_TRY(staged_super(c));
    return staged_log(c->script, "Checking to make sure it's safe to run a stage...");
}

static staged_status skip_stage(staged_call *c)
{
    /* Instead of what the base class does. */
    return staged_log(c->script, "You didn't tell me to run the '%s' stage.", c->stage);
}

static staged_status end_stage(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    return staged_log_heading(c->script, NULL, "Finished stage '%s'.", c->stage);
}

static staged_status run_post_stage_actions(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    return staged_log(c->script, "Checking to make sure all is well after running the stage...");
}

static staged_status begin_stage_hello(staged_call *c)
{
    /* What is done for all stages, as this class or its bases have it, then more. */
    STAGED_TRY(staged_general(c));
    return staged_log(c->script, "The first stage is underway...");
}

static staged_status end_stage_goodbye(staged_call *c)
{
    /* What the bases do for all stages, without this class's own end_stage, then more.  Without
     * either of these calls the phase is replaced completely. */
    STAGED_TRY(staged_super_general(c));
    return staged_log_heading(c->script, NULL, "Finished the final stage:  %s", c->stage);
}

static const staged_class my_script = {
    .name = "MyScript",
    .description = "Demonstrate adding arguments to the parser.",
    .data_size = sizeof(struct my_script),
    .hide_retry_arguments = true,
    .arguments = STAGED_ARGUMENTS(
        STAGED_ARGUMENT("--some-file", STAGED_INTO(struct my_script, some_file), .required = true,
                        .type = STAGED_ARG_PATH, .resolve = true,
                        .help = "Some file your users need to point to for the script to run."),
        STAGED_ARGUMENT("--some-flag", STAGED_INTO(struct my_script, some_flag),
                        .help = "Some flag your users can toggle on if they like.")),
    .methods = STAGED_METHODS(
        STAGED_STAGE("hello", "Greeting the user", say_hello, .by_default = true),
        STAGED_STAGE("goodbye", "Bidding farewell", say_goodbye, .by_default = true),
        STAGED_ON(STAGED_HOOK_PRE_STAGE, run_pre_stage_actions),
        STAGED_ON(STAGED_HOOK_SKIP_STAGE, skip_stage), STAGED_ON(STAGED_HOOK_END_STAGE, end_stage),
        STAGED_ON(STAGED_HOOK_POST_STAGE, run_post_stage_actions),
        STAGED_ON_STAGE(STAGED_HOOK_BEGIN_STAGE, "hello", begin_stage_hello),
        STAGED_ON_STAGE(STAGED_HOOK_END_STAGE, "goodbye", end_stage_goodbye)),
};

int main(int argc, char **argv)
{
    return staged_main(&my_script, argc, argv);
}
