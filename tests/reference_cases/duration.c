/* SPDX-License-Identifier: BSD-3-Clause
 *
 * duration.jsonl: microseconds and their text as str(timedelta). */
#include <stdint.h>
#include <string.h>

#include <staged/clock.h>

#include "base/system/duration.h"
#include "reference_check.h"

/* Divides a decimal number of any length by `divisor`, rounding towards minus infinity. */
static int64_t divide(const char *digits, int64_t divisor, int64_t *rest)
{
    const bool negative = *digits == '-';
    int64_t quotient = 0;
    *rest = 0;
    for (digits += negative; *digits != '\0'; digits++) {
        *rest = *rest * 10 + (*digits - '0');
        quotient = quotient * 10 + *rest / divisor;
        *rest %= divisor;
    }
    if (!negative)
        return quotient;
    if (*rest == 0)
        return -quotient;
    *rest = divisor - *rest;
    return -quotient - 1;
}

static char *run(const json_t *test_case, bool *passed)
{
    const char *microseconds = json_string_value(json_object_get(test_case, "microseconds"));
    int64_t rest;
    const int64_t days = divide(microseconds, INT64_C(86400000000), &rest);
    char text[STAGED_DURATION_TEXT_SIZE];
    stg_duration_text(days, rest * 1000, text, sizeof text);
    *passed = strcmp(text, json_string_value(json_object_get(test_case, "expected"))) == 0;
    return strdup(text);
}

const reference_kind reference_duration = {
    .name = "duration", .run = run, .big_number = "microseconds"};
