/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The minimum and the maximum of columns that something can use. */
#ifndef STG_CONSOLE_TEXT_MEASURE_H
#define STG_CONSOLE_TEXT_MEASURE_H

typedef struct stg_measurement {
    int minimum, maximum;
} stg_measurement;

/* With neither below 0, and the minimum not above the maximum. */
stg_measurement stg_measurement_normal(stg_measurement measurement);
stg_measurement stg_measurement_at_most(stg_measurement measurement, int width);
stg_measurement stg_measurement_at_least(stg_measurement measurement, int width);

#endif
