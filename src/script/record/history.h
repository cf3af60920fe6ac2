/* SPDX-License-Identifier: BSD-3-Clause
 *
 * An observer that keeps the commands that were run: what the summary's list is made from. */
#ifndef STG_SCRIPT_RECORD_HISTORY_H
#define STG_SCRIPT_RECORD_HISTORY_H

#include <staged/events.h>
#include <staged/renderable.h>

#include "base/memory/arena.h"
#include "base/text/buf.h"

/* All zero is empty. */
typedef struct stg_history {
    staged_command_record *records;
    int64_t *numbers;   /* which command each record is of */
    const char **texts; /* the commands alone, ended by NULL */
    size_t count;
    size_t record_capacity, number_capacity, text_capacity;
    stg_arena memory; /* what the records point to */
    bool failed;      /* out of memory: some are missing */
} stg_history;

staged_observer stg_history_observer(stg_history *history);
void stg_history_free(stg_history *history);

/* What goes to another directory, before a command that ran there: "cd DIRECTORY || exit; ", to be
 * released with free(); NULL: out of memory. */
char *stg_text_of_change(const char *directory);

#endif
