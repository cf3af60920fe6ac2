/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The differences between two runs, as `staged diff` and the page about two runs show them. */
#ifndef TOOL_COMPARE_COMPARISON_H
#define TOOL_COMPARE_COMPARISON_H

#include "tool/compare/sequence.h"
#include "tool/record/record.h"

/* A difference; the text is NULL for the run that lacks it. */
typedef struct tool_difference {
    char *name;
    char *texts[2];
} tool_difference;

typedef struct tool_differences {
    tool_difference *items;
    size_t count;
} tool_differences;

/* Commands in order: '-' for one only in the first run, '+' for one only in the second, ' ' for one
 * in both.
 *   places  its index in each run; only those of runs that have it count */
typedef struct tool_pair {
    char side;
    size_t places[2];
} tool_pair;

typedef struct tool_pairs {
    tool_pair *items;
    size_t count;
} tool_pairs;

/* How long a stage, or the whole run, took in both runs; the record owns the name.
 *   is_notable  whether it took more than twice or less than half as long.  Durations always
 *               vary, and are no difference by themselves */
typedef struct tool_durations {
    const char *name;
    int64_t durations_ns[2];
    bool is_notable;
} tool_durations;

/* All differences.
 *   ran       what ran, and where
 *   items     items of each that passed in one run and failed in the other
 *   lines     each run's commands: words, directory, and how they ended; terminated by NULL
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
    bool has_hashes; /* hashes can be compared, as both were made with the same salt */
    bool differ;
} tool_comparison;

/* Compares two records, which must outlive the comparison. */
void tool_comparison_make(tool_comparison *comparison, const tool_record *a, const tool_record *b);
void tool_comparison_free(tool_comparison *comparison);
/* Whether the pair is a difference. */
bool tool_pair_differs(const tool_pair *pair);
/* Calls a function for each command, in order, like the pairs, except that two differing ones with
 * the same words are combined into one, '~': the same command, which ended differently. */
void tool_comparison_match(const tool_comparison *comparison, tool_sequence_function *take,
                           void *context);

#endif
