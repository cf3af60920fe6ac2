/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A script that asks its operator. */
#include <stdlib.h>

#include <staged/staged.h>

static staged_status text(staged_call *c)
{
    char *answer;
    STAGED_TRY(staged_prompt(c->script, &answer, "Which version?"));
    free(answer);
    return STAGED_OK;
}

static staged_status password(staged_call *c)
{
    char *answer;
    STAGED_TRY(staged_prompt_password(c->script, &answer, "Password:"));
    const staged_status status = staged_runf(c->script, "echo %s", answer);
    free(answer);
    return status;
}

static staged_status limited(staged_call *c)
{
    bool yes;
    return staged_confirm(c->script, &yes, "Really?");
}

static const staged_class question_program = {
    STAGED_CLASS("QuestionProgram"),
    .methods = STAGED_METHODS(
        STAGED_STAGE("text", "Asking for a text", text),
        STAGED_STAGE("password", "Asking for a password", password),
        STAGED_STAGE("limited", "Asking for a short time", limited, .time_limit_s = 0.2)),
};

int main(int argc, char **argv)
{
    return staged_main(&question_program, argc, argv);
}
