/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A script for test_each_runs.py: runs a line for the shell for each line of its input, several at
 * a time.  What it does is in its environment: LINE, JOBS, SECRET, PEAK. */
#include <stdio.h>
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

/* Copies what the system says of this process, with the peak of its memory, to a file. */
static void tell_peak(void)
{
    const char *path = getenv("PEAK");
    char text[8192];
    FILE *status = path == NULL ? NULL : fopen("/proc/self/status", "r");
    FILE *copy = status == NULL ? NULL : fopen(path, "w");
    if (copy != NULL) {
        (void)fwrite(text, 1, fread(text, 1, sizeof text, status), copy);
        (void)fclose(copy);
    }
    if (status != NULL)
        (void)fclose(status);
}

int main(int argc, char **argv)
{
    const int exit_status = staged_main(&eaching, argc, argv);
    tell_peak();
    return exit_status;
}
