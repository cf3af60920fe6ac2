/* SPDX-License-Identifier: BSD-3-Clause
 *
 * When to try again, and after how long: policies as plain values, and a controller that its caller
 * drives step by step.  It measures with the given clock and never sleeps. */
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

/* How deep `staged_stop_any`, `staged_wait_sum` and the like may nest. */
#define STAGED_RETRY_DEEPEST 16

/* The longest wait in seconds if a policy names none. 64 bits of nanoseconds hold less, and a wait
 * is cut to that. */
#define STAGED_WAIT_LONGEST 4611686018427387904.0

/* When to give up, evaluated after an attempt that is to be repeated.  All zero: never.  Made by
 * the functions below; combined values are borrowed and must outlive the combination. */
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
/* After so many attempts, including the first.  Source: tenacity, stop_after_attempt. */
STAGED_API staged_stop staged_stop_after_attempts(int64_t attempts);
/* Once so many seconds have passed from the start of the first attempt to the end of the last.  A
 * wait or an attempt that began earlier still completes, so the whole can take longer.
 * Source: tenacity, stop_after_delay. */
STAGED_API staged_stop staged_stop_after_delay(double seconds);
/* If the next attempt would begin so many seconds after the first, or later.
 * Source: tenacity, stop_before_delay. */
STAGED_API staged_stop staged_stop_before_delay(double seconds);
/* Once any of `count` parts says so; without parts, never.  Source: tenacity, stop_any. */
STAGED_API staged_stop staged_stop_any(const staged_stop *parts, size_t count);
/* Once all of `count` parts say so; without parts, at once.  Source: tenacity, stop_all. */
STAGED_API staged_stop staged_stop_all(const staged_stop *parts, size_t count);
/* Once `when`, called with the controller and `context`, says so. */
STAGED_API staged_stop staged_stop_when(bool (*when)(const staged_retry_state *retry,
                                                     void *context),
                                        void *context);

/* How long to wait before the next attempt.  All zero: no wait. */
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
    double base;       /* the exponential ones: the factor from one wait to the next */
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
/* Always the same.  Source: tenacity, wait_fixed. */
STAGED_API staged_wait staged_wait_fixed(double seconds);
/* Uniformly distributed from `minimum` to below `maximum`.  Source: tenacity, wait_random. */
STAGED_API staged_wait staged_wait_random(double minimum, double maximum);
/* `start`, then `increment` more each time; never below 0 or above `maximum` (for no maximum,
 * STAGED_WAIT_LONGEST).  Source: tenacity, wait_incrementing. */
STAGED_API staged_wait staged_wait_incrementing(double start, double increment, double maximum);
/* `multiplier` (usually 1), then `base` (usually 2) times as long each time; from `minimum` to
 * `maximum`.  Source: tenacity, wait_exponential. */
STAGED_API staged_wait staged_wait_exponential(double multiplier, double base, double minimum,
                                               double maximum);
/* Uniformly distributed from `minimum` to what staged_wait_exponential would return ("full
 * jitter").
 * Source: tenacity, wait_random_exponential. */
STAGED_API staged_wait staged_wait_random_exponential(double multiplier, double base,
                                                      double minimum, double maximum);
/* As staged_wait_exponential, but up to `jitter` (usually 1) longer, within the same limits.
 * Source: tenacity, wait_exponential_jitter. */
STAGED_API staged_wait staged_wait_exponential_jitter(double multiplier, double base, double jitter,
                                                      double minimum, double maximum);
/* The sum of `count` parts.  Source: tenacity, wait_combine. */
STAGED_API staged_wait staged_wait_sum(const staged_wait *parts, size_t count);
/* The first part after the first attempt, the second after the second, and so on; then the last one
 * every time.  `count` must not be 0.  Source: tenacity, wait_chain. */
STAGED_API staged_wait staged_wait_chain(const staged_wait *parts, size_t count);
/* What `by` returns, called with the controller and `context`. */
STAGED_API staged_wait staged_wait_by(double (*by)(const staged_retry_state *retry, void *context),
                                      void *context);

/* A source of random numbers.
 *   next     returns a uniformly distributed number from 0 to below 1; receives `context` */
typedef struct staged_random {
    double (*next)(void *context);
    void *context;
} staged_random;

/* A whole policy.  All zero: repeats without limit or wait while attempts return STAGED_RETRY.
 *   retry_if   whether to try again after any status but STAGED_RETRY, which always asks for
 *              another attempt; NULL: no */
typedef struct staged_retry_policy {
    size_t size; /* see STAGED_OPTIONS */
    staged_stop stop;
    staged_wait wait;
    bool (*retry_if)(void *context, staged_status outcome);
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
    STAGED_RETRY_ABANDON,  /* the attempt asks for another one, but the policy says stop */
    STAGED_RETRY_AGAIN     /* wait, call staged_retry_state_next, and try again */
} staged_retry_action;

/* Makes a controller and begins the first attempt.
 *   policy   copied; the parts of combinations are borrowed; NULL: all defaults
 *   clock    borrowed; NULL: the system's
 *   random   borrowed; NULL: its own generator, seeded with the time
 * Returns NULL when out of memory.  With a policy that is invalid, of which
 * staged_retry_state_error tells, nothing is tried again. */
STAGED_API staged_retry_state *staged_retry_state_new(const staged_retry_policy *policy,
                                                      const staged_clock *clock,
                                                      const staged_random *random);
/* Frees it.  Takes NULL. */
STAGED_API void staged_retry_state_free(staged_retry_state *retry);
/* Why its policy is invalid: it nests too deeply, has a chain without parts, a NULL function,
 * NaN, or a negative fixed wait.  "" if it is valid. */
STAGED_API const char *staged_retry_state_error(const staged_retry_state *retry);
/* Call it after an attempt, with what that returned.  Source: tenacity, Retrying.iter: first the
 * wait is computed, then whether to stop. */
STAGED_API staged_retry_action staged_retry_state_decide(staged_retry_state *retry,
                                                         staged_status outcome);
/* After STAGED_RETRY_AGAIN: how long to wait before the next attempt, for a clock's sleep_ns; may
 * be 0. */
STAGED_API int64_t staged_retry_state_wait_ns(const staged_retry_state *retry);
/* Begins the next attempt after STAGED_RETRY_AGAIN, before or after the wait. */
STAGED_API void staged_retry_state_next(staged_retry_state *retry);

/* The number of the current or last attempt, from 1. */
STAGED_API int64_t staged_retry_state_attempt(const staged_retry_state *retry);
/* Whether that attempt is under way. */
STAGED_API bool staged_retry_state_is_running(const staged_retry_state *retry);
/* What it returned; STAGED_OK while it is under way. */
STAGED_API staged_status staged_retry_state_outcome(const staged_retry_state *retry);
STAGED_API const staged_retry_statistics *
staged_retry_state_statistics(const staged_retry_state *retry);

/* Enough for every text of `staged_retry_state_text`, including its NUL. */
#define STAGED_RETRY_STATE_TEXT_SIZE 160

/* Writes its state for a log: "Attempt 2 of 5 failed; the next begins in 3 s."; if only time limits
 * the attempts, "Attempt 2 failed; the next begins in 3 s (no more after 60 s)."; during an
 * attempt, "Attempt 3 of 5 is under way."
 *   text, size   the buffer and its size in bytes; the text is truncated to fit and ended with NUL
 * Returns `text`. */
STAGED_API char *staged_retry_state_text(const staged_retry_state *retry, char *text, size_t size);

STAGED_END_DECLS

#endif
