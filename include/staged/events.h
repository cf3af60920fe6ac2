/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a script reports while it runs.  Its timing table and list of commands are built from the
 * same events that an author's observers receive. */
#ifndef STAGED_EVENTS_H
#define STAGED_EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/script.h>

STAGED_BEGIN_DECLS

typedef enum staged_event_kind {
    STAGED_EVENT_SCRIPT_BEGIN, /* the command line is parsed; STAGED_HOOK_MAIN runs next */
    STAGED_EVENT_STAGE_BEGIN,
    STAGED_EVENT_ATTEMPT_BEGIN,
    STAGED_EVENT_COMMAND_BEGIN,
    STAGED_EVENT_COMMAND_END,
    STAGED_EVENT_LOG,
    STAGED_EVENT_ATTEMPT_END,
    STAGED_EVENT_STAGE_END,
    STAGED_EVENT_SCRIPT_END, /* before the summary is printed */
    STAGED_EVENT_CHECK,      /* staged_poll checked its condition */
    STAGED_EVENT_QUESTION,   /* a question to the operator has an answer */
    STAGED_EVENT_EACH_BEGIN, /* staged_each is about to begin with its items */
    STAGED_EVENT_ITEM,       /* one of its items has ended */
    STAGED_EVENT_EACH_END,
    STAGED_EVENT_PLACE /* something new is known of a command that runs elsewhere */
} staged_event_kind;

/* Where a function in another language runs a command, and how the environment there differs from
 * ours (staged/bridge.h).
 *   directory    absolute; NULL: the script's
 *   environment  "NAME=value", ended with NULL: added or changed; NULL: nothing is
 *   without      names, ended with NULL, that are missing; NULL: none is */
typedef struct staged_surroundings {
    const char *directory;
    const char *const *environment;
    const char *const *without;
} staged_surroundings;

/* Which items go through one command (staged/each.h), and how far they are.
 *   name       of the each
 *   number     among those of the stage's attempt, from 1
 *   jobs       how many run at a time
 *   total      how many items there are; negative: not known
 *   item       ITEM: the item
 *   is_hidden  ITEM: a secret is masked in it
 *   index      ITEM: its position among all, from 0
 *   attempts   ITEM: how many it had
 *   passed, earlier, failed, not_run
 *              EACH_END: how many passed, had passed in the run that is resumed, failed, and did
 *              not begin
 *   left       EACH_END: what could not be ended, and may still run at the place:
 *              "job 4711, job 4712"; NULL: nothing */
typedef struct staged_each_state {
    const char *name;
    int64_t number;
    int64_t jobs;
    int64_t total;
    const char *item;
    bool is_hidden;
    int64_t index;
    int64_t attempts;
    int64_t passed, earlier, failed, not_run;
    const char *left;
} staged_each_state;

/* One event.  Members that do not apply to its kind are zero or NULL; pointers are valid only
 * during the call.
 *   kind         what happened
 *   wall_ns      when: nanoseconds since 1970 (UTC)
 *   elapsed_ns   the time since the script was created, by a clock that never goes back
 *   stage        the current stage; for background work, the stage that started it; "" outside of
 *                stages
 *   attempt      the number of the stage's attempt, from 1; 0 outside of attempts
 *   outcome      of the ended attempt, stage, script, item or each; CHECK: passed, retrying or
 *                failed
 *   duration_ns  of the ended attempt, stage, command, check or script
 *   command      as it is recorded; EACH_BEGIN: the words that items are put into
 *   unlisted     whether it is not recorded, as with staged_ask
 *   number       the command's number, from 1, which matches an end to its beginning
 *   options      COMMAND_BEGIN: how it runs; NULL if it is only recorded
 *   process      COMMAND_END: exit code, times, resource use; why it could not be started
 *   message      LOG: the text, with the author's markup; COMMAND_END: "exit code 3" or the like,
 *                unless that was expected; ATTEMPT_END, STAGE_END: why it failed or asks for
 *                another attempt; CHECK: what the script waits for; QUESTION: the question;
 *                otherwise ""
 *   answer       QUESTION: the answer; *** for a password
 *   exit_status  SCRIPT_END: the exit status, unless the summary fails
 *   where        in the author's source, when known; ATTEMPT_END, STAGE_END: where it failed
 *   text         LOG: the message as it is shown, without styles
 *   heading      STAGE_BEGIN: the stage's
 *   stages       SCRIPT_BEGIN: the selected stages, in order, ended with NULL
 *   command_line SCRIPT_BEGIN: the effective command line; NULL: it cannot be written
 *   output_file  COMMAND_END: the file in the folder of the run's record that its output is kept
 *                in; NULL: it is not
 *   output_offset, output_length
 *                where in that file, in bytes
 *   may_fail     STAGE_END: the script succeeds although this stage fails
 *   selected     STAGE_BEGIN: whether it is to run, unless a hook decides otherwise
 *   surroundings COMMAND_BEGIN: of what `options` run in; NULL: the script's
 *   earlier      STAGE_END: it passed in the run that is resumed, and took `duration_ns` then; it
 *                has not run again; ITEM: the same
 *   each         EACH_BEGIN, ITEM, EACH_END, PLACE of an array of items: see there; an item has an
 *                outcome, too, and a message, a process and an output as the end of a command does
 *   place        COMMAND_BEGIN, COMMAND_END, PLACE, EACH_BEGIN: the name of the place that it runs
 *                at; NULL: here
 *   look         PLACE: what is known of it
 *   folder       PLACE: of what the place keeps about it, below the folder of the run's record, or
 *                absolute if it is that of an earlier run; NULL: nothing is kept */
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
    const char *text;
    const char *heading;
    const char *const *stages;
    const char *command_line;
    const char *output_file;
    uint64_t output_offset;
    uint64_t output_length;
    bool may_fail;
    bool selected;
    const staged_surroundings *surroundings;
    bool earlier;
    const staged_each_state *each;
    const char *place;
    const struct staged_place_look *look;
    const char *folder;
} staged_event;

/* Receives every event.
 *   notify      called for each event, in the order of registration, by one thread at a time
 *   context     passed to both functions
 *   release     if not NULL, called when the script is freed
 *   wants_logs  whether it receives STAGED_EVENT_LOG, too */
typedef struct staged_observer {
    size_t size; /* see STAGED_OPTIONS */
    void (*notify)(void *context, const staged_event *event);
    void *context;
    void (*release)(void *context);
    bool wants_logs;
} staged_observer;

/* Registers an observer, usually from STAGED_HOOK_INIT; the struct is copied.  STAGED_NO_MEMORY: it
 * is not registered, and `release` was called.  STAGED_FAILED: `notify` is NULL. */
STAGED_API staged_status staged_script_add_observer(staged_script *script,
                                                    const staged_observer *observer);

STAGED_END_DECLS

#endif
