/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Where a function runs its commands, and what it has exported. */
#ifndef TOOL_SHELL_SURROUNDINGS_H
#define TOOL_SHELL_SURROUNDINGS_H

#include <staged/events.h>

#include "tool/common/text.h"

/* A list of texts, terminated by NULL. */
typedef struct sh_list {
    char **items;
    size_t count;
} sh_list;

/* All zero: those of the script. */
typedef struct sh_surroundings {
    sh_text told; /* what bash reported last */
    char *directory;
    sh_list environment;
    sh_list without;
} sh_surroundings;

/* Reads what bash has reported: its directory, terminated with NUL, then what `declare -px` prints.
 * Keeps what differs from our own environment until the next call. */
void sh_surroundings_read(sh_surroundings *surroundings, const sh_text *said);
/* The surroundings of a single command.
 *   directory  the command's own, relative to that of the function; NULL: none
 *   pairs      additional "NAME=value", terminated by NULL
 * The lists are valid until the next call; they are in `all`, which sh_list_free releases. */
staged_surroundings sh_surroundings_of(const sh_surroundings *surroundings, const char *directory,
                                       const char *const *pairs, sh_list *all);
void sh_list_add(sh_list *list, char *item);
void sh_list_free(sh_list *list);

#endif
