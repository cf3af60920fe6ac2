/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A run as Markdown, for its page on GitHub. */
#ifndef STG_SCRIPT_FACE_STEP_SUMMARY_H
#define STG_SCRIPT_FACE_STEP_SUMMARY_H

#include <staged/events.h>

#include "base/text/buf.h"

/* All zero is empty. */
typedef struct stg_step_summary {
    stg_buf rows;     /* the table of stages, one line each */
    stg_buf failures; /* what failed, and why */
    size_t failed;    /* how many failed */
} stg_step_summary;

void stg_step_summary_free(stg_step_summary *summary);
/* Adds a stage that has ended.
 *   attempts  the number of attempts */
void stg_step_summary_add(stg_step_summary *summary, const staged_event *event, int64_t attempts);
/* Appends it to a file, up to the length that GitHub accepts.
 *   name   the script's
 *   event  the end of the script
 * Returns 0, or an error number. */
int stg_step_summary_write(const stg_step_summary *summary, const char *path, const char *name,
                           const staged_event *event);

#endif
