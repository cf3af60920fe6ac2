/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Reading records of runs that were: which one, and what is in it. */
#ifndef STG_RECORD_PAST_PAST_H
#define STG_RECORD_PAST_PAST_H

#include <stdio.h>

#include "base/text/buf.h"
#include "record/format/json_reading.h"
#include "record/framework.h"

/* Opens the events of the record in a folder, to be read; NULL, with errno, if that cannot be. */
FILE *stg_past_open(const char *folder);
/* The name of a line's event, as it stands there. */
stg_slice stg_past_event(stg_slice line);
/* Reads the record in a folder; NULL: `error` says why not. */
stg_past *stg_past_read_folder(const char *folder, stg_error *error);

#endif
