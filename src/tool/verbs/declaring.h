/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Shared by the verbs that declare something. */
#ifndef TOOL_VERBS_DECLARING_H
#define TOOL_VERBS_DECLARING_H

#include "tool/verbs/verb.h"

/* The policy set by options of `stage`, which lives as long as the program; NULL: none. */
const staged_retry_policy *sh_policy_of(staged_namespace *words);

sh_verb_function sh_verb_argument, sh_verb_default, sh_verb_group, sh_verb_exclusive,
    sh_verb_commands, sh_verb_command, sh_verb_place, sh_verb_default_place, sh_verb_retry_on;

/* Turns bash's message about a file that it cannot parse into a mistake.  Returns false if it
 * can. */
bool sh_tell_unparsed(sh_shell *shell);
/* The next of the author's functions in the output of builtins, one per line; NULL: there are no
 * more. */
char *sh_next_function(char **at);
/* Keeps the name of a stage whose declaration is a mistake: its function is no further one. */
void sh_refuse_stage(sh_file *file, const char *name);
/* Takes the places of a file's functions. */
sh_verb_function sh_verb_places;
/* A command that is not there: replies with the verb or function that was probably meant.  While
 * the file is read it is a mistake then. */
sh_verb_function sh_verb_missing;

/* A copy of a list, which lives as long as the program; NULL if it is empty. */
const char *const *sh_copy_list(const char *const *list);

#endif
