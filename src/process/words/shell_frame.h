/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What is open in a text for a shell, as a part of reading it. */
#ifndef STG_PROCESS_WORDS_SHELL_FRAME_H
#define STG_PROCESS_WORDS_SHELL_FRAME_H

#include "process/words/shell_text.h"

/* What is open.  COMMANDS, the outermost, has to be 0. */
enum {
    COMMANDS,
    PARENTHESES,  /* ( */
    SUBSTITUTION, /* $( */
    TEST,         /* [[ */
    CASE,         /* case ... esac, whose patterns end with a ) that nothing opens */
    DOUBLE,
    SINGLE,
    ANSI_QUOTES,
    BACKQUOTES,
    BRACES, /* ${ */
    ARITHMETIC,
    ARITHMETIC_PARENTHESES,
    COMMENT,
    HERE_DOCUMENT
};

static inline bool holds_commands(int kind)
{
    return kind <= CASE;
}

/* The one that what is read belongs to, in quotes or not. */
static inline size_t innermost(const stg_shell_text *s)
{
    size_t i = s->depth;
    while (!holds_commands(s->frames[i].kind))
        i--;
    return i;
}

#endif
