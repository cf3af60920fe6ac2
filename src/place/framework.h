/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the framework (src/script) needs of places beyond the public headers, and nobody else.
 * This part knows commands and places, not scripts. */
#ifndef STG_PLACE_FRAMEWORK_H
#define STG_PLACE_FRAMEWORK_H

#include <stdbool.h>
#include <stdint.h>

#include <staged/place.h>
#include <staged/process.h>

#include "base/failure/error.h"
#include "base/text/buf.h"

/* ---- The places of a run ---- */

typedef struct stg_places stg_places;
/* A place; NULL is "here". */
typedef struct stg_place stg_place;

/* Returns NULL when out of memory. */
stg_places *stg_places_new(void);
/* Closes and frees all places.  Takes NULL. */
void stg_places_free(stg_places *places);
/* Ends the connections of all places, while no command runs there; a place that is used again
 * connects again.  Takes NULL. */
void stg_places_rest(stg_places *places);
/* Adds a kind.
 *   kind  a constant, which is borrowed
 * Returns STAGED_OK; STAGED_BAD_USE if its name is taken, or if it has no `begin`. */
staged_status stg_places_add_kind(stg_places *places, const staged_place_kind *kind,
                                  stg_error *error);
/* Whether this very kind was added. */
bool stg_places_has_kind(const stg_places *places, const staged_place_kind *kind);
/* Declares a place for the script, and has its kind read the words.  If a file of places has
 * declared that name, it stays as it is.
 *   words  ended with NULL; NULL: none
 * Returns STAGED_OK; STAGED_BAD_INPUT if the name, the kind or the words are wrong. */
staged_status stg_places_add(stg_places *places, const char *name, const char *kind,
                             const char *const *words, stg_error *error);
/* Whether a script has declared the place in these very words. */
bool stg_places_has(const stg_places *places, const char *name, const char *kind,
                    const char *const *words);
/* Declares the places of a file, each line NAME KIND WORDS..., quoted as for a shell; a line that
 * begins with `#` is a comment.  A name that an earlier file has declared stays as it is.
 * Returns STAGED_OK, also if there is no such file; STAGED_NOT_ALLOWED if others can write it. */
staged_status stg_places_read(stg_places *places, const char *path, stg_error *error);
/* Finds a place by name.
 *   place  receives it; NULL: "here"
 * Returns STAGED_OK; STAGED_NOT_FOUND, with a message that names the known places, or the closest;
 * STAGED_BAD_INPUT if a file declares it with an unknown kind. */
staged_status stg_places_find(const stg_places *places, const char *name, stg_place **place,
                              stg_error *error);
/* Calls a function with the name of each one that can be used here, in the order of their
 * declarations; "here" is none of them. */
void stg_places_visit(const stg_places *places, void (*visit)(void *context, const char *name),
                      void *context);
const char *stg_place_name(const stg_place *place);
/* Whether directories here are those there. */
bool stg_place_shares_files(const stg_place *place);
/* Whether each of its commands needs a folder (staged_place_command). */
bool stg_place_needs_folder(const stg_place *place);
/* The file of places that declares it; NULL: the script does. */
const char *stg_place_file(const stg_place *place);
/* How many commands should run there at a time; 0: its kind does not say. */
size_t stg_place_room(const stg_place *place);

/* ---- A command at a place ---- */

typedef struct stg_place_job stg_place_job;

/* How long a command may take, in nanoseconds.
 *   timeout_ns  from when it begins to run; INT64_MAX: no limit
 *   wait_ns     from the call of stg_place_begin until it runs; INT64_MAX: no limit
 *   whole_ns    both together; 0: no limit
 *   begin_ns    for the call of stg_place_begin itself; 0: no limit */
typedef struct stg_place_limits {
    int64_t timeout_ns;
    int64_t wait_ns;
    int64_t whole_ns;
    int64_t begin_ns;
} stg_place_limits;

/* What has changed since the last look. */
typedef struct stg_place_news {
    bool has_changed; /* state, job, node or reason */
    staged_place_look look;
} stg_place_news;

/* Who is told of news.
 *   tell  NULL: nobody */
typedef struct stg_place_teller {
    void (*tell)(void *context, const stg_place_news *news);
    void *context;
} stg_place_teller;

/* Checks that a command at a place can have everything that the options ask for.
 * Returns STAGED_OK; STAGED_FAILED if it cannot; STAGED_BAD_USE if no command could. */
staged_status stg_place_check(const stg_place *place, const staged_process_options *options,
                              stg_error *error);
/* Checks that a shell can set and unset the variables of the options, as the programs of tasks
 * (below) have to.
 * Returns STAGED_OK; STAGED_FAILED if it cannot. */
staged_status stg_place_check_variables(const staged_process_options *options, stg_error *error);
/* Begins a command, or takes over one.
 *   options  as for staged_process_run: what runs, where, in which environment, and the streams of
 *            the client.  Texts are borrowed until the job is freed
 *   folder, name, taken_over
 *            `folder`, `name` and `job` of staged_place_command
 *   teller   is told what the place is waited for meanwhile; NULL: nobody is
 *   job      receives it; after a failure of the place, too: then stg_place_end says which.  NULL
 *            after any other failure
 * Returns STAGED_OK, or a failure with a message. */
staged_status stg_place_begin(stg_place *place, const staged_process_options *options,
                              const char *folder, const char *name, const char *taken_over,
                              const stg_place_limits *limits, const stg_place_teller *teller,
                              stg_place_job **job, stg_error *error);
/* The same for a command that cannot begin, since something that it needs here is missing.
 *   error  what, with its status
 * Returns that status. */
staged_status stg_place_fail(stg_place *place, const staged_process_options *options,
                             const stg_place_limits *limits, stg_place_job **job, stg_error *error);
/* What to start as the client: options that belong to the job. */
const staged_process_options *stg_place_client(const stg_place_job *job);
/* Asks the kind how far the command has come, if that is due, and ends one that took too long.
 *   news         receives what is known, and whether it is new
 *   ends_client  receives whether the client is to be ended now
 * Returns in how many nanoseconds to call it again; INT64_MAX: never. */
int64_t stg_place_watch(stg_place_job *job, stg_place_news *news, bool *ends_client);
/* Begins to end the command there, and returns at once.
 *   grace_s  from SIGTERM to SIGKILL, in seconds; negative: SIGKILL at once */
void stg_place_stop(stg_place_job *job, double grace_s);
/* Finds out how the command ended, once its client has.
 *   client  the client's result, which becomes that of the command: exit code, signal, whether it
 *           was expected, timed out, times, error, and `place` */
void stg_place_end(stg_place_job *job, staged_completed_process *client);
/* Runs a command that has begun to its end, as staged_process_run does: starts its client, watches
 * it, and finds out how the command ended.
 *   tell    called for news; NULL: nobody wants them
 *   result  receives it, which the caller frees; NULL: out of memory
 * Returns STAGED_OK, or as staged_process_run. */
staged_status stg_place_run(stg_place_job *job, void (*tell)(void *context, const stg_place_news *),
                            void *context, staged_completed_process **result);
/* Takes NULL. */
void stg_place_job_free(stg_place_job *job);

/* ---- Many programs as one job ---- */

/* Some kinds can run many programs, the tasks, as one job, an array: one request begins them all,
 * and one ends them.  The tasks themselves write down how they ended. */

/* What arrays at a place may be like.
 *   most_tasks  of one array
 *   processors  how many tasks can run at a time, if nothing else runs there; 0: unknown
 *   wait_ns     how long tasks may wait while none of them runs; INT64_MAX: no limit
 *   folder      where the folders of arrays must be; belongs to the place; NULL: anywhere */
typedef struct stg_array_limits {
    size_t most_tasks;
    size_t processors;
    int64_t wait_ns;
    const char *folder;
} stg_array_limits;

/* An array that is to run: the programs FOLDER/1 to FOLDER/COUNT, each for `sh`, with the name that
 * the place gives the array in the variable STAGED_ARRAY.
 *   name       for lists of jobs
 *   folder     absolute; must not be removed while any of them runs
 *   count      how many there are
 *   at_a_time  how many may run at a time; 0: as many as there is room for */
typedef struct stg_array_request {
    const char *name;
    const char *folder;
    size_t count;
    size_t at_a_time;
} stg_array_request;

/* How far a task has come.
 *   job      of its array
 *   number   in the array, from 1
 *   state    STAGED_PLACE_STATE_WAITS, _RUNS or _GONE
 *   node, reason
 *            as in staged_place_look; NULL: unknown
 *   failure  of a task that is gone: why it did not end by itself; STAGED_PLACE_OK: it did
 *   message, may_pass
 *            as in staged_place_end */
typedef struct stg_array_task {
    const char *job;
    size_t number;
    staged_place_state state;
    const char *node;
    const char *reason;
    staged_place_failure failure;
    const char *message;
    bool may_pass;
} stg_array_task;
typedef void stg_array_tell(void *context, const stg_array_task *task);

/* How a kind runs arrays.  Its functions may take seconds, and work while a signal to us is due.
 *   kind     its name
 *   measure  asks the place for its limits.
 *              problem  receives a message after a failure, which the caller frees
 *   submit   queues an array.
 *              job      receives the place's name for it, which the caller frees
 *              failure  receives after a failure whether another attempt is worth it
 *              problem  as above
 *   look     calls `tell` for each task that the place knows of some arrays; tasks that it does not
 *            know are gone.
 *              jobs     the arrays, ended with NULL
 *            Returns STAGED_OK; another status if the place does not reply now
 *   cancel   ends arrays: by SIGTERM first, or at once by SIGKILL.
 *            Returns STAGED_OK; another status if the place has not taken the request
 *   keep     starts a process that ends all arrays whose folders are in `folder`, even one that is
 *            being submitted, when a second signal has us exit at once; first it makes a file
 *            `ended` in each of these folders.  It lives until that is done, or until we are gone.
 *            The caller ends it by SIGKILL once there are no arrays */
typedef struct stg_array_kind {
    const char *kind;
    staged_status (*measure)(void *place, stg_array_limits *limits, char **problem);
    staged_status (*submit)(void *place, const stg_array_request *request, char **job,
                            staged_place_end *failure, char **problem);
    staged_status (*look)(void *place, const char *const *jobs, stg_array_tell *tell,
                          void *context);
    staged_status (*cancel)(void *place, const char *const *jobs, bool at_once);
    staged_status (*keep)(void *place, const char *folder, staged_process **keeper);
} stg_array_kind;

/* Returns how a place runs arrays; NULL: it cannot.
 *   opened  receives the first argument of the functions */
const stg_array_kind *stg_place_arrays(const stg_place *place, void **opened);

#endif
