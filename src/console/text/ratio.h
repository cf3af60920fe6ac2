/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Columns shared out by weight, in whole numbers that add up. */
#ifndef STG_CONSOLE_TEXT_RATIO_H
#define STG_CONSOLE_TEXT_RATIO_H

#include <stddef.h>

/* Shares `total` out: what each gets goes to `shares`.
 *   minimums  the least that each gets; NULL: 0
 * Source: rich._ratio.ratio_distribute. */
void stg_ratio_distribute(int total, const int *ratios, const int *minimums, size_t count,
                          int *shares);
/* Takes `total` off the values, from none more than its maximum.
 * Source: rich._ratio.ratio_reduce. */
void stg_ratio_reduce(int total, const int *ratios, const int *maximums, size_t count, int *values);

#endif
