/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Small animations that show that something is going on. */
#ifndef STG_CONSOLE_LIVE_SPINNER_TABLE_H
#define STG_CONSOLE_LIVE_SPINNER_TABLE_H

#include <stddef.h>

typedef struct stg_spinner_frames {
    const char *name;
    unsigned interval_ms; /* from one frame to the next */
    unsigned count;
    const char *frames;
} stg_spinner_frames;

/* The animation of that name; NULL if there is none. */
const stg_spinner_frames *stg_spinner_find(const char *name);
/* The frame with an index from 0, which wraps around; not terminated with NUL. */
const char *stg_spinner_frame(const stg_spinner_frames *spinner, size_t number, size_t *length);

#endif
