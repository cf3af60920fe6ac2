/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A script for test_reports.py, of whose run reports are written when it ends. */
#include <signal.h>
#include <unistd.h>

#include <staged/staged.h>

static staged_status be_good(staged_call *c)
{
    /* Files are found nevertheless. */
    if (chdir("/") != 0)
        return staged_fail(c->script, "cannot go elsewhere");
    return staged_run(c->script, "echo done; echo \"[$STAGED_REPORTS]\"");
}

static staged_status be_bad(staged_call *c)
{
    return staged_run(c->script, "echo lost; exit 3");
}

static staged_status be_interrupted(staged_call *c)
{
    (void)raise(SIGTERM);
    return staged_run(c->script, "sleep 1000");
}

static staged_status run_itself(staged_call *c)
{
    return staged_run(c->script, "\"$PROGRAM\" --stage good");
}

static const staged_class reported = {
    STAGED_CLASS("Reported"),
    .methods =
        STAGED_METHODS(STAGED_STAGE("good", "Good", be_good), STAGED_STAGE("bad", "Bad", be_bad),
                       STAGED_STAGE("interrupted", "Interrupted", be_interrupted),
                       STAGED_STAGE("itself", "Itself", run_itself)),
};

int main(int argc, char **argv)
{
    return staged_main(&reported, argc, argv);
}
