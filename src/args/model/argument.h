/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What follows from an argument's declaration. */
#ifndef STG_ARGS_MODEL_ARGUMENT_H
#define STG_ARGS_MODEL_ARGUMENT_H

#include "args/model/parser.h"

static inline bool stg_is_positional(const staged_argument *argument)
{
    return argument->flag_count == 0;
}

static inline bool stg_is_hidden(const staged_argument *argument)
{
    return argument->help.suppressed;
}

bool stg_looks_like_negative_number(const char *text);
/* Whether its words make a list, not a single value. */
bool stg_takes_list(const staged_argument *argument);
/* Whether a positional takes no word where none is left for it. */
bool stg_can_be_without_words(const staged_argument *argument);
/* Whether every time it is given adds to what is there. */
bool stg_accumulates(const staged_argument *argument);
/* The name of its type for people: "int", or the author's; NULL: it has none. */
const char *stg_type_name(const staged_argument *argument);
/* The destination that argparse gives to options whose first long (or else first) flag is this. */
void stg_add_inferred_dest(stg_buf *out, const char *flag, const char *prefix_chars);

#endif
