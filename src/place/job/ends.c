/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/job/ends.h"

#include <stdlib.h>
#include <string.h>

static size_t size_of(const char *text)
{
    return text == NULL ? 0 : strlen(text) + 1;
}

/* Moves a text to where there is room for it. */
static void move(const char **text, char **room)
{
    if (*text == NULL)
        return;
    const size_t size = size_of(*text);
    memcpy(*room, *text, size);
    *text = *room;
    *room += size;
}

staged_place_end *stg_place_end_copy(const staged_place_end *end)
{
    staged_place_end *copy = malloc(sizeof *copy + size_of(end->message) + size_of(end->left) +
                                    size_of(end->job) + size_of(end->node));
    if (copy == NULL)
        return NULL;
    *copy = *end;
    copy->size = sizeof *copy;
    char *room = (char *)(copy + 1);
    move(&copy->message, &room);
    move(&copy->left, &room);
    move(&copy->job, &room);
    move(&copy->node, &room);
    return copy;
}
