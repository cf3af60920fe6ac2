/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Without --stage, this script runs all its stages. */
#include <staged/staged.h>

static staged_status say_hello(staged_call *c)
{
    return staged_run(c->script, "echo 'Hello World'");
}

static staged_status say_goodbye(staged_call *c)
{
    return staged_run(c->script, "echo 'Goodbye World'");
}

static staged_status build_parser(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    staged_parser *parser = staged_script_parser(c->script);
    staged_parser_set_description(parser, "Demonstrate running certain stages by default.");
    staged_script_hide_retry_arguments(c->script);
    staged_parser_set_default_list(parser, "stage", staged_script_stages(c->script, NULL));
    return STAGED_OK;
}

static const staged_class my_script = {
    .name = "MyScript",
    .methods = STAGED_METHODS(STAGED_STAGE("hello", "Greeting the user", say_hello),
                              STAGED_STAGE("goodbye", "Bidding farewell", say_goodbye),
                              STAGED_ON(STAGED_HOOK_BUILD_PARSER, build_parser)),
};

int main(int argc, char **argv)
{
    return staged_main(&my_script, argc, argv);
}
