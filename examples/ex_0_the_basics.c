/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A script with two stages. */
#include <staged/staged.h>

static staged_status say_hello(staged_call *c)
{
    return staged_run(c->script, "echo 'Hello World'");
}

static staged_status say_goodbye(staged_call *c)
{
    return staged_run(c->script, "echo 'Goodbye World'");
}

static const staged_class my_script = {
    STAGED_CLASS("MyScript"),
    .methods = STAGED_METHODS(STAGED_STAGE("hello", "Greeting the user", say_hello),
                              STAGED_STAGE("goodbye", "Bidding farewell", say_goodbye)),
};

int main(int argc, char **argv)
{
    return staged_main(&my_script, argc, argv);
}
