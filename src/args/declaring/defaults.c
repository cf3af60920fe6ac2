/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The values of arguments that are not given. */
#include "args/declaring/declaring.h"

#include <string.h>

#include "args/model/argument.h"
#include "args/model/choices.h"
#include "args/model/convert.h"
#include "base/memory/grow.h"
#include "base/system/location.h"

/* Converts a word; one that the type cannot read stays text, which the check reports. */
static bool read_word(const staged_argument *argument, stg_arena *arena, const char *word,
                      staged_value *value)
{
    const staged_status status = stg_convert_plainly(argument, arena, word, value);
    if (status == STAGED_BAD_INPUT)
        *value = staged_value_text(stg_arena_text(arena, word));
    /* The author's function converts it when it is used. */
    if (argument->convert != NULL)
        value->given = value->as.text;
    return status != STAGED_NO_MEMORY && value->kind != STAGED_VALUE_NONE;
}

static bool read_words(const staged_argument *argument, stg_arena *arena, const staged_value *words,
                       staged_value *value)
{
    const bool list = words->kind == STAGED_VALUE_LIST;
    if (!list && !stg_takes_list(argument) && !stg_accumulates(argument))
        return read_word(argument, arena, words->as.text, value);
    const staged_value *items = list ? words->as.items : words;
    const size_t count = list ? words->count : 1;
    staged_value *read = stg_arena_alloc(arena, count * sizeof *read);
    if (read == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!read_word(argument, arena, items[i].as.text, &read[i]))
            return false;
    }
    *value = staged_value_list(read, count);
    value->unordered = words->unordered;
    return true;
}

const staged_value *stg_words_value(staged_parser *parser, const staged_argument *argument,
                                    const staged_value *words)
{
    staged_value *value = stg_arena_alloc(&parser->arena, sizeof *value);
    if (value == NULL || !read_words(argument, &parser->arena, words, value)) {
        parser->no_memory = true;
        return &stg_none;
    }
    return value;
}

const staged_value *stg_word_value(staged_parser *parser, const staged_argument *argument,
                                   const char *word)
{
    staged_value *value = stg_arena_alloc(&parser->arena, sizeof *value);
    if (value == NULL || !read_word(argument, &parser->arena, word, value)) {
        parser->no_memory = true;
        return &stg_none;
    }
    return value;
}

/* ---- By destination ---- */

static void give(staged_argument *argument, const stg_default *set)
{
    argument->default_value =
        set->as_words ? stg_words_value(argument->parser, argument, set->value) : set->value;
}

bool stg_apply_default(staged_argument *argument)
{
    const stg_default *set =
        stg_names_get_text(&argument->parser->defaults_by_dest, argument->dest);
    if (set == NULL)
        return false;
    give(argument, set);
    return true;
}

stg_default *stg_default_of(staged_parser *parser, const char *dest)
{
    stg_default *set = stg_names_get_text(&parser->defaults_by_dest, dest);
    if (set != NULL)
        return set;
    set = stg_arena_alloc(&parser->arena, sizeof *set);
    if (set == NULL || (set->dest = stg_arena_text(&parser->arena, dest)) == NULL ||
        !stg_grow(&parser->defaults, &parser->default_capacity, parser->default_count + 1,
                  sizeof *parser->defaults) ||
        !stg_names_put_text(&parser->defaults_by_dest, set->dest, set)) {
        parser->no_memory = true;
        return NULL;
    }
    parser->defaults[parser->default_count++] = set;
    return set;
}

static void set_default(staged_parser *parser, const staged_location *where, const char *dest,
                        const staged_value *value, bool as_words)
{
    if (dest == NULL) {
        stg_parser_bug(parser, where, "the destination of a default is NULL");
        return;
    }
    stg_default *set = stg_default_of(parser, dest);
    if (set == NULL)
        return;
    set->where = stg_location_of(where);
    set->value = value;
    set->as_words = as_words;
    staged_argument *argument = stg_names_get_text(&parser->by_dest, dest);
    for (; argument != NULL; argument = argument->next_same_dest)
        give(argument, set);
}

void staged_parser_set_default_at(staged_parser *parser, const staged_location *where,
                                  const char *dest, staged_value value)
{
    if (parser != NULL)
        set_default(parser, where, dest, stg_parser_value(parser, &value), false);
}

void staged_parser_set_default_text_at(staged_parser *parser, const staged_location *where,
                                       const char *dest, const char *text)
{
    if (parser == NULL)
        return;
    const staged_value value = staged_value_text(text);
    const staged_value *copy = stg_parser_value(parser, &value);
    set_default(parser, where, dest, copy, copy != &stg_suppressed && copy != &stg_none);
}

static void set_default_texts(staged_parser *parser, const staged_location *where, const char *dest,
                              const char *const *texts, bool unordered)
{
    staged_value list;
    if (parser == NULL)
        return;
    if (!stg_value_copy_texts(&parser->arena, &list, texts)) {
        parser->no_memory = true;
        return;
    }
    list.unordered = unordered;
    set_default(parser, where, dest, stg_parser_value(parser, &list), true);
}

void staged_parser_set_default_list_at(staged_parser *parser, const staged_location *where,
                                       const char *dest, const char *const *texts)
{
    set_default_texts(parser, where, dest, texts, false);
}

void staged_parser_set_default_set_at(staged_parser *parser, const staged_location *where,
                                      const char *dest, const char *const *texts)
{
    set_default_texts(parser, where, dest, texts, true);
}

const staged_value *staged_parser_default(const staged_parser *parser, const char *dest)
{
    const staged_value *found = NULL;
    const staged_argument *argument =
        parser == NULL ? NULL : stg_names_get_text(&parser->by_dest, dest);
    /* The chain starts with the newest; the oldest one with a default decides. */
    for (; argument != NULL; argument = argument->next_same_dest) {
        if (argument->default_value->kind != STAGED_VALUE_NONE)
            found = argument->default_value;
    }
    const stg_default *set =
        parser == NULL ? NULL : stg_names_get_text(&parser->defaults_by_dest, dest);
    return found != NULL ? found : set != NULL ? set->value : NULL;
}

/* ---- Of one argument ---- */

void staged_argument_set_default(staged_argument *argument, staged_value value)
{
    if (argument != NULL)
        argument->default_value = stg_parser_value(argument->parser, &value);
}

void staged_argument_set_default_text(staged_argument *argument, const char *text)
{
    if (argument == NULL)
        return;
    const staged_value value = staged_value_text(text);
    const staged_value *copy = stg_parser_value(argument->parser, &value);
    if (copy != &stg_suppressed && copy != &stg_none)
        copy = stg_words_value(argument->parser, argument, copy);
    argument->default_value = copy;
}

void staged_argument_set_choice_values(staged_argument *argument, staged_value choices)
{
    if (argument == NULL)
        return;
    stg_set_choices(argument, choices.kind == STAGED_VALUE_LIST
                                  ? stg_parser_value(argument->parser, &choices)
                                  : NULL);
}

void staged_argument_set_choices(staged_argument *argument, const char *const *choices)
{
    if (argument == NULL)
        return;
    stg_set_choices(argument, NULL);
    if (choices == NULL)
        return;
    staged_value list;
    if (stg_value_copy_texts(&argument->parser->arena, &list, choices))
        stg_set_choices(argument, stg_words_value(argument->parser, argument, &list));
    else
        argument->parser->no_memory = true;
}
