/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Maps verbs to functions, and does what all verbs need. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/words.h>

#include "tool/verbs/verb.h"

/* What an author writes, other than a `retry` that takes the reason of the last command. */
static bool goes_on(const sh_request *request)
{
    if (request->word_count == 0 && strcmp(request->verb, "retry") == 0)
        return false;
    for (const sh_verb *verb = sh_running_verbs; verb->name != NULL; verb++) {
        if (strcmp(verb->name, request->verb) == 0)
            return true;
    }
    return false;
}

static const sh_verb *find_verb(const char *name)
{
    const sh_verb *const tables[] = {sh_own_verbs, sh_running_verbs, sh_declaring_verbs};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        for (const sh_verb *verb = tables[i]; verb->name != NULL; verb++) {
            if (strcmp(verb->name, name) == 0)
                return verb;
        }
    }
    return NULL;
}

/* What the prelude itself does for work that is a single command gets the place where the work was
 * started. */
static staged_location place_of(const sh_shell *shell, const sh_request *request)
{
    const sh_frame *frame = sh_find_frame(shell, request->frame);
    const bool is_ours = strcmp(request->where.file, sh_text_of(&shell->bash.prelude_path)) == 0;
    return sh_keep_place(is_ours && frame != NULL ? &frame->function->where : &request->where);
}

void sh_do_request(sh_shell *shell, const sh_request *request)
{
    sh_request kept = *request;
    const sh_function *renamed = sh_find_renamed(&shell->source, request->function);
    kept.where = renamed != NULL ? renamed->where : place_of(shell, request);
    /* Copies: while this request is served, another one reuses its memory. */
    char *function = sh_copy(renamed != NULL ? renamed->name : request->function);
    char *name = sh_copy(request->verb);
    kept.function = function;
    kept.verb = name;
    const sh_verb *verb = find_verb(request->verb);
    if (goes_on(request))
        sh_tell_untold(shell, sh_find_frame(shell, request->frame));
    kept.is_told = verb != NULL && verb->when == SH_DECLARES && shell->frame == NULL;
    if (verb == NULL) {
        sh_bad_verb(shell, &kept, "there is no verb '%s'", request->verb);
    } else if (shell->frame == NULL && (verb->when & SH_WHILE_READ) == 0) {
        /* `run` and `ask` would run their command, and report its end. */
        sh_answer_eval(shell, "_staged_how=shown");
        sh_bad_verb(shell, &kept, "'%s' works in stages and hooks, not while the file is read",
                    request->verb);
    } else if (shell->frame != NULL && (verb->when & SH_WHILE_RUNNING) == 0) {
        sh_bad_verb(shell, &kept, "'%s' works outside of functions, while the file is read",
                    request->verb);
    } else {
        verb->function(shell, &kept);
    }
    free(function);
    free(name);
}
