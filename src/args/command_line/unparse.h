/* SPDX-License-Identifier: BSD-3-Clause
 *
 * From a namespace back to words. */
#ifndef STG_ARGS_COMMAND_LINE_UNPARSE_H
#define STG_ARGS_COMMAND_LINE_UNPARSE_H

#include "args/reading/namespace.h"
#include "args/reading/words.h"

/* The words of one occurrence of an argument. */
typedef struct stg_item {
    const staged_argument *argument; /* NULL: "--" */
    const char **words;              /* not quoted */
    size_t count;
    size_t depth;    /* how many parsers it is inside of */
    size_t place;    /* among the items of its parser: that of an argument, or 0: before all */
    size_t sequence; /* among those of one place */
    bool open;       /* would take a plain word that follows */
    bool rest;       /* would take all that follows */
} stg_item;

/* Where the items of an argument are shown. */
static inline size_t stg_place_of(const staged_argument *argument)
{
    return argument->index + 1;
}

typedef struct stg_items {
    stg_item *items;
    size_t count;
    size_t capacity;
} stg_items;

typedef struct stg_unparse {
    const staged_parser *parser;
    const staged_namespace *ns;
    stg_arena *arena;
    stg_sorted_flags sorted;
    size_t depth;
    size_t commands_before; /* of the namespace's commands: those of outer parsers */
    stg_items items;
    size_t *first_given; /* see unparse_given.c; NULL: not looked for yet */
    size_t *next_given;
    bool brief;             /* what comes by itself is left out */
    bool late_dashes;       /* a "--" stands where it is needed first, not before all positionals */
    bool positionals_first; /* options stand after them, and keep what follows from them */
    bool forced;            /* arguments are shown as if they were required */
    bool failed;            /* no memory */
} stg_unparse;

/* ---- unparse.c ---- */

/* Adds the items of an option or of a positional that is no command. */
void stg_unparse_argument(stg_unparse *u, const staged_argument *argument);
/* Adds an item with the words of one value, or with the flag alone. */
void stg_unparse_value(stg_unparse *u, const staged_argument *argument, const staged_value *value);
void stg_unparse_words(stg_unparse *u, const staged_argument *argument, const staged_value *items,
                       size_t count);
void stg_unparse_flag(stg_unparse *u, const staged_argument *argument);
/* Adds the flag as often as it takes to count `from` one value to another. */
void stg_unparse_count(stg_unparse *u, const staged_argument *argument, const staged_value *value,
                       const staged_value *from);
/* The flag to show: the first long one if there is one, or else the first short one (or the other
 * way round), or else the first. */
const char *stg_flag_of(const staged_argument *argument, bool want_long);
/* The same with this flag and these words. */
void stg_unparse_option(stg_unparse *u, const staged_argument *argument, const char *flag,
                        const char *const *words, size_t count);
/* Whether words, or the flag alone, give this value again. */
bool stg_can_say(stg_unparse *u, const staged_argument *argument, const staged_value *value);
bool stg_is_constant(stg_unparse *u, const staged_argument *argument, const staged_value *value);
/* What the parser would see the word as, a letter of match.h. */
char stg_letter_of(stg_unparse *u, const char *word);
/* Whether that is anything but a plain word. */
bool stg_looks_like_option(stg_unparse *u, const char *word);
/* Whether an option has to be there whatever its value is. */
bool stg_is_needed(const stg_unparse *u, const staged_argument *argument);
/* The value, or NULL when the argument has no entry. */
const staged_value *stg_value_of(const stg_unparse *u, const staged_argument *argument);
bool stg_is_default(const staged_argument *argument, const staged_value *value);
/* Whether it is a list of words, not what the author's function made of one. */
bool stg_is_list(const staged_value *value);
/* Whether a list of so many words fits. */
bool stg_count_fits(const staged_argument *argument, size_t count);
/* Whether all flags are neither long nor short: "-name". */
bool stg_is_nameless(const staged_argument *argument);
/* The word that says a value which is no list. */
const char *stg_word_of(stg_unparse *u, const staged_value *value);
/* Adds an item; the texts are not copied.  NULL without memory, which `u` remembers. */
stg_item *stg_add_item(stg_unparse *u, const staged_argument *argument, const char *const *words,
                       size_t count);

/* ---- unparse_need.c ---- */

/* What the destination of the argument is when nothing is given. */
const staged_value *stg_default_at_first(const staged_argument *argument);
/* Whether nothing at all gives this value. */
bool stg_comes_by_itself(stg_unparse *u, const staged_argument *argument,
                         const staged_value *value);
/* Whether an inner parser, which reads later, decides about the value. */
bool stg_is_left_to_command(const stg_unparse *u, const staged_argument *argument);
/* Whether another argument for the same destination says the value: one that is read before
 * (`later` false) or after this one. */
bool stg_is_said_elsewhere(stg_unparse *u, const staged_argument *argument,
                           const staged_value *value, bool later);
/* Whether another argument, that is read before (`later` false) or after this one, stores the whole
 * value at once. */
bool stg_is_stored(stg_unparse *u, const staged_argument *argument, const staged_value *value,
                   bool later);
/* Whether an argument that has to be there has lost what it said to another one; and words that
 * stand in for it. */
bool stg_is_lost(stg_unparse *u, const staged_argument *argument, const staged_value *value);
void stg_unparse_filler(stg_unparse *u, const staged_argument *argument, const staged_value *value);
/* Whether an argument whose words cannot say the value may be left out. */
bool stg_is_better_left_out(stg_unparse *u, const staged_argument *argument,
                            const staged_value *value);

/* ---- unparse_list.c ---- */

/* Adds the items of all arguments that add to the destination of this one, if it is the first. */
void stg_unparse_accumulated(stg_unparse *u, const staged_argument *argument,
                             const staged_value *value);

/* ---- unparse_original.c ---- */

/* Adds the items of the parser and of its commands as reverse_argparse has them. */
void stg_unparse_as_original(stg_unparse *u);

/* ---- unparse_given.c ---- */

/* Adds the items of an argument with an action of the author's. */
void stg_unparse_given(stg_unparse *u, const staged_argument *argument);

/* ---- rehearse.c ---- */

/* Whether the words give the namespace again: STAGED_OK, STAGED_BAD_INPUT, STAGED_NO_MEMORY. */
staged_status stg_rehearse(const staged_parser *parser, const staged_namespace *ns,
                           const char *const *words, size_t count);

/* ---- arrange.c ---- */

/* The words of a positional, those of a command with all that is inside of it. */
typedef struct stg_positional {
    const staged_argument *argument;
    stg_items items;
    size_t count; /* how many words all of them have */
} stg_positional;

/* Adds options and positionals to `out` in an order that reads back. */
void stg_arrange(stg_unparse *u, stg_items *options, stg_positional *positionals, size_t count,
                 stg_items *out);
bool stg_append_items(stg_items *to, const stg_item *items, size_t count);

#endif
