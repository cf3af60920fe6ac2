/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A stage that is tried again when it fails. */
#include <staged/staged.h>

/* What this class keeps for each script; zeroed when the script is made. */
struct my_script_data {
    bool flag;
    int times_flaky_run;
};

static staged_status say_hello(staged_call *c)
{
    STAGED_TRY(staged_run(c->script, "echo 'Hello World'"));
    return staged_log(c->script, "Processing file:  %s", staged_args_path(c->script, "some_file"));
}

static staged_status try_error_prone_operation(staged_call *c)
{
    struct my_script_data *self = c->data;
    const int times_to_fail = 2;
    self->times_flaky_run++;
    if (self->times_flaky_run <= times_to_fail) {
        staged_log(c->script, "[red]Oh no!  Something went horribly wrong!");
        return STAGED_RETRY;
    }
    return staged_log(c->script, "[green]Thank goodness, everything worked this time.");
}

static staged_status say_goodbye(staged_call *c)
{
    const struct my_script_data *self = c->data;
    STAGED_TRY(staged_run(c->script, "echo 'Goodbye World'"));
    return staged_log(c->script, "Some flag was %sset!", self->flag ? "" : "not ");
}

static staged_status build_parser(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    staged_parser *parser = staged_script_parser(c->script);
    staged_parser_set_description(parser, "Demonstrate adding arguments to the parser.");
    staged_stage_hide_retry_arguments(c->script, "hello");
    staged_stage_hide_retry_arguments(c->script, "goodbye");
    staged_parser_set_default_list(parser, "stage", staged_script_stages(c->script, NULL));
    staged_parser_set_default(parser, "flaky_retry_attempts", staged_value_int(5));
    staged_parser_set_default(parser, "flaky_retry_delay", staged_value_int(1));
    staged_parser_add_argument(parser, "--some-file", .required = true, .type = STAGED_ARG_PATH,
                               .help =
                                   "Some file your users need to point to for the script to run.");
    staged_parser_add_argument(parser, "--some-flag", .action = STAGED_ARG_STORE_TRUE,
                               .help = "Some flag your users can toggle on if they like.");
    return STAGED_OK;
}

static staged_status parse_args(staged_call *c)
{
    /* The base class keeps the parsed arguments: staged_args_path and its like. */
    STAGED_TRY(staged_super(c));

    /* Keep some of them in the class's own data, if that is handier. */
    struct my_script_data *self = c->data;
    self->flag = staged_args_bool(c->script, "some_flag");

    /* Or work on them: the log is to show the very file that is used. */
    return staged_args_resolve_path(c->script, "some_file");
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
    .data_size = sizeof(struct my_script_data),
    .methods = STAGED_METHODS(
        STAGED_STAGE("hello", "Greeting the user", say_hello),
        STAGED_STAGE("flaky", "Trying an error-prone operation", try_error_prone_operation),
        STAGED_STAGE("goodbye", "Bidding farewell", say_goodbye),
        STAGED_ON(STAGED_HOOK_BUILD_PARSER, build_parser),
        STAGED_ON(STAGED_HOOK_PARSE_ARGS, parse_args),
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
