/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What hooks read and change. */
#ifndef STG_SCRIPT_STATE_ATTRIBUTES_H
#define STG_SCRIPT_STATE_ATTRIBUTES_H

#include "script/state/object.h"

/* Whether a number can be a count or a duration: it is 0 or more, and not NaN. */
static inline bool stg_is_amount(double number)
{
    return number >= 0;
}

/* Whether commands are only shown, as far as that is known yet. */
bool stg_is_dry_run(const staged_script *script);
/* Fails because `what` (a time limit, ...) is negative or NaN. */
staged_status stg_no_amount(staged_script *script, const staged_location *where, const char *what);
/* Stores how the program was called, even if the script has another name. */
staged_status stg_set_program(staged_script *script, const char *program);
/* The names of the selected stages, in order and terminated by NULL, which the caller frees; NULL:
 * out of memory. */
const char **stg_selected_stages(const staged_script *script);
/* Where the current stage is declared; the script's table if no stage is current. */
staged_location stg_stage_location(const staged_script *script);
/* Where the script's table is declared. */
staged_location stg_script_location(const staged_script *script);
#endif
