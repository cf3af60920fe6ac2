/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Texts that live as long as the script. */
#ifndef STG_SCRIPT_STATE_TEXTS_H
#define STG_SCRIPT_STATE_TEXTS_H

#include "script/state/object.h"

/* A copy that the script owns; any thread may call it.  NULL: out of memory. */
const char *stg_keep_text(staged_script *script, const char *text);

#endif
