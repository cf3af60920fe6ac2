/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/record/told.h"

#include <stdlib.h>
#include <string.h>

void stg_tell_commands(stg_told *told, const char *name, const char *value)
{
    if (told->name != NULL)
        return;
    const char *before = getenv(name);
    *told = (stg_told){.name = name, .before = before == NULL ? NULL : strdup(before)};
    (void)setenv(name, value, 1);
}

void stg_tell_commands_no_more(stg_told *told)
{
    if (told->name == NULL)
        return;
    if (told->before != NULL)
        (void)setenv(told->name, told->before, 1);
    else
        (void)unsetenv(told->name);
    free(told->before);
    *told = (stg_told){0};
}
