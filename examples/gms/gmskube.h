/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The program gmskube, which installs instances of GMS on a cluster: the arguments that scripts
 * hand on to it, and its commands. */
#ifndef GMSKUBE_H
#define GMSKUBE_H

#include <stdio.h>

#include <staged/staged.h>

/* ---- Arguments ---- */

void gmskube_add_istio_argument(staged_argument_group *group);
void gmskube_add_set_arguments(staged_argument_group *group);
void gmskube_add_timeout_argument(staged_argument_group *group);
void gmskube_add_values_argument(staged_argument_group *group);

/* The types of `--tag`, and of `--set` and its relatives: NAME=VALUE. */
staged_convert_function gmskube_convert_tag;
staged_convert_function gmskube_convert_setting;

#define GMSKUBE_TAG_HELP                                                                           \
    "Tag name, which corresponds to the docker tag of the images.  The value entered will "        \
    "automatically be transformed according to the definition of the gitlab "                      \
    "`CI_COMMIT_REF_SLUG` variable definition (lowercase, shortened to 63 characters, and with "   \
    "everything except `0-9` and `a-z` replaced with `-`, no leading / trailing `-`)."

/* ---- Commands ---- */

/* A command that is put together piece by piece. */
typedef struct gmskube_command {
    FILE *stream;
    char *text;
    size_t length;
    bool failed; /* out of memory */
} gmskube_command;

/* Begins one: "gmskube install".  It must not be copied. */
void gmskube_begin(gmskube_command *command, const char *beginning);
/* Adds an option with a value, or (NULL as the option) a word; the value is quoted. */
void gmskube_add(gmskube_command *command, const char *option, const char *value);
/* Adds the same option with each of the values, which end with NULL. */
void gmskube_add_all(gmskube_command *command, const char *option, const char *const *values);
/* Runs it, and releases it.  Answers STAGED_RETRY when it failed, and logs why. */
staged_status gmskube_run(staged_script *script, gmskube_command *command);

/* The address of a service of an instance, to be released with free(); "" when it has none. */
staged_status gmskube_address(staged_script *script, const char *service, const char *instance,
                              char **address);

#endif
