/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Quotes and expansions in a text for a shell, as a part of reading it. */
#ifndef STG_PROCESS_WORDS_SHELL_QUOTED_H
#define STG_PROCESS_WORDS_SHELL_QUOTED_H

#include "process/words/lexer.h"
#include "process/words/shell_text.h"

/* Whether a token means something inside double quotes and outside of them. */
bool stg_quoted_is_special(stg_token token);
/* Reads such a one. */
void stg_quoted_read_special(stg_shell_text *s, const char *text, size_t end, stg_token token);
/* Reads on in quotes, in braces or in arithmetic. */
void stg_quoted_read(stg_shell_text *s, const char *text, size_t end);

#endif
