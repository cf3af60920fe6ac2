/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The window of the terminal that a script runs in: an observer gives it a title, and calls for the
 * operator at the end of a long run. */
#ifndef STG_SCRIPT_FACE_WINDOW_H
#define STG_SCRIPT_FACE_WINDOW_H

#include "script/state/object.h"

/* Adds it to a script, if it runs in a window, and neither its author nor its user wants none. */
staged_status stg_window_add(staged_script *script, const staged_script_options *options);

#endif
