/* SPDX-License-Identifier: BSD-3-Clause
 *
 * reference_check FILE.jsonl...: what is said of each failing case, and how many passed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text/buf.h"
#include "reference_check.h"

typedef struct tally {
    long passed, failed, excepted;
} tally;

static const reference_kind *const kinds[] = {
    &reference_args,           &reference_console, &reference_duration,
    &reference_pretty_command, &reference_retry,   &reference_words,
};

/* The kind whose name the file's name has in it; of several the longest. */
static const reference_kind *kind_of_file(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash == NULL ? path : slash + 1;
    const reference_kind *best = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strstr(base, kinds[i]->name) != NULL &&
            (best == NULL || strlen(kinds[i]->name) > strlen(best->name)))
            best = kinds[i];
    }
    return best;
}

static const char *reason_of_exception(const reference_kind *kind, const char *id)
{
    const reference_exception *e = kind->exceptions;
    while (e != NULL && e->id != NULL && strcmp(e->id, id) != 0)
        e++;
    return e == NULL || e->id == NULL ? NULL : e->reason;
}

static void print_failure(const json_t *test_case, const char *id, const char *actual)
{
    const json_t *expected = json_object_get(test_case, "expected");
    if (expected == NULL)
        expected = json_object_get(test_case, "expect");
    if (expected == NULL)
        expected = json_object_get(test_case, "error");
    char *text = json_dumps(expected, JSON_ENCODE_ANY);
    printf("FAILED %s\n  expected: %s\n  actual:   %s\n", id, text == NULL ? "(none)" : text,
           actual == NULL ? "(the case could not be run)" : actual);
    free(text);
}

/* Puts the number that follows `"key": ` into quotes. */
static char *with_quoted_number(const char *line, const char *key)
{
    stg_buf quoted = {0};
    stg_buf_addf(&quoted, "\"%s\": ", key);
    const char *found = strstr(line, stg_buf_text(&quoted));
    const size_t before = found == NULL ? 0 : (size_t)(found - line) + quoted.length;
    stg_buf_clear(&quoted);
    if (found == NULL) {
        stg_buf_add_text(&quoted, line);
        return stg_buf_take(&quoted);
    }
    const size_t digits = strspn(line + before, "-0123456789");
    stg_buf_add(&quoted, line, before);
    stg_buf_addf(&quoted, "\"%.*s\"%s", (int)digits, line + before, line + before + digits);
    return stg_buf_take(&quoted);
}

static json_t *load(const reference_kind *kind, const char *line, json_error_t *error)
{
    if (kind->big_number == NULL)
        return json_loads(line, JSON_ALLOW_NUL, error);
    char *quoted = with_quoted_number(line, kind->big_number);
    json_t *test_case = json_loads(quoted == NULL ? "" : quoted, JSON_ALLOW_NUL, error);
    free(quoted);
    return test_case;
}

static void run_line(const reference_kind *kind, const char *line, tally *sum)
{
    json_error_t error;
    json_t *test_case = load(kind, line, &error);
    if (test_case == NULL) {
        printf("FAILED: not JSON: %s\n", error.text);
        sum->failed++;
        return;
    }
    const char *id = json_string_value(json_object_get(test_case, "id"));
    if (id == NULL)
        id = "(no id)";
    bool passed = false;
    char *actual = kind->run(test_case, &passed);
    passed = passed && actual != NULL;
    const char *excepted = passed ? NULL : reason_of_exception(kind, id);
    if (passed) {
        sum->passed++;
    } else if (excepted != NULL) {
        sum->excepted++;
        printf("excepted %s: %s\n", id, excepted);
    } else {
        sum->failed++;
        print_failure(test_case, id, actual);
    }
    free(actual);
    json_decref(test_case);
}

static bool run_file(const char *path, tally *sum)
{
    const reference_kind *kind = kind_of_file(path);
    if (kind == NULL) {
        fprintf(stderr, "reference_check: %s: the name does not tell a kind of data\n", path);
        return false;
    }
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        perror(path);
        return false;
    }
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, file) > 0) {
        if (line[strspn(line, " \t\r\n")] != '\0')
            run_line(kind, line, sum);
    }
    free(line);
    fclose(file);
    return true;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: reference_check FILE.jsonl...\n", stderr);
        return 2;
    }
    tally sum = {0};
    bool readable = true;
    for (int i = 1; i < argc; i++)
        readable = run_file(argv[i], &sum) && readable;
    if (sum.excepted > 0)
        printf("%ld excepted, each for the reason given above\n", sum.excepted);
    printf("%ld passed, %ld failed\n", sum.passed, sum.failed);
    return readable && sum.failed == 0 ? 0 : 1;
}
