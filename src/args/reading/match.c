/* SPDX-License-Identifier: BSD-3-Clause
 *
 * argparse builds one regular expression from all positionals and lets it match.  Here the same
 * answer is found in two passes: forwards, which places the first few positionals can end at;
 * backwards, the longest stretch for each that leaves enough for the rest. */
#include "args/reading/match.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static size_t run_of_words(const char *pattern, size_t length)
{
    size_t n = 0;
    while (n < length && pattern[n] == 'A')
        n++;
    return n;
}

long stg_match_option(const staged_argument *option, const char *pattern, size_t length)
{
    if (option->wordless)
        return 0;
    const size_t words = run_of_words(pattern, length);
    size_t all = words;
    switch (option->nargs) {
    case 0:
        return words > 0 ? 1 : -1;
    case STAGED_NARGS_OPTIONAL:
        return words > 0;
    case STAGED_NARGS_ZERO_OR_MORE:
        return (long)words;
    case STAGED_NARGS_ONE_OR_MORE:
        return words > 0 ? (long)words : -1;
    case STAGED_NARGS_COMMAND_AND_REST:
    case STAGED_NARGS_REMAINDER:
        if (option->nargs == STAGED_NARGS_COMMAND_AND_REST && words == 0)
            return -1;
        while (all < length && pattern[all] != '-')
            all++;
        return (long)all;
    default:
        /* Also words that look like options are taken, where a number of words is wanted. */
        while (all < length && pattern[all] != '-')
            all++;
        return all >= (size_t)option->nargs ? option->nargs : -1;
    }
}

/* How many words a positional takes. */
typedef struct limits {
    size_t fewest, most;
    bool options_too; /* after the fewest, anything */
} limits;

static limits limits_of(const staged_argument *positional)
{
    if (positional->wordless)
        return (limits){0, 0, false};
    switch (positional->nargs) {
    case 0:
        return (limits){1, 1, false};
    case STAGED_NARGS_OPTIONAL:
        return (limits){0, 1, false};
    case STAGED_NARGS_ZERO_OR_MORE:
        return (limits){0, SIZE_MAX, false};
    case STAGED_NARGS_ONE_OR_MORE:
        return (limits){1, SIZE_MAX, false};
    case STAGED_NARGS_REMAINDER:
        return (limits){0, SIZE_MAX, true};
    case STAGED_NARGS_COMMAND_AND_REST:
        return (limits){1, SIZE_MAX, true};
    default:
        return (limits){(size_t)positional->nargs, (size_t)positional->nargs, false};
    }
}

/* The pattern, with the places that are asked for again and again. */
typedef struct words {
    const char *pattern;
    size_t length;
    size_t dash;   /* of the "--"; SIZE_MAX: there is none */
    size_t option; /* the first 'O' at or after the last place asked for */
} words;

static size_t next_option(words *w, size_t at)
{
    if (w->option < at)
        w->option = at;
    while (w->option < w->length && w->pattern[w->option] != 'O')
        w->option++;
    return w->option;
}

/* What a positional can take from `at`: from `*shortest` to `*longest` letters, a "--" counted in,
 * and every number between them.  Returns false when it cannot be there. */
static bool stretches(words *w, limits limit, size_t at, size_t *shortest, size_t *longest)
{
    const size_t run = next_option(w, at) - at;
    const size_t dash = w->dash >= at && w->dash < at + run ? w->dash - at : SIZE_MAX;
    const size_t available = run - (dash != SIZE_MAX);
    if (available < limit.fewest)
        return false;
    *shortest = limit.fewest + (dash < limit.fewest);
    const size_t most = limit.most < available ? limit.most : available;
    *longest = limit.options_too ? w->length - at : most + (dash != SIZE_MAX && dash <= most);
    return true;
}

/* For each number of positionals, at which places they can end. */
typedef struct table {
    unsigned char *places;
    size_t width;
} table;

static unsigned char *row(const table *t, size_t number)
{
    return t->places + number * t->width;
}

/* Marks in `to` where a positional can end that begins at a place of `from`. */
static bool reach(words *w, limits limit, const unsigned char *from, unsigned char *to)
{
    bool any = false;
    size_t marked = 0; /* from here on nothing is marked */
    w->option = 0;
    for (size_t at = 0; at <= w->length; at++) {
        size_t shortest;
        size_t longest;
        if (!from[at] || !stretches(w, limit, at, &shortest, &longest))
            continue;
        any = true;
        size_t end = at + shortest;
        for (end = end > marked ? end : marked; end <= at + longest; end++)
            to[end] = 1;
        marked = end > marked ? end : marked;
    }
    return any;
}

/* Keeps only those places of `from` from which a place that is left in `to` can be reached. */
static void keep_useful(words *w, limits limit, unsigned char *from, const unsigned char *to,
                        size_t *last_useful)
{
    size_t last = SIZE_MAX;
    for (size_t i = 0; i <= w->length; i++) {
        last = to[i] ? i : last;
        last_useful[i] = last;
    }
    w->option = 0;
    for (size_t at = 0; at <= w->length; at++) {
        size_t shortest;
        size_t longest;
        if (!from[at])
            continue;
        const bool possible = stretches(w, limit, at, &shortest, &longest);
        const size_t end = possible ? last_useful[at + longest] : SIZE_MAX;
        from[at] = end != SIZE_MAX && end >= at + shortest;
    }
}

/* Options end what a positional can take, unless there is one that takes options too. */
static size_t relevant_length(staged_argument *const *positionals, size_t count,
                              const char *pattern, size_t length)
{
    for (size_t i = 0; i < count; i++) {
        if (limits_of(positionals[i]).options_too)
            return length;
    }
    const char *option = memchr(pattern, 'O', length);
    return option == NULL ? length : (size_t)(option - pattern);
}

static size_t share_out(words *w, staged_argument *const *positionals, size_t count, table *t,
                        size_t *last_useful, size_t *counts)
{
    size_t reached = 0;
    row(t, 0)[0] = 1;
    while (reached < count &&
           reach(w, limits_of(positionals[reached]), row(t, reached), row(t, reached + 1)))
        reached++;
    for (size_t i = reached; i > 0; i--)
        keep_useful(w, limits_of(positionals[i - 1]), row(t, i - 1), row(t, i), last_useful);
    size_t at = 0;
    w->option = 0;
    for (size_t i = 0; i < reached; i++) {
        size_t shortest = 0;
        size_t longest = 0;
        (void)stretches(w, limits_of(positionals[i]), at, &shortest, &longest);
        size_t end = at + longest;
        while (!row(t, i + 1)[end])
            end--;
        counts[i] = end - at;
        at = end;
    }
    return reached;
}

long stg_match_positionals(staged_argument *const *positionals, size_t count, const char *pattern,
                           size_t length, size_t *counts)
{
    if (count == 0)
        return 0;
    words w = {.pattern = pattern,
               .length = relevant_length(positionals, count, pattern, length),
               .dash = SIZE_MAX};
    const char *dash = memchr(pattern, '-', w.length);
    if (dash != NULL)
        w.dash = (size_t)(dash - pattern);
    table t = {.width = w.length + 1};
    t.places = calloc(count + 1, t.width);
    size_t *last_useful = malloc(t.width * sizeof *last_useful);
    long answer = -1;
    if (t.places != NULL && last_useful != NULL)
        answer = (long)share_out(&w, positionals, count, &t, last_useful, counts);
    /* Those that an option comes after may get words later. */
    size_t used = 0;
    for (long i = 0; i < answer; i++)
        used += counts[i];
    while (answer > 0 && counts[answer - 1] == 0 && used < length && pattern[used] == 'O')
        answer--;
    free(last_useful);
    free(t.places);
    return answer;
}
