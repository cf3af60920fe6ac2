/* SPDX-License-Identifier: BSD-3-Clause
 *
 * When to try again, and after how long: policies as plain values, and a controller that is driven
 * step by step.  It measures with the clock that it is given and never sleeps by itself. */
#ifndef STAGED_RETRY_H
#define STAGED_RETRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/clock.h>
#include <staged/status.h>

STAGED_BEGIN_DECLS

/* What has been tried, and what comes next: a controller. */
typedef struct staged_retry_state staged_retry_state;

/* How deep `staged_stop_any`, `staged_wait_sum` and their like may be nested. */
#define STAGED_RETRY_DEEPEST 16

/* The longest wait where a policy names none, in seconds: what 64 bits of nanoseconds hold is less,
 * and a wait is cut to that. */
#define STAGED_WAIT_LONGEST 4611686018427387904.0

/* When to give up, asked after an attempt that is to be tried again.  Zero: never.  Made by the
 * functions below; values that are combined are borrowed and must outlive what they went into. */
typedef enum staged_stop_kind {
    STAGED_STOP_NEVER = 0,
    STAGED_STOP_AFTER_ATTEMPTS,
    STAGED_STOP_AFTER_DELAY,
    STAGED_STOP_BEFORE_DELAY,
    STAGED_STOP_ANY,
    STAGED_STOP_ALL,
    STAGED_STOP_WHEN
} staged_stop_kind;

typedef struct staged_stop {
    staged_stop_kind kind;
    int64_t attempts;
    double seconds;
    const struct staged_stop *parts;
    size_t part_count;
    bool (*when)(const staged_retry_state *retry, void *context);
    void *context;
} staged_stop;

/* Never.  Source: tenacity, stop_never. */
STAGED_API staged_stop staged_stop_never(void);
/* Once so many attempts were made, the first one included.  Source: tenacity, stop_after_attempt.
 */
STAGED_API staged_stop staged_stop_after_attempts(int64_t attempts);
/* Once so many seconds have passed between the start of the first attempt and the end of the last.
 * A wait and a further attempt begun before that still take place, so that the whole takes longer.
 * Source: tenacity, stop_after_delay. */
STAGED_API staged_stop staged_stop_after_delay(double seconds);
/* As soon as the next attempt would begin so many seconds after the first or later.
 * Source: tenacity, stop_before_delay. */
STAGED_API staged_stop staged_stop_before_delay(double seconds);
/* Once one of `count` parts says so; with no parts, never.  Source: tenacity, stop_any. */
STAGED_API staged_stop staged_stop_any(const staged_stop *parts, size_t count);
/* Once all of `count` parts say so; with no parts, at once.  Source: tenacity, stop_all. */
STAGED_API staged_stop staged_stop_all(const staged_stop *parts, size_t count);
/* Once `when` says so, which is handed the controller and `context`. */
STAGED_API staged_stop staged_stop_when(bool (*when)(const staged_retry_state *retry,
                                                     void *context),
                                        void *context);

/* How long to wait before the next attempt.  Zero: not at all. */
typedef enum staged_wait_kind {
    STAGED_WAIT_NONE = 0,
    STAGED_WAIT_FIXED,
    STAGED_WAIT_RANDOM,
    STAGED_WAIT_INCREMENTING,
    STAGED_WAIT_EXPONENTIAL,
    STAGED_WAIT_RANDOM_EXPONENTIAL,
    STAGED_WAIT_EXPONENTIAL_JITTER,
    STAGED_WAIT_SUM,
    STAGED_WAIT_CHAIN,
    STAGED_WAIT_BY
} staged_wait_kind;

typedef struct staged_wait {
    staged_wait_kind kind;
    double start;      /* fixed, incrementing: the first wait */
    double increment;  /* incrementing */
    double multiplier; /* the exponential ones: the first wait */
    double base;       /* the exponential ones: each wait is so many times the one before */
    double jitter;     /* exponential jitter */
    double minimum;    /* random and the exponential ones */
    double maximum;    /* all but fixed */
    const struct staged_wait *parts;
    size_t part_count;
    double (*by)(const staged_retry_state *retry, void *context);
    void *context;
} staged_wait;

/* All in seconds. */

/* Not at all.  Source: tenacity, wait_none. */
STAGED_API staged_wait staged_wait_none(void);
/* Always as long.  Source: tenacity, wait_fixed. */
STAGED_API staged_wait staged_wait_fixed(double seconds);
/* Evenly distributed from `minimum` to below `maximum`.  Source: tenacity, wait_random. */
STAGED_API staged_wait staged_wait_random(double minimum, double maximum);
/* `start`, then `increment` more each time; never below 0 nor above `maximum` (where there is none,
 * STAGED_WAIT_LONGEST).  Source: tenacity, wait_incrementing. */
STAGED_API staged_wait staged_wait_incrementing(double start, double increment, double maximum);
/* `multiplier` (usually 1), then `base` (usually 2) times as long each time; from `minimum` to
 * `maximum`.  Source: tenacity, wait_exponential. */
STAGED_API staged_wait staged_wait_exponential(double multiplier, double base, double minimum,
                                               double maximum);
/* Evenly distributed from `minimum` to what staged_wait_exponential would return ("full jitter").
 * Source: tenacity, wait_random_exponential. */
STAGED_API staged_wait staged_wait_random_exponential(double multiplier, double base,
                                                      double minimum, double maximum);
/* As staged_wait_exponential, but up to `jitter` (usually 1) longer, within the same limits.
 * Source: tenacity, wait_exponential_jitter. */
STAGED_API staged_wait staged_wait_exponential_jitter(double multiplier, double base, double jitter,
                                                      double minimum, double maximum);
/* All of `count` parts added up.  Source: tenacity, wait_combine. */
STAGED_API staged_wait staged_wait_sum(const staged_wait *parts, size_t count);
/* The first part after the first attempt, the second after the second, and so on; the last one from
 * then on.  `count` must not be 0.  Source: tenacity, wait_chain. */
STAGED_API staged_wait staged_wait_chain(const staged_wait *parts, size_t count);
/* What `by` returns, which is handed the controller and `context`. */
STAGED_API staged_wait staged_wait_by(double (*by)(const staged_retry_state *retry, void *context),
                                      void *context);

/* A source of random numbers.
 *   next     a number from 0 to below 1, evenly distributed; it is handed `context` */
typedef struct staged_random {
    double (*next)(void *context);
    void *context;
} staged_random;

/* The whole rule.  Zero: tries again for ever, without waiting, as long as an attempt returns
 * STAGED_RETRY.
 *   retry_if   whether to try again after an attempt that returned something else than STAGED_RETRY
 *              (which is always tried again); NULL: no */
typedef struct staged_retry_policy {
    staged_stop stop;
    staged_wait wait;
    bool (*retry_if)(staged_status outcome, void *context);
    void *context; /* for `retry_if` */
} staged_retry_policy;

/* What was done so far; owned by what returns it, and valid as long as that.  Source: tenacity,
 * Retrying.statistics.
 *   start_ns    when the first attempt began, by the clock's monotonic_ns
 *   attempts    how many were decided on, the first included
 *   idle_ns     how much waiting was decided on
 *   elapsed_ns  from the first attempt's start to the end of the last that was not the final one */
typedef struct staged_retry_statistics {
    int64_t start_ns;
    int64_t attempts;
    int64_t idle_ns;
    int64_t elapsed_ns;
} staged_retry_statistics;

/* What to do after an attempt. */
typedef enum staged_retry_action {
    STAGED_RETRY_DONE = 1, /* the attempt's outcome stands, whether it worked or not */
    STAGED_RETRY_ABANDON,  /* it should be tried again, but the policy says stop */
    STAGED_RETRY_AGAIN     /* wait, call staged_retry_state_next, and try again */
} staged_retry_action;

/* Makes a controller and begins the first attempt.
 *   policy   copied; what its combined parts point to is borrowed; NULL: all defaults
 *   clock    borrowed; NULL: the system's
 *   random   borrowed; NULL: a generator of its own, seeded with the time
 * Returns NULL when out of memory.  With a policy that is invalid, of which
 * staged_retry_state_error tells, nothing is tried again. */
STAGED_API staged_retry_state *staged_retry_state_new(const staged_retry_policy *policy,
                                                      const staged_clock *clock,
                                                      const staged_random *random);
/* Releases it.  NULL: nothing. */
STAGED_API void staged_retry_state_free(staged_retry_state *retry);
/* Why its policy is invalid: it is nested too deep, has a chain without parts, a NULL function, a
 * number that is none (NaN), or a fixed wait below 0.  "" when it is valid. */
STAGED_API const char *staged_retry_state_error(const staged_retry_state *retry);
/* To be called when an attempt has ended, with what it returned.  Source: tenacity, Retrying.iter:
 * first the wait is computed, then whether to stop. */
STAGED_API staged_retry_action staged_retry_state_decide(staged_retry_state *retry,
                                                         staged_status outcome);
/* After STAGED_RETRY_AGAIN: how long to wait before the next attempt, for a clock's sleep_ns; may
 * be 0. */
STAGED_API int64_t staged_retry_state_wait_ns(const staged_retry_state *retry);
/* Begins the next attempt, after a decision for STAGED_RETRY_AGAIN; before or after the wait. */
STAGED_API void staged_retry_state_next(staged_retry_state *retry);

/* The number of the attempt that runs or ran last, from 1. */
STAGED_API int64_t staged_retry_state_attempt(const staged_retry_state *retry);
/* Whether that attempt is under way. */
STAGED_API bool staged_retry_state_is_running(const staged_retry_state *retry);
/* What it returned; STAGED_OK while it is under way. */
STAGED_API staged_status staged_retry_state_outcome(const staged_retry_state *retry);
STAGED_API const staged_retry_statistics *
staged_retry_state_statistics(const staged_retry_state *retry);

/* Enough for every text of `staged_retry_state_text`, its ending NUL included. */
#define STAGED_RETRY_TEXT_SIZE 160

/* Writes where it stands, for a log: "Attempt 2 of 5 failed; the next begins in 3 s.", where only a
 * time limits the attempts "Attempt 2 failed; the next begins in 3 s (no more after 60 s).", and in
 * the meantime "Attempt 3 of 5 is under way."
 *   text, size   where to write, and its size in bytes; cut, and ended with NUL, if too small
 * Returns `text`. */
STAGED_API char *staged_retry_state_text(const staged_retry_state *retry, char *text, size_t size);

STAGED_END_DECLS

#endif
