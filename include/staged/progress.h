/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Progress bars: one row a task, refreshed from a thread of its own, below what is printed and
 * logged; where nothing moves the last state is printed once, at the end. */
#ifndef STAGED_PROGRESS_H
#define STAGED_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/clock.h>
#include <staged/console.h>
#include <staged/status.h>

STAGED_BEGIN_DECLS

typedef struct staged_bar_options {
    double total;               /* 0: unknown, the bar pulses; so is less, infinity and NaN */
    double completed;           /* no number: 0 */
    int width;                  /* columns; 0: what room there is */
    bool pulse;                 /* show that something goes on, not how far it is */
    const char *style;          /* of what is still to be done; NULL: "bar.back" */
    const char *complete_style; /* of what is done; NULL: "bar.complete" */
    const char *finished_style; /* of a full bar; NULL: "bar.finished" */
    const char *pulse_style;    /* NULL: "bar.pulse" */
} staged_bar_options;

/* A bar by itself, to be put into tables and panels.
 *   options  NULL: all defaults; texts are copied
 * Source: rich.progress_bar.ProgressBar. */
STAGED_API staged_renderable *staged_bar_new(const staged_bar_options *options);

typedef struct staged_progress staged_progress;

typedef enum staged_progress_column {
    STAGED_PROGRESS_END = 0,     /* ends the list of columns */
    STAGED_PROGRESS_DESCRIPTION, /* what the task is called */
    STAGED_PROGRESS_BAR,
    STAGED_PROGRESS_PERCENTAGE,     /* " 42%"; nothing without a total */
    STAGED_PROGRESS_SPEED,          /* the same, but "3.4 it/s" without a total */
    STAGED_PROGRESS_COUNT,          /* " 7/100" */
    STAGED_PROGRESS_ELAPSED,        /* "0:00:07" */
    STAGED_PROGRESS_REMAINING,      /* "0:01:07"; "-:--:--" while nothing is known */
    STAGED_PROGRESS_TIME,           /* the same; when the task is finished, the time that it took */
    STAGED_PROGRESS_DOWNLOAD,       /* "0.5/2.3 GB": the steps are bytes */
    STAGED_PROGRESS_TRANSFER_SPEED, /* "1.5 MB/s" */
    STAGED_PROGRESS_SPINNER,        /* while the task runs */
    STAGED_PROGRESS_OWN             /* one of your own, see staged_own_column */
} staged_progress_column;

/* A task of a progress display, by its number, from 1. */
typedef int32_t staged_task;

/* What a task is like just now. */
typedef struct staged_task_state {
    staged_task task;
    double total; /* below 0: unknown */
    double completed;
    double percentage;  /* 0 to 100; 0 without a total */
    double speed;       /* steps a second; 0: unknown */
    double elapsed_s;   /* how long it has run, or took; below 0: it was not started */
    double remaining_s; /* how long it will take; below 0: unknown */
    bool finished;
} staged_task_state;

/* Makes the cell of a task, each time that it is drawn.
 *   context  as given in the column
 *   task     not to be kept
 * Returns a renderable of its own, which is released after it was drawn; NULL: out of memory.
 * Must neither print on the console nor change the progress display. */
typedef staged_renderable *staged_task_cell_function(void *context, const staged_task_state *task);

/* Source: rich.progress.ProgressColumn. */
typedef struct staged_own_column {
    staged_task_cell_function *make;
    void *context; /* has to outlive the display */
    bool no_wrap;  /* keep cells on one line */
} staged_own_column;

typedef struct staged_progress_options {
    const staged_progress_column *columns; /* ended with STAGED_PROGRESS_END, copied; NULL:
                                              description, bar, percentage, remaining */
    const staged_own_column *own_columns;  /* one for each STAGED_PROGRESS_OWN in `columns`, in
                                              their order; copied */
    double refresh_per_second;             /* 0: 10; below 0: only when it is asked for */
    int bar_width;                         /* columns; 0: 40; below 0: what room there is */
    bool expand;                           /* use the whole width */
    bool transient;                        /* take it away at the end */
    const char *spinner;                   /* NULL: "dots" */
    const staged_clock *clock; /* measures the times; NULL: the system's; has to outlive it */
} staged_progress_options;

/* Shows progress bars, none at first.
 *   console  has to outlive it
 *   options  NULL: all defaults
 * Returns NULL when there is no memory, no thread, or no spinner of that name.
 * Source: rich.progress.Progress. */
STAGED_API staged_progress *staged_progress_new(staged_console *console,
                                                const staged_progress_options *options);
/* Draws the last state, gives the cursor back, and releases it.  NULL: nothing. */
STAGED_API void staged_progress_free(staged_progress *progress);
/* Draws it now. */
STAGED_API staged_status staged_progress_refresh(staged_progress *progress);
/* Whether all tasks are finished. */
STAGED_API bool staged_progress_finished(staged_progress *progress);

typedef struct staged_task_options {
    double total;     /* steps in all; 0: unknown, the bar pulses; so is less, infinity and NaN.
                         A task that has nothing to do: staged_progress_set_total(..., 0) */
    double completed; /* steps that are done already */
    bool waits;       /* its time is not started */
    bool hidden;
} staged_task_options;

/* Adds a task.
 *   options  NULL: all defaults
 *   format   its description, as for staged_markup_new
 * Returns its number; 0 when out of memory, which all functions below take for no task. */
STAGED_API staged_task staged_progress_add_task(staged_progress *progress,
                                                const staged_task_options *options,
                                                const char *format, ...) STAGED_PRINTF(3, 4);
/* Changes a task; an unknown number is ignored.  They may be called from any thread, and
 * are cheap: drawing is left to the next refresh.  Steps that are infinite or no number are 0. */
STAGED_API void staged_progress_advance(staged_progress *progress, staged_task task, double steps);
STAGED_API void staged_progress_set_completed(staged_progress *progress, staged_task task,
                                              double completed);
/* 0: nothing is to be done, the task is finished; below 0, infinity and NaN: unknown. */
STAGED_API void staged_progress_set_total(staged_progress *progress, staged_task task,
                                          double total);
STAGED_API void staged_progress_show(staged_progress *progress, staged_task task, bool visible);
/* Starts or stops its time. */
STAGED_API void staged_progress_start(staged_progress *progress, staged_task task);
STAGED_API void staged_progress_stop(staged_progress *progress, staged_task task);
/* Back to the beginning. */
STAGED_API void staged_progress_reset(staged_progress *progress, staged_task task);
STAGED_API void staged_progress_remove(staged_progress *progress, staged_task task);
/* Another description.  Returns STAGED_NO_MEMORY, and the old one stays. */
STAGED_API staged_status staged_progress_describe(staged_progress *progress, staged_task task,
                                                  const char *format, ...) STAGED_PRINTF(3, 4);

/* A loop that shows how far it is:
 *
 *     staged_track track = staged_track_begin(console, count, "Copying %s", name);
 *     while (staged_track_next(&track))
 *         copy(files[track.index]);
 *     staged_track_end(&track);
 */
typedef struct staged_track {
    size_t count; /* how often the loop is gone through */
    size_t index; /* 0, 1, ... */
    bool begun;
    staged_progress *progress; /* NULL: nothing is shown */
    staged_task task;
} staged_track;

/* Begins it.
 *   count   how often
 *   format  the description, as for staged_markup_new
 * Returns the loop, which shows nothing if there is no memory or no thread for that.
 * Source: rich.progress.track. */
STAGED_API staged_track staged_track_begin(staged_console *console, size_t count,
                                           const char *format, ...) STAGED_PRINTF(3, 4);
/* Goes on to the first, or the next; false when there is none. */
STAGED_API bool staged_track_next(staged_track *track);
/* Ends it, also where the loop was left early. */
STAGED_API void staged_track_end(staged_track *track);

STAGED_END_DECLS

#endif
