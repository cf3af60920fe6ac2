/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Tells the scripts run by this script's commands to leave its log and its window alone. */
#ifndef STG_SCRIPT_RECORD_TOLD_H
#define STG_SCRIPT_RECORD_TOLD_H

/* An environment variable that we have set.
 *   before  its value, to be restored; NULL: it was not set */
typedef struct stg_told {
    const char *name; /* NULL: not set by us */
    char *before;
} stg_told;

/* Sets it, unless we have already.
 *   name  a constant */
void stg_tell_commands(stg_told *told, const char *name, const char *value);
/* Restores it, if we have set it. */
void stg_tell_commands_no_more(stg_told *told);

#endif
