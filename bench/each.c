/* SPDX-License-Identifier: BSD-3-Clause
 *
 * For each.py and each_places.py: runs `true` for each line of its input, as many at a time and at
 * the place that its environment says. */
#include <stdlib.h>

#include <staged/staged.h>

static staged_status each(staged_call *c)
{
    const char *jobs = getenv("JOBS");
    const char *place = getenv("PLACE");
    return staged_each(c->script, STAGED_TEXTS("true"), .reads = true, .place = place,
                       .jobs = (size_t)(jobs != NULL ? atoi(jobs) : place == NULL ? 2 : 0));
}

static staged_status init(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    return staged_script_add_place(c->script, "hpc", "slurm", NULL);
}

static const staged_class each_script = {
    STAGED_CLASS("Each"),
    .methods = STAGED_METHODS(STAGED_STAGE("go", "Going", each, .by_default = true),
                              STAGED_ON(STAGED_HOOK_INIT, init)),
};

int main(int argc, char **argv)
{
    return staged_main(&each_script, argc, argv);
}
