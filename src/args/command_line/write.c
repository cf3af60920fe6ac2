/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Source: the package reverse_argparse, ReverseArgumentParser. */
#include "args/command_line/write.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "args/model/argument.h"
#include "base/memory/grow.h"
#include "base/text/utf8.h"

/* The state of writing one parser's arguments; a sub-command's parser has its own. */
typedef struct writer {
    const staged_parser *parser;
    const staged_namespace *ns;
    stg_manner manner;
    stg_arena *arena;
    stg_items *out;
    size_t depth;
    size_t commands_before; /* of the namespace's commands: those of outer parsers */
    stg_sorted_flags sorted;
    size_t *first_given; /* see find_given; NULL: not looked for yet */
    size_t *next_given;
    bool open; /* the last item would take a following plain word */
    bool failed;
} writer;

/* ---- Items ---- */

/* Adds an item; the texts are not copied. */
static void add_item(writer *w, const char *const *words, size_t count)
{
    const char **copies = stg_arena_alloc(w->arena, (count + 1) * sizeof *copies);
    if (copies == NULL ||
        !stg_grow(&w->out->items, &w->out->capacity, w->out->count + 1, sizeof *w->out->items)) {
        w->failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++)
        copies[i] = words[i];
    w->out->items[w->out->count++] = (stg_item){copies, count, w->depth};
    w->open = false;
}

/* Whether the parser would read it as anything but a plain word. */
static bool looks_like_option(writer *w, const char *word)
{
    stg_option option;
    const stg_word_kind kind = stg_classify_word(w->parser, &w->sorted, word, &option);
    w->failed = w->failed || kind == STG_WORD_NO_MEMORY;
    return strcmp(word, "--") == 0 || kind == STG_WORD_OPTION;
}

/* "--flag=WORD", if the word on its own would be read as an option or the name of a file. */
static bool add_joined(writer *w, const staged_argument *argument, const char *flag,
                       const char *word)
{
    size_t used;
    if (argument->nargs > 1 || strchr(flag, '=') != NULL ||
        !(looks_like_option(w, word) ||
          stg_begins_with_one_of(word, w->parser->file_prefix_chars, &used)))
        return false;
    const char *joined = stg_arena_printf(w->arena, "%s=%s", flag, word);
    if (joined == NULL)
        w->failed = true;
    else
        add_item(w, &joined, 1);
    return true;
}

/* Adds a flag (NULL: none) and its words. */
static void add_option(writer *w, const staged_argument *argument, const char *flag,
                       const char *const *words, size_t count)
{
    if (flag != NULL && count == 1 && w->manner != STG_AS_ORIGINAL &&
        add_joined(w, argument, flag, words[0]))
        return;
    const char **all = stg_arena_alloc(w->arena, (count + 1) * sizeof *all);
    if (all == NULL) {
        w->failed = true;
        return;
    }
    const size_t before = flag != NULL;
    all[0] = flag;
    for (size_t i = 0; i < count; i++)
        all[before + i] = words[i];
    if (count + before > 0)
        add_item(w, all, count + before);
    w->open = !argument->wordless && (argument->nargs < STAGED_NARGS_OPTIONAL ||
                                      (argument->nargs == STAGED_NARGS_OPTIONAL && count == 0));
}

/* ---- Flags ---- */

static size_t characters(const char *flag)
{
    return stg_utf8_count(flag, strlen(flag));
}

static bool is_long(const staged_parser *parser, const char *flag)
{
    size_t used;
    return characters(flag) > 2 && stg_begins_with_one_of(flag, parser->prefix_chars, &used) &&
           stg_begins_with_one_of(flag + used, parser->prefix_chars, &used);
}

/* The flag to show: the first long one, or else the first short one (or the other way round), or
 * else the first. */
static const char *flag_of(const staged_argument *argument, bool want_long)
{
    const char *found = argument->flags[0];
    int best = 0;
    for (size_t i = 0; i < argument->flag_count; i++) {
        const char *flag = argument->flags[i];
        const bool shape_is_long = is_long(argument->parser, flag);
        const bool shape_is_short = characters(flag) == 2;
        const int rank = !shape_is_long && !shape_is_short ? 0 : shape_is_long == want_long ? 2 : 1;
        if (rank > best) {
            best = rank;
            found = flag;
        }
    }
    return found;
}

/* reverse_argparse knows no flag that is neither long nor short: "-name". */
static bool is_nameless(const writer *w, const staged_argument *argument)
{
    const char *flag = flag_of(argument, true);
    return w->manner == STG_AS_ORIGINAL && !is_long(argument->parser, flag) &&
           characters(flag) != 2;
}

/* ---- Words that were given ---- */

/* The index of each argument's first occurrence, and of the next one after each occurrence;
 * SIZE_MAX: none. */
static bool find_given(writer *w)
{
    const staged_namespace *ns = w->ns;
    w->first_given = stg_arena_alloc(w->arena, (w->parser->count + 1) * sizeof *w->first_given);
    w->next_given = stg_arena_alloc(w->arena, (ns->given_count + 1) * sizeof *w->next_given);
    if (w->first_given == NULL || w->next_given == NULL) {
        w->failed = true;
        return false;
    }
    for (size_t i = 0; i < w->parser->count; i++)
        w->first_given[i] = SIZE_MAX;
    for (size_t i = ns->given_count; i > 0; i--) {
        const stg_given_words *given = ns->given[i - 1];
        if (given->parser != w->parser || given->index >= w->parser->count)
            continue;
        w->next_given[i - 1] = w->first_given[given->index];
        w->first_given[given->index] = i - 1;
    }
    return true;
}

/* Adds what was given for an argument; returns false if nothing was. */
static bool add_given(writer *w, const staged_argument *argument)
{
    if (w->ns->given_count == 0 || (w->first_given == NULL && !find_given(w)) ||
        w->first_given[argument->index] == SIZE_MAX)
        return false;
    /* An author's function, and "--no-flag", depend on which flag was given. */
    const bool any_flag = argument->act == NULL && argument->action != STAGED_ARG_BOOLEAN;
    for (size_t i = w->first_given[argument->index]; i != SIZE_MAX; i = w->next_given[i]) {
        const stg_given_words *given = w->ns->given[i];
        const char *flag = given->flag;
        add_option(w, argument, flag != NULL && any_flag ? flag_of(argument, true) : flag,
                   given->words, given->count);
    }
    return true;
}

/* ---- Values ---- */

/* A list made of words, not by the author's function. */
static bool is_list(const staged_value *value)
{
    return value->kind == STAGED_VALUE_LIST && value->given == NULL;
}

static const char *word_of(writer *w, const staged_value *value)
{
    if (value->given != NULL)
        return value->given;
    if (value->kind == STAGED_VALUE_TEXT || value->kind == STAGED_VALUE_PATH)
        return value->as.text;
    stg_buf text = {0};
    stg_add_str(&text, value);
    const char *copy =
        text.failure != STAGED_OK ? NULL : stg_arena_text(w->arena, stg_buf_text(&text));
    stg_buf_free(&text);
    w->failed = w->failed || copy == NULL;
    return copy == NULL ? "" : copy;
}

static void add_words(writer *w, const staged_argument *argument, const staged_value *items,
                      size_t count)
{
    const bool flag = !stg_is_positional(argument) && !is_nameless(w, argument);
    const char **words = stg_arena_alloc(w->arena, (count + 1) * sizeof *words);
    w->failed = w->failed || words == NULL;
    for (size_t i = 0; i < count && !w->failed; i++)
        words[i] = word_of(w, &items[i]);
    if (!w->failed)
        add_option(w, argument, flag ? flag_of(argument, true) : NULL, words, count);
}

static void add_value(writer *w, const staged_argument *argument, const staged_value *value)
{
    const bool list = is_list(value);
    add_words(w, argument, list ? value->as.items : value, list ? value->count : 1);
}

static void add_flag(writer *w, const staged_argument *argument)
{
    add_words(w, argument, NULL, 0);
}

/* How many leading items of a list are the default's. */
static size_t count_inherited(const staged_argument *argument, const staged_value *value)
{
    const staged_value *base = argument->default_value;
    size_t same = 0;
    if (base->kind != STAGED_VALUE_LIST || base->count > value->count)
        return 0;
    while (same < base->count && stg_value_equal(&base->as.items[same], &value->as.items[same]))
        same++;
    return same == base->count ? same : 0;
}

/* Adds what was appended to a list: item by item, or (`at_once`) all in one. */
static void add_accumulated(writer *w, const staged_argument *argument, const staged_value *value,
                            bool at_once)
{
    if (!is_list(value)) {
        add_value(w, argument, value);
        return;
    }
    const size_t before = w->manner == STG_AS_ORIGINAL ? 0 : count_inherited(argument, value);
    if (at_once)
        add_words(w, argument, value->as.items + before, value->count - before);
    for (size_t i = before; i < value->count && !at_once; i++)
        add_value(w, argument, &value->as.items[i]);
}

static bool has_item(const staged_value *list, const staged_value *item)
{
    for (size_t i = 0; list->kind == STAGED_VALUE_LIST && i < list->count; i++) {
        if (stg_value_equal(&list->as.items[i], item))
            return true;
    }
    return false;
}

/* As Python sees it: nothing, none and zero are false. */
static bool is_true(const staged_value *value)
{
    double number;
    if (stg_as_double(value, &number))
        return number != 0.0;
    if (value->kind == STAGED_VALUE_LIST)
        return value->count > 0;
    return value->kind != STAGED_VALUE_NONE && value->as.text[0] != '\0';
}

static void add_boolean(writer *w, const staged_argument *argument, const staged_value *value)
{
    const size_t number = is_true(value) ? 0 : 1;
    if (value->kind != STAGED_VALUE_NONE && number < argument->flag_count)
        add_item(w, &argument->flags[number], 1);
}

static bool is_truth(const staged_value *value, bool truth)
{
    return value->kind == STAGED_VALUE_BOOL && value->as.boolean == truth;
}

/* Whether "-vvv" means three times "-v". */
static bool is_cluster_of(writer *w, const char *word, const staged_argument *argument)
{
    stg_option option;
    const stg_word_kind kind = stg_classify_word(w->parser, &w->sorted, word, &option);
    w->failed = w->failed || kind == STG_WORD_NO_MEMORY;
    return kind == STG_WORD_OPTION && option.argument == argument;
}

/* No command line is longer. */
enum { MOST_TIMES = 10000 };

/* Repeats the flag to count from the default to the value. */
static void add_count(writer *w, const staged_argument *argument, const staged_value *value)
{
    double now = 0.0;
    double before = 0.0;
    (void)stg_as_double(argument->default_value, &before);
    if (!stg_as_double(value, &now) || now - before < 1.0 || now - before > MOST_TIMES)
        return;
    const size_t times = (size_t)(now - before);
    const char *flag = flag_of(argument, false);
    size_t prefix;
    (void)stg_begins_with_one_of(flag, argument->parser->prefix_chars, &prefix);
    const char **words = stg_arena_alloc(w->arena, times * sizeof *words);
    stg_buf cluster = {0};
    stg_buf_add_text(&cluster, flag);
    for (size_t i = 0; words != NULL && i < times; i++)
        words[i] = flag;
    for (size_t i = 1; i < times; i++)
        stg_buf_add_text(&cluster, flag + prefix);
    const char *joined = stg_arena_text(w->arena, stg_buf_text(&cluster));
    if (words == NULL || joined == NULL || cluster.failure != STAGED_OK)
        w->failed = true;
    else if (characters(flag) == 2 && is_cluster_of(w, joined, argument))
        add_item(w, &joined, 1);
    else
        add_item(w, words, times);
    stg_buf_free(&cluster);
}

static void add_by_action(writer *w, const staged_argument *argument, const staged_value *value)
{
    const bool none = value->kind == STAGED_VALUE_NONE;
    switch (argument->action) {
    case STAGED_ARG_STORE:
        if (!none)
            add_value(w, argument, value);
        break;
    case STAGED_ARG_APPEND:
    case STAGED_ARG_EXTEND:
        if (!none)
            add_accumulated(w, argument, value, argument->action == STAGED_ARG_EXTEND);
        break;
    case STAGED_ARG_STORE_CONST:
        if (stg_value_equal(value, argument->const_value))
            add_flag(w, argument);
        break;
    case STAGED_ARG_STORE_TRUE:
    case STAGED_ARG_STORE_FALSE:
        if (is_truth(value, argument->action == STAGED_ARG_STORE_TRUE))
            add_flag(w, argument);
        break;
    case STAGED_ARG_APPEND_CONST:
        if (has_item(value, argument->const_value))
            add_flag(w, argument);
        break;
    case STAGED_ARG_COUNT:
        if (!is_nameless(w, argument))
            add_count(w, argument, value);
        break;
    case STAGED_ARG_BOOLEAN:
        add_boolean(w, argument, value);
        break;
    default:
        break;
    }
}

/* ---- Arguments ---- */

static bool is_default(const staged_argument *argument, const staged_value *value)
{
    return argument->default_value != &stg_suppressed &&
           stg_value_equal(value, argument->default_value);
}

static void write_argument(writer *w, const staged_argument *argument)
{
    const stg_entry *entry =
        argument->dest == NULL ? NULL : stg_namespace_find(w->ns, argument->dest);
    const bool as_values = w->manner == STG_AS_ORIGINAL || (entry != NULL && entry->set);
    if (argument->act != NULL || !as_values) {
        if (add_given(w, argument) || argument->act != NULL)
            return;
    }
    if (entry == NULL || entry->value.kind == STAGED_VALUE_UNSET)
        return;
    const bool standard = is_default(argument, &entry->value);
    /* In an exclusive set, defaults would count as given. */
    const bool left_out = w->manner == STG_WITHOUT_DEFAULTS ||
                          (w->manner == STG_AS_GIVEN && argument->exclusive != NULL);
    /* Another argument with that destination was given and says it. */
    const bool said = !as_values && !standard && argument->environment == NULL;
    if (!said && !(standard && (stg_is_hidden(argument) || left_out)))
        add_by_action(w, argument, &entry->value);
}

/* ---- Parsers ---- */

static void write_parser(writer *w);

static void write_command(writer *w, const staged_commands *commands, const char *name)
{
    const stg_command *command = stg_names_get_text(&commands->by_name, name);
    if (command == NULL)
        return;
    writer inner = {.parser = command->parser,
                    .ns = w->ns,
                    .manner = w->manner,
                    .arena = w->arena,
                    .out = w->out,
                    .depth = w->depth + 1,
                    .commands_before = w->commands_before + 1};
    const size_t start = w->out->count;
    add_item(w, &name, 1);
    write_parser(&inner);
    free(inner.sorted.flags);
    w->failed = w->failed || inner.failed;
    /* The original shows every command that has something to show, even if it was not given. */
    if (w->manner == STG_AS_ORIGINAL && w->out->count == start + 1)
        w->out->count = start;
}

static void write_commands(writer *w, const staged_commands *commands)
{
    if (w->manner != STG_AS_ORIGINAL) {
        if (w->commands_before < w->ns->command_count)
            write_command(w, commands, w->ns->commands[w->commands_before]);
        return;
    }
    for (size_t i = 0; i < commands->names.count && !w->failed; i++)
        write_command(w, commands, commands->names.as.items[i].as.text);
}

/* Puts "--" before the positionals, the items from `start` on, if they need it. */
static void separate(writer *w, size_t start, size_t end, bool open)
{
    bool needed = open && w->out->count > start;
    for (size_t i = start; i < end && !needed; i++) {
        for (size_t k = 0; k < w->out->items[i].count && !needed; k++)
            needed = looks_like_option(w, w->out->items[i].words[k]);
    }
    static const char *const dashes = "--";
    if (!needed || w->failed)
        return;
    add_item(w, &dashes, 1);
    if (w->failed)
        return;
    stg_item *items = w->out->items;
    const stg_item last = items[w->out->count - 1];
    memmove(items + start + 1, items + start, (w->out->count - 1 - start) * sizeof *items);
    items[start] = last;
}

static void write_parser(writer *w)
{
    const staged_parser *parser = w->parser;
    w->open = false;
    for (size_t i = 0; i < parser->count; i++) {
        if (!stg_is_positional(parser->arguments[i]))
            write_argument(w, parser->arguments[i]);
    }
    const bool open = w->open;
    const size_t start = w->out->count;
    size_t end = start;
    for (size_t i = 0; i < parser->count; i++) {
        const staged_argument *argument = parser->arguments[i];
        if (argument->commands != NULL) {
            write_commands(w, argument->commands);
        } else if (stg_is_positional(argument)) {
            write_argument(w, argument);
            end = w->out->count;
        }
    }
    if (w->manner != STG_AS_ORIGINAL)
        separate(w, start, end, open);
}

static void add_all(writer *w, const char *const *words)
{
    size_t count = 0;
    while (words != NULL && words[count] != NULL)
        count++;
    if (count > 0)
        add_item(w, words, count);
}

bool stg_write_items(const staged_parser *parser, const staged_namespace *ns, stg_manner manner,
                     stg_arena *arena, stg_items *out)
{
    writer w = {
        .parser = parser, .ns = ns, .manner = manner, .arena = arena, .out = out, .depth = 1};
    if (manner == STG_AS_TYPED) {
        add_all(&w, (const char *const *)ns->typed);
    } else {
        write_parser(&w);
        add_all(&w, staged_namespace_unknown(ns));
    }
    free(w.sorted.flags);
    return !w.failed;
}
