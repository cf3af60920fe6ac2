/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A started command, for the files that start it, wait for it, end it and report on it. */
#ifndef STG_PROCESS_RUN_PROCESS_H
#define STG_PROCESS_RUN_PROCESS_H

#include <sys/resource.h>
#include <sys/types.h>

#include <staged/process.h>
#include <staged/pty.h>

#include "base/failure/error.h"
#include "process/family/ending.h"
#include "process/family/family.h"
#include "process/run/capture.h"
#include "process/run/lines.h"
#include "process/run/show.h"
#include "process/run/streams.h"
#include "process/signals/terminal.h"

struct staged_process {
    stg_error failure; /* the command's: it did not start, was cut short, or its result is lost */
    stg_error call_error; /* a call's, while the command itself may be fine */
    staged_start_step failed_step;

    bool starts_anyway; /* although a signal to us is due */

    /* What the options said. */
    int64_t timeout_ns, grace_ns, drain_ns; /* STG_NEVER: no limit */
    int *expected_codes;
    size_t expected_count;
    staged_stream_kind kinds[3];
    bool is_in_our_group;
    bool leaves_daemon;
    bool keeps_terminal;
    bool only_sets_terminal; /* stty and the like */

    stg_family family;
    pid_t pid;
    int pidfd; /* -1: none; then we poll for its end */
    stg_streams streams;
    staged_pty *screens[2]; /* of the output and the error output; NULL: none */
    const char *input;      /* what remains to be written; borrowed */
    size_t input_left;
    stg_capture captures[2]; /* of the output and the error output */
    stg_show shows[2];
    stg_lines lines[2]; /* those that are pipes */
    stg_terminal terminal;
    bool has_terminal; /* it may use the terminal */

    /* Times are stg_active_ns, except start_wall_ns. */
    int64_t start_wall_ns, start_ns, end_ns;
    int64_t drain_until_ns; /* once it has ended: how long to wait for its output */

    bool has_ended; /* the command itself */
    int wait_status;
    bool status_is_lost;
    struct rusage usage;
    bool output_held;
    int *held_outputs; /* borrowed; NULL: they are closed */

    bool timed_out;
    int interrupted;
    stg_ending ending;
};

/* Starts the command of the options; `process` is all zero, except for `starts_anyway`.
 *   may_pipe   whether the caller reads and writes its pipes */
staged_status stg_process_start(staged_process *process, const staged_process_options *options,
                                bool may_pipe);
/* Records that it no longer uses the terminal.  Returns whether no other command does. */
bool stg_process_leave_terminal(staged_process *process);
/* Frees its contents, not the process itself. */
void stg_process_clear(staged_process *process);
/* The status to return once it is settled; its failure has the message. */
staged_status stg_process_outcome(staged_process *process);
/* Fills in a result, which takes over what was captured. */
void stg_process_report(staged_process *process, staged_completed_process *result);

/* ---- screens.c: the pseudo-terminals that it writes to ---- */

/* Opens those that the streams ask for, and makes the others what they are without. */
void stg_screens_open(staged_process *process, staged_stream streams[3]);
/* Before and after a wait: see staged/pty.h.
 *   show  reads what there is, with the process as its context */
int stg_screens_begin_waits(staged_process *process);
void stg_screens_attend(staged_process *process, staged_pty_show_function *show);
/* When a wait is to end at the latest; STG_NEVER: when something comes. */
int64_t stg_screens_next_ns(const staged_process *process, int64_t now_ns);
/* Our end of an output is closed, or handed to somebody else. */
void stg_screens_leave(staged_process *process, int output);
void stg_screens_close(staged_process *process);

#endif
