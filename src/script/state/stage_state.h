/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What is set for a stage, and what became of it. */
#ifndef STG_SCRIPT_STATE_STAGE_STATE_H
#define STG_SCRIPT_STATE_STAGE_STATE_H

#include <staged/class.h>
#include <staged/retry.h>
#include <staged/script.h>

/* How an attempt ends by --assume. */
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
    const stg_assumed *assumed;         /* of each attempt; the last one stands for the rest */
    size_t assumed_count;
    bool is_earlier;    /* it passed in the run that is resumed, and does not run again */
    int64_t earlier_ns; /* how long it took then */
    staged_argument *attempts_argument;
    staged_argument *delay_argument;
    staged_argument *timeout_argument;
    staged_argument *time_limit_argument; /* NULL: none */
} stg_stage;

/* The registered stage of that name; NULL: there is none, or the name is NULL. */
stg_stage *stg_stage_of(const staged_script *script, const char *name);
/* What a dry run assumes of an attempt, from 1. */
stg_assumed stg_assumed_outcome(const stg_stage *stage, int64_t attempt);
/* Whether a stage's row has settings of retries. */
bool stg_stage_has_retries(const stg_stage *stage);

#endif
