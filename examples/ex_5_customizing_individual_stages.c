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

static const staged_class my_script = {
    STAGED_CLASS("MyScript"),
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
        /* What the base class does first, then more; skip_stage is replaced. */
        STAGED_ON_LOG(STAGED_HOOK_PRE_STAGE, "Checking to make sure it's safe to run a stage...",
                      .after = staged_super),
        STAGED_ON_LOG(STAGED_HOOK_SKIP_STAGE, "You didn't tell me to run the '%(stage)s' stage."),
        STAGED_ON_LOG(STAGED_HOOK_END_STAGE, "Finished stage '%(stage)s'.", .in_panel = true,
                      .after = staged_super),
        STAGED_ON_LOG(STAGED_HOOK_POST_STAGE,
                      "Checking to make sure all is well after running the stage...",
                      .after = staged_super),
        /* For one stage: after what is done for all, by this class (staged_general) or by its
         * bases alone (staged_super_general). */
        STAGED_ON_STAGE_LOG(STAGED_HOOK_BEGIN_STAGE, "hello", "The first stage is underway...",
                            .after = staged_general),
        STAGED_ON_STAGE_LOG(STAGED_HOOK_END_STAGE, "goodbye",
                            "Finished the final stage:  %(stage)s", .in_panel = true,
                            .after = staged_super_general)),
};

int main(int argc, char **argv)
{
    return staged_main(&my_script, argc, argv);
}
