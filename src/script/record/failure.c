/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/record/failure.h"

#include <stdlib.h>
#include <string.h>

#include "base/text/buf.h"

static void mask(stg_failure *failure, const staged_secrets *secrets)
{
    const char *text = stg_error_text(&failure->error);
    char *masked =
        secrets == NULL ? strdup(text) : staged_secrets_mask(secrets, text, strlen(text), NULL);
    stg_error_set(&failure->error, STAGED_FAILED, "%s", masked == NULL ? "out of memory" : masked);
    free(masked);
}

void stg_failure_set_v(stg_failure *failure, const staged_secrets *secrets,
                       const staged_location *where, const char *format, va_list values)
{
    stg_error_vset(&failure->error, STAGED_FAILED, format, values);
    mask(failure, secrets);
    failure->where = where == NULL ? (staged_location){0} : *where;
    failure->told = false;
    failure->unheeded = false;
    failure->command_length = 0;
}

void stg_failure_clear(stg_failure *failure)
{
    stg_error_free(&failure->error);
    *failure = (stg_failure){0};
}

void stg_failure_set_command(stg_failure *failure, size_t before, const char *command)
{
    const char *text = stg_error_text(&failure->error);
    const size_t at = before + strlen(": ");
    const size_t length = strlen(command);
    /* Masking may have changed the text, and out of memory there is none. */
    if (strlen(text) >= at + length && strncmp(text + at, command, length) == 0) {
        failure->command_at = at;
        failure->command_length = length;
    }
}

char *stg_failure_without_command(const stg_failure *failure, char **command)
{
    const char *text = stg_error_text(&failure->error);
    const size_t end = failure->command_at + failure->command_length;
    *command = failure->command_length == 0
                   ? NULL
                   : strndup(text + failure->command_at, failure->command_length);
    if (*command == NULL)
        return strdup(text);
    stg_buf rest = {0};
    stg_buf_add(&rest, text, failure->command_at - strlen(": "));
    stg_buf_add_text(&rest, text + end);
    return stg_buf_take(&rest);
}
