/* SPDX-License-Identifier: BSD-3-Clause
 *
 * For each.py: runs `true` for each line of its input, as many at a time as its environment says.
 */
#include <stdio.h>
#include <stdlib.h>

#include <staged/staged.h>

static staged_status each(staged_call *c)
{
    const char *jobs = getenv("JOBS");
    return staged_each(c->script, STAGED_TEXTS("true"), .reads = true,
                       .jobs = (size_t)(jobs == NULL ? 2 : atoi(jobs)));
}

static const staged_class each_script = {
    STAGED_CLASS("Each"),
    .methods = STAGED_METHODS(STAGED_STAGE("go", "Going", each, .by_default = true)),
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
    const int exit_status = staged_main(&each_script, argc, argv);
    tell_peak();
    return exit_status;
}
