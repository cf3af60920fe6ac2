/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/runs/series.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Fewer say nothing of a trend, and more do not fit a line beside other columns. */
enum { FEWEST = 6, LONGEST_LINE = 20 };

void tool_series_add(tool_series *series, int64_t duration_ns)
{
    series->items = sh_grown(series->items, series->count, sizeof *series->items);
    series->items[series->count++] = duration_ns;
}

/* A line has the name, a tab, and numbers. */
void tool_series_read(tool_series *series, const char *path, const char *stage)
{
    char *line = NULL;
    size_t room = 0;
    const size_t length = strlen(stage);
    FILE *file = fopen(path, "re");
    while (file != NULL && getline(&line, &room, file) > 0) {
        if (strncmp(line, stage, length) != 0 || line[length] != '\t')
            continue;
        char *end;
        for (char *number = line + length;; number = end) {
            const long long duration_ns = strtoll(number, &end, 10);
            if (end == number)
                break;
            tool_series_add(series, duration_ns);
        }
    }
    free(line);
    if (file != NULL)
        (void)fclose(file);
}

static int compare(const void *a, const void *b)
{
    const int64_t left = *(const int64_t *)a;
    const int64_t right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static int64_t quantile(const int64_t *items, size_t count, double part)
{
    int64_t *sorted = sh_alloc(count * sizeof *sorted);
    memcpy(sorted, items, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare);
    const double place = part * (double)count;
    size_t index = (size_t)place;
    /* The nearest rank: the first that so many are not above. */
    if ((double)index == place && index > 0)
        index--;
    const int64_t found = sorted[index < count ? index : count - 1];
    free(sorted);
    return found;
}

int64_t tool_series_quantile(const tool_series *series, double part)
{
    return quantile(series->items, series->count, part);
}

bool tool_series_trend(const tool_series *series, double *trend)
{
    const size_t half = series->count / 2;
    if (series->count < FEWEST)
        return false;
    const int64_t before = quantile(series->items, half, 0.5);
    const int64_t after = quantile(series->items + half, series->count - half, 0.5);
    *trend = before == 0 ? 0 : (double)(after - before) / (double)before;
    return before > 0;
}

sh_text tool_series_sparkline(const tool_series *series)
{
    static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    enum { BLOCKS = sizeof blocks / sizeof blocks[0] };
    sh_text line = {0};
    const size_t count = series->count < LONGEST_LINE ? series->count : LONGEST_LINE;
    if (count == 0)
        return line;
    const int64_t *items = series->items + series->count - count;
    const int64_t least = quantile(items, count, 0);
    const int64_t most = quantile(items, count, 1);
    for (size_t i = 0; i < count; i++) {
        const double part = most == least ? 0 : (double)(items[i] - least) / (double)(most - least);
        sh_text_addf(&line, "%s", blocks[(size_t)(part * (BLOCKS - 1) + 0.5)]);
    }
    return line;
}

void tool_series_free(tool_series *series)
{
    free(series->items);
    *series = (tool_series){0};
}
