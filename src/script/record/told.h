/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What scripts are told that a command of this script runs: they have its log and its window, and
 * leave both alone. */
#ifndef STG_SCRIPT_RECORD_TOLD_H
#define STG_SCRIPT_RECORD_TOLD_H

/* A variable of the environment, as long as it is ours.
 *   before  its value, to be restored; NULL: it was not set */
typedef struct stg_told {
    const char *name; /* NULL: it is not ours */
    char *before;
} stg_told;

/* Sets it, unless it is ours already.
 *   name  a constant */
void stg_tell_commands(stg_told *told, const char *name, const char *value);
/* Restores it, if it was set. */
void stg_tell_commands_no_more(stg_told *told);

#endif
