/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Records of runs, as the framework (src/script) writes them; docs/run-records.md says what is in
 * them.  For nobody else.  This part knows folders, files and lines, not scripts.  A record is used
 * by one thread at a time. */
#ifndef STG_RECORD_FRAMEWORK_H
#define STG_RECORD_FRAMEWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/secrets.h>
#include <staged/status.h>

#include "base/failure/error.h"
#include "base/text/buf.h"

typedef struct stg_record stg_record;

/* ---- The record ---- */

/* Whether runs are to be recorded, as far as $STAGED_RUNS says.
 *   is_wanted  whether they are where it is not set */
bool stg_record_is_wanted(bool is_wanted);
/* Makes the folder of a run and its file of events, which it locks.
 *   root     the folder of all records, absolute; NULL: that of the user
 *   stem     of the script's name
 *   wall_ns  when it begins, for the folder's name
 *   error    receives why there is none
 * Returns NULL then. */
stg_record *stg_record_new(const char *root, const char *stem, int64_t wall_ns, stg_error *error);
/* Its folder. */
const char *stg_record_directory(const stg_record *record);
/* Closes its files.  Takes NULL. */
void stg_record_free(stg_record *record);
/* What is masked in all that is written from now on; borrowed; NULL: nothing. */
void stg_record_set_secrets(stg_record *record, const staged_secrets *secrets);
/* Why nothing is written any more; NULL: it is. */
const char *stg_record_problem(const stg_record *record);

/* What the first line tells of the run.
 *   file       the script's; NULL: the program is the script
 *   arguments  the words of its command line, its name first
 *   count      how many
 *   dry_run    whether it only shows its commands
 *   resumes    the run that it resumes; NULL: none */
typedef struct stg_record_facts {
    const char *stem;
    const char *file;
    const char *const *arguments;
    size_t count;
    bool dry_run;
    int64_t wall_ns, elapsed_ns;
    const char *resumes;
} stg_record_facts;
/* Writes that line. */
void stg_record_write_facts(stg_record *record, const stg_record_facts *facts);

/* ---- Lines ---- */

/* Begins a line, which the members below are added to, and writes it with one call. */
void stg_record_begin(stg_record *record, const char *event, int64_t wall_ns, int64_t elapsed_ns);
void stg_record_end(stg_record *record);

/* Members; where `name` is NULL, items of a list. */

/* A text, its secrets masked; NULL: null. */
void stg_record_text(stg_record *record, const char *name, const char *text);
/* Texts ended by NULL; NULL: null. */
void stg_record_texts(stg_record *record, const char *name, const char *const *texts);
void stg_record_number(stg_record *record, const char *name, int64_t number);
/* Seconds; what is no limit (0, negative, NaN): null. */
void stg_record_seconds(stg_record *record, const char *name, double seconds);
void stg_record_bool(stg_record *record, const char *name, bool value);
/* An object or a list, with what is added until it is closed. */
void stg_record_open_object(stg_record *record, const char *name);
void stg_record_close_object(stg_record *record);
void stg_record_open_list(stg_record *record, const char *name);
void stg_record_close_list(stg_record *record);

/* ---- Output ---- */

/* A file beside the events, for what is printed.  Threads that add to different ones need no lock.
 */
typedef struct stg_record_output stg_record_output;

/* One for a run of a stage; "": outside of all.  The file is made with its first byte.  NULL: out
 * of memory. */
stg_record_output *stg_record_output_new(stg_record *record, const char *stage);
/* Takes NULL. */
void stg_record_output_free(stg_record_output *output);
/* Adds bytes, in which secrets are masked already. */
void stg_record_output_add(stg_record_output *output, const char *bytes, size_t length);
/* Its name, from the folder of the record on, and how many bytes are in it. */
const char *stg_record_output_name(const stg_record_output *output);
uint64_t stg_record_output_length(const stg_record_output *output);
/* If something could not be kept, the record ends here. */
void stg_record_output_check(stg_record *record, const stg_record_output *output);

/* ---- Values ---- */

/* Whether a value can have that name: it is one of a file. */
bool stg_record_can_keep(const char *name);
/* Keeps a value in the file that `kept/NAME` in the folder of the record is; NULL: removes it. */
void stg_record_keep(stg_record *record, const char *name, const char *value);

/* ---- Runs that were ---- */

/* A stage that began, with what became of it the last time.
 *   duration_ns  how long it took, if it passed */
typedef struct stg_past_stage {
    const char *name;
    bool is_passed;
    int64_t duration_ns;
} stg_past_stage;

/* A value that was kept. */
typedef struct stg_past_value {
    const char *name;
    const char *value;
} stg_past_value;

/* A command that had begun at a place, and had not ended.
 *   stage      "": outside of stages
 *   command    as it was recorded
 *   directory  NULL: the script's
 *   changes    in the environment: "NAME=value", and then "NAME" of what was removed, a line each
 *   id         how the place calls it
 *   folder     what the place keeps about it, absolute; NULL: nothing */
typedef struct stg_past_job {
    char *stage;
    char *place;
    char *command;
    char *directory;
    char *changes;
    char *id;
    char *folder;
} stg_past_job;

/* What a record tells of its run.  Texts are NULL where it does not say.
 *   arguments   the words of its command line, its name first
 *   is_foreign  it belongs to another user
 *   is_dry_run  it has only shown its commands
 *   goes_on     it has not ended
 *   has_passed  it has, and well */
typedef struct stg_past {
    const char *id;
    const char *script;
    const char *hash;
    const char *directory;
    const char *host;
    const char *const *arguments;
    size_t argument_count;
    const stg_past_stage *stages;
    size_t stage_count;
    const stg_past_value *values;
    size_t value_count;
    bool is_foreign;
    bool is_dry_run;
    bool goes_on;
    bool has_passed;
} stg_past;

/* Reads the record of a run.
 *   stem   of the script's name
 *   name   its id, the beginning of one that no other has, "latest", or the path of its folder;
 *          NULL: the latest that has not passed, and that no other has resumed and passed
 *   error  receives why there is none
 * Returns NULL then; otherwise the caller frees it. */
const stg_past *stg_past_read(const char *stem, const char *name, stg_error *error);
/* Whether an item of an each passed in the last attempt of a stage, and was not taken since: one of
 * several that are equal is taken at a time.
 *   number  of the each in that attempt */
bool stg_past_take_item(const stg_past *past, const char *stage, int64_t number, const char *item);
/* Notes one that passed although no record says so: it had ended after its script. */
bool stg_past_add_item(const stg_past *past, const char *stage, int64_t number, const char *item);
/* The folder of the record, and of the runs that it resumes, the latest first.
 *   index  from 0
 * Returns NULL past the last. */
const char *stg_past_folder(const stg_past *past, size_t index);
/* The first of the commands that ran elsewhere which is the same as that of `wanted` (but for id
 * and folder) and was not taken yet; NULL: there is none. */
const stg_past_job *stg_past_take_job(const stg_past *past, const stg_past_job *wanted);
/* One that was not taken.
 *   index  from 0
 * Returns NULL past the last. */
const stg_past_job *stg_past_job_left(const stg_past *past, size_t index);
/* Takes NULL. */
void stg_past_free(const stg_past *past);
/* Adds what tells the contents of a script's file, or of the program (NULL), from all others;
 * nothing if it cannot be read.
 *   called  how the program was called; NULL: not known */
void stg_record_add_hash(stg_buf *out, const char *file, const char *called);

/* ---- Durations ---- */

/* How long the stages of a script took when they passed: a small file beside its records, so that
 * no run has to read those of earlier ones. */
typedef struct stg_durations stg_durations;

/* What the file beside a record has; nothing where there is none.  The caller frees it; NULL: out
 * of memory. */
stg_durations *stg_durations_read(const stg_record *record);
/* Takes NULL. */
void stg_durations_free(stg_durations *durations);
/* What is usual for a stage: the median of its latest durations.  Returns of how many; 0: too few
 * are known to tell. */
size_t stg_durations_usual(const stg_durations *durations, const char *stage, int64_t *usual_ns);
/* Adds a duration, in the place of the oldest of its stage if that has enough. */
void stg_durations_add(stg_durations *durations, const char *stage, int64_t duration_ns);
/* Keeps other runs from changing the file until the descriptor that it returns is closed; -1: it
 * cannot be changed. */
int stg_durations_lock(const stg_record *record);
/* Puts a new file in place of the old one, whole or not at all. */
void stg_durations_write(const stg_record *record, const stg_durations *durations);

#endif
