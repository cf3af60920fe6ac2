/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A stage that is an each, and a folder for what it works on. */
#ifndef STAGED_TESTS_SCRIPT_EACH_FIXTURE_H
#define STAGED_TESTS_SCRIPT_EACH_FIXTURE_H

#include "script/fixture.h"

/* What the stage `go` of the class runs; in its order: how it went, and what that returned. */
extern staged_each_options each_options;
extern const staged_each_result *each_result;
extern staged_status each_answer;
extern const staged_class eaching;
/* Its body. */
staged_status each_body(staged_call *c);

/* Runs the stage.  Returns the script, which belongs to the caller. */
staged_script *each_run_on(virtual_clock *clock, const char *const *words, int exit_status);
/* The same with some options, on the system's clock. */
staged_script *each_run(const staged_each_options *wanted, int exit_status);
#define RUN(exit_status, ...)                                                                      \
    each_run(STAGED_OPTIONS(staged_each_options, __VA_ARGS__), exit_status)
#define SH(line) .words = STAGED_TEXTS("sh", "-c", line, "sh")
/* Keeps a script, as its result belongs to it, until the next one is kept; NULL: none. */
void each_keep(staged_script *script);

/* Whether it has printed a text, wherever that was wrapped and framed. */
bool each_shows(staged_script *script, const char *text);
void each_assert_counts(size_t passed, size_t failed, size_t not_run);

/* The folder, which commands know as $F. */
extern char each_folder[64];
int each_make_folder(void **state);
int each_remove_folder(void **state);
void each_make_pipe(const char *name);
/* Makes the file `items` in it, and returns its path. */
const char *each_make_file(const char *bytes, size_t length);
/* The same with a number in each line, from 1 on. */
const char *each_make_numbers(int last);

#endif
