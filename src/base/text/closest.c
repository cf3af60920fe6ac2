/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/text/closest.h"

#include <stdbool.h>
#include <string.h>

/* Longer words are not compared: they are rarely mistyped by just a letter or two. */
enum { LONGEST = 64 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t stg_edit_distance(const char *a, const char *b, size_t most)
{
    const size_t length_a = strlen(a);
    const size_t length_b = strlen(b);
    const size_t apart = length_a > length_b ? length_a - length_b : length_b - length_a;
    if (apart > most || length_a > LONGEST || length_b > LONGEST)
        return most + 1;
    /* Three rows of the table: this one, the one before, and the one before that. */
    size_t rows[3][LONGEST + 1];
    for (size_t k = 0; k <= length_b; k++)
        rows[0][k] = k;
    for (size_t i = 1; i <= length_a; i++) {
        size_t *row = rows[i % 3];
        const size_t *before = rows[(i + 2) % 3];
        const size_t *earlier = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t k = 1; k <= length_b; k++) {
            const size_t changed = before[k - 1] + (a[i - 1] != b[k - 1]);
            row[k] = smaller(changed, smaller(before[k], row[k - 1]) + 1);
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
                row[k] = smaller(row[k], earlier[k - 2] + 1);
        }
    }
    return rows[length_a % 3][length_b];
}

stg_search stg_search_for(const char *word)
{
    /* One letter in three may be wrong. */
    return (stg_search){.word = word, .distance = strlen(word) / 3 + 1};
}

void stg_search_look(stg_search *s, const char *candidate)
{
    if (candidate == NULL)
        return;
    const size_t length = strlen(s->word);
    /* A prefix counts as close, however much is missing. */
    const bool begun = length > 1 && strncmp(s->word, candidate, length) == 0;
    const size_t distance = begun ? 0 : stg_edit_distance(s->word, candidate, s->distance - 1);
    if (distance < s->distance) {
        s->distance = distance;
        s->found = candidate;
    }
}
