/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The environment of a run. */
#ifndef STG_RECORD_WRITING_ENVIRONMENT_H
#define STG_RECORD_WRITING_ENVIRONMENT_H

#include "record/writing/record.h"

/* Adds "environment", the values of variables that are known to be harmless, and
 * "environment_hashes", salted hashes of all others, so that two runs can be compared without
 * keeping what they were. */
void stg_record_environment(stg_record *record);

#endif
