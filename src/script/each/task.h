/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Tasks of arrays: programs that run several items at a place, one after the other, and the files
 * by which they and we communicate.  Task N has these in the folder of its array:
 *
 *   N          the program, for `sh`: a line for each item; it removes itself when it cannot write
 *              one of the other files
 *   N.items    which items these are, each ended with NUL
 *   N.results  a line for each item that has ended: its number among those of the task, from 1, its
 *              exit code as `sh` has it, when it began and ended, in seconds, and 1 if the code is
 *              that of a signal, or 0
 *   N.says     what the shell said; none while no item has begun, and none after the task has
 *              stopped between two items
 *   N.out, N.err  what they printed; behind what each printed stands a mark that nobody else knows
 *
 * The folder also has `common`, which all programs read, `job`, the only job that may run them, and
 * once the array is being ended, `ended`.
 *
 * So there are as many files as there are tasks, not as many as there are items. */
#ifndef STG_SCRIPT_EACH_TASK_H
#define STG_SCRIPT_EACH_TASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/place.h>

#include "base/text/buf.h"

enum { STG_MARK_SIZE = 40 };

/* A task of an array.
 *   number      in its array, from 1
 *   count       how many items it has
 *   jobs        the items; NULL: the task has ended; one is NULL: the item has
 *   ended       how many items have ended
 *   results_at, output_at
 *               up to where its results and its outputs were read, in bytes
 *   is_seen     whether the place knew it when it was asked last
 *   is_gone     whether it no longer runs, since `gone_ns`
 *   failure, message
 *               why it did not run to its own end; NULL: it did, or the reason is unknown
 *   may_pass    whether another attempt is worth it */
typedef struct stg_task {
    size_t number;
    size_t count, capacity;
    struct stg_job **jobs;
    size_t ended;
    uint64_t results_at;
    uint64_t output_at[2];
    bool is_seen, is_gone;
    int64_t gone_ns;
    staged_place_failure failure;
    char *message;
    bool may_pass;
} stg_task;

/* How an item ended.
 *   number     in its task, from 1; 0: the prologue failed, and no item ran
 *   code       its exit code, as `sh` has it
 *   is_signal  whether that stands for a signal
 *   began_s, ended_s
 *              by the node's clock, which begins at any moment
 *   from, length
 *              where its outputs are in those of the task, in bytes */
typedef struct stg_task_result {
    size_t number;
    int code;
    bool is_signal;
    double began_s, ended_s;
    uint64_t from[2], length[2];
} stg_task_result;

/* ---- Writing ---- */

/* What all tasks of an each have in common.
 *   mark       stands behind each output; letters, digits and `-`
 *   joins      whether error output goes where output goes
 *   prologue   what a program does first, for `sh`: sets the environment, changes the directory;
 *              borrowed
 *   timeout_s  of an item, in seconds; 0: none
 *   grace_s    from SIGTERM to SIGKILL, in seconds */
typedef struct stg_task_manner {
    char mark[STG_MARK_SIZE];
    bool joins;
    const char *prologue;
    double timeout_s, grace_s;
} stg_task_manner;

/* Writes a new file, which only we can read.  Returns 0, or an errno. */
int stg_task_write_file(const char *folder, const char *name, const stg_buf *text);
/* Writes `FOLDER/common`, which all programs read.  Returns 0, or an errno. */
int stg_task_write_common(const char *folder, const stg_task_manner *manner);
/* Adds the beginning of the program of a task, */
void stg_task_add_head(stg_buf *program, const char *folder, size_t number);
/* and the line for an item: `words` is its command, ended with NULL. */
void stg_task_add_item(stg_buf *program, size_t number, const char *const *words);
/* Writes the program of a task and its other files.
 *   items  each ended with NUL
 * Returns 0, or an errno. */
int stg_task_write(const char *folder, size_t number, const stg_buf *program, const stg_buf *items);

/* Keeps the tasks of the folder from beginning another item; does nothing if it cannot write there.
 */
void stg_task_close(const char *folder);

/* ---- Reading ---- */

/* Reads the results that were written since the last call.
 *   take  called for each item that has ended, or for a prologue that failed */
void stg_task_read(const char *folder, stg_task *task, const stg_task_manner *manner,
                   void (*take)(void *context, stg_task *task, const stg_task_result *result),
                   void *context);
/* Reads all results of a task of another run.
 *   take  called for each item that has ended, with its exit code as `sh` has it
 * Returns false if there is no such task. */
bool stg_task_read_ended(const char *folder, size_t number,
                         void (*take)(void *context, const char *item, int code), void *context);
/* Appends a part of an output of a task to a file.
 *   which         0: output, 1: error output
 *   from, length  the part, in bytes
 *   to            a descriptor of the file
 * Returns 0, or an errno. */
int stg_task_copy(const char *folder, size_t number, int which, uint64_t from, uint64_t length,
                  int to);
/* Whether its program has begun, and has not stopped between two items. */
bool stg_task_has_begun(const char *folder, size_t number);
/* Returns how many bytes an output has behind `from`, up to the next mark or its end. */
uint64_t stg_task_rest_of_output(const char *folder, size_t number, int which, uint64_t from,
                                 const char *mark);
/* Whether its program could not write down how an item had ended: then it removes itself, for which
 * there is room on a full disk, too. */
bool stg_task_has_given_up(const char *folder, size_t number);
/* Removes the files of a task. */
void stg_task_remove(const char *folder, size_t number);

#endif
