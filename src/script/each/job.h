/* SPDX-License-Identifier: BSD-3-Clause
 *
 * An each that goes on, as the files of this room share it. */
#ifndef STG_SCRIPT_EACH_JOB_H
#define STG_SCRIPT_EACH_JOB_H

#include <staged/bridge.h>
#include <staged/each.h>
#include <staged/events.h>
#include <staged/progress.h>

#include "place/framework.h"
#include "process/framework.h"
#include "script/each/items.h"
#include "script/each/spool.h"
#include "script/place/folder.h"
#include "script/recording/keeping.h"
#include "script/state/object.h"

/* How many failures are logged one by one, how many outputs wait for that of an earlier item, and
 * how often a failure of its place costs an item none of its attempts. */
enum { STG_MOST_FAILURES = 100, STG_MOST_HELD = 100, STG_MOST_LOST = 3 };

typedef enum stg_job_state {
    STG_JOB_RUNS,
    STG_JOB_PAUSES, /* until its next attempt */
    STG_JOB_OVER
} stg_job_state;

/* What an attempt of an item in an array printed, as a part of the outputs of its task. */
typedef struct stg_output_part {
    struct stg_array *array;
    size_t task;
    uint64_t from[2], length[2];
} stg_output_part;

/* An item that was begun.  Moments are by the script's clock.
 *   next       the item that was begun after it
 *   item       its text, which belongs to it
 *   index      among all items, from 0
 *   slot       where it runs, from 0
 *   attempts   how many there were, with the one that runs
 *   began_ns   when its first attempt began
 *   due_ns     when its next attempt begins, while it pauses
 *   spool      what it printed
 *   done       how its last attempt ended, with `status`; NULL: it did not begin, or out of memory
 *   has_passed, failure
 *              once it is over: whether it passed, and why not
 *   is_cut     whether it was ended because the whole each is
 *   process    its program here, or the client of its command at a place; NULL: none runs
 *   is_lost    whether its last attempt ended by a failure of its place, and
 *   may_pass   whether another attempt is worth it then
 *   lost       how many attempts ended so
 * Of an item that another program runs (outsiders.c), without the time that we were stopped:
 *   started_ns, until_ns
 *              when the attempt began, and when it exceeds its timeout
 *   kill_ns    when it gets SIGKILL; 0: it is not being ended
 * At a place:
 *   place_job  its command; NULL: none runs
 * In an array:
 *   is_submitted
 *              whether its array was
 *   is_told    whether it is known how it ended, with `code`
 *   has_begun  whether it has begun, in any attempt
 *   parts      what it printed, in the files of its tasks
 *   output_error
 *              why not all of that can be shown, an errno; 0: it can */
typedef struct stg_job {
    struct stg_job *next;
    char *item;
    int64_t index;
    size_t slot;
    stg_job_state state;
    int64_t attempts;
    int64_t began_ns, due_ns, duration_ns;
    stg_spool spool;
    staged_completed_process *done;
    staged_status status;
    bool has_passed;
    stg_buf failure;
    bool is_cut;
    staged_process *process;
    int64_t started_ns, until_ns, kill_ns;
    bool timed_out;
    bool is_lost, may_pass, is_submitted, is_told, has_begun;
    int lost, code;
    stg_place_job *place_job;
    stg_output_part *parts;
    size_t part_count, part_capacity;
    int output_error;
} stg_job;

/* Why nothing begins any more. */
typedef enum stg_each_stop {
    STG_STOP_NONE = 0,
    STG_STOP_SIGNAL,
    STG_STOP_TIME,
    STG_STOP_FAILURES, /* as many as the author allows */
    STG_STOP_ITEMS,    /* items cannot be read or submitted, or their words cannot be made */
    STG_STOP_RUNNER    /* the program that runs them is gone */
} stg_each_stop;

struct stg_runner;
struct stg_arrays;

/* How an each went, for its author. */
struct staged_each_result {
    size_t passed, earlier, failed, not_run;
    int64_t duration_ns;
    size_t listed;
    staged_failed_item failures[STG_MOST_FAILURES];
};

/* What is shown while an each runs.
 *   progress  NULL: no terminal, or no memory
 *   next_ns   when the next line of the log is due */
typedef struct stg_each_view {
    staged_progress *progress;
    staged_task task;
    int64_t next_ns;
} stg_each_view;

/* An each that goes on.
 *   through      the program that runs items which are no programs themselves, and what else it has
 *                to do meanwhile; NULL: nothing
 *   name         masked
 *   template     the command as a line, masked; "": the author's function makes the words
 *   jobs         how many items run at a time
 *   window       how many items may be begun and not over; more than `jobs` in arrays
 *   slots        the items that were begun and are not over; NULL: a free slot
 *   first        the items whose output was not shown yet, in the order in which they began
 *   running      how many items are in slots
 *   held         how many items of `first` are over
 *   taken        how many items were taken from `items`
 *   unbegun      how many of those were in arrays that were ended before their turn, and
 *   first_unbegun, name_of_first
 *                the first of them: its index and its text
 *   is_drained   whether there are no more items
 *   waits_for_items
 *                whether further items may come later
 *   error        why it was stopped
 *   null_input   what programs read
 *   processes    room for those of all slots
 *   place, place_name
 *                where the items run; NULL: here
 *   folder       for what the place keeps about them
 *   earlier      such folders of the run that is resumed
 *   arrays       that the items run in; NULL: none
 *   left         what could not be ended there; empty: nothing
 *   has_waited   whether the log has said what items wait for, and not that they run again */
typedef struct stg_each {
    staged_script *script;
    const staged_each_options *options;
    const struct stg_runner *runner;
    const staged_item_runner *through;
    char *name;
    char *template;
    size_t jobs, window;
    stg_items items;
    stg_job **slots;
    size_t slot_count, slot_capacity;
    stg_job *first;
    size_t running, held;
    int64_t taken;
    size_t unbegun;
    int64_t first_unbegun;
    char *name_of_first;
    bool is_drained, waits_for_items;
    bool joins_outputs;
    stg_each_stop stop;
    stg_error error;
    struct staged_each_result *result;
    staged_each_state state;
    stg_keeping keeping;
    stg_each_view view;
    int64_t began_ns;
    int null_input;
    staged_process **processes;
    stg_place *place;
    const char *place_name;
    stg_job_folder folder;
    char **earlier;
    size_t earlier_count, earlier_capacity;
    struct stg_arrays *arrays;
    stg_buf left;
    bool has_waited;
} stg_each;

/* How the items of an each run. */
typedef struct stg_runner {
    /* Begins an attempt.  Returns false when that failed: then it is over. */
    bool (*start)(stg_each *each, stg_job *job, const char *const *words);
    /* Waits for something to happen, `wait_ns` at the longest.  Returns false when nothing can
     * happen any more.
     *   also  a descriptor that ends the wait when it can be read; -1: none */
    bool (*wait)(stg_each *each, int64_t wait_ns, int also);
    /* Whether an attempt has ended; then `done` and `status` say how. */
    bool (*has_ended)(stg_each *each, stg_job *job);
    /* Begins to end one, because of a signal to us (0: for another reason). */
    void (*end)(stg_each *each, stg_job *job, int signal);
    /* Puts what one that is over has printed into its spool, without which it has not passed; NULL:
     * it wrote there itself. */
    void (*collect)(stg_each *each, stg_job *job);
} stg_runner;
extern const stg_runner stg_programs;  /* programs.c */
extern const stg_runner stg_outsiders; /* outsiders.c: those that `through` runs */
extern const stg_runner stg_placed;    /* placed.c: those of a place */
extern const stg_runner stg_arrayed;   /* arrayed.c: those of a place that runs arrays */

static inline int64_t stg_each_now_ns(const stg_each *each)
{
    return each->script->clock->monotonic_ns(each->script->clock->context);
}

/* From SIGTERM to SIGKILL, in seconds, 0 or more. */
static inline double stg_each_grace_s(const stg_each *each)
{
    const double grace_s = stg_grace_s(each->options->process);
    return grace_s < 0 ? 0 : grace_s;
}

/* ---- at_place.c ---- */

/* Finds where the items run, and so what runs them. */
staged_status stg_each_find_place(stg_each *each);
/* Makes what the items need there, such as a folder. */
staged_status stg_each_open_place(stg_each *each);
/* Ends what is left there, logs what could not be ended, and removes what was made. */
void stg_each_close_place(stg_each *each);

/* ---- left.c ---- */

/* Notes what could not be ended, and may still run at the place: "job 4711". */
void stg_each_note_left(stg_each *each, const char *left);
/* Logs all of that. */
void stg_each_tell_left(const stg_each *each);

/* ---- earlier.c ---- */

/* Ends what the run that is resumed has left running of this each, so that no item runs twice at
 * the same time, and takes note of what has passed meanwhile. */
staged_status stg_each_take_over(stg_each *each);
/* Removes what that was read from. */
void stg_each_forget_earlier(stg_each *each);

/* ---- pool.c ---- */

/* Runs all items, as far as nothing stops it. */
void stg_each_run(stg_each *each);

/* ---- ended.c ---- */

/* Shows, records and counts an item that is over, and frees it. */
void stg_each_settle(stg_each *each, stg_job *job);
/* Whether an item had passed in the run that is resumed. */
bool stg_each_is_earlier(stg_each *each, const char *item);
/* Records and counts such an item. */
void stg_each_note_earlier(stg_each *each, const char *item, int64_t index);
/* Adds an item as the log shows it. */
void stg_each_add_item(const stg_each *each, stg_buf *out, const char *item);
void stg_job_free(stg_job *job);

/* ---- view.c ---- */

void stg_each_view_begin(stg_each *each);
/* Shows the progress, if that is due. */
void stg_each_view_update(stg_each *each);
void stg_each_view_end(stg_each *each);
/* Logs how all went. */
void stg_each_tell(stg_each *each);

#endif
