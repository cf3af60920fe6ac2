/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Kinds of places: how commands run elsewhere.  "ssh" (another machine) and "slurm" (a cluster)
 * are built in; scripts in C can add others (staged_script_add_place_kind).  docs/places.md says
 * how to use places, and has a kind as an example.
 *
 * A kind runs a command through a client: a program here whose output is that of the command
 * there.  What the client cannot know (the exit code, why the command was lost) the kind says. */
#ifndef STAGED_PLACE_H
#define STAGED_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/status.h>

STAGED_BEGIN_DECLS

/* What kept a command from running to its own end; docs/places.md has them in detail. */
typedef enum staged_place_failure {
    STAGED_PLACE_OK = 0,
    STAGED_PLACE_REFUSED,     /* it can never run there: an impossible request, no such directory */
    STAGED_PLACE_LOGIN,       /* no key is accepted, or no account */
    STAGED_PLACE_HOST_KEY,    /* the machine's key has changed, or is not known */
    STAGED_PLACE_UNREACHABLE, /* no connection, or no controller */
    STAGED_PLACE_LOST,        /* the connection was lost while it ran */
    STAGED_PLACE_WAITED,      /* it waited longer than its place allows */
    STAGED_PLACE_NODE,        /* the machine that it ran on failed */
    STAGED_PLACE_PREEMPTED,   /* it had to make room for another one */
    STAGED_PLACE_CANCELLED,   /* somebody else ended it */
    STAGED_PLACE_TIME_LIMIT,  /* it exceeded the time limit of the place */
    STAGED_PLACE_MEMORY,      /* it exceeded the memory that it had asked for */
    STAGED_PLACE_OTHER        /* anything else; the message says what */
} staged_place_failure;

/* Returns the name of a failure, as in records and in `place_failure` of shell scripts
 * ("node_failed"); NULL for STAGED_PLACE_OK, "other" for a failure of a newer version. */
STAGED_API const char *staged_place_failure_name(staged_place_failure failure);

/* A command that a kind is to begin.  All of it is borrowed for the duration of the call.
 *   words        a program, found in PATH there, and its arguments, ended with NULL
 *   directory    where it runs; a relative one is below the place's own; NULL: the place's own
 *   environment  "NAME=value", ended with NULL: added or replaced; NULL: nothing
 *   without      names, ended with NULL: removed; NULL: none
 *   clear_environment
 *                whether it gets nothing but `environment`
 *   has_input    whether it reads the client's input; otherwise it has nothing to read
 *   joins_outputs
 *                whether its error output goes where its output goes
 *   name         for lists of jobs: script and stage
 *   folder       a directory for what the kind keeps about this command, if the kind needs one:
 *                absolute, mode 0700.  It is kept with the record of the run; without a record it
 *                is removed with the job.  NULL: the kind needs none
 *   job          the job of an earlier run (`job` of staged_place_look), to be taken over; `folder`
 *                is then that of the earlier run; NULL: begin a new one
 *   grace_s      from SIGTERM to SIGKILL, in seconds; negative: SIGKILL at once
 *   within_s     how long `begin` may take, in seconds, before the time limit of the stage or the
 *                script is exceeded; 0: no limit
 *   tell_waiting  to be called when `begin` has to wait for the place, and again when the reason
 *                changes, with `teller` and a reason as of a look; it may take its time, as the log
 *                does; NULL: nobody wants to know
 *   teller       what that gets */
typedef struct staged_place_command {
    size_t size;
    const char *const *words;
    const char *directory;
    const char *const *environment;
    const char *const *without;
    bool clear_environment;
    bool has_input;
    bool joins_outputs;
    const char *name;
    const char *folder;
    const char *job;
    double grace_s;
    double within_s;
    void (*tell_waiting)(void *teller, const char *reason);
    void *teller;
} staged_place_command;

/* The client of a command, which `begin` fills in.  All of it belongs to the job, until `release`.
 *   job          the kind's own, passed to its other functions
 *   words        a program here, found in PATH, and its arguments, ended with NULL; the program
 *                must end soon after the command there has
 *   environment  "NAME=value", ended with NULL: added or replaced for the client; NULL: nothing
 *   takes_input  whether the client passes on its input, as `has_input` asks for; if not, a command
 *                that is given input fails as STAGED_PLACE_REFUSED */
typedef struct staged_place_client {
    size_t size;
    void *job;
    const char *const *words;
    const char *const *environment;
    bool takes_input;
} staged_place_client;

/* How far a command has come. */
typedef enum staged_place_state {
    STAGED_PLACE_STATE_WAITS = 0, /* it has not begun yet */
    STAGED_PLACE_STATE_RUNS,
    STAGED_PLACE_STATE_AWAY, /* unknown: the place does not reply now */
    STAGED_PLACE_STATE_GONE  /* it has ended, or is lost; its client is to be ended, too */
} staged_place_state;

/* What is known of a command, which `look` fills in.  Texts belong to the job, until the next call.
 *   state      how far it has come
 *   job        the place's name for it ("4711"); NULL: it has none, or none yet
 *   node       where it runs; NULL: unknown
 *   reason     why it waits, or why its state is unknown, as it stands behind "waiting": "for free
 *              nodes"; NULL: nothing to say
 *   queue_ns   how long it waited before it began; 0 while it waits
 *   next_s     when to call `look` again, in seconds from now */
typedef struct staged_place_look {
    size_t size;
    staged_place_state state;
    const char *job;
    const char *node;
    const char *reason;
    int64_t queue_ns;
    double next_s;
} staged_place_look;

/* How a command ended, or why it could not begin.  Texts that a kind fills in must live until
 * `release`, or until `close` if the command could not begin; the library copies them.
 *   failure      STAGED_PLACE_OK: the command ran to its own end, and `exit_code` counts; otherwise
 *                `message` and `may_pass` do
 *   exit_code    -N: ended by signal N
 *   message      what happened: "the node n3 failed"; may contain secrets
 *   may_pass     whether another attempt is worth it
 *   left         what could not be ended, and may still run there: "job 4711"; NULL: nothing
 *   job, node    as in staged_place_look
 *   queue_ns     how long it waited before it began
 *   duration_ns  how long it ran; 0: unknown
 *   user_ns, system_ns, max_rss_kib
 *                its CPU time and peak memory; 0: unknown */
typedef struct staged_place_end {
    size_t size;
    staged_place_failure failure;
    int exit_code;
    const char *message;
    bool may_pass;
    const char *left;
    const char *job;
    const char *node;
    int64_t queue_ns;
    int64_t duration_ns;
    int64_t user_ns, system_ns;
    int64_t max_rss_kib;
} staged_place_end;

/* A kind of places: a constant.  `name` and `begin` are required.  Several threads may call its
 * functions at once, but for any one job only one does.  The structs that the functions fill in are
 * the library's, and may be shorter than those of a newer version of this header: set single
 * members, never assign the whole.
 *   name     as in "ssh"
 *   open     reads the words behind the kind in a declaration, and connects to nothing.
 *              words    ended with NULL; borrowed for the duration of the call
 *              place    receives the kind's own data of the place, passed to `close` and `begin`
 *              problem  receives a message after a failure, allocated with malloc; the library
 *                       frees it
 *            Returns STAGED_OK; STAGED_BAD_INPUT if the words are wrong; STAGED_NO_MEMORY.
 *            NULL: there must be no words
 *   close    ends what the place keeps (connections) and frees it.  NULL: nothing
 *   begin    begins or queues the command, or takes over `job`.  It may wait until it reaches the
 *            place, but not for the command.
 *              client   receives the client
 *              failure  receives why the command cannot begin
 *            Returns STAGED_OK; STAGED_INTERRUPTED if a signal to the script (staged/signals.h)
 *            came while it waited; STAGED_NO_MEMORY; another status after a failure
 *   look     says how far the command has come; never waits long.  NULL: it runs as long as its
 *            client
 *   stop     begins to end the command with everything that it has started, and returns at once:
 *            SIGTERM first, SIGKILL after `grace_s` seconds; negative: SIGKILL at once.  NULL:
 *            ending its client does it
 *   end      says how the command ended, once its client has; waits until that is certain, but not
 *            indefinitely.
 *              exit_code  of the client; -N: ended by signal N
 *            NULL: the command's exit code is that of the client
 *   release  frees a job.  NULL: there is nothing to free
 *   shares_files
 *            whether directories here are those there; then a shell function's `cd` counts there
 *   needs_folder
 *            whether a command gets a `folder` */
typedef struct staged_place_kind {
    size_t size;
    const char *name;
    staged_status (*open)(const char *const *words, void **place, char **problem);
    void (*close)(void *place);
    staged_status (*begin)(void *place, const staged_place_command *command,
                           staged_place_client *client, staged_place_end *failure);
    void (*look)(void *job, staged_place_look *look);
    void (*stop)(void *job, double grace_s);
    void (*end)(void *job, int exit_code, staged_place_end *end);
    void (*release)(void *job);
    bool shares_files;
    bool needs_folder;
} staged_place_kind;

STAGED_END_DECLS

#endif
