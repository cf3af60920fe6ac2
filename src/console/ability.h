/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a console can show, for those who choose what to draw. */
#ifndef STG_CONSOLE_ABILITY_H
#define STG_CONSOLE_ABILITY_H

#include <staged/console.h>

/* Whether it shows nothing but ASCII. */
bool stg_console_is_ascii(const staged_console *console);

#endif
