/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Masks the secrets in texts. */
#ifndef STG_SCRIPT_STATE_MASK_H
#define STG_SCRIPT_STATE_MASK_H

#include "base/text/buf.h"
#include "script/state/object.h"

/* A copy of a text with its secrets masked, which the caller frees; NULL: out of memory. */
char *stg_masked(const staged_script *script, const char *text);
/* The same for a text whose lines may already be broken anywhere; NULL: out of memory. */
char *stg_masked_wrapped(const staged_script *script, const char *text);
/* Adds what the log calls something: masked, and cut where it is too long for a name. */
void stg_add_masked_name(const staged_script *script, stg_buf *out, const char *name);

#endif
