/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The effective command line.  Source: the package reverse_argparse. */
#include <stdlib.h>
#include <string.h>

#include "args/command_line/write.h"
#include "args/framework.h"
#include "base/text/quote.h"
#include "base/unicode/unicode.h"

/* ---- Text ---- */

static void add_item(stg_buf *out, const stg_item *item)
{
    for (size_t i = 0; i < item->count; i++) {
        if (i > 0)
            stg_buf_add_char(out, ' ');
        stg_quote_word(out, item->words[i], strlen(item->words[i]));
    }
}

static void add_items(stg_buf *out, const stg_items *items, int indent)
{
    for (size_t i = 0; i < items->count; i++) {
        const stg_item *item = &items->items[i];
        if (out->length > 0)
            stg_buf_add_text(out, indent < 0 ? " " : " \\\n");
        if (indent > 0)
            stg_buf_add_repeated(out, ' ', (size_t)indent * item->depth);
        add_item(out, item);
    }
}

/* ---- The line ---- */

static staged_status rehearse(const staged_parser *parser, const staged_namespace *ns,
                              stg_arena *arena, const stg_items *items)
{
    size_t count = 0;
    for (size_t i = 0; i < items->count; i++)
        count += items->items[i].count;
    const char **words = stg_arena_alloc(arena, (count + 1) * sizeof *words);
    if (words == NULL)
        return STAGED_NO_MEMORY;
    count = 0;
    for (size_t i = 0; i < items->count; i++) {
        for (size_t w = 0; w < items->items[i].count; w++)
            words[count++] = items->items[i].words[w];
    }
    return stg_rehearse(parser, ns, words, count);
}

/* Writes it in the first manner that reads back or, if none does, as reverse_argparse would. */
static staged_status find_items(const staged_parser *parser, const staged_namespace *ns,
                                stg_arena *arena, stg_items *items)
{
    static const stg_manner manners[] = {STG_AS_ORIGINAL, STG_AS_GIVEN, STG_WITHOUT_DEFAULTS,
                                         STG_AS_TYPED};
    for (size_t i = 0; i < sizeof manners / sizeof manners[0]; i++) {
        items->count = 0;
        if (!stg_write_items(parser, ns, manners[i], arena, items))
            return STAGED_NO_MEMORY;
        const staged_status status = rehearse(parser, ns, arena, items);
        if (status != STAGED_BAD_INPUT)
            return status;
    }
    items->count = 0;
    return stg_write_items(parser, ns, STG_AS_GIVEN, arena, items) ? STAGED_BAD_INPUT
                                                                   : STAGED_NO_MEMORY;
}

/* The program's name as the parser has it, which may be several words. */
static void add_prog(stg_buf *out, const staged_parser *parser)
{
    const char *shown = parser->prog;
    size_t length = strlen(shown);
    stg_strip(&shown, &length);
    if (length > 0)
        stg_buf_add_text(out, parser->prog);
}

char *stg_parser_command_line_of(const staged_parser *parser, const staged_namespace *name_space,
                                 const char *program, int indent)
{
    if (parser == NULL || name_space == NULL)
        return NULL;
    stg_arena arena = {0};
    stg_items items = {0};
    stg_buf out = {0};
    if (program == NULL)
        add_prog(&out, parser);
    else
        stg_quote_word(&out, program, strlen(program));
    if (find_items(parser, name_space, &arena, &items) == STAGED_NO_MEMORY)
        out.failure = STAGED_NO_MEMORY;
    else
        add_items(&out, &items, indent);
    free(items.items);
    stg_arena_free(&arena);
    return stg_buf_take(&out);
}

char *staged_parser_command_line(const staged_parser *parser, const staged_namespace *name_space,
                                 int indent)
{
    return stg_parser_command_line_of(parser, name_space, NULL, indent);
}

staged_status staged_parser_reads_back(const staged_parser *parser,
                                       const staged_namespace *name_space)
{
    if (parser == NULL || name_space == NULL)
        return STAGED_NO_MEMORY;
    stg_arena arena = {0};
    stg_items items = {0};
    const staged_status status = find_items(parser, name_space, &arena, &items);
    free(items.items);
    stg_arena_free(&arena);
    return status;
}
