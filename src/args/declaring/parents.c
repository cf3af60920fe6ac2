/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Arguments and groups from another parser.  Everything is copied: the other one may change or be
 * freed. */
#include <string.h>

#include "args/declaring/declaring.h"
#include "args/model/choices.h"
#include "args/model/group.h"

/* ---- Groups ---- */

static bool same_text(stg_text a, stg_text b)
{
    if (a.suppressed || b.suppressed || a.text == NULL || b.text == NULL)
        return a.suppressed == b.suppressed && a.text == b.text;
    return strcmp(a.text, b.text) == 0;
}

static stg_text copy_text(staged_parser *parser, stg_text text)
{
    return (stg_text){stg_parser_text(parser, text.text), text.suppressed};
}

/* The group here for each group of the other parser. */
typedef struct places {
    staged_argument_group **groups;
    staged_argument_group **exclusives;
} places;

/* The group with the same title, created if missing. */
static staged_argument_group *place_of_group(staged_parser *parser,
                                             const staged_argument_group *from)
{
    for (size_t i = 0; i < parser->group_count; i++) {
        if (same_text(parser->groups[i]->title, from->title))
            return parser->groups[i];
    }
    staged_argument_group *group = stg_new_group(parser, NULL, NULL);
    if (group != NULL) {
        group->title = copy_text(parser, from->title);
        group->description = copy_text(parser, from->description);
        group->replace_flags = from->parser->replace_flags && from->replace_flags == STAGED_AUTO
                                   ? STAGED_YES
                                   : from->replace_flags;
    }
    return group;
}

static bool find_places(staged_parser *parser, const staged_parser *from, places *p)
{
    p->groups = stg_arena_alloc(&parser->arena, from->group_count * sizeof *p->groups);
    p->exclusives =
        stg_arena_alloc(&parser->arena, (from->exclusive_count + 1) * sizeof *p->exclusives);
    if (p->groups == NULL || p->exclusives == NULL)
        return false;
    for (size_t i = 0; i < from->group_count; i++)
        p->groups[i] = place_of_group(parser, from->groups[i]);
    for (size_t i = 0; i < from->exclusive_count; i++) {
        const staged_argument_group *set = from->exclusives[i];
        p->exclusives[i] = set->container == NULL
                               ? staged_parser_add_exclusive(parser, set->required)
                               : staged_argument_group_add_exclusive(
                                     p->groups[set->container->index], set->required);
    }
    return !parser->no_memory;
}

/* ---- Arguments ---- */

static void copy_flags(staged_argument *copy, const staged_argument *from)
{
    staged_parser *parser = copy->parser;
    copy->flags = stg_arena_alloc(&parser->arena, (from->flag_count + 1) * sizeof *copy->flags);
    parser->no_memory = parser->no_memory || copy->flags == NULL;
    for (size_t i = 0; i < from->flag_count && copy->flags != NULL; i++)
        copy->flags[i] = stg_parser_text(parser, from->flags[i]);
}

static staged_argument *copy_argument(staged_parser *parser, const staged_argument *from)
{
    staged_argument *copy = stg_arena_alloc(&parser->arena, sizeof *copy);
    if (copy == NULL) {
        parser->no_memory = true;
        return NULL;
    }
    *copy = *from;
    copy->parser = parser;
    copy->group = NULL;
    copy->exclusive = NULL;
    copy->next_same_dest = NULL;
    copy_flags(copy, from);
    copy->dest = stg_parser_text(parser, from->dest);
    copy->type_name = stg_parser_text(parser, from->type_name);
    copy->default_value = stg_parser_value(parser, from->default_value);
    copy->const_value = stg_parser_value(parser, from->const_value);
    stg_set_choices(copy, from->choices == NULL || from->commands != NULL
                              ? NULL
                              : stg_parser_value(parser, from->choices));
    copy->help = copy_text(parser, from->help);
    copy->metavar = stg_parser_text(parser, from->metavar);
    copy->metavars =
        stg_parser_texts(parser, (const char *const *)from->metavars, &copy->metavar_count);
    copy->version = stg_parser_text(parser, from->version);
    copy->environment = stg_parser_text(parser, from->environment);
    copy->where.file = stg_parser_text(parser, from->where.file);
    return parser->no_memory ? NULL : copy;
}

/* The most common mistake: both have a help option. */
static bool is_help_in_the_way(const staged_parser *parser, const staged_argument *argument)
{
    return argument->action == STAGED_ARG_HELP && argument->where.file == NULL &&
           argument->flag_count > 0 && !parser->replace_flags &&
           stg_names_get_text(&parser->by_flag, argument->flags[0]) != NULL;
}

static void copy_commands(staged_argument *copy, const staged_commands *from);

static void add_copy(staged_parser *parser, const staged_argument *from, const places *p)
{
    if (is_help_in_the_way(parser, from)) {
        stg_parser_bug(
            parser, NULL,
            "%s: a parent has a help option, too; create the parent with `.add_help = STAGED_NO`",
            parser->prog);
        return;
    }
    staged_argument *copy = copy_argument(parser, from);
    if (copy == NULL)
        return;
    staged_argument_group *group = from->exclusive != NULL ? p->exclusives[from->exclusive->index]
                                                           : p->groups[from->group->index];
    if (from->commands != NULL)
        copy_commands(copy, from->commands);
    if (!stg_enter_argument(copy, group))
        parser->no_memory = true;
}

static void copy_defaults(staged_parser *parser, const staged_parser *from)
{
    for (size_t i = 0; i < from->default_count; i++) {
        const stg_default *set = from->defaults[i];
        stg_default *copy = stg_default_of(parser, set->dest);
        if (copy == NULL)
            return;
        copy->value = stg_parser_value(parser, set->value);
        copy->as_words = set->as_words;
        copy->where = set->where;
    }
}

static void add_parent(staged_parser *parser, const staged_parser *parent)
{
    places p;
    if (parser->no_memory || parent->no_memory || !find_places(parser, parent, &p)) {
        parser->no_memory = true;
        return;
    }
    for (size_t i = 0; i < parent->count; i++)
        add_copy(parser, parent->arguments[i], &p);
    copy_defaults(parser, parent);
    stg_buf_add(&parser->bugs, stg_buf_text(&parent->bugs), parent->bugs.length);
}

/* ---- Commands ---- */

static staged_parser *copy_parser(const staged_parser *from)
{
    staged_parser *copy = stg_blank_parser(STAGED_OPTIONS(
        staged_parser_options, .prog = from->prog, .formatter = from->formatter,
        .prefix_chars = from->prefix_chars, .file_prefix_chars = from->file_prefix_chars));
    if (copy == NULL)
        return NULL;
    copy->usage = copy_text(copy, from->usage);
    copy->description = copy_text(copy, from->description);
    copy->epilog = copy_text(copy, from->epilog);
    copy->allow_abbrev = from->allow_abbrev;
    if (from->argument_default != NULL)
        copy->argument_default = stg_parser_value(copy, from->argument_default);
    copy->help_column = from->help_column;
    copy->suggest = from->suggest;
    copy->permissive = from->permissive;
    copy->replace_flags = from->replace_flags;
    copy->intermixed = from->intermixed;
    for (size_t i = 0; i < copy->group_count; i++) {
        copy->groups[i]->title = copy_text(copy, from->groups[i]->title);
        copy->groups[i]->description = copy_text(copy, from->groups[i]->description);
    }
    add_parent(copy, from);
    if (copy->no_memory) {
        staged_parser_free(copy);
        return NULL;
    }
    return copy;
}

static void copy_commands(staged_argument *copy, const staged_commands *from)
{
    staged_parser *parser = copy->parser;
    if (parser->commands != NULL) {
        stg_parser_bug(parser, &copy->where,
                       "a parser can have only one set of commands; its parents have others");
        copy->commands = parser->commands;
        copy->choices = &parser->commands->names;
        return;
    }
    staged_commands *commands = stg_new_commands(copy, from->prog);
    for (size_t i = 0; commands != NULL && i < from->count; i++) {
        const stg_command *command = from->items[i];
        staged_parser *inner = copy_parser(command->parser);
        if (inner == NULL ||
            !stg_add_command(commands, command->name, (const char *const *)command->aliases,
                             command->help, inner)) {
            parser->no_memory = true;
            return;
        }
    }
}

void staged_parser_add_parent(staged_parser *parser, const staged_parser *parent)
{
    if (parser == NULL)
        return;
    if (parent == NULL)
        parser->no_memory = true;
    else if (parent == parser)
        stg_parser_bug(parser, NULL, "%s: a parser cannot be its own parent", parser->prog);
    else
        add_parent(parser, parent);
}
