/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The insides of a progress display.  Drawing it locks it while the console is locked: print
 * nothing while holding its lock. */
#ifndef STG_CONSOLE_LIVE_PROGRESS_H
#define STG_CONSOLE_LIVE_PROGRESS_H

#include <pthread.h>
#include <stdarg.h>

#include <staged/live.h>
#include <staged/progress.h>

#include "console/live/task.h"

typedef struct stg_progress_row {
    staged_task id;
    bool hidden;
    staged_renderable *description;
    stg_task task;
} stg_progress_row;

typedef struct stg_progress_column {
    staged_progress_column kind;
    staged_own_column own; /* of STAGED_PROGRESS_OWN */
} stg_progress_column;

struct staged_progress {
    staged_console *console;
    pthread_mutex_t lock; /* guards everything that follows and changes */
    const staged_clock *clock;
    int64_t start_ns;
    stg_progress_column *columns;
    size_t column_count;
    int bar_width; /* below 0: the available width */
    bool expand;
    char *spinner;
    stg_progress_row *rows;
    size_t row_count, row_capacity;
    staged_task last_id;
    staged_live *live;
};

/* Like staged_progress_add_task, with a description that is taken over. */
staged_task stg_progress_add(staged_progress *progress, const staged_task_options *options,
                             staged_renderable *description);
/* The display as a renderable, which must not outlive it.  NULL when out of memory. */
staged_renderable *stg_progress_item_new(staged_progress *progress);

#endif
