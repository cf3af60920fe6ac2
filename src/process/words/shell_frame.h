/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What is open in a text for a shell, and the words there, as a part of reading it. */
#ifndef STG_PROCESS_WORDS_SHELL_FRAME_H
#define STG_PROCESS_WORDS_SHELL_FRAME_H

#include "process/words/shell_text.h"

/* What is open.  COMMANDS, the outermost, has to be 0. */
enum {
    COMMANDS,
    PARENTHESES,  /* ( */
    SUBSTITUTION, /* $( <( >( */
    TICKS,        /* `, if its commands are read */
    LIST,         /* a=( and @(, whose words are no commands */
    TEST,         /* [[ */
    CASE,         /* case ... esac, whose patterns end with a ) that nothing opens */
    DOUBLE,
    SINGLE,
    ANSI_QUOTES,
    BACKQUOTES, /* ` otherwise */
    BRACES,     /* ${ */
    ARITHMETIC,
    ARITHMETIC_PARENTHESES,
    ARITHMETIC_BRACKETS, /* $[, and [ in it */
    COMMENT,
    HERE_DOCUMENT
};

static inline bool holds_commands(int kind)
{
    return kind <= CASE;
}

static inline int kind_of(const stg_shell_text *s)
{
    return s->frames[s->depth].kind;
}

static inline stg_shell_word *word_of(stg_shell_text *s)
{
    return &s->frames[s->depth].word;
}

/* The one that what is read belongs to, in quotes or not. */
static inline size_t innermost(const stg_shell_text *s)
{
    size_t i = s->depth;
    while (!holds_commands(s->frames[i].kind))
        i--;
    return i;
}

/* The character behind the next one; 0: none yet. */
static inline char second(const stg_shell_text *s, const char *text, size_t end)
{
    return s->at + 1 < end ? text[s->at + 1] : '\0';
}

/* Where the innermost backquotes begin; 0: their commands are not read, or there are none. */
static inline size_t ticks_of(const stg_shell_text *s)
{
    size_t i = s->depth;
    while (i > 0 && s->frames[i].kind != TICKS)
        i--;
    return i;
}

/* Shells differ here.  The caller goes on as bash does. */
static inline void differ(stg_shell_text *s)
{
    s->is_lost = s->is_lost || s->told == NULL;
}

void stg_frame_push(stg_shell_text *s, int kind);
/* The same, `length` bytes further on, as a part of the word. */
void stg_frame_open(stg_shell_text *s, int kind, size_t length);
/* Leaves the innermost one, which ends `length` bytes further on. */
void stg_frame_close(stg_shell_text *s, size_t length);

void stg_frame_begin_word(stg_shell_text *s);
/* Nothing is known of the word, in quotes or not. */
void stg_frame_expand(stg_shell_text *s);
/* What the word was is none. */
void stg_frame_drop_word(stg_shell_text *s);
/* Something that is quoted or expanded is a part of the word, which is no keyword then. */
void stg_frame_add_part(stg_shell_text *s);
/* A character as it stands. */
void stg_frame_add_character(stg_shell_text *s, char c);
/* A character without quotes. */
void stg_frame_name(stg_shell_text *s, char c);
void stg_frame_end_word(stg_shell_text *s);
void stg_frame_begin_command(stg_shell_text *s);

#endif
