/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Asks the operator. */
#include "script/command/question.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <staged/live.h>

#include "base/failure/options.h"
#include "base/system/duration.h"
#include "process/framework.h"
#include "script/command/interrupt.h"
#include "script/command/time_limit.h"
#include "script/state/attributes.h"
#include "script/state/bugs.h"
#include "script/state/events.h"
#include "script/state/fail.h"
#include "script/state/mask.h"
#include "script/state/work.h"

/* ---- The outcome ---- */

STAGED_PRINTF(3, 4)
static staged_status fail(const stg_question *q, staged_status status, const char *format, ...)
{
    stg_buf reason = {0};
    va_list values;
    va_start(values, format);
    stg_buf_vaddf(&reason, format, values);
    va_end(values);
    stg_ignore(staged_fail_at(q->script, &q->options->where, "cannot ask '%s': %s", q->text,
                              stg_buf_text(&reason)));
    stg_buf_free(&reason);
    return status;
}

/* Takes an answer as final: keeps, records and logs it.
 *   origin  its source; "": the operator */
static staged_status settle(stg_question *q, const char *answer, const char *origin)
{
    char *kept = strdup(answer);
    if (kept == NULL)
        return STAGED_NO_MEMORY;
    stg_typed_free(q->answer);
    q->answer = kept;
    if (q->kind == STG_QUESTION_PASSWORD)
        STAGED_TRY(staged_script_add_secret(q->script, answer));
    char *shown = q->kind == STG_QUESTION_PASSWORD ? strdup(STAGED_SECRET_MASK)
                                                   : stg_masked(q->script, answer);
    if (shown == NULL)
        return STAGED_NO_MEMORY;
    stg_emit(q->script, &(staged_event){.kind = STAGED_EVENT_QUESTION,
                                        .message = q->text,
                                        .answer = shown,
                                        .where = q->options->where});
    const staged_status status =
        *origin == '\0'
            ? staged_log_at(q->script, &q->options->where, "%s  [bold]%s[/]", q->text, shown)
            : staged_log_at(q->script, &q->options->where, "%s  [bold]%s[/]  (%s)", q->text, shown,
                            origin);
    free(shown);
    return status;
}

static bool may_say_yes(const stg_question *q)
{
    bool may = false;
    for (const staged_script *each = q->script; each != NULL; each = each->outer)
        may = may || each->arguments.answers_questions;
    return may && q->kind == STG_QUESTION_CONFIRM;
}

/* Takes the default in place of an answer; fails if there is none. */
static staged_status do_without(stg_question *q, staged_status status, const char *why)
{
    if (q->default_answer == NULL)
        return fail(q, status, "%s, and there is no default%s", why,
                    may_say_yes(q) ? "; --yes confirms it" : "");
    stg_buf origin = {0};
    stg_buf_addf(&origin, "the default: %s", why);
    status = settle(q, q->default_answer, stg_buf_text(&origin));
    stg_buf_free(&origin);
    return status;
}

/* ---- Whether to ask ---- */

/* Whether an argument of staged_script_add_question_arguments was given to this script or one that
 * uses it. */
static bool is_said(const staged_script *script, const char *name)
{
    for (; script != NULL; script = script->outer) {
        if (script->arguments.answers_questions && script->arguments.args != NULL &&
            staged_namespace_bool(script->arguments.args, name))
            return true;
    }
    return false;
}

/* Why nobody can be asked; NULL: somebody can. */
static const char *why_nobody(const staged_script *script)
{
    const char *ci = getenv("CI");
    if (is_said(script, "no_input"))
        return "--no-input was given";
    if (!stg_can_type())
        return "standard input is not a terminal";
    return ci != NULL && *ci != '\0' ? "the variable CI is set" : NULL;
}

static staged_status pretend(stg_question *q)
{
    const char *answer = q->default_answer != NULL         ? q->default_answer
                         : q->kind == STG_QUESTION_CONFIRM ? "yes"
                                                           : NULL;
    if (answer == NULL)
        return fail(q, STAGED_UNKNOWN, "a dry run asks nothing, and there is no default");
    return settle(q, answer, "a dry run asks nothing");
}

/* ---- Asking ---- */

static staged_status type_aside(const stg_question *q, const char *prompt, int64_t wait_ns,
                                char **typed, stg_error *error)
{
    staged_console *console = q->script->console;
    (void)staged_console_pause(console);
    (void)staged_console_flush(console);
    const staged_status status =
        stg_type(prompt, q->kind == STG_QUESTION_PASSWORD, wait_ns, typed, error);
    (void)staged_console_resume(console);
    return status;
}

static staged_status out_of_time(stg_question *q)
{
    char why[64];
    STAGED_TRY(stg_unless_too_late(q->script, STAGED_OK));
    (void)snprintf(why, sizeof why, "no answer within %g s", q->options->time_limit_s);
    return do_without(q, STAGED_TIMED_OUT, why);
}

static staged_status no_line(stg_question *q, staged_status status, const stg_error *error)
{
    switch (status) {
    case STAGED_INTERRUPTED:
        return stg_unless_interrupted(q->script, STAGED_INTERRUPTED);
    case STAGED_TIMED_OUT:
        return out_of_time(q);
    case STAGED_CLOSED:
        return fail(q, STAGED_FAILED, "the input ended");
    case STAGED_NO_MEMORY:
        return status;
    default:
        return fail(q, STAGED_FAILED, "%s", stg_error_text(error));
    }
}

/* Reads what was typed.  Returns STAGED_RETRY when it is rejected. */
static staged_status judge(stg_question *q, const char *typed, stg_buf *reason)
{
    if (*typed == '\0' && q->default_answer != NULL)
        return settle(q, q->default_answer, "the default");
    char *answer;
    const staged_status status = stg_question_read(q, typed, &answer, reason);
    if (status == STAGED_BAD_INPUT)
        return STAGED_RETRY;
    if (status != STAGED_OK)
        return status;
    const staged_status settled = settle(q, answer, "");
    stg_typed_free(answer);
    return settled;
}

static int64_t now_ns(const staged_script *script)
{
    return script->clock->monotonic_ns(script->clock->context);
}

/* Asks once; `reason` says why the last answer was rejected, and receives why this one is. */
static staged_status ask_once(stg_question *q, int64_t until_ns, stg_buf *reason)
{
    stg_buf prompt = {0};
    stg_error error = {0};
    char *typed = NULL;
    if (reason->length > 0)
        stg_buf_addf(&prompt, "           %s\n", stg_buf_text(reason));
    stg_question_add_prompt(q, &prompt);
    stg_buf_clear(reason);
    const int64_t stage_ns = stg_time_left_ns(q->script);
    const int64_t own_ns = until_ns == INT64_MAX ? INT64_MAX : until_ns - now_ns(q->script);
    staged_status status = stg_buf_status(&prompt);
    if (status == STAGED_OK)
        status = type_aside(q, stg_buf_text(&prompt), own_ns < stage_ns ? own_ns : stage_ns, &typed,
                            &error);
    status = status == STAGED_OK ? judge(q, typed, reason) : no_line(q, status, &error);
    stg_typed_free(typed);
    stg_error_free(&error);
    stg_buf_free(&prompt);
    return status;
}

static staged_status ask(stg_question *q)
{
    const double limit_s = q->options->time_limit_s;
    const int64_t until_ns =
        limit_s > 0 ? now_ns(q->script) + stg_seconds_ns(limit_s < 1e9 ? limit_s : 1e9) : INT64_MAX;
    stg_buf reason = {0};
    staged_status status;
    do {
        status = ask_once(q, until_ns, &reason);
    } while (status == STAGED_RETRY);
    stg_buf_free(&reason);
    return status;
}

/* ---- One question ---- */

static staged_status read_default(stg_question *q)
{
    if (q->options->default_text == NULL)
        return STAGED_OK;
    stg_buf reason = {0};
    staged_status status =
        stg_question_read(q, q->options->default_text, &q->default_answer, &reason);
    if (status == STAGED_BAD_INPUT)
        status = fail(q, STAGED_FAILED, "its default is not valid: %s", stg_buf_text(&reason));
    stg_buf_free(&reason);
    return status;
}

static staged_status find_answer(stg_question *q)
{
    if (isnan(q->options->time_limit_s))
        return fail(q, STAGED_FAILED, "its time limit must be a number, not NaN");
    if (q->kind == STG_QUESTION_PASSWORD && stg_work_goes_on(q->script))
        return fail(q, STAGED_FAILED,
                    "ask for passwords before starting background work, which could print them");
    STAGED_TRY(read_default(q));
    if (stg_is_dry_run(q->script))
        return pretend(q);
    if (q->kind == STG_QUESTION_CONFIRM && is_said(q->script, "yes"))
        return settle(q, "yes", "--yes");
    const char *why = why_nobody(q->script);
    return why == NULL ? ask(q) : do_without(q, STAGED_FAILED, why);
}

/* Fills in the text, and finds the answer. */
static staged_status answer(stg_question *q, const char *format, va_list values)
{
    STAGED_TRY(stg_need_text(q->script, &q->options->where, format, "a question"));
    STAGED_TRY(stg_only_owner(q->script, "asking the operator"));
    stg_buf text = {0};
    stg_buf_vaddf(&text, format, values);
    q->text =
        stg_buf_status(&text) == STAGED_OK ? stg_masked(q->script, stg_buf_text(&text)) : NULL;
    stg_buf_free(&text);
    return q->text == NULL ? STAGED_NO_MEMORY : find_answer(q);
}

/* Releases the question, and passes its answer to the caller. */
static void finish(stg_question *q, staged_status status, char **answer)
{
    if (status == STAGED_OK && answer != NULL) {
        *answer = q->answer;
        q->answer = NULL;
    }
    stg_typed_free(q->answer);
    stg_typed_free(q->default_answer);
    free(q->text);
}

staged_status staged_confirm_v(staged_script *script, const staged_question_options *options,
                               bool *yes, const char *format, va_list values)
{
    staged_question_options own;
    *yes = false;
    STAGED_TRY(
        stg_refuse_options(script, STG_READ_OPTIONS(&own, options, staged_question_options)));
    stg_question q = {.script = script, .kind = STG_QUESTION_CONFIRM, .options = &own};
    const staged_status status = answer(&q, format, values);
    *yes = status == STAGED_OK && q.answer != NULL && strcmp(q.answer, "yes") == 0;
    finish(&q, status, NULL);
    return status;
}

staged_status staged_confirm_with(staged_script *script, const staged_question_options *options,
                                  bool *yes, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_confirm_v(script, options, yes, format, values);
    va_end(values);
    return status;
}

staged_status staged_confirm_text(staged_script *script, const staged_question_options *options,
                                  bool *yes, const char *text)
{
    return text == NULL ? staged_confirm_with(script, options, yes, NULL)
                        : staged_confirm_with(script, options, yes, "%s", text);
}

staged_status staged_prompt_v(staged_script *script, const staged_question_options *options,
                              char **answer_text, const char *format, va_list values)
{
    staged_question_options own;
    *answer_text = NULL;
    STAGED_TRY(
        stg_refuse_options(script, STG_READ_OPTIONS(&own, options, staged_question_options)));
    stg_question q = {.script = script, .kind = STG_QUESTION_TEXT, .options = &own};
    const staged_status status = answer(&q, format, values);
    finish(&q, status, answer_text);
    return status;
}

staged_status staged_prompt_with(staged_script *script, const staged_question_options *options,
                                 char **answer_text, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_prompt_v(script, options, answer_text, format, values);
    va_end(values);
    return status;
}

staged_status staged_prompt_text(staged_script *script, const staged_question_options *options,
                                 char **answer_text, const char *text)
{
    return text == NULL ? staged_prompt_with(script, options, answer_text, NULL)
                        : staged_prompt_with(script, options, answer_text, "%s", text);
}

staged_status staged_choose_v(staged_script *script, const staged_question_options *options,
                              const char *const *choices, size_t *index, const char *format,
                              va_list values)
{
    staged_question_options own;
    STAGED_TRY(
        stg_refuse_options(script, STG_READ_OPTIONS(&own, options, staged_question_options)));
    stg_question q = {
        .script = script, .kind = STG_QUESTION_CHOICE, .options = &own, .choices = choices};
    if (choices == NULL || choices[0] == NULL)
        return staged_fail_at(script, &q.options->where, "a question with choices needs some");
    const staged_status status = answer(&q, format, values);
    for (size_t i = 0; status == STAGED_OK && q.answer != NULL && choices[i] != NULL; i++) {
        if (strcmp(choices[i], q.answer) == 0) {
            *index = i;
            break;
        }
    }
    finish(&q, status, NULL);
    return status;
}

staged_status staged_choose_with(staged_script *script, const staged_question_options *options,
                                 const char *const *choices, size_t *index, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_choose_v(script, options, choices, index, format, values);
    va_end(values);
    return status;
}

staged_status staged_choose_text(staged_script *script, const staged_question_options *options,
                                 const char *const *choices, size_t *index, const char *text)
{
    return text == NULL ? staged_choose_with(script, options, choices, index, NULL)
                        : staged_choose_with(script, options, choices, index, "%s", text);
}

staged_status staged_prompt_password_v(staged_script *script,
                                       const staged_question_options *options, char **answer_text,
                                       const char *format, va_list values)
{
    staged_question_options own;
    *answer_text = NULL;
    STAGED_TRY(
        stg_refuse_options(script, STG_READ_OPTIONS(&own, options, staged_question_options)));
    stg_question q = {.script = script, .kind = STG_QUESTION_PASSWORD, .options = &own};
    const staged_status status = answer(&q, format, values);
    finish(&q, status, answer_text);
    return status;
}

staged_status staged_prompt_password_with(staged_script *script,
                                          const staged_question_options *options,
                                          char **answer_text, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status =
        staged_prompt_password_v(script, options, answer_text, format, values);
    va_end(values);
    return status;
}

staged_status staged_prompt_password_text(staged_script *script,
                                          const staged_question_options *options,
                                          char **answer_text, const char *text)
{
    return text == NULL ? staged_prompt_password_with(script, options, answer_text, NULL)
                        : staged_prompt_password_with(script, options, answer_text, "%s", text);
}
