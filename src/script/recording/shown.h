/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The output of commands on its way into the log.  In a GitLab job none of it may mark a section.
 * All marks end in CR ESC [ 0 K: a semicolon before that K makes no difference to a terminal, but
 * GitLab no longer recognizes the mark.  Bytes are never held back, so a prompt without a newline
 * is seen at once; instead the end of the log is remembered, since a mark may come in any number of
 * pieces. */
#ifndef STG_SCRIPT_RECORDING_SHOWN_H
#define STG_SCRIPT_RECORDING_SHOWN_H

#include "script/state/object.h"

/* Defuses marks from now on.  Returns false when out of memory. */
bool stg_defuse_marks(staged_script *script);
/* Whether marks are defused, so that what commands print must pass through this program. */
bool stg_marks_are_defused(const staged_script *script);
/* Writes to our standard output or error output, from any thread.  Returns false once nobody reads
 * it any more. */
bool stg_show_printed(staged_script *script, staged_output which, const char *bytes, size_t length);
void stg_defusal_free(struct stg_defusal *defusal);

#endif
