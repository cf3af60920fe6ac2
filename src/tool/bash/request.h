/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Requests from bash: see docs/shell-protocol.md. */
#ifndef TOOL_BASH_REQUEST_H
#define TOOL_BASH_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/location.h>

#include "tool/common/text.h"

/* A request; its texts are valid until the next one is taken. */
typedef struct sh_request {
    int64_t pid;           /* of the process that asks */
    unsigned frame;        /* the call of a function that it belongs to; 0: none */
    int depth;             /* how many subshells deep the process is */
    staged_location where; /* in the author's file */
    const char *function;  /* the author's function that asks; "": none */
    const char *verb;
    char **words; /* terminated by NULL */
    size_t word_count;
    bool is_told; /* no reply is awaited */
} sh_request;

/* The bytes read so far. */
typedef struct sh_requests {
    int descriptor;
    sh_text bytes;
    size_t taken; /* the length of the last request */
    char **fields;
    size_t field_capacity;
} sh_requests;

/* Takes the next request if all of it has arrived; never waits. */
bool sh_request_take(sh_requests *requests, sh_request *request);
/* Reads what has arrived. */
void sh_requests_read(sh_requests *requests);
/* Drops an incomplete request whose rest will not arrive. */
void sh_requests_drop_rest(sh_requests *requests);

#endif
