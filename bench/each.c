/* SPDX-License-Identifier: BSD-3-Clause
 *
 * For each.py: runs `true` for each line of its input, as many at a time as its environment says.
 */
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

int main(int argc, char **argv)
{
    return staged_main(&each_script, argc, argv);
}
