/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/suggest.h"

#include <string.h>

/* Longer words are not compared: nobody mistypes them by a letter or two. */
enum { LONGEST = 64 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t stg_edit_distance(const char *a, const char *b, size_t most)
{
    const size_t length_a = strlen(a);
    const size_t length_b = strlen(b);
    const size_t apart = length_a > length_b ? length_a - length_b : length_b - length_a;
    if (apart > most || length_a > LONGEST || length_b > LONGEST)
        return most + 1;
    /* Three rows of the table: this one, the one before, and the one before that. */
    size_t rows[3][LONGEST + 1];
    for (size_t k = 0; k <= length_b; k++)
        rows[0][k] = k;
    for (size_t i = 1; i <= length_a; i++) {
        size_t *row = rows[i % 3];
        const size_t *before = rows[(i + 2) % 3];
        const size_t *earlier = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t k = 1; k <= length_b; k++) {
            const size_t changed = before[k - 1] + (a[i - 1] != b[k - 1]);
            row[k] = smaller(changed, smaller(before[k], row[k - 1]) + 1);
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
                row[k] = smaller(row[k], earlier[k - 2] + 1);
        }
    }
    return rows[length_a % 3][length_b];
}

stg_search stg_search_for(const char *word)
{
    /* One letter in three may be wrong. */
    return (stg_search){.word = word, .distance = strlen(word) / 3 + 1};
}

void stg_search_look(stg_search *s, const char *candidate)
{
    if (candidate == NULL)
        return;
    const size_t length = strlen(s->word);
    /* What was begun well counts as close, however much is missing. */
    const bool begun = length > 1 && strncmp(s->word, candidate, length) == 0;
    const size_t distance = begun ? 0 : stg_edit_distance(s->word, candidate, s->distance - 1);
    if (distance < s->distance) {
        s->distance = distance;
        s->found = candidate;
    }
}

static void look_at_flags(stg_search *s, const staged_parser *parser)
{
    for (size_t i = 0; i < parser->flag_count && s->distance > 0; i++) {
        if (!parser->flags[i]->argument->help.suppressed)
            stg_search_look(s, parser->flags[i]->flag);
    }
}

staged_status stg_add_hint(staged_parser *top, const staged_parser *parser, const char *before,
                           const char *word, const char *after)
{
    stg_error_set(&top->error, STAGED_BAD_INPUT, "%s%s: %s%s%s\n", stg_error_text(&top->error),
                  parser->prog, before, word, after);
    return top->error.text == NULL ? STAGED_NO_MEMORY : STAGED_BAD_INPUT;
}

static staged_status add_closest(staged_parser *top, const staged_parser *parser,
                                 const stg_search *s)
{
    return s->found == NULL ? STAGED_BAD_INPUT
                            : stg_add_hint(top, parser, "did you mean ", s->found, "?");
}

static bool has_flag(const staged_parser *parser, const char *flag)
{
    return stg_names_get_text(&parser->by_flag, flag) != NULL;
}

static staged_status suggest_flag(staged_parser *top, const staged_namespace *ns, const char *flag)
{
    stg_search s = stg_search_for(flag);
    const staged_parser *parser = top;
    look_at_flags(&s, parser);
    for (size_t i = 0; i < ns->command_count && parser->commands != NULL; i++) {
        if (has_flag(parser, flag))
            return stg_add_hint(top, top, flag, " goes before ", ns->commands[i]);
        const stg_command *command =
            stg_names_get_text(&parser->commands->by_name, ns->commands[i]);
        if (command == NULL)
            break;
        parser = command->parser;
        look_at_flags(&s, parser);
    }
    return has_flag(parser, flag) ? STAGED_BAD_INPUT : add_closest(top, top, &s);
}

staged_status stg_suggest_flag(staged_parser *top, const staged_namespace *ns, const char *word)
{
    if (!top->suggest)
        return STAGED_BAD_INPUT;
    stg_buf flag = {0};
    stg_buf_add(&flag, word, strcspn(word, "="));
    const staged_status status =
        flag.failure != STAGED_OK ? STAGED_NO_MEMORY : suggest_flag(top, ns, stg_buf_text(&flag));
    stg_buf_free(&flag);
    return status;
}

staged_status stg_suggest_choice(staged_parser *top, const staged_argument *argument,
                                 const staged_value *value)
{
    if (top == NULL || !argument->parser->suggest || argument->choices == NULL ||
        value->kind != STAGED_VALUE_TEXT)
        return STAGED_BAD_INPUT;
    stg_search s = stg_search_for(value->as.text);
    for (size_t i = 0; i < argument->choices->count && s.distance > 0; i++) {
        const staged_value *choice = &argument->choices->as.items[i];
        if (choice->kind == STAGED_VALUE_TEXT)
            stg_search_look(&s, choice->as.text);
    }
    return add_closest(top, argument->parser, &s);
}
