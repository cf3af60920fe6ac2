/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The order of a command line.  Options come first, as reverse_argparse has them; where an option
 * would swallow a positional, or a positional looks like an option, a "--" or another order keeps
 * them apart. */
#include <stdlib.h>
#include <string.h>

#include "args/argument.h"
#include "args/match.h"
#include "args/unparse.h"
#include "base/grow.h"

bool stg_append_items(stg_items *to, const stg_item *items, size_t count)
{
    if (!stg_grow(&to->items, &to->capacity, to->count + count, sizeof *to->items))
        return false;
    if (count > 0)
        memcpy(to->items + to->count, items, count * sizeof *items);
    to->count += count;
    return true;
}

static void put(stg_unparse *u, stg_items *out, const stg_item *items, size_t count)
{
    u->failed = !stg_append_items(out, items, count) || u->failed;
}

static void put_all(stg_unparse *u, stg_items *out, const stg_items *items)
{
    put(u, out, items->items, items->count);
}

static void put_positionals(stg_unparse *u, stg_items *out, const stg_positional *positionals,
                            size_t count)
{
    for (size_t i = 0; i < count; i++)
        put_all(u, out, &positionals[i].items);
}

static bool takes_rest(const staged_argument *argument)
{
    return argument->nargs == STAGED_REMAINDER || argument->nargs == STAGED_COMMAND_AND_REST;
}

/* ---- Would the words find their arguments? ---- */

/* Adds the letters of a positional's words; see match.h.  `*dashes` is whether a "--" came before,
 * after which there are no options. */
static void add_pattern(stg_unparse *u, stg_buf *pattern, const stg_positional *positional,
                        bool *dashes)
{
    for (size_t i = 0; i < positional->items.count; i++) {
        const stg_item *item = &positional->items.items[i];
        for (size_t w = 0; w < item->count; w++) {
            char letter = 'A';
            if (!*dashes && strcmp(item->words[w], "--") == 0)
                letter = '-';
            else if (!*dashes && stg_looks_like_option(u, item->words[w]))
                letter = 'O';
            *dashes = *dashes || letter == '-';
            stg_buf_add_char(pattern, letter);
        }
    }
}

/* Whether the words of the first `given` of `count` positionals go to them, and none of the others
 * is used up.  `counts` and `arguments` have room for all. */
static bool match(stg_unparse *u, const stg_positional *positionals, size_t given, size_t count,
                  bool dashes, size_t *counts, staged_argument **arguments)
{
    stg_buf pattern = {0};
    bool after_dashes = dashes;
    if (dashes)
        stg_buf_add_char(&pattern, '-');
    for (size_t i = 0; i < given; i++)
        add_pattern(u, &pattern, &positionals[i], &after_dashes);
    for (size_t i = 0; i < count; i++)
        arguments[i] = u->parser->arguments[positionals[i].argument->index];
    const char *letters = stg_buf_text(&pattern);
    const long matched = stg_match_positionals(arguments, count, letters, pattern.length, counts);
    u->failed = u->failed || matched < 0 || pattern.failure != 0;
    /* An option at the very beginning is read as one, whatever could take it. */
    bool found = matched >= 0 && letters[0] != 'O';
    for (size_t i = 0; i < count && found; i++) {
        const size_t wanted = (i < given ? positionals[i].count : 0) + (dashes && i == 0);
        found =
            counts[i] == wanted && (i < given || (long)i >= matched || positionals[i].count == 0);
    }
    stg_buf_free(&pattern);
    return found;
}

static bool are_found(stg_unparse *u, const stg_positional *positionals, size_t given, size_t count,
                      bool dashes)
{
    size_t *counts = calloc(count + 1, sizeof *counts);
    staged_argument **arguments = calloc(count + 1, sizeof *arguments);
    const bool memory = counts != NULL && arguments != NULL;
    u->failed = u->failed || !memory;
    const bool found = memory && match(u, positionals, given, count, dashes, counts, arguments);
    free(arguments);
    free(counts);
    return found;
}

static bool has_word(const stg_positional *positional, const char *word)
{
    for (size_t i = 0; i < positional->items.count; i++) {
        const stg_item *item = &positional->items.items[i];
        for (size_t w = 0; w < item->count; w++) {
            if (strcmp(item->words[w], word) == 0)
                return true;
        }
    }
    return false;
}

/* ---- Options at the end ---- */

static void swap(stg_item *a, stg_item *b)
{
    const stg_item c = *a;
    *a = *b;
    *b = c;
}

/* Moves a closed item to the end; answers whether there is one. */
static bool end_closed(stg_items *options)
{
    for (size_t i = options->count; i > 0; i--) {
        if (options->items[i - 1].open || options->items[i - 1].rest)
            continue;
        for (size_t k = i; k < options->count; k++)
            swap(&options->items[k - 1], &options->items[k]);
        return true;
    }
    return false;
}

/* "--flag=WORD" takes no more, whatever it would take otherwise. */
static void join(stg_unparse *u, stg_item *item)
{
    item->words[0] = stg_arena_printf(u->arena, "%s=%s", item->words[0], item->words[1]);
    u->failed = u->failed || item->words[0] == NULL;
    item->count = 1;
    item->open = false;
    item->rest = false;
}

/* Makes the last item one that takes no more words: by another order, by joining its only word, or
 * by leaving it out where its default does. */
static void close_end(stg_unparse *u, stg_items *options)
{
    while (options->count > 0 && options->items[options->count - 1].open) {
        if (end_closed(options))
            return;
        stg_item *last = &options->items[options->count - 1];
        const staged_value *value = stg_value_of(u, last->argument);
        if (last->count == 2) {
            join(u, last);
        } else if (value != NULL && stg_is_default(last->argument, value)) {
            options->count--;
        } else {
            return;
        }
    }
}

/* ---- The orders ---- */

/* Puts options between positionals that would take each other's words. */
static bool interleave(stg_unparse *u, stg_items *options, const stg_positional *positionals,
                       size_t count, stg_items *out)
{
    size_t done = 0;
    size_t cuts = 0;
    stg_items mixed = {0};
    while (done < count && !u->failed) {
        size_t given = count - done;
        while (given > 0 && !are_found(u, positionals + done, given, count - done, false))
            given--;
        if (given == 0)
            break;
        if (done > 0) {
            /* Between two runs there has to be an option that takes none of the words. */
            if (cuts == options->count || !end_closed(options))
                break;
            put(u, &mixed, &options->items[options->count - 1], 1);
            options->count--;
            cuts++;
        }
        put_positionals(u, &mixed, positionals + done, given);
        done += given;
    }
    const bool complete = done == count;
    if (complete) {
        close_end(u, options);
        put_all(u, out, options);
        put_all(u, out, &mixed);
    }
    free(mixed.items);
    return complete;
}

/* A word "--" is lost where it stands among words: one more is put before it. */
static void guard_dashes(stg_unparse *u, stg_positional *positional)
{
    const int nargs = positional->argument->nargs;
    if (positional->items.count != 1 ||
        (nargs != STAGED_ZERO_OR_MORE && nargs != STAGED_ONE_OR_MORE))
        return;
    stg_item *item = &positional->items.items[0];
    if (item->emptied || !has_word(positional, "--"))
        return;
    const char **words = stg_arena_alloc(u->arena, (item->count + 1) * sizeof *words);
    if (words == NULL) {
        u->failed = true;
        return;
    }
    words[0] = "--";
    memcpy(words + 1, item->words, item->count * sizeof *words);
    item->words = words;
    item->count++;
    positional->count++;
}

static void put_after_dashes(stg_unparse *u, stg_items *options, stg_positional *positionals,
                             size_t count, stg_items *out)
{
    static const char *const words[] = {"--"};
    put_all(u, out, options);
    stg_item *dashes = stg_add_item(u, NULL, words, 1);
    if (dashes != NULL)
        put(u, out, dashes, 1);
    put_positionals(u, out, positionals, count);
}

static size_t count_words(const stg_positional *positionals, size_t count)
{
    size_t words = 0;
    for (size_t i = 0; i < count; i++)
        words += positionals[i].count;
    return words;
}

/* Takes out the options that take all that follows, if something does. */
static stg_items take_rest(stg_unparse *u, stg_items *options, bool followed)
{
    stg_items rest = {0};
    size_t kept = 0;
    for (size_t i = 0; i < options->count; i++) {
        const bool last = !followed && i + 1 == options->count && rest.count == 0;
        if (options->items[i].rest && options->items[i].count == 2 && !last)
            join(u, &options->items[i]);
        if (options->items[i].rest)
            put(u, &rest, &options->items[i], 1);
        else
            options->items[kept++] = options->items[i];
    }
    options->count = kept;
    return rest;
}

/* Leaves out the positionals whose default does as well. */
static void leave_out_defaults(stg_unparse *u, stg_positional *positionals, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const staged_argument *argument = positionals[i].argument;
        const staged_value *value = stg_value_of(u, argument);
        if (value == NULL || argument->commands != NULL ||
            !stg_comes_by_itself(u, argument, value) ||
            (argument->nargs != STAGED_OPTIONAL && argument->nargs != STAGED_ZERO_OR_MORE))
            continue;
        positionals[i].items.count = 0;
        positionals[i].count = 0;
    }
}

/* Whether the words go where they belong when they stand as they are. */
static bool can_stand_plain(stg_unparse *u, const stg_positional *positionals, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!takes_rest(positionals[i].argument) && has_word(&positionals[i], "--"))
            return false;
    }
    return are_found(u, positionals, count, count, false);
}

void stg_arrange(stg_unparse *u, stg_items *options, stg_positional *positionals, size_t count,
                 stg_items *out)
{
    stg_items rest = take_rest(u, options, count_words(positionals, count) > 0);
    const bool dashes_allowed = count > 0 && !takes_rest(positionals[0].argument);
    bool plain = can_stand_plain(u, positionals, count);
    for (size_t i = 1; i < count && !plain; i++)
        guard_dashes(u, &positionals[i]);
    if (!plain && !(dashes_allowed && are_found(u, positionals, count, count, true))) {
        leave_out_defaults(u, positionals, count);
        plain = can_stand_plain(u, positionals, count);
    }
    const bool swallowed =
        rest.count > 0 || (options->count > 0 && options->items[options->count - 1].open);
    if (count_words(positionals, count) == 0) {
        put_all(u, out, options);
        put_all(u, out, &rest);
    } else if (plain && !swallowed) {
        put_all(u, out, options);
        put_positionals(u, out, positionals, count);
    } else if (dashes_allowed && are_found(u, positionals, count, count, true)) {
        put_all(u, out, options);
        put_after_dashes(u, &rest, positionals, count, out);
    } else if (plain && rest.count > 0) {
        put_positionals(u, out, positionals, count);
        put_all(u, out, options);
        put_all(u, out, &rest);
    } else if (plain || !interleave(u, options, positionals, count, out)) {
        close_end(u, options);
        put_all(u, out, options);
        put_positionals(u, out, positionals, count);
        put_all(u, out, &rest);
    }
    free(rest.items);
}
