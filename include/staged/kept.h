/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Values that a script keeps in the record of its run (docs/run-records.md), for a run that resumes
 * it with --resume: what a stage has found or made, and later stages need.  Both functions are for
 * any thread. */
#ifndef STAGED_KEPT_H
#define STAGED_KEPT_H

#include <staged/script.h>

STAGED_BEGIN_DECLS

/* Keeps a value: `STAGED_TRY(staged_keep(c->script, "pod", pod));`.  Where the run is not recorded
 * nothing is kept.
 *   name   letters, digits, `_`, `-` and `.`, but no `.` at the beginning; up to 200
 *   value  replaces what was kept under that name; NULL: forgets it
 * Returns STAGED_FAILED, with a message, for another name, and for a value with a secret
 * (staged_script_add_secret), which is not kept. */
#define staged_keep(script, ...) staged_keep_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_keep_at(staged_script *script,
                                                          const staged_location *where,
                                                          const char *name, const char *value);
/* A value that this run has kept, or the run that it resumes, once the command line is read; owned
 * by the script and valid as long as it.  NULL: there is none. */
STAGED_API const char *staged_script_kept(const staged_script *script, const char *name);

STAGED_END_DECLS

#endif
