/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The environment of a command. */
#include "process/run/environment.h"

#include <stdlib.h>
#include <string.h>

#ifdef __APPLE__
#include <crt_externs.h>
#define environ (*_NSGetEnviron())
#else
extern char **environ;
#endif

static size_t count_of(const char *const *list)
{
    size_t count = 0;
    while (list != NULL && list[count] != NULL)
        count++;
    return count;
}

/* Whether an entry "NAME=value" has a name of `length` bytes. */
static bool is_of(const char *entry, const char *name, size_t length)
{
    return strncmp(entry, name, length) == 0 && entry[length] == '=';
}

static bool is_left_out(const staged_process_options *options, const char *entry)
{
    for (const char *const *name = options->without; name != NULL && *name != NULL; name++) {
        if (is_of(entry, *name, strlen(*name)))
            return true;
    }
    return false;
}

/* Whether a later entry of the list has the same name. */
static bool is_replaced(const char *const *later, const char *entry)
{
    const char *equals = strchr(entry, '=');
    if (equals == NULL)
        return false;
    for (; later != NULL && *later != NULL; later++) {
        if (is_of(*later, entry, (size_t)(equals - entry)))
            return true;
    }
    return false;
}

char *const *stg_environment_make(const staged_process_options *options, char ***made)
{
    const char *const *added = options->environment;
    *made = NULL;
    if (!options->clear_environment && count_of(added) == 0 && count_of(options->without) == 0)
        return environ;
    const size_t ours = count_of((const char *const *)environ);
    char **vector = malloc((ours + count_of(added) + 1) * sizeof *vector);
    if (vector == NULL)
        return NULL;
    size_t count = 0;
    for (size_t i = 0; i < ours && !options->clear_environment; i++) {
        if (!is_left_out(options, environ[i]) && !is_replaced(added, environ[i]))
            vector[count++] = environ[i];
    }
    for (; added != NULL && *added != NULL; added++) {
        if (!is_replaced(added + 1, *added)) {
            /* execve takes its texts as not const, but does not change them. */
            memcpy(&vector[count++], added, sizeof *vector);
        }
    }
    vector[count] = NULL;
    *made = vector;
    return vector;
}

const char *stg_environment_get(char *const *environment, const char *name)
{
    const size_t length = strlen(name);
    for (; *environment != NULL; environment++) {
        if (is_of(*environment, name, length))
            return *environment + length + 1;
    }
    return NULL;
}
