/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Arguments of the script's own. */
#include <staged/staged.h>

/* What this class keeps for each script; zeroed when the script is made. */
struct my_script_data {
    bool flag;
};

static staged_status say_hello(staged_call *c)
{
    STAGED_TRY(staged_run(c->script, "echo 'Hello World'"));
    return staged_log(c->script, "Processing file:  %s", staged_args_path(c->script, "some_file"));
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
    staged_script_hide_retry_arguments(c->script);
    staged_parser_set_default_list(parser, "stage", staged_script_stages(c->script, NULL));
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

static const staged_class my_script = {
    .name = "MyScript",
    .data_size = sizeof(struct my_script_data),
    .methods = STAGED_METHODS(STAGED_STAGE("hello", "Greeting the user", say_hello),
                              STAGED_STAGE("goodbye", "Bidding farewell", say_goodbye),
                              STAGED_ON(STAGED_HOOK_BUILD_PARSER, build_parser),
                              STAGED_ON(STAGED_HOOK_PARSE_ARGS, parse_args)),
};

int main(int argc, char **argv)
{
    return staged_main(&my_script, argc, argv);
}
