/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/face/choice.h"

#include <stdlib.h>
#include <string.h>

#include "console/framework.h"

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && *value != '\0' && strcmp(value, "0") != 0 &&
           strcmp(value, "false") != 0;
}

/* The value of STAGED_CI; STAGED_CI_AUTO: not set. */
static staged_ci choice_of_user(const char **unknown)
{
    const char *value = getenv("STAGED_CI");
    *unknown = NULL;
    if (value == NULL || *value == '\0' || strcmp(value, "auto") == 0)
        return STAGED_CI_AUTO;
    if (strcmp(value, "none") == 0)
        return STAGED_CI_NONE;
    if (strcmp(value, "github") == 0)
        return STAGED_CI_GITHUB;
    if (strcmp(value, "gitlab") == 0)
        return STAGED_CI_GITLAB;
    *unknown = value;
    return STAGED_CI_AUTO;
}

staged_ci stg_face_choice(const staged_console *console, staged_ci wanted, const char **unknown)
{
    const staged_ci users = choice_of_user(unknown);
    if (users != STAGED_CI_AUTO)
        return users;
    if (wanted != STAGED_CI_AUTO)
        return wanted;
    /* A file, or a person at a terminal, has no use for it. */
    if (!stg_console_is_read(console))
        return STAGED_CI_NONE;
    return is_set("GITHUB_ACTIONS") ? STAGED_CI_GITHUB
           : is_set("GITLAB_CI")    ? STAGED_CI_GITLAB
                                    : STAGED_CI_NONE;
}
