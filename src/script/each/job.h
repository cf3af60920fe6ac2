/* SPDX-License-Identifier: BSD-3-Clause
 *
 * An each that goes on, as the files of this room share it. */
#ifndef STG_SCRIPT_EACH_JOB_H
#define STG_SCRIPT_EACH_JOB_H

#include <staged/bridge.h>
#include <staged/each.h>
#include <staged/events.h>
#include <staged/progress.h>

#include "script/each/items.h"
#include "script/each/spool.h"
#include "script/recording/keeping.h"
#include "script/state/object.h"

/* How many failures are told one by one, and how many outputs wait for an earlier item. */
enum { STG_MOST_FAILURES = 100, STG_MOST_HELD = 100 };

typedef enum stg_job_state {
    STG_JOB_RUNS,
    STG_JOB_PAUSES, /* until its next attempt */
    STG_JOB_OVER
} stg_job_state;

/* An item that was begun.
 *   next      the one that was begun after it
 *   item      its own
 *   index     among all items
 *   slot      where it runs, from 0
 *   began_ns  its first attempt; by the script's clock, as `due_ns`, its next one
 *   done      how its last attempt ended, with `status`; NULL: it did not, or out of memory
 *   has_passed   once it is over
 *   failure   what is to be said of that
 *   is_cut    it was ended because all is
 *   process   of a program; NULL: none runs
 *   until_ns  of another item: when it exceeds its timeout
 *   kill_ns   of another item: when it is killed; 0: it is not being ended */
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
} stg_job;

/* Why nothing begins any more. */
typedef enum stg_each_stop {
    STG_STOP_NONE = 0,
    STG_STOP_SIGNAL,
    STG_STOP_TIME,
    STG_STOP_FAILURES, /* as many as the author allows */
    STG_STOP_ITEMS,    /* they cannot be read, or their words not made */
    STG_STOP_RUNNER    /* what runs them is gone */
} stg_each_stop;

struct stg_runner;

/* What an author gets of it. */
struct staged_each_result {
    size_t passed, earlier, failed, not_run;
    int64_t duration_ns;
    size_t listed;
    staged_failed_item failures[STG_MOST_FAILURES];
};

/* What is shown meanwhile.
 *   progress  NULL: no terminal, or no memory
 *   next_ns   when the next line of the log is due */
typedef struct stg_each_view {
    staged_progress *progress;
    staged_task task;
    int64_t next_ns;
} stg_each_view;

/* The whole.
 *   name      masked
 *   jobs      how many run at a time
 *   slots     those that were begun and are not over; NULL: a free one
 *   first     of those whose output was not shown, in the order in which they began
 *   held      how many of those are over
 *   taken     how many items were taken from `items`
 *   earlier   of those, how many had passed in the run that is resumed
 *   is_drained   there are no more items
 *   waits_for_items  there may be more later
 *   through   what else has to be done meanwhile, and what runs items that are no programs; NULL:
 *             nothing
 *   null_input       for programs */
typedef struct stg_each {
    staged_script *script;
    const staged_each_options *options;
    const struct stg_runner *runner;
    const staged_item_runner *through;
    char *name;
    char *template;
    size_t jobs;
    stg_items items;
    stg_job **slots;
    size_t slot_count, slot_capacity;
    stg_job *first;
    size_t running, held;
    int64_t taken;
    bool is_drained, waits_for_items;
    bool joins_outputs;
    stg_each_stop stop;
    stg_error error; /* of what stopped it */
    struct staged_each_result *result;
    staged_each_state state;
    stg_keeping keeping;
    stg_each_view view;
    int64_t began_ns;
    int null_input;
    staged_process **processes; /* as many as there are slots */
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
} stg_runner;
extern const stg_runner stg_programs;  /* programs.c */
extern const stg_runner stg_outsiders; /* outsiders.c: those that `through` runs */

static inline int64_t stg_each_now_ns(const stg_each *each)
{
    return each->script->clock->monotonic_ns(each->script->clock->context);
}

/* ---- pool.c ---- */

/* Runs all items, as far as nothing stops it. */
void stg_each_run(stg_each *each);

/* ---- ended.c ---- */

/* Shows, records and counts an item that is over, and frees it. */
void stg_each_settle(stg_each *each, stg_job *job);
/* Takes note of one that had passed in the run that is resumed. */
void stg_each_note_earlier(stg_each *each, const char *item, int64_t index);
/* Whether it had. */
bool stg_each_is_earlier(stg_each *each, const char *item);
/* Adds what the log calls an item. */
void stg_each_add_item(const stg_each *each, stg_buf *out, const char *item);
void stg_job_free(stg_job *job);

/* ---- view.c ---- */

void stg_each_view_begin(stg_each *each);
/* Shows how far all is. */
void stg_each_view_update(stg_each *each);
void stg_each_view_end(stg_each *each);
/* Logs how all went. */
void stg_each_tell(stg_each *each);

#endif
