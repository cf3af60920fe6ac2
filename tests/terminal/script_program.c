/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A script on whose terminal something moves while its stages run. */
#include <stdio.h>
#include <unistd.h>

#include <staged/staged.h>

static staged_live *begin(staged_call *c)
{
    return staged_live_new(staged_script_console(c->script), NULL, staged_markup_new("moving"));
}

/* A command writes where something moves. */
static staged_status command(staged_call *c)
{
    staged_live *live = begin(c);
    const staged_status status = staged_run(c->script, "printf 'from the command\\n'; sleep 0.5");
    staged_live_free(live);
    return status;
}

/* Does not hear that it is to end. */
static staged_status stuck(staged_call *c)
{
    const staged_live *live = begin(c);
    while (live != NULL)
        pause();
    return STAGED_NO_MEMORY;
}

static const staged_class script_program = {
    STAGED_CLASS("ScriptProgram"),
    .methods = STAGED_METHODS(STAGED_STAGE("command", "Running a command", command),
                              STAGED_STAGE("stuck", "Waiting for ever", stuck)),
};

int main(int argc, char **argv)
{
    fprintf(stderr, "%ld\n", (long)getpid());
    return staged_main(&script_program, argc, argv);
}
