/* SPDX-License-Identifier: BSD-3-Clause
 *
 * An observer that keeps the executed commands, for the list in the summary. */
#ifndef STG_SCRIPT_RECORD_HISTORY_H
#define STG_SCRIPT_RECORD_HISTORY_H

#include <staged/events.h>
#include <staged/renderable.h>

#include "base/memory/arena.h"
#include "base/text/buf.h"

/* All zero is empty. */
typedef struct stg_history {
    staged_command_record *records;
    int64_t *numbers;   /* the number of each record's command */
    const char **texts; /* the commands alone, terminated by NULL */
    size_t count;
    size_t record_capacity, number_capacity, text_capacity;
    stg_arena memory; /* owns what the records point to */
    bool failed;      /* out of memory: some are missing */
} stg_history;

staged_observer stg_history_observer(stg_history *history);
void stg_history_free(stg_history *history);

/* The command to run before one that ran in another directory: "cd DIRECTORY || exit; ".  The
 * caller frees it; NULL: out of memory. */
char *stg_text_of_change(const char *directory);

#endif
