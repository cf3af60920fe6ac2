/* SPDX-License-Identifier: BSD-3-Clause
 *
 * One task of a progress display: how far it is, how fast, and how long it will take.  Reckons as
 * Rich does, but gathers what happens within a moment in one sample, so that advancing is cheap
 * and the speed is that of the whole period also where steps come by the million. */
#ifndef STG_CONSOLE_LIVE_TASK_H
#define STG_CONSOLE_LIVE_TASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What was done up to a moment, since the sample before. */
typedef struct stg_task_sample {
    int64_t since_ns; /* the first addition */
    int64_t time_ns;  /* the last one */
    double steps;
} stg_task_sample;

/* All zero is a task that was not started and is not known to end. */
typedef struct stg_task {
    double total; /* steps in all, if `has_total` */
    double completed;
    bool has_total;
    bool started, stopped, finished;
    int64_t start_ns, stop_ns;
    int64_t finished_ns;   /* how long it took */
    double finished_speed; /* steps a second; 0: unknown */
    stg_task_sample *samples;
    size_t first, count, capacity; /* of a ring */
} stg_task;

/* Begins with a task.
 *   total      below 0, infinite, or no number: unknown
 *   completed  infinite, or no number: 0; so wherever steps are told below */
void stg_task_init(stg_task *task, double total, double completed);
void stg_task_free(stg_task *task);
/* Starts its time, unless it runs. */
void stg_task_start(stg_task *task, int64_t now_ns);
/* Stops its time. */
void stg_task_stop(stg_task *task, int64_t now_ns);
/* Adds steps.  Without memory for a sample only the estimates get worse. */
void stg_task_advance(stg_task *task, double steps, int64_t now_ns);
void stg_task_set_completed(stg_task *task, double completed, int64_t now_ns);
/* Another total; what was done so far says nothing about the speed any more. */
void stg_task_set_total(stg_task *task, double total, int64_t now_ns);
/* Back to the beginning, its time starting anew. */
void stg_task_reset(stg_task *task, int64_t now_ns);

/* 0 to 100; 0 without a total. */
double stg_task_percentage(const stg_task *task);
/* How long it has run, or took; -1: it was not started. */
int64_t stg_task_elapsed_ns(const stg_task *task, int64_t now_ns);
/* Steps a second; 0: unknown. */
double stg_task_speed(const stg_task *task);
/* Whole seconds that it will take; 0 when it is finished; -1: unknown. */
int64_t stg_task_remaining_s(const stg_task *task);

#endif
