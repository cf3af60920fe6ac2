/* SPDX-License-Identifier: BSD-3-Clause
 *
 * argparse.jsonl: parsers, command lines, and what became of them. */
#include <stdlib.h>
#include <string.h>

#include <staged/args.h>

#include "args/model/parser.h"
#include "base/memory/arena.h"
#include "base/text/buf.h"
#include "narrow.h"
#include "reference_check.h"
#include "support/word_list.h"

/* ---- From JSON to a parser ---- */

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static bool truth_at(const json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}

static staged_value value_of(stg_arena *arena, const json_t *json)
{
    if (json == NULL)
        return (staged_value){0};
    if (json_is_boolean(json))
        return staged_value_bool(json_is_true(json));
    if (json_is_integer(json))
        return staged_value_int(json_integer_value(json));
    if (json_is_real(json))
        return staged_value_float(json_real_value(json));
    if (json_is_string(json))
        return staged_value_text(json_string_value(json));
    if (!json_is_array(json))
        return staged_value_none();
    const size_t count = json_array_size(json);
    staged_value *items = stg_arena_alloc(arena, count * sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = value_of(arena, json_array_get(json, i));
    return staged_value_list(items, count);
}

static const char *const *texts_of(stg_arena *arena, const json_t *json)
{
    if (!json_is_array(json))
        return NULL;
    const size_t count = json_array_size(json);
    const char **texts = stg_arena_alloc(arena, (count + 1) * sizeof *texts);
    for (size_t i = 0; i < count; i++)
        texts[i] = json_string_value(json_array_get(json, i));
    return texts;
}

static int number_of_name(const char *name, const char *const *names)
{
    int i = 0;
    while (names[i] != NULL && strcmp(names[i], name) != 0)
        i++;
    return i;
}

static staged_argument_action action_of(const char *name)
{
    static const char *const names[] = {
        "store",  "store_const", "store_true",       "store_false", "append",  "append_const",
        "extend", "count",       "boolean_optional", "help",        "version", NULL};
    return (staged_argument_action)number_of_name(name, names);
}

static staged_argument_type type_of(const char *name)
{
    static const char *const names[] = {"", "str", "int", "float", "path", NULL};
    return name == NULL ? STAGED_ARG_TEXT : (staged_argument_type)number_of_name(name, names);
}

static int nargs_of(const json_t *json)
{
    static const char *const names[] = {"?", "*", "+", "...", "A...", NULL};
    if (json_is_string(json))
        return -1 - number_of_name(json_string_value(json), names);
    return (int)json_integer_value(json);
}

static staged_help_formatter formatter_of(const char *name)
{
    static const char *const names[] = {"HelpFormatter",
                                        "RawDescriptionHelpFormatter",
                                        "RawTextHelpFormatter",
                                        "ArgumentDefaultsHelpFormatter",
                                        "MetavarTypeHelpFormatter",
                                        "StagedHelpFormatter",
                                        NULL};
    static const staged_help_formatter values[] = {
        STAGED_HELP_DEFAULT,       STAGED_HELP_RAW_DESCRIPTION, STAGED_HELP_RAW_TEXT,
        STAGED_HELP_WITH_DEFAULTS, STAGED_HELP_METAVAR_TYPES,   STAGED_HELP_SCRIPT};
    return values[number_of_name(name, names)];
}

/* A value that is no list: it needs no memory. */
static staged_value plain_value(const json_t *json)
{
    return json_is_array(json) ? staged_value_none() : value_of(NULL, json);
}

static staged_parser_options parser_options(const json_t *spec)
{
    staged_parser_options options = {
        .size = sizeof options,
        .prog = text_at(spec, "prog"),
        .description = text_at(spec, "description"),
        .epilog = text_at(spec, "epilog"),
        .usage = text_at(spec, "usage"),
        .formatter = formatter_of(text_at(spec, "formatter")),
        .add_help = truth_at(spec, "add_help") ? STAGED_YES : STAGED_NO,
        .allow_abbrev = truth_at(spec, "allow_abbrev") ? STAGED_YES : STAGED_NO,
        .prefix_chars = text_at(spec, "prefix_chars"),
    };
    if (text_at(spec, "conflict_handler") != NULL)
        options.replace_flags = STAGED_YES;
    options.argument_default = plain_value(json_object_get(spec, "argument_default_value"));
    options.help_column = (int)json_integer_value(json_object_get(spec, "help_column"));
    options.keep_unknown = truth_at(spec, "keep_unknown") ? STAGED_YES : STAGED_NO;
    options.intermixed = truth_at(spec, "intermixed") ? STAGED_YES : STAGED_NO;
    if (text_at(spec, "argument_default") != NULL)
        options.suppress_defaults = STAGED_YES;
    return options;
}

typedef struct groups {
    staged_argument_group *titled[32];
    staged_argument_group *exclusive[32];
} groups;

static void add_argument(stg_arena *arena, staged_parser *parser, const groups *g,
                         const json_t *spec)
{
    stg_buf flags = {0};
    const json_t *names = json_object_get(spec, "flags");
    for (size_t i = 0; i < json_array_size(names); i++)
        stg_buf_addf(&flags, "%s ", json_string_value(json_array_get(names, i)));
    const json_t *metavar = json_object_get(spec, "metavar");
    const staged_argument_options options = {
        .size = sizeof options,
        .flags = stg_buf_text(&flags),
        .action = action_of(text_at(spec, "action")),
        .type = type_of(text_at(spec, "type")),
        .nargs = nargs_of(json_object_get(spec, "nargs")),
        .required = truth_at(spec, "required"),
        .help = text_at(spec, "help"),
        .metavar = json_string_value(metavar),
        .metavars = texts_of(arena, metavar),
        .dest = text_at(spec, "dest"),
        .default_value = value_of(arena, json_object_get(spec, "default")),
        .const_value = value_of(arena, json_object_get(spec, "const")),
        .choice_values = value_of(arena, json_object_get(spec, "choices")),
        .version = text_at(spec, "version"),
        .where = {"argparse.jsonl", 0},
    };
    const json_t *group = json_object_get(spec, "group");
    const json_t *mutex = json_object_get(spec, "mutex");
    if (mutex != NULL)
        staged_argument_group_add_argument_with(g->exclusive[json_integer_value(mutex)], &options);
    else if (group != NULL)
        staged_argument_group_add_argument_with(g->titled[json_integer_value(group)], &options);
    else
        staged_parser_add_argument_with(parser, &options);
    stg_buf_free(&flags);
}

static void add_groups(staged_parser *parser, groups *g, const json_t *spec)
{
    const json_t *titled = json_object_get(spec, "groups");
    for (size_t i = 0; i < json_array_size(titled); i++) {
        const json_t *group = json_array_get(titled, i);
        g->titled[i] =
            staged_parser_add_group(parser, text_at(group, "title"), text_at(group, "description"));
        if (text_at(group, "conflict_handler") != NULL)
            staged_argument_group_set_replace_flags(
                g->titled[i], strcmp(text_at(group, "conflict_handler"), "resolve") == 0);
    }
    const json_t *exclusive = json_object_get(spec, "mutex_groups");
    for (size_t i = 0; i < json_array_size(exclusive); i++) {
        const json_t *set = json_array_get(exclusive, i);
        const json_t *inside = json_object_get(set, "group");
        const bool required = truth_at(set, "required");
        g->exclusive[i] = inside == NULL ? staged_parser_add_exclusive(parser, required)
                                         : staged_argument_group_add_exclusive(
                                               g->titled[json_integer_value(inside)], required);
    }
}

static void fill(stg_arena *arena, staged_parser *parser, const json_t *spec);

static void add_commands(stg_arena *arena, staged_parser *parser, const json_t *spec)
{
    const staged_commands_options options = {.size = sizeof options,
                                             .dest = text_at(spec, "dest"),
                                             .title = text_at(spec, "title"),
                                             .description = text_at(spec, "description"),
                                             .prog = text_at(spec, "prog"),
                                             .help = text_at(spec, "help"),
                                             .metavar = text_at(spec, "metavar"),
                                             .required = truth_at(spec, "required"),
                                             .where = {"argparse.jsonl", 0}};
    staged_commands *commands = staged_parser_add_commands(parser, &options);
    const json_t *parsers = json_object_get(spec, "parsers");
    for (size_t i = 0; i < json_array_size(parsers); i++) {
        const json_t *command = json_array_get(parsers, i);
        const json_t *inner = json_object_get(command, "parser");
        const staged_parser_options inner_options = parser_options(inner);
        const staged_command_options command_options = {
            .size = sizeof command_options,
            .aliases = texts_of(arena, json_object_get(command, "aliases")),
            .help = text_at(command, "help"),
            .parser = &inner_options};
        fill(arena, staged_commands_add(commands, &command_options, text_at(command, "name")),
             inner);
    }
}

static void edit(stg_arena *arena, staged_parser *parser, const json_t *change)
{
    staged_argument *argument = staged_parser_find(parser, text_at(change, "flag"));
    const char *what = text_at(change, "set");
    const json_t *value = json_object_get(change, "value");
    if (strcmp(what, "help") == 0)
        staged_argument_set_help(argument, json_string_value(value));
    else if (strcmp(what, "metavar") == 0)
        staged_argument_set_metavar(argument, json_string_value(value));
    else if (strcmp(what, "required") == 0)
        staged_argument_set_required(argument, json_is_true(value));
    else if (strcmp(what, "default") == 0)
        staged_argument_set_default(argument, value_of(arena, value));
    else
        staged_argument_set_choice_values(argument, value_of(arena, value));
}

static void add_parents(stg_arena *arena, staged_parser *parser, const json_t *parents)
{
    for (size_t i = 0; i < json_array_size(parents); i++) {
        const json_t *spec = json_array_get(parents, i);
        const staged_parser_options options = parser_options(spec);
        staged_parser *parent = staged_parser_new(&options);
        if (parent != NULL)
            stg_parser_permit(parent);
        fill(arena, parent, spec);
        staged_parser_add_parent(parser, parent);
        staged_parser_free(parent);
    }
}

static void fill(stg_arena *arena, staged_parser *parser, const json_t *spec)
{
    groups g = {0};
    add_parents(arena, parser, json_object_get(spec, "parents"));
    add_groups(parser, &g, spec);
    const json_t *arguments = json_object_get(spec, "arguments");
    for (size_t i = 0; i < json_array_size(arguments); i++)
        add_argument(arena, parser, &g, json_array_get(arguments, i));
    const json_t *commands = json_object_get(spec, "subparsers");
    if (commands != NULL)
        add_commands(arena, parser, commands);
    json_t *defaults = json_object_get(spec, "set_defaults");
    const char *dest;
    json_t *value;
    json_object_foreach(defaults, dest, value)
        staged_parser_set_default(parser, dest, value_of(arena, value));
    const json_t *changes = json_object_get(spec, "after");
    for (size_t i = 0; i < json_array_size(changes); i++)
        edit(arena, parser, json_array_get(changes, i));
}

/* ---- From results to JSON ---- */

static json_t *json_of(const staged_value *value)
{
    json_t *list;
    switch (value->kind) {
    case STAGED_VALUE_BOOL:
        return json_boolean(value->as.boolean);
    case STAGED_VALUE_INT:
        return json_integer(value->as.integer);
    case STAGED_VALUE_FLOAT:
        return json_real(value->as.number);
    case STAGED_VALUE_TEXT:
    case STAGED_VALUE_PATH:
        return json_string(value->as.text);
    case STAGED_VALUE_LIST:
        list = json_array();
        for (size_t i = 0; i < value->count; i++)
            json_array_append_new(list, json_of(&value->as.items[i]));
        return list;
    default:
        return json_null();
    }
}

static json_t *json_of_namespace(const staged_namespace *ns)
{
    json_t *object = json_object();
    const char *name;
    for (size_t i = 0; (name = staged_namespace_name(ns, i)) != NULL; i++) {
        const staged_value *value = staged_namespace_value(ns, name);
        if (value != NULL)
            json_object_set_new(object, name, json_of(value));
    }
    return object;
}

/* ---- Reading a line back ---- */

/* The words of a line that was quoted for a shell. */
static void split_line(word_list *words, const char *line)
{
    stg_buf word = {0};
    while (*line != '\0') {
        line += strspn(line, " \n\\");
        if (*line == '\0')
            break;
        stg_buf_clear(&word);
        while (*line != '\0' && strchr(" \n", *line) == NULL) {
            const char quote = *line;
            if (quote != '\'' && quote != '"') {
                stg_buf_add_char(&word, *line++);
                continue;
            }
            for (line++; *line != quote; line++)
                stg_buf_add_char(&word, *line);
            line++;
        }
        word_list_add_bytes(words, stg_buf_text(&word), word.length);
    }
    stg_buf_free(&word);
}

/* Python's `==`: numbers compare as numbers. */
static bool is_equal(const json_t *a, const json_t *b)
{
    const bool numbers =
        (json_is_number(a) || json_is_boolean(a)) && (json_is_number(b) || json_is_boolean(b));
    if (numbers)
        return (json_is_boolean(a) ? json_is_true(a) : json_number_value(a)) ==
               (json_is_boolean(b) ? json_is_true(b) : json_number_value(b));
    if (!json_is_array(a) || !json_is_array(b))
        return json_equal(a, b);
    bool same = json_array_size(a) == json_array_size(b);
    for (size_t i = 0; same && i < json_array_size(a); i++)
        same = is_equal(json_array_get(a, i), json_array_get(b, i));
    return same;
}

static bool namespaces_equal(json_t *a, const json_t *b)
{
    const char *name;
    json_t *value;
    bool same = json_object_size(a) == json_object_size(b);
    json_object_foreach(a, name, value) same =
        same && json_object_get(b, name) != NULL && is_equal(value, json_object_get(b, name));
    return same;
}

/* Whether a line gives the same namespace again. */
static bool reads_back(staged_parser *parser, const char *line, const json_t *expected)
{
    word_list words = {0};
    const char *prog = staged_parser_prog(parser);
    split_line(&words, line + strlen(prog));
    staged_namespace *ns = NULL;
    const staged_status status = staged_parser_parse(parser, (int)words.count, words.items, &ns);
    json_t *actual = json_of_namespace(ns);
    const bool same = status == STAGED_OK && namespaces_equal(actual, expected);
    json_decref(actual);
    staged_namespace_free(ns);
    word_list_free(&words);
    return same;
}

/* ---- Cases ---- */

/* What came out, and what was expected of it. */
typedef struct outcome {
    json_t *actual;
    bool passed;
} outcome;

static void compare(outcome *o, const char *key, const char *text, const json_t *expect)
{
    const json_t *wanted = json_object_get(expect, key);
    json_t *json = json_string(text);
    o->passed = o->passed && json_equal(json, wanted);
    json_object_set_new(o->actual, key, json);
}

/* The words that nothing took, where the parser keeps them. */
static void compare_unknown(outcome *o, const staged_namespace *ns, const json_t *wanted)
{
    const char *const *unknown = staged_namespace_unknown(ns);
    if (wanted == NULL)
        return;
    json_t *list = json_array();
    for (; *unknown != NULL; unknown++)
        json_array_append_new(list, json_string(*unknown));
    o->passed = o->passed && json_equal(list, wanted);
    json_object_set_new(o->actual, "extras", list);
}

/* Without a line to compare with, it has to be read back; where words are left over, it may be that
 * no line does, and then that has to be known. */
static bool is_good_line(staged_parser *parser, const staged_namespace *ns, const char *line,
                         const json_t *expect)
{
    const bool known = staged_parser_reads_back(parser, ns) == STAGED_OK;
    const bool can_fail = json_array_size(json_object_get(expect, "extras")) > 0;
    return reads_back(parser, line, json_object_get(expect, "namespace")) ? known
                                                                          : can_fail && !known;
}

static void compare_line(outcome *o, staged_parser *parser, const staged_namespace *ns,
                         const char *key, int indent, const json_t *expect)
{
    const json_t *wanted = json_object_get(expect, key);
    char *line = staged_parser_command_line(parser, ns, indent);
    if (json_is_null(wanted))
        o->passed = o->passed && line != NULL && is_good_line(parser, ns, line, expect);
    else
        o->passed = o->passed && line != NULL && strcmp(line, json_string_value(wanted)) == 0;
    json_object_set_new(o->actual, key, json_string(line));
    free(line);
}

static void run_format(outcome *o, const staged_parser *parser, const json_t *expect)
{
    char *help = staged_parser_help(parser, 0);
    char *usage = staged_parser_usage(parser, 0);
    compare(o, "help", help, expect);
    compare(o, "usage", usage, expect);
    free(help);
    free(usage);
}

static void run_parse(outcome *o, staged_parser *parser, const json_t *argv, const json_t *expect)
{
    word_list words = {0};
    for (size_t i = 0; i < json_array_size(argv); i++)
        word_list_add(&words, json_string_value(json_array_get(argv, i)));
    staged_namespace *ns = NULL;
    const staged_status status = staged_parser_parse(parser, (int)words.count, words.items, &ns);
    if (status == STAGED_OK) {
        json_t *json = json_of_namespace(ns);
        o->passed = json_equal(json, json_object_get(expect, "namespace"));
        json_object_set_new(o->actual, "namespace", json);
        compare_unknown(o, ns, json_object_get(expect, "extras"));
        compare_line(o, parser, ns, "effective", -1, expect);
        compare_line(o, parser, ns, "pretty", 4, expect);
    } else if (status == STAGED_EXIT) {
        compare(o, "stdout", staged_parser_output(parser), expect);
    } else {
        compare(o, "error", staged_parser_error(parser), expect);
        o->passed = o->passed && status == STAGED_BAD_INPUT;
    }
    staged_namespace_free(ns);
    word_list_free(&words);
}

static char *run_case(const json_t *test_case, bool *passed)
{
    char columns[16];
    snprintf(columns, sizeof columns, "%d",
             (int)json_integer_value(json_object_get(test_case, "columns")));
    setenv("COLUMNS", columns, 1);
    const json_t *spec = json_object_get(test_case, "parser");
    const json_t *argv = json_object_get(test_case, "argv");
    const json_t *expect = json_object_get(test_case, "expect");
    const staged_parser_options options = parser_options(spec);
    stg_arena arena = {0};
    staged_parser *parser = staged_parser_new(&options);
    if (parser != NULL)
        stg_parser_permit(parser);
    fill(&arena, parser, spec);

    outcome o = {.actual = json_object(), .passed = true};
    if (json_is_null(argv))
        run_format(&o, parser, expect);
    else
        run_parse(&o, parser, argv, expect);
    *passed = o.passed;
    char *actual = json_dumps(o.actual, JSON_SORT_KEYS);
    json_decref(o.actual);
    staged_parser_free(parser);
    stg_arena_free(&arena);
    return actual;
}

/* What is laid out in columns need not be what was laid out in characters; see narrow.h. */
static char *run(const json_t *test_case, bool *passed)
{
    char *actual = run_case(test_case, passed);
    for (int keeps_line_ends = 0; keeps_line_ends < 2 && !*passed; keeps_line_ends++) {
        json_t *narrowed = reference_narrowed(test_case, keeps_line_ends != 0);
        free(run_case(narrowed, passed));
        json_decref(narrowed);
    }
    return actual;
}

const reference_kind reference_args = {.name = "argparse", .run = run};
