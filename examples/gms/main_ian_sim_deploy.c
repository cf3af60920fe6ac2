/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The program ian_sim_deploy. */
#include "gmskube_wrapper.h"
#include "ian_sim_deploy.h"

int main(int argc, char **argv)
{
    staged_script_options options = gmskube_script_options();
    options.stages =
        STAGED_TEXTS("install", "wait", "init", "start", "stop", "clean", "status", "uninstall");
    return staged_main_with(&ian_sim_deploy, &options, argc, argv);
}
