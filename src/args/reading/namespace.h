/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The inside of a namespace, for the parser that fills it. */
#ifndef STG_ARGS_READING_NAMESPACE_H
#define STG_ARGS_READING_NAMESPACE_H

#include "args/model/parser.h"

typedef struct stg_entry {
    const char *name;
    staged_value value;         /* STAGED_VALUE_UNSET: known, but not there */
    const staged_value *origin; /* the parser's value that this is; NULL: it came from words */
    staged_value *items;        /* of a list that grows; NULL: the items may not be written to */
    size_t capacity;
    bool given;               /* words said it, or a variable */
    bool set;                 /* the program set it since */
    const char *const *texts; /* what staged_namespace_list returned; NULL: not asked yet */
} stg_entry;

/* Replaces the value of an entry, and what was made of the one before. */
static inline void stg_entry_set(stg_entry *entry, staged_value value, const staged_value *origin)
{
    entry->value = value;
    entry->origin = origin;
    entry->items = NULL;
    entry->texts = NULL;
}

/* The words of one occurrence of an argument. */
typedef struct stg_given_words {
    const staged_argument *argument; /* may be gone, with its parser */
    const staged_parser *parser;
    size_t index;     /* of the argument */
    bool by_author;   /* it has an action of the author's */
    const char *flag; /* NULL: a positional */
    const char **words;
    size_t count;
} stg_given_words;

struct staged_namespace {
    stg_arena arena;
    stg_entry **entries;
    size_t count;
    size_t capacity;
    stg_names by_name;
    /* The commands that were given, from the outermost parser inwards: the names as typed. */
    const char **commands;
    size_t command_count;
    size_t command_capacity;
    stg_given_words **given; /* in the order of the command line */
    size_t given_count;
    size_t given_capacity;
    const char **unknown; /* the words that nothing took, ended with NULL; NULL: none */
    bool unparsed;      /* it stands for arguments that are not read yet: to use it is a mistake */
    const char **typed; /* all words, ended with NULL; NULL: it was not read from words */
    stg_error error;
};

staged_namespace *stg_namespace_new(void);
stg_entry *stg_namespace_find(const staged_namespace *ns, const char *name);
/* The entry, made (unset) when there is none; NULL without memory. */
stg_entry *stg_namespace_entry(staged_namespace *ns, const char *name);
/* Appends to the list of an entry, which starts from what it holds.  The item is not copied. */
bool stg_namespace_append(staged_namespace *ns, stg_entry *entry, const staged_value *item);
/* Notes the name of a command that was given. */
bool stg_namespace_add_command(staged_namespace *ns, const char *name);
/* Notes the words of an occurrence; they are copied. */
bool stg_namespace_add_given(staged_namespace *ns, const staged_argument *argument,
                             const char *flag, const char *const *words, size_t count);
/* Keeps copies of the words that nothing took. */
staged_status stg_namespace_set_unknown(staged_namespace *ns, const char *const *words,
                                        size_t count);
/* Keeps copies of all words. */
staged_status stg_namespace_set_typed(staged_namespace *ns, const char *const *words, size_t count);
/* Puts in what a command's parser found.  A default of the command does not replace what was given
 * before the command: argparse lets it, with `permissive` so do we.  Returns false without memory.
 */
bool stg_namespace_merge(staged_namespace *ns, const staged_namespace *inner, bool permissive);
/* Makes the namespace independent of the parser whose values it holds. */
bool stg_namespace_adopt(staged_namespace *ns);

#endif
