/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A script for test_window.py: what the window of its terminal is called, and when it calls for the
 * operator. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <staged/staged.h>

static staged_status be_good(staged_call *c)
{
    return staged_log(c->script, "done");
}

static staged_status be_bad(staged_call *c)
{
    return staged_fail(c->script, "no");
}

static staged_status retry_once(staged_call *c)
{
    int *times = c->data;
    return (*times)++ == 0 ? staged_retry(c->script, "not yet") : STAGED_OK;
}

static staged_status be_interrupted(staged_call *c)
{
    (void)raise(SIGTERM);
    return staged_run(c->script, "sleep 1000");
}

/* Ended at once, by the second signal. */
static staged_status be_killed(staged_call *c)
{
    (void)c;
    while (raise(SIGTERM) == 0) {
    }
    return STAGED_OK;
}

static staged_status be_stopped(staged_call *c)
{
    (void)raise(SIGTSTP);
    return staged_log(c->script, "goes on");
}

static staged_status run_itself(staged_call *c)
{
    return staged_run(c->script, "\"$PROGRAM\" --stage good");
}

static staged_status run_another(staged_call *c)
{
    return staged_stage_run(c->script, "last");
}

static const staged_class window_class = {
    STAGED_CLASS("Window"),
    .data_size = sizeof(int),
    .methods = STAGED_METHODS(
        STAGED_STAGE("good", "Good", be_good), STAGED_STAGE("bad", "Bad", be_bad),
        STAGED_STAGE("flaky", "Flaky", retry_once, .retry_attempts = 1),
        STAGED_STAGE("interrupted", "Interrupted", be_interrupted),
        STAGED_STAGE("killed", "Killed", be_killed), STAGED_STAGE("stopped", "Stopped", be_stopped),
        STAGED_STAGE("itself", "Itself", run_itself), STAGED_STAGE("outer", "Outer", run_another),
        STAGED_STAGE("last", "Last", be_good)),
};

int main(int argc, char **argv)
{
    const char *author = getenv("AUTHOR");
    const bool is_silent = author != NULL && strcmp(author, "silent") == 0;
    const bool is_loud = author != NULL && strcmp(author, "loud") == 0;
    return staged_main_with(&window_class,
                            STAGED_OPTIONS(staged_script_options,
                                           .name = "win\x1b[\x07"
                                                   "dow",
                                           .window_title = is_silent ? STAGED_NO : STAGED_AUTO,
                                           .notify_after_s = is_silent ? -1
                                                             : is_loud ? 1e-9
                                                                       : 0),
                            argc, argv);
}
