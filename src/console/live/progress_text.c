/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/live/progress_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <staged/clock.h>

#define SECOND_NS INT64_C(1000000000)

static const char *const size_units[] = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"};
#define SIZE_UNITS (sizeof size_units / sizeof *size_units)

/* As a whole number, at most what a double holds exactly; 0 for NaN. */
static int64_t whole(double value)
{
    if (value > 9e15)
        return INT64_C(9000000000000000);
    return value > -9e15 ? (int64_t)value : 0;
}

/* With `precision` decimals and thousands separated by commas; formatted by hand so that it does
 * not depend on the locale. */
static void add_number(stg_buf *out, double value, size_t precision)
{
    char text[400];
    const int length = snprintf(text, sizeof text, "%.*f", (int)precision, value);
    if (length <= 0 || (size_t)length >= sizeof text)
        return;
    const char *digits = text;
    if (*digits == '-')
        stg_buf_add_char(out, *digits++);
    const size_t before = strspn(digits, "0123456789");
    for (size_t i = 0; i < before; i++) {
        if (i > 0 && (before - i) % 3 == 0)
            stg_buf_add_char(out, ',');
        stg_buf_add_char(out, digits[i]);
    }
    if (precision == 0)
        return;
    stg_buf_add_char(out, '.');
    stg_buf_add(out, text + (size_t)length - precision, precision);
}

/* The largest unit that is no larger than the size; returns its index. */
static size_t pick_unit(double size, double *unit)
{
    size_t number = 0;
    *unit = 1;
    while (number + 1 < SIZE_UNITS && size >= *unit * 1000) {
        *unit *= 1000;
        number++;
    }
    return number;
}

void stg_progress_percentage(stg_buf *out, const stg_task *task)
{
    stg_buf_addf(out, "%3.0f%%", stg_task_percentage(task));
}

void stg_progress_count(stg_buf *out, const stg_task *task)
{
    char total[24] = "?";
    if (task->has_total)
        snprintf(total, sizeof total, "%" PRId64, whole(task->total));
    stg_buf_addf(out, "%*" PRId64 "/%s", (int)strlen(total), whole(task->completed), total);
}

void stg_progress_elapsed(stg_buf *out, const stg_task *task, int64_t now_ns)
{
    const int64_t elapsed_ns =
        task->finished ? task->finished_ns : stg_task_elapsed_ns(task, now_ns);
    char text[STAGED_DURATION_TEXT_SIZE];
    if (elapsed_ns < 0)
        stg_buf_add_text(out, "-:--:--");
    else
        stg_buf_add_text(
            out, staged_duration_text(elapsed_ns / SECOND_NS * SECOND_NS, text, sizeof text));
}

void stg_progress_remaining(stg_buf *out, const stg_task *task)
{
    if (!task->has_total)
        return;
    const int64_t seconds = stg_task_remaining_s(task);
    if (seconds < 0)
        stg_buf_add_text(out, "-:--:--");
    else
        stg_buf_addf(out, "%" PRId64 ":%02d:%02d", seconds / 3600, (int)(seconds / 60 % 60),
                     (int)(seconds % 60));
}

void stg_progress_size(stg_buf *out, double bytes)
{
    const double size = (double)whole(bytes);
    double unit;
    const size_t number = pick_unit(size, &unit);
    if (size == 1) {
        stg_buf_add_text(out, "1 byte");
        return;
    }
    add_number(out, size / unit, number == 0 ? 0 : 1);
    stg_buf_addf(out, " %s", size_units[number]);
}

void stg_progress_download(stg_buf *out, const stg_task *task)
{
    const double completed = (double)whole(task->completed);
    const double total = (double)whole(task->total);
    double unit;
    const size_t number = pick_unit(task->has_total ? total : completed, &unit);
    const size_t precision = number == 0 ? 0 : 1;
    add_number(out, completed / unit, precision);
    stg_buf_add_char(out, '/');
    if (task->has_total)
        add_number(out, total / unit, precision);
    else
        stg_buf_add_char(out, '?');
    stg_buf_addf(out, " %s", size_units[number]);
}

static double known_speed(const stg_task *task)
{
    return task->finished_speed > 0 ? task->finished_speed : stg_task_speed(task);
}

void stg_progress_transfer_speed(stg_buf *out, const stg_task *task)
{
    const double speed = known_speed(task);
    if (speed > 0) {
        stg_progress_size(out, speed);
        stg_buf_add_text(out, "/s");
    } else {
        stg_buf_add_char(out, '?');
    }
}

void stg_progress_speed(stg_buf *out, const stg_task *task)
{
    static const char *const powers[] = {"", "×10³", "×10⁶", "×10⁹", "×10¹²"};
    const double speed = known_speed(task);
    if (speed <= 0)
        return;
    double unit;
    size_t number = pick_unit((double)whole(speed), &unit);
    for (; number >= sizeof powers / sizeof *powers; number--)
        unit /= 1000;
    add_number(out, speed / unit, 1);
    stg_buf_addf(out, "%s it/s", powers[number]);
}
