/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Numbers as Python reads and writes them, whatever the locale. */
#ifndef STG_ARGS_VALUES_NUMBERS_H
#define STG_ARGS_VALUES_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text/buf.h"

typedef enum stg_number_result {
    STG_NUMBER_READ,
    STG_NUMBER_REFUSED, /* it is no number, or does not fit */
    STG_NUMBER_NO_MEMORY
} stg_number_result;

/* int(text) and float(text): blanks around, `_` between digits, digits of any script. */
stg_number_result stg_read_int(const char *text, int64_t *number);
stg_number_result stg_read_float(const char *text, double *number);
/* Adds repr(number): the shortest digits that read back as the same number. */
void stg_add_float(stg_buf *out, double number);

/* The digits of a number: 0.DIGITS * 10^exponent. */
typedef struct stg_decimal {
    char digits[32];
    int count;
    int exponent;
} stg_decimal;
/* The shortest digits of a finite number of 0 or more. */
void stg_shortest_digits(double number, stg_decimal *decimal);

#endif
