/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Kinds and capitals of characters past ASCII, each table in ascending order. */
#ifndef STG_BASE_UNICODE_UNICODE_TABLES_H
#define STG_BASE_UNICODE_UNICODE_TABLES_H

#include <stddef.h>
#include <stdint.h>

typedef struct stg_char_range {
    uint32_t first, last;
} stg_char_range;

/* The capital of every `step`th character of the range is `delta` further on. */
typedef struct stg_upper_run {
    stg_char_range range;
    uint32_t step;
    int32_t delta;
} stg_upper_run;

/* A character whose capital is several characters; ended with 0 if fewer than three. */
typedef struct stg_upper_special {
    uint32_t character;
    uint32_t upper[3];
} stg_upper_special;

/* What repr() escapes; letters, digits and "_"; decimal digits, in whole sets of ten. */
extern const stg_char_range stg_hidden_ranges[], stg_word_ranges[], stg_digit_ranges[];
extern const size_t stg_hidden_range_count, stg_word_range_count, stg_digit_range_count;
extern const stg_upper_run stg_upper_runs[];
extern const size_t stg_upper_run_count;
extern const stg_upper_special stg_upper_specials[];
extern const size_t stg_upper_special_count;

#endif
