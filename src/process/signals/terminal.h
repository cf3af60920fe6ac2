/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The terminal, which a command that was ended may have left in any state. */
#ifndef STG_PROCESS_SIGNALS_TERMINAL_H
#define STG_PROCESS_SIGNALS_TERMINAL_H

#include <stdbool.h>
#include <termios.h>

/* How it was; all zero: it is not ours. */
typedef struct stg_terminal {
    bool is_ours; /* our standard input is one, and we are in its foreground */
    struct termios settings;
} stg_terminal;

stg_terminal stg_terminal_save(void);
/* Makes it ours again, with the settings that it had, unless somebody else has got it from the
 * shell meanwhile.  Safe in a signal handler. */
void stg_terminal_restore(const stg_terminal *terminal);

#endif
