/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/text/measure.h"

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

stg_measurement stg_measurement_normal(stg_measurement measurement)
{
    const int minimum = smaller(larger(0, measurement.minimum), measurement.maximum);
    return (stg_measurement){larger(0, minimum), larger(0, larger(minimum, measurement.maximum))};
}

stg_measurement stg_measurement_at_most(stg_measurement measurement, int width)
{
    return (stg_measurement){smaller(measurement.minimum, width),
                             smaller(measurement.maximum, width)};
}

stg_measurement stg_measurement_at_least(stg_measurement measurement, int width)
{
    width = larger(0, width);
    return (stg_measurement){larger(measurement.minimum, width),
                             larger(measurement.maximum, width)};
}
