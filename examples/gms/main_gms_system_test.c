/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The program gms_system_test. */
#include "gms_system_test.h"
#include "gmskube_wrapper.h"

int main(int argc, char **argv)
{
    const staged_console_options console = gmskube_console_options();
    staged_script_options options = {.size = sizeof options, .console = &console};
    /* The order of the help; the script's `main` has its own. */
    options.stages = STAGED_TEXTS("init", "start", "sleep", "install", "wait", "test", "uninstall");
    return staged_main_with(&gms_system_test, &options, argc, argv);
}
