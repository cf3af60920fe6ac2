/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Arguments with an action of the author's: what it made of its words may be anything, so that the
 * words themselves are shown. */
#include <stdint.h>

#include "args/command_line/unparse.h"
#include "args/model/argument.h"

/* For each argument the number of its first occurrence, and for each occurrence that of the next
 * one; SIZE_MAX: there is none. */
static bool find_occurrences(stg_unparse *u)
{
    const staged_namespace *ns = u->ns;
    u->first_given = stg_arena_alloc(u->arena, (u->parser->count + 1) * sizeof *u->first_given);
    u->next_given = stg_arena_alloc(u->arena, (ns->given_count + 1) * sizeof *u->next_given);
    if (u->first_given == NULL || u->next_given == NULL) {
        u->failed = true;
        return false;
    }
    for (size_t i = 0; i < u->parser->count; i++)
        u->first_given[i] = SIZE_MAX;
    for (size_t i = ns->given_count; i > 0; i--) {
        const staged_argument *argument = ns->given[i - 1]->argument;
        if (argument->parser != u->parser)
            continue;
        u->next_given[i - 1] = u->first_given[argument->index];
        u->first_given[argument->index] = i - 1;
    }
    return true;
}

void stg_unparse_given(stg_unparse *u, const staged_argument *argument)
{
    if (u->ns->given_count == 0 || (u->first_given == NULL && !find_occurrences(u)))
        return;
    for (size_t i = u->first_given[argument->index]; i != SIZE_MAX; i = u->next_given[i]) {
        const stg_given_words *given = u->ns->given[i];
        if (!stg_is_positional(argument))
            stg_unparse_option(u, argument, given->flag, given->words, given->count);
        else if (given->count > 0)
            stg_add_item(u, argument, given->words, given->count);
    }
}
