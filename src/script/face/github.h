/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Writes what GitHub Actions reads from a log.  Workflow commands are stopped while the script
 * runs: whatever the script, its commands or their leftover processes print is only text.  For
 * commands of its own the face lifts the stop within a single write, which nothing else in the same
 * pipe can interrupt. */
#ifndef STG_SCRIPT_FACE_GITHUB_H
#define STG_SCRIPT_FACE_GITHUB_H

#include <staged/console.h>

#include "base/text/buf.h"
#include "script/face/annotation.h"

enum { STG_TOKEN_LENGTH = 32 };

typedef struct stg_github {
    staged_console *console;
    char token[STG_TOKEN_LENGTH + 1]; /* ends the stop; "": none yet */
    bool errors_are_apart;            /* standard error is a separate pipe */
    bool group_is_open;
} stg_github;

/* Stops commands.  Returns false if there is no source of random numbers; do not write anything
 * then. */
bool stg_github_begin(stg_github *github, staged_console *console);
/* Lets commands pass again. */
void stg_github_end(stg_github *github);
/* Begins a group, and ends an open one. */
void stg_github_begin_group(stg_github *github, const char *title);
/* Ends the open group, if any. */
void stg_github_end_group(stg_github *github);
/* Leaves the group open, so that its contents are shown. */
void stg_github_leave_group(stg_github *github);
void stg_github_annotate(stg_github *github, const stg_annotation *annotation);

#endif
