/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Waiting in a stage: for a condition, for some time, for background work.  The log shows what the
 * script waits for; a signal that asks the script to end ends every wait, and so does a time
 * limit. */
#ifndef STAGED_WAITING_H
#define STAGED_WAITING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/renderable.h>
#include <staged/script.h>

STAGED_BEGIN_DECLS

/* ---- For a condition ---- */

/* Checks whether a condition holds.
 *   context  as in the options
 * Returns STAGED_OK when it does, STAGED_RETRY when it does not yet; anything else ends the
 * wait. */
typedef staged_status staged_condition_function(staged_script *script, void *context);
/* Makes what is shown after a check, above the line that says how long it has been; NULL: nothing.
 */
typedef staged_renderable *staged_show_function(staged_script *script, void *context);

/* What the waiting cost.
 *   checks       how often the condition was checked
 *   elapsed_ns   how long all of it took
 *   checking_ns  how much of that the checks took, and the longest of them
 *   longest_ns */
typedef struct staged_poll_report {
    size_t checks;
    int64_t elapsed_ns;
    int64_t checking_ns;
    int64_t longest_ns;
} staged_poll_report;

/* How to wait; only `what` and `condition` are required.
 *   what        what is waited for, for the log and the list of commands: "all pods to be ready"
 *   condition   see above
 *   context     handed to `condition` and `show`
 *   interval_s  seconds between a check and the next; 0: 1; negative: none
 *   timeout_s   after so many seconds no further check begins; 0 and negative: no limit
 *   show        NULL: only the line is shown
 *   report      receives what it cost; may be NULL
 *   where       in the author's source; the macro fills it in */
typedef struct staged_poll_options {
    const char *what;
    staged_condition_function *condition;
    void *context;
    double interval_s;
    double timeout_s;
    staged_show_function *show;
    staged_poll_report *report;
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
 * While it waits, what `show` makes and a line with the number of checks, the time, and how long
 * the last one took are shown below the log.  At the end the log says how long it took; each check
 * is an event (STAGED_EVENT_CHECK).  The list of commands has the comment "# Wait for WHAT."  A dry
 * run says what would be waited for, and does not.
 *
 * Returns STAGED_OK; STAGED_TIMED_OUT, a failure that says so unless the author does something
 * about it; or what the condition returned.  Without a text or a condition, and with a time that is
 * NaN, it fails at once. */
#define staged_poll(script, what_is_waited_for, ...)                                               \
    staged_poll_with(script,                                                                       \
                     STAGED_LITERAL_(staged_poll_options, .what = what_is_waited_for,              \
                                     .condition = __VA_ARGS__, .where = {__FILE__, __LINE__}))
STAGED_API STAGED_MUST_CHECK staged_status staged_poll_with(staged_script *script,
                                                            const staged_poll_options *options);

/* ---- For some time ---- */

/* As staged_sleep, with a progress bar; the list of commands has "sleep SECONDS".  A dry run says
 * so and does not wait.
 *   format  what it is for, as for staged_markup_new; "": nothing is said */
#define staged_pause(script, seconds, ...)                                                         \
    staged_pause_at(script, STAGED_HERE, seconds, __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_pause_at(staged_script *script,
                                                           const staged_location *where,
                                                           double seconds, const char *format, ...)
    STAGED_PRINTF(4, 5);

/* ---- For background work ---- */

/* Work in a thread of its own.  It belongs to the script, and never outlives what began it: a
 * stage's body, the stage (when another of its phases began it), or `main`.  When that has ended
 * well the work is joined, before the end phase if it was a body, and its failure is the stage's;
 * when it has not, the work is cancelled. */
typedef struct staged_background staged_background;

/* The work, called in its own thread.  It should ask now and then whether it was cancelled.  Of the
 * functions for scripts it may only call those that are for all threads (see staged/script.h).
 *   context  as given to staged_background_start
 * Returns STAGED_OK, or another status: a failure, for which staged_background_fail, or
 * staged_fail, keeps the words.  A failure that it returns nothing of is its own affair. */
typedef staged_status staged_work_function(staged_background *background, void *context);

/* Begins it.
 *   name     for messages: "saving the logs"
 *   context  has to live as long as the work
 * Returns NULL when there is no memory or no thread, with a message kept as the script's error. */
STAGED_API staged_background *staged_background_start(staged_script *script, const char *name,
                                                      staged_work_function *work, void *context);
/* Whether it is still going on.  For any thread. */
STAGED_API bool staged_background_running(staged_background *background);
/* Waits for its end.  As soon as a signal asks the script to end, or the stage's time runs out, it
 * waits no longer, unless the work was cancelled: so what the work uses is its own as long as its
 * caller joins it, cancelling it first where something went wrong.
 *   background  not valid any longer, unless the work goes on
 * Returns what the work returned, its failure being the script's error, and STAGED_OK if it was
 * cancelled.  STAGED_INTERRUPTED, or the failure of the stage: the work goes on, and is cancelled
 * with the stage. */
STAGED_API STAGED_MUST_CHECK staged_status staged_background_join(staged_background *background);
/* Asks it to end, and ends the command that it runs.  Does not wait: joining does. */
STAGED_API void staged_background_cancel(staged_background *background);

/* For the work itself: */

/* Whether it has been asked to end. */
STAGED_API bool staged_background_cancelled(staged_background *background);
/* As staged_process_run; the command is also ended, with all that it started, when the work is
 * cancelled, with STAGED_INTERRUPTED. */
STAGED_API STAGED_MUST_CHECK staged_status
staged_background_run(staged_background *background, const staged_process_options *options,
                      staged_completed_process *result);
/* Keeps why it failed, and returns STAGED_FAILED. */
STAGED_API STAGED_MUST_CHECK staged_status staged_background_fail(staged_background *background,
                                                                  const char *format, ...)
    STAGED_PRINTF(2, 3);

STAGED_END_DECLS

#endif
