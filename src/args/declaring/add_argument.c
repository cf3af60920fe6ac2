/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "args/declaring/declaring.h"
#include "args/declaring/flags.h"
#include "args/model/argument.h"
#include "args/model/group.h"
#include "base/failure/options.h"
#include "base/memory/grow.h"

static bool is_wordless(int action)
{
    switch (action) {
    case STAGED_ARG_STORE_CONST:
    case STAGED_ARG_STORE_TRUE:
    case STAGED_ARG_STORE_FALSE:
    case STAGED_ARG_APPEND_CONST:
    case STAGED_ARG_COUNT:
    case STAGED_ARG_BOOLEAN:
    case STAGED_ARG_HELP:
    case STAGED_ARG_VERSION:
    case STG_PRINT_MAN:
        return true;
    default:
        return false;
    }
}

static const char *copy_bytes(staged_parser *parser, const char *bytes, size_t length)
{
    const char *copy = stg_arena_copy(&parser->arena, bytes, length);
    parser->no_memory = parser->no_memory || copy == NULL;
    return copy;
}

/* Splits "-f --foo" into its flags; a boolean `--foo` also has `--no-foo`. */
static bool split_flags(staged_argument *argument, const char *text)
{
    size_t words = 0;
    for (const char *at = text; *(at += strspn(at, " ")) != '\0'; at += strcspn(at, " "))
        words++;
    argument->flags =
        stg_arena_alloc(&argument->parser->arena, (2 * words + 1) * sizeof *argument->flags);
    if (argument->flags == NULL)
        return false;
    for (const char *at = text; *(at += strspn(at, " ")) != '\0';) {
        const size_t length = strcspn(at, " ");
        const char *flag = copy_bytes(argument->parser, at, length);
        if (flag == NULL)
            return false;
        argument->flags[argument->flag_count++] = flag;
        if (argument->action == STAGED_ARG_BOOLEAN && strncmp(flag, "--", 2) == 0) {
            flag = stg_arena_printf(&argument->parser->arena, "--no-%s", flag + 2);
            if (flag == NULL)
                return false;
            argument->flags[argument->flag_count++] = flag;
        }
        at += length;
    }
    return true;
}

/* The first flag that begins with two of the prefix characters, or else the first. */
static const char *flag_for_dest(const staged_argument *argument)
{
    size_t used;
    const char *prefixes = argument->parser->prefix_chars;
    for (size_t i = 0; i < argument->flag_count; i++) {
        const char *flag = argument->flags[i];
        if (stg_begins_with_one_of(flag, prefixes, &used) &&
            stg_begins_with_one_of(flag + used, prefixes, &used))
            return flag;
    }
    return argument->flags[0];
}

static void infer_dest(staged_argument *argument)
{
    stg_buf dest = {0};
    stg_add_inferred_dest(&dest, flag_for_dest(argument), argument->parser->prefix_chars);
    argument->dest = stg_parser_text(argument->parser, stg_buf_text(&dest));
    argument->parser->no_memory = argument->parser->no_memory || dest.failure != STAGED_OK;
    stg_buf_free(&dest);
}

/* Distinguishes options from positionals, and finds the destination. */
static bool name_argument(staged_argument *argument, const staged_argument_options *options)
{
    staged_parser *parser = argument->parser;
    if (argument->action == STG_COMMANDS) {
        argument->dest = stg_parser_text(parser, options->dest);
        return !parser->no_memory;
    }
    if (!split_flags(argument, options->flags)) {
        parser->no_memory = true;
        return false;
    }
    size_t used;
    const bool positional =
        argument->flag_count == 1 &&
        !stg_begins_with_one_of(argument->flags[0], parser->prefix_chars, &used);
    if (positional) {
        argument->dest = argument->flags[0];
        argument->flag_count = 0;
    } else if (options->dest != NULL) {
        argument->dest = stg_parser_text(parser, options->dest);
    } else {
        infer_dest(argument);
    }
    return argument->dest != NULL;
}

static void copy_texts(staged_argument *argument, const staged_argument_options *options)
{
    staged_parser *parser = argument->parser;
    argument->help = stg_parser_suppressible(parser, options->help);
    if (argument->action == STAGED_ARG_VERSION && options->help == NULL)
        argument->help.text = "show program's version number and exit";
    argument->metavar = stg_parser_text(parser, options->metavar);
    argument->metavars = stg_parser_texts(parser, options->metavars, &argument->metavar_count);
    argument->version = stg_parser_text(parser, options->version);
    argument->environment = stg_parser_text(parser, options->environment);
    argument->type_name = stg_parser_text(parser, options->type_name);
}

static const staged_value *given_value(staged_argument *argument, const char *text,
                                       const char *const *list, const staged_value *value)
{
    staged_parser *parser = argument->parser;
    if (text != NULL && strcmp(text, STAGED_ARG_SUPPRESS) == 0)
        return &stg_suppressed;
    if (text != NULL) {
        const staged_value words = staged_value_text(text);
        return stg_words_value(parser, argument, &words);
    }
    if (list != NULL) {
        staged_value words;
        if (!stg_value_copy_texts(&parser->arena, &words, list)) {
            parser->no_memory = true;
            return &stg_none;
        }
        return stg_words_value(parser, argument, &words);
    }
    return value->kind == STAGED_VALUE_UNSET ? NULL : stg_parser_value(parser, value);
}

static const staged_value *constant_of(staged_argument *argument,
                                       const staged_argument_options *options)
{
    static const staged_value yes = {.kind = STAGED_VALUE_BOOL, .as.boolean = true};
    static const staged_value no = {.kind = STAGED_VALUE_BOOL, .as.boolean = false};
    if (argument->action == STAGED_ARG_STORE_TRUE)
        return &yes;
    if (argument->action == STAGED_ARG_STORE_FALSE)
        return &no;
    if (options->const_text != NULL)
        return stg_word_value(argument->parser, argument, options->const_text);
    return stg_parser_value(argument->parser, &options->const_value);
}

/* An argument's defaults. */
static const staged_value *built_in_default(const staged_argument *argument)
{
    static const staged_value yes = {.kind = STAGED_VALUE_BOOL, .as.boolean = true};
    static const staged_value no = {.kind = STAGED_VALUE_BOOL, .as.boolean = false};
    switch (argument->action) {
    case STAGED_ARG_STORE_TRUE:
        return &no;
    case STAGED_ARG_STORE_FALSE:
        return &yes;
    case STAGED_ARG_HELP:
    case STAGED_ARG_VERSION:
        return &stg_suppressed;
    default:
        return &stg_none;
    }
}

/* The library's own options have no value, and so no default. */
static bool is_built_in(const staged_argument *argument)
{
    return argument->action > STAGED_ARG_VERSION ||
           (argument->action == STAGED_ARG_HELP && argument->where.file == NULL);
}

static void set_values(staged_argument *argument, const staged_argument_options *options)
{
    const staged_value *value = given_value(argument, options->default_text, options->default_list,
                                            &options->default_value);
    const bool given = value != NULL;
    argument->default_value = given ? value : built_in_default(argument);
    if (!given && argument->action != STG_COMMANDS && !stg_apply_default(argument) &&
        argument->parser->argument_default != NULL && !is_built_in(argument))
        argument->default_value = argument->parser->argument_default;
    argument->const_value = constant_of(argument, options);
    if (options->choices != NULL)
        staged_argument_set_choices(argument, options->choices);
    else if (options->choice_values.kind == STAGED_VALUE_LIST)
        staged_argument_set_choice_values(argument, options->choice_values);

    argument->required = options->required;
    if (stg_is_positional(argument) && argument->action != STG_COMMANDS)
        argument->required = !stg_can_be_without_words(argument);
}

static bool enter_dest(staged_argument *argument)
{
    staged_parser *parser = argument->parser;
    /* The newest is first in the chain; the order does not matter. */
    argument->next_same_dest = stg_names_get_text(&parser->by_dest, argument->dest);
    return stg_names_put_text(&parser->by_dest, argument->dest, argument);
}

bool stg_enter_argument(staged_argument *argument, staged_argument_group *group)
{
    staged_parser *parser = argument->parser;
    if (!stg_grow(&parser->arguments, &parser->capacity, parser->count + 1,
                  sizeof *parser->arguments))
        return false;
    if (!stg_enter_flags(argument, group) || (argument->dest != NULL && !enter_dest(argument)))
        return false;
    argument->index = parser->count;
    parser->arguments[parser->count++] = argument;
    if (group != NULL && group->exclusive) {
        argument->exclusive = group;
        if (!stg_group_append(group, argument))
            return false;
        group = group->container;
    }
    if (group == NULL)
        group = parser->groups[stg_is_positional(argument) ? 0 : 1];
    argument->group = group;
    return stg_group_append(group, argument);
}

staged_argument *stg_add_argument(staged_parser *parser, staged_argument_group *group,
                                  const staged_argument_options *options, int action)
{
    staged_argument *argument = stg_arena_alloc(&parser->arena, sizeof *argument);
    if (argument == NULL || parser->no_memory) {
        parser->no_memory = true;
        return NULL;
    }
    argument->parser = parser;
    argument->action = action;
    argument->nargs = options->nargs;
    argument->wordless = is_wordless(action);
    argument->type = options->type;
    argument->convert = options->convert;
    argument->convert_context = options->convert_context;
    argument->path_checks = options->path_checks;
    argument->act = options->act;
    argument->act_context = options->act_context;
    argument->store = options->store;
    argument->where.file = stg_parser_text(parser, options->where.file);
    argument->where.line = options->where.line;
    argument->default_value = &stg_none;
    argument->const_value = &stg_none;
    if (!name_argument(argument, options))
        return NULL;
    copy_texts(argument, options);
    stg_check_declaration(argument, options, group);
    set_values(argument, options);
    if (!stg_enter_argument(argument, group)) {
        parser->no_memory = true;
        return NULL;
    }
    return parser->no_memory ? NULL : argument;
}

/* Adds what an author declares. */
static staged_argument *add_given(staged_parser *parser, staged_argument_group *group,
                                  const staged_argument_options *options)
{
    staged_argument_options own;
    if (!stg_are_options_usable(parser, STG_READ_OPTIONS(&own, options, staged_argument_options)) ||
        !stg_has_usable_flags(parser, &own))
        return NULL;
    return stg_add_argument(parser, group, &own, (int)own.action);
}

staged_argument *staged_parser_add_argument_with(staged_parser *parser,
                                                 const staged_argument_options *options)
{
    return parser == NULL ? NULL : add_given(parser, NULL, options);
}

void staged_parser_add_arguments(staged_parser *parser, const staged_argument_options *table,
                                 size_t count)
{
    const char *row = (const char *)table;
    for (size_t i = 0; i < count; i++) {
        const size_t size = ((const staged_argument_options *)(const void *)row)->size;
        staged_parser_add_argument_with(parser, (const staged_argument_options *)(const void *)row);
        row += size;
    }
}

staged_argument *staged_argument_group_add_argument_with(staged_argument_group *group,
                                                         const staged_argument_options *options)
{
    return group == NULL ? NULL : add_given(group->parser, group, options);
}
