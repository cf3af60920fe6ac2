/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a script prints. */
#ifndef STG_SCRIPT_LOG_LOG_H
#define STG_SCRIPT_LOG_LOG_H

#include "script/log/command_text.h"
#include "script/state/object.h"

/* Like staged_log_renderable_at, but takes the renderable over, also on failure. */
staged_status stg_log_taken(staged_script *script, const staged_location *where,
                            staged_renderable *renderable);
/* Logs a heading, which is markup but no format. */
staged_status stg_print_stage_heading(staged_script *script, const char *heading);
/* Logs the text of a class's row, which is markup but no format; "%(stage)s" in it stands for the
 * current stage. */
staged_status stg_log_row(staged_script *script, const staged_location *where, const char *text,
                          bool in_panel);
/* Logs that something (`what`: "Stage 'x'") failed, and why.
 *   command  the failed command; NULL: none */
staged_status stg_print_failure(staged_script *script, const staged_location *where,
                                const char *what, const char *reason,
                                const stg_command_text_options *command);
/* Logs a command, on the line of `command->lead` if it fits. */
staged_status stg_log_command(staged_script *script, const staged_location *where,
                              const stg_command_text_options *command);
/* Logs the command that would be run if this were not a dry run.
 *   place  where; NULL: here */
staged_status stg_print_dry_run_command(staged_script *script, const staged_location *where,
                                        const char *place, const stg_command_text_options *command);

#endif
