/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a script reports while it runs.  Its own timing table and list of commands are made from
 * the same events that an author's observers receive. */
#ifndef STAGED_EVENTS_H
#define STAGED_EVENTS_H

#include <stdbool.h>
#include <stdint.h>

#include <staged/script.h>

STAGED_BEGIN_DECLS

typedef enum staged_event_kind {
    STAGED_EVENT_SCRIPT_BEGIN, /* the command line is parsed, STAGED_HOOK_MAIN is about to run */
    STAGED_EVENT_STAGE_BEGIN,
    STAGED_EVENT_ATTEMPT_BEGIN,
    STAGED_EVENT_COMMAND_BEGIN,
    STAGED_EVENT_COMMAND_END,
    STAGED_EVENT_LOG,
    STAGED_EVENT_ATTEMPT_END,
    STAGED_EVENT_STAGE_END,
    STAGED_EVENT_SCRIPT_END, /* before the summary is printed */
    STAGED_EVENT_CHECK,      /* staged_poll checked its condition */
    STAGED_EVENT_QUESTION    /* a question to the operator has an answer */
} staged_event_kind;

/* One event.  What does not apply to its kind is zero or NULL; all is valid during the call only.
 *   kind         what happened
 *   wall_ns      when: nanoseconds since 1970 (UTC)
 *   elapsed_ns   the same since the script object was created, by a clock that never goes back
 *   stage        the current stage, of work beside it the one that began the work; "" outside of
 *                stages
 *   attempt      number of the attempt at the stage, from 1; 0 outside of attempts
 *   outcome      of the attempt or stage that ended; CHECK: passed, retrying or failed
 *   duration_ns  of the attempt, stage, command, check or script that ended
 *   command      as it is recorded
 *   unlisted     whether it is kept out of the list of commands: it only asked for something
 *   number       of the command, from 1: tells which end belongs to which beginning
 *   options      COMMAND_BEGIN: how it is run; NULL for one that is only recorded
 *   process      COMMAND_END: exit code, times, resource use; why it could not be started
 *   message      LOG: the text, its markup as the author wrote it; COMMAND_END: "exit code 3" or
 *                the like, unless that was expected; ATTEMPT_END, STAGE_END: why it failed; CHECK:
 *                what is waited for; QUESTION: the question; otherwise ""
 *   answer       QUESTION: the answer; *** for a password
 *   exit_status  SCRIPT_END: what the program will return, unless the summary fails
 *   where        in the author's source, when known */
typedef struct staged_event {
    staged_event_kind kind;
    int64_t wall_ns;
    int64_t elapsed_ns;
    const char *stage;
    int64_t attempt;
    staged_outcome outcome;
    int64_t duration_ns;
    const char *command;
    bool unlisted;
    int64_t number;
    const staged_process_options *options;
    const staged_completed_process *process;
    const char *message;
    const char *answer;
    int exit_status;
    staged_location where;
} staged_event;

/* Receives every event.
 *   notify      called for each event, in the order of registration, by one thread at a time
 *   context     handed to both functions
 *   release     if not NULL, called when the script is released
 *   wants_logs  whether it receives STAGED_EVENT_LOG, too */
typedef struct staged_observer {
    void (*notify)(void *context, const staged_event *event);
    void *context;
    void (*release)(void *context);
    bool wants_logs;
} staged_observer;

/* Registers an observer, usually from STAGED_HOOK_INIT; the struct is copied.  STAGED_NO_MEMORY: it
 * is not registered, and `release` was called.  STAGED_FAILED: it has no `notify`. */
STAGED_API staged_status staged_script_add_observer(staged_script *script,
                                                    const staged_observer *observer);

STAGED_END_DECLS

#endif
