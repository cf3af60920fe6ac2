/* SPDX-License-Identifier: BSD-3-Clause
 *
 * An observer that keeps the commands that were run: what the summary's list is made from. */
#ifndef STG_SCRIPT_HISTORY_H
#define STG_SCRIPT_HISTORY_H

#include <staged/events.h>

#include "base/arena.h"
#include "base/buf.h"

/* All zero is empty. */
typedef struct stg_history {
    staged_command_record *records;
    unsigned *numbers;  /* which command each record is of */
    const char **texts; /* the commands alone, ended by NULL */
    size_t count;
    size_t record_capacity, number_capacity, text_capacity;
    stg_arena memory; /* what the records point to */
    bool failed;      /* out of memory: some are missing */
} stg_history;

staged_observer stg_history_observer(stg_history *history);
void stg_history_free(stg_history *history);

/* Adds the list as the summary shows it: a command a line, with another directory than the script's
 * and what went wrong behind a `#`, as a shell's comment. */
void stg_history_add_list(const stg_history *history, stg_buf *text);

#endif
