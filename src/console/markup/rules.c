/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/markup/rules.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"

/* regexec needs the length of the rest for each match: a line is searched in pieces of this many
 * bytes, to keep the time linear. */
enum { PIECE = 4096 };

typedef struct stg_rule {
    regex_t regex;
    bool is_word; /* the pattern is a single word, and only matches whole words */
    stg_style style;
    char *definition; /* a link of the style points into it */
} stg_rule;

/* A part of a line.
 *   from    where it begins in the text
 *   bytes   a copy, terminated with NUL */
typedef struct piece {
    size_t from;
    char *bytes;
    size_t length;
    bool begins_line, ends_line;
} piece;

static bool is_of_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool is_within_character(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

void stg_rules_free(stg_rules *rules)
{
    for (size_t i = 0; i < rules->count; i++) {
        regfree(&rules->items[i].regex);
        free(rules->items[i].definition);
    }
    free(rules->items);
    *rules = (stg_rules){0};
}

static staged_status out_of_memory(stg_error *error)
{
    return stg_error_set(error, STAGED_NO_MEMORY, "%s", staged_status_text(STAGED_NO_MEMORY));
}

static staged_status compile(stg_rule *rule, const char *pattern, stg_error *error)
{
    const int failed = regcomp(&rule->regex, pattern, REG_EXTENDED);
    char why[160];
    if (failed == 0)
        return STAGED_OK;
    if (failed == REG_ESPACE)
        return out_of_memory(error);
    (void)regerror(failed, &rule->regex, why, sizeof why);
    return stg_error_set(error, STAGED_BAD_MARKUP, "cannot highlight '%s': %s", pattern, why);
}

static bool is_word(const char *pattern)
{
    const char *c = pattern;
    while (is_of_word(*c))
        c++;
    return *c == '\0' && c > pattern;
}

/* Fills in a rule.  The caller releases it on failure. */
static staged_status fill_in(stg_rule *rule, const stg_theme *theme, const char *pattern,
                             const char *style, stg_error *error)
{
    rule->is_word = is_word(pattern);
    rule->definition = strdup(style);
    if (rule->definition == NULL)
        return out_of_memory(error);
    STAGED_TRY(stg_theme_get(theme, rule->definition, strlen(style), &rule->style, error));
    return compile(rule, pattern, error);
}

staged_status stg_rules_add(stg_rules *rules, const stg_theme *theme, const char *pattern,
                            const char *style, stg_error *error)
{
    if (!stg_grow(&rules->items, &rules->capacity, rules->count + 1, sizeof *rules->items))
        return out_of_memory(error);
    stg_rule *rule = &rules->items[rules->count];
    *rule = (stg_rule){0};
    const staged_status status = fill_in(rule, theme, pattern, style, error);
    if (status == STAGED_OK)
        rules->count++;
    else
        free(rule->definition);
    return status;
}

/* Extends a match to whole characters: in the locale "C" a pattern sees bytes. */
static void add_match(stg_draw *draw, stg_text *text, const stg_rule *rule, size_t start,
                      size_t end)
{
    while (start > 0 && is_within_character(text->data[start]))
        start--;
    while (end < text->length && is_within_character(text->data[end]))
        end++;
    const bool is_whole = (start == 0 || !is_of_word(text->data[start - 1])) &&
                          (end == text->length || !is_of_word(text->data[end]));
    if (is_whole || !rule->is_word)
        stg_text_add_span(draw, text, start, end, &rule->style);
}

static void apply_to_piece(stg_draw *draw, stg_text *text, const stg_rule *rule, const piece *p)
{
    regmatch_t match;
    for (size_t at = 0; at < p->length;) {
        const int flags =
            (at == 0 && p->begins_line ? 0 : REG_NOTBOL) | (p->ends_line ? 0 : REG_NOTEOL);
        if (regexec(&rule->regex, p->bytes + at, 1, &match, flags) != 0)
            return;
        const size_t start = at + (size_t)match.rm_so;
        const size_t end = at + (size_t)match.rm_eo;
        if (end > start)
            add_match(draw, text, rule, p->from + start, p->from + end);
        at = end > start ? end : start + 1;
    }
}

/* The piece of a line that begins at `from`. */
static piece next_piece(const stg_text *text, size_t from, char *bytes)
{
    const size_t left = text->length - from;
    size_t length = left < PIECE ? left : PIECE;
    const char *end = memchr(text->data + from, '\n', length);
    if (end != NULL)
        length = (size_t)(end - (text->data + from));
    memcpy(bytes, text->data + from, length);
    bytes[length] = '\0';
    return (piece){.from = from,
                   .bytes = bytes,
                   .length = length,
                   .begins_line = from == 0 || text->data[from - 1] == '\n',
                   .ends_line = end != NULL || length == left};
}

void stg_rules_apply(stg_draw *draw, stg_text *text)
{
    const stg_rules *rules = draw->rules;
    if (rules == NULL || rules->count == 0 || !draw->styled || text->length == 0)
        return;
    char *bytes = stg_draw_alloc(draw, (text->length < PIECE ? text->length : PIECE) + 1);
    for (size_t from = 0; bytes != NULL && from < text->length;) {
        const piece p = next_piece(text, from, bytes);
        for (size_t i = 0; i < rules->count; i++)
            apply_to_piece(draw, text, &rules->items[i], &p);
        from += p.length + (p.ends_line ? 1 : 0);
    }
}
