/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/remote/times.h"

#define NS_PER_S INT64_C(1000000000)
/* About 30 years, which can be added to any moment. */
#define MOST_S INT64_C(1000000000)

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool stg_remote_read_seconds(const char **at, int64_t *nanoseconds)
{
    const char *c = *at;
    int64_t seconds = 0, fraction = 0, unit = NS_PER_S / 10;
    if (!is_digit(*c))
        return false;
    for (; is_digit(*c); c++) {
        seconds = seconds * 10 + (*c - '0');
        if (seconds > MOST_S)
            return false;
    }
    if (*c == '.' || *c == ',') {
        for (c++; is_digit(*c); c++, unit /= 10)
            fraction += unit * (*c - '0');
    }
    *nanoseconds = seconds * NS_PER_S + fraction;
    *at = c;
    return true;
}

bool stg_remote_read_minutes(const char **at, int64_t *nanoseconds)
{
    const char *c = *at;
    int64_t minutes_ns, seconds_ns;
    while (*c == ' ')
        c++;
    if (!stg_remote_read_seconds(&c, &minutes_ns) || *c++ != 'm' ||
        minutes_ns > MOST_S * NS_PER_S / 60 || !stg_remote_read_seconds(&c, &seconds_ns) ||
        *c++ != 's')
        return false;
    *nanoseconds = minutes_ns * 60 + seconds_ns;
    *at = c;
    return true;
}
