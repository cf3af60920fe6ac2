/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Waiting in a stage: for a condition, for some time, for background work.  The log shows what the
 * script waits for; a signal or a time limit ends every wait. */
#ifndef STAGED_WAITING_H
#define STAGED_WAITING_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/renderable.h>
#include <staged/script.h>

STAGED_BEGIN_DECLS

/* ---- For a condition ---- */

/* Checks whether a condition holds.
 *   context  as in the options
 * Returns STAGED_OK if it does, STAGED_RETRY if not yet; anything else ends the wait. */
typedef staged_status staged_condition_function(staged_script *script, void *context);
/* Makes the renderable to show after a check, above the line with the time; NULL: none. */
typedef staged_renderable *staged_show_function(staged_script *script, void *context);

/* The cost of a wait; made by the library.
 *   checks       how often the condition was checked
 *   elapsed_ns   how long the wait took
 *   checking_ns  how much of that the checks took, and the longest check
 *   longest_ns */
typedef struct staged_poll_report {
    size_t checks;
    int64_t elapsed_ns;
    int64_t checking_ns;
    int64_t longest_ns;
} staged_poll_report;

/* How to wait; only `what` and `condition` are required.
 *   what        what the script waits for, for the log and the list of commands: "all pods to be
 *               ready"
 *   condition   see above
 *   context     passed to `condition` and `show`
 *   interval_s  seconds between checks; 0: 1; negative: none
 *   timeout_s   seconds after which no check begins; 0 and negative: no limit
 *   show        NULL: show only the line
 *   report      receives the cost, owned by the script and valid as long as it; NULL if the wait
 *               did not begin, or when out of memory.  May be NULL
 *   where       in the author's source; the macro fills it in */
typedef struct staged_poll_options {
    size_t size; /* see STAGED_OPTIONS */
    const char *what;
    staged_condition_function *condition;
    void *context;
    double interval_s;
    double timeout_s;
    staged_show_function *show;
    const staged_poll_report **report;
    staged_location where;
} staged_poll_options;

/* Waits until a condition holds, as in
 *
 * @code
 * #include <unistd.h>
 *
 * static staged_status is_there(staged_script *script, void *path)
 * {
 *     (void)script;
 *     return access(path, R_OK) == 0 ? STAGED_OK : STAGED_RETRY;
 * }
 *
 * static staged_status wait_for_report(staged_call *c)
 * {
 *     char path[] = "report.txt";
 *     return staged_poll(c->script, "the report", is_there, .context = path, .timeout_s = 60);
 * }
 * @endcode
 *
 * The commands of the condition run here, unless they name a place (docs/places.md).
 * Meanwhile the renderable of `show` and a line with the number of checks, the time, and the
 * duration of the last check are shown below the log.  At the end the log says how long the wait
 * took; each check is an event (STAGED_EVENT_CHECK).  The list of commands gets the comment "# Wait
 * for WHAT." A dry run says what it would wait for, and does not.
 *
 * Returns STAGED_OK; STAGED_TIMED_OUT, a failure with its own message unless the author handles it;
 * or what the condition returned.  Fails at once without a text or a condition, or if a time is
 * NaN. */
#define staged_poll(script, what_is_waited_for, ...)                                               \
    staged_poll_with(script,                                                                       \
                     STAGED_OPTIONS(staged_poll_options, .what = what_is_waited_for,               \
                                    .condition = __VA_ARGS__, .where = {__FILE__, __LINE__}))
STAGED_API STAGED_MUST_CHECK staged_status staged_poll_with(staged_script *script,
                                                            const staged_poll_options *options);

/* ---- For some time ---- */

/* As staged_sleep, with a progress bar; the list of commands has "sleep SECONDS".  A dry run says
 * so and does not wait.
 *   format  the description, as for staged_markup_new; "": none */
#define staged_pause(script, seconds, ...)                                                         \
    staged_pause_at(script, STAGED_HERE, seconds, __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_pause_at(staged_script *script,
                                                           const staged_location *where,
                                                           double seconds, const char *format, ...)
    STAGED_PRINTF(4, 5);
STAGED_API STAGED_MUST_CHECK staged_status staged_pause_v(staged_script *script,
                                                          const staged_location *where,
                                                          double seconds, const char *format,
                                                          va_list values) STAGED_PRINTF(4, 0);
STAGED_API STAGED_MUST_CHECK staged_status staged_pause_text(staged_script *script,
                                                             const staged_location *where,
                                                             double seconds, const char *text);

/* ---- For background work ---- */

/* Work in its own thread.  It belongs to the script, and never outlives what started it: a stage's
 * body, the stage (if another of its phases started it), or `main`.  If that succeeds, the work is
 * joined, before the end phase if it was a body, and its failure becomes the stage's; otherwise the
 * work is cancelled. */
typedef struct staged_background staged_background;

/* The work, called in its own thread.  It should check now and then whether it was cancelled.  Of
 * the functions for scripts it may only call those for all threads (see staged/script.h).
 *   context  as given to staged_background_start
 * Returns STAGED_OK, or another status, which is a failure; staged_background_fail or staged_fail
 * sets its message.  A failure that it does not return has no effect. */
typedef staged_status staged_work_function(staged_background *background, void *context);

/* Starts it.
 *   name     for messages: "saving the logs"
 *   context  must outlive the work
 * Returns NULL when out of memory or threads, with a message as the script's error. */
STAGED_API staged_background *staged_background_start(staged_script *script, const char *name,
                                                      staged_work_function *work, void *context);
/* Whether it is still running.  For any thread. */
STAGED_API bool staged_background_running(staged_background *background);
/* Waits for its end.  A signal or the end of the stage's time ends this wait, unless the work was
 * cancelled.  So after a failure, cancel the work before you join it: then nothing uses its context
 * any more.
 *   background  invalid afterwards, unless the work is still running
 * Returns what the work returned, with its failure as the script's error, and STAGED_OK if it was
 * cancelled.  STAGED_INTERRUPTED or a failure of the stage: the work is still running, and is
 * cancelled with the stage. */
STAGED_API STAGED_MUST_CHECK staged_status staged_background_join(staged_background *background);
/* Asks it to end, and ends its command.  Does not wait; join it for that. */
STAGED_API void staged_background_cancel(staged_background *background);

/* For the work itself: */

/* Whether it was asked to end. */
STAGED_API bool staged_background_cancelled(staged_background *background);
/* As staged_process_run; cancelling the work also ends the command, with everything it started, and
 * returns STAGED_INTERRUPTED.  The result is NULL if the command was not started. */
STAGED_API STAGED_MUST_CHECK staged_status
staged_background_run(staged_background *background, const staged_process_options *options,
                      staged_completed_process **result);
/* Sets the message of its failure, and returns STAGED_FAILED. */
STAGED_API STAGED_MUST_CHECK staged_status staged_background_fail(staged_background *background,
                                                                  const char *format, ...)
    STAGED_PRINTF(2, 3);
STAGED_API STAGED_MUST_CHECK staged_status staged_background_fail_v(staged_background *background,
                                                                    const char *format,
                                                                    va_list values)
    STAGED_PRINTF(2, 0);
STAGED_API STAGED_MUST_CHECK staged_status
staged_background_fail_text(staged_background *background, const char *text);

STAGED_END_DECLS

#endif
