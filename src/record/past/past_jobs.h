/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands that ran elsewhere when their run was cut short: only the few that have not ended are
 * kept. */
#ifndef STG_RECORD_PAST_PAST_JOBS_H
#define STG_RECORD_PAST_PAST_JOBS_H

#include "record/format/json_reading.h"
#include "record/framework.h"

/* One of them; the first members are what callers see, whose texts belong to it.
 *   number  of the command in the record that is being read; 0: it is of an older one */
typedef struct stg_past_open_job {
    stg_past_job job;
    int64_t number;
    bool is_taken;
} stg_past_open_job;

/* All zero has none. */
typedef struct stg_past_jobs {
    stg_past_open_job *items;
    size_t count, capacity;
    const char *folder; /* of the record that is being read */
} stg_past_jobs;

/* What is added next is of this record; the older ones come first. */
void stg_past_jobs_begin_record(stg_past_jobs *jobs, const char *folder);
/* A command has begun, something is known of it, and it has ended.  Return false when out of
 * memory. */
bool stg_past_jobs_begin(stg_past_jobs *jobs, stg_slice line);
bool stg_past_jobs_note(stg_past_jobs *jobs, stg_slice line);
bool stg_past_jobs_end(stg_past_jobs *jobs, stg_slice line);
void stg_past_jobs_free(stg_past_jobs *jobs);

#endif
