/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/reading/words.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "args/model/argument.h"
#include "base/memory/grow.h"
#include "base/memory/search.h"

/* A flag that a word can stand for, and what is joined to it then. */
typedef struct match {
    const stg_flag *flag;
    const char *explicit_word; /* NULL: nothing */
    bool equals;
} match;

typedef struct matches {
    match *items;
    size_t count;
    size_t capacity;
    size_t enough; /* how many are of interest */
} matches;

static int by_name(const void *a, const void *b)
{
    return strcmp((*(const stg_flag *const *)a)->flag, (*(const stg_flag *const *)b)->flag);
}

static int by_age(const void *a, const void *b)
{
    const size_t x = ((const match *)a)->flag->order;
    const size_t y = ((const match *)b)->flag->order;
    return (x > y) - (x < y);
}

static bool sort_flags(const staged_parser *parser, stg_sorted_flags *sorted)
{
    if (sorted->flags != NULL)
        return true;
    sorted->flags = malloc((parser->flag_count + 1) * sizeof *sorted->flags);
    if (sorted->flags == NULL)
        return false;
    for (size_t i = 0; i < parser->flag_count; i++)
        sorted->flags[i] = parser->flags[i];
    qsort(sorted->flags, parser->flag_count, sizeof *sorted->flags, by_name);
    return true;
}

static bool add_match(matches *m, match found)
{
    if (!stg_grow(&m->items, &m->capacity, m->count + 1, sizeof *m->items))
        return false;
    m->items[m->count++] = found;
    return true;
}

typedef struct abbreviation {
    const char *text;
    size_t length;
} abbreviation;

static bool comes_before(const void *flag, const void *wanted)
{
    const abbreviation *word = wanted;
    return strncmp((*(const stg_flag *const *)flag)->flag, word->text, word->length) < 0;
}

/* Adds the flags that begin with the word, as far as its equals sign. */
static bool add_abbreviated(const staged_parser *parser, stg_sorted_flags *sorted, const char *word,
                            matches *m)
{
    if (!sort_flags(parser, sorted))
        return false;
    const size_t length = strcspn(word, "=");
    match found = {.equals = word[length] == '='};
    found.explicit_word = found.equals ? word + length + 1 : NULL;
    const abbreviation wanted = {word, length};
    for (size_t i = stg_search(sorted->flags, parser->flag_count, sizeof *sorted->flags,
                               comes_before, &wanted);
         i < parser->flag_count && m->count < m->enough &&
         strncmp(sorted->flags[i]->flag, word, length) == 0;
         i++) {
        found.flag = sorted->flags[i];
        if (!found.flag->argument->is_exact && !add_match(m, found))
            return false;
    }
    return true;
}

/* Adds what a word can stand for: "--verb" for "--verbose", "-ofile" for "-o file". */
static bool find_matches(const staged_parser *parser, stg_sorted_flags *sorted, const char *word,
                         matches *m)
{
    size_t first;
    size_t second;
    if (parser->allow_abbrev && !add_abbreviated(parser, sorted, word, m))
        return false;
    (void)stg_begins_with_one_of(word, parser->prefix_chars, &first);
    if (!stg_begins_with_one_of(word + first, parser->prefix_chars, &second)) {
        const stg_flag *flag = stg_names_get(&parser->by_flag, word, first + second);
        if (flag != NULL && !add_match(m, (match){flag, word + first + second, false}))
            return false;
    }
    if (m->count > 1)
        qsort(m->items, m->count, sizeof *m->items, by_age);
    return true;
}

static void set_option(stg_option *option, const match *m)
{
    *option = (stg_option){.argument = m->flag->argument,
                           .flag = m->flag->flag,
                           .explicit_word = m->explicit_word,
                           .equals = m->equals};
}

void stg_add_matches(stg_buf *out, const staged_parser *parser, const char *word)
{
    matches m = {.enough = SIZE_MAX};
    stg_sorted_flags sorted = {0};
    if (!find_matches(parser, &sorted, word, &m))
        out->failure = STAGED_NO_MEMORY;
    for (size_t i = 0; i < m.count; i++)
        stg_buf_addf(out, "%s%s", i > 0 ? ", " : "", m.items[i].flag->flag);
    free(m.items);
    free(sorted.flags);
}

static stg_word_kind classify_unknown(const staged_parser *parser, stg_sorted_flags *sorted,
                                      const char *word, stg_option *option)
{
    matches m = {.enough = 2};
    stg_word_kind kind = STG_WORD_OPTION;
    *option = (stg_option){.flag = word};
    if (!find_matches(parser, sorted, word, &m)) {
        kind = STG_WORD_NO_MEMORY;
    } else if (m.count > 1) {
        option->ambiguous = true;
    } else if (m.count == 1) {
        set_option(option, &m.items[0]);
    } else if (strchr(word, ' ') != NULL ||
               (stg_looks_like_negative_number(word) && !parser->negative_number_flags)) {
        kind = STG_WORD_PLAIN;
    }
    free(m.items);
    return kind;
}

stg_word_kind stg_classify_word(const staged_parser *parser, stg_sorted_flags *sorted,
                                const char *word, stg_option *option)
{
    size_t used;
    if (!stg_begins_with_one_of(word, parser->prefix_chars, &used))
        return STG_WORD_PLAIN;
    match exact = {.flag = stg_names_get(&parser->by_flag, word, strlen(word))};
    if (exact.flag == NULL && word[used] == '\0')
        return STG_WORD_PLAIN;
    const char *equals = strchr(word, '=');
    if (exact.flag == NULL && equals != NULL)
        exact = (match){stg_names_get(&parser->by_flag, word, (size_t)(equals - word)), equals + 1,
                        true};
    if (exact.flag == NULL)
        return classify_unknown(parser, sorted, word, option);
    set_option(option, &exact);
    return STG_WORD_OPTION;
}
