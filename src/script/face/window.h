/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The terminal's window: an observer that sets its title, and calls for the operator at the end of
 * a long run. */
#ifndef STG_SCRIPT_FACE_WINDOW_H
#define STG_SCRIPT_FACE_WINDOW_H

#include "script/state/object.h"

/* Adds the observer to a script that runs in a window, unless its author or its user turned both
 * off. */
staged_status stg_window_add(staged_script *script, const staged_script_options *options);

#endif
