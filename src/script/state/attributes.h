/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What hooks read and change. */
#ifndef STG_SCRIPT_STATE_ATTRIBUTES_H
#define STG_SCRIPT_STATE_ATTRIBUTES_H

#include "script/state/object.h"

/* Whether a number can say how often, or how many seconds: it is 0 or more, and a number. */
static inline bool stg_is_amount(double number)
{
    return number >= 0;
}

/* Whether commands are only shown, as far as is known by now. */
bool stg_is_dry_run(const staged_script *script);
/* Fails because `what` (a time limit, ...) is less than 0, or no number. */
staged_status stg_no_amount(staged_script *script, const staged_location *where, const char *what);
/* Keeps how the program was called, also if the script has another name. */
staged_status stg_set_program(staged_script *script, const char *program);
/* The names of the selected stages, in order, ended by NULL, which the caller frees; NULL: out of
 * memory. */
const char **stg_selected_stages(const staged_script *script);
/* Where the current stage is declared; the script's table if there is none. */
staged_location stg_stage_location(const staged_script *script);
/* Where the script's table stands. */
staged_location stg_script_location(const staged_script *script);
#endif
