/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Keeps a command's output beside the record of the run, on its way into the log. */
#ifndef STG_SCRIPT_RECORDING_KEEPING_H
#define STG_SCRIPT_RECORDING_KEEPING_H

#include "script/recording/recorder.h"

/* What else happens to one of the outputs.
 *   show     the author's function; NULL: our own stream
 *   is_over  the reader has left */
typedef struct stg_tap {
    bool is_shown;
    bool is_over;
    staged_show_output_function *show;
    void *context;
} stg_tap;

/* A command whose output passes through us.
 *   output  the file; NULL: not kept
 *   offset  where in the file the command's output begins
 *   streams the command's outputs, as we read them
 *   held    outputs held open by processes that it left running; -1: none */
struct stg_keeping {
    staged_script *script;
    stg_record_output *output;
    uint64_t offset;
    stg_tap taps[2];
    staged_stream streams[2];
    int held[2];
};

/* How much the current stage has printed so far. */
typedef struct stg_printed {
    unsigned number; /* of the file; 0: none is kept */
    uint64_t length;
} stg_printed;
stg_printed stg_printed_so_far(staged_script *script);
/* Adds to the end of a command where the output since `before` is kept. */
void stg_add_printed(staged_script *script, const stg_printed *before, staged_event *event);

/* Changes the options of a command so that its output is kept, if the run is recorded, and its
 * marks are defused, if that is on.
 *   event    the command's beginning; NULL: do not keep its output
 *   process  with the run's secrets */
void stg_keeping_begin(staged_script *script, const staged_event *event,
                       staged_process_options *process, stg_keeping *keeping);
/* For a command that has ended without an event: its leftover processes go on printing. */
void stg_keeping_hand_on(stg_keeping *keeping);
/* For output that comes in pieces, if the run is recorded.  Each piece ends with
 * stg_keeping_end. */
void stg_keeping_begin_pieces(staged_script *script, stg_keeping *keeping);
void stg_keeping_begin_piece(stg_keeping *keeping);
/* Adds to the piece; secrets must be masked. */
void stg_keeping_add(stg_keeping *keeping, const char *bytes, size_t length);
/* Ends a command or a piece: adds where its output is kept to the event of its end. */
void stg_keeping_end(stg_keeping *keeping, staged_event *event);
/* Call it once that event has been emitted. */
void stg_keeping_release(stg_keeping *keeping);

#endif
