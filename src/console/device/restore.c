/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Like the state of signals, what is hidden belongs to the process, not to an object: a signal
 * handler and the end of the process must find it.  Everything is atomic, and only the process that
 * hid a cursor shows it, not a child that it forked. */
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
static place titles[PLACES];
static atomic_bool registered;
static atomic_uint restored;

static void add(place *all, int fd)
{
    bool expected = false;
    if (atomic_compare_exchange_strong(&registered, &expected, true))
        atexit(staged_terminal_restore);
    for (size_t i = 0; i < PLACES; i++) {
        int empty = 0;
        if (atomic_compare_exchange_strong(&all[i].fd_plus_1, &empty, fd + 1)) {
            atomic_store(&all[i].process, (long)getpid());
            return;
        }
    }
}

static bool take_away(place *all, int fd)
{
    for (size_t i = 0; i < PLACES; i++) {
        int taken = fd + 1;
        if (atomic_compare_exchange_strong(&all[i].fd_plus_1, &taken, 0))
            return true;
    }
    return false;
}

void stg_restore_add(int fd)
{
    add(places, fd);
}

void stg_restore_remove(int fd)
{
    (void)take_away(places, fd);
}

const char stg_title_back[] = "\x1b]2;\a\x1b[23;2t";

void stg_restore_title_add(int fd)
{
    add(titles, fd);
}

bool stg_restore_has_title(int fd)
{
    for (size_t i = 0; i < PLACES; i++) {
        if (atomic_load(&titles[i].fd_plus_1) == fd + 1)
            return true;
    }
    return false;
}

bool stg_restore_title_remove(int fd)
{
    return take_away(titles, fd);
}

unsigned stg_restore_count(void)
{
    return atomic_load(&restored);
}

static void restore(place *all, const char *bytes, size_t length)
{
    for (size_t i = 0; i < PLACES; i++) {
        if (atomic_load(&all[i].process) != (long)getpid())
            continue;
        const int taken = atomic_exchange(&all[i].fd_plus_1, 0);
        if (taken > 0 && write(taken - 1, bytes, length) < 0)
            continue; /* nobody is left to be told */
    }
}

void staged_terminal_restore(void)
{
    static const char show[] = "\x1b[0m\x1b[?25h\r\n";
    const int error = errno;
    atomic_fetch_add(&restored, 1);
    restore(places, show, sizeof show - 1);
    restore(titles, stg_title_back, sizeof stg_title_back - 1);
    errno = error;
}
