/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Beginning and ending a command, however it is run. */
#ifndef STG_SCRIPT_COMMAND_BEGUN_COMMAND_H
#define STG_SCRIPT_COMMAND_BEGUN_COMMAND_H

#include <staged/events.h>
#include <staged/script.h>

#include "base/text/buf.h"

/* A command as shown and as recorded, and the command to run before it; the struct owns all of
 * them. */
typedef struct stg_command_texts {
    char *shown;
    char *recorded;
    char *before; /* NULL: nothing */
} stg_command_texts;

/* Makes the texts with secrets masked; free them even after a failure. */
staged_status stg_make_command_texts(const staged_script *script, const staged_run_options *options,
                                     stg_command_texts *texts);
void stg_free_command_texts(stg_command_texts *texts);
/* Reads an author's options; those of the process go to `process`. */
staged_status stg_read_run_options(staged_script *script, const staged_run_options *given,
                                   staged_run_options *own, staged_process_options *process);
/* Where the command runs; NULL: in the script's own directory. */
const char *stg_directory_of_command(const staged_run_options *options);

/* Whether a command is only shown, as in a dry run. */
bool stg_is_command_shown_only(const staged_script *script, const staged_run_options *options);
/* Shows it.
 *   place  where it would run; NULL: here */
staged_status stg_show_command_only(staged_script *script, const staged_run_options *options,
                                    const char *place, const stg_command_texts *texts);
/* Whether its beginning is logged. */
bool stg_is_command_logged(const staged_script *script, const staged_run_options *options);
/* Notifies observers that it begins, and logs it if requested.
 *   event  zero except for its surroundings and its place */
staged_status stg_begin_command(staged_script *script, const staged_run_options *options,
                                const staged_process_options *process,
                                const stg_command_texts *texts, staged_event *event);
/* Notifies observers that it has ended.
 *   event    the one of its beginning, which is changed
 *   failure  receives what went wrong; nothing if it ended as expected */
void stg_end_command(staged_script *script, staged_event *event, staged_status status,
                     const staged_completed_process *done, stg_buf *failure);
/* Adds what went wrong with a command; nothing if it ended as expected.
 *   done  NULL: out of memory */
void stg_describe_failure(stg_buf *text, staged_status status,
                          const staged_completed_process *done);

#endif
