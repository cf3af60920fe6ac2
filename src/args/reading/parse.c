/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Source: argparse, parse_known_args. */
#include "args/reading/parse.h"

#include <stdlib.h>
#include <string.h>

#include "args/model/argument.h"
#include "args/reading/errors.h"
#include "args/reading/match.h"
#include "args/reading/suggest.h"
#include "args/reading/swallow.h"
#include "base/memory/grow.h"
#include "base/text/utf8.h"
#include "base/unicode/unicode.h"

static bool add_extra(stg_extras *extras, const char *word)
{
    if (!stg_grow(&extras->words, &extras->capacity, extras->count + 1, sizeof *extras->words))
        return false;
    extras->words[extras->count++] = word;
    return true;
}

static bool add_extras(stg_extras *extras, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!add_extra(extras, words[i]))
            return false;
    }
    return true;
}

static staged_status fail(const stg_parse *parse, stg_buf *message)
{
    return stg_fail_take(parse->top, parse->parser, message);
}

/* ---- Before the first word is read ---- */

static staged_status allocate(stg_parse *parse)
{
    const staged_parser *parser = parse->parser;
    stg_arena *scratch = parse->scratch;
    parse->pattern = stg_arena_alloc(scratch, parse->count + 1);
    parse->options = stg_arena_alloc(scratch, (parse->count + 1) * sizeof *parse->options);
    parse->seen = stg_arena_alloc(scratch, (parser->count + 1) * sizeof *parse->seen);
    parse->defaults = stg_arena_alloc(scratch, (parser->count + 1) * sizeof *parse->defaults);
    parse->given_of_set =
        stg_arena_alloc(scratch, (parser->exclusive_count + 1) * sizeof *parse->given_of_set);
    parse->positionals = stg_arena_alloc(scratch, (parser->count + 1) * sizeof *parse->positionals);
    parse->left.words = stg_arena_alloc(scratch, (parse->count + 1) * sizeof *parse->left.words);
    parse->left.pattern = stg_arena_alloc(scratch, parse->count + 1);
    if (parse->pattern == NULL || parse->options == NULL || parse->seen == NULL ||
        parse->defaults == NULL || parse->given_of_set == NULL || parse->positionals == NULL ||
        parse->left.words == NULL || parse->left.pattern == NULL)
        return STAGED_NO_MEMORY;
    parse->positional_count = 0;
    for (size_t i = 0; i < parser->count; i++) {
        if (stg_is_positional(parser->arguments[i]))
            parse->positionals[parse->positional_count++] = parser->arguments[i];
    }
    return STAGED_OK;
}

static bool enter_default(staged_namespace *ns, const char *dest, const staged_value *value)
{
    stg_entry *entry = stg_namespace_entry(ns, dest);
    if (entry == NULL)
        return false;
    if (value != &stg_suppressed && entry->value.kind == STAGED_VALUE_UNSET) {
        entry->value = *value;
        entry->origin = value;
    }
    return true;
}

static staged_status enter_defaults(stg_parse *parse)
{
    const staged_parser *parser = parse->parser;
    for (size_t i = 0; i < parser->count; i++) {
        const char *dest = parser->arguments[i]->dest;
        if (dest != NULL && !enter_default(parse->ns, dest, parse->defaults[i]))
            return STAGED_NO_MEMORY;
        /* A variable counts as given. */
        if (parse->defaults[i] != parser->arguments[i]->default_value)
            STAGED_TRY(stg_note_given(parse, parser->arguments[i]));
    }
    for (size_t i = 0; i < parser->default_count; i++) {
        const stg_default *set = parser->defaults[i];
        if (!enter_default(parse->ns, set->dest, set->value))
            return STAGED_NO_MEMORY;
    }
    return STAGED_OK;
}

static staged_status classify_all(stg_parse *parse)
{
    stg_sorted_flags sorted = {0};
    stg_word_kind kind = STG_WORD_PLAIN;
    size_t i = 0;
    for (; i < parse->count && kind != STG_WORD_NO_MEMORY; i++) {
        if (strcmp(parse->words[i], "--") == 0) {
            parse->pattern[i++] = '-';
            break;
        }
        kind = stg_classify_word(parse->parser, &sorted, parse->words[i], &parse->options[i]);
        parse->pattern[i] = kind == STG_WORD_OPTION ? 'O' : 'A';
    }
    /* After "--" there are no options. */
    if (i < parse->count)
        memset(parse->pattern + i, 'A', parse->count - i);
    free(sorted.flags);
    return kind == STG_WORD_NO_MEMORY ? STAGED_NO_MEMORY : STAGED_OK;
}

/* ---- Options ---- */

static staged_status fail_count(const stg_parse *parse, const staged_argument *argument)
{
    stg_buf message = {0};
    switch (argument->nargs) {
    case 0:
        stg_buf_add_text(&message, "expected one argument");
        break;
    case STAGED_NARGS_ONE_OR_MORE:
        stg_buf_add_text(&message, "expected at least one argument");
        break;
    case STAGED_NARGS_COMMAND_AND_REST:
        stg_buf_add_text(&message, "expected A... arguments");
        break;
    default:
        stg_buf_addf(&message, "expected %d argument%s", argument->nargs,
                     argument->nargs == 1 ? "" : "s");
    }
    return stg_fail_argument_take(parse->top, argument, &message);
}

static staged_status fail_joined(const stg_parse *parse, const staged_argument *argument,
                                 const char *word)
{
    stg_buf message = {0};
    stg_buf_add_text(&message, "ignored explicit argument ");
    stg_add_repr(&message, word, strlen(word));
    return stg_fail_argument_take(parse->top, argument, &message);
}

/* The flags of one word: several when short ones are joined, as in "-xvf". */
typedef struct cluster {
    stg_option *options;
    size_t count;
    const char *unknown; /* the rest of the word from a letter on that is no flag, or NULL */
} cluster;

static bool is_short(const staged_parser *parser, const stg_option *option)
{
    size_t first;
    size_t second;
    (void)stg_begins_with_one_of(option->flag, parser->prefix_chars, &first);
    return !stg_begins_with_one_of(option->flag + first, parser->prefix_chars, &second);
}

/* The flag that the next letter of a cluster stands for; false: there is none. */
static bool next_in_cluster(const staged_parser *parser, stg_option *option)
{
    char name[9] = "";
    size_t prefix;
    uint32_t character;
    (void)stg_begins_with_one_of(option->flag, parser->prefix_chars, &prefix);
    const char *rest = option->explicit_word;
    const size_t used = stg_utf8_decode(rest, strnlen(rest, 4), &character);
    memcpy(name, option->flag, prefix);
    memcpy(name + prefix, rest, used);
    const stg_flag *flag = stg_names_get(&parser->by_flag, name, prefix + used);
    if (flag == NULL)
        return false;
    rest += used;
    const bool equals = *rest == '=';
    *option = (stg_option){.argument = flag->argument,
                           .flag = flag->flag,
                           .explicit_word = *rest == '\0' ? NULL : rest + equals,
                           .equals = equals};
    return true;
}

/* "-xyz" without a flag "-y" is a flag "-x" and an unknown word "-yz". */
static const char *unknown_of(const stg_parse *parse, const stg_option *option)
{
    size_t prefix;
    (void)stg_begins_with_one_of(option->flag, parse->parser->prefix_chars, &prefix);
    return stg_arena_printf(parse->scratch, "%.*s%s", (int)prefix, option->flag,
                            option->explicit_word);
}

/* Splits a word into its flags.  The last one may have a word joined to it. */
static staged_status read_cluster(const stg_parse *parse, const stg_option *first, cluster *found)
{
    const staged_parser *parser = parse->parser;
    stg_option option = *first;
    const size_t most = option.explicit_word == NULL ? 1 : strlen(option.explicit_word) + 1;
    *found = (cluster){stg_arena_alloc(parse->scratch, most * sizeof *found->options), 0, NULL};
    if (found->options == NULL)
        return STAGED_NO_MEMORY;
    while (option.explicit_word != NULL) {
        const long wanted = stg_match_option(option.argument, "A", 1);
        if (wanted < 0)
            return fail_count(parse, option.argument);
        if (wanted == 1)
            break;
        const stg_option here = option;
        size_t used;
        if (!is_short(parser, &here) || *here.explicit_word == '\0' || here.equals ||
            stg_begins_with_one_of(here.explicit_word, parser->prefix_chars, &used))
            return fail_joined(parse, here.argument, here.explicit_word);
        found->options[found->count] = here;
        found->options[found->count++].explicit_word = NULL;
        if (!next_in_cluster(parser, &option)) {
            found->unknown = unknown_of(parse, &here);
            return found->unknown == NULL ? STAGED_NO_MEMORY : STAGED_OK;
        }
    }
    found->options[found->count++] = option;
    return STAGED_OK;
}

/* Keeps words that no option took: for the positionals, where they may stand between options. */
static staged_status leave(stg_parse *parse, const char *const *words, const char *letters,
                           size_t count)
{
    if (!parse->parser->intermixed)
        return add_extras(&parse->extras, words, count) ? STAGED_OK : STAGED_NO_MEMORY;
    if (count > 0) {
        memcpy(parse->left.words + parse->left.count, words, count * sizeof *words);
        memcpy(parse->left.pattern + parse->left.count, letters, count);
        parse->left.count += count;
    }
    return STAGED_OK;
}

static staged_status fail_ambiguous(const stg_parse *parse, const char *word)
{
    stg_buf message = {0};
    stg_buf_addf(&message, "ambiguous option: %s could match ", word);
    stg_add_matches(&message, parse->parser, word);
    return fail(parse, &message);
}

static staged_status consume_option(stg_parse *parse, size_t *at)
{
    const char *const *word = parse->words + *at;
    const stg_option *first = &parse->options[(*at)++];
    if (first->ambiguous)
        return fail_ambiguous(parse, *word);
    if (first->argument == NULL)
        return leave(parse, word, "O", 1);
    cluster flags;
    STAGED_TRY(read_cluster(parse, first, &flags));
    if (flags.unknown != NULL) {
        STAGED_TRY(leave(parse, &flags.unknown, "O", 1));
        for (size_t i = 0; i < flags.count; i++)
            STAGED_TRY(stg_take(parse, flags.options[i].argument, NULL, 0, flags.options[i].flag));
        return STAGED_OK;
    }
    const stg_option *last = &flags.options[flags.count - 1];
    const char *const *words = &last->explicit_word;
    long count = 1;
    if (last->explicit_word == NULL) {
        words = parse->words + *at;
        count = stg_match_option(last->argument, parse->pattern + *at, parse->count - *at);
        if (count < 0)
            return fail_count(parse, last->argument);
        *at += (size_t)count;
    }
    for (size_t i = 0; i + 1 < flags.count; i++)
        STAGED_TRY(stg_take(parse, flags.options[i].argument, NULL, 0, flags.options[i].flag));
    return stg_take(parse, last->argument, words, (size_t)count, last->flag);
}

/* ---- Positionals ---- */

/* Gives the words behind a command to its parser. */
static staged_status read_command(stg_parse *parse)
{
    const stg_left_to_command *left = &parse->command;
    staged_namespace *inner = stg_namespace_new();
    if (inner == NULL)
        return STAGED_NO_MEMORY;
    staged_status status = stg_parse_words(parse->top, left->command->parser, inner, parse->scratch,
                                           left->words, left->count, &parse->inner_extras);
    if (status == STAGED_OK && !stg_namespace_merge(parse->ns, inner, parse->parser->permissive))
        status = STAGED_NO_MEMORY;
    staged_namespace_free(inner);
    return status;
}

static staged_status take_words(stg_parse *parse, const staged_argument *argument,
                                const char *const *words, size_t count)
{
    STAGED_TRY(stg_take(parse, argument, words, count, NULL));
    return argument->commands == NULL ? STAGED_OK : read_command(parse);
}

/* Takes the words of a positional but for a "--" that only ended the options. */
static staged_status take_positional(stg_parse *parse, const staged_argument *argument,
                                     const char *const *words, const char *letters, size_t count)
{
    const char *dashes = count == 0 ? NULL : memchr(letters, '-', count);
    if (argument->nargs == STAGED_NARGS_COMMAND_AND_REST && dashes != letters)
        dashes = NULL;
    if (dashes == NULL || argument->nargs == STAGED_NARGS_REMAINDER)
        return take_words(parse, argument, words, count);
    const char **others = stg_arena_alloc(parse->scratch, count * sizeof *others);
    if (others == NULL)
        return STAGED_NO_MEMORY;
    const size_t before = (size_t)(dashes - letters);
    memcpy(others, words, before * sizeof *others);
    memcpy(others + before, words + before + 1, (count - before - 1) * sizeof *others);
    return take_words(parse, argument, others, count - 1);
}

static staged_status consume_positionals(stg_parse *parse, const char *const *words,
                                         const char *letters, size_t count, size_t *at)
{
    if (parse->positional_count == 0)
        return STAGED_OK;
    size_t *counts = malloc(parse->positional_count * sizeof *counts);
    if (counts == NULL)
        return STAGED_NO_MEMORY;
    const long matched = stg_match_positionals(parse->positionals, parse->positional_count,
                                               letters + *at, count - *at, counts);
    staged_status status = matched < 0 ? STAGED_NO_MEMORY : STAGED_OK;
    for (long i = 0; i < matched && status == STAGED_OK; i++) {
        status =
            take_positional(parse, parse->positionals[i], words + *at, letters + *at, counts[i]);
        *at += counts[i];
    }
    if (matched > 0) {
        parse->positionals += matched;
        parse->positional_count -= (size_t)matched;
    }
    free(counts);
    return status;
}

/* Where the next option is, or SIZE_MAX. */
static size_t next_option(const stg_parse *parse, size_t at)
{
    const char *found = memchr(parse->pattern + at, 'O', parse->count - at);
    return found == NULL ? SIZE_MAX : (size_t)(found - parse->pattern);
}

static staged_status consume_plain(stg_parse *parse, size_t *at)
{
    return consume_positionals(parse, parse->words, parse->pattern, parse->count, at);
}

/* Gives the positionals what the options left; the words that look like options stay. */
static staged_status consume_left(stg_parse *parse)
{
    const stg_left *left = &parse->left;
    const char **words = stg_arena_alloc(parse->scratch, (left->count + 1) * sizeof *words);
    char *letters = stg_arena_alloc(parse->scratch, left->count + 1);
    if (words == NULL || letters == NULL)
        return STAGED_NO_MEMORY;
    size_t count = 0;
    for (size_t i = 0; i < left->count; i++) {
        words[count] = left->words[i];
        letters[count] = left->pattern[i];
        count += left->pattern[i] != 'O';
    }
    size_t taken = 0;
    STAGED_TRY(consume_positionals(parse, words, letters, count, &taken));
    for (size_t i = 0; i < left->count; i++) {
        if (left->pattern[i] != 'O' && taken > 0)
            taken--;
        else if (!add_extra(&parse->extras, left->words[i]))
            return STAGED_NO_MEMORY;
    }
    return STAGED_OK;
}

static staged_status consume_all(stg_parse *parse)
{
    const bool intermixed = parse->parser->intermixed;
    size_t at = 0;
    for (size_t option; (option = next_option(parse, at)) != SIZE_MAX;) {
        if (at != option && !intermixed) {
            const size_t before = at;
            STAGED_TRY(consume_plain(parse, &at));
            if (at > before)
                continue; /* an option may have been among the words */
        }
        STAGED_TRY(leave(parse, parse->words + at, parse->pattern + at, option - at));
        at = option;
        STAGED_TRY(consume_option(parse, &at));
    }
    if (!intermixed)
        STAGED_TRY(consume_plain(parse, &at));
    STAGED_TRY(leave(parse, parse->words + at, parse->pattern + at, parse->count - at));
    return intermixed ? consume_left(parse) : STAGED_OK;
}

/* ---- After the last word ---- */

static staged_status finish_arguments(stg_parse *parse)
{
    const staged_parser *parser = parse->parser;
    stg_buf missing = {0};
    const staged_argument *last_missing = NULL;
    staged_status status = STAGED_OK;
    for (size_t i = 0; i < parser->count && status == STAGED_OK; i++) {
        const staged_argument *argument = parser->arguments[i];
        bool given = parse->seen[i];
        if (!given && argument->environment != NULL)
            status = stg_check_variable(parse, argument, &given);
        if (status != STAGED_OK || given)
            continue;
        if (!argument->required) {
            status = stg_take_default(parse, argument);
            continue;
        }
        stg_buf_add_text(&missing,
                         missing.length == 0 ? "the following arguments are required: " : ", ");
        stg_add_argument_name(&missing, argument);
        last_missing = argument;
    }
    if (status == STAGED_OK && missing.failure != STAGED_OK)
        status = STAGED_NO_MEMORY;
    if (status == STAGED_OK && missing.length > 0) {
        status = fail(parse, &missing);
        return status == STAGED_BAD_INPUT ? stg_explain_missing(parse, last_missing) : status;
    }
    stg_buf_free(&missing);
    return status;
}

static staged_status finish_sets(const stg_parse *parse)
{
    for (size_t i = 0; i < parse->parser->exclusive_count; i++) {
        const staged_argument_group *set = parse->parser->exclusives[i];
        if (!set->required || parse->given_of_set[i] != NULL)
            continue;
        stg_buf message = {0};
        stg_buf_add_text(&message, "one of the arguments ");
        const char *between = "";
        for (size_t m = 0; m < set->count; m++) {
            if (stg_is_hidden(set->arguments[m]))
                continue;
            stg_buf_add_text(&message, between);
            stg_add_argument_name(&message, set->arguments[m]);
            between = " ";
        }
        stg_buf_add_text(&message, " is required");
        return fail(parse, &message);
    }
    return STAGED_OK;
}

static staged_status run(stg_parse *parse)
{
    STAGED_TRY(
        stg_expand_files(parse->top, parse->parser, parse->scratch, &parse->words, &parse->count));
    STAGED_TRY(allocate(parse));
    STAGED_TRY(stg_find_defaults(parse));
    STAGED_TRY(enter_defaults(parse));
    STAGED_TRY(classify_all(parse));
    STAGED_TRY(consume_all(parse));
    STAGED_TRY(finish_arguments(parse));
    return finish_sets(parse);
}

staged_status stg_parse_words(staged_parser *top, const staged_parser *parser, staged_namespace *ns,
                              stg_arena *scratch, const char *const *words, size_t count,
                              stg_extras *extras)
{
    static const char *const none[] = {NULL};
    stg_parse parse = {.top = top,
                       .parser = parser,
                       .ns = ns,
                       .scratch = scratch,
                       .words = words == NULL ? none : words,
                       .count = count};
    staged_status status = run(&parse);
    if (status == STAGED_OK &&
        (!add_extras(extras, parse.extras.words, parse.extras.count) ||
         !add_extras(extras, parse.inner_extras.words, parse.inner_extras.count)))
        status = STAGED_NO_MEMORY;
    free(parse.extras.words);
    free(parse.inner_extras.words);
    return status;
}

/* The first word that was meant as an option. */
static staged_status suggest_flag(staged_parser *parser, const staged_namespace *ns,
                                  const stg_extras *extras)
{
    size_t used;
    for (size_t i = 0; i < extras->count; i++) {
        const char *word = extras->words[i];
        if (stg_begins_with_one_of(word, parser->prefix_chars, &used) && word[used] != '\0' &&
            strcmp(word, "--") != 0)
            return stg_suggest_flag(parser, ns, word);
    }
    return STAGED_BAD_INPUT;
}

static staged_status fail_extras(staged_parser *parser, const staged_namespace *ns,
                                 const stg_extras *extras)
{
    stg_buf message = {0};
    stg_buf_add_text(&message, "unrecognized arguments:");
    for (size_t i = 0; i < extras->count; i++)
        stg_buf_addf(&message, " %s", extras->words[i]);
    const staged_status status = stg_fail_take(parser, parser, &message);
    return status == STAGED_BAD_INPUT ? suggest_flag(parser, ns, extras) : status;
}

static staged_status parse_into(staged_parser *parser, staged_namespace *ns,
                                const char *const *words, size_t count)
{
    stg_arena scratch = {0};
    stg_extras extras = {0};
    staged_status status = stg_parse_words(parser, parser, ns, &scratch, words, count, &extras);
    if (status == STAGED_OK && parser->keep_unknown)
        status = stg_namespace_set_unknown(ns, extras.words, extras.count);
    else if (status == STAGED_OK && extras.count > 0)
        status = fail_extras(parser, ns, &extras);
    if (status == STAGED_OK)
        status = stg_namespace_set_typed(ns, words, count);
    if (status == STAGED_OK && !stg_namespace_adopt(ns))
        status = STAGED_NO_MEMORY;
    if (status == STAGED_OK)
        status = stg_store_values(parser, ns);
    free(extras.words);
    stg_arena_free(&scratch);
    return status;
}

staged_status staged_parser_parse(staged_parser *parser, int argc, char *const *argv,
                                  staged_namespace **name_space)
{
    *name_space = NULL;
    STAGED_TRY(staged_parser_check(parser));
    stg_error_clear(&parser->error);
    stg_buf_clear(&parser->output);
    staged_namespace *ns = stg_namespace_new();
    if (ns == NULL)
        return stg_error_set(&parser->error, STAGED_NO_MEMORY, "out of memory\n");
    const char *const *words = (const char *const *)argv;
    const staged_status status = parse_into(parser, ns, words, argc > 0 ? (size_t)argc : 0);
    if (status == STAGED_OK) {
        *name_space = ns;
        return STAGED_OK;
    }
    staged_namespace_free(ns);
    if (status == STAGED_NO_MEMORY && parser->error.status == STAGED_OK)
        stg_error_set(&parser->error, STAGED_NO_MEMORY, "out of memory\n");
    return status;
}
