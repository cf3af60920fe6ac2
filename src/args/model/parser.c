/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/model/parser.h"

#include <stdlib.h>
#include <string.h>

#include "base/text/utf8.h"

const char *stg_parser_text(staged_parser *parser, const char *text)
{
    if (text == NULL)
        return NULL;
    const char *copy = stg_arena_text(&parser->arena, text);
    parser->no_memory = parser->no_memory || copy == NULL;
    return copy;
}

stg_text stg_parser_suppressible(staged_parser *parser, const char *text)
{
    stg_text copy = {0};
    if (text != NULL && strcmp(text, STAGED_ARG_SUPPRESS) == 0)
        copy.suppressed = true;
    else
        copy.text = stg_parser_text(parser, text);
    return copy;
}

const staged_value *stg_parser_value(staged_parser *parser, const staged_value *value)
{
    if (value->kind == STAGED_VALUE_UNSET || value->kind == STAGED_VALUE_NONE)
        return &stg_none;
    if (value->kind == STAGED_VALUE_TEXT && strcmp(value->as.text, STAGED_ARG_SUPPRESS) == 0)
        return &stg_suppressed;
    staged_value *copy = stg_arena_alloc(&parser->arena, sizeof *copy);
    if (copy == NULL || !stg_value_copy(&parser->arena, copy, value)) {
        parser->no_memory = true;
        return &stg_none;
    }
    return copy;
}

const char **stg_parser_texts(staged_parser *parser, const char *const *texts, size_t *count)
{
    *count = 0;
    if (texts == NULL)
        return NULL;
    while (texts[*count] != NULL)
        (*count)++;
    const char **copies = stg_arena_alloc(&parser->arena, (*count + 1) * sizeof *copies);
    if (copies == NULL) {
        parser->no_memory = true;
        *count = 0;
        return NULL;
    }
    for (size_t i = 0; i < *count; i++)
        copies[i] = stg_parser_text(parser, texts[i]);
    return copies;
}

bool stg_begins_with_one_of(const char *text, const char *characters, size_t *used)
{
    uint32_t wanted;
    uint32_t character;
    const size_t length = strnlen(text, 4);
    *used = 0;
    if (length == 0)
        return false;
    *used = stg_utf8_decode(text, length, &wanted);
    for (const char *c = characters; *c != '\0';) {
        c += stg_utf8_decode(c, strnlen(c, 4), &character);
        if (character == wanted)
            return true;
    }
    return false;
}

static void free_groups(staged_argument_group **groups, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(groups[i]->arguments);
    free(groups);
}

static void free_commands(staged_commands *commands)
{
    if (commands == NULL)
        return;
    for (size_t i = 0; i < commands->count; i++)
        staged_parser_free(commands->items[i]->parser);
    free(commands->items);
    free(commands->name_items);
    stg_names_free(&commands->by_name);
}

void staged_parser_free(staged_parser *parser)
{
    if (parser == NULL)
        return;
    free_commands(parser->commands);
    free_groups(parser->groups, parser->group_count);
    free_groups(parser->exclusives, parser->exclusive_count);
    free(parser->arguments);
    free(parser->flags);
    free(parser->defaults);
    stg_names_free(&parser->by_flag);
    stg_names_free(&parser->by_dest);
    stg_names_free(&parser->defaults_by_dest);
    stg_names_free(&parser->spare_names);
    stg_buf_free(&parser->bugs);
    stg_buf_free(&parser->output);
    stg_error_free(&parser->error);
    stg_arena_free(&parser->arena);
    free(parser);
}

void stg_parser_bug(staged_parser *parser, const staged_location *where, const char *format, ...)
{
    va_list arguments;
    if (where != NULL && where->file != NULL)
        stg_buf_addf(&parser->bugs, "%s:%d: ", where->file, where->line);
    va_start(arguments, format);
    stg_buf_vaddf(&parser->bugs, format, arguments);
    va_end(arguments);
    stg_buf_add_char(&parser->bugs, '\n');
}

void stg_parser_permit(staged_parser *parser)
{
    parser->permissive = true;
}

bool stg_parser_check_defaults(staged_parser *parser)
{
    parser->defaults_are_known = true;
    return parser->default_count > 0;
}

bool stg_parser_add_spare_name(staged_parser *parser, const char *name)
{
    return stg_names_put_text(&parser->spare_names, name, parser);
}
