/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/bash/request.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Before the words come their number, including the verb, and the first members of a request: seven
 * fields. */
enum { FIXED_FIELDS = 7 };

static void forget_taken(sh_requests *requests)
{
    sh_text *bytes = &requests->bytes;
    if (requests->taken == 0)
        return;
    memmove(bytes->bytes, bytes->bytes + requests->taken, bytes->length - requests->taken);
    bytes->length -= requests->taken;
    requests->taken = 0;
}

void sh_requests_read(sh_requests *requests)
{
    char bytes[16384];
    for (;;) {
        const ssize_t length = read(requests->descriptor, bytes, sizeof bytes);
        if (length <= 0)
            return;
        sh_text_add(&requests->bytes, bytes, (size_t)length);
        if ((size_t)length < sizeof bytes)
            return;
    }
}

/* Sets pointers to the fields, if all have arrived; returns their number, otherwise 0. */
static size_t find_fields(sh_requests *requests)
{
    char *at = requests->bytes.bytes;
    const char *end = at + requests->bytes.length;
    size_t wanted = 1;
    for (size_t count = 0; count < wanted; count++) {
        char *nul = memchr(at, '\0', (size_t)(end - at));
        if (nul == NULL)
            return 0;
        if (count == 0)
            wanted = strtoul(at, NULL, 10) + FIXED_FIELDS;
        if (wanted + 1 > requests->field_capacity) {
            requests->field_capacity = 2 * wanted + 1;
            free(requests->fields);
            requests->fields = sh_alloc(requests->field_capacity * sizeof *requests->fields);
            /* Starts over: there is room for all of them now. */
            return find_fields(requests);
        }
        requests->fields[count] = at;
        at = nul + 1;
    }
    requests->fields[wanted] = NULL;
    requests->taken = (size_t)(at - requests->bytes.bytes);
    return wanted;
}

bool sh_request_take(sh_requests *requests, sh_request *request)
{
    forget_taken(requests);
    if (requests->bytes.length == 0)
        return false;
    const size_t count = find_fields(requests);
    if (count <= FIXED_FIELDS)
        return false;
    char **fields = requests->fields;
    *request = (sh_request){
        .pid = strtoll(fields[1], NULL, 10),
        .frame = (unsigned)strtoul(fields[2], NULL, 10),
        .depth = (int)strtol(fields[3], NULL, 10),
        .where = {.file = fields[5], .line = (int)strtol(fields[4], NULL, 10)},
        .function = fields[6],
        .verb = fields[7],
        .words = fields + FIXED_FIELDS + 1,
        .word_count = count - FIXED_FIELDS - 1,
    };
    return true;
}

void sh_requests_drop_rest(sh_requests *requests)
{
    forget_taken(requests);
    sh_text_clear(&requests->bytes);
}
