/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The folder for what a place keeps about a command. */
#ifndef STG_SCRIPT_PLACE_FOLDER_H
#define STG_SCRIPT_PLACE_FOLDER_H

#include "script/state/object.h"

/* All zero is none.
 *   path      absolute
 *   recorded  its path as the record has it, below the record or in an earlier one; NULL: the
 *             folder is removed with the command
 *   link      a link in the record to a folder elsewhere; NULL: none */
typedef struct stg_job_folder {
    char *path;
    const char *recorded;
    char *link;
} stg_job_folder;

/* Makes a folder in the record of the run; without a record, one below the user's state folder,
 * which other machines of a cluster share, and which is removed with the command.
 *   number  of the command
 * Returns false, with an error, if it cannot be made. */
bool stg_job_folder_make(const staged_script *script, int64_t number, stg_job_folder *folder,
                         stg_error *error);
/* The same for the items of an each of the current stage.
 *   wanted  a directory that it has to be in; NULL: any
 *   number  of the each in the attempt */
bool stg_job_folder_make_for(const staged_script *script, const char *wanted, int64_t number,
                             stg_job_folder *folder, stg_error *error);
/* Uses the folder of an earlier run. */
bool stg_job_folder_take_over(const char *path, stg_job_folder *folder, stg_error *error);
/* Removes the folder, unless it belongs to a record and is not empty.  Takes one that could not be
 * made. */
void stg_job_folder_leave(stg_job_folder *folder);

#endif
