/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A word of a text for a shell, while it is being read. */
#ifndef STG_PROCESS_WORDS_SHELL_WORD_H
#define STG_PROCESS_WORDS_SHELL_WORD_H

#include <stdbool.h>
#include <stddef.h>

enum { STG_SHELL_KEYWORD = 24 };

/* What a command makes of its words. */
typedef enum stg_shell_reader {
    STG_READER_NONE = 0, /* nothing that is known */
    STG_READER_SHELL,    /* sh: its options are read, of which -c is followed by code */
    STG_READER_VALUE,    /* sh -o: a word follows that is no option */
    STG_READER_SU,       /* su: the same, but other words may be among its options */
    STG_READER_PREFIX,   /* command: the next word is a command's name */
    STG_READER_PRINTF,   /* printf, wait: -v, -p are followed by the name of a variable */
    STG_READER_DECLARE,  /* declare: names of variables, and what they are set to */
    STG_READER_TEST,     /* [, [[: what it compares */
    STG_READER_NAME,     /* printf -v: the word is the name of a variable, which bash evaluates */
    STG_READER_NAMES,    /* read, unset: the same, of all words */
    STG_READER_ONE,      /* sh -c: the word is code */
    STG_READER_EVAL,     /* eval: the word is code, and those that follow */
    STG_READER_MORE,     /* ... and this is one of those; or alias, whose words are code as well */
    STG_READER_OPERAND,  /* [[ x -eq: bash evaluates the word, as arithmetic */
    STG_READER_LET       /* let, declare -i: the same, of all words */
} stg_shell_reader;

/* The word that is being read. */
typedef struct stg_shell_word {
    stg_shell_reader reader;
    bool begun;
    bool is_command;     /* it may be a command's name, a keyword, or an assignment */
    bool is_function;    /* its name, behind the keyword */
    bool is_variable;    /* the name behind for or select */
    bool is_list;        /* what follows that name: in, or do */
    bool is_timed;       /* it is behind time, or an option of that */
    bool is_doubtful;    /* if it is case, it is no keyword in some shells */
    int behind_case;     /* how far it is behind a case that seems to be no keyword; 0: not */
    bool is_target;      /* it belongs to a redirection */
    bool is_descriptor;  /* ... >& or <& */
    bool is_here_string; /* ... <<< */
    bool may_be_name;    /* of a variable: nothing else was in it so far */
    bool is_assignment;  /* it begins with NAME= */
    bool is_subscript;   /* inside NAME[, which bash evaluates */
    bool is_pattern;     /* it has a bracket, a brace or a tilde */
    bool is_expanded;    /* `name` is that of a variable */
    char head[STG_SHELL_KEYWORD];
    size_t length; /* of what stands in `head`; STG_SHELL_KEYWORD: it can be no keyword */
    /* What it is without quotes, behind its last slash; cut when it is longer. */
    char name[STG_SHELL_KEYWORD];
    size_t name_length;
    /* If words are told: */
    bool is_unsure; /* only bash can know what it is */
    size_t told_at; /* where it begins in the words told */
    int line;
} stg_shell_word;

/* Whether a shell takes the word for one of its own where a command may begin. */
bool stg_shell_is_keyword(const char *word, size_t length);
/* Whether the word is a text, or a number, as it stands: nothing in it is quoted or expanded. */
bool stg_shell_word_is(const stg_shell_word *word, const char *text);
bool stg_shell_word_is_number(const stg_shell_word *word);
/* {name}, with which bash lets a redirection choose a descriptor. */
bool stg_shell_word_is_braced_name(const stg_shell_word *word);
/* What the next word of a command is.
 *   is_keyword   whether the word that ended is one */
stg_shell_word stg_shell_word_behind(const stg_shell_word *ended, bool is_keyword);
/* Whether the word is what a command begins with, or a keyword or an assignment before that. */
bool stg_shell_word_begins_command(const stg_shell_word *word);
/* Adds a character to the word's name, quoted or not. */
void stg_shell_word_name(stg_shell_word *word, char c);
/* The word goes on with an expansion, whose name is its own from now on. */
void stg_shell_word_expand(stg_shell_word *word);
/* Whether an operator that evaluates its operands is the next one behind a word.
 *   rest   what follows, from somewhere in the word on */
bool stg_shell_is_left_operand(const char *rest);
/* What is to be made of the next word of the command. */
stg_shell_reader stg_shell_reader_behind(const stg_shell_word *word);

#endif
