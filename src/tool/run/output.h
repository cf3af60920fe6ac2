/* SPDX-License-Identifier: BSD-3-Clause
 * Passes a command's output on to our own streams, and adds our own messages. */
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
    const staged_secrets *secrets; /* NULL: none; borrowed, like the patterns */
    const tool_patterns *patterns;
    const char *log_path;
    bool is_quiet; /* the output is held back until something fails */

    bool is_read;     /* the output passes through us */
    bool is_one;      /* both streams go to the same place, where their order must be kept */
    int log;          /* negative: none */
    int log_error;    /* an errno; 0: everything was written */
    int64_t until_ns; /* until when to wait for a slow reader */
    tool_kept kept;
    tool_watch watches[2];
} tool_output;

/* Opens what the first four members request.  Returns false after a message. */
bool tool_output_begin(tool_output *output);
/* Sets the streams of a command; call it before each run. */
void tool_output_prepare(tool_output *output, staged_process_options *options, int64_t until_ns);
/* Call it when the command has ended.  Returns whether its output matched one of the patterns. */
bool tool_output_has_found(tool_output *output);
/* Writes a line "staged run: ..." to the error output, and wherever the command's goes. */
void tool_output_say(tool_output *output, const char *format, ...) STAGED_PRINTF(2, 3);
/* Shows what was held back, if requested, and closes everything.
 *   failed   whether to show it
 * Returns false, after a message, if the log is incomplete. */
bool tool_output_end(tool_output *output, bool failed);

#endif
