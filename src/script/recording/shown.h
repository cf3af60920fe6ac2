/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What commands print, on its way into the log.
 *
 * In a job of GitLab nothing of it may be a mark of a section.  All marks end in CR ESC [ 0 K: a
 * semicolon before that K changes nothing for a terminal, and GitLab takes no mark for one.  Bytes
 * are never held back, so a prompt without the end of its line is seen at once; what stands in the
 * log is remembered instead, since a mark may come in any number of pieces. */
#ifndef STG_SCRIPT_RECORDING_SHOWN_H
#define STG_SCRIPT_RECORDING_SHOWN_H

#include "script/state/object.h"

/* Has marks defused from now on.  Returns false when out of memory. */
bool stg_defuse_marks(staged_script *script);
/* Whether they are, so that what commands print has to come through this program. */
bool stg_marks_are_defused(const staged_script *script);
/* Writes to our standard output or error output; any thread may.  Returns false once nobody reads
 * that any more. */
bool stg_show_printed(staged_script *script, staged_output which, const char *bytes, size_t length);
void stg_defusal_free(struct stg_defusal *defusal);

#endif
