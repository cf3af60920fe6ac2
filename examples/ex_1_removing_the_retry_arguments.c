/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Stages that never retry need no retry arguments in the help. */
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
    staged_parser_set_description(staged_script_parser(c->script),
                                  "Demonstrate removing the retry arguments.");
    staged_script_hide_retry_arguments(c->script);
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
