/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Where a function runs its commands, and what it has exported. */
#ifndef TOOL_SHELL_SURROUNDINGS_H
#define TOOL_SHELL_SURROUNDINGS_H

#include <staged/events.h>

#include "tool/common/text.h"

/* A list of texts, ended with NULL. */
typedef struct sh_list {
    char **items;
    size_t count;
} sh_list;

/* All zero is those of the script. */
typedef struct sh_surroundings {
    sh_text told; /* what bash said last */
    char *directory;
    sh_list environment;
    sh_list without;
} sh_surroundings;

/* Reads what bash has said: its directory, ended with NUL, then what `declare -px` prints.  What
 * differs from our own environment is kept until the next time. */
void sh_surroundings_read(sh_surroundings *surroundings, const sh_text *said);
/* The same for one command.
 *   directory  of its own, below that of the function unless it is absolute; NULL: none
 *   pairs      "NAME=value", ended with NULL, which come besides
 * The lists are valid until the next call; sh_list_free releases `all`, which they are in. */
staged_surroundings sh_surroundings_of(const sh_surroundings *surroundings, const char *directory,
                                       const char *const *pairs, sh_list *all);
void sh_list_add(sh_list *list, char *item);
void sh_list_free(sh_list *list);

#endif
