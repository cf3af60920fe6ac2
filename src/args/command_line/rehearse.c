/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Reads a written command line back, to see whether it produces the same namespace.  No function of
 * the author's runs: each is assumed to do the same for the same word. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "args/command_line/write.h"
#include "args/reading/parse.h"
#include "base/text/texts.h"

static bool is_text(const staged_value *value)
{
    return value->kind == STAGED_VALUE_TEXT || value->kind == STAGED_VALUE_PATH;
}

/* Values of an author's function are equal if they come from the same word. */
static bool same_value(const staged_value *a, const staged_value *b, int depth)
{
    if (a->given != NULL || b->given != NULL)
        return a->given != NULL && b->given != NULL && strcmp(a->given, b->given) == 0;
    /* A path that was declared as a text reads the same. */
    if (is_text(a) && is_text(b))
        return strcmp(a->as.text, b->as.text) == 0;
    if (a->kind == STAGED_VALUE_FLOAT && b->kind == STAGED_VALUE_FLOAT && isnan(a->as.number))
        return isnan(b->as.number);
    if (a->kind != STAGED_VALUE_LIST || b->kind != STAGED_VALUE_LIST || depth == 0)
        return stg_value_equal(a, b);
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = same_value(&a->as.items[i], &b->as.items[i], depth - 1);
    return same;
}

/* Occurrences by argument; those of one argument in their order. */
typedef struct occurrence {
    const stg_given_words *given;
    size_t number;
} occurrence;

static int by_argument(const void *a, const void *b)
{
    const occurrence *x = a;
    const occurrence *y = b;
    const uintptr_t one = (uintptr_t)x->given->argument;
    const uintptr_t other = (uintptr_t)y->given->argument;
    return one != other ? (one > other) - (one < other)
                        : (x->number > y->number) - (x->number < y->number);
}

/* Occurrences of arguments with the author's action, which may do anything, are compared by their
 * words. */
static occurrence *sorted_occurrences(const staged_namespace *ns, stg_arena *arena, size_t *count)
{
    occurrence *sorted = stg_arena_alloc(arena, (ns->given_count + 1) * sizeof *sorted);
    *count = 0;
    for (size_t i = 0; sorted != NULL && i < ns->given_count; i++) {
        if (ns->given[i]->by_author)
            sorted[(*count)++] = (occurrence){ns->given[i], i};
    }
    if (*count > 1)
        qsort(sorted, *count, sizeof *sorted, by_argument);
    return sorted;
}

/* Whether each argument was given the same words; the order of the arguments does not matter. */
static staged_status compare_given(const staged_namespace *ns, const staged_namespace *again,
                                   stg_arena *arena)
{
    size_t count;
    size_t count_again;
    const occurrence *a = sorted_occurrences(ns, arena, &count);
    const occurrence *b = sorted_occurrences(again, arena, &count_again);
    if (a == NULL || b == NULL)
        return STAGED_NO_MEMORY;
    bool same = count == count_again;
    for (size_t i = 0; same && i < count; i++)
        same = a[i].given->argument == b[i].given->argument &&
               stg_same_texts(a[i].given->words, b[i].given->words);
    return same ? STAGED_OK : STAGED_BAD_INPUT;
}

/* The names that an author's function may have set to any value. */
static bool is_author_s(const staged_namespace *ns, const char *name)
{
    for (size_t i = 0; i < ns->given_count; i++) {
        if (!ns->given[i]->by_author)
            continue;
        const staged_parser *parser = ns->given[i]->parser;
        const staged_argument *argument = stg_names_get_text(&parser->by_dest, name);
        if (argument == NULL)
            return true;
        for (; argument != NULL; argument = argument->next_same_dest) {
            if (argument->act != NULL)
                return true;
        }
    }
    return false;
}

static bool same_entries(const staged_namespace *ns, const staged_namespace *again)
{
    for (size_t i = 0; i < ns->count; i++) {
        const stg_entry *entry = ns->entries[i];
        const staged_value *other = staged_namespace_value(again, entry->name);
        const bool there = entry->value.kind != STAGED_VALUE_UNSET;
        const bool same = there == (other != NULL) &&
                          (!there || same_value(&entry->value, other, STG_VALUE_DEPTH));
        if (!same && !is_author_s(ns, entry->name))
            return false;
    }
    for (size_t i = 0; i < again->count; i++) {
        const char *name = again->entries[i]->name;
        if (again->entries[i]->value.kind != STAGED_VALUE_UNSET &&
            staged_namespace_value(ns, name) == NULL && !is_author_s(ns, name))
            return false;
    }
    return true;
}

/* A command without any effect may be missing; no other command may appear. */
static bool same_commands(const staged_namespace *ns, const staged_namespace *again)
{
    bool same = again->command_count <= ns->command_count;
    for (size_t i = 0; same && i < again->command_count; i++)
        same = strcmp(again->commands[i], ns->commands[i]) == 0;
    return same;
}

static staged_status compare(const staged_namespace *ns, const staged_namespace *again,
                             stg_arena *arena)
{
    if (!same_entries(ns, again) || !same_commands(ns, again) ||
        !stg_same_texts(staged_namespace_unknown(ns), staged_namespace_unknown(again)))
        return STAGED_BAD_INPUT;
    return compare_given(ns, again, arena);
}

staged_status stg_rehearse(const staged_parser *parser, const staged_namespace *ns,
                           const char *const *words, size_t count)
{
    stg_arena scratch = {0};
    stg_extras extras = {0};
    staged_namespace *again = stg_namespace_new();
    if (again == NULL)
        return STAGED_NO_MEMORY;
    staged_status status = stg_parse_words(NULL, parser, again, &scratch, words, count, &extras);
    if (status == STAGED_OK)
        status = stg_namespace_set_unknown(again, extras.words, extras.count);
    if (status == STAGED_OK)
        status = compare(ns, again, &scratch);
    staged_namespace_free(again);
    free(extras.words);
    stg_arena_free(&scratch);
    return status;
}
