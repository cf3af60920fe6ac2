/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Chooses the CI system for which a script writes more than its log. */
#ifndef STG_SCRIPT_FACE_CHOICE_H
#define STG_SCRIPT_FACE_CHOICE_H

#include <staged/script.h>

/* The choice of the user, or else of the author, or else what the environment suggests; never
 * STAGED_CI_AUTO.
 *   unknown  receives the value of STAGED_CI if it names no system; otherwise NULL */
staged_ci stg_face_choice(const staged_console *console, staged_ci wanted, const char **unknown);

#endif
