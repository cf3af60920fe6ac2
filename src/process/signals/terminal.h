/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The terminal, which a command may have left in any state. */
#ifndef STG_PROCESS_SIGNALS_TERMINAL_H
#define STG_PROCESS_SIGNALS_TERMINAL_H

#include <stdbool.h>
#include <termios.h>

/* The terminal's state; all zero: it is not ours. */
typedef struct stg_terminal {
    bool is_ours; /* our standard input is a terminal, and we are in its foreground */
    struct termios settings;
} stg_terminal;

stg_terminal stg_terminal_save(void);
/* Takes it back and restores its settings, unless the shell has given it to somebody else
 * meanwhile.  Safe in a signal handler. */
void stg_terminal_restore(const stg_terminal *terminal);

#endif
