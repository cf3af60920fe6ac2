/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The lines at the bottom of a terminal that are drawn again and again: all live displays of a
 * console, one below the other.  The cursor is behind the last of them, hidden.  The console must
 * be locked for everything here. */
#ifndef STG_CONSOLE_DEVICE_REGION_H
#define STG_CONSOLE_DEVICE_REGION_H

#include <stdbool.h>
#include <stddef.h>

#include <staged/live.h>

#include "base/text/buf.h"
#include "console/device/console_impl.h"
#include "console/device/refresher.h"

struct staged_live {
    staged_console *console;
    staged_live *next; /* the one below it */
    staged_renderable *renderable;
    staged_live_overflow overflow;
    bool transient, stopped;
    stg_refresher refresher;
};

typedef struct stg_region {
    staged_console *console;
    staged_live *first;
    unsigned pauses;
    stg_buf frame; /* what is on the screen, as written */
    stg_buf next;  /* what will replace it */
    size_t *cells; /* the width of each line on the screen */
    size_t line_count, capacity;
    int width;    /* of the terminal when they were drawn */
    stg_buf held; /* the beginning of a line printed by others: shown once the line is complete */
    unsigned restored;      /* stg_restore_count when the cursor was hidden */
    size_t begun;           /* where the output of others begins in what is written */
    staged_status *outcome; /* receives how the next drawing goes; NULL: not wanted */
} stg_region;

/* The console's region, made if there is none; NULL when out of memory. */
stg_region *stg_region_of(staged_console *console);
/* Adds a display below the others; `out` gets what hides the cursor if it is the first. */
void stg_region_add(stg_region *region, staged_live *live, stg_buf *out);
/* Removes a display; `out` gets what takes the region off the screen if it was the last. */
void stg_region_remove(stg_region *region, staged_live *live, stg_buf *out);
/* Ends a region without displays: `out` gets what shows the cursor again. */
void stg_region_end(stg_region *region, stg_buf *out);
/* Takes it off the screen; the next output puts it back. */
void stg_region_pause(stg_region *region, stg_buf *out);
void stg_region_resume(stg_region *region, stg_buf *out);
void stg_region_free(stg_region *region);

#endif
