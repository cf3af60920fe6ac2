/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The effective command line.  Source: the package reverse_argparse. */
#include <stdlib.h>
#include <string.h>

#include "args/command_line/command_line.h"
#include "args/command_line/unparse.h"
#include "args/model/argument.h"
#include "args/values/unicode.h"
#include "base/quote.h"

static int by_place(const void *a, const void *b)
{
    const stg_item *x = a;
    const stg_item *y = b;
    return x->place != y->place ? (x->place > y->place) - (x->place < y->place)
                                : (x->sequence > y->sequence) - (x->sequence < y->sequence);
}

/* ---- Exclusive sets ---- */

/* Whether the items are those of a member of one of the parser's sets. */
static bool is_member(const stg_unparse *u, const staged_argument *argument)
{
    return argument != NULL && argument->exclusive != NULL && argument->parser == u->parser;
}

/* How much a command line needs a member: not at all where its default does, less where another
 * argument stores the same. */
static int weight(stg_unparse *u, const staged_argument *argument)
{
    const staged_value *value = stg_value_of(u, argument);
    if (value != NULL && stg_is_default(argument, value))
        return 1;
    const bool elsewhere = value != NULL && (stg_is_stored(u, argument, value, false) ||
                                             stg_is_stored(u, argument, value, true));
    return elsewhere ? 2 : 3;
}

/* Of the members that would count, only one may be shown: the one that is needed most, of several
 * the first. */
static void choose_members(stg_unparse *u, const stg_item *items, size_t count,
                           const staged_argument **chosen)
{
    for (size_t i = 0; i < count; i++) {
        const staged_argument *argument = items[i].argument;
        if (!is_member(u, argument))
            continue;
        const staged_argument **choice = &chosen[argument->exclusive->index];
        if (*choice == NULL || (*choice != argument && weight(u, argument) > weight(u, *choice)))
            *choice = argument;
    }
}

static size_t keep_chosen(const stg_unparse *u, stg_item *items, size_t count,
                          const staged_argument *const *chosen)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const staged_argument *argument = items[i].argument;
        if (!is_member(u, argument) || chosen[argument->exclusive->index] == argument)
            items[kept++] = items[i];
    }
    return kept;
}

/* Shows a member of a required set of which nothing would be shown. */
static void force_member(stg_unparse *u, stg_items *options, const staged_argument_group *set)
{
    u->forced = true;
    for (size_t i = 0; i < set->count && u->items.count == 0; i++) {
        if (!stg_is_positional(set->arguments[i]))
            stg_unparse_argument(u, set->arguments[i]);
    }
    u->forced = false;
    u->failed = !stg_append_items(options, u->items.items, u->items.count) || u->failed;
    u->items.count = 0;
}

static void settle_sets(stg_unparse *u, stg_items *options, stg_positional *positionals,
                        size_t count)
{
    const staged_parser *parser = u->parser;
    const staged_argument **chosen =
        stg_arena_alloc(u->arena, parser->exclusive_count * sizeof *chosen);
    if (chosen == NULL) {
        u->failed = true;
        return;
    }
    choose_members(u, options->items, options->count, chosen);
    for (size_t i = 0; i < count; i++)
        choose_members(u, positionals[i].items.items, positionals[i].items.count, chosen);
    options->count = keep_chosen(u, options->items, options->count, chosen);
    for (size_t i = 0; i < count; i++) {
        stg_items *items = &positionals[i].items;
        items->count = keep_chosen(u, items->items, items->count, chosen);
        if (items->count == 0)
            positionals[i].count = 0;
    }
    for (size_t i = 0; i < parser->exclusive_count; i++) {
        if (parser->exclusives[i]->required && chosen[i] == NULL)
            force_member(u, options, parser->exclusives[i]);
    }
}

/* ---- Parsers ---- */

static stg_items take_items(stg_unparse *u)
{
    const stg_items items = u->items;
    u->items = (stg_items){0};
    return items;
}

static void unparse(stg_unparse *u, stg_items *out);

static void unparse_command(stg_unparse *u, const staged_argument *argument, stg_items *out)
{
    if (u->commands_before >= u->ns->command_count)
        return;
    const char *name = u->ns->commands[u->commands_before];
    const stg_command *command = stg_names_get_text(&argument->commands->by_name, name);
    if (command == NULL)
        return;
    const stg_item *item = stg_add_item(u, argument, &name, 1);
    if (item != NULL && !stg_append_items(out, item, 1))
        u->failed = true;
    u->items.count = 0;
    stg_unparse inner = {.parser = command->parser,
                         .ns = u->ns,
                         .arena = u->arena,
                         .depth = u->depth + 1,
                         .brief = u->brief,
                         .late_dashes = u->late_dashes,
                         .positionals_first = u->positionals_first,
                         .commands_before = u->commands_before + 1};
    unparse(&inner, out);
    u->failed = u->failed || inner.failed;
}

static size_t unparse_positionals(stg_unparse *u, stg_positional *positionals)
{
    size_t count = 0;
    for (size_t i = 0; i < u->parser->count; i++) {
        const staged_argument *argument = u->parser->arguments[i];
        if (!stg_is_positional(argument))
            continue;
        stg_positional *positional = &positionals[count++];
        positional->argument = argument;
        if (argument->commands != NULL) {
            unparse_command(u, argument, &positional->items);
        } else {
            stg_unparse_argument(u, argument);
            positional->items = take_items(u);
        }
        for (size_t k = 0; k < positional->items.count; k++)
            positional->count += positional->items.items[k].count;
    }
    return count;
}

/* Adds the items of the parser and, where a command was given, of the command's. */
static void unparse(stg_unparse *u, stg_items *out)
{
    for (size_t i = 0; i < u->parser->count; i++) {
        if (!stg_is_positional(u->parser->arguments[i]))
            stg_unparse_argument(u, u->parser->arguments[i]);
    }
    stg_items options = take_items(u);
    for (size_t i = 0; i < options.count; i++)
        options.items[i].sequence = i;
    if (options.count > 1)
        qsort(options.items, options.count, sizeof *options.items, by_place);
    stg_positional *positionals = calloc(u->parser->count + 1, sizeof *positionals);
    size_t count = 0;
    if (positionals == NULL)
        u->failed = true;
    else
        count = unparse_positionals(u, positionals);
    if (u->parser->exclusive_count > 0 && !u->failed)
        settle_sets(u, &options, positionals, count);
    if (!u->failed)
        stg_arrange(u, &options, positionals, count, out);
    for (size_t i = 0; i < count; i++)
        free(positionals[i].items.items);
    free(positionals);
    free(options.items);
    free(u->items.items);
    u->items = (stg_items){0};
    free(u->sorted.flags);
}

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

/* A way to write it. */
typedef struct manner {
    bool as_original; /* see unparse_original.c */
    bool as_typed;    /* the words that the namespace was read from */
    bool brief;
    bool late_dashes;
    bool positionals_first;
    bool unknown_first; /* words that nothing takes stand before all others, not after them */
} manner;

static bool add_unknown(stg_unparse *u, stg_items *items)
{
    const char *const *unknown = staged_namespace_unknown(u->ns);
    size_t count = 0;
    while (unknown[count] != NULL)
        count++;
    const stg_item *item = count == 0 ? NULL : stg_add_item(u, NULL, unknown, count);
    const bool added = count == 0 || (item != NULL && stg_append_items(items, item, 1));
    u->items.count = 0;
    return added;
}

/* All of them as one item. */
static bool write_typed(stg_unparse *u, stg_items *items)
{
    size_t count = 0;
    while (u->ns->typed != NULL && u->ns->typed[count] != NULL)
        count++;
    const stg_item *item = count == 0 ? NULL : stg_add_item(u, NULL, u->ns->typed, count);
    const bool added = count == 0 || (item != NULL && stg_append_items(items, item, 1));
    free(u->items.items);
    return added;
}

static bool write_items(const staged_parser *parser, const staged_namespace *ns, manner how,
                        stg_arena *arena, stg_items *items)
{
    stg_unparse u = {.parser = parser,
                     .ns = ns,
                     .arena = arena,
                     .depth = 1,
                     .brief = how.brief,
                     .late_dashes = how.late_dashes,
                     .positionals_first = how.positionals_first};
    items->count = 0;
    bool added = !how.unknown_first || add_unknown(&u, items);
    free(u.items.items);
    u.items = (stg_items){0};
    if (how.as_typed)
        return write_typed(&u, items);
    if (how.as_original) {
        stg_unparse_as_original(&u);
        added = stg_append_items(items, u.items.items, u.items.count) && added;
        u.items.count = 0;
        free(u.sorted.flags);
    } else {
        unparse(&u, items);
    }
    added = added && (how.unknown_first || add_unknown(&u, items));
    free(u.items.items);
    return added && !u.failed;
}

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

/* Writes it in the first manner that reads back; if none does, in the one that is meant to. */
static staged_status find_items(const staged_parser *parser, const staged_namespace *ns,
                                stg_arena *arena, stg_items *items)
{
    static const manner manners[] = {{.as_original = true},
                                     {.brief = false},
                                     {.late_dashes = true},
                                     {.brief = true},
                                     {.brief = true, .late_dashes = true},
                                     /* for words that nothing takes */
                                     {.positionals_first = true},
                                     {.positionals_first = true, .brief = true},
                                     {.unknown_first = true},
                                     {.unknown_first = true, .brief = true},
                                     /* for what nothing else can say */
                                     {.as_typed = true}};
    const size_t count = sizeof manners / sizeof manners[0];
    const bool unknown = *staged_namespace_unknown(ns) != NULL;
    for (size_t i = 0; i < count; i++) {
        if (!unknown && (manners[i].positionals_first || manners[i].unknown_first))
            continue;
        if (!write_items(parser, ns, manners[i], arena, items))
            return STAGED_NO_MEMORY;
        const staged_status status = rehearse(parser, ns, arena, items);
        if (status != STAGED_BAD_INPUT)
            return status;
    }
    return write_items(parser, ns, manners[1], arena, items) ? STAGED_BAD_INPUT : STAGED_NO_MEMORY;
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

char *stg_command_line(const staged_parser *parser, const staged_namespace *name_space,
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
    return stg_command_line(parser, name_space, NULL, indent);
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
