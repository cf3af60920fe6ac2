/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A question to the operator, and the reading of answers. */
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
    const char *const *choices; /* for CHOICE; terminated by NULL */
    char *text;                 /* the question, masked */
    char *default_answer;       /* NULL: none */
    char *answer;               /* NULL: none yet; "yes" or "no" for a confirmation */
} stg_question;

/* Reads an answer.
 *   answer  receives it in its final form, to release with stg_typed_free; NULL when rejected
 *   reason  receives why it was rejected
 * Returns STAGED_OK, STAGED_BAD_INPUT or STAGED_NO_MEMORY. */
staged_status stg_question_read(const stg_question *question, const char *typed, char **answer,
                                stg_buf *reason);
/* Adds the prompt: the question, and the possible answers. */
void stg_question_add_prompt(const stg_question *question, stg_buf *prompt);

#endif
