/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The observer that records a run. */
#ifndef STG_SCRIPT_RECORDING_RECORDER_H
#define STG_SCRIPT_RECORDING_RECORDER_H

#include "record/framework.h"
#include "script/state/object.h"

/* A command whose output is kept (keeping.h). */
typedef struct stg_keeping stg_keeping;

/* Belongs to the outermost script, as its observer; used under the script's lock.
 *   record    NULL: the run has ended
 *   is_kept   it stays when the run is over
 *   end       the end of the script, which is written last
 *   problem   why the run is no longer recorded; empty: it is
 *   is_told   `problem` has been logged
 *   output    the file with what the current stage prints; NULL: none yet
 *   output_number   its number among all such files
 *   output_user     the command that is adding to it; NULL: none
 *   is_printed      functions of the author have added to it
 *   durations       how long stages took in earlier runs; NULL: unknown
 *   first_timing    the first of the script's timings from this run */
typedef struct stg_recorder {
    staged_script *script;
    stg_record *record;
    bool is_kept;
    staged_event end;
    stg_buf problem;
    bool is_told;
    stg_record_output *output;
    unsigned output_number;
    stg_keeping *output_user;
    bool is_printed;
    stg_durations *durations;
    size_t first_timing;
} stg_recorder;

/* Begins to record the run, if a record or reports are wanted; logs why if it cannot.
 *   may_be_kept  otherwise the record is only for reports, and removed afterwards */
void stg_recorder_begin(staged_script *script, bool may_be_kept, int argc, char *const *argv);
/* Call it when the run is over. */
void stg_recorder_end(staged_script *script);
/* The file for the current stage's output; call it under the script's lock.  NULL: out of
 * memory. */
stg_record_output *stg_recorder_output(stg_recorder *recorder, const char *stage);
/* The folder of the run's record, if that is kept; NULL: there is none.  Call it under the script's
 * lock. */
const char *stg_recorder_folder(const staged_script *script);
/* Logs once that the run is no longer recorded, if so. */
void stg_recorder_tell(staged_script *script);

#endif
