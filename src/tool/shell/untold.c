/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Why a place failed, while nobody knows yet whether the function ends by that, which then says
 * it.  If the function goes on, the log says it: a place writes nothing to error output. */
#include <stdlib.h>

#include "tool/shell/shell.h"

void sh_keep_untold(sh_frame *frame, const staged_location *where, char *text)
{
    free(frame->untold);
    frame->untold = text;
    frame->untold_where = *where;
}

void sh_tell_untold(const sh_shell *shell, sh_frame *frame)
{
    if (frame == NULL || frame->untold == NULL)
        return;
    char *text = frame->untold;
    frame->untold = NULL;
    (void)staged_log_at(shell->script, &frame->untold_where, "[yellow]%s[/]", text);
    free(text);
}

void sh_forget_untold(sh_frame *frame)
{
    free(frame->untold);
    frame->untold = NULL;
}
