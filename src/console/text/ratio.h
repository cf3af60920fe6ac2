/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Divides columns by weight, in integers that add up. */
#ifndef STG_CONSOLE_TEXT_RATIO_H
#define STG_CONSOLE_TEXT_RATIO_H

#include <stddef.h>

/* Divides `total` into `shares`.
 *   minimums  the minimum of each; NULL: 0
 * Source: rich._ratio.ratio_distribute. */
void stg_ratio_distribute(int total, const int *ratios, const int *minimums, size_t count,
                          int *shares);
/* Subtracts `total` from the values, from none more than its maximum.
 * Source: rich._ratio.ratio_reduce. */
void stg_ratio_reduce(int total, const int *ratios, const int *maximums, size_t count, int *values);

#endif
