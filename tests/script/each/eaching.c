/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A script for test_each_runs.py: runs a line for the shell for each line of its input, several at
 * a time.  What it does is in its environment: LINE, JOBS, SECRET. */
#include <stdlib.h>

#include <staged/staged.h>

static staged_status each(staged_call *c)
{
    const char *jobs = getenv("JOBS");
    return staged_each(c->script, STAGED_TEXTS("sh", "-c", getenv("LINE"), "sh"), .reads = true,
                       .name = "all", .jobs = (size_t)(jobs == NULL ? 2 : atoi(jobs)));
}

static staged_status init(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    const char *secret = getenv("SECRET");
    return secret == NULL ? STAGED_OK : staged_script_add_secret(c->script, secret);
}

static const staged_class eaching = {
    STAGED_CLASS("Eaching"),
    .methods = STAGED_METHODS(STAGED_STAGE("go", "Going", each, .by_default = true),
                              STAGED_ON(STAGED_HOOK_INIT, init)),
};

int main(int argc, char **argv)
{
    return staged_main(&eaching, argc, argv);
}
