/* SPDX-License-Identifier: BSD-3-Clause
 *
 * When to give up. */
#include <math.h>

#include "retry/policy.h"

staged_stop staged_stop_never(void)
{
    return (staged_stop){.kind = STAGED_STOP_NEVER};
}

staged_stop staged_stop_after_attempts(int64_t attempts)
{
    return (staged_stop){.kind = STAGED_STOP_AFTER_ATTEMPTS, .attempts = attempts};
}

staged_stop staged_stop_after_delay(double seconds)
{
    return (staged_stop){.kind = STAGED_STOP_AFTER_DELAY, .seconds = seconds};
}

staged_stop staged_stop_before_delay(double seconds)
{
    return (staged_stop){.kind = STAGED_STOP_BEFORE_DELAY, .seconds = seconds};
}

staged_stop staged_stop_any(const staged_stop *parts, size_t count)
{
    return (staged_stop){.kind = STAGED_STOP_ANY, .parts = parts, .part_count = count};
}

staged_stop staged_stop_all(const staged_stop *parts, size_t count)
{
    return (staged_stop){.kind = STAGED_STOP_ALL, .parts = parts, .part_count = count};
}

staged_stop staged_stop_when(bool (*when)(const staged_retry_state *retry, void *context),
                             void *context)
{
    return (staged_stop){.kind = STAGED_STOP_WHEN, .when = when, .context = context};
}

static bool is_valid(const staged_stop *stop, int depth)
{
    switch (stop->kind) {
    case STAGED_STOP_NEVER:
    case STAGED_STOP_AFTER_ATTEMPTS:
        return true;
    case STAGED_STOP_AFTER_DELAY:
    case STAGED_STOP_BEFORE_DELAY:
        return !isnan(stop->seconds);
    case STAGED_STOP_WHEN:
        return stop->when != NULL;
    case STAGED_STOP_ANY:
    case STAGED_STOP_ALL:
        if (depth == STAGED_RETRY_DEEPEST || (stop->parts == NULL && stop->part_count > 0))
            return false;
        for (size_t i = 0; i < stop->part_count; i++) {
            if (!is_valid(&stop->parts[i], depth + 1))
                return false;
        }
        return true;
    }
    return false;
}

bool stg_stop_is_valid(const staged_stop *stop)
{
    return is_valid(stop, 0);
}

/* Whether one of the parts returns `wanted`. */
static bool some_part(const staged_stop *stop, const staged_retry_state *retry, bool wanted)
{
    for (size_t i = 0; i < stop->part_count; i++) {
        if (stg_stop_asks(&stop->parts[i], retry) == wanted)
            return true;
    }
    return false;
}

bool stg_stop_asks(const staged_stop *stop, const staged_retry_state *retry)
{
    switch (stop->kind) {
    case STAGED_STOP_NEVER:
        break;
    case STAGED_STOP_AFTER_ATTEMPTS:
        return retry->attempt_number >= stop->attempts;
    case STAGED_STOP_AFTER_DELAY:
        return retry->seconds_since_start >= stop->seconds;
    case STAGED_STOP_BEFORE_DELAY:
        return retry->seconds_since_start + retry->upcoming_wait >= stop->seconds;
    case STAGED_STOP_ANY:
        return some_part(stop, retry, true);
    case STAGED_STOP_ALL:
        return !some_part(stop, retry, false);
    case STAGED_STOP_WHEN:
        return stop->when(retry, stop->context);
    }
    return false;
}

int64_t stg_stop_most_attempts(const staged_stop *stop)
{
    const bool any = stop->kind == STAGED_STOP_ANY;
    /* The first attempt is always made. */
    int64_t most = any ? INT64_MAX : 1;
    switch (stop->kind) {
    case STAGED_STOP_AFTER_ATTEMPTS:
        return stop->attempts < 1 ? 1 : stop->attempts;
    case STAGED_STOP_ANY:
    case STAGED_STOP_ALL:
        for (size_t i = 0; i < stop->part_count; i++) {
            const int64_t part = stg_stop_most_attempts(&stop->parts[i]);
            if (any ? part < most : part > most)
                most = part;
        }
        return most;
    default:
        return INT64_MAX;
    }
}

double stg_stop_most_seconds(const staged_stop *stop)
{
    const bool any = stop->kind == STAGED_STOP_ANY;
    double most = any ? INFINITY : 0;
    switch (stop->kind) {
    case STAGED_STOP_AFTER_DELAY:
    case STAGED_STOP_BEFORE_DELAY:
        return stop->seconds;
    case STAGED_STOP_ANY:
    case STAGED_STOP_ALL:
        for (size_t i = 0; i < stop->part_count; i++) {
            const double part = stg_stop_most_seconds(&stop->parts[i]);
            most = any ? fmin(most, part) : fmax(most, part);
        }
        return most;
    default:
        return INFINITY;
    }
}
