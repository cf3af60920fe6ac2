/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Where the next value would stand in a text for a shell. */
#include "process/words/shell_frame.h"

const stg_shell_word *stg_shell_text_word(const stg_shell_text *shell)
{
    return &shell->frames[innermost(shell)].word;
}

/* What a shell makes of the word itself, in quotes or not. */
static stg_place place_of_word(const stg_shell_text *shell, const stg_shell_word *word,
                               stg_place otherwise)
{
    if (word->is_descriptor)
        return STG_PLACE_DESCRIPTOR;
    if (word->is_target)
        return otherwise;
    const bool is_declared = word->reader == STG_READER_DECLARE && word->begun;
    if (word->is_subscript || word->reader >= STG_READER_OPERAND ||
        (shell->has_integers && word->is_assignment && (word->is_command || is_declared)))
        return STG_PLACE_ARITHMETIC;
    if (word->reader == STG_READER_NAME || word->reader == STG_READER_NAMES ||
        (word->reader == STG_READER_DECLARE && !word->is_assignment))
        return STG_PLACE_VARIABLE;
    return otherwise;
}

/* Where a value stands in what holds no commands. */
static const stg_place places[] = {
    [DOUBLE] = STG_PLACE_DOUBLE,
    [SINGLE] = STG_PLACE_SINGLE,
    [ANSI_QUOTES] = STG_PLACE_ANSI_QUOTES,
    [BACKQUOTES] = STG_PLACE_BACKQUOTES,
    [BRACES] = STG_PLACE_EXPANSION,
    [ARITHMETIC] = STG_PLACE_ARITHMETIC,
    [ARITHMETIC_PARENTHESES] = STG_PLACE_ARITHMETIC,
    [ARITHMETIC_BRACKETS] = STG_PLACE_ARITHMETIC,
    [COMMENT] = STG_PLACE_COMMENT,
    [HERE_DOCUMENT] = STG_PLACE_HERE_DOCUMENT,
};

stg_place stg_shell_text_place(const stg_shell_text *shell)
{
    if (shell->cut != STG_PLACE_WORD)
        return shell->cut;
    if (shell->is_lost)
        return STG_PLACE_UNKNOWN;
    stg_place place = STG_PLACE_WORD;
    for (size_t i = shell->depth; !holds_commands(shell->frames[i].kind); i--) {
        place = places[shell->frames[i].kind];
        if (place > STG_PLACE_SINGLE)
            return place;
    }
    return place_of_word(shell, stg_shell_text_word(shell), place);
}

bool stg_shell_text_is_code(const stg_shell_text *shell, bool *may_be_whole)
{
    const stg_shell_word *word = stg_shell_text_word(shell);
    *may_be_whole = word->reader != STG_READER_MORE;
    if (word->is_here_string)
        return word->reader == STG_READER_SHELL;
    return !word->is_target && word->reader >= STG_READER_ONE;
}
