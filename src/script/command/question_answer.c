/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The possible answers to a question. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "process/framework.h"
#include "script/command/question.h"

/* Below the log's time column. */
static const char indent[] = "           ";

static staged_status refuse(stg_buf *reason, const char *text)
{
    stg_buf_add_text(reason, text);
    return STAGED_BAD_INPUT;
}

static staged_status take(const char *text, size_t length, char **answer)
{
    *answer = strndup(text, length);
    return *answer == NULL ? STAGED_NO_MEMORY : STAGED_OK;
}

static bool is_one_of(const char *text, const char *whole, const char *letter)
{
    return strcasecmp(text, whole) == 0 || strcasecmp(text, letter) == 0;
}

static staged_status read_confirmation(const char *text, char **answer, stg_buf *reason)
{
    if (is_one_of(text, "yes", "y"))
        return take("yes", 3, answer);
    if (is_one_of(text, "no", "n"))
        return take("no", 2, answer);
    return refuse(reason, "answer yes or no");
}

static size_t count_of(const char *const *choices)
{
    size_t count = 0;
    while (choices[count] != NULL)
        count++;
    return count;
}

/* The index of the choice that a text names, by itself, by an unambiguous beginning, or by its
 * number; the number of choices if there is none. */
static size_t find_choice(const char *const *choices, const char *text)
{
    const size_t count = count_of(choices);
    size_t begun = count;
    size_t begun_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(choices[i], text) == 0)
            return i;
        if (*text != '\0' && strncmp(choices[i], text, strlen(text)) == 0) {
            begun = i;
            begun_count++;
        }
    }
    if (begun_count == 1)
        return begun;
    char *end;
    const unsigned long number = isdigit((unsigned char)*text) ? strtoul(text, &end, 10) : 0;
    return number >= 1 && number <= count && *end == '\0' ? number - 1 : count;
}

static staged_status read_choice(const stg_question *q, const char *text, char **answer,
                                 stg_buf *reason)
{
    const size_t index = find_choice(q->choices, text);
    if (q->choices[index] == NULL) {
        stg_buf_addf(reason, "answer with one of the choices, or its number from 1 to %zu", index);
        return STAGED_BAD_INPUT;
    }
    return take(q->choices[index], strlen(q->choices[index]), answer);
}

/* Without the blanks around it, which are invisible. */
static staged_status take_trimmed(const char *typed, char **answer)
{
    while (isspace((unsigned char)*typed))
        typed++;
    size_t length = strlen(typed);
    while (length > 0 && isspace((unsigned char)typed[length - 1]))
        length--;
    return take(typed, length, answer);
}

/* The author's check decides. */
static staged_status check(const stg_question *q, const char *answer, stg_buf *reason)
{
    const staged_question_options *o = q->options;
    if (o->check == NULL)
        return *answer == '\0' ? refuse(reason, "an answer is needed") : STAGED_OK;
    const char *why = o->check(q->script, answer, o->check_context);
    return why == NULL ? STAGED_OK : refuse(reason, why);
}

static staged_status read_of_kind(const stg_question *q, const char *text, char **answer,
                                  stg_buf *reason)
{
    switch (q->kind) {
    case STG_QUESTION_CONFIRM:
        return read_confirmation(text, answer, reason);
    case STG_QUESTION_CHOICE:
        return read_choice(q, text, answer, reason);
    case STG_QUESTION_TEXT:
    case STG_QUESTION_PASSWORD:
        break;
    }
    if (q->kind == STG_QUESTION_PASSWORD && strlen(text) < STAGED_SECRET_SHORTEST)
        return refuse(reason, "too short to be kept secret");
    return take(text, strlen(text), answer);
}

staged_status stg_question_read(const stg_question *question, const char *typed, char **answer,
                                stg_buf *reason)
{
    *answer = NULL;
    char *text = NULL;
    staged_status status = question->kind == STG_QUESTION_PASSWORD
                               ? take(typed, strlen(typed), &text)
                               : take_trimmed(typed, &text);
    if (status == STAGED_OK)
        status = read_of_kind(question, text, answer, reason);
    if (status == STAGED_OK)
        status = check(question, *answer, reason);
    if (status != STAGED_OK) {
        stg_typed_free(*answer);
        *answer = NULL;
    }
    stg_typed_free(text);
    return status;
}

static void add_choices(const stg_question *q, stg_buf *prompt)
{
    for (size_t i = 0; q->choices[i] != NULL; i++)
        stg_buf_addf(prompt, "\n%s  %zu) %s", indent, i + 1, q->choices[i]);
    stg_buf_addf(prompt, "\n%s", indent);
}

void stg_question_add_prompt(const stg_question *question, stg_buf *prompt)
{
    const stg_question *q = question;
    stg_buf_addf(prompt, "%s%s", indent, q->text);
    if (q->kind == STG_QUESTION_CHOICE)
        add_choices(q, prompt);
    else
        stg_buf_add_char(prompt, ' ');
    if (q->kind == STG_QUESTION_CONFIRM)
        stg_buf_add_text(prompt, q->default_answer == NULL               ? "[y/n] "
                                 : strcmp(q->default_answer, "yes") == 0 ? "[Y/n] "
                                                                         : "[y/N] ");
    else if (q->kind == STG_QUESTION_CHOICE && q->default_answer == NULL)
        stg_buf_addf(prompt, "[1-%zu] ", count_of(q->choices));
    else if (q->kind == STG_QUESTION_PASSWORD)
        stg_buf_add_text(prompt, q->default_answer == NULL ? "(not shown) "
                                                           : "(not shown) [" STAGED_SECRET_MASK
                                                             "] ");
    else if (q->default_answer != NULL)
        stg_buf_addf(prompt, "[%s] ", q->default_answer);
    if (q->options->time_limit_s > 0)
        stg_buf_addf(prompt, "(within %g s) ", q->options->time_limit_s);
}
