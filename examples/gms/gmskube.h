/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The program gmskube, which installs instances of GMS on a cluster: the arguments that scripts
 * hand on to it, and its commands. */
#ifndef GMSKUBE_H
#define GMSKUBE_H

#include <staged/staged.h>

/* ---- Arguments ---- */

/* The types of `--tag`, and of `--set` and its relatives: NAME=VALUE. */
staged_convert_function gmskube_convert_tag;
staged_convert_function gmskube_convert_setting;

#define GMSKUBE_TAG_HELP                                                                           \
    "Tag name, which corresponds to the docker tag of the images.  The value entered will "        \
    "automatically be transformed according to the definition of the gitlab "                      \
    "`CI_COMMIT_REF_SLUG` variable definition (lowercase, shortened to 63 characters, and with "   \
    "everything except `0-9` and `a-z` replaced with `-`, no leading / trailing `-`)."

/* The help of `--values`. */
#define GMSKUBE_VALUES_HELP                                                                        \
    "Set override values in the chart using a YAML file.  The chart `values.yaml` is always "      \
    "included first, existing values second (for upgrade), followed by any override file(s).  "    \
    "This file should only include the specific values you want to override; it should not be "    \
    "the entire `values.yaml` from the chart.  This flag can be used multiple times to specify "   \
    "multiple files.  The priority will be given to the last (right-most) file specified."

/* ---- Commands ---- */

/* Runs one.  Returns STAGED_RETRY when it failed. */
staged_status gmskube_run(staged_shell_line *command);

/* The address of a service of an instance; "" when it has none. */
staged_status gmskube_address(staged_script *script, const char *service, const char *instance,
                              const char **address);

#endif
