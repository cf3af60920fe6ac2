/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Reports of a run that are written when it ends, from its record.  Where none is kept, there is
 * one for as long. */
#ifndef STG_SCRIPT_RECORDING_REPORTS_H
#define STG_SCRIPT_RECORDING_REPORTS_H

#include "base/failure/error.h"
#include "script/state/object.h"

/* Adds those that a text asks for: FORMAT=FILE, or several with commas between them.
 *   error  receives what is wrong with it
 * Returns STAGED_OK, STAGED_BAD_INPUT or STAGED_NO_MEMORY. */
staged_status stg_reports_add(staged_script *script, const char *text, stg_error *error);
/* The run begins: adds those of STAGED_REPORTS, of which commands see nothing, and finds the
 * program that writes them.  The log says what cannot be done.  Returns whether there are any. */
bool stg_reports_begin(staged_script *script);
/* Makes a folder for the record of a run that is not to be kept; NULL: `error` says why not. */
const char *stg_reports_temporary_folder(staged_script *script, stg_error *error);
/* The folder of the record. */
void stg_reports_set_record(staged_script *script, const char *folder);
/* The record is whole: writes them.  What cannot be written is said on standard error. */
void stg_reports_write(staged_script *script);
void stg_reports_free(struct stg_reports *reports);

#endif
