/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/command/formatted_command.h"

#include "process/framework.h"
#include "script/state/bugs.h"
#include "script/state/fail.h"

static staged_status make_command(staged_script *script, const staged_location *where,
                                  stg_buf *command, const char *format, va_list values)
    STAGED_PRINTF(4, 0);

/* A command must not run with other words than its author meant, whatever the values are. */
static staged_status make_command(staged_script *script, const staged_location *where,
                                  stg_buf *command, const char *format, va_list values)
{
    STAGED_TRY(stg_need_text(script, where, format, "the format of a command"));
    stg_shell_values found;
    const staged_status status = stg_shell_format(command, &found, format, values);
    if (status == STAGED_BAD_USE)
        return staged_fail_at(script, where, "invalid format of a command: %s", format);
    if (status != STAGED_OK)
        return status;
    if (found.refused > 0)
        return staged_fail_at(script, where, "value %d of the command %s: %s", found.refused,
                              found.advice, format);
    if (found.is_missing)
        return staged_fail_at(script, where, "a value of the command is NULL: %s",
                              stg_buf_text(command));
    if (found.is_cut)
        return staged_fail_at(script, where, "a value of the command contains a NUL byte: %s",
                              format);
    return STAGED_OK;
}

/* A command that could not be made has failed, too. */
staged_status stg_format_command(staged_script *script, const staged_location *where,
                                 stg_buf *command, const char *format, va_list values)
{
    const staged_status status = make_command(script, where, command, format, values);
    if (status != STAGED_OK)
        stg_note_command_failed(script);
    return status;
}
