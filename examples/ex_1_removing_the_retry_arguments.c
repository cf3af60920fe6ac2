/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Stages that never retry need no retry arguments in the help. */
#include <staged/staged.h>

static const staged_class my_script = {
    STAGED_CLASS("MyScript"),
    .description = "Demonstrate removing the retry arguments.",
    .hide_retry_arguments = true,
    .methods =
        STAGED_METHODS(STAGED_STAGE_RUN("hello", "Greeting the user", "echo 'Hello World'"),
                       STAGED_STAGE_RUN("goodbye", "Bidding farewell", "echo 'Goodbye World'")),
};

int main(int argc, char **argv)
{
    return staged_main(&my_script, argc, argv);
}
