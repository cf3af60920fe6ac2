/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Resumes a run that did not pass. */
#ifndef STG_SCRIPT_RECORDING_RESUME_H
#define STG_SCRIPT_RECORDING_RESUME_H

#include "record/framework.h"
#include "script/state/object.h"

/* What the command line says about resuming.
 *   run           which one, as for stg_past_read; NULL: the latest that has not passed
 *   anyway        despite all differences
 *   dry_run       only show what it would do
 *   no_record     without a record of its own
 *   keeps_output  --keep-output: no part of what the run does
 *   reports       --report with its values: no part of it either
 *   words         all others */
typedef struct stg_resume_request {
    const char *run;
    bool anyway;
    bool dry_run;
    bool no_record;
    bool keeps_output;
    const char **reports;
    size_t report_count;
    const char **words;
    size_t word_count;
} stg_resume_request;

/* The run that is resumed.
 *   words  the command line that replaces the one given: with the id, and with
 *          the words of the earlier run if there were no others */
typedef struct stg_resumed {
    const stg_past *past;
    char **words;
    int word_count;
} stg_resumed;

/* Reads the words of a command line, which may be of a run that resumed another one.  The words are
 * borrowed.
 * Returns whether --resume is among them. */
bool stg_read_resume_request(const staged_script *script, char *const *words, size_t count,
                             stg_resume_request *request);
void stg_forget_resume_request(stg_resume_request *request);
/* Finds the run and checks it; if it cannot be resumed, writes the reason to standard error and
 * returns STAGED_EXIT. */
staged_status stg_resume(staged_script *script, const stg_resume_request *request);
/* Marks the stages that passed, and restores kept values; call it once the arguments are parsed. */
staged_status stg_take_over_resumed(staged_script *script);
/* Logs which run is resumed. */
void stg_tell_resumed(staged_script *script);
/* Notes that no run is resumed. */
void stg_forget_resumed(stg_run *run);

#endif
