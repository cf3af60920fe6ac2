/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Where a controller stands, in words. */
#include <staged/retry.h>

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* snprintf writes the decimal point of the program's locale, which may be several bytes. */
static void use_point(char *text)
{
    char *at = text + strspn(text, "-0123456789");
    const size_t length = strcspn(at, "0123456789e");
    if (length == 0)
        return;
    *at = '.';
    memmove(at + 1, at + length, strlen(at + length) + 1);
}

/* repr(round(seconds, 2)), as Python writes it. */
static void seconds_text(double seconds, char text[48])
{
    if (!isfinite(seconds)) {
        (void)snprintf(text, 48, "%s", isnan(seconds) ? "nan" : seconds > 0 ? "inf" : "-inf");
        return;
    }
    if (fabs(seconds) < 1e16) {
        (void)snprintf(text, 48, "%.2f", seconds);
        const size_t length = strlen(text);
        if (text[length - 1] == '0')
            text[length - 1] = '\0';
    } else {
        int digits = 1;
        do {
            (void)snprintf(text, 48, "%.*g", digits, seconds);
        } while (strtod(text, NULL) != seconds && ++digits <= 17);
    }
    use_point(text);
}

char *staged_retry_text(const staged_retry *retry, char *text, size_t size)
{
    char slept[48];
    seconds_text(retry->idle_for, slept);
    const char *before = "failed (", *result = "RetryStage ", *after = ")";
    if (!retry->has_outcome) {
        before = after = "";
        result = "none yet";
    } else if (retry->outcome == STAGED_OK) {
        before = after = "";
        result = "returned None";
    } else if (retry->outcome != STAGED_RETRY) {
        result = staged_status_text(retry->outcome);
    }
    (void)snprintf(text, size,
                   "<RetryCallState %" PRIuPTR ": attempt #%" PRId64
                   "; slept for %s; last result: %s%s%s>",
                   (uintptr_t)retry, retry->attempt_number, slept, before, result, after);
    return text;
}
