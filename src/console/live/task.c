/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/live/task.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory/grow.h"

#define SECOND_NS 1000000000.0
/* The speed is measured over this period, with at most this many samples. */
#define PERIOD_NS INT64_C(30000000000)
#define MAX_SAMPLES 1000
#define MOMENT_NS (PERIOD_NS / MAX_SAMPLES)

void stg_task_free(stg_task *task)
{
    free(task->samples);
    *task = (stg_task){0};
}

void stg_task_start(stg_task *task, int64_t now_ns)
{
    if (task->started)
        return;
    task->started = true;
    task->start_ns = now_ns;
}

void stg_task_stop(stg_task *task, int64_t now_ns)
{
    stg_task_start(task, now_ns);
    task->stopped = true;
    task->stop_ns = now_ns;
}

static stg_task_sample *sample(const stg_task *task, size_t number)
{
    return &task->samples[(task->first + number) % task->capacity];
}

/* Makes room for another sample at the end of the ring, dropping the oldest one when it is full. */
static bool make_room(stg_task *task)
{
    if (task->count < task->capacity)
        return true;
    if (task->first == 0 && task->capacity < MAX_SAMPLES &&
        stg_grow(&task->samples, &task->capacity, task->count + 1, sizeof *task->samples))
        return true;
    if (task->count == 0)
        return false;
    task->first = (task->first + 1) % task->capacity;
    task->count--;
    return true;
}

static void forget_old_samples(stg_task *task, int64_t now_ns)
{
    while (task->count > 0 && sample(task, 0)->time_ns < now_ns - PERIOD_NS) {
        task->first = (task->first + 1) % task->capacity;
        task->count--;
    }
    if (task->count == 0)
        task->first = 0;
}

static void add_sample(stg_task *task, double steps, int64_t now_ns)
{
    forget_old_samples(task, now_ns);
    if (task->count > 1) {
        stg_task_sample *last = sample(task, task->count - 1);
        if (now_ns - last->since_ns < MOMENT_NS) {
            last->time_ns = now_ns;
            last->steps += steps;
            return;
        }
    }
    if (!make_room(task))
        return;
    task->count++;
    *sample(task, task->count - 1) = (stg_task_sample){now_ns, now_ns, steps};
}

static void finish_if_done(stg_task *task, int64_t now_ns)
{
    if (!task->has_total || task->completed < task->total || task->finished)
        return;
    task->finished = true;
    task->finished_ns = stg_task_elapsed_ns(task, now_ns);
    task->finished_speed = stg_task_speed(task);
}

/* Returns 0 for NaN and infinite numbers of steps. */
static double sane(double steps)
{
    return isfinite(steps) ? steps : 0;
}

void stg_task_init(stg_task *task, double total, double completed)
{
    *task = (stg_task){.completed = sane(completed)};
    task->has_total = total >= 0 && isfinite(total);
    task->total = task->has_total ? total : 0;
}

void stg_task_advance(stg_task *task, double steps, int64_t now_ns)
{
    steps = sane(steps);
    task->completed += steps;
    if (!isfinite(task->completed))
        task->completed = task->completed > 0 ? DBL_MAX : -DBL_MAX;
    add_sample(task, steps, now_ns);
    finish_if_done(task, now_ns);
}

void stg_task_set_completed(stg_task *task, double completed, int64_t now_ns)
{
    completed = sane(completed);
    const double steps = completed - task->completed;
    task->completed = completed;
    if (steps > 0)
        add_sample(task, steps, now_ns);
    finish_if_done(task, now_ns);
}

static void forget_speed(stg_task *task)
{
    task->first = 0;
    task->count = 0;
    task->finished = false;
    task->finished_speed = 0;
}

void stg_task_set_total(stg_task *task, double total, int64_t now_ns)
{
    task->has_total = total >= 0 && isfinite(total);
    task->total = task->has_total ? total : 0;
    forget_speed(task);
    finish_if_done(task, now_ns);
}

void stg_task_reset(stg_task *task, int64_t now_ns)
{
    forget_speed(task);
    task->completed = 0;
    task->started = true;
    task->stopped = false;
    task->start_ns = now_ns;
}

double stg_task_percentage(const stg_task *task)
{
    if (!task->has_total || task->total == 0)
        return 0;
    const double percentage = task->completed / task->total * 100.0;
    return percentage < 0 ? 0 : percentage > 100 ? 100 : percentage;
}

int64_t stg_task_elapsed_ns(const stg_task *task, int64_t now_ns)
{
    if (!task->started)
        return -1;
    const int64_t end_ns = task->stopped ? task->stop_ns : now_ns;
    return end_ns > task->start_ns ? end_ns - task->start_ns : 0;
}

double stg_task_speed(const stg_task *task)
{
    if (!task->started || task->count == 0)
        return 0;
    const int64_t time_ns = sample(task, task->count - 1)->time_ns - sample(task, 0)->time_ns;
    if (time_ns <= 0)
        return 0;
    double steps = 0;
    for (size_t i = 1; i < task->count; i++)
        steps += sample(task, i)->steps;
    return sane(steps / ((double)time_ns / SECOND_NS));
}

int64_t stg_task_remaining_s(const stg_task *task)
{
    if (task->finished)
        return 0;
    const double speed = stg_task_speed(task);
    if (speed == 0 || !task->has_total)
        return -1;
    const double seconds = (task->total - task->completed) / speed;
    if (!(seconds >= 0 && seconds <= 9e15))
        return -1;
    const int64_t whole = (int64_t)seconds;
    return whole + ((double)whole < seconds);
}
