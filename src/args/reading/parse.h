/* SPDX-License-Identifier: BSD-3-Clause
 *
 * One reading of a command line by one parser; a sub-command's parser has one of its own. */
#ifndef STG_ARGS_READING_PARSE_H
#define STG_ARGS_READING_PARSE_H

#include "args/model/parser.h"
#include "args/reading/namespace.h"
#include "args/reading/words.h"

/* Words that nothing took. */
typedef struct stg_extras {
    const char **words;
    size_t count;
    size_t capacity;
} stg_extras;

/* Where positionals may stand between options, what is left to them: words, a letter each. */
typedef struct stg_left {
    size_t count;
    const char **words;
    char *pattern;
} stg_left;

/* The words behind a command, which its parser reads. */
typedef struct stg_left_to_command {
    const stg_command *command;
    const char *const *words;
    size_t count;
} stg_left_to_command;

typedef struct stg_parse {
    staged_parser *top; /* whose error and output are set; NULL: a rehearsal, see rehearse.c */
    const staged_parser *parser; /* whose arguments are read */
    staged_namespace *ns;
    stg_arena *scratch; /* lives as long as the reading of the whole command line */

    const char *const *words;
    size_t count;
    char *pattern;       /* a letter a word; see match.h */
    stg_option *options; /* by word, where the letter is 'O' */

    bool *seen;                           /* by argument: it was read */
    const staged_argument **given_of_set; /* by exclusive set: the member that was given */
    const staged_value **defaults;        /* by argument: what it is when not given */
    staged_argument **positionals;        /* those that are not read yet */
    size_t positional_count;
    stg_left left;
    stg_extras extras;
    stg_left_to_command command; /* once one was given */
    stg_extras inner_extras;     /* of a command's parser */
} stg_parse;

/* What words became.  `origin` is the parser's own value that it is, or NULL. */
typedef struct stg_taken {
    staged_value value;
    const staged_value *origin;
} stg_taken;

/* What stood on the command line. */
typedef struct stg_given {
    const char *const *words;
    size_t count;
    const char *flag; /* as declared; NULL: a positional */
} stg_given;

/* ---- values.c ---- */

/* What is the parser's own value. */
stg_taken stg_taken_of(const staged_value *origin);
/* Makes the message, which is freed, the error if the status is STAGED_BAD_INPUT; returns the
 * status, or STAGED_NO_MEMORY. */
staged_status stg_refuse(const stg_parse *parse, const staged_argument *argument,
                         staged_status status, stg_buf *message);
/* Reads the words of an argument. */
staged_status stg_read_words(stg_parse *parse, const staged_argument *argument,
                             const char *const *words, size_t count, stg_taken *result);
/* Whether it is a declared list whose words the author's function has to read yet; reads it. */
bool stg_is_unread_list(const staged_argument *argument, const staged_value *value);
staged_status stg_read_list(stg_parse *parse, const staged_argument *argument,
                            const staged_value *words, stg_taken *result);
/* A value that was declared: text is read with the type now, as if it had been given. */
staged_status stg_read_declared(stg_parse *parse, const staged_argument *argument,
                                const staged_value *declared, stg_taken *result);

/* ---- act.c ---- */

/* Does what the action says with what the words became.  A command is only entered: its parser has
 * to read what is left in `command`. */
staged_status stg_act(stg_parse *parse, const staged_argument *argument, const stg_taken *taken,
                      const stg_given *given);
/* Sets the value of the argument's destination. */
staged_status stg_set(stg_parse *parse, const staged_argument *argument, const stg_taken *taken);

/* ---- take.c ---- */

/* Reads the words of an argument and does what its action says.  `flag` is the option as declared;
 * NULL for a positional. */
staged_status stg_take(stg_parse *parse, const staged_argument *argument, const char *const *words,
                       size_t count, const char *flag);
/* Notes that the argument's destination has a value that was given. */
staged_status stg_note_given(stg_parse *parse, const staged_argument *argument);
/* Reads a default that is text, as if it had been given. */
staged_status stg_take_default(stg_parse *parse, const staged_argument *argument);

/* ---- occurrence.c ---- */

/* The same by the author's own function. */
staged_status stg_run_act(stg_parse *parse, const staged_argument *argument, const stg_taken *taken,
                          const stg_given *given);

/* ---- environment.c ---- */

/* Finds what each argument is when it is not given: its variable goes before its default. */
staged_status stg_find_defaults(stg_parse *parse);
/* Whether a variable stands in for the argument; one that cannot be read is an error. */
staged_status stg_check_variable(stg_parse *parse, const staged_argument *argument, bool *given);

/* ---- files.c ---- */

/* Puts the words of `@FILE` in its place.  The new words live in `scratch`. */
staged_status stg_expand_files(staged_parser *top, const staged_parser *parser, stg_arena *scratch,
                               const char *const **words, size_t *count);

/* ---- store.c ---- */

/* Writes the values into the author's own variables, if all of them fit. */
staged_status stg_store_values(staged_parser *parser, staged_namespace *ns);

/* ---- parse.c ---- */

/* Reads words into a namespace, and adds what nothing took to `extras`.  `top` NULL: nobody is told
 * what is wrong, and no function of the author's is called. */
staged_status stg_parse_words(staged_parser *top, const staged_parser *parser, staged_namespace *ns,
                              stg_arena *scratch, const char *const *words, size_t count,
                              stg_extras *extras);

#endif
