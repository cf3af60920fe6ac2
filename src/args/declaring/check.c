/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Mistakes in the author's tables, found before a user meets them. */
#include <string.h>

#include "args/declaring/declaring.h"
#include "args/help/help.h"
#include "args/model/argument.h"
#include "args/model/choices.h"
#include "args/model/convert.h"
#include "base/text/closest.h"

static void bug(const staged_argument *argument, const char *problem)
{
    const char *name = argument->flag_count > 0 ? argument->flags[0]
                       : argument->dest != NULL ? argument->dest
                                                : "commands";
    stg_parser_bug(argument->parser, &argument->where, "%s: %s", name, problem);
}

/* ---- While arguments are added ---- */

bool stg_are_options_usable(staged_parser *parser, const char *problem)
{
    if (problem != NULL)
        stg_parser_bug(parser, NULL, "%s", problem);
    return problem == NULL;
}

bool stg_has_usable_flags(staged_parser *parser, const staged_argument_options *options)
{
    const char *flags = options->flags == NULL ? "" : options->flags;
    size_t words = 0;
    size_t prefixed = 0;
    size_t used;
    for (const char *at = flags; *(at += strspn(at, " ")) != '\0'; at += strcspn(at, " ")) {
        words++;
        prefixed += stg_begins_with_one_of(at, parser->prefix_chars, &used);
    }
    const char *problem = NULL;
    if (words == 0)
        problem = "an argument needs flags, or the name of a positional, in `flags`";
    else if (prefixed == 0 && words > 1)
        problem = "a positional has one name; flags begin with one of the prefix characters";
    else if (prefixed != 0 && prefixed != words)
        problem = "all flags of an option begin with one of the prefix characters";
    if (problem != NULL)
        stg_parser_bug(parser, &options->where, "'%s': %s", flags, problem);
    return problem == NULL;
}

static void check_names(const staged_argument *argument, const staged_argument_options *options)
{
    if (stg_is_positional(argument)) {
        if (options->dest != NULL && argument->action != STG_COMMANDS)
            bug(argument, "a positional's name is its destination; use `metavar` to show another");
        if (options->required && argument->action != STG_COMMANDS)
            bug(argument,
                "`required` is for options; `nargs` says whether a positional is required");
        if (argument->wordless)
            bug(argument,
                "a positional must take words, which this action does not; make it an option");
    } else if (argument->dest[0] == '\0') {
        bug(argument, "the flag yields no destination; name one in `dest`");
    }
}

static bool has_constant(const staged_argument_options *options)
{
    return options->const_text != NULL || (options->const_value.kind != STAGED_VALUE_UNSET &&
                                           options->const_value.kind != STAGED_VALUE_NONE);
}

static void check_nargs(const staged_argument *argument, const staged_argument_options *options)
{
    if (options->action > STAGED_ARG_VERSION)
        bug(argument, "invalid `action`; use a value of staged_argument_action");
    if (options->type > STAGED_ARG_PATH)
        bug(argument, "invalid `type`; use a value of staged_argument_type");
    if (argument->nargs < STAGED_NARGS_COMMAND_AND_REST)
        bug(argument, "invalid `nargs`; use a number of words, or STAGED_NARGS_OPTIONAL or another "
                      "STAGED_NARGS_*");
    if (argument->wordless) {
        if (options->nargs != 0)
            bug(argument, "the action takes no words; remove `nargs`");
        if (options->choices != NULL || options->choice_values.kind != STAGED_VALUE_UNSET)
            bug(argument, "the action takes no words; remove the choices");
        if (options->type != STAGED_ARG_TEXT || options->convert != NULL)
            bug(argument, "the action takes no words; remove the type");
    }
    const bool stores_constant =
        argument->action == STAGED_ARG_STORE_CONST || argument->action == STAGED_ARG_APPEND_CONST;
    if (has_constant(options) && !stores_constant && argument->nargs != STAGED_NARGS_OPTIONAL)
        bug(argument, "a constant needs an action that stores it, or STAGED_NARGS_OPTIONAL words");
    if (argument->action == STAGED_ARG_EXTEND && options->nargs == 0 &&
        !argument->parser->permissive)
        bug(argument, "STAGED_ARG_EXTEND adds lists; set `nargs`, or use STAGED_ARG_APPEND");
    if (argument->action == STAGED_ARG_VERSION && options->version == NULL)
        bug(argument, "STAGED_ARG_VERSION needs a `version`");
}

/* How many metavars a help text needs. */
static bool metavars_fit(const staged_argument *argument)
{
    const size_t count = argument->metavar_count;
    switch (argument->nargs) {
    case STAGED_NARGS_REMAINDER:
        return true;
    case STAGED_NARGS_ZERO_OR_MORE:
        return count == 1 || count == 2;
    case STAGED_NARGS_ONE_OR_MORE:
        return count == 2;
    case 0:
    case STAGED_NARGS_OPTIONAL:
    case STAGED_NARGS_COMMAND_AND_REST:
        return count == 1;
    default:
        return count == (size_t)argument->nargs;
    }
}

static void check_set(const staged_argument *argument, const staged_argument_options *options,
                      const staged_argument_group *group)
{
    if (group == NULL || !group->exclusive)
        return;
    const bool optional =
        stg_is_positional(argument) ? stg_can_be_without_words(argument) : !options->required;
    if (!optional)
        bug(argument, "a member of an exclusive set cannot be required; require the set");
}

void stg_check_declaration(const staged_argument *argument, const staged_argument_options *options,
                           const staged_argument_group *group)
{
    check_names(argument, options);
    check_nargs(argument, options);
    check_set(argument, options, group);
    if (argument->metavars != NULL && !argument->wordless && !metavars_fit(argument))
        bug(argument, "the number of `metavars` does not match `nargs`");
    const int defaults = (options->default_text != NULL) + (options->default_list != NULL) +
                         (options->default_value.kind != STAGED_VALUE_UNSET);
    if (defaults > 1)
        bug(argument, "several defaults are set; keep one");
    if (options->path_checks != 0 && (options->type != STAGED_ARG_PATH || options->convert != NULL))
        bug(argument, "`path_checks` are for paths; set the type to STAGED_ARG_PATH");
    if (options->into.kind != STAGED_INTO_NONE || options->group != NULL || options->resolve)
        bug(argument, "STAGED_INTO, `.group` and `.resolve` are for the `.arguments` of a class");
    if (options->act != NULL && options->environment != NULL)
        bug(argument, "an environment variable cannot run `act`; remove one of the two");
    if (options->environment != NULL &&
        (*options->environment == '\0' || strchr(options->environment, '=') != NULL))
        bug(argument, "`environment` is not a valid variable name");
    if (options->choices != NULL && options->choice_values.kind != STAGED_VALUE_UNSET)
        bug(argument, "two lists of choices are set; keep one");
}

/* ---- When everything is declared ---- */

typedef struct checker {
    const staged_parser *top;
    stg_buf *bugs;
    stg_arena arena;
    bool no_memory;
} checker;

static void report(checker *c, const staged_argument *argument, const char *problem,
                   const char *detail)
{
    if (argument->where.file != NULL)
        stg_buf_addf(c->bugs, "%s:%d: ", argument->where.file, argument->where.line);
    stg_buf_addf(c->bugs, "%s: %s%s\n",
                 argument->flag_count > 0 ? argument->flags[0]
                 : argument->dest != NULL ? argument->dest
                                          : "commands",
                 problem, detail);
}

/* Checks a declared value, item by item, as if it were already converted. */
static void check_declared(checker *c, const staged_argument *argument, const staged_value *value,
                           const char *what, int depth)
{
    if (value->kind == STAGED_VALUE_LIST) {
        for (size_t i = 0; i < value->count && depth > 0; i++)
            check_declared(c, argument, &value->as.items[i], what, depth - 1);
        return;
    }
    if (value->kind == STAGED_VALUE_NONE || value == &stg_suppressed)
        return;
    stg_buf message = {0};
    staged_value read = *value;
    staged_status status = STAGED_OK;
    if (value->kind == STAGED_VALUE_TEXT)
        status = stg_convert(argument, &c->arena, value->as.text, &read, &message);
    if (status == STAGED_OK)
        status = stg_check_choice(argument, &read, &message);
    if (status == STAGED_BAD_INPUT) {
        stg_buf_add_text(&message, "; correct one of the two");
        report(c, argument, what, stg_buf_text(&message));
    }
    c->no_memory = c->no_memory || status == STAGED_NO_MEMORY || message.failure != STAGED_OK;
    stg_buf_free(&message);
}

static void check_values(checker *c, const staged_argument *argument)
{
    /* The author's function may have side effects: it is called only for values in use, and once.
     */
    if (argument->wordless || argument->action == STG_COMMANDS || argument->convert != NULL ||
        argument->parser->permissive)
        return;
    check_declared(c, argument, argument->default_value, "the default is an ", 2);
    if (argument->nargs == STAGED_NARGS_OPTIONAL)
        check_declared(c, argument, argument->const_value, "the constant is an ", 2);
    if (stg_accumulates(argument) && argument->default_value->kind != STAGED_VALUE_LIST &&
        argument->default_value->kind != STAGED_VALUE_NONE &&
        argument->default_value != &stg_suppressed)
        report(c, argument,
               "the action adds to a list, but the default is not a list; use `default_list`", "");
}

static void check_command_help(checker *c, const staged_argument *argument,
                               const stg_command *command)
{
    stg_buf text = {0};
    stg_buf where = {0};
    const char *problem =
        command->help == NULL ? NULL : stg_add_command_help(&text, argument->parser, command);
    stg_buf_addf(&where, "in the help text of %s, ", command->name);
    if (problem != NULL)
        report(c, argument, stg_buf_text(&where), problem);
    c->no_memory = c->no_memory || text.failure != STAGED_OK || where.failure != STAGED_OK;
    stg_buf_free(&where);
    stg_buf_free(&text);
}

static void check_help(checker *c, const staged_argument *argument)
{
    if (argument->help.text == NULL || argument->parser->permissive)
        return;
    stg_buf text = {0};
    const char *problem = stg_add_help_text(&text, argument);
    if (problem != NULL)
        report(c, argument, "in the help text, ", problem);
    c->no_memory = c->no_memory || text.failure != STAGED_OK;
    stg_buf_free(&text);
}

static bool stores_text(const staged_argument *argument)
{
    return !argument->wordless && argument->convert == NULL &&
           (argument->type == STAGED_ARG_TEXT || argument->type == STAGED_ARG_STR ||
            argument->type == STAGED_ARG_PATH);
}

/* The variable's type must fit the argument's values. */
static void check_store(checker *c, const staged_argument *argument)
{
    const staged_argument_target *t = &argument->store;
    const int targets = (t->boolean != NULL) + (t->integer != NULL) + (t->integer64 != NULL) +
                        (t->number != NULL) + (t->text != NULL) + (t->list != NULL);
    if (targets == 0)
        return;
    const bool list = stg_takes_list(argument) || stg_accumulates(argument);
    const bool boolean = argument->action == STAGED_ARG_STORE_TRUE ||
                         argument->action == STAGED_ARG_STORE_FALSE ||
                         argument->action == STAGED_ARG_BOOLEAN;
    const bool any = argument->action == STAGED_ARG_STORE_CONST || argument->convert != NULL;
    const bool whole = argument->action == STAGED_ARG_COUNT ||
                       (!argument->wordless && argument->type == STAGED_ARG_INT);
    if (targets > 1)
        report(c, argument, "`store` has several variables; keep one", "");
    else if (list != (t->list != NULL))
        report(c, argument,
               list ? "its value is a list; store it in `list`"
                    : "its value is not a list; do not store it in `list`",
               "");
    else if (!list && !any &&
             ((t->boolean != NULL) != boolean ||
              ((t->integer != NULL || t->integer64 != NULL) && !whole) ||
              (t->number != NULL && !whole && argument->type != STAGED_ARG_FLOAT) ||
              (t->text != NULL && !stores_text(argument))))
        report(c, argument, "its value does not fit the type of the variable", "");
}

/* What cannot be parsed intermixed.  Source: argparse, parse_known_intermixed_args. */
static void check_intermixed(checker *c, const staged_argument *argument)
{
    if (!argument->parser->intermixed || !stg_is_positional(argument))
        return;
    if (argument->nargs == STAGED_NARGS_REMAINDER ||
        argument->nargs == STAGED_NARGS_COMMAND_AND_REST)
        report(c, argument, "it takes options, too, which conflicts with `intermixed`",
               "; set one of the two");
}

/* Whether an argument of the parser, or of one of its commands, has this destination; the closest
 * of them is kept in `search`. */
static bool has_destination(const staged_parser *parser, const char *dest, stg_search *search)
{
    if (stg_names_get_text(&parser->by_dest, dest) != NULL ||
        stg_names_get_text(&parser->spare_names, dest) != NULL)
        return true;
    for (size_t i = 0; i < parser->count; i++)
        stg_search_look(search, parser->arguments[i]->dest);
    const staged_commands *commands = parser->commands;
    for (size_t i = 0; commands != NULL && i < commands->count; i++) {
        if (has_destination(commands->items[i]->parser, dest, search))
            return true;
    }
    return false;
}

/* A default for an unknown name may be meant for an argument. */
static void check_defaults(checker *c, const staged_parser *parser)
{
    for (size_t i = 0; i < parser->default_count; i++) {
        const stg_default *set = parser->defaults[i];
        stg_search search = stg_search_for(set->dest);
        if (parser->permissive || has_destination(c->top, set->dest, &search) ||
            (search.found == NULL && !parser->defaults_are_known))
            continue;
        if (set->where.file != NULL)
            stg_buf_addf(c->bugs, "%s:%d: ", set->where.file, set->where.line);
        stg_buf_addf(c->bugs, "a default is set for '%s', but no argument has this destination",
                     set->dest);
        if (search.found != NULL)
            stg_buf_addf(c->bugs, "; did you mean '%s'?", search.found);
        stg_buf_add_char(c->bugs, '\n');
    }
}

static void check_parser(checker *c, const staged_parser *parser)
{
    check_defaults(c, parser);
    stg_buf_add(c->bugs, stg_buf_text(&parser->bugs), parser->bugs.length);
    c->no_memory = c->no_memory || parser->no_memory || parser->bugs.failure != STAGED_OK;
    for (size_t i = 0; i < parser->count; i++) {
        const staged_argument *argument = parser->arguments[i];
        check_values(c, argument);
        check_help(c, argument);
        check_store(c, argument);
        check_intermixed(c, argument);
    }
    for (size_t i = 0; i < parser->exclusive_count; i++) {
        const staged_argument_group *set = parser->exclusives[i];
        /* A set whose members were all replaced is harmless. */
        if (set->count == 0 && (set->required || set->capacity == 0))
            stg_buf_addf(c->bugs, "%s: an exclusive set is empty; add its arguments\n",
                         parser->prog);
    }
    const staged_commands *commands = parser->commands;
    for (size_t i = 0; commands != NULL && i < commands->count; i++) {
        if (!parser->permissive)
            check_command_help(c, commands->argument, commands->items[i]);
        check_parser(c, commands->items[i]->parser);
    }
}

staged_status staged_parser_check(staged_parser *parser)
{
    if (parser == NULL)
        return STAGED_NO_MEMORY;
    stg_buf bugs = {0};
    checker c = {.top = parser, .bugs = &bugs};
    check_parser(&c, parser);
    staged_status status = STAGED_OK;
    if (c.no_memory || bugs.failure != STAGED_OK)
        status = stg_error_set(&parser->error, STAGED_NO_MEMORY, "out of memory\n");
    else if (bugs.length > 0)
        status = stg_error_set(&parser->error, STAGED_BAD_USE, "%s", stg_buf_text(&bugs));
    stg_buf_free(&bugs);
    stg_arena_free(&c.arena);
    return status;
}
