/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The verbs that ask the operator.  This program asks, at its own terminal, while the process that
 * wants the answer waits for the reply, whatever its standard streams are. */
#include <stdlib.h>
#include <string.h>

#include <staged/question.h>

#include "tool/verbs/verb.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* A question, and the request for it. */
typedef struct question {
    sh_shell *shell;
    const sh_request *request;
    staged_namespace *words;
    char *text;
    const char *check; /* the author's function; NULL: none */
    char *reason;      /* why it has rejected an answer */
    bool is_password;
} question;

/* ---- Checks ---- */

/* Calls the author's function; its reason for a failure is shown to the operator. */
static const char *check_answer(staged_script *script, const char *answer, void *context)
{
    question *q = context;
    (void)script;
    /* Masks it in the function's output, whether or not it becomes the password. */
    if (q->is_password && sh_add_secret(q->shell, answer) != STAGED_OK)
        return "it cannot be kept secret";
    free(q->reason);
    q->reason = NULL;
    if (sh_call_check(q->shell, q->check, answer, &q->reason))
        return NULL;
    return q->reason == NULL ? "not a valid answer" : q->reason;
}

/* ---- Words ---- */

static const staged_argument_options confirm_arguments[] = {
    {.size = sizeof(staged_argument_options),
     .flags = "--default",
     .choices = (const char *const[]){"yes", "no", NULL}},
    {.size = sizeof(staged_argument_options), .flags = "--timeout", .type = STAGED_ARG_FLOAT},
    {.size = sizeof(staged_argument_options),
     .flags = "question",
     .metavar = "FORMAT",
     .nargs = STAGED_NARGS_COMMAND_AND_REST},
};

static const staged_argument_options prompt_arguments[] = {
    {.size = sizeof(staged_argument_options), .flags = "variable", .metavar = "VARIABLE"},
    {.size = sizeof(staged_argument_options), .flags = "--default"},
    {.size = sizeof(staged_argument_options), .flags = "--timeout", .type = STAGED_ARG_FLOAT},
    {.size = sizeof(staged_argument_options), .flags = "--check"},
    {.size = sizeof(staged_argument_options), .flags = "--choice", .action = STAGED_ARG_APPEND},
    {.size = sizeof(staged_argument_options),
     .flags = "--password",
     .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options),
     .flags = "question",
     .metavar = "FORMAT",
     .nargs = STAGED_NARGS_COMMAND_AND_REST},
};

/* The text of a question is not markup. */
static char *text_of(sh_shell *shell, const sh_request *request, size_t first)
{
    sh_format format;
    sh_text text = {0};
    const bool is_good = sh_format_words(shell, request, first, &format);
    if (is_good) {
        sh_text_print(&text, sh_text_of(&format.format), SH_VALUES(&format));
        sh_text_add(&text, "", 0);
    }
    sh_format_free(&format);
    return text.bytes;
}

/* Reads the words of a question.  Returns false after replying with a mistake. */
static bool begin(question *q, const staged_argument_options *table, size_t count)
{
    q->words = sh_read_words(q->shell, q->request, table, count);
    if (q->words == NULL)
        return false;
    q->text = text_of(q->shell, q->request,
                      q->request->word_count - staged_namespace_count(q->words, "question"));
    return q->text != NULL;
}

static void end(question *q)
{
    staged_namespace_free(q->words);
    free(q->text);
    free(q->reason);
}

static staged_question_options options_of(question *q)
{
    return (staged_question_options){.size = sizeof(staged_question_options),
                                     .default_text = staged_namespace_text(q->words, "default"),
                                     .time_limit_s = staged_namespace_float(q->words, "timeout"),
                                     .check = q->check == NULL ? NULL : check_answer,
                                     .check_context = q->check == NULL ? NULL : q,
                                     .where = q->request->where};
}

/* ---- The verbs ---- */

/* The status is the answer, so a question that cannot be asked ends the process, even where the
 * verb is a condition. */
void sh_verb_confirm(sh_shell *shell, const sh_request *request)
{
    question q = {.shell = shell, .request = request};
    if (begin(&q, confirm_arguments, COUNT(confirm_arguments))) {
        const staged_question_options options = options_of(&q);
        bool yes;
        const staged_status status = staged_confirm_text(shell->script, &options, &yes, q.text);
        if (status == STAGED_OK)
            sh_answer(shell, !yes);
        else
            sh_answer_exit(shell, sh_keep_failure(shell, request, status));
    }
    end(&q);
}

/* Asks according to the options.  The caller frees the answer. */
static staged_status ask(question *q, const staged_question_options *options, char **answer)
{
    staged_script *script = q->shell->script;
    const char *const *choices = staged_namespace_list(q->words, "choice");
    if (*choices != NULL) {
        size_t index = 0;
        STAGED_TRY(staged_choose_text(script, options, choices, &index, q->text));
        *answer = sh_copy(choices[index]);
        return STAGED_OK;
    }
    if (!q->is_password)
        return staged_prompt_text(script, options, answer, q->text);
    STAGED_TRY(staged_prompt_password_text(script, options, answer, q->text));
    return sh_add_secret(q->shell, *answer);
}

/* Sets the variable, and makes the function's own process write where secrets are masked. */
static void answer_prompt(question *q, const char *variable, const char *answer)
{
    sh_text text = {0};
    if (q->is_password && q->request->pid == q->shell->frame->pid)
        sh_add_redirection(q->shell, &text);
    sh_text_addf(&text, "%s=", variable);
    sh_text_add_word(&text, answer);
    sh_answer_eval(q->shell, sh_text_of(&text));
    sh_answer(q->shell, 0);
    sh_text_free(&text);
}

static void ask_and_answer(question *q)
{
    const sh_frame *frame = q->shell->frame;
    const staged_question_options options = options_of(q);
    char *answer = NULL;
    const staged_status status = ask(q, &options, &answer);
    if (frame->done) /* the process that asked was killed during a check */
        (void)status;
    else if (status == STAGED_OK)
        answer_prompt(q, staged_namespace_text(q->words, "variable"), answer);
    else
        sh_fail_verb(q->shell, q->request, status);
    free(answer);
}

/* What is wrong with the combination of options; NULL: nothing. */
static const char *contradiction(const question *q)
{
    const bool has_choices = *staged_namespace_list(q->words, "choice") != NULL;
    if (!sh_is_name(staged_namespace_text(q->words, "variable")))
        return "prompt needs the name of a variable first";
    if (q->is_password && sh_any_work_goes_on(q->shell->frame))
        return "prompt: ask for passwords before starting background work, which could print them";
    if (has_choices && q->is_password)
        return "prompt: a password has no choices";
    if (has_choices && q->check != NULL)
        return "prompt: choices need no check";
    if (q->check != NULL && !sh_has_function(&q->shell->source, q->check))
        return "prompt: --check needs a function of the script";
    return NULL;
}

void sh_verb_prompt(sh_shell *shell, const sh_request *request)
{
    question q = {.shell = shell, .request = request};
    if (begin(&q, prompt_arguments, COUNT(prompt_arguments))) {
        q.check = staged_namespace_text(q.words, "check");
        q.is_password = staged_namespace_bool(q.words, "password");
        const char *wrong = contradiction(&q);
        if (wrong != NULL)
            sh_bad_verb(shell, request, "%s", wrong);
        else if (q.check != NULL && shell->frame->id != request->frame)
            sh_bad_verb(shell, request,
                        "'prompt --check' cannot be used beside another function that runs");
        else
            ask_and_answer(&q);
    }
    end(&q);
}
