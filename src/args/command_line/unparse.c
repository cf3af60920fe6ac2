/* SPDX-License-Identifier: BSD-3-Clause
 *
 * One argument and its value.  Where reverse_argparse gives words that read back, these are the
 * same; elsewhere an argument is left out whose default does as well, a word that begins like an
 * option is joined to its flag, and lists are told apart from the defaults they grew from. */
#include "args/command_line/unparse.h"

#include <stdlib.h>
#include <string.h>

#include "args/model/argument.h"
#include "args/model/convert.h"
#include "base/grow.h"
#include "base/utf8.h"

const staged_value *stg_value_of(const stg_unparse *u, const staged_argument *argument)
{
    return argument->dest == NULL ? NULL : staged_namespace_value(u->ns, argument->dest);
}

bool stg_is_needed(const stg_unparse *u, const staged_argument *argument)
{
    return !stg_is_positional(argument) && (argument->required || u->forced);
}

char stg_letter_of(stg_unparse *u, const char *word)
{
    if (strcmp(word, "--") == 0)
        return '-';
    stg_option option;
    const stg_word_kind kind = stg_classify_word(u->parser, &u->sorted, u->arena, word, &option);
    u->failed = u->failed || kind == STG_WORD_NO_MEMORY;
    return kind == STG_WORD_PLAIN ? 'A' : 'O';
}

bool stg_looks_like_option(stg_unparse *u, const char *word)
{
    return stg_letter_of(u, word) != 'A';
}

stg_item *stg_add_item(stg_unparse *u, const staged_argument *argument, const char *const *words,
                       size_t count)
{
    const char **copies = stg_arena_alloc(u->arena, (count + 1) * sizeof *copies);
    if (copies == NULL || !stg_grow(&u->items.items, &u->items.capacity, u->items.count + 1,
                                    sizeof *u->items.items)) {
        u->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        copies[i] = words[i];
    stg_item *item = &u->items.items[u->items.count++];
    *item = (stg_item){.argument = argument,
                       .words = copies,
                       .count = count,
                       .depth = u->depth,
                       .place = argument == NULL ? 0 : stg_place_of(argument)};
    return item;
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

const char *stg_flag_of(const staged_argument *argument, bool want_long)
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

/* ---- Words ---- */

const char *stg_word_of(stg_unparse *u, const staged_value *value)
{
    if (value->given != NULL)
        return value->given;
    if (value->kind == STAGED_VALUE_TEXT || value->kind == STAGED_VALUE_PATH)
        return value->as.text;
    stg_buf text = {0};
    stg_add_str(&text, value);
    const char *copy =
        text.failure != STAGED_OK ? NULL : stg_arena_text(u->arena, stg_buf_text(&text));
    stg_buf_free(&text);
    u->failed = u->failed || copy == NULL;
    return copy == NULL ? "" : copy;
}

/* A list that is made of words, not what the author's function made of one. */
bool stg_is_list(const staged_value *value)
{
    return value->kind == STAGED_VALUE_LIST && value->given == NULL;
}

/* Whether the word of this value gives the value again.  The author's function is not asked: it may
 * do more than read. */
static bool reads_back(stg_unparse *u, const staged_argument *argument, const staged_value *value)
{
    if (argument->convert != NULL)
        return true;
    stg_buf message = {0};
    staged_value read;
    staged_status status = stg_convert(argument, u->arena, stg_word_of(u, value), &read, &message);
    const bool compared = argument->nargs != STAGED_NARGS_REMAINDER;
    if (status == STAGED_OK && compared)
        status = stg_check_choice(argument, &read, &message);
    u->failed = u->failed || status == STAGED_NO_MEMORY || message.failure != STAGED_OK;
    stg_buf_free(&message);
    return status == STAGED_OK && stg_value_equal(&read, value);
}

bool stg_count_fits(const staged_argument *argument, size_t count)
{
    switch (argument->nargs) {
    case STAGED_NARGS_ZERO_OR_MORE:
    case STAGED_NARGS_REMAINDER:
        return true;
    case STAGED_NARGS_ONE_OR_MORE:
    case STAGED_NARGS_COMMAND_AND_REST:
        return count > 0;
    default:
        return argument->nargs > 0 && count == (size_t)argument->nargs;
    }
}

static bool takes_rest(const staged_argument *argument)
{
    return !argument->wordless && (argument->nargs == STAGED_NARGS_REMAINDER ||
                                   argument->nargs == STAGED_NARGS_COMMAND_AND_REST);
}

/* Whether words can say this value. */
bool stg_can_say(stg_unparse *u, const staged_argument *argument, const staged_value *value)
{
    if (stg_is_list(value) != stg_takes_list(argument))
        return false;
    if (!stg_is_list(value))
        return reads_back(u, argument, value);
    const bool option = !stg_is_positional(argument);
    const bool any_number = option && argument->nargs < 0 && !takes_rest(argument);
    for (size_t i = 0; i < value->count; i++) {
        const staged_value *item = &value->as.items[i];
        if (!reads_back(u, argument, item))
            return false;
        /* Among several words of an option none can end them. */
        const char letter = stg_letter_of(u, stg_word_of(u, item));
        if (option && value->count > 1 && (letter == '-' || (any_number && letter == 'O')))
            return false;
    }
    return stg_count_fits(argument, value->count);
}

/* "--flag=WORD", which may begin as it likes. */
static void add_joined(stg_unparse *u, const staged_argument *argument, const char *flag,
                       const char *word)
{
    const char *joined = stg_arena_printf(u->arena, "%s=%s", flag, word);
    if (joined == NULL)
        u->failed = true;
    else
        stg_add_item(u, argument, &joined, 1);
}

/* Whether the word by itself would be read as something else: an option, or the name of a file. */
static bool has_to_be_joined(stg_unparse *u, const staged_argument *argument, const char *word)
{
    size_t used;
    const char letter = stg_letter_of(u, word);
    const bool takes_options = argument->nargs > 0 || argument->nargs == STAGED_NARGS_REMAINDER;
    return letter == '-' || (letter == 'O' && !takes_options) ||
           stg_begins_with_one_of(word, u->parser->file_prefix_chars, &used);
}

void stg_unparse_option(stg_unparse *u, const staged_argument *argument, const char *flag,
                        const char *const *words, size_t count)
{
    if (count == 1 && argument->nargs <= 1 && strchr(flag, '=') == NULL &&
        has_to_be_joined(u, argument, words[0])) {
        add_joined(u, argument, flag, words[0]);
        return;
    }
    const char **all = stg_arena_alloc(u->arena, (count + 1) * sizeof *all);
    if (all == NULL) {
        u->failed = true;
        return;
    }
    all[0] = flag;
    if (count > 0)
        memcpy(all + 1, words, count * sizeof *all);
    stg_item *item = stg_add_item(u, argument, all, count + 1);
    if (item == NULL)
        return;
    item->rest = takes_rest(argument);
    item->open = !argument->wordless && (argument->nargs == STAGED_NARGS_ZERO_OR_MORE ||
                                         argument->nargs == STAGED_NARGS_ONE_OR_MORE ||
                                         (argument->nargs == STAGED_NARGS_OPTIONAL && count == 0));
}

void stg_unparse_words(stg_unparse *u, const staged_argument *argument, const staged_value *items,
                       size_t count)
{
    const char **words = stg_arena_alloc(u->arena, (count + 1) * sizeof *words);
    if (words == NULL) {
        u->failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++)
        words[i] = stg_word_of(u, &items[i]);
    if (!stg_is_positional(argument))
        stg_unparse_option(u, argument, stg_flag_of(argument, true), words, count);
    else if (count > 0)
        stg_add_item(u, argument, words, count);
}

/* Adds the words of one value of an option or positional. */
void stg_unparse_value(stg_unparse *u, const staged_argument *argument, const staged_value *value)
{
    if (stg_is_list(value))
        stg_unparse_words(u, argument, value->as.items, value->count);
    else
        stg_unparse_words(u, argument, value, 1);
}

static void add_flag(stg_unparse *u, const staged_argument *argument, const char *flag)
{
    stg_item *item = stg_add_item(u, argument, &flag, 1);
    if (item == NULL || argument->wordless)
        return;
    item->open = argument->nargs == STAGED_NARGS_OPTIONAL ||
                 argument->nargs == STAGED_NARGS_ZERO_OR_MORE ||
                 argument->nargs == STAGED_NARGS_ONE_OR_MORE;
}

void stg_unparse_flag(stg_unparse *u, const staged_argument *argument)
{
    add_flag(u, argument, stg_flag_of(argument, true));
}

/* Whether the bare flag of an optional word says this value. */
bool stg_is_constant(stg_unparse *u, const staged_argument *argument, const staged_value *value)
{
    const staged_value *constant = argument->const_value;
    if (argument->wordless || argument->nargs != STAGED_NARGS_OPTIONAL ||
        stg_is_positional(argument))
        return false;
    if (stg_value_equal(value, constant))
        return true;
    if (constant->kind != STAGED_VALUE_TEXT)
        return false;
    if (value->given != NULL)
        return strcmp(value->given, constant->as.text) == 0;
    /* Text is read with the type. */
    staged_value read;
    const staged_status status = stg_convert_plainly(argument, u->arena, constant->as.text, &read);
    u->failed = u->failed || status == STAGED_NO_MEMORY;
    return status == STAGED_OK && stg_value_equal(&read, value);
}

bool stg_is_default(const staged_argument *argument, const staged_value *value)
{
    return argument->default_value != &stg_suppressed &&
           stg_value_equal(value, argument->default_value);
}

/* ---- Actions ---- */

static void unparse_store(stg_unparse *u, const staged_argument *argument,
                          const staged_value *value)
{
    const bool none = value->kind == STAGED_VALUE_NONE;
    if (!none && stg_can_say(u, argument, value))
        stg_unparse_value(u, argument, value);
    else if (stg_comes_by_itself(u, argument, value))
        return;
    else if (stg_is_constant(u, argument, value))
        stg_unparse_flag(u, argument);
    else if (stg_is_lost(u, argument, value))
        stg_unparse_filler(u, argument, value);
    else if (!none && !stg_is_better_left_out(u, argument, value))
        stg_unparse_value(u, argument, value);
}

static void unparse_boolean(stg_unparse *u, const staged_argument *argument,
                            const staged_value *value)
{
    for (size_t i = 0; i < argument->flag_count; i++) {
        const staged_value said = staged_value_bool(strncmp(argument->flags[i], "--no-", 5) != 0);
        if (stg_value_equal(value, &said)) {
            add_flag(u, argument, argument->flags[i]);
            return;
        }
    }
}

/* The first of several arguments for one destination that have this action. */
static bool is_first_of_its_kind(const staged_argument *argument)
{
    const staged_argument *other = stg_names_get_text(&argument->parser->by_dest, argument->dest);
    for (; other != NULL; other = other->next_same_dest) {
        if (other->action == argument->action && other->index < argument->index)
            return false;
    }
    return true;
}

/* Whether "-vvv" is three times "-v", and not something else. */
static bool is_cluster_of(stg_unparse *u, const char *word, const staged_argument *argument)
{
    stg_option option;
    const stg_word_kind kind = stg_classify_word(u->parser, &u->sorted, u->arena, word, &option);
    u->failed = u->failed || kind == STG_WORD_NO_MEMORY;
    return kind == STG_WORD_OPTION && option.argument == argument;
}

/* More is no command line any more. */
enum { MOST_TIMES = 10000 };

void stg_unparse_count(stg_unparse *u, const staged_argument *argument, const staged_value *value,
                       const staged_value *from)
{
    double now = 0.0;
    double before = 0.0;
    (void)stg_as_double(from, &before);
    if (!stg_as_double(value, &now))
        return;
    /* Of a large float one more is not seen. */
    const double change = now == before && stg_is_needed(u, argument) ? 1.0 : now - before;
    if (change < 1.0 || change > MOST_TIMES)
        return;
    const size_t times = (size_t)change;
    const char *flag = stg_flag_of(argument, false);
    size_t prefix;
    (void)stg_begins_with_one_of(flag, argument->parser->prefix_chars, &prefix);
    const char **words = stg_arena_alloc(u->arena, times * sizeof *words);
    stg_buf cluster = {0};
    stg_buf_add_text(&cluster, flag);
    for (size_t i = 0; words != NULL && i < times; i++)
        words[i] = flag;
    for (size_t i = 1; i < times; i++)
        stg_buf_add_text(&cluster, flag + prefix);
    const char *joined = stg_arena_text(u->arena, stg_buf_text(&cluster));
    if (words == NULL || joined == NULL || cluster.failure != STAGED_OK)
        u->failed = true;
    else if (characters(flag) == 2 && is_cluster_of(u, joined, argument))
        stg_add_item(u, argument, &joined, 1);
    else
        stg_add_item(u, argument, words, times);
    stg_buf_free(&cluster);
}

static void unparse_count(stg_unparse *u, const staged_argument *argument,
                          const staged_value *value)
{
    if (!is_first_of_its_kind(argument))
        return;
    if (stg_is_nameless(argument) && !stg_is_needed(u, argument) &&
        stg_is_said_elsewhere(u, argument, value, true))
        return;
    stg_unparse_count(u, argument, value, stg_default_at_first(argument));
}

/* reverse_argparse knows no flag that is neither long nor short. */
bool stg_is_nameless(const staged_argument *argument)
{
    const char *flag = stg_flag_of(argument, true);
    return !is_long(argument->parser, flag) && characters(flag) != 2;
}

static void unparse_constant(stg_unparse *u, const staged_argument *argument,
                             const staged_value *value)
{
    const bool same = argument->action == STAGED_ARG_STORE_CONST
                          ? stg_value_equal(value, argument->const_value)
                          : value->kind == STAGED_VALUE_BOOL &&
                                value->as.boolean == argument->const_value->as.boolean;
    const char *flag = stg_flag_of(argument, true);
    const bool lost = stg_is_needed(u, argument) && stg_is_left_to_command(u, argument);
    if (lost || (same && !(stg_is_nameless(argument) && stg_comes_by_itself(u, argument, value))))
        add_flag(u, argument, flag);
}

static void unparse_action(stg_unparse *u, const staged_argument *argument,
                           const staged_value *value)
{
    switch (argument->action) {
    case STAGED_ARG_STORE:
        unparse_store(u, argument, value);
        break;
    case STAGED_ARG_STORE_CONST:
    case STAGED_ARG_STORE_TRUE:
    case STAGED_ARG_STORE_FALSE:
        unparse_constant(u, argument, value);
        break;
    case STAGED_ARG_BOOLEAN:
        unparse_boolean(u, argument, value);
        break;
    case STAGED_ARG_COUNT:
        unparse_count(u, argument, value);
        break;
    case STAGED_ARG_APPEND:
    case STAGED_ARG_APPEND_CONST:
    case STAGED_ARG_EXTEND:
        stg_unparse_accumulated(u, argument, value);
        break;
    default:
        break;
    }
}

void stg_unparse_argument(stg_unparse *u, const staged_argument *argument)
{
    if (argument->act != NULL) {
        stg_unparse_given(u, argument);
        return;
    }
    const staged_value *value = stg_value_of(u, argument);
    if (value == NULL)
        return;
    if (u->brief && stg_comes_by_itself(u, argument, value))
        return;
    /* What the author hides is shown once it says something. */
    if (stg_is_hidden(argument) && stg_is_default(argument, value) && !stg_is_needed(u, argument))
        return;
    unparse_action(u, argument, value);
}
