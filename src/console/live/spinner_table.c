/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The spinners, with the names, intervals and frames of Rich and cli-spinners. */
#include "console/live/spinner_table.h"

#include <string.h>

/* A newline ends each frame. */
static const stg_spinner_frames spinners[] = {
#include "rich_spinners.h"
};

const stg_spinner_frames *stg_spinner_find(const char *name)
{
    for (size_t i = 0; i < sizeof spinners / sizeof *spinners; i++)
        if (strcmp(spinners[i].name, name) == 0)
            return &spinners[i];
    return NULL;
}

const char *stg_spinner_frame(const stg_spinner_frames *spinner, size_t number, size_t *length)
{
    const char *frame = spinner->frames;
    for (size_t i = 0; i < number % spinner->count; i++)
        frame = strchr(frame, '\n') + 1;
    *length = strcspn(frame, "\n");
    return frame;
}
