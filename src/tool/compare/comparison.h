/* SPDX-License-Identifier: BSD-3-Clause
 *
 * In what two runs differ: what `staged diff` shows, and the page about two runs. */
#ifndef TOOL_COMPARE_COMPARISON_H
#define TOOL_COMPARE_COMPARISON_H

#include "tool/compare/sequence.h"
#include "tool/record/record.h"

/* Something that differs; of the run that does not have it, the text is NULL. */
typedef struct tool_difference {
    char *name;
    char *texts[2];
} tool_difference;

typedef struct tool_differences {
    tool_difference *items;
    size_t count;
} tool_differences;

/* Commands in order: '-' for one that only the first run has, '+' for one that only the second
 * has, ' ' for one that both have.
 *   places  among those of each run, of which those count that have it */
typedef struct tool_pair {
    char side;
    size_t places[2];
} tool_pair;

typedef struct tool_pairs {
    tool_pair *items;
    size_t count;
} tool_pairs;

/* How long a stage took in both runs, or the whole run; the name is the record's.
 *   is_notable  whether it took more than twice, or less than half as long.  How long things take
 *               is never the same, and no difference by itself */
typedef struct tool_durations {
    const char *name;
    int64_t durations_ns[2];
    bool is_notable;
} tool_durations;

/* All of it.
 *   ran       what ran, and where
 *   items     those of each that passed in one run and failed in the other
 *   lines     each run's commands: words, directory, and how they ended; ended with NULL
 *   words     the same without how they ended
 *   differ    whether there is a difference */
typedef struct tool_comparison {
    const tool_record *records[2];
    tool_differences ran, arguments, environment, outcomes, items;
    char **lines[2];
    char **words[2];
    tool_pairs commands;
    tool_durations *durations;
    size_t duration_count;
    bool has_hashes; /* of values, which can be compared: both were made with one salt */
    bool differ;
} tool_comparison;

/* Compares two records, which must stay. */
void tool_comparison_make(tool_comparison *comparison, const tool_record *a, const tool_record *b);
void tool_comparison_free(tool_comparison *comparison);
/* Whether a pair is a difference. */
bool tool_pair_differs(const tool_pair *pair);
/* Calls a function for each command, in order: as the pairs, but of those that differ two with the
 * same words are one, '~': the same command, which ended differently. */
void tool_comparison_match(const tool_comparison *comparison, tool_sequence_function *take,
                           void *context);

#endif
