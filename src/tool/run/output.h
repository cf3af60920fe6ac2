/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Where the output of a command goes on its way to our own streams, and what is said beside it. */
#ifndef TOOL_RUN_OUTPUT_H
#define TOOL_RUN_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>

#include <staged/macros.h>
#include <staged/process.h>
#include <staged/secrets.h>

#include "tool/run/kept.h"
#include "tool/run/watch.h"

typedef struct tool_output {
    const staged_secrets *secrets; /* NULL: none; borrowed, as the patterns are */
    const tool_patterns *patterns;
    const char *log_path;
    bool is_quiet; /* whether it is kept until something fails */

    bool is_read;     /* whether it goes through us at all */
    bool is_one;      /* both streams go to the same place, where their order is to be seen */
    int log;          /* negative: none */
    int log_error;    /* an errno; 0: all was written */
    int64_t until_ns; /* how long a slow reader is waited for */
    tool_kept kept;
    tool_watch watches[2];
} tool_output;

/* Opens what the first four members ask for.  Returns false after a message. */
bool tool_output_begin(tool_output *output);
/* Sets the streams of a command, which is to be run once. */
void tool_output_prepare(tool_output *output, staged_process_options *options, int64_t until_ns);
/* The command has ended.  Returns whether one of the patterns was in its output. */
bool tool_output_has_found(tool_output *output);
/* Writes a line "staged run: ..." to the error output, and to where that of the command goes. */
void tool_output_say(tool_output *output, const char *format, ...) STAGED_PRINTF(2, 3);
/* Shows what was kept, if any, and closes all.
 *   failed   whether to show it
 * Returns false, after a message, when the log is not complete. */
bool tool_output_end(tool_output *output, bool failed);

#endif
