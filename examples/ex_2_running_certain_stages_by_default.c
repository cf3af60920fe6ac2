/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Without --stage, this script runs all its stages. */
#include <staged/staged.h>

static const staged_class my_script = {
    STAGED_CLASS("MyScript"),
    .description = "Demonstrate running certain stages by default.",
    .hide_retry_arguments = true,
    .methods = STAGED_METHODS(
        STAGED_STAGE_RUN("hello", "Greeting the user", "echo 'Hello World'", .by_default = true),
        STAGED_STAGE_RUN("goodbye", "Bidding farewell", "echo 'Goodbye World'",
                         .by_default = true)),
};

int main(int argc, char **argv)
{
    return staged_main(&my_script, argc, argv);
}
