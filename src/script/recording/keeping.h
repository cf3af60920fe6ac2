/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Keeping what a command prints beside the record of the run, on its way into the log. */
#ifndef STG_SCRIPT_RECORDING_KEEPING_H
#define STG_SCRIPT_RECORDING_KEEPING_H

#include "script/recording/recorder.h"

/* What is done with one of the outputs besides.
 *   show     as the author has it; NULL: our own stream
 *   is_over  its reader has left */
typedef struct stg_tap {
    bool is_shown;
    bool is_over;
    staged_show_output_function *show;
    void *context;
} stg_tap;

/* A command whose output comes through us.
 *   output  NULL: it is not kept
 *   offset  where in that file it begins
 *   streams its output and error output, as they are read
 *   held    what processes that it left running hold open; -1: nothing */
struct stg_keeping {
    staged_script *script;
    stg_record_output *output;
    uint64_t offset;
    stg_tap taps[2];
    staged_stream streams[2];
    int held[2];
};

/* How much the current stage had printed at some moment. */
typedef struct stg_printed {
    unsigned number; /* of the file; 0: none is kept */
    uint64_t length;
} stg_printed;
stg_printed stg_printed_so_far(staged_script *script);
/* Adds to the end of a command where what was printed since is kept. */
void stg_add_printed(staged_script *script, const stg_printed *before, staged_event *event);

/* Changes how a command runs so that its output is kept, if the run is recorded, and that marks in
 * it are defused, if they are.
 *   event    that of its beginning; NULL: it is not kept
 *   process  with the run's secrets */
void stg_keeping_begin(staged_script *script, const staged_event *event,
                       staged_process_options *process, stg_keeping *keeping);
/* It has ended, without an event: what it left running goes on printing. */
void stg_keeping_hand_on(stg_keeping *keeping);
/* Keeps what is printed in pieces, of which each ends with stg_keeping_end, if the run is recorded.
 */
void stg_keeping_begin_pieces(staged_script *script, stg_keeping *keeping);
void stg_keeping_begin_piece(stg_keeping *keeping);
/* Adds to the piece, with secrets masked. */
void stg_keeping_add(stg_keeping *keeping, const char *bytes, size_t length);
/* It has ended, which `event` is about to tell: adds where its output is. */
void stg_keeping_end(stg_keeping *keeping, staged_event *event);
/* That has been told. */
void stg_keeping_release(stg_keeping *keeping);

#endif
