/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Events as lines of a record; docs/run-records.md says what is in them. */
#ifndef STG_SCRIPT_RECORDING_EVENT_LINE_H
#define STG_SCRIPT_RECORDING_EVENT_LINE_H

#include <staged/events.h>

#include "record/framework.h"

/* Writes an event. */
void stg_write_event(stg_record *record, const staged_event *event);
/* Writes where the output of a stage's functions is kept, before the stage's end. */
void stg_write_stage_output(stg_record *record, const staged_event *end,
                            const stg_record_output *output);

#endif
