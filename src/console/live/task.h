/* SPDX-License-Identifier: BSD-3-Clause
 *
 * One task of a progress display: its progress, its speed, and the time it will take.  Computes as
 * Rich does, but collects what happens within a short time in one sample, so that advancing is
 * cheap and the speed covers the whole period even with millions of steps. */
#ifndef STG_CONSOLE_LIVE_TASK_H
#define STG_CONSOLE_LIVE_TASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What was done since the sample before, up to a moment. */
typedef struct stg_task_sample {
    int64_t since_ns; /* the first addition */
    int64_t time_ns;  /* the last one */
    double steps;
} stg_task_sample;

/* All zero is a task that was not started and has no known end. */
typedef struct stg_task {
    double total; /* steps in all, if `has_total` */
    double completed;
    bool has_total;
    bool started, stopped, finished;
    int64_t start_ns, stop_ns;
    int64_t finished_ns;   /* how long the task took */
    double finished_speed; /* steps a second; 0: unknown */
    stg_task_sample *samples;
    size_t first, count, capacity; /* of the ring */
} stg_task;

/* Begins with a task.
 *   total      below 0, infinite, or NaN: unknown
 *   completed  infinite, or NaN: 0; so for steps in the functions below */
void stg_task_init(stg_task *task, double total, double completed);
void stg_task_free(stg_task *task);
/* Starts its time, unless it is running. */
void stg_task_start(stg_task *task, int64_t now_ns);
/* Stops its time. */
void stg_task_stop(stg_task *task, int64_t now_ns);
/* Adds steps.  A lack of memory for a sample only makes the estimates worse. */
void stg_task_advance(stg_task *task, double steps, int64_t now_ns);
void stg_task_set_completed(stg_task *task, double completed, int64_t now_ns);
/* Sets another total; what was done so far no longer counts for the speed. */
void stg_task_set_total(stg_task *task, double total, int64_t now_ns);
/* Back to the beginning, restarting its time. */
void stg_task_reset(stg_task *task, int64_t now_ns);

/* 0 to 100; 0 without a total. */
double stg_task_percentage(const stg_task *task);
/* How long it has been running, or took; -1: it was not started. */
int64_t stg_task_elapsed_ns(const stg_task *task, int64_t now_ns);
/* Steps per second; 0: unknown. */
double stg_task_speed(const stg_task *task);
/* Estimated whole seconds left; 0 when finished; -1: unknown. */
int64_t stg_task_remaining_s(const stg_task *task);

#endif
