/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/words.h"

#include <stdlib.h>
#include <string.h>

#include "args/argument.h"
#include "base/grow.h"
#include "base/utf8.h"

/* The flags that a word can stand for. */
typedef struct matches {
    const stg_flag **flags;
    size_t count;
    size_t capacity;
} matches;

static int by_name(const void *a, const void *b)
{
    return strcmp((*(const stg_flag *const *)a)->flag, (*(const stg_flag *const *)b)->flag);
}

static int by_age(const void *a, const void *b)
{
    const size_t x = (*(const stg_flag *const *)a)->order;
    const size_t y = (*(const stg_flag *const *)b)->order;
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

static bool add_match(matches *m, const stg_flag *flag)
{
    if (!stg_grow(&m->flags, &m->capacity, m->count + 1, sizeof *m->flags))
        return false;
    m->flags[m->count++] = flag;
    return true;
}

/* Adds the flags that begin with the prefix, oldest first. */
static bool add_prefixed(const staged_parser *parser, stg_sorted_flags *sorted, const char *prefix,
                         size_t length, matches *m)
{
    if (!sort_flags(parser, sorted))
        return false;
    size_t low = 0;
    size_t high = parser->flag_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strncmp(sorted->flags[middle]->flag, prefix, length) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < parser->flag_count && strncmp(sorted->flags[low]->flag, prefix, length) == 0;
         low++) {
        if (!add_match(m, sorted->flags[low]))
            return false;
    }
    if (m->count > 1)
        qsort(m->flags, m->count, sizeof *m->flags, by_age);
    return true;
}

static void set_option(stg_option *option, const stg_flag *flag, const char *explicit_word)
{
    *option = (stg_option){flag->argument, flag->flag, strlen(flag->flag), explicit_word};
}

static void add_names(stg_buf *out, const matches *m)
{
    for (size_t i = 0; i < m->count; i++) {
        if (i > 0)
            stg_buf_add_text(out, ", ");
        stg_buf_add_text(out, m->flags[i]->flag);
    }
}

/* Finds what a word can stand for: "--verb" for "--verbose", "-ofile" for "-o file".
 * `*explicit_word` is what the short flag, or the only match, is joined to. */
static bool find_matches(const staged_parser *parser, stg_sorted_flags *sorted, const char *word,
                         matches *m, const char **explicit_word)
{
    size_t first;
    size_t second;
    *explicit_word = NULL;
    (void)stg_begins_with_one_of(word, parser->prefix_chars, &first);
    if (stg_begins_with_one_of(word + first, parser->prefix_chars, &second)) {
        const size_t length = strcspn(word, "=");
        *explicit_word = word[length] == '=' ? word + length + 1 : NULL;
        return !parser->allow_abbrev || add_prefixed(parser, sorted, word, length, m);
    }
    if (!add_prefixed(parser, sorted, word, strlen(word), m))
        return false;
    const stg_flag *short_flag = stg_names_get(&parser->by_flag, word, first + second);
    if (short_flag == NULL)
        return true;
    *explicit_word = word + first + second;
    if (!add_match(m, short_flag))
        return false;
    qsort(m->flags, m->count, sizeof *m->flags, by_age);
    return true;
}

static stg_word_kind classify_unknown(const staged_parser *parser, stg_sorted_flags *sorted,
                                      const char *word, stg_option *option, stg_buf *names)
{
    matches m = {0};
    const char *explicit_word;
    stg_word_kind kind = STG_WORD_OPTION;
    if (!find_matches(parser, sorted, word, &m, &explicit_word)) {
        kind = STG_WORD_NO_MEMORY;
    } else if (m.count > 1) {
        add_names(names, &m);
        kind = STG_WORD_AMBIGUOUS;
    } else if (m.count == 1) {
        set_option(option, m.flags[0], explicit_word);
    } else if (stg_looks_like_negative_number(word) && !parser->negative_number_flags) {
        kind = STG_WORD_PLAIN;
    } else if (strchr(word, ' ') != NULL) {
        kind = STG_WORD_PLAIN;
    } else {
        *option = (stg_option){NULL, word, strlen(word), NULL};
    }
    free(m.flags);
    return kind;
}

stg_word_kind stg_classify_word(const staged_parser *parser, stg_sorted_flags *sorted,
                                const char *word, stg_option *option, stg_buf *names)
{
    size_t used;
    if (!stg_begins_with_one_of(word, parser->prefix_chars, &used))
        return STG_WORD_PLAIN;
    const stg_flag *flag = stg_names_get(&parser->by_flag, word, strlen(word));
    if (flag != NULL) {
        set_option(option, flag, NULL);
        return STG_WORD_OPTION;
    }
    if (word[used] == '\0')
        return STG_WORD_PLAIN;
    const char *equals = strchr(word, '=');
    if (equals != NULL &&
        (flag = stg_names_get(&parser->by_flag, word, (size_t)(equals - word))) != NULL) {
        set_option(option, flag, equals + 1);
        return STG_WORD_OPTION;
    }
    return classify_unknown(parser, sorted, word, option, names);
}
