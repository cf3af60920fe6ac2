/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What GitHub Actions takes from a log.
 *
 * Workflow commands are stopped as long as the script runs: whatever is printed by it, by its
 * commands or by what these leave running, is only text.  For its own commands the face lets them
 * pass for the length of one write, which nothing else in the same pipe can get into. */
#ifndef STG_SCRIPT_FACE_GITHUB_H
#define STG_SCRIPT_FACE_GITHUB_H

#include <staged/console.h>

#include "base/text/buf.h"
#include "script/face/annotation.h"

enum { STG_TOKEN_LENGTH = 32 };

typedef struct stg_github {
    staged_console *console;
    char token[STG_TOKEN_LENGTH + 1]; /* ends the stop; "": there is none yet */
    bool errors_are_apart;            /* standard error is another pipe */
    bool group_is_open;
} stg_github;

/* Stops commands.  Returns false, without a source of random numbers: then nothing is to be
 * written. */
bool stg_github_begin(stg_github *github, staged_console *console);
/* Lets commands pass again. */
void stg_github_end(stg_github *github);
/* Begins a group, which ends one that is open. */
void stg_github_begin_group(stg_github *github, const char *title);
/* Ends the group, if one is open. */
void stg_github_end_group(stg_github *github);
/* Leaves it open: what is in it is shown. */
void stg_github_leave_group(stg_github *github);
void stg_github_annotate(stg_github *github, const stg_annotation *annotation);

#endif
