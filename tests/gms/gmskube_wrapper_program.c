/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The base of the real-world scripts, as a script by itself. */
#include "gmskube_wrapper.h"

int main(int argc, char **argv)
{
    const staged_console_options console = gmskube_console_options();
    const staged_script_options options = {.size = sizeof options, .console = &console};
    return staged_main_with(&gmskube_wrapper, &options, argc, argv);
}
