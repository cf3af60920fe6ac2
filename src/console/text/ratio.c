/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/text/ratio.h"

static long floor_divide(long a, long b)
{
    const long quotient = a / b;
    return quotient - (a % b != 0 && (a < 0) != (b < 0));
}

/* Halves go to the even neighbour. */
static long round_divide(long a, long b)
{
    const long below = floor_divide(a, b);
    const long twice = 2 * (a - below * b);
    return below + (twice > b || (twice == b && below % 2 != 0));
}

void stg_ratio_distribute(int total, const int *ratios, const int *minimums, size_t count,
                          int *shares)
{
    long ratio_left = 0;
    for (size_t i = 0; i < count; i++)
        ratio_left += minimums != NULL && minimums[i] == 0 ? 0 : ratios[i];
    long left = total;
    for (size_t i = 0; i < count; i++) {
        const long minimum = minimums == NULL ? 0 : minimums[i];
        const long ratio = minimums != NULL && minimum == 0 ? 0 : ratios[i];
        long share = left;
        if (ratio_left > 0) {
            share = -floor_divide(-(ratio * left), ratio_left);
            share = share < minimum ? minimum : share;
        }
        shares[i] = (int)share;
        ratio_left -= ratio;
        left -= share;
    }
}

void stg_ratio_reduce(int total, const int *ratios, const int *maximums, size_t count, int *values)
{
    long ratio_left = 0;
    for (size_t i = 0; i < count; i++)
        ratio_left += maximums[i] == 0 ? 0 : ratios[i];
    long left = total;
    for (size_t i = 0; i < count && ratio_left > 0; i++) {
        const long ratio = maximums[i] == 0 ? 0 : ratios[i];
        if (ratio == 0)
            continue;
        long taken = round_divide(ratio * left, ratio_left);
        taken = taken > maximums[i] ? maximums[i] : taken;
        values[i] -= (int)taken;
        left -= taken;
        ratio_left -= ratio;
    }
}
