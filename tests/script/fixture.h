/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Scripts whose output goes to a text, on a clock that only moves when it is told to. */
#ifndef STAGED_TESTS_SCRIPT_FIXTURE_H
#define STAGED_TESTS_SCRIPT_FIXTURE_H

#include <staged/staged.h>

/* Moves when somebody sleeps, and by `step_ns` each time that it is read. */
typedef struct virtual_clock {
    staged_clock clock; /* what to hand over */
    int64_t now_ns;
    int64_t step_ns;
    int sleeps;
} virtual_clock;

void virtual_clock_init(virtual_clock *clock);
/* For a stage's body: time passes. */
void virtual_clock_pass(virtual_clock *clock, double seconds);

/* A script named "test" with a plain console, 80 columns wide, that keeps a text; NULL as `stages`:
 * all. */
staged_script *fixture_script(const staged_class *script_class, const char *const *stages,
                              virtual_clock *clock);
/* Runs it with these words, ended by NULL, and answers the exit status. */
int fixture_run(staged_script *script, const char *const *words);
/* What the last run wrote to standard output and standard error, beside its console. */
const char *fixture_printed(void);
const char *fixture_output(staged_script *script);

#endif
