/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The arrays that the items of an each run in, and what becomes of them at their place. */
#ifndef STG_SCRIPT_EACH_ARRAYS_H
#define STG_SCRIPT_EACH_ARRAYS_H

#include "place/framework.h"
#include "script/each/job.h"
#include "script/each/task.h"

/* An array: a job at the place, with its tasks.
 *   folder     of the files of its tasks
 *   job        the place's name for it; NULL: it is not submitted yet
 *   at_a_time  how many of its tasks may run at a time; 0: any number
 *   items      how many items its tasks have
 *   left       how many of its tasks have not ended
 *   unshown    how many parts of outputs in its files have not been shown
 *   is_gone    whether none of its tasks is in the place's list of jobs any more */
typedef struct stg_array {
    struct stg_array *next;
    char *folder;
    char *job;
    size_t at_a_time;
    stg_task *tasks;
    size_t count, capacity;
    size_t items, left, unshown;
    bool is_gone;
} stg_array;

/* The arrays of an each.  Moments are by the script's clock.
 *   kind, opened   how the place runs arrays, and what its functions get
 *   folder         that the arrays' folders are in
 *   keeper         ends them if we have to leave at once; NULL: none
 *   directory      where the items run, absolute
 *   prologue       as `manner` has it
 *   pending        the array that items are added to; NULL: none
 *   program, listed
 *                  the text of its last task, and the items of that
 *   is_open        whether that task takes more items
 *   first          those that were submitted
 *   made           how many arrays were made
 *   lanes          how many tasks may run at a time; 0: the author does not say
 *   spent_s, measured
 *                  how long items took, together, and how many these are
 *   pause_ns       until results are read again
 *   look_ns        when to ask the place about tasks next, and
 *   look_pause_ns  the pause between two such questions
 *   submit_ns      when to submit the next array, at the earliest
 *   refused_ns     since when the place takes none; 0: it does
 *   cancel_ns      since when they are being ended; 0: they are not
 *   idle_ns        since when tasks wait while none runs; 0: not so
 *   has_to_cancel  whether the place has not taken the request to end them yet
 *   is_killed      whether they were ended by SIGKILL
 *   running, waiting
 *                  how many tasks did so when the place was asked last
 *   reason         what they waited for then
 *   waits          whether the log has said that all of them wait */
struct stg_arrays {
    const stg_array_kind *kind;
    void *opened;
    const char *folder;
    staged_process *keeper;
    char *directory;
    char *prologue;
    stg_task_manner manner;
    stg_array_limits limits;
    stg_array *pending;
    stg_buf program, listed;
    bool is_open;
    stg_array *first;
    unsigned made;
    size_t lanes;
    double spent_s;
    size_t measured;
    int64_t pause_ns;
    int64_t look_ns, look_pause_ns, submit_ns, refused_ns, cancel_ns, idle_ns;
    bool has_to_cancel, is_killed;
    size_t running, waiting;
    stg_buf reason;
    bool waits;
};

/* ---- filling.c ---- */

/* How many tasks run at a time: as many as the author says, or as many as there is room for. */
size_t stg_arrays_at_a_time(const struct stg_arrays *arrays);
/* Puts an item into a task.  Returns false after a failure, whose message is the job's. */
bool stg_arrays_add(stg_each *each, stg_job *job, const char *const *words);
/* Stops the each, since its place runs no arrays for it. */
void stg_arrays_refuse(stg_each *each, const char *problem);
/* Submits the pending array, if that is due. */
void stg_arrays_submit_due(stg_each *each);

/* ---- arrays.c ---- */

void stg_arrays_remove_file(const char *folder, const char *name);
/* Removes the arrays that nobody needs any more, with their files. */
void stg_arrays_drop(struct stg_arrays *arrays);
/* Removes all arrays, with their files.  Takes NULL. */
void stg_arrays_free(struct stg_arrays *arrays);
/* Makes an array, with its folder.  Returns NULL, with errno, after a failure. */
stg_array *stg_arrays_new(struct stg_arrays *arrays);
/* Whether an exit code is one that the author expects. */
bool stg_arrays_expect(const stg_each *each, int code);
/* How many tasks of submitted arrays have not ended. */
size_t stg_arrays_left(const struct stg_arrays *arrays);

/* ---- following.c ---- */

/* Reads the results of items that have ended. */
void stg_arrays_read(stg_each *each);
/* Asks the place about the tasks, if that is due. */
void stg_arrays_look_due(stg_each *each);
/* Ends all arrays: begins to, or goes on with it, up to SIGKILL. */
void stg_arrays_cancel(stg_each *each);
/* Waits until no array is in the place's list of jobs, and notes those that could not be ended. */
void stg_arrays_finish(stg_each *each);

#endif
