/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The here-documents in a text for a shell, as a part of reading it. */
#ifndef STG_PROCESS_WORDS_SHELL_HERE_H
#define STG_PROCESS_WORDS_SHELL_HERE_H

#include "process/words/shell_text.h"

/* Reads the word behind << or <<-, of a document to come. */
void stg_here_read_delimiter(stg_shell_text *s, const char *text, size_t end, bool strips_tabs);
/* The first line of the documents begins. */
void stg_here_begin(stg_shell_text *s);
/* Reads one character of them.  Returns whether it ends the last one. */
bool stg_here_read(stg_shell_text *s, const char *text);
/* A substitution ends.  Shells differ on where the lines of a document are that it begins and does
 * not end; bash drops it. */
void stg_here_drop(stg_shell_text *s);

#endif
