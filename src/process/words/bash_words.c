/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The words of the commands in a script. */
#include <staged/words.h>

#include "process/words/shell_frame.h"

staged_status staged_words_read_bash(const char *script, size_t length,
                                     staged_bash_word_function *tell, void *context)
{
    stg_shell_told told = {.text = script, .line = 1, .tell = tell, .context = context};
    stg_shell_text shell = {.told = &told};
    stg_shell_text_read(&shell, script, length);
    if (holds_commands(kind_of(&shell)) && !shell.is_lost)
        stg_frame_end_word(&shell);
    const staged_status failure = told.words.failure;
    const bool is_whole =
        !shell.is_lost && shell.here_count == 0 && (shell.depth == 0 || kind_of(&shell) == COMMENT);
    stg_buf_free(&told.words);
    if (failure != STAGED_OK)
        return failure;
    return is_whole ? STAGED_OK : STAGED_BAD_INPUT;
}
