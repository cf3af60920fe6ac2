/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/status.h>

const char *staged_status_text(staged_status status)
{
    switch (status) {
    case STAGED_OK:
        return "ok";
    case STAGED_RETRY:
        return "retry";
    case STAGED_FAILED:
        return "failed";
    case STAGED_EXIT:
        return "exit";
    case STAGED_INTERRUPTED:
        return "interrupted";
    case STAGED_NO_MEMORY:
        return "out of memory";
    case STAGED_BAD_USE:
        return "bad use";
    case STAGED_BAD_INPUT:
        return "bad input";
    case STAGED_BAD_MARKUP:
        return "bad markup";
    case STAGED_IO:
        return "input/output error";
    case STAGED_CLOSED:
        return "closed";
    case STAGED_NOT_FOUND:
        return "not found";
    case STAGED_NOT_ALLOWED:
        return "not allowed";
    case STAGED_TIMED_OUT:
        return "timed out";
    case STAGED_UNKNOWN:
        return "unknown";
    }
    return "unknown status";
}
