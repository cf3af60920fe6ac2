/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A script that does one thing $BENCH_COUNT times, for run_records.py.  $BENCH_KIND is
 *   note     tells of a command without running it: one event
 *   command  runs /bin/true: two events */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/staged.h>

static staged_status do_it(staged_call *c)
{
    const char *count = getenv("BENCH_COUNT");
    const char *kind = getenv("BENCH_KIND");
    const bool runs = kind != NULL && strcmp(kind, "command") == 0;
    for (long i = count == NULL ? 0 : strtol(count, NULL, 10); i > 0; i--) {
        if (runs)
            STAGED_TRY(staged_run_words(c->script, "/bin/true"));
        else
            STAGED_TRY(staged_script_add_command(c->script, "/bin/true"));
    }
    return STAGED_OK;
}

static const staged_class recorded_run = {
    STAGED_CLASS("RecordedRun"),
    .methods = STAGED_METHODS(STAGED_STAGE("only", "Only", do_it, .by_default = true)),
};

int main(int argc, char **argv)
{
    return staged_main(&recorded_run, argc, argv);
}
