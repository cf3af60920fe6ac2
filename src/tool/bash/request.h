/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What bash asks for: docs/shell-protocol.md. */
#ifndef TOOL_BASH_REQUEST_H
#define TOOL_BASH_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/location.h>

#include "tool/common/text.h"

/* A request; its texts are valid until the next one is read. */
typedef struct sh_request {
    int64_t pid;           /* of the process that asks */
    unsigned frame;        /* the call of a function that it is part of; 0: none */
    int depth;             /* how many subshells deep it is */
    staged_location where; /* in the author's file */
    const char *function;  /* which of the author's functions asks; "": none */
    const char *verb;
    char **words; /* ended by NULL */
    size_t word_count;
    bool is_told; /* nobody awaits a reply */
} sh_request;

/* What was read of requests so far. */
typedef struct sh_requests {
    int descriptor;
    sh_text bytes;
    size_t taken; /* how many belong to the last request */
    char **fields;
    size_t field_capacity;
} sh_requests;

/* Takes the next request, if it has come as a whole; never waits. */
bool sh_request_take(sh_requests *requests, sh_request *request);
/* Reads what has come. */
void sh_requests_read(sh_requests *requests);
/* Drops the beginning of a request whose rest will not come. */
void sh_requests_drop_rest(sh_requests *requests);

#endif
