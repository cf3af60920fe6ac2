/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Puts items into tasks, and tasks into arrays. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"
#include "process/framework.h"
#include "script/each/arrays.h"
#include "script/state/events.h"

/* Tasks are to live for seconds, and there are to be several for each processor, so that none
 * waits for long at the end. */
enum { TASKS_PER_PROCESSOR = 4, MOST_IN_A_TASK = 256, PROCESSORS_UNLESS_KNOWN = 16 };
#define LONGEST_TASK_S 20.0
/* Small arrays cost as much as big ones. */
#define BETWEEN_ARRAYS_NS INT64_C(300000000)
#define BEFORE_NEXT_TRY_NS INT64_C(2000000000)
/* How long a place that takes none now is waited for. */
#define LONGEST_REFUSAL_NS INT64_C(600000000000)

size_t stg_arrays_at_a_time(const struct stg_arrays *arrays)
{
    return arrays->lanes > 0               ? arrays->lanes
           : arrays->limits.processors > 0 ? arrays->limits.processors
                                           : PROCESSORS_UNLESS_KNOWN;
}

/* How many items a task should have now. */
static size_t items_of_task(const stg_each *each, const stg_job *job)
{
    const struct stg_arrays *arrays = each->arrays;
    const size_t shares = stg_arrays_at_a_time(arrays) * TASKS_PER_PROCESSOR;
    const size_t all = (size_t)(each->items.total >= 0 ? each->items.total : each->taken);
    size_t count = (all + shares - 1) / shares;
    if (count > MOST_IN_A_TASK)
        count = MOST_IN_A_TASK;
    /* So that there are tasks for all processors among those that were begun, and more to come. */
    const size_t share = each->window / (2 * stg_arrays_at_a_time(arrays));
    if (count > share)
        count = share;
    if (arrays->measured > 0 && arrays->spent_s > 0) {
        const double fit = LONGEST_TASK_S / (arrays->spent_s / (double)arrays->measured);
        if ((double)count > fit)
            count = (size_t)fit;
    }
    if (job->lost > 0)
        count /= 8;
    return count == 0 ? 1 : count;
}

static bool fail(stg_job *job, const char *what, int error)
{
    stg_buf_addf(&job->failure, "cannot write the program of its task: %s",
                 error == 0 ? what : strerror(error));
    return false;
}

/* Writes the files of the last task. */
static int close_task(struct stg_arrays *arrays)
{
    if (!arrays->is_open)
        return 0;
    const stg_array *array = arrays->pending;
    const int error =
        stg_task_write(array->folder, array->count, &arrays->program, &arrays->listed);
    arrays->is_open = false;
    stg_buf_clear(&arrays->program);
    stg_buf_clear(&arrays->listed);
    return error;
}

static bool open_task(struct stg_arrays *arrays)
{
    if (arrays->pending == NULL)
        arrays->pending = stg_arrays_new(arrays);
    stg_array *array = arrays->pending;
    if (array == NULL ||
        !stg_grow(&array->tasks, &array->capacity, array->count + 1, sizeof *array->tasks))
        return false;
    array->tasks[array->count++] = (stg_task){.number = array->count};
    array->left++;
    stg_task_add_head(&arrays->program, array->folder, array->count);
    return arrays->is_open = true;
}

static void submit(stg_each *each);

bool stg_arrays_add(stg_each *each, stg_job *job, const char *const *words)
{
    struct stg_arrays *arrays = each->arrays;
    stg_array *array = arrays->pending;
    if (arrays->is_open && array->tasks[array->count - 1].count >= items_of_task(each, job)) {
        const int error = close_task(arrays);
        if (error != 0)
            return fail(job, NULL, error);
    }
    if (!arrays->is_open && array != NULL && array->count >= arrays->limits.most_tasks)
        submit(each);
    if (!arrays->is_open && !open_task(arrays))
        return fail(job, "out of memory, or no folder for it", errno);
    array = arrays->pending;
    stg_task *task = &array->tasks[array->count - 1];
    if (!stg_grow(&task->jobs, &task->capacity, task->count + 1, sizeof(stg_job *)))
        return fail(job, "out of memory", 0);
    task->jobs[task->count++] = job;
    job->is_told = false;
    job->is_submitted = false;
    array->items++;
    stg_task_add_item(&arrays->program, task->count, words);
    stg_buf_add(&arrays->listed, job->item, strlen(job->item) + 1);
    return true;
}

/* ---- Submitting ---- */

static void tell(stg_each *each, const stg_array *array)
{
    const staged_place_look look = {
        .size = sizeof look, .state = STAGED_PLACE_STATE_WAITS, .job = array->job};
    staged_event event = {.kind = STAGED_EVENT_PLACE,
                          .command = each->template,
                          .each = &each->state,
                          .place = each->place_name,
                          .look = &look,
                          .where = each->options->where};
    stg_emit(each->script, &event);
}

/* Notes which job it is, which its tasks wait for. */
static int note_job(const stg_array *array)
{
    stg_buf text = {0};
    stg_buf_addf(&text, "%s\n", array->job);
    const int error = stg_task_write_file(array->folder, "job", &text);
    stg_buf_free(&text);
    return error;
}

static void take_note(stg_each *each, stg_array *array)
{
    struct stg_arrays *arrays = each->arrays;
    array->next = arrays->first;
    arrays->first = array;
    arrays->pending = NULL;
    for (size_t i = 0; i < array->count; i++) {
        for (size_t k = 0; k < array->tasks[i].count; k++)
            array->tasks[i].jobs[k]->is_submitted = true;
    }
    arrays->look_ns = stg_each_now_ns(each) + BETWEEN_ARRAYS_NS;
    arrays->pause_ns = 0;
    tell(each, array);
}

void stg_arrays_refuse(stg_each *each, const char *problem)
{
    stg_error_set(&each->error, STAGED_FAILED, "%s", problem);
    each->stop = each->stop == STG_STOP_NONE ? STG_STOP_ITEMS : each->stop;
}

/* The place takes none, now or ever. */
static void be_refused(stg_each *each, bool may_pass, const char *problem)
{
    struct stg_arrays *arrays = each->arrays;
    const int64_t now_ns = stg_each_now_ns(each);
    if (!may_pass ||
        (arrays->refused_ns != 0 && now_ns >= arrays->refused_ns + LONGEST_REFUSAL_NS)) {
        stg_arrays_refuse(each, problem);
        return;
    }
    arrays->submit_ns = now_ns + BEFORE_NEXT_TRY_NS;
    if (arrays->refused_ns == 0) {
        arrays->refused_ns = now_ns;
        (void)staged_log_at(each->script, &each->options->where,
                            "[yellow]%s waits for '%s':[/]  %s", each->name, each->place_name,
                            problem);
    }
}

/* How many more tasks may run at a time; SIZE_MAX: any number. */
static size_t free_lanes(const struct stg_arrays *arrays)
{
    if (arrays->lanes == 0)
        return SIZE_MAX;
    size_t taken = 0;
    for (const stg_array *array = arrays->first; array != NULL; array = array->next)
        taken += array->left == 0 ? 0 : array->at_a_time;
    return taken < arrays->lanes ? arrays->lanes - taken : 0;
}

/* Half of them for the one array while there will be another one. */
static size_t lanes_of(const stg_each *each)
{
    const size_t lanes = free_lanes(each->arrays);
    if (lanes == SIZE_MAX)
        return 0;
    return lanes == each->arrays->lanes && !each->is_drained ? (lanes + 1) / 2 : lanes;
}

static void submit(stg_each *each)
{
    struct stg_arrays *arrays = each->arrays;
    stg_array *array = arrays->pending;
    staged_place_end failure = {.size = sizeof failure};
    char *problem = NULL;
    const int error = close_task(arrays);
    arrays->submit_ns = stg_each_now_ns(each) + BETWEEN_ARRAYS_NS;
    if (error != 0) {
        stg_arrays_refuse(each, strerror(error));
        return;
    }
    array->at_a_time = lanes_of(each);
    const stg_array_request request = {.name = each->name,
                                       .folder = array->folder,
                                       .count = array->count,
                                       .at_a_time = array->at_a_time};
    const staged_status status =
        arrays->kind->submit(arrays->opened, &request, &array->job, &failure, &problem);
    if (status == STAGED_OK && note_job(array) == 0) {
        take_note(each, array);
    } else if (status == STAGED_OK) {
        take_note(each, array);
        stg_arrays_refuse(each, "cannot record the submitted job in its folder: is the disk full?");
    } else if (status != STAGED_INTERRUPTED) {
        be_refused(each, failure.may_pass,
                   problem != NULL ? problem : "the place refused the job array");
    }
    if (status == STAGED_OK)
        arrays->refused_ns = 0;
    free(problem);
}

void stg_arrays_submit_due(stg_each *each)
{
    struct stg_arrays *arrays = each->arrays;
    const size_t left = stg_arrays_left(arrays);
    const size_t wanted = stg_arrays_at_a_time(arrays);
    if (arrays->pending == NULL || each->stop != STG_STOP_NONE || free_lanes(arrays) == 0)
        return;
    const bool is_due = each->is_drained || each->waits_for_items ||
                        each->running >= each->window || left < wanted + wanted / 2;
    const int64_t now_ns = stg_each_now_ns(each);
    if (is_due && (now_ns >= arrays->submit_ns || (left == 0 && arrays->refused_ns == 0)))
        submit(each);
}
