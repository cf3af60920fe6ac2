/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The names of failures of places. */
#include <stddef.h>

#include <staged/place.h>

const char *staged_place_failure_name(staged_place_failure failure)
{
    static const char *const names[] = {
        [STAGED_PLACE_OK] = NULL,
        [STAGED_PLACE_REFUSED] = "refused",
        [STAGED_PLACE_LOGIN] = "login_failed",
        [STAGED_PLACE_HOST_KEY] = "host_key_changed",
        [STAGED_PLACE_UNREACHABLE] = "unreachable",
        [STAGED_PLACE_LOST] = "connection_lost",
        [STAGED_PLACE_WAITED] = "waited_too_long",
        [STAGED_PLACE_NODE] = "node_failed",
        [STAGED_PLACE_PREEMPTED] = "preempted",
        [STAGED_PLACE_CANCELLED] = "cancelled",
        [STAGED_PLACE_TIME_LIMIT] = "time_limit",
        [STAGED_PLACE_MEMORY] = "memory",
        [STAGED_PLACE_OTHER] = "other",
    };
    const size_t count = sizeof names / sizeof *names;
    return (size_t)failure < count ? names[failure] : "other";
}
