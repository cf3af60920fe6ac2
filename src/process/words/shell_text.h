/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A text for a shell, read from left to right.  Any POSIX shell: the place at its end decides how
 * to quote a value there, and where shells differ it is lost.  Or bash alone: then nothing is
 * ambiguous, and each word is told. */
#ifndef STG_PROCESS_WORDS_SHELL_TEXT_H
#define STG_PROCESS_WORDS_SHELL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <staged/words.h>

#include "base/text/buf.h"
#include "process/words/shell_word.h"

typedef enum stg_place {
    STG_PLACE_WORD = 0, /* outside of all quotes */
    STG_PLACE_DOUBLE,   /* inside "..." */
    STG_PLACE_SINGLE,   /* inside '...' */
    /* Where no quoting is right in all shells: */
    STG_PLACE_ANSI_QUOTES,   /* inside $'...' */
    STG_PLACE_BACKQUOTES,    /* inside `...` */
    STG_PLACE_EXPANSION,     /* inside ${...} */
    STG_PLACE_ARITHMETIC,    /* inside $((...)) or ((...)) */
    STG_PLACE_COMMENT,       /* behind # */
    STG_PLACE_HERE_DOCUMENT, /* in the lines behind <<END */
    STG_PLACE_DELIMITER,     /* the END of <<END */
    STG_PLACE_NAME,          /* right behind $ */
    STG_PLACE_ESCAPED,       /* right behind a backslash */
    STG_PLACE_DESCRIPTOR,    /* behind >& or <& */
    STG_PLACE_VARIABLE,      /* the name of a variable: printf -v, read, unset ... */
    STG_PLACE_CODE,          /* inside what another shell reads: sh -c "...", eval ... */
    STG_PLACE_UNKNOWN        /* what stands before it can be read in more than one way */
} stg_place;

enum { STG_SHELL_NESTING = 64, STG_SHELL_HERE_DOCUMENTS = 16 };

/* What of CASE comes next, or goes on. */
typedef enum stg_case_part {
    STG_CASE_COMMANDS = 0, /* also where nothing is a CASE */
    STG_CASE_SUBJECT,
    STG_CASE_IN,
    STG_CASE_AWAITED, /* a pattern, or esac */
    STG_CASE_PATTERN  /* inside of a pattern */
} stg_case_part;

typedef struct stg_shell_frame {
    int kind;
    stg_case_part part;
    bool is_list;        /* parentheses that hold no commands in some shell */
    bool is_array;       /* ... of NAME=( */
    size_t opened;       /* parentheses in TEST */
    stg_shell_word word; /* the one that goes on when what is inside has ended */
} stg_shell_frame;

typedef struct stg_shell_here_document {
    size_t start, end; /* of its delimiter, with its quotes */
    size_t depth;      /* where it was begun */
    bool strips_tabs;
    bool is_literal;
} stg_shell_here_document;

/* A text that is read as bash does. */
typedef struct stg_shell_told {
    const char *text;
    size_t counted; /* how far lines were */
    int line;       /* ... up to there */
    stg_buf words;  /* those that have begun, the innermost last, without quotes */
    staged_bash_word_function *tell;
    void *context;
} stg_shell_told;

/* All zero is one of which nothing was read.  What it knows of the text are places in it. */
typedef struct stg_shell_text {
    size_t at;            /* how much was read */
    stg_place cut;        /* what the end cuts in two; STG_PLACE_WORD: nothing */
    bool after_parameter; /* $name, which would go on with letters */
    bool is_lost;         /* it can be read in more than one way */
    stg_shell_told *told; /* it is for bash; NULL: for any shell */
    bool has_integers;    /* what variables are set to is evaluated: declare -i */
    size_t depth;         /* how many frames there are beside the outermost */
    stg_shell_frame frames[STG_SHELL_NESTING];
    stg_shell_here_document here[STG_SHELL_HERE_DOCUMENTS];
    size_t here_count;
    size_t here_matched; /* how far the line has been the delimiter */
    bool here_matches;   /* ... all of it */
    bool here_indented;  /* nothing but tabs to be stripped so far */
    bool here_escaped;   /* the last character was a backslash */
} stg_shell_text;

/* Reads on.
 *   text   all of it, from its first byte on
 *   end    how far; what was read before is not looked at again, but for delimiters */
void stg_shell_text_read(stg_shell_text *shell, const char *text, size_t end);
/* Where the next value would stand. */
stg_place stg_shell_text_place(const stg_shell_text *shell);
/* The word that a value would go on with, in quotes or not. */
const stg_shell_word *stg_shell_text_word(const stg_shell_text *shell);
/* Whether another shell reads the word that a value would go on with.
 *   may_be_whole   receives whether a value may be all of the code: it is meant as such then */
bool stg_shell_text_is_code(const stg_shell_text *shell, bool *may_be_whole);
/* A value was added, quoted so that nothing in it means anything to a shell: it is not read.
 *   value   its bytes, without quotes
 *   end     where it ends */
void stg_shell_text_skip(stg_shell_text *shell, const char *value, size_t length, size_t end);

#endif
