/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Progress bars: one row per task, below the printed and logged lines, refreshed by a thread;
 * without animation the last state is printed once, at the end. */
#ifndef STAGED_PROGRESS_H
#define STAGED_PROGRESS_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/clock.h>
#include <staged/console.h>
#include <staged/status.h>

STAGED_BEGIN_DECLS

typedef struct staged_bar_options {
    size_t size;                /* see STAGED_OPTIONS */
    double total;               /* 0, negative, infinity and NaN: unknown, the bar pulses */
    double completed;           /* NaN: 0 */
    int width;                  /* columns; 0: the available width */
    bool pulse;                 /* pulse, to show activity without progress */
    const char *style;          /* of the remaining part; NULL: "bar.back" */
    const char *complete_style; /* of the completed part; NULL: "bar.complete" */
    const char *finished_style; /* of a full bar; NULL: "bar.finished" */
    const char *pulse_style;    /* NULL: "bar.pulse" */
} staged_bar_options;

/* A bar on its own, for tables and panels.
 *   options  NULL: all defaults; texts are copied
 * Source: rich.progress_bar.ProgressBar. */
STAGED_API staged_renderable *staged_bar_new(const staged_bar_options *options);

typedef struct staged_progress staged_progress;

typedef enum staged_progress_column {
    STAGED_PROGRESS_END = 0,     /* ends the list of columns */
    STAGED_PROGRESS_DESCRIPTION, /* the task's description */
    STAGED_PROGRESS_BAR,
    STAGED_PROGRESS_PERCENTAGE,     /* " 42%"; nothing without a total */
    STAGED_PROGRESS_SPEED,          /* the percentage; "3.4 it/s" without a total */
    STAGED_PROGRESS_COUNT,          /* " 7/100" */
    STAGED_PROGRESS_ELAPSED,        /* "0:00:07" */
    STAGED_PROGRESS_REMAINING,      /* "0:01:07"; "-:--:--" while unknown */
    STAGED_PROGRESS_TIME,           /* the same; once the task is finished, the time it took */
    STAGED_PROGRESS_DOWNLOAD,       /* "0.5/2.3 GB": the steps are bytes */
    STAGED_PROGRESS_TRANSFER_SPEED, /* "1.5 MB/s" */
    STAGED_PROGRESS_SPINNER,        /* while the task runs */
    STAGED_PROGRESS_OWN             /* your own, see staged_own_column */
} staged_progress_column;

/* The number of a task in a progress display, from 1. */
typedef int32_t staged_task;

/* The current state of a task. */
typedef struct staged_task_state {
    staged_task task;
    double total; /* negative: unknown */
    double completed;
    double percentage;  /* 0 to 100; 0 without a total */
    double speed;       /* steps a second; 0: unknown */
    double elapsed_s;   /* how long it has run, or took; negative: not started */
    double remaining_s; /* the remaining time; negative: unknown */
    bool finished;
} staged_task_state;

/* Makes a task's cell each time it is drawn.
 *   context  as given in the column
 *   task     valid during the call
 * Returns a new renderable, which is freed after drawing; NULL: out of memory.  It must neither
 * print on the console nor change the progress display. */
typedef staged_renderable *staged_task_cell_function(void *context, const staged_task_state *task);

/* Source: rich.progress.ProgressColumn. */
typedef struct staged_own_column {
    staged_task_cell_function *make;
    void *context; /* must outlive the display */
    bool no_wrap;  /* keep cells on one line */
} staged_own_column;

typedef struct staged_progress_options {
    size_t size;                           /* see STAGED_OPTIONS */
    const staged_progress_column *columns; /* ended with STAGED_PROGRESS_END, copied; NULL:
                                              description, bar, percentage, remaining */
    const staged_own_column *own_columns;  /* one per STAGED_PROGRESS_OWN, in order; copied */
    double refresh_per_second;             /* 0: 10; negative: only on request */
    int bar_width;                         /* columns; 0: 40; negative: the available width */
    bool expand;                           /* use the whole width */
    bool transient;                        /* remove it at the end */
    const char *spinner;                   /* NULL: "dots" */
    const staged_clock *clock; /* measures the times; NULL: the system's; must outlive it */
} staged_progress_options;

/* Shows progress bars, none at first.
 *   console  must outlive it
 *   options  NULL: all defaults
 * Returns NULL when out of memory or threads, or for an unknown spinner.
 * Source: rich.progress.Progress. */
STAGED_API staged_progress *staged_progress_new(staged_console *console,
                                                const staged_progress_options *options);
/* Draws the last state, shows the cursor, and frees it.  Takes NULL. */
STAGED_API void staged_progress_free(staged_progress *progress);
/* Draws it now. */
STAGED_API staged_status staged_progress_refresh(staged_progress *progress);
/* Whether all tasks are finished. */
STAGED_API bool staged_progress_finished(staged_progress *progress);

typedef struct staged_task_options {
    size_t size;  /* see STAGED_OPTIONS */
    double total; /* all steps; 0, negative, infinity and NaN: unknown, the bar pulses.  For a task
                     with nothing to do: staged_progress_set_total(..., 0) */
    double completed; /* completed steps */
    bool waits;       /* do not start its time */
    bool hidden;
} staged_task_options;

/* Adds a task.
 *   options  NULL: all defaults
 *   format   its description, as for staged_markup_new
 * Returns its number; 0 when out of memory, which all functions below ignore. */
STAGED_API staged_task staged_progress_add_task(staged_progress *progress,
                                                const staged_task_options *options,
                                                const char *format, ...) STAGED_PRINTF(3, 4);
STAGED_API staged_task staged_progress_add_task_v(staged_progress *progress,
                                                  const staged_task_options *options,
                                                  const char *format, va_list values)
    STAGED_PRINTF(3, 0);
STAGED_API staged_task staged_progress_add_task_text(staged_progress *progress,
                                                     const staged_task_options *options,
                                                     const char *text);
/* Change a task; an unknown number is ignored.  Any thread may call them.  They are cheap: drawing
 * waits for the next refresh.  Infinite steps and NaN count as 0. */
STAGED_API void staged_progress_advance(staged_progress *progress, staged_task task, double steps);
STAGED_API void staged_progress_set_completed(staged_progress *progress, staged_task task,
                                              double completed);
/* 0: nothing to do, the task is finished; negative, infinity and NaN: unknown. */
STAGED_API void staged_progress_set_total(staged_progress *progress, staged_task task,
                                          double total);
STAGED_API void staged_progress_show(staged_progress *progress, staged_task task, bool visible);
/* Starts or stops its time. */
STAGED_API void staged_progress_start(staged_progress *progress, staged_task task);
STAGED_API void staged_progress_stop(staged_progress *progress, staged_task task);
/* Resets it. */
STAGED_API void staged_progress_reset(staged_progress *progress, staged_task task);
STAGED_API void staged_progress_remove(staged_progress *progress, staged_task task);
/* Changes the description.  Returns STAGED_OK, or STAGED_NO_MEMORY, which keeps the old one. */
STAGED_API staged_status staged_progress_describe(staged_progress *progress, staged_task task,
                                                  const char *format, ...) STAGED_PRINTF(3, 4);
STAGED_API staged_status staged_progress_describe_v(staged_progress *progress, staged_task task,
                                                    const char *format, va_list values)
    STAGED_PRINTF(3, 0);
STAGED_API staged_status staged_progress_describe_text(staged_progress *progress, staged_task task,
                                                       const char *text);

/* A loop with a progress bar:
 *
 *     staged_track track = staged_track_begin(console, count, "Copying %s", name);
 *     while (staged_track_next(&track))
 *         copy(files[track.index]);
 *     staged_track_end(&track); */
typedef struct staged_track {
    size_t count; /* the number of iterations */
    size_t index; /* 0, 1, ... */
    bool begun;
    staged_progress *progress; /* NULL: nothing is shown */
    staged_task task;
} staged_track;

/* Begins it.
 *   count   the number of iterations
 *   format  the description, as for staged_markup_new
 * Returns the loop, which shows nothing when out of memory or threads.
 * Source: rich.progress.track. */
STAGED_API staged_track staged_track_begin(staged_console *console, size_t count,
                                           const char *format, ...) STAGED_PRINTF(3, 4);
STAGED_API staged_track staged_track_begin_v(staged_console *console, size_t count,
                                             const char *format, va_list values)
    STAGED_PRINTF(3, 0);
STAGED_API staged_track staged_track_begin_text(staged_console *console, size_t count,
                                                const char *text);
/* Advances to the first or next iteration; false at the end. */
STAGED_API bool staged_track_next(staged_track *track);
/* Ends it, also after a `break`. */
STAGED_API void staged_track_end(staged_track *track);

STAGED_END_DECLS

#endif
