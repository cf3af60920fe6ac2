/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "args/help/help.h"
#include "args/model/argument.h"
#include "base/unicode/unicode.h"

static void add_default_metavar(stg_buf *out, const staged_argument *argument)
{
    const char *type = (argument->parser->formatter & STAGED_HELP_METAVAR_TYPES) != 0
                           ? stg_type_name(argument)
                           : NULL;
    if (type != NULL)
        stg_buf_add_text(out, type);
    else if (stg_is_positional(argument))
        stg_buf_add_text(out, argument->dest == NULL ? "" : argument->dest);
    else
        stg_add_upper(out, argument->dest);
}

/* The name of the word of that number. */
static void add_metavar(stg_buf *out, const staged_argument *argument, size_t number)
{
    if (argument->metavars != NULL) {
        if (argument->metavar_count > 0)
            stg_buf_add_text(
                out,
                argument->metavars[number < argument->metavar_count ? number
                                                                    : argument->metavar_count - 1]);
    } else if (argument->metavar != NULL) {
        stg_buf_add_text(out, argument->metavar);
    } else if (argument->choices != NULL) {
        stg_buf_add_char(out, '{');
        stg_add_items(out, argument->choices, ",");
        stg_buf_add_char(out, '}');
    } else {
        add_default_metavar(out, argument);
    }
}

static void add_repeated(stg_buf *out, const staged_argument *argument, size_t number)
{
    stg_buf_add_char(out, '[');
    add_metavar(out, argument, number);
    stg_buf_add_text(out, " ...]");
}

void stg_add_words(stg_buf *out, const staged_argument *argument)
{
    switch (argument->nargs) {
    case 0:
        add_metavar(out, argument, 0);
        break;
    case STAGED_NARGS_OPTIONAL:
        stg_buf_add_char(out, '[');
        add_metavar(out, argument, 0);
        stg_buf_add_char(out, ']');
        break;
    case STAGED_NARGS_ZERO_OR_MORE:
        if (argument->metavar_count == 2) {
            stg_buf_add_char(out, '[');
            add_metavar(out, argument, 0);
            stg_buf_add_char(out, ' ');
            add_repeated(out, argument, 1);
            stg_buf_add_char(out, ']');
        } else {
            add_repeated(out, argument, 0);
        }
        break;
    case STAGED_NARGS_ONE_OR_MORE:
        add_metavar(out, argument, 0);
        stg_buf_add_char(out, ' ');
        add_repeated(out, argument, 1);
        break;
    case STAGED_NARGS_REMAINDER:
        stg_buf_add_text(out, "...");
        break;
    case STAGED_NARGS_COMMAND_AND_REST:
        add_metavar(out, argument, 0);
        stg_buf_add_text(out, " ...");
        break;
    default:
        for (int i = 0; i < argument->nargs; i++) {
            if (i > 0)
                stg_buf_add_char(out, ' ');
            add_metavar(out, argument, (size_t)i);
        }
    }
}

stg_part stg_flag_part(const char *flag, bool in_list)
{
    if (strlen(flag) > 2)
        return in_list ? STG_PART_LONG_OPTION : STG_PART_SUMMARY_LONG_OPTION;
    return in_list ? STG_PART_SHORT_OPTION : STG_PART_SUMMARY_SHORT_OPTION;
}

void stg_add_invocation(stg_buf *out, const staged_argument *argument, const stg_colors *colors)
{
    if (stg_is_positional(argument)) {
        stg_begin_part(out, colors, STG_PART_ACTION);
        add_metavar(out, argument, 0);
        for (size_t i = 1; i < argument->metavar_count; i++)
            stg_buf_addf(out, " %s", argument->metavars[i]);
        stg_end_part(out, colors, STG_PART_ACTION);
        return;
    }
    for (size_t i = 0; i < argument->flag_count; i++) {
        if (i > 0)
            stg_buf_add_text(out, ", ");
        stg_add_part(out, colors, stg_flag_part(argument->flags[i], true), argument->flags[i]);
    }
    if (!argument->wordless) {
        stg_buf_add_char(out, ' ');
        stg_begin_part(out, colors, STG_PART_LABEL);
        stg_add_words(out, argument);
        stg_end_part(out, colors, STG_PART_LABEL);
    }
}

/* ---- Filling in ---- */

/* What the names in a help text stand for. */
typedef struct names {
    const staged_argument *argument;
    const staged_parser *parser;
    staged_value value;
    stg_buf text;
    stg_arena arena;
    bool failed; /* no memory */
} names;

static bool is(const char *name, size_t length, const char *wanted)
{
    return strlen(wanted) == length && memcmp(name, wanted, length) == 0;
}

static const staged_value *keep_text(names *n, const char *text)
{
    n->value = staged_value_text(text);
    return &n->value;
}

/* Another text takes the place of the last one, whose failure must not be forgotten. */
static void clear_text(names *n)
{
    n->failed = n->failed || n->text.failure != STAGED_OK;
    stg_buf_clear(&n->text);
}

static const staged_value *choices_text(names *n)
{
    if (n->argument->choices == NULL)
        return &stg_none;
    clear_text(n);
    stg_add_items(&n->text, n->argument->choices, ", ");
    return keep_text(n, stg_buf_text(&n->text));
}

static const staged_value *nargs_text(names *n)
{
    static const char *const special[] = {"?", "*", "+", "...", "A..."};
    const int nargs = n->argument->wordless ? 0 : n->argument->nargs;
    if (nargs < 0)
        return keep_text(n, special[-nargs - 1]);
    if (nargs == 0 && !n->argument->wordless)
        return &stg_none;
    n->value = staged_value_int(nargs);
    return &n->value;
}

static const staged_value *flags_list(names *n)
{
    const size_t count = n->argument->flag_count;
    staged_value *items = stg_arena_alloc(&n->arena, count * sizeof *items);
    for (size_t i = 0; items != NULL && i < count; i++)
        items[i] = staged_value_text(n->argument->flags[i]);
    n->failed = n->failed || items == NULL;
    n->value = staged_value_list(items, items == NULL ? 0 : count);
    return &n->value;
}

/* The names of its words as Python writes a tuple. */
static void add_metavars_repr(stg_buf *out, const staged_argument *argument)
{
    stg_buf_add_char(out, '(');
    for (size_t i = 0; i < argument->metavar_count; i++) {
        if (i > 0)
            stg_buf_add_text(out, ", ");
        stg_add_repr(out, argument->metavars[i], strlen(argument->metavars[i]));
    }
    stg_buf_add_text(out, argument->metavar_count == 1 ? ",)" : ")");
}

static const staged_value *metavar_text(names *n)
{
    if (n->argument->metavars != NULL) {
        clear_text(n);
        add_metavars_repr(&n->text, n->argument);
        return keep_text(n, stg_buf_text(&n->text));
    }
    return n->argument->metavar == NULL ? &stg_none : keep_text(n, n->argument->metavar);
}

static const staged_value *lookup(void *context, const char *name, size_t length)
{
    names *n = context;
    const staged_argument *argument = n->argument;
    if (is(name, length, "prog"))
        return keep_text(n, n->parser->prog);
    if (argument == NULL)
        return NULL;
    if (is(name, length, "default"))
        return argument->default_value == &stg_suppressed ? NULL : argument->default_value;
    if (is(name, length, "const"))
        return argument->const_value;
    if (is(name, length, "type"))
        return stg_type_name(argument) == NULL ? &stg_none : keep_text(n, stg_type_name(argument));
    if (is(name, length, "dest"))
        return argument->dest == NULL ? NULL : keep_text(n, argument->dest);
    if (is(name, length, "choices"))
        return choices_text(n);
    if (is(name, length, "metavar"))
        return metavar_text(n);
    if (is(name, length, "nargs"))
        return nargs_text(n);
    if (is(name, length, "required")) {
        n->value = staged_value_bool(argument->required);
        return &n->value;
    }
    if (is(name, length, "help"))
        return keep_text(n, argument->help.text);
    if (is(name, length, "option_strings"))
        return flags_list(n);
    if (is(name, length, "version") && argument->action == STAGED_ARG_VERSION)
        return keep_text(n, argument->version);
    return NULL;
}

static const char *add_filled_in(stg_buf *out, const staged_parser *parser,
                                 const staged_argument *argument, const char *text)
{
    names n = {.argument = argument, .parser = parser};
    const char *problem = stg_add_percent(out, text, lookup, &n);
    if (n.failed || n.text.failure != STAGED_OK)
        out->failure = STAGED_NO_MEMORY;
    stg_buf_free(&n.text);
    stg_arena_free(&n.arena);
    return problem;
}

const char *stg_add_with_prog(stg_buf *out, const staged_parser *parser, const char *text)
{
    return add_filled_in(out, parser, NULL, text);
}

static bool shows_default(const staged_argument *argument)
{
    const bool can_be_left_out = !stg_is_positional(argument) ||
                                 argument->nargs == STAGED_NARGS_OPTIONAL ||
                                 argument->nargs == STAGED_NARGS_ZERO_OR_MORE;
    return (argument->parser->formatter & STAGED_HELP_WITH_DEFAULTS) != 0 && can_be_left_out &&
           argument->default_value != &stg_suppressed &&
           strstr(argument->help.text, "%(default)") == NULL;
}

const char *stg_add_help_text(stg_buf *out, const staged_argument *argument)
{
    stg_buf text = {0};
    stg_buf_add_text(&text, argument->help.text);
    if (shows_default(argument))
        stg_buf_add_text(&text, " (default: %(default)s)");
    const char *problem = add_filled_in(out, argument->parser, argument, stg_buf_text(&text));
    if (argument->environment != NULL)
        stg_buf_addf(out, " [env: %s]", argument->environment);
    if (stg_buf_status(&text) != STAGED_OK)
        out->failure = STAGED_NO_MEMORY;
    stg_buf_free(&text);
    return problem;
}

/* ---- Commands ---- */

void stg_add_command_invocation(stg_buf *out, const stg_command *command)
{
    stg_buf_add_text(out, command->name);
    if (command->aliases == NULL || command->aliases[0] == NULL)
        return;
    for (const char **alias = command->aliases; *alias != NULL; alias++)
        stg_buf_addf(out, "%s%s", alias == command->aliases ? " (" : ", ", *alias);
    stg_buf_add_char(out, ')');
}

/* The names in it are those of an argument, as argparse has them. */
const char *stg_add_command_help(stg_buf *out, const staged_parser *parser,
                                 const stg_command *command)
{
    stg_buf invocation = {0};
    stg_add_command_invocation(&invocation, command);
    const staged_argument stand_in = {.dest = command->name,
                                      .metavar = stg_buf_text(&invocation),
                                      .help.text = command->help,
                                      .default_value = &stg_none,
                                      .const_value = &stg_none};
    const char *problem = add_filled_in(out, parser, &stand_in, command->help);
    if (invocation.failure != STAGED_OK)
        out->failure = invocation.failure;
    stg_buf_free(&invocation);
    return problem;
}
