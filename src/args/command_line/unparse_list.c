/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Lists that grew from one or several options. */
#include <string.h>

#include "args/command_line/unparse.h"
#include "args/model/argument.h"

/* The arguments that add to one destination, oldest first. */
typedef struct sources {
    const staged_argument **items;
    bool *used;
    size_t count;
} sources;

static sources find_sources(stg_unparse *u, const staged_argument *argument)
{
    sources found = {0};
    const staged_argument *first = stg_names_get_text(&argument->parser->by_dest, argument->dest);
    size_t count = 0;
    for (const staged_argument *other = first; other != NULL; other = other->next_same_dest)
        count += stg_accumulates(other);
    found.items = stg_arena_alloc(u->arena, count * sizeof *found.items);
    found.used = stg_arena_alloc(u->arena, count * sizeof *found.used);
    if (found.items == NULL || found.used == NULL) {
        u->failed = true;
        return found;
    }
    found.count = count;
    /* The chain begins with the newest. */
    for (const staged_argument *other = first; other != NULL; other = other->next_same_dest) {
        if (stg_accumulates(other))
            found.items[--count] = other;
    }
    return found;
}

/* How many items were there before anything was added. */
static size_t inherited(const staged_argument *argument, const staged_value *value)
{
    const staged_value *base = argument->default_value;
    if (base->kind != STAGED_VALUE_LIST || base->count > value->count)
        return 0;
    for (size_t i = 0; i < base->count; i++) {
        if (!stg_value_equal(&base->as.items[i], &value->as.items[i]))
            return 0;
    }
    return base->count;
}

static bool can_add(stg_unparse *u, const staged_argument *source, const staged_value *item)
{
    if (source->action == STAGED_ARG_APPEND_CONST)
        return stg_value_equal(item, source->const_value);
    if (source->action == STAGED_ARG_APPEND)
        return stg_can_say(u, source, item) || stg_is_constant(u, source, item);
    return item->kind != STAGED_VALUE_NONE &&
           (item->kind != STAGED_VALUE_LIST || item->given != NULL);
}

/* Whether another member of the argument's exclusive set has a value of its own. */
static bool is_excluded(stg_unparse *u, const staged_argument *argument)
{
    const staged_argument_group *set = argument->exclusive;
    for (size_t i = 0; set != NULL && i < set->count; i++) {
        const staged_argument *other = set->arguments[i];
        const staged_value *value = stg_value_of(u, other);
        if (value != NULL && other->dest != NULL && strcmp(other->dest, argument->dest) != 0 &&
            !stg_is_default(other, value))
            return true;
    }
    return false;
}

/* How well an item may be said to come from an argument: constants before words, what has to be
 * given before what need not be, and that before what excludes others. */
static int fitness(stg_unparse *u, const sources *from, size_t i, const staged_value *item)
{
    const staged_argument *source = from->items[i];
    if (!can_add(u, source, item))
        return 0;
    const int constant = source->action == STAGED_ARG_APPEND_CONST ? 4 : 0;
    const bool in_set = source->exclusive != NULL;
    bool excluded = in_set && is_excluded(u, source);
    for (size_t k = 0; in_set && k < from->count; k++)
        excluded =
            excluded || (k != i && from->used[k] && from->items[k]->exclusive == source->exclusive);
    if (excluded)
        return 1 + constant;
    const bool wanted = source->required || (in_set && source->exclusive->required);
    return (wanted && !from->used[i] ? 12 : in_set ? 2 : 3) + constant;
}

static size_t source_of(stg_unparse *u, const sources *from, const staged_value *item)
{
    size_t found = 0;
    int best = 0;
    for (size_t i = 0; i < from->count && from->count > 1; i++) {
        const int fit = fitness(u, from, i, item);
        found = fit > best ? i : found;
        best = fit > best ? fit : best;
    }
    return found;
}

static void add_appended(stg_unparse *u, const staged_argument *source, const staged_value *item)
{
    if (!stg_can_say(u, source, item) && stg_is_constant(u, source, item))
        stg_unparse_flag(u, source);
    else
        stg_unparse_value(u, source, item);
}

/* How many of the items are the characters of a text, or 0. */
static size_t count_spelled(stg_unparse *u, const char *text, const staged_value *items,
                            size_t count)
{
    size_t used = 0;
    while (*text != '\0' && used < count) {
        const char *character = stg_word_of(u, &items[used]);
        const size_t length = strlen(character);
        if (length == 0 || strncmp(text, character, length) != 0)
            return 0;
        text += length;
        used++;
    }
    return *text == '\0' ? used : 0;
}

/* Choices are said one by one; answers false where the items are not made of them. */
static bool add_spelled_choices(stg_unparse *u, const staged_argument *source,
                                const staged_value *items, size_t count)
{
    const staged_value *choices = source->choices;
    const size_t start = u->items.count;
    for (size_t i = 0; i < count;) {
        const staged_value *longest = NULL;
        size_t length = 0;
        for (size_t k = 0; k < choices->count; k++) {
            const staged_value *choice = &choices->as.items[k];
            const size_t used = choice->kind != STAGED_VALUE_TEXT
                                    ? 0
                                    : count_spelled(u, choice->as.text, items + i, count - i);
            longest = used > length ? choice : longest;
            length = used > length ? used : length;
        }
        if (longest == NULL) {
            u->items.count = start;
            return false;
        }
        stg_unparse_words(u, source, longest, 1);
        i += length;
    }
    return true;
}

/* Without `nargs` a text was taken apart into its characters. */
static void add_spelled(stg_unparse *u, const staged_argument *source, const staged_value *items,
                        size_t count)
{
    if (source->choices != NULL && add_spelled_choices(u, source, items, count))
        return;
    stg_buf text = {0};
    for (size_t i = 0; i < count; i++)
        stg_buf_add_text(&text, stg_word_of(u, &items[i]));
    const char *copy =
        text.failure != STAGED_OK ? NULL : stg_arena_text(u->arena, stg_buf_text(&text));
    const staged_value word = staged_value_text(copy);
    stg_buf_free(&text);
    u->failed = u->failed || copy == NULL;
    if (copy != NULL)
        stg_unparse_words(u, source, &word, 1);
}

static void add_extended(stg_unparse *u, const staged_argument *source, const staged_value *items,
                         size_t count)
{
    if (!stg_takes_list(source)) {
        add_spelled(u, source, items, count);
        return;
    }
    size_t at_once = source->nargs > 0 ? (size_t)source->nargs : count;
    /* A word that looks like an option has to be joined to a flag of its own; where all that
     * follows is taken, only the first one. */
    const bool any =
        source->nargs == STAGED_NARGS_ZERO_OR_MORE || source->nargs == STAGED_NARGS_ONE_OR_MORE;
    const size_t joined = any ? count : source->nargs == STAGED_NARGS_COMMAND_AND_REST && count > 0;
    for (size_t i = 0; i < joined; i++) {
        if (stg_looks_like_option(u, stg_word_of(u, &items[i])))
            at_once = 1;
    }
    for (size_t i = 0; i < count; i += at_once)
        stg_unparse_words(u, source, items + i, count - i < at_once ? count - i : at_once);
}

static void add_run(stg_unparse *u, const staged_argument *source, const staged_value *items,
                    size_t count)
{
    if (source->action == STAGED_ARG_EXTEND) {
        add_extended(u, source, items, count);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (source->action == STAGED_ARG_APPEND)
            add_appended(u, source, &items[i]);
        else if (can_add(u, source, &items[i]))
            stg_unparse_flag(u, source);
    }
}

/* Adds the items in the order of the list.  They are shown where their arguments stand, unless that
 * would be another order. */
static void add_all(stg_unparse *u, const sources *from, const staged_value *items, size_t count)
{
    const size_t start = u->items.count;
    bool sorted = true;
    size_t last = 0;
    for (size_t i = 0; i < count;) {
        const size_t number = source_of(u, from, &items[i]);
        const staged_argument *source = from->items[number];
        size_t end = i + 1;
        from->used[number] = true;
        while (end < count && source_of(u, from, &items[end]) == number)
            end++;
        add_run(u, source, items + i, end - i);
        sorted = sorted && source->index >= last;
        last = source->index;
        i = end;
    }
    for (size_t i = start; i < u->items.count && !sorted; i++)
        u->items.items[i].place = stg_place_of(from->items[0]);
}

/* An empty list has to be asked for, if there is a way. */
static bool can_be_empty(const staged_argument *argument)
{
    const staged_value *constant = argument->const_value;
    return argument->action == STAGED_ARG_EXTEND && !stg_is_positional(argument) &&
           (argument->nargs == STAGED_NARGS_ZERO_OR_MORE ||
            (argument->nargs == STAGED_NARGS_OPTIONAL && constant->kind == STAGED_VALUE_TEXT &&
             constant->as.text[0] == '\0'));
}

/* Whether the list is there without these arguments: something stores it before they could add to
 * it, or after they could not say it. */
static bool is_said_otherwise(stg_unparse *u, const sources *from, const staged_value *value)
{
    const staged_argument *first = from->items[0];
    bool can = true;
    for (size_t i = 0; i < value->count && can && from->count == 1; i++)
        can = can_add(u, first, &value->as.items[i]);
    return !stg_is_needed(u, first) && (stg_is_stored(u, first, value, false) ||
                                        (!can && stg_is_stored(u, first, value, true)));
}

static void add_list(stg_unparse *u, const staged_argument *argument, const sources *from,
                     const staged_value *value)
{
    const size_t before = inherited(argument, value);
    add_all(u, from, value->as.items + before, value->count - before);
    if (value->count == before && (before == 0 || stg_is_needed(u, argument)) &&
        can_be_empty(argument) &&
        !(stg_is_nameless(argument) && stg_comes_by_itself(u, argument, value)))
        stg_unparse_flag(u, argument);
}

/* Whether it is the list of a positional that was there without words: what stands for its value
 * then, its default, was added to its default. */
static bool is_without_words(const staged_argument *argument, const staged_value *value)
{
    const staged_value *base = argument->default_value;
    const bool list = base->kind == STAGED_VALUE_LIST;
    const size_t before = list ? base->count : 0;
    if (!stg_is_positional(argument) || !stg_can_be_without_words(argument) ||
        inherited(argument, value) != before)
        return false;
    const staged_value empty = staged_value_list(NULL, 0);
    const bool any = argument->nargs != STAGED_NARGS_OPTIONAL;
    const staged_value *added = any && base->kind == STAGED_VALUE_NONE ? &empty : base;
    const staged_value rest = staged_value_list(value->as.items + before, value->count - before);
    if (argument->action == STAGED_ARG_APPEND)
        return rest.count == 1 && stg_value_equal(rest.as.items, added);
    return stg_value_equal(&rest, added);
}

void stg_unparse_accumulated(stg_unparse *u, const staged_argument *argument,
                             const staged_value *value)
{
    const size_t start = u->items.count;
    const sources from = find_sources(u, argument);
    if (value->kind == STAGED_VALUE_LIST && from.count > 0 && from.items[0] == argument &&
        !is_without_words(argument, value) && !is_said_otherwise(u, &from, value))
        add_list(u, argument, &from, value);
    /* What it says is lost to the command that decides; it is there because it has to be. */
    if (u->items.count == start && argument->wordless && stg_is_needed(u, argument) &&
        stg_is_left_to_command(u, argument))
        stg_unparse_flag(u, argument);
}
