/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What becomes of tasks: what they write, what their place says of them, and their ends. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"
#include "base/system/duration.h"
#include "process/framework.h"
#include "script/each/arrays.h"

#define SHORTEST_PAUSE_NS INT64_C(20000000)
#define LONGEST_PAUSE_NS INT64_C(250000000)
/* Between two questions about all tasks, the first ones and later. */
#define SHORTEST_LOOK_NS INT64_C(1000000000)
#define LONGEST_LOOK_NS INT64_C(5000000000)
/* How long what a node wrote may take to be seen by another one. */
#define LATE_NS INT64_C(3000000000)
/* How long they may take to be gone after they were killed. */
#define GONE_NS INT64_C(30000000000)

/* ---- Results ---- */

typedef struct reading {
    stg_each *each;
    stg_array *array;
    bool has_news;
} reading;

static void add_part(stg_job *job, const reading *r, const stg_task *task, const uint64_t *from,
                     const uint64_t *length)
{
    if (length[0] + length[1] == 0)
        return;
    if (!stg_grow(&job->parts, &job->part_capacity, job->part_count + 1, sizeof *job->parts)) {
        job->output_error = ENOMEM;
        return;
    }
    job->parts[job->part_count++] = (stg_output_part){.array = r->array,
                                                      .task = task->number,
                                                      .from = {from[0], from[1]},
                                                      .length = {length[0], length[1]}};
    r->array->unshown++;
}

static void end_task(reading *r, stg_task *task)
{
    free(task->jobs);
    task->jobs = NULL;
    r->array->left--;
}

static int code_of(const stg_task_result *result)
{
    enum { SIGNALLED = 128 };
    return result->is_signal ? SIGNALLED - result->code : result->code;
}

/* `timeout` has ended it, whose codes could otherwise be the command's own. */
static bool has_timed_out(const stg_each *each, const stg_task_result *result)
{
    const double clock_s = 0.02;
    return each->options->timeout_s > 0 &&
           result->ended_s - result->began_s >= each->options->timeout_s - clock_s &&
           result->code >= 124;
}

/* To hundredths of a second, as the clock there has it. */
static int64_t duration_ns(const stg_task_result *result)
{
    const int64_t step_ns = 10000000;
    const int64_t ns = stg_seconds_ns(result->ended_s - result->began_s);
    return (ns + step_ns / 2) / step_ns * step_ns;
}

static void end_item(reading *r, stg_task *task, const stg_task_result *result)
{
    struct stg_arrays *arrays = r->each->arrays;
    stg_job *job = task->jobs[result->number - 1];
    task->jobs[result->number - 1] = NULL;
    if (job == NULL)
        return;
    add_part(job, r, task, result->from, result->length);
    job->code = code_of(result);
    job->timed_out = has_timed_out(r->each, result);
    job->duration_ns = duration_ns(result);
    job->is_told = job->has_begun = true;
    arrays->spent_s += result->ended_s - result->began_s;
    arrays->measured++;
    if (++task->ended == task->count)
        end_task(r, task);
}

static char *describe_directory(const stg_each *each)
{
    stg_buf text = {0};
    stg_buf_addf(&text, "its node cannot enter the directory '%s': is it there on all nodes?",
                 each->arrays->directory);
    return stg_buf_take(&text);
}

static void take_result(void *context, stg_task *task, const stg_task_result *result)
{
    reading *r = context;
    r->has_news = true;
    if (task->jobs == NULL)
        return;
    if (result->number > 0) {
        end_item(r, task, result);
        return;
    }
    free(task->message);
    task->failure = STAGED_PLACE_REFUSED;
    task->message = describe_directory(r->each);
    task->may_pass = false;
    task->is_gone = true;
}

/* Whether another attempt is worth it for an item that had begun, or had not. */
static bool may_pass(const stg_task *task, size_t index, bool had_begun)
{
    if (task->may_pass)
        return true;
    if (task->failure == STAGED_PLACE_TIME_LIMIT)
        return index > 0; /* alone it may have enough time */
    return task->failure == STAGED_PLACE_MEMORY && !had_begun;
}

static const char lost_without_reason[] = "its task ended without a result for it";

static const char *why_lost(const stg_task *task, bool has_given_up)
{
    if (has_given_up)
        return "its exit code could not be written on its node: is the disk full?";
    return task->message == NULL ? lost_without_reason : task->message;
}

/* Of one that has begun, the first item that has not ended had begun, too.  One that ended, which
 * could not be written down, is not to run once more. */
static void lose(reading *r, stg_task *task)
{
    const bool has_given_up =
        task->message == NULL && stg_task_has_given_up(r->array->folder, task->number);
    bool is_first = stg_task_has_begun(r->array->folder, task->number);
    for (size_t i = 0; i < task->count && task->jobs != NULL; i++) {
        stg_job *job = task->jobs[i];
        if (job == NULL)
            continue;
        uint64_t length[2] = {0};
        for (int k = 0; k < 2 && is_first; k++)
            length[k] = stg_task_rest_of_output(r->array->folder, task->number, k,
                                                task->output_at[k], r->each->arrays->manner.mark);
        add_part(job, r, task, task->output_at, length);
        stg_buf_add_text(&job->failure, why_lost(task, has_given_up && is_first));
        job->lost++;
        job->may_pass = may_pass(task, i, is_first) && !(has_given_up && is_first);
        job->is_lost = job->is_told = true;
        job->has_begun = job->has_begun || is_first;
        is_first = false;
    }
    end_task(r, task);
}

/* Whether everything that a task that is gone has written must have been seen. */
static bool is_too_late(const stg_each *each, const stg_task *task)
{
    return each->arrays->cancel_ns != 0 || stg_each_now_ns(each) >= task->gone_ns + LATE_NS;
}

void stg_arrays_read(stg_each *each)
{
    struct stg_arrays *arrays = each->arrays;
    reading r = {.each = each};
    for (stg_array *array = arrays->first; array != NULL; array = array->next) {
        r.array = array;
        for (size_t i = 0; i < array->count && array->left > 0; i++) {
            stg_task *task = &array->tasks[i];
            if (task->jobs == NULL)
                continue;
            stg_task_read(array->folder, task, &arrays->manner, take_result, &r);
            if (task->jobs != NULL && task->is_gone && is_too_late(each, task))
                lose(&r, task);
        }
    }
    /* Short tasks may have run between two questions. */
    if (r.has_news)
        arrays->idle_ns = 0;
    arrays->pause_ns = r.has_news ? SHORTEST_PAUSE_NS : arrays->pause_ns * 3 / 2;
    if (arrays->pause_ns < SHORTEST_PAUSE_NS)
        arrays->pause_ns = SHORTEST_PAUSE_NS;
    if (arrays->pause_ns > LONGEST_PAUSE_NS)
        arrays->pause_ns = LONGEST_PAUSE_NS;
}

/* ---- What the place says ---- */

static stg_task *find_task(struct stg_arrays *arrays, const stg_array_task *told)
{
    for (stg_array *array = arrays->first; array != NULL; array = array->next) {
        if (array->job != NULL && strcmp(array->job, told->job) == 0)
            return told->number > 0 && told->number <= array->count
                       ? &array->tasks[told->number - 1]
                       : NULL;
    }
    return NULL;
}

static void take_told(void *context, const stg_array_task *told)
{
    stg_each *each = context;
    stg_task *task = find_task(each->arrays, told);
    if (task == NULL)
        return;
    task->is_seen = true;
    each->arrays->running += told->state == STAGED_PLACE_STATE_RUNS;
    each->arrays->waiting += told->state == STAGED_PLACE_STATE_WAITS;
    if (told->state == STAGED_PLACE_STATE_WAITS && told->reason != NULL) {
        stg_buf_clear(&each->arrays->reason);
        stg_buf_add_text(&each->arrays->reason, told->reason);
    }
    if (told->state != STAGED_PLACE_STATE_GONE || task->is_gone)
        return;
    if (task->jobs == NULL) {
        task->is_gone = true;
        return;
    }
    task->is_gone = true;
    task->gone_ns = stg_each_now_ns(each);
    task->failure = told->failure;
    /* Who has cancelled it does not want it again. */
    task->may_pass = told->failure == STAGED_PLACE_OK ||
                     (told->may_pass && told->failure != STAGED_PLACE_CANCELLED);
    if (told->failure != STAGED_PLACE_OK)
        task->message = strdup(told->message == NULL ? lost_without_reason : told->message);
}

/* The ids of the arrays that are not gone; the caller frees the list. */
static const char **list_jobs(const struct stg_arrays *arrays)
{
    size_t count = 0;
    for (const stg_array *array = arrays->first; array != NULL; array = array->next)
        count += !array->is_gone;
    const char **jobs = calloc(count + 1, sizeof *jobs);
    count = 0;
    for (const stg_array *array = arrays->first; array != NULL && jobs != NULL;
         array = array->next) {
        if (!array->is_gone)
            jobs[count++] = array->job;
    }
    return jobs;
}

/* A task that its place does not know any more has gone, too. */
static void miss_tasks(stg_each *each)
{
    for (stg_array *array = each->arrays->first; array != NULL; array = array->next) {
        bool is_gone = true;
        for (size_t i = 0; i < array->count && !array->is_gone; i++) {
            stg_task *task = &array->tasks[i];
            if (!task->is_seen && !task->is_gone) {
                task->is_gone = true;
                task->gone_ns = stg_each_now_ns(each);
                task->may_pass = true;
            }
            is_gone = is_gone && task->is_gone;
        }
        array->is_gone = is_gone;
    }
}

/* Logs once that all of it waits, and once that it no longer does. */
static void tell_waiting(stg_each *each, const char *job)
{
    struct stg_arrays *arrays = each->arrays;
    const bool waits = arrays->running == 0 && arrays->reason.length > 0;
    if (arrays->cancel_ns != 0 || waits == arrays->waits || (!waits && arrays->running == 0))
        return;
    arrays->waits = waits;
    if (waits)
        (void)staged_log_at(each->script, &each->options->where, "On %s:  waiting %s (job %s).",
                            each->place_name, stg_buf_text(&arrays->reason), job);
    else
        (void)staged_log_at(each->script, &each->options->where, "On %s:  job %s runs.",
                            each->place_name, job);
    /* It may take long until there is more to write. */
    (void)staged_console_flush(each->script->console);
}

static void look(stg_each *each)
{
    struct stg_arrays *arrays = each->arrays;
    const char **jobs = list_jobs(arrays);
    if (jobs == NULL || jobs[0] == NULL) {
        free(jobs);
        return;
    }
    for (stg_array *array = arrays->first; array != NULL; array = array->next) {
        for (size_t i = 0; i < array->count; i++)
            array->tasks[i].is_seen = false;
    }
    arrays->running = arrays->waiting = 0;
    stg_buf_clear(&arrays->reason);
    if (arrays->kind->look(arrays->opened, jobs, take_told, each) == STAGED_OK) {
        miss_tasks(each);
        tell_waiting(each, jobs[0]);
    }
    free(jobs);
}

/* The place may say how long its queue is waited for. */
static void heed_wait(stg_each *each)
{
    struct stg_arrays *arrays = each->arrays;
    const int64_t now_ns = stg_each_now_ns(each);
    char seconds[STG_SECONDS_TEXT_SIZE];
    if (arrays->running > 0)
        arrays->idle_ns = 0;
    if (arrays->running > 0 || arrays->waiting == 0 || each->stop != STG_STOP_NONE)
        return;
    if (arrays->idle_ns == 0)
        arrays->idle_ns = now_ns;
    if (now_ns - arrays->idle_ns < arrays->limits.wait_ns)
        return;
    stg_buf problem = {0};
    stg_buf_addf(&problem, "no item began at '%s' within %s s (--wait)", each->place_name,
                 stg_seconds_text(arrays->limits.wait_ns, seconds));
    if (arrays->reason.length > 0)
        stg_buf_addf(&problem, "; still waiting %s", stg_buf_text(&arrays->reason));
    stg_arrays_refuse(each, stg_buf_text(&problem));
    stg_buf_free(&problem);
}

void stg_arrays_look_due(stg_each *each)
{
    struct stg_arrays *arrays = each->arrays;
    const int64_t now_ns = stg_each_now_ns(each);
    if (now_ns < arrays->look_ns || arrays->first == NULL)
        return;
    look(each);
    heed_wait(each);
    /* What is being ended will be gone soon. */
    int64_t pause_ns = arrays->look_pause_ns * 3 / 2;
    pause_ns = pause_ns < SHORTEST_LOOK_NS ? SHORTEST_LOOK_NS : pause_ns;
    pause_ns = pause_ns > LONGEST_LOOK_NS ? LONGEST_LOOK_NS : pause_ns;
    if (arrays->cancel_ns != 0)
        pause_ns = LONGEST_PAUSE_NS;
    arrays->look_pause_ns = pause_ns;
    arrays->look_ns = stg_each_now_ns(each) + pause_ns;
}

/* ---- Ends ---- */

static void cancel(stg_each *each, bool at_once)
{
    struct stg_arrays *arrays = each->arrays;
    const char **jobs = list_jobs(arrays);
    for (const stg_array *array = arrays->first; array != NULL; array = array->next)
        stg_task_close(array->folder);
    arrays->has_to_cancel =
        jobs == NULL ||
        (jobs[0] != NULL && arrays->kind->cancel(arrays->opened, jobs, at_once) != STAGED_OK);
    free(jobs);
    arrays->look_ns = 0;
}

/* Items that nobody will run. */
static void give_up(stg_each *each)
{
    for (stg_array *array = each->arrays->first; array != NULL; array = array->next) {
        for (size_t i = 0; i < array->count && array->left > 0; i++) {
            reading r = {.each = each, .array = array};
            if (array->tasks[i].jobs != NULL)
                lose(&r, &array->tasks[i]);
        }
    }
}

void stg_arrays_cancel(stg_each *each)
{
    struct stg_arrays *arrays = each->arrays;
    const int64_t now_ns = stg_each_now_ns(each);
    const int64_t kill_ns = arrays->cancel_ns + stg_seconds_ns(stg_each_grace_s(each));
    if (arrays->cancel_ns == 0) {
        arrays->cancel_ns = now_ns;
        cancel(each, stg_each_grace_s(each) == 0);
    } else if (!arrays->is_killed && now_ns >= kill_ns) {
        arrays->is_killed = true;
        cancel(each, true);
    } else if (arrays->is_killed && now_ns >= kill_ns + GONE_NS) {
        give_up(each);
    } else if (arrays->has_to_cancel && now_ns >= arrays->look_ns) {
        /* Who would have to do it is away. */
        cancel(each, arrays->is_killed);
    }
}

static void dismiss_keeper(struct stg_arrays *arrays)
{
    enum { MOST_MS = 1000 };
    if (arrays->keeper == NULL)
        return;
    (void)staged_process_signal(arrays->keeper, SIGKILL);
    for (int i = 0; i < MOST_MS && !staged_process_has_ended(arrays->keeper); i++)
        (void)poll(NULL, 0, 1);
    staged_process_free(arrays->keeper);
    arrays->keeper = NULL;
}

/* What has ended goes from the list of jobs a moment later.  Returns whether nothing is left. */
static bool wait_until_gone(stg_each *each)
{
    enum { LOOKS = 100, BETWEEN_MS = 50 };
    struct stg_arrays *arrays = each->arrays;
    bool is_left = arrays->first != NULL;
    const int64_t until_ns = stg_each_now_ns(each) + LATE_NS + LATE_NS;
    for (int i = 0; i < LOOKS && is_left && stg_each_now_ns(each) < until_ns; i++) {
        look(each);
        is_left = false;
        for (const stg_array *array = arrays->first; array != NULL; array = array->next)
            is_left = is_left || !array->is_gone;
        if (is_left)
            (void)poll(NULL, 0, BETWEEN_MS);
    }
    return !is_left;
}

static void note_left(stg_each *each, const char *job)
{
    stg_buf text = {0};
    stg_buf_addf(&text, "job %s", job);
    stg_each_note_left(each, stg_buf_text(&text));
    stg_buf_free(&text);
}

void stg_arrays_finish(stg_each *each)
{
    const bool is_left = !wait_until_gone(each);
    if (is_left)
        cancel(each, true);
    const char **jobs = is_left ? list_jobs(each->arrays) : NULL;
    for (size_t i = 0; jobs != NULL && jobs[i] != NULL; i++)
        note_left(each, jobs[i]);
    free(jobs);
    dismiss_keeper(each->arrays);
}
