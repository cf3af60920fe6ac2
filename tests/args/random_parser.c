/* SPDX-License-Identifier: BSD-3-Clause */
#include "random_parser.h"
#include "args/model/parser.h"

#include <stdio.h>
#include <string.h>

#include "args/model/argument.h"

uint32_t random_below(random_source *source, uint32_t below)
{
    /* splitmix64 */
    uint64_t z = (source->state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (uint32_t)((z ^ (z >> 31)) % below);
}

bool random_one_in(random_source *source, uint32_t n)
{
    return random_below(source, n) == 0;
}

#define PICK(source, list) (list)[random_below((source), sizeof(list) / sizeof(list)[0])]

const char *random_word(random_source *source)
{
    static const char *const words[] = {
        "copper",  "x",         "two words", "it's", "say \"hi\"", "$HOME", "`date`",     "$(id)",
        "a\nb",    "\n",        "tab\there", "",     " ",          "-x",    "-",          "--",
        "--foo",   "--foo=1",   "-5",        "-2.5", "-.5",        "5",     "007",        "1e3",
        "-5x",     "caf\u00e9", "\u540d",    "\\",   "a\\b",       "*",     "~",          "#",
        "!",       "a;b",       "a&b|c",     "<>",   "a=b",        "=",     "--=",        "-\u00e9",
        "{a,b}",   "[x]",       "%s",        "'",    "''",         "\"",    "a'b\"c",     "- x",
        "--foo x", "/a//b/./c", ".",         "a/",   "\\n",        "-vv",   "--no-cache", "-v=1",
        "\x7f",    "\x01",      "@file",     "true"};
    return PICK(source, words);
}

static const char *const choice_words[] = {"red", "green", "two words", "it's", "-odd", NULL};
static const char *const number_words[] = {"1", "2", "-3", NULL};

/* ---- Parsers ---- */

/* Flags and names that are not taken yet. */
typedef struct names {
    random_source *source;
    unsigned count;
    char text[64];
} names;

static const char *new_flags(names *n, const char *prefix)
{
    static const char *const words[] = {"foo", "bar", "max-depth", "v", "user_name", "f\u00e4rbe"};
    const unsigned number = ++n->count;
    const char *word = PICK(n->source, words);
    const uint32_t kind = random_below(n->source, 4);
    if (kind == 0 && number < 20) /* short ones, as long as there are letters */
        snprintf(n->text, sizeof n->text, "%s%c", prefix, (char)('a' + number));
    else if (kind <= 1)
        snprintf(n->text, sizeof n->text, "%s%s%s%u", prefix, prefix, word, number);
    else if (kind == 2)
        snprintf(n->text, sizeof n->text, "%s%s%u %s%s%s-%u", prefix, word, number, prefix, prefix,
                 word, number);
    else
        snprintf(n->text, sizeof n->text, "%s%s%u", prefix, word, number);
    return n->text;
}

static const char *new_name(names *n)
{
    snprintf(n->text, sizeof n->text, "word%u", ++n->count);
    return n->text;
}

static int random_nargs(random_source *source)
{
    static const int common[] = {0,
                                 0,
                                 0,
                                 1,
                                 2,
                                 3,
                                 STAGED_NARGS_OPTIONAL,
                                 STAGED_NARGS_ZERO_OR_MORE,
                                 STAGED_NARGS_ONE_OR_MORE};
    if (random_one_in(source, 25))
        return random_one_in(source, 2) ? STAGED_NARGS_REMAINDER : STAGED_NARGS_COMMAND_AND_REST;
    return PICK(source, common);
}

static void add_values(random_source *source, staged_argument_options *options)
{
    options->type = (staged_argument_type)random_below(source, 5);
    const bool number = options->type == STAGED_ARG_INT || options->type == STAGED_ARG_FLOAT;
    if (options->type != STAGED_ARG_PATH && random_one_in(source, 5))
        options->choices = number ? number_words : choice_words;
    if (options->nargs == STAGED_NARGS_OPTIONAL && random_one_in(source, 2))
        options->const_text = number ? "2" : "red";
    if (!random_one_in(source, 3))
        return;
    const bool list = (options->nargs != 0 && options->nargs != STAGED_NARGS_OPTIONAL) ||
                      options->action == STAGED_ARG_APPEND || options->action == STAGED_ARG_EXTEND;
    static const char *const two[] = {"red", "green", NULL};
    if (list && options->nargs <= 0)
        options->default_list = number ? number_words : two;
    else if (!list)
        options->default_text = number ? "2" : "red";
}

/* An action that stores, or says no, or leaves. */
static staged_status act_at_random(staged_occurrence *occurrence, void *context)
{
    (void)context;
    const staged_value *value = staged_occurrence_value(occurrence);
    staged_namespace *ns = staged_occurrence_namespace(occurrence);
    (void)staged_namespace_list(ns, staged_occurrence_dest(occurrence));
    if (value->kind == STAGED_VALUE_TEXT && strlen(value->as.text) == 1)
        return staged_occurrence_refuse(occurrence, "not %s", value->as.text);
    if (value->kind == STAGED_VALUE_LIST && value->count == 4)
        return staged_occurrence_show(occurrence, "four\n");
    return staged_occurrence_store(occurrence);
}

static void make_wild(random_source *source, staged_argument_options *options)
{
    if (random_one_in(source, 3))
        options->act = act_at_random;
    static const staged_value items[] = {{.kind = STAGED_VALUE_INT, .as.integer = 5},
                                         {.kind = STAGED_VALUE_NONE}};
    if (random_one_in(source, 2))
        options->dest = "shared";
    options->default_text = NULL;
    options->default_list = NULL;
    switch (random_below(source, 5)) {
    case 0:
        options->default_value = staged_value_int((int64_t)random_below(source, 600) - 100);
        break;
    case 1:
        options->default_value = staged_value_list(items, random_below(source, 3));
        break;
    case 2:
        options->default_value = staged_value_text(random_word(source));
        break;
    case 3:
        options->default_text = STAGED_ARG_SUPPRESS;
        break;
    default:
        options->const_value = staged_value_float(0.5);
    }
}

static staged_argument_options random_option(names *n, const char *prefix, random_taste taste)
{
    static const staged_argument_action actions[] = {
        STAGED_ARG_STORE,       STAGED_ARG_STORE,  STAGED_ARG_STORE,        STAGED_ARG_STORE_CONST,
        STAGED_ARG_STORE_TRUE,  STAGED_ARG_APPEND, STAGED_ARG_APPEND_CONST, STAGED_ARG_EXTEND,
        STAGED_ARG_STORE_FALSE, STAGED_ARG_COUNT,  STAGED_ARG_BOOLEAN};
    random_source *source = n->source;
    staged_argument_options options = {
        .size = sizeof options, .flags = new_flags(n, prefix), .action = PICK(source, actions)};
    if (options.action == STAGED_ARG_STORE || options.action == STAGED_ARG_APPEND ||
        options.action == STAGED_ARG_EXTEND) {
        options.nargs = random_nargs(source);
        if (options.action == STAGED_ARG_EXTEND && options.nargs != 2)
            options.nargs = STAGED_NARGS_ZERO_OR_MORE;
        add_values(source, &options);
    } else if (options.action == STAGED_ARG_STORE_CONST ||
               options.action == STAGED_ARG_APPEND_CONST) {
        options.const_text = random_one_in(source, 2) ? "constant" : "red";
        if (options.action == STAGED_ARG_APPEND_CONST && n->count < 8 && random_one_in(source, 2))
            options.dest = "collected";
    } else if (options.action == STAGED_ARG_COUNT && random_one_in(source, 3)) {
        options.default_text = "2";
    }
    if (random_one_in(source, 10))
        options.help = STAGED_ARG_SUPPRESS;
    else if (random_one_in(source, 2))
        options.help = "What it is %(default)s.";
    options.required = random_one_in(source, 12);
    if (taste == RANDOM_WILD && random_one_in(source, 4))
        make_wild(source, &options);
    return options;
}

static staged_argument_options random_positional(names *n, random_taste taste)
{
    staged_argument_options options = {
        .size = sizeof options, .flags = new_name(n), .nargs = random_nargs(n->source)};
    /* What takes all would take the words of others, too. */
    if (taste == RANDOM_SANE && options.nargs <= STAGED_NARGS_REMAINDER)
        options.nargs = 0;
    add_values(n->source, &options);
    options.const_text = NULL;
    if (taste == RANDOM_WILD && random_one_in(n->source, 4)) {
        make_wild(n->source, &options);
        options.dest = NULL;
        options.const_value = (staged_value){0};
    }
    return options;
}

static void fill(staged_parser *parser, names *n, const char *prefix, random_taste taste, int depth)
{
    random_source *source = n->source;
    staged_argument_group *group = staged_parser_add_group(parser, "more", NULL);
    staged_argument_group *set = staged_parser_add_exclusive(parser, random_one_in(source, 3));
    bool set_used = false;
    for (uint32_t left = random_below(source, 9); left > 0; left--) {
        staged_argument_options options = random_one_in(source, 3)
                                              ? random_positional(n, taste)
                                              : random_option(n, prefix, taste);
        const bool option = options.flags[0] == prefix[0];
        if (option && !options.required && random_one_in(source, 4)) {
            staged_argument_group_add_argument_with(set, &options);
            set_used = true;
        } else {
            staged_argument_group_add_argument_with(
                random_one_in(source, 2) ? group : parser->groups[option], &options);
        }
    }
    if (!set_used) {
        const staged_argument_options options = {.size = sizeof options,
                                                 .flags = new_flags(n, prefix)};
        staged_argument_group_add_argument_with(set, &options);
    }
    if (random_one_in(source, 6)) {
        staged_argument_options options = random_positional(n, taste);
        options.nargs =
            random_one_in(source, 2) ? STAGED_NARGS_REMAINDER : STAGED_NARGS_COMMAND_AND_REST;
        options.default_text = NULL;
        options.default_list = NULL;
        staged_parser_add_argument_with(parser, &options);
        return;
    }
    if (depth == 2 || !random_one_in(source, 4))
        return;
    staged_commands *commands = staged_parser_add_commands(
        parser, STAGED_OPTIONS(staged_commands_options,
                               .dest = random_one_in(source, 2) ? new_name(n) : NULL,
                               .required = random_one_in(source, 2)));
    static const char *const command_names[] = {"add", "list", "remove"};
    for (size_t i = 0; i < 3; i++) {
        const staged_command_options options = {
            .size = sizeof options,
            .help = random_one_in(source, 2) ? "A command." : NULL,
            .aliases = random_one_in(source, 4) ? (const char *const[]){command_names[i] + 1, NULL}
                                                : NULL};
        staged_parser *inner = staged_commands_add(commands, &options, command_names[i]);
        if (inner != NULL)
            fill(inner, n, "-", taste, depth + 1);
    }
}

static staged_choice random_choice(random_source *source, bool wild)
{
    return wild && random_one_in(source, 6) ? STAGED_YES : STAGED_AUTO;
}

staged_parser *random_parser(random_source *source, random_taste taste)
{
    static const char *const prefixes[] = {"-", "-", "-", "-", "+", "/"};
    const char *prefix = PICK(source, prefixes);
    const bool wild = taste == RANDOM_WILD;
    staged_parser *parser = staged_parser_new(STAGED_OPTIONS(
        staged_parser_options, .prog = "prog", .prefix_chars = prefix,
        .keep_unknown = random_choice(source, wild), .intermixed = random_choice(source, wild),
        .replace_flags = random_choice(source, wild),
        .formatter = (staged_help_formatter)random_below(source, 16),
        .suggest = random_one_in(source, 2) ? STAGED_YES : STAGED_NO));
    names n = {.source = source};
    if (parser != NULL) {
        stg_parser_permit(parser);
        fill(parser, &n, prefix, taste, 0);
    }
    return parser;
}

/* ---- Command lines ---- */

static const char *fitting_word(random_source *source, const staged_argument *argument)
{
    static const char *const numbers[] = {"1", "2", "-3", "5", "0.5", " 7 ", "1_0", "-0.25"};
    static const char *const integers[] = {"1", "2", "-3", "5", " 7 ", "1_0", "-12"};
    if (argument->choices != NULL && argument->choices->count > 0 && !random_one_in(source, 12)) {
        const staged_value *choice =
            &argument->choices->as.items[random_below(source, (uint32_t)argument->choices->count)];
        return choice->kind == STAGED_VALUE_TEXT ? choice->as.text
                                                 : number_words[random_below(source, 3)];
    }
    if (argument->type == STAGED_ARG_INT && !random_one_in(source, 12))
        return PICK(source, integers);
    if (argument->type == STAGED_ARG_FLOAT && !random_one_in(source, 12))
        return PICK(source, numbers);
    return random_word(source);
}

static size_t random_count(random_source *source, const staged_argument *argument)
{
    if (argument->wordless)
        return 0;
    switch (argument->nargs) {
    case 0:
        return 1;
    case STAGED_NARGS_OPTIONAL:
        return random_below(source, 2);
    case STAGED_NARGS_ZERO_OR_MORE:
    case STAGED_NARGS_REMAINDER:
        return random_below(source, 4);
    case STAGED_NARGS_ONE_OR_MORE:
    case STAGED_NARGS_COMMAND_AND_REST:
        return 1 + random_below(source, 3);
    default:
        return (size_t)argument->nargs;
    }
}

static void add_option_words(random_source *source, const staged_argument *argument,
                             word_list *words)
{
    const char *flag = argument->flags[random_below(source, (uint32_t)argument->flag_count)];
    size_t count = random_count(source, argument);
    char joined[256];
    if (count > 0 && random_one_in(source, 3)) {
        snprintf(joined, sizeof joined, "%s=%s", flag, fitting_word(source, argument));
        flag = joined;
        count--;
    }
    word_list_add(words, flag);
    for (; count > 0; count--)
        word_list_add(words, fitting_word(source, argument));
}

void random_words(random_source *source, const staged_parser *parser, word_list *words)
{
    const size_t start = words->count;
    for (size_t i = 0; i < parser->count; i++) {
        const staged_argument *argument = parser->arguments[i];
        if (argument->action == STAGED_ARG_HELP || argument->commands != NULL)
            continue;
        if (stg_is_positional(argument)) {
            for (size_t count = random_count(source, argument); count > 0; count--)
                word_list_add(words, fitting_word(source, argument));
        } else {
            const uint32_t most =
                stg_accumulates(argument) || argument->action == STAGED_ARG_COUNT ? 4 : 2;
            for (uint32_t times = random_below(source, most) + argument->required; times > 0;
                 times--)
                add_option_words(source, argument, words);
        }
        if (random_one_in(source, 40))
            word_list_add(words, random_word(source));
    }
    /* Now and then words change places, so that nothing is where it is expected. */
    if (words->count > start + 1 && random_one_in(source, 2)) {
        for (size_t i = start; i + 1 < words->count; i++) {
            const size_t other =
                i + random_below(source, (uint32_t)(words->count - i < 6 ? words->count - i : 6));
            char *word = words->items[i];
            words->items[i] = words->items[other];
            words->items[other] = word;
        }
    }
    const staged_commands *commands = parser->commands;
    if (commands == NULL || commands->names.count == 0 || random_one_in(source, 5))
        return;
    const char *name =
        commands->names.as.items[random_below(source, (uint32_t)commands->names.count)].as.text;
    word_list_add(words, name);
    const stg_command *command = stg_names_get_text(&commands->by_name, name);
    random_words(source, command->parser, words);
}
