/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Runs the cases that were recorded from the reference packages.  One file a kind of data. */
#ifndef STAGED_TESTS_REFERENCE_CHECK_H
#define STAGED_TESTS_REFERENCE_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

/* Runs one case.  Answers what really came out as JSON text or plain text, to be released with
 * free(); `*passed` says whether it is what was expected.  NULL means that the case could not be
 * run at all, which is a failure. */
typedef char *reference_case_runner(const json_t *test_case, bool *passed);

/* A case that is not met, and why. */
typedef struct reference_exception {
    const char *id;
    const char *reason;
} reference_exception;

typedef struct reference_kind {
    const char *name; /* the file's name has it in it */
    reference_case_runner *run;
    const char
        *big_number; /* key whose number may not fit 64 bits: it arrives as text; NULL: none */
    const reference_exception *exceptions; /* ended by an id of NULL; NULL: none */
} reference_kind;

extern const reference_kind reference_args;
extern const reference_kind reference_console;
extern const reference_kind reference_duration;
extern const reference_kind reference_pretty_command;
extern const reference_kind reference_retry;
extern const reference_kind reference_words;

#endif
