/* SPDX-License-Identifier: BSD-3-Clause
 *
 * words.jsonl: splitting, quoting and joining as shlex does. */
#include <stdlib.h>
#include <string.h>

#include <staged/words.h>

#include "reference_check.h"

static char *text_of(const staged_words *words)
{
    if (words->error != NULL)
        return strdup(words->error);
    json_t *list = json_array();
    for (size_t i = 0; i < words->count; i++)
        json_array_append_new(list, json_string(words->items[i]));
    char *text = json_dumps(list, 0);
    json_decref(list);
    return text;
}

static char *run_split(const json_t *test_case, bool *passed)
{
    const json_t *input = json_object_get(test_case, "input");
    const json_t *expected = json_object_get(test_case, "expected");
    const json_t *error = json_object_get(test_case, "error");
    staged_words words;
    const staged_status status =
        staged_words_split(json_string_value(input), json_string_length(input), &words);
    if (error != NULL) {
        *passed = status == STAGED_BAD_INPUT && strcmp(words.error, json_string_value(error)) == 0;
    } else {
        *passed = status == STAGED_OK && words.count == json_array_size(expected);
        for (size_t i = 0; *passed && i < words.count; i++)
            *passed = strcmp(words.items[i], json_string_value(json_array_get(expected, i))) == 0;
    }
    char *text = text_of(&words);
    staged_words_free(&words);
    return text;
}

static char *run_join(const json_t *input)
{
    const size_t count = json_array_size(input);
    const char **words = calloc(count + 1, sizeof *words);
    if (words == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        words[i] = json_string_value(json_array_get(input, i));
    char *command = staged_words_join(words, count);
    free(words);
    return command;
}

static char *run(const json_t *test_case, bool *passed)
{
    const char *kind = json_string_value(json_object_get(test_case, "kind"));
    if (strcmp(kind, "split") == 0)
        return run_split(test_case, passed);
    const json_t *input = json_object_get(test_case, "input");
    char *text =
        strcmp(kind, "join") == 0 ? run_join(input) : staged_word_quote(json_string_value(input));
    *passed = text != NULL &&
              strcmp(text, json_string_value(json_object_get(test_case, "expected"))) == 0;
    return text;
}

#define DOLLAR "shlex keeps the backslash of \"\\$\", which a shell takes away"
#define CONTINUATION                                                                               \
    "shlex reads a backslash at the end of a line as a line feed, a shell as nothing"

/* tests/process/test_words.c compares with a shell itself. */
static const reference_exception exceptions[] = {
    {"words-0010", DOLLAR},       {"words-0014", DOLLAR}, {"words-0028", DOLLAR},
    {"words-0042", DOLLAR},       {"words-0062", DOLLAR}, {"words-0081", DOLLAR},
    {"words-0107", DOLLAR},       {"words-0117", DOLLAR}, {"words-0122", DOLLAR},
    {"words-0132", DOLLAR},       {"words-0190", DOLLAR}, {"words-0200", DOLLAR},
    {"words-0202", DOLLAR},       {"words-0211", DOLLAR}, {"words-0213", DOLLAR},
    {"words-0233", DOLLAR},       {"words-0249", DOLLAR}, {"words-0259", CONTINUATION},
    {"words-0260", CONTINUATION}, {NULL, NULL},
};

const reference_kind reference_words = {.name = "words", .run = run, .exceptions = exceptions};
