/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The verbs that set variables. */
#include <stdlib.h>

#include "tool/verbs/verb.h"

/* Sets a variable in the process that asks. */
static void answer_variable(sh_shell *shell, const char *name, const char *value)
{
    sh_text text = {0};
    sh_text_addf(&text, "%s=", name);
    sh_text_add_word(&text, value);
    sh_answer_eval(shell, sh_text_of(&text));
    sh_answer(shell, 0);
    sh_text_free(&text);
}

static bool names_variable(sh_shell *shell, const sh_request *request)
{
    if (request->word_count > 0 && sh_is_name(request->words[0]))
        return true;
    sh_bad_verb(shell, request, "%s needs the name of a variable", request->verb);
    return false;
}

void sh_verb_unique_directory(sh_shell *shell, const sh_request *request)
{
    if (!names_variable(shell, request))
        return;
    if (request->word_count != 2) {
        sh_bad_verb(shell, request, "unique_directory needs a variable and a prefix");
        return;
    }
    const char *path = NULL;
    const staged_status status = staged_unique_directory(shell->script, request->words[1], &path);
    if (status == STAGED_OK)
        answer_variable(shell, request->words[0], path == NULL ? "" : path);
    else
        sh_fail_verb(shell, request, status);
}

void sh_verb_unique_name(sh_shell *shell, const sh_request *request)
{
    enum { USUAL_LENGTH = 10, LONGEST = 64 };
    if (!names_variable(shell, request))
        return;
    char *end = NULL;
    const long length =
        request->word_count > 2 ? strtol(request->words[2], &end, 10) : USUAL_LENGTH;
    if (request->word_count < 2 || request->word_count > 3 || length < 1 || length > LONGEST ||
        (end != NULL && *end != '\0')) {
        sh_bad_verb(shell, request,
                    "unique_name needs a variable, a prefix, and a length from 1 to 64");
        return;
    }
    const char *name = staged_unique_name(shell->script, request->words[1], (int)length);
    if (name != NULL)
        answer_variable(shell, request->words[0], name);
    else
        sh_fail_verb(shell, request, STAGED_FAILED);
}

/* Changes an argument: its variable, and its value in the summary. */
void sh_verb_set_argument(sh_shell *shell, const sh_request *request)
{
    if (!names_variable(shell, request))
        return;
    const char *name = request->words[0];
    staged_namespace *args = staged_script_args(shell->script);
    const staged_value *before = args == NULL ? NULL : staged_namespace_value(args, name);
    const bool is_list = before != NULL && before->kind == STAGED_VALUE_LIST;
    if (before == NULL) {
        sh_bad_verb(shell, request,
                    "set_argument: there is no argument '%s', or none before they are parsed",
                    name);
        return;
    }
    if (request->word_count != 2 && !is_list) {
        sh_bad_verb(shell, request, "set_argument needs an argument of the script and its value");
        return;
    }
    const char *const *words = (const char *const *)(uintptr_t)request->words + 1;
    sh_text text = {0};
    sh_text_addf(&text, "%s=%s", name, is_list ? "(" : "");
    for (size_t i = 0; words[i] != NULL; i++) {
        sh_text_addf(&text, is_list ? " " : "");
        sh_text_add_word(&text, words[i]);
    }
    sh_text_addf(&text, is_list ? ")" : "");
    const unsigned version = shell->version;
    sh_news_set(shell, name, sh_text_of(&text));
    sh_news_tell(shell, version, sh_find_frame(shell, request->frame));
    sh_text_free(&text);
    sh_fail_verb(shell, request,
                 is_list ? staged_namespace_set_list(args, name, words)
                         : staged_namespace_set(args, name, staged_value_text(words[0])));
}
