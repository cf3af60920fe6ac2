/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The command line of `staged run`. */
#ifndef TOOL_RUN_OPTIONS_H
#define TOOL_RUN_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include <staged/args.h>
#include <staged/secrets.h>

#include "tool/run/codes.h"
#include "tool/run/watch.h"

/* Times are in seconds; 0: no limit.  Texts belong to the namespace. */
typedef struct tool_run_options {
    const char *const *command;
    int64_t attempts; /* 0: unlimited */
    double delay_s;
    double backoff;
    double longest_delay_s;
    double jitter_s;
    double timeout_s;
    double grace_s;
    double deadline_s;
    tool_codes ok;
    bool retries_some; /* retry only what the next two name, instead of every failure */
    tool_codes retry_codes;
    tool_patterns retry_patterns;
    bool is_quiet;
    const char *log_path;
    staged_secrets *secrets; /* NULL: none */
} tool_run_options;

/* Adds the arguments to the parser of the verb. */
void tool_run_add_arguments(staged_parser *parser);
/* Reads the parsed arguments.
 *   options  receives them; call tool_run_options_free, also after a failure
 * Returns STAGED_OK, or what staged_parser_fail returns. */
staged_status tool_run_options_read(tool_run_options *options, staged_parser *parser,
                                    staged_namespace *arguments);
void tool_run_options_free(tool_run_options *options);

#endif
