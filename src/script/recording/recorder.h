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
 *   end       that of the script, which is told of last
 *   problem   why the run is not recorded any more; empty: it is
 *   is_told   the log says so
 *   output    what the current stage prints; NULL: nothing yet
 *   output_number   which one of all that there were
 *   output_user     the command that adds to it now; NULL: none
 *   is_printed      functions of the author's have added to it
 *   durations       how long stages took in earlier runs; NULL: not known
 *   first_timing    the first of the script's timings that is of this run */
typedef struct stg_recorder {
    staged_script *script;
    stg_record *record;
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

/* Begins to record the run, if that is wanted, or reports of it are; the log says why that cannot
 * be done. may_be_kept  otherwise the record is there for reports alone, and then gone */
void stg_recorder_begin(staged_script *script, bool may_be_kept, int argc, char *const *argv);
/* The run is over: nothing follows. */
void stg_recorder_end(staged_script *script);
/* The file for what the current stage prints; under the script's lock.  NULL: out of memory. */
stg_record_output *stg_recorder_output(stg_recorder *recorder, const char *stage);
/* Says once that the run is not recorded any more, if that is so. */
void stg_recorder_tell(staged_script *script);

#endif
