/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The program gms_test_all. */
#include "gms_test_all.h"
#include "gmskube_wrapper.h"

int main(int argc, char **argv)
{
    const staged_console_options console = gmskube_console_options();
    const staged_script_options options = {.size = sizeof options, .console = &console};
    return staged_main_with(&gms_test_all, &options, argc, argv);
}
