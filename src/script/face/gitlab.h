/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Sections of GitLab's job logs. */
#ifndef STG_SCRIPT_FACE_GITLAB_H
#define STG_SCRIPT_FACE_GITLAB_H

#include <staged/console.h>
#include <staged/events.h>

enum { STG_SECTION_LETTERS = 8 };

typedef struct stg_gitlab {
    staged_console *console;
    /* Part of each section's name, so that it differs from other programs' sections. */
    char letters[STG_SECTION_LETTERS + 1];
} stg_gitlab;

/* Returns false if there is no source of random numbers; do not write anything then. */
bool stg_gitlab_begin(stg_gitlab *gitlab, staged_console *console);
/* Begins or ends the section of the stage of an event.
 *   number  tells runs of the same stage apart */
void stg_gitlab_begin_section(const stg_gitlab *gitlab, const staged_event *event, size_t number);
void stg_gitlab_end_section(const stg_gitlab *gitlab, const staged_event *event, size_t number);

#endif
