/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The program ian_sim_deploy. */
#include "gmskube_wrapper.h"
#include "ian_sim_deploy.h"

int main(int argc, char **argv)
{
    const staged_console_options console = gmskube_console_options();
    staged_script_options options = {.size = sizeof options, .console = &console};
    options.stages =
        STAGED_TEXTS("install", "wait", "init", "start", "stop", "clean", "status", "uninstall");
    return staged_main_with(&ian_sim_deploy, &options, argc, argv);
}
