/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How fast texts are searched for secrets: prose, and JSON full of escapes, with 1 to 100 secrets.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <staged/secrets.h>

enum { BYTES = 16 * 1024 * 1024, SECRET = 32, ROUNDS = 5 };

static double now_s(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The same numbers each time. */
static unsigned next_random(void)
{
    static unsigned seed = 7;
    seed = seed * 1103515245 + 12345;
    return seed >> 16;
}

static void fill(char *text, const char *line)
{
    const size_t length = strlen(line);
    for (size_t i = 0; i < BYTES; i++)
        text[i] = line[i % length] == '#' ? (char)('a' + next_random() % 26) : line[i % length];
}

static bool measure(const char *name, const char *text, int count)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    staged_secrets *secrets = staged_secrets_new();
    bool worked = secrets != NULL;
    for (int i = 0; i < count && worked; i++) {
        char value[SECRET];
        for (size_t n = 0; n < SECRET; n++)
            value[n] = digits[next_random() % 64];
        worked = staged_secrets_add(secrets, value, SECRET) == STAGED_OK;
    }
    double best = 1e9;
    for (int i = 0; i < ROUNDS && worked; i++) {
        const double before = now_s();
        char *masked = staged_secrets_mask(secrets, text, BYTES, NULL);
        const double took = now_s() - before;
        worked = masked != NULL;
        best = took < best ? took : best;
        free(masked);
    }
    printf("%-10s %3d secrets %7.0f MB/s\n", name, count, BYTES / best / 1e6);
    staged_secrets_free(secrets);
    return worked;
}

int main(void)
{
    static const char prose[] = "[#####] compiling ########.c with ### of ### done, it's fine\n";
    static const char json[] = "{\"a\": \"\\\"#####\\\" C:\\\\####\\\\#\", \"b\": "
                               "\"/x?y=%20####%2F####&z=1\", \"c\": \"################\"}\n";
    char *text = malloc(BYTES);
    bool worked = text != NULL;
    for (int count = 1; count <= 100 && worked; count *= 10) {
        fill(text, prose);
        worked = measure("prose", text, count);
        fill(text, json);
        worked = worked && measure("JSON", text, count);
    }
    free(text);
    return worked ? 0 : 1;
}
