/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Arguments that answer questions. */
#include <staged/question.h>

#include "script/arguments/arguments.h"

void staged_script_add_question_arguments(staged_script *script)
{
    /* An override may add them before it calls staged_super. */
    if (stg_build_parser(script) != STAGED_OK)
        return;
    staged_argument_group *group =
        staged_parser_add_group(script->arguments.parser, "questions", NULL);
    staged_argument_group_add_argument(group, "--yes", .action = STAGED_ARG_STORE_TRUE,
                                       .help = "Answer yes to all confirmations.");
    staged_argument_group_add_argument(
        group, "--no-input", .action = STAGED_ARG_STORE_TRUE,
        .help = "Ask nothing: take the defaults, and fail where there is none.");
    script->arguments.answers_questions = true;
}
