/* SPDX-License-Identifier: BSD-3-Clause
 *
 * pretty_command.jsonl: commands laid out over several lines. */
#include <string.h>

#include <staged/words.h>

#include "reference_check.h"

static char *run(const json_t *test_case, bool *passed)
{
    char *text =
        staged_command_pretty(json_string_value(json_object_get(test_case, "input")),
                              (size_t)json_integer_value(json_object_get(test_case, "indent")));
    *passed = text != NULL &&
              strcmp(text, json_string_value(json_object_get(test_case, "expected"))) == 0;
    return text;
}

const reference_kind reference_pretty_command = {.name = "pretty_command", .run = run};
