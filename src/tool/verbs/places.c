/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The verbs by which a file declares where its commands run. */
#include <stdlib.h>
#include <string.h>

#include "tool/verbs/declaring.h"

static bool has_place(const sh_file *file, const char *name)
{
    for (size_t i = 0; i < file->place_count; i++) {
        if (strcmp(file->places[i].name, name) == 0)
            return true;
    }
    return false;
}

/* `place NAME KIND WORDS...`.  A file that extends another one may declare its places anew. */
void sh_verb_place(sh_shell *shell, const sh_request *request)
{
    sh_file *file = sh_source_file(&shell->source);
    const char *const *words = (const char *const *)(uintptr_t)request->words;
    if (request->word_count < 2) {
        sh_bad_verb(shell, request, "place needs a name and a kind, as in: place box ssh HOST");
        return;
    }
    if (has_place(file, words[0])) {
        sh_bad_verb(shell, request, "place '%s' is declared twice", words[0]);
        return;
    }
    char *problem;
    if (staged_place_check(words[0], words[1], words + 2, &problem) != STAGED_OK) {
        sh_bad_verb(shell, request, "%s", problem == NULL ? "out of memory" : problem);
        free(problem);
        return;
    }
    file->places = sh_grown(file->places, file->place_count, sizeof *file->places);
    file->places[file->place_count++] = (sh_declared_place){.name = sh_copy(words[0]),
                                                            .kind = sh_copy(words[1]),
                                                            .words = sh_copy_list(words + 2),
                                                            .where = request->where};
}

void sh_verb_default_place(sh_shell *shell, const sh_request *request)
{
    sh_file *file = sh_source_file(&shell->source);
    if (request->word_count != 1 || *request->words[0] == '\0') {
        sh_bad_verb(shell, request, "default_place needs the name of a place");
        return;
    }
    free(file->default_place);
    file->default_place = sh_copy(request->words[0]);
    file->default_where = request->where;
}

void sh_verb_retry_on(sh_shell *shell, const sh_request *request)
{
    if (request->word_count != 1 || strcmp(request->words[0], "place") != 0)
        sh_bad_verb(shell, request, "retry_on takes one word, as in: retry_on place");
    else
        sh_source_file(&shell->source)->retries_on_place = true;
}
