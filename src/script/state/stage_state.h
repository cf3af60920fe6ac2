/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The settings of a stage, and its results. */
#ifndef STG_SCRIPT_STATE_STAGE_STATE_H
#define STG_SCRIPT_STATE_STAGE_STATE_H

#include <staged/class.h>
#include <staged/retry.h>
#include <staged/script.h>

/* The outcome that --assume sets for an attempt. */
typedef enum stg_assumed {
    STG_ASSUME_NOTHING = 0,
    STG_ASSUME_OK,
    STG_ASSUME_RETRY,
    STG_ASSUME_FAIL
} stg_assumed;

typedef struct stg_stage {
    const char *name;
    const staged_method *declaration; /* of the most derived class that declares it */
    bool selected;
    staged_retry_settings retry;
    double time_limit_s;                /* 0: none */
    const staged_retry_policy *policy;  /* NULL: made from `retry` */
    staged_outcome outcome;             /* of the last run */
    staged_retry_statistics statistics; /* of the last run */
    const stg_assumed *assumed;         /* for each attempt; the last one stands for the rest */
    size_t assumed_count;
    const char *on;     /* where its commands run, by the command line; NULL: as the author says */
    bool is_earlier;    /* it passed in the resumed run, and does not run again */
    int64_t earlier_ns; /* how long it took then */
    staged_argument *attempts_argument;
    staged_argument *delay_argument;
    staged_argument *timeout_argument;
    staged_argument *time_limit_argument; /* NULL: none */
} stg_stage;

/* The registered stage with that name; NULL: none, or the name is NULL. */
stg_stage *stg_stage_of(const staged_script *script, const char *name);
/* The outcome that a dry run assumes for an attempt, counted from 1. */
stg_assumed stg_assumed_outcome(const stg_stage *stage, int64_t attempt);
/* Whether a stage's row has settings for retries. */
bool stg_stage_has_retries(const stg_stage *stage);

#endif
