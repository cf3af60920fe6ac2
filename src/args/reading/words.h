/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a word of the command line looks like to a parser. */
#ifndef STG_ARGS_READING_WORDS_H
#define STG_ARGS_READING_WORDS_H

#include "args/model/parser.h"

typedef struct stg_option {
    const staged_argument *argument; /* NULL: it looks like an option, and there is none */
    const char *flag;                /* as declared, or as typed */
    const char *explicit_word;       /* what was joined to the flag; NULL: nothing */
    bool equals;                     /* by an equals sign */
    bool ambiguous;                  /* it abbreviates several flags */
} stg_option;

typedef enum stg_word_kind { STG_WORD_PLAIN, STG_WORD_OPTION, STG_WORD_NO_MEMORY } stg_word_kind;

/* The flags in alphabetical order, made when the first abbreviation is looked up. */
typedef struct stg_sorted_flags {
    const stg_flag **flags;
} stg_sorted_flags;

/* Tells what a word is, and for STG_WORD_OPTION which option.  An abbreviation of several flags is
 * one of none, and matters only where it is read as an option. */
stg_word_kind stg_classify_word(const staged_parser *parser, stg_sorted_flags *sorted,
                                const char *word, stg_option *option);
/* Adds the flags that an ambiguous word abbreviates. */
void stg_add_matches(stg_buf *out, const staged_parser *parser, const char *word);

#endif
