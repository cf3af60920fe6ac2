/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/model/choices.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory/search.h"
#include "base/unicode/unicode.h"

static bool is_text(const staged_value *value)
{
    return value->kind == STAGED_VALUE_TEXT || value->kind == STAGED_VALUE_PATH;
}

/* An order for searching.  Values of an author's type come first, by the words that they were read
 * from.  What has no order compares as equal. */
static int compare(const staged_value *a, const staged_value *b)
{
    if (a->given != NULL && b->given != NULL)
        return strcmp(a->given, b->given);
    if (a->given != NULL || b->given != NULL)
        return a->given != NULL ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (is_text(a))
        return strcmp(a->as.text, b->as.text);
    if (a->kind == STAGED_VALUE_INT)
        return (a->as.integer > b->as.integer) - (a->as.integer < b->as.integer);
    return a->kind == STAGED_VALUE_FLOAT ? memcmp(&a->as, &b->as, sizeof a->as.number) : 0;
}

static int by_value(const void *a, const void *b)
{
    return compare(*(const staged_value *const *)a, *(const staged_value *const *)b);
}

static bool comes_before(const void *choice, const void *value)
{
    return compare(*(const staged_value *const *)choice, value) < 0;
}

void stg_set_choices(staged_argument *argument, const staged_value *choices)
{
    argument->choices = choices;
    argument->sorted_choices = NULL;
    if (choices == NULL || choices->kind != STAGED_VALUE_LIST)
        return;
    const staged_value **sorted =
        stg_arena_alloc(&argument->parser->arena, (choices->count + 1) * sizeof *sorted);
    argument->sorted_choices = sorted;
    if (sorted == NULL) {
        argument->parser->no_memory = true;
        return;
    }
    for (size_t i = 0; i < choices->count; i++)
        sorted[i] = &choices->as.items[i];
    qsort(sorted, choices->count, sizeof *sorted, by_value);
}

static bool is_among(const staged_argument *argument, const staged_value *value)
{
    const staged_value *choices = argument->choices;
    const staged_value *const *sorted = argument->sorted_choices;
    if (sorted != NULL) {
        const size_t at = stg_search(sorted, choices->count, sizeof *sorted, comes_before, value);
        if (at < choices->count && stg_value_equal(sorted[at], value))
            return true;
    }
    /* Values of two kinds can be equal, such as 1 and 1.0. */
    for (size_t i = 0; i < choices->count; i++) {
        if (stg_value_equal(&choices->as.items[i], value))
            return true;
    }
    return false;
}

staged_status stg_check_choice(const staged_argument *argument, const staged_value *value,
                               stg_buf *message)
{
    if (argument->choices == NULL || is_among(argument, value))
        return STAGED_OK;
    stg_buf_add_text(message, "invalid choice: ");
    stg_buf shown = {0};
    stg_add_str(&shown, value);
    stg_add_repr(message, stg_buf_text(&shown), shown.length);
    if (shown.failure != STAGED_OK)
        message->failure = shown.failure;
    stg_buf_free(&shown);
    stg_buf_add_text(message, " (choose from ");
    stg_add_items(message, argument->choices, ", ");
    stg_buf_add_char(message, ')');
    return stg_buf_status(message) == STAGED_OK ? STAGED_BAD_INPUT : STAGED_NO_MEMORY;
}
