/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The base of the real-world scripts, as a script by itself. */
#include "gmskube_wrapper.h"

int main(int argc, char **argv)
{
    const staged_script_options options = gmskube_script_options();
    return staged_main_with(&gmskube_wrapper, &options, argc, argv);
}
