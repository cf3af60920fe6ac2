/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/record/moment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <staged/clock.h>

static const struct {
    const char *unit;
    int64_t seconds;
} units[] = {{"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}, {"w", 7 * 86400}};

bool tool_duration_read(const char *text, int64_t *duration_ns)
{
    const size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 6)
        return false;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strcmp(text + digits, units[i].unit) != 0)
            continue;
        /* Further back there is nothing, and this fits. */
        const int64_t seconds = atol(text) * units[i].seconds;
        *duration_ns = (seconds > 9000000000 ? 9000000000 : seconds) * TOOL_SECOND_NS;
        return true;
    }
    return false;
}

static int64_t now_ns(void)
{
    const staged_clock *clock = staged_clock_system();
    return clock->wall_ns(clock->context);
}

static bool read_local(struct tm *local, int64_t *moment_ns)
{
    local->tm_isdst = -1;
    const time_t seconds = mktime(local);
    *moment_ns = (int64_t)seconds * TOOL_SECOND_NS;
    return seconds != (time_t)-1;
}

bool tool_moment_read(const char *text, int64_t *moment_ns)
{
    static const char *const forms[] = {"%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M",
                                        "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"};
    int64_t ago_ns;
    if (tool_duration_read(text, &ago_ns)) {
        *moment_ns = now_ns() - ago_ns;
        return true;
    }
    const bool is_yesterday = strcmp(text, "yesterday") == 0;
    if (is_yesterday || strcmp(text, "today") == 0) {
        const time_t now = (time_t)(now_ns() / TOOL_SECOND_NS);
        struct tm local;
        if (localtime_r(&now, &local) == NULL)
            return false;
        local.tm_hour = local.tm_min = local.tm_sec = 0;
        local.tm_mday -= is_yesterday;
        return read_local(&local, moment_ns);
    }
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct tm local = {0};
        const char *end = strptime(text, forms[i], &local);
        if (end != NULL && *end == '\0')
            return read_local(&local, moment_ns);
    }
    return false;
}

const char *tool_moment_text(int64_t moment_ns, bool zone, char text[TOOL_MOMENT_SIZE])
{
    const time_t seconds = (time_t)(moment_ns / TOOL_SECOND_NS);
    struct tm local;
    if (localtime_r(&seconds, &local) == NULL ||
        strftime(text, TOOL_MOMENT_SIZE, zone ? "%Y-%m-%d %H:%M:%S %z" : "%Y-%m-%d %H:%M:%S",
                 &local) == 0)
        text[0] = '\0';
    return text;
}

const char *tool_duration_text(int64_t duration_ns, char text[TOOL_MOMENT_SIZE])
{
    const double seconds = (double)duration_ns / TOOL_SECOND_NS;
    const long long whole = (long long)(duration_ns / TOOL_SECOND_NS);
    if (seconds < 1)
        (void)snprintf(text, TOOL_MOMENT_SIZE, "%.*f ms", seconds < 0.1, seconds * 1e3);
    else if (seconds < 60)
        (void)snprintf(text, TOOL_MOMENT_SIZE, "%.1f s", seconds);
    else if (seconds < 86400)
        (void)snprintf(text, TOOL_MOMENT_SIZE, "%lld:%02lld:%02lld", whole / 3600, whole / 60 % 60,
                       whole % 60);
    else
        (void)snprintf(text, TOOL_MOMENT_SIZE, "%lld d %lld:%02lld", whole / 86400,
                       whole / 3600 % 24, whole / 60 % 60);
    return text;
}
