/* SPDX-License-Identifier: BSD-3-Clause
 *
 * From a namespace back to words. */
#ifndef STG_ARGS_COMMAND_LINE_WRITE_H
#define STG_ARGS_COMMAND_LINE_WRITE_H

#include "args/reading/namespace.h"
#include "args/reading/words.h"

/* What stays together on a line: a flag with its words, a word, or the name of a command. */
typedef struct stg_item {
    const char **words; /* not quoted */
    size_t count;
    size_t depth; /* how many parsers deep it is */
} stg_item;

typedef struct stg_items {
    stg_item *items;
    size_t count;
    size_t capacity;
} stg_items;

/* In each manner options stand before positionals, in the order in which they were declared. */
typedef enum stg_manner {
    STG_AS_ORIGINAL,      /* all values, as reverse_argparse writes them */
    STG_AS_GIVEN,         /* the words as given, then values that the program set, then defaults */
    STG_WITHOUT_DEFAULTS, /* the same without defaults, which not every parser can read */
    STG_AS_TYPED          /* all words as they were typed */
} stg_manner;

/* Appends the items of a whole command line to `out`, which the caller frees; the words live in
 * `arena`, in the namespace and in the parser.  Returns false without memory. */
bool stg_write_items(const staged_parser *parser, const staged_namespace *ns, stg_manner manner,
                     stg_arena *arena, stg_items *out);

/* ---- rehearse.c ---- */

/* Whether the words produce the namespace: STAGED_OK, STAGED_BAD_INPUT, STAGED_NO_MEMORY. */
staged_status stg_rehearse(const staged_parser *parser, const staged_namespace *ns,
                           const char *const *words, size_t count);

#endif
