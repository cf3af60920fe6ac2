/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Replies to bash, and reads what its builtins have written. */
#include <string.h>
#include <unistd.h>

#include "tool/shell/shell.h"

static void answer_number(sh_shell *shell, char kind, int number)
{
    sh_text text = {0};
    sh_text_addf(&text, "%d", number);
    sh_bash_answer(&shell->bash, kind, sh_text_of(&text));
    sh_text_free(&text);
}

void sh_answer(sh_shell *shell, int status)
{
    if (status == 0)
        sh_bash_answer(&shell->bash, '.', NULL);
    else
        answer_number(shell, 'r', status);
}

void sh_answer_eval(sh_shell *shell, const char *text)
{
    sh_bash_answer(&shell->bash, 'e', text);
}

void sh_answer_exit(sh_shell *shell, int status)
{
    answer_number(shell, 'x', status);
}

void sh_read_raw(sh_shell *shell)
{
    char bytes[16384];
    if (shell->raw_was_taken)
        sh_text_clear(&shell->raw);
    shell->raw_was_taken = false;
    for (ssize_t length; (length = read(shell->bash.raw.read_end, bytes, sizeof bytes)) > 0;)
        sh_text_add(&shell->raw, bytes, (size_t)length);
}

/* Bytes before the last mark come from a process that was ended while it wrote. */
static void drop_fragments(sh_text *raw)
{
    static const char mark[] = {'\0', '\1', '\0'};
    for (size_t i = raw->length; i >= sizeof mark; i--) {
        const char *end = raw->bytes + i;
        if (memcmp(end - sizeof mark, mark, sizeof mark) != 0)
            continue;
        raw->length -= i;
        memmove(raw->bytes, end, raw->length);
        return;
    }
}

const sh_text *sh_take_raw(sh_shell *shell)
{
    sh_read_raw(shell);
    drop_fragments(&shell->raw);
    shell->raw_was_taken = true;
    sh_text_add(&shell->raw, "", 0);
    return &shell->raw;
}
