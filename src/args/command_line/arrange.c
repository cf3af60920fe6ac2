/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The order of a command line.  Options come first, as reverse_argparse has them; where an option
 * would swallow a positional, or a positional looks like an option, a "--" or another order keeps
 * them apart. */
#include <stdlib.h>
#include <string.h>

#include "args/command_line/unparse.h"
#include "args/model/argument.h"
#include "args/reading/match.h"
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
    return argument->nargs == STAGED_NARGS_REMAINDER ||
           argument->nargs == STAGED_NARGS_COMMAND_AND_REST;
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
            const char letter = *dashes ? 'A' : stg_letter_of(u, item->words[w]);
            *dashes = *dashes || letter == '-';
            stg_buf_add_char(pattern, letter);
        }
    }
}

/* Whether the words of the first `given` of `count` positionals go to them, and none of the others
 * is used up; an option follows if some are not given.  `counts` and `arguments` have room for all.
 */
static bool match(stg_unparse *u, const stg_positional *positionals, size_t given, size_t count,
                  bool dashes, size_t *counts, staged_argument **arguments)
{
    stg_buf pattern = {0};
    bool after_dashes = dashes;
    if (dashes)
        stg_buf_add_char(&pattern, '-');
    for (size_t i = 0; i < given; i++)
        add_pattern(u, &pattern, &positionals[i], &after_dashes);
    if (given < count)
        stg_buf_add_char(&pattern, 'O');
    for (size_t i = 0; i < count; i++)
        arguments[i] = u->parser->arguments[positionals[i].argument->index];
    const char *letters = stg_buf_text(&pattern);
    const long matched = stg_match_positionals(arguments, count, letters, pattern.length, counts);
    u->failed = u->failed || matched < 0 || pattern.failure != STAGED_OK;
    /* An option at the very beginning is read as one, whatever could take it. */
    bool found = matched >= 0 && letters[0] != 'O';
    for (size_t i = 0; i < count && found; i++) {
        const size_t wanted = (i < given ? positionals[i].count : 0) + (dashes && i == 0);
        found = (long)i >= matched ? wanted == 0 : counts[i] == wanted;
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

/* ---- Options at the end ---- */

static void swap(stg_item *a, stg_item *b)
{
    const stg_item c = *a;
    *a = *b;
    *b = c;
}

/* Whether a later item is for the same destination: their order matters. */
static bool is_followed(const stg_items *items, size_t number)
{
    const char *dest = items->items[number].argument->dest;
    for (size_t i = number + 1; i < items->count; i++) {
        if (strcmp(items->items[i].argument->dest, dest) == 0)
            return true;
    }
    return false;
}

/* Moves a closed item to the end; answers whether there is one. */
static bool end_closed(stg_items *options)
{
    for (size_t i = options->count; i > 0; i--) {
        if (options->items[i - 1].open || is_followed(options, i - 1))
            continue;
        for (size_t k = i; k < options->count; k++)
            swap(&options->items[k - 1], &options->items[k]);
        return true;
    }
    return false;
}

/* "--flag=WORD" takes no more, whatever the flag would take otherwise. */
static void join(stg_unparse *u, stg_item *item)
{
    item->words[0] = stg_arena_printf(u->arena, "%s=%s", item->words[0], item->words[1]);
    u->failed = u->failed || item->words[0] == NULL;
    item->count = 1;
    item->open = false;
    item->rest = false;
}

/* Says the last of several words that are added to a list by an occurrence of its own. */
static void split_last(stg_unparse *u, stg_items *options)
{
    stg_item *item = &options->items[options->count - 1];
    const char *const words[] = {item->words[0], item->words[item->count - 1]};
    item->count--;
    const stg_item *split = stg_add_item(u, item->argument, words, 2);
    if (split != NULL)
        put(u, options, split, 1);
    u->items.count = 0;
}

/* Makes the last item one that takes no more words: by another order, by joining its last word, or
 * by leaving it out where its default does. */
static void close_end(stg_unparse *u, stg_items *options)
{
    while (options->count > 0 && options->items[options->count - 1].open && !u->failed) {
        if (end_closed(options))
            return;
        stg_item *last = &options->items[options->count - 1];
        if (last->count > 2 && last->argument->action == STAGED_ARG_EXTEND &&
            last->argument->act == NULL) {
            split_last(u, options);
            last = &options->items[options->count - 1];
        }
        const staged_value *value = stg_value_of(u, last->argument);
        if (last->count == 2) {
            join(u, last);
        } else if (value != NULL && stg_comes_by_itself(u, last->argument, value)) {
            options->count--;
        } else {
            return;
        }
    }
}

/* ---- The orders ---- */

/* Whether the first "--" among the words is lost to its positional: it ends the options. */
static bool loses_dashes(const stg_positional *positionals, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const int nargs = positionals[i].argument->nargs;
        size_t before = 0;
        for (size_t k = 0; k < positionals[i].items.count; k++) {
            const stg_item *item = &positionals[i].items.items[k];
            for (size_t w = 0; w < item->count; w++, before++) {
                if (strcmp(item->words[w], "--") == 0)
                    return nargs != STAGED_NARGS_REMAINDER &&
                           (nargs != STAGED_NARGS_COMMAND_AND_REST || before == 0);
            }
        }
    }
    return false;
}

/* Whether the words go where they belong when they stand as they are. */
static bool can_stand_plain(stg_unparse *u, const stg_positional *positionals, size_t count)
{
    return !loses_dashes(positionals, count) && are_found(u, positionals, count, count, false);
}

/* The same after a "--", which must not be one of the words. */
static bool can_follow_dashes(stg_unparse *u, const stg_positional *positionals, size_t count)
{
    return count > 0 && positionals[0].argument->nargs != STAGED_NARGS_REMAINDER &&
           are_found(u, positionals, count, count, true);
}

static void put_dashes(stg_unparse *u, stg_items *out)
{
    static const char *const words[] = {"--"};
    const stg_item *dashes = stg_add_item(u, NULL, words, 1);
    if (dashes != NULL)
        put(u, out, dashes, 1);
    u->items.count = 0;
}

static size_t count_words(const stg_positional *positionals, size_t count)
{
    size_t words = 0;
    for (size_t i = 0; i < count; i++)
        words += positionals[i].count;
    return words;
}

/* Takes out the options that take all that follows.  Where something does, they are told by joining
 * their only word, or by their default, if that is possible. */
static stg_items take_rest(stg_unparse *u, stg_items *options, bool followed)
{
    stg_items rest = {0};
    size_t kept = 0;
    for (size_t i = 0; i < options->count; i++) {
        stg_item *item = &options->items[i];
        const bool last = !followed && i + 1 == options->count && rest.count == 0;
        const staged_value *value = stg_value_of(u, item->argument);
        if (item->rest && !last && value != NULL && stg_comes_by_itself(u, item->argument, value))
            continue;
        if (item->rest && !last && item->count == 2)
            join(u, item);
        if (item->rest)
            put(u, &rest, item, 1);
        else
            options->items[kept++] = *item;
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
            (argument->nargs != STAGED_NARGS_OPTIONAL &&
             argument->nargs != STAGED_NARGS_ZERO_OR_MORE))
            continue;
        positionals[i].items.count = 0;
        positionals[i].count = 0;
    }
}

static bool ends_open(const stg_items *options)
{
    return options->count > 0 && options->items[options->count - 1].open;
}

/* Puts options between runs of positionals that would take each other's words: all of them after
 * the first run, but for those that keep later runs apart. */
static bool interleave(stg_unparse *u, stg_items *options, const stg_positional *positionals,
                       size_t count, stg_items *out)
{
    size_t done = 0;
    size_t first = 0;     /* how many positionals are in the first run */
    bool guarded = false; /* a "--" keeps the options from the second run */
    stg_items later = {0};
    while (done < count && !u->failed) {
        const stg_positional *left = positionals + done;
        size_t given = count - done;
        if (done > first) {
            /* Between two runs there has to be an option that takes none of the words. */
            close_end(u, options);
            if (options->count == 0 || ends_open(options))
                break;
            put(u, &later, &options->items[--options->count], 1);
        }
        const bool second = done > 0 && done == first;
        if (second)
            close_end(u, options);
        const bool open = second && ends_open(options);
        if (done > 0 && (open || !can_stand_plain(u, left, given)) &&
            can_follow_dashes(u, left, given)) {
            put_dashes(u, &later);
            guarded = guarded || second;
        } else {
            while (given > 0 && !are_found(u, left, given, count - done, false))
                given--;
        }
        if (given == 0)
            break;
        if (done > 0)
            put_positionals(u, &later, left, given);
        done += given;
        first = first == 0 ? done : first;
    }
    close_end(u, options);
    const bool complete = done == count && options->count > 0 && (guarded || !ends_open(options));
    if (complete) {
        put_positionals(u, out, positionals, first);
        put_all(u, out, options);
        put_all(u, out, &later);
    }
    for (size_t i = 0; i < later.count && !complete; i++) {
        const stg_item *item = &later.items[i];
        if (item->argument != NULL && item->argument->parser == u->parser &&
            !stg_is_positional(item->argument))
            put(u, options, item, 1); /* it goes back where it was */
    }
    free(later.items);
    return complete;
}

/* Whether a "--" that belongs to the positionals ends what options can take. */
static bool begin_with_dashes(const stg_positional *positionals, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (positionals[i].count > 0)
            return strcmp(positionals[i].items.items[0].words[0], "--") == 0;
    }
    return false;
}

/* Puts a "--" before the first word that looks like an option; answers whether there is one. */
static bool put_late_dashes(stg_unparse *u, stg_positional *positionals, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        stg_positional *positional = &positionals[i];
        for (size_t k = 0; k < positional->items.count; k++) {
            stg_item *item = &positional->items.items[k];
            size_t at = 0;
            while (at < item->count && !stg_looks_like_option(u, item->words[at]))
                at++;
            if (at == item->count)
                continue;
            const char **words = stg_arena_alloc(u->arena, (item->count + 1) * sizeof *words);
            u->failed = u->failed || words == NULL;
            if (words == NULL || takes_rest(positional->argument))
                return false;
            memcpy(words, item->words, at * sizeof *words);
            words[at] = "--";
            memcpy(words + at + 1, item->words + at, (item->count - at) * sizeof *words);
            item->words = words;
            item->count++;
            return true;
        }
    }
    return false;
}

void stg_arrange(stg_unparse *u, stg_items *options, stg_positional *positionals, size_t count,
                 stg_items *out)
{
    if (u->late_dashes && put_late_dashes(u, positionals, count)) {
        close_end(u, options);
        put_all(u, out, options);
        put_positionals(u, out, positionals, count);
        return;
    }
    if (u->positionals_first) {
        put_positionals(u, out, positionals, count);
        close_end(u, options);
        put_all(u, out, options);
        return;
    }
    stg_items rest = take_rest(u, options, count_words(positionals, count) > 0);
    bool plain = can_stand_plain(u, positionals, count);
    if (!plain && !can_follow_dashes(u, positionals, count)) {
        leave_out_defaults(u, positionals, count);
        plain = can_stand_plain(u, positionals, count);
    }
    const bool swallowed =
        rest.count > 0 || (options->count > 0 && options->items[options->count - 1].open);
    if (plain && (!swallowed || begin_with_dashes(positionals, count) ||
                  count_words(positionals, count) == 0)) {
        put_all(u, out, options);
        put_all(u, out, &rest);
        put_positionals(u, out, positionals, count);
    } else if (!(plain && rest.count == 0 && takes_rest(positionals[0].argument)) &&
               can_follow_dashes(u, positionals, count)) {
        put_all(u, out, options);
        put_all(u, out, &rest);
        put_dashes(u, out);
        put_positionals(u, out, positionals, count);
    } else if (plain && rest.count > 0) {
        put_positionals(u, out, positionals, count);
        put_all(u, out, options);
        put_all(u, out, &rest);
    } else if (plain || !interleave(u, options, positionals, count, out)) {
        close_end(u, options);
        put_all(u, out, options);
        if (ends_open(options) && can_follow_dashes(u, positionals, count))
            put_dashes(u, out);
        put_positionals(u, out, positionals, count);
        put_all(u, out, &rest);
    }
    free(rest.items);
}
