/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How long to wait. */
#include <math.h>

#include "retry/policy.h"

staged_wait staged_wait_none(void)
{
    return (staged_wait){.kind = STAGED_WAIT_NONE};
}

staged_wait staged_wait_fixed(double seconds)
{
    return (staged_wait){.kind = STAGED_WAIT_FIXED, .start = seconds};
}

staged_wait staged_wait_random(double minimum, double maximum)
{
    return (staged_wait){.kind = STAGED_WAIT_RANDOM, .minimum = minimum, .maximum = maximum};
}

staged_wait staged_wait_incrementing(double start, double increment, double maximum)
{
    return (staged_wait){.kind = STAGED_WAIT_INCREMENTING,
                         .start = start,
                         .increment = increment,
                         .maximum = maximum};
}

staged_wait staged_wait_exponential(double multiplier, double base, double minimum, double maximum)
{
    return (staged_wait){.kind = STAGED_WAIT_EXPONENTIAL,
                         .multiplier = multiplier,
                         .base = base,
                         .minimum = minimum,
                         .maximum = maximum};
}

staged_wait staged_wait_random_exponential(double multiplier, double base, double minimum,
                                           double maximum)
{
    staged_wait wait = staged_wait_exponential(multiplier, base, minimum, maximum);
    wait.kind = STAGED_WAIT_RANDOM_EXPONENTIAL;
    return wait;
}

staged_wait staged_wait_exponential_jitter(double multiplier, double base, double jitter,
                                           double minimum, double maximum)
{
    staged_wait wait = staged_wait_exponential(multiplier, base, minimum, maximum);
    wait.kind = STAGED_WAIT_EXPONENTIAL_JITTER;
    wait.jitter = jitter;
    return wait;
}

staged_wait staged_wait_sum(const staged_wait *parts, size_t count)
{
    return (staged_wait){.kind = STAGED_WAIT_SUM, .parts = parts, .part_count = count};
}

staged_wait staged_wait_chain(const staged_wait *parts, size_t count)
{
    return (staged_wait){.kind = STAGED_WAIT_CHAIN, .parts = parts, .part_count = count};
}

staged_wait staged_wait_by(double (*by)(const staged_retry_state *retry, void *context),
                           void *context)
{
    return (staged_wait){.kind = STAGED_WAIT_BY, .by = by, .context = context};
}

/* Whether no number is NaN, which would make arbitrary waits. */
static bool has_numbers(const staged_wait *wait)
{
    return !isnan(wait->start) && !isnan(wait->increment) && !isnan(wait->multiplier) &&
           !isnan(wait->base) && !isnan(wait->jitter) && !isnan(wait->minimum) &&
           !isnan(wait->maximum);
}

static bool is_valid(const staged_wait *wait, int depth)
{
    switch (wait->kind) {
    case STAGED_WAIT_NONE:
    case STAGED_WAIT_RANDOM:
    case STAGED_WAIT_INCREMENTING:
    case STAGED_WAIT_EXPONENTIAL:
    case STAGED_WAIT_RANDOM_EXPONENTIAL:
    case STAGED_WAIT_EXPONENTIAL_JITTER:
        return has_numbers(wait);
    case STAGED_WAIT_FIXED:
        return wait->start >= 0;
    case STAGED_WAIT_BY:
        return wait->by != NULL;
    case STAGED_WAIT_CHAIN:
    case STAGED_WAIT_SUM:
        if (depth == STAGED_RETRY_DEEPEST || (wait->parts == NULL && wait->part_count > 0) ||
            (wait->kind == STAGED_WAIT_CHAIN && wait->part_count == 0))
            return false;
        for (size_t i = 0; i < wait->part_count; i++) {
            if (!is_valid(&wait->parts[i], depth + 1))
                return false;
        }
        return true;
    }
    return false;
}

bool stg_wait_is_valid(const staged_wait *wait)
{
    return is_valid(wait, 0);
}

/* The lower limit wins over the upper one, and a wait is never negative. */
static double between(double minimum, double value, double maximum)
{
    return fmax(fmax(0, minimum), fmin(value, maximum));
}

/* The first wait, grown once per attempt after the first.  Beyond the range of double it is
 * infinite, which the upper limit caps. */
static double grown(const staged_wait *wait, const staged_retry_state *retry)
{
    const double growth = pow(wait->base, (double)(retry->attempt_number - 1));
    return wait->multiplier == 0 ? 0 : wait->multiplier * growth;
}

/* From 0 to below 1.  splitmix64: one 64-bit state, good enough to spread attempts over time. */
static double random_of(staged_retry_state *retry)
{
    if (retry->random != NULL)
        return retry->random->next(retry->random->context);
    uint64_t z = retry->random_state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    z ^= z >> 31;
    return (double)(z >> 11) / (double)(UINT64_C(1) << 53);
}

static double uniform(double from, double to, staged_retry_state *retry)
{
    return from + (to - from) * random_of(retry);
}

static double sum(const staged_wait *wait, staged_retry_state *retry)
{
    double seconds = 0;
    for (size_t i = 0; i < wait->part_count; i++)
        seconds += stg_wait_seconds(&wait->parts[i], retry);
    return seconds;
}

static const staged_wait *link_of_chain(const staged_wait *wait, const staged_retry_state *retry)
{
    const uint64_t attempts = (uint64_t)retry->attempt_number;
    return &wait->parts[(attempts < wait->part_count ? attempts : wait->part_count) - 1];
}

double stg_wait_seconds(const staged_wait *wait, staged_retry_state *retry)
{
    const double minimum = wait->minimum, maximum = wait->maximum;
    switch (wait->kind) {
    case STAGED_WAIT_NONE:
        break;
    case STAGED_WAIT_FIXED:
        return wait->start;
    case STAGED_WAIT_RANDOM:
        return uniform(minimum, maximum, retry);
    case STAGED_WAIT_INCREMENTING:
        return between(0, wait->start + wait->increment * (double)(retry->attempt_number - 1),
                       maximum);
    case STAGED_WAIT_EXPONENTIAL:
        return between(minimum, grown(wait, retry), maximum);
    case STAGED_WAIT_RANDOM_EXPONENTIAL:
        return uniform(minimum, between(minimum, grown(wait, retry), maximum), retry);
    case STAGED_WAIT_EXPONENTIAL_JITTER:
        return between(minimum, grown(wait, retry) + uniform(0, wait->jitter, retry), maximum);
    case STAGED_WAIT_SUM:
        return sum(wait, retry);
    case STAGED_WAIT_CHAIN:
        return stg_wait_seconds(link_of_chain(wait, retry), retry);
    case STAGED_WAIT_BY:
        return wait->by(retry, wait->context);
    }
    return 0;
}
