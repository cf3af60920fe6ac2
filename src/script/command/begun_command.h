/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the beginning and the end of a command are made of, whoever runs it. */
#ifndef STG_SCRIPT_COMMAND_BEGUN_COMMAND_H
#define STG_SCRIPT_COMMAND_BEGUN_COMMAND_H

#include <staged/events.h>
#include <staged/script.h>

#include "base/text/buf.h"

/* A command as it is shown and as it is recorded, and what is done before it; all are owned. */
typedef struct stg_command_texts {
    char *shown;
    char *recorded;
    char *before; /* NULL: nothing */
} stg_command_texts;

/* Makes them, with secrets masked; to be freed also after a failure. */
staged_status stg_make_command_texts(const staged_script *script, const staged_run_options *options,
                                     stg_command_texts *texts);
void stg_free_command_texts(stg_command_texts *texts);
/* Reads an author's options, of which those of the process become `process`. */
staged_status stg_read_run_options(staged_script *script, const staged_run_options *given,
                                   staged_run_options *own, staged_process_options *process);
/* Where it runs; NULL: where the script does. */
const char *stg_directory_of_command(const staged_run_options *options);

/* Whether a command is only shown, as in a dry run; */
bool stg_is_command_shown_only(const staged_script *script, const staged_run_options *options);
/* and shows it. */
staged_status stg_show_command_only(staged_script *script, const staged_run_options *options,
                                    const stg_command_texts *texts);
/* Tells observers that it begins, and the log, if that is wanted.
 *   event  zero but for its surroundings */
staged_status stg_begin_command(staged_script *script, const staged_run_options *options,
                                const staged_process_options *process,
                                const stg_command_texts *texts, staged_event *event);
/* Tells observers that it has ended.
 *   event    that of its beginning, changed
 *   failure  receives what is to be said of it; nothing if it went as expected */
void stg_end_command(staged_script *script, staged_event *event, staged_status status,
                     const staged_completed_process *done, stg_buf *failure);
/* Adds what is to be said of a command that did not go as expected; nothing of another.
 *   done  NULL: out of memory */
void stg_describe_failure(stg_buf *text, staged_status status,
                          const staged_completed_process *done);

#endif
