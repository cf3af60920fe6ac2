/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the code that starts and waits for commands needs to know of signals. */
#ifndef STG_PROCESS_SIGNALS_SIGNALS_H
#define STG_PROCESS_SIGNALS_SIGNALS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/signals.h>

#include "process/signals/terminal.h"

/* A signal that was caught and not acknowledged: whatever waits is to end.  0: none. */
int stg_signals_due(void);
/* Whether it came from the terminal, which sent it to its whole process group. */
bool stg_signals_from_terminal(void);

/* Around starting a process, with all signals blocked.  Returns false when this process is being
 * ended, so that nothing may be started any more that nobody would end. */
bool stg_gate_enter(void);
void stg_gate_leave(void);
/* Whether this process has ever started one. */
bool stg_gate_was_entered(void);

/* How many commands that run may use the terminal. */
atomic_int *stg_signals_terminal_users(void);

/* Who is asked to type something. */
typedef struct stg_typist {
    stg_terminal terminal;   /* as it was before */
    atomic_bool was_stopped; /* we were, and go on: the terminal is to be set up again */
} stg_typist;
/* Whom a stop has to hand the terminal back from; NULL: nobody.  Borrowed until the next call. */
void stg_signals_set_typist(stg_typist *typist);

/* Whether signals are caught, by this process and not by one that it was forked from. */
bool stg_signals_are_caught(void);
/* How many installs have not ended yet. */
int stg_signals_installs(void);

#endif
