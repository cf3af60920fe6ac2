/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A question to the operator, and how its answers are read. */
#ifndef STG_SCRIPT_COMMAND_QUESTION_H
#define STG_SCRIPT_COMMAND_QUESTION_H

#include <staged/question.h>

#include "base/text/buf.h"
#include "script/state/object.h"

typedef enum stg_question_kind {
    STG_QUESTION_CONFIRM,
    STG_QUESTION_TEXT,
    STG_QUESTION_CHOICE,
    STG_QUESTION_PASSWORD
} stg_question_kind;

typedef struct stg_question {
    staged_script *script;
    stg_question_kind kind;
    const staged_question_options *options;
    const char *const *choices; /* CHOICE; ended with NULL */
    char *text;                 /* the question, masked */
    char *default_answer;       /* NULL: none */
    char *answer;               /* NULL: none yet; "yes" or "no" to a confirmation */
} stg_question;

/* Reads an answer.
 *   answer  receives it as it is to be kept; to be released with stg_typed_free; NULL when refused
 *   reason  receives why it is refused
 * Returns STAGED_OK, STAGED_BAD_INPUT or STAGED_NO_MEMORY. */
staged_status stg_question_read(const stg_question *question, const char *typed, char **answer,
                                stg_buf *reason);
/* Adds what the operator is to read: the question, and what can be answered. */
void stg_question_add_prompt(const stg_question *question, stg_buf *prompt);

#endif
