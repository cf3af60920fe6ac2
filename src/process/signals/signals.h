/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Signals, for the code that starts commands and waits for them. */
#ifndef STG_PROCESS_SIGNALS_SIGNALS_H
#define STG_PROCESS_SIGNALS_SIGNALS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/signals.h>

#include "process/signals/terminal.h"

/* Whether it came from the terminal, which signals its whole process group. */
bool stg_signals_from_terminal(void);

/* Call these around starting a process, with all signals blocked.  Returns false when this process
 * is being ended: nothing may start any more, because nobody would end it. */
bool stg_gate_enter(void);
void stg_gate_leave(void);

/* How many running commands may use the terminal. */
atomic_int *stg_signals_terminal_users(void);

/* A user who is asked to type something. */
typedef struct stg_typist {
    stg_terminal terminal;   /* its state before */
    atomic_bool was_stopped; /* we were stopped and continued: set up the terminal again */
    int wake_write;          /* gets a byte then; -1: none could be made */
} stg_typist;
/* Sets whose terminal a stop restores; NULL: nobody's.  Borrowed until the next call. */
void stg_signals_set_typist(stg_typist *typist);

/* Who follows what becomes of the terminal. */
typedef struct stg_follower {
    atomic_bool is_to_stop; /* we are not stopped before it calls stg_signals_stop */
    int wake_write;         /* gets a byte then, and when its size has changed */
} stg_follower;
/* Sets it; borrowed until stg_signals_unset_follower.  Returns false if there is another one. */
bool stg_signals_set_follower(stg_follower *follower);
void stg_signals_unset_follower(stg_follower *follower);
/* Stops, as Ctrl-Z would have; returns when we are continued. */
void stg_signals_stop(void);

#endif
