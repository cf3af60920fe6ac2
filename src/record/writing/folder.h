/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Where records are: the folder of all, with its salt, and that of each run. */
#ifndef STG_RECORD_WRITING_FOLDER_H
#define STG_RECORD_WRITING_FOLDER_H

#include "record/writing/record.h"

/* Makes the folder of a run, which no other run has, with the paths of the record.
 *   root  the folder of all records, absolute; NULL: that of the user
 * Returns whether there is one; otherwise `error` says why not. */
bool stg_folder_make(stg_record *record, const char *root, const char *stem, int64_t wall_ns,
                     stg_error *error);
/* Adds the path of the folder that the runs of a script are in.
 *   root         as above
 *   root_length  receives how much of it is the folder of all records
 * Returns whether there is a place for records; otherwise `error` says why not. */
bool stg_folder_add_path(stg_buf *path, const char *root, const char *stem, size_t *root_length,
                         stg_error *error);
/* Has `latest` lead to the folder of the record, where links can be made. */
void stg_folder_link(const stg_record *record);
/* Adds the salt of all records, made when it is first needed; nothing if there can be none. */
void stg_folder_add_salt(const stg_record *record, stg_buf *out);

#endif
