/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the verbs that declare something share. */
#ifndef TOOL_VERBS_DECLARING_H
#define TOOL_VERBS_DECLARING_H

#include "tool/verbs/verb.h"

/* The policy that options of `stage` ask for, for as long as the program lives; NULL: none. */
const staged_retry_policy *sh_policy_of(staged_namespace *words);

sh_verb_function sh_verb_argument, sh_verb_default, sh_verb_group, sh_verb_exclusive,
    sh_verb_commands, sh_verb_command;

/* Makes a mistake of what bash says of a file that it cannot parse.  Returns false when it can. */
bool sh_tell_unparsed(sh_shell *shell);
/* The next of the author's functions in what builtins list, one a line; NULL: there are no more. */
char *sh_next_function(char **at);
/* The places of the functions that a file has. */
sh_verb_function sh_verb_places;

/* A copy of a list, for as long as the program lives; NULL if it is empty. */
const char *const *sh_copy_list(const char *const *list);

#endif
