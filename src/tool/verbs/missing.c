/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands that are not there. */
#include <stdlib.h>
#include <string.h>

#include <staged/words.h>

#include "tool/verbs/declaring.h"

static void add_name(const char ***names, size_t *count, const char *name)
{
    *names = sh_grown(*names, *count, sizeof **names);
    (*names)[(*count)++] = name;
}

static void add_verbs(const char ***names, size_t *count, const sh_verb *table, sh_verb_when when)
{
    for (const sh_verb *verb = table; verb->name != NULL; verb++) {
        if ((verb->when & when) != 0)
            add_name(names, count, verb->name);
    }
}

/* What could be called where the command is, terminated by NULL; the caller frees the list. */
static const char **callable_names(const sh_shell *shell)
{
    const sh_verb_when when = shell->frame == NULL ? SH_WHILE_READ : SH_WHILE_RUNNING;
    const char **names = NULL;
    size_t count = 0;
    add_verbs(&names, &count, sh_declaring_verbs, when);
    add_verbs(&names, &count, sh_running_verbs, when);
    for (size_t i = 0; i < shell->source.file_count; i++) {
        const sh_file *file = shell->source.files[i];
        for (size_t k = 0; k < file->function_count; k++)
            add_name(&names, &count, file->functions[k].name);
    }
    add_name(&names, &count, NULL);
    return names;
}

void sh_verb_missing(sh_shell *shell, const sh_request *request)
{
    enum { SHORTEST = 3 }; /* almost any verb is close to a shorter word */
    const char *word = request->word_count == 0 ? "" : request->words[0];
    const char **names = callable_names(shell);
    const char *meant = strlen(word) < SHORTEST ? NULL : staged_word_closest(word, names);
    free(names);
    if (meant != NULL) {
        sh_text text = {0};
        sh_text_addf(&text, "_staged_meant=%s _staged_told=%s", meant,
                     shell->frame == NULL ? "x" : "");
        sh_answer_eval(shell, sh_text_of(&text));
        sh_text_free(&text);
    }
    if (meant != NULL && strcmp(meant, "stage") == 0 && request->word_count > 1)
        sh_refuse_stage(sh_source_file(&shell->source), request->words[1]);
    if (meant != NULL && shell->frame == NULL)
        sh_bad_verb(shell, request, "%s: command not found; did you mean '%s'?", word, meant);
    else
        sh_answer(shell, 0);
}
