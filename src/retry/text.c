/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The state of a controller in words. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/system/duration.h"
#include "retry/policy.h"

/* "at once", or what comes before and the seconds to the hundredth. */
static void time_text(const char *before, double seconds, char *text, size_t size)
{
    /* Longer than any wait, and far from overflow. */
    const double hundredths = round(fmin(seconds, 9e9) * 100);
    char amount[STG_SECONDS_TEXT_SIZE];
    if (hundredths > 0)
        (void)snprintf(text, size, "%s%s s", before,
                       stg_seconds_text((int64_t)hundredths * 10000000, amount));
    else
        (void)snprintf(text, size, "at once");
}

/* When the next attempt begins and, if their number is not fixed, until when attempts are made. */
static void next_text(const staged_retry_state *retry, char *text, size_t size)
{
    char next[48], last[64] = "";
    time_text("in ", retry->upcoming_wait, next, sizeof next);
    const double seconds = stg_stop_most_seconds(&retry->policy.stop);
    if (stg_stop_most_attempts(&retry->policy.stop) == INT64_MAX && isfinite(seconds))
        time_text(" (no more after ", seconds, last, sizeof last);
    (void)snprintf(text, size, "; the next begins %s%s%s", next, last, *last == '\0' ? "" : ")");
}

char *staged_retry_state_text(const staged_retry_state *retry, char *text, size_t size)
{
    char total[32] = "", next[128] = "";
    const int64_t most = stg_stop_most_attempts(&retry->policy.stop);
    if (most != INT64_MAX)
        (void)snprintf(total, sizeof total, " of %" PRId64, most);
    const bool failed = retry->has_outcome && retry->outcome != STAGED_OK;
    const bool has_reason =
        failed && retry->outcome != STAGED_RETRY && retry->outcome != STAGED_FAILED;
    /* Another attempt follows. */
    if (retry->has_outcome && retry->statistics.attempts > retry->attempt_number)
        next_text(retry, next, sizeof next);
    (void)snprintf(text, size, "Attempt %" PRId64 "%s %s%s%s%s.", retry->attempt_number, total,
                   failed               ? "failed"
                   : retry->has_outcome ? "succeeded"
                                        : "is under way",
                   has_reason ? ": " : "", has_reason ? staged_status_text(retry->outcome) : "",
                   next);
    return text;
}
