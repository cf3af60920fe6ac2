/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Like the state of signals, what is hidden belongs to the process, not to an object: a signal
 * handler and the end of the process have to find it.  All of it is atomic, and the process that
 * hid a cursor is the one that shows it, not a child that it forked. */
#include "console/device/restore.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include <staged/live.h>

#define PLACES 8

typedef struct place {
    atomic_int fd_plus_1; /* 0: the place is free */
    atomic_long process;
} place;

static place places[PLACES];
static atomic_bool registered;
static atomic_uint restored;

void stg_restore_add(int fd)
{
    bool expected = false;
    if (atomic_compare_exchange_strong(&registered, &expected, true))
        atexit(staged_terminal_restore);
    for (size_t i = 0; i < PLACES; i++) {
        int empty = 0;
        if (atomic_compare_exchange_strong(&places[i].fd_plus_1, &empty, fd + 1)) {
            atomic_store(&places[i].process, (long)getpid());
            return;
        }
    }
}

void stg_restore_remove(int fd)
{
    for (size_t i = 0; i < PLACES; i++) {
        int hidden = fd + 1;
        if (atomic_compare_exchange_strong(&places[i].fd_plus_1, &hidden, 0))
            return;
    }
}

unsigned stg_restore_count(void)
{
    return atomic_load(&restored);
}

void staged_terminal_restore(void)
{
    static const char show[] = "\x1b[0m\x1b[?25h\r\n";
    const int error = errno;
    atomic_fetch_add(&restored, 1);
    for (size_t i = 0; i < PLACES; i++) {
        if (atomic_load(&places[i].process) != (long)getpid())
            continue;
        const int hidden = atomic_exchange(&places[i].fd_plus_1, 0);
        if (hidden > 0 && write(hidden - 1, show, sizeof show - 1) < 0)
            continue; /* there is nobody left to tell */
    }
    errno = error;
}
