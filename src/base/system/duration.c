/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/system/duration.h"

#include <inttypes.h>
#include <stdio.h>

#include <staged/clock.h>

char *stg_duration_text(int64_t days, int64_t nanoseconds, char *text, size_t size)
{
    char day_text[32] = "";
    if (days != 0)
        (void)snprintf(day_text, sizeof day_text, "%" PRId64 " day%s, ", days,
                       days == 1 || days == -1 ? "" : "s");
    const int64_t seconds = nanoseconds / 1000000000;
    const int fraction = (int)(nanoseconds % 1000000000 / 1000);
    char fraction_text[16] = "";
    if (fraction != 0)
        (void)snprintf(fraction_text, sizeof fraction_text, ".%06d", fraction);
    (void)snprintf(text, size, "%s%d:%02d:%02d%s", day_text, (int)(seconds / 3600),
                   (int)(seconds / 60 % 60), (int)(seconds % 60), fraction_text);
    return text;
}

char *staged_duration_text(int64_t nanoseconds, char *text, size_t size)
{
    const int64_t day = INT64_C(86400000000000);
    /* Days round down, so that the part of a day is never negative. */
    const int64_t days = nanoseconds / day - (nanoseconds % day < 0);
    const int64_t rest = nanoseconds % day + (nanoseconds % day < 0 ? day : 0);
    return stg_duration_text(days, rest, text, size);
}

int64_t stg_seconds_ns(double seconds)
{
    if (!(seconds > 0))
        return 0;
    return seconds < 1e9 ? (int64_t)(seconds * 1e9) : STG_LONGEST_NS;
}

char *stg_seconds_text(int64_t nanoseconds, char text[STG_SECONDS_TEXT_SIZE])
{
    int length = snprintf(text, STG_SECONDS_TEXT_SIZE, "%" PRId64 ".%09d", nanoseconds / 1000000000,
                          (int)(nanoseconds % 1000000000));
    while (text[length - 1] == '0')
        length--;
    if (text[length - 1] == '.')
        length--;
    text[length] = '\0';
    return text;
}
