/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/report/values.h"

#include <stdlib.h>
#include <string.h>

#include "tool/report/escape.h"

json_t *tool_value_of(const char *text)
{
    sh_text clean = {0};
    tool_escape_controls(&clean, text, strlen(text));
    json_t *value = json_stringn(sh_text_of(&clean), clean.length);
    sh_text_free(&clean);
    return value;
}

void tool_value_set(json_t *object, const char *name, const char *text)
{
    if (text != NULL && *text != '\0')
        (void)json_object_set_new(object, name, tool_value_of(text));
}

void tool_value_write(sh_text *out, json_t *json)
{
    char *text = json_dumps(json, JSON_COMPACT);
    sh_text_addf(out, "%s\n", text == NULL ? "" : text);
    free(text);
    json_decref(json);
}

const char *tool_command_word(tool_command_state state)
{
    static const char *const words[] = {[TOOL_COMMAND_PASSED] = "passed",
                                        [TOOL_COMMAND_FAILED] = "failed",
                                        [TOOL_COMMAND_OPEN] = "unfinished",
                                        [TOOL_COMMAND_LISTED] = "not run"};
    return words[state];
}
