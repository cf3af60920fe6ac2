/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Questions to the operator at the terminal.
 *
 * @code
 * static staged_status remove_data(staged_call *c)
 * {
 *     bool yes;
 *     STAGED_TRY(staged_confirm(c->script, &yes, "Really delete %s?", "the data"));
 *     return yes ? staged_run(c->script, "rm -r data") : STAGED_OK;
 * }
 * @endcode
 *
 * A question never waits for an operator who is not there.  It is asked if standard input is a
 * terminal, the variable CI is not set, and `--no-input` was not given; otherwise its default is
 * the answer, and without one it fails with a message that names the question.  The log shows each
 * question with its answer and where that came from, and observers get an event
 * (STAGED_EVENT_QUESTION).  A signal or a time limit ends the wait and leaves the terminal as it
 * was.  An invalid answer is refused with the reason, and the question is asked again.
 *
 * A dry run asks nothing.  It continues with the default, and a confirmation without one is a yes;
 * other questions return STAGED_UNKNOWN, a failure with its own message unless the author handles
 * it.
 *
 * All functions return STAGED_OK with an answer; STAGED_FAILED, with a message, without one;
 * STAGED_TIMED_OUT, with a message, if no answer came in time and there is no default;
 * STAGED_INTERRUPTED; STAGED_UNKNOWN.  They are for the thread that runs the script. */
#ifndef STAGED_QUESTION_H
#define STAGED_QUESTION_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include <staged/macros.h>
#include <staged/script.h>

STAGED_BEGIN_DECLS

/* Checks an answer.
 *   answer   without surrounding blanks; never NULL
 *   context  `check_context` of the options
 * Returns NULL if it is valid; otherwise the reason, for the operator, which is copied. */
typedef const char *staged_check_answer_function(staged_script *script, const char *answer,
                                                 void *context);

/* How to ask; all zero is the default.  Everything is borrowed for the call.
 *   default_text   the answer if nobody can be asked, for an empty line, and after the time limit:
 *                  "yes" or "no" to a confirmation, one of the choices; NULL: none
 *   time_limit_s   seconds to wait for an answer; 0 and negative: no limit
 *   check          NULL: any answer but an empty one is valid
 *   check_context  passed to `check`
 *   where          in the author's source; the macros fill it in */
typedef struct staged_question_options {
    size_t size; /* see STAGED_OPTIONS */
    const char *default_text;
    double time_limit_s;
    staged_check_answer_function *check;
    void *check_context;
    staged_location where;
} staged_question_options;
/* For the functions that take options: STAGED_QUESTION_OPTIONS(.default_text = "no"). */
#define STAGED_QUESTION_OPTIONS(...)                                                               \
    STAGED_OPTIONS(staged_question_options, __VA_ARGS__, .where = {__FILE__, __LINE__})

/* Asks for a yes or a no.
 *   yes      receives the answer; false unless STAGED_OK is returned
 *   format   the question, as with printf: "Really delete %s?" */
#define staged_confirm(script, ...)                                                                \
    staged_confirm_with(script, STAGED_QUESTION_OPTIONS(.default_text = NULL), __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status
staged_confirm_with(staged_script *script, const staged_question_options *options, bool *yes,
                    const char *format, ...) STAGED_PRINTF(4, 5);
STAGED_API STAGED_MUST_CHECK staged_status staged_confirm_v(staged_script *script,
                                                            const staged_question_options *options,
                                                            bool *yes, const char *format,
                                                            va_list values) STAGED_PRINTF(4, 0);
STAGED_API STAGED_MUST_CHECK staged_status staged_confirm_text(
    staged_script *script, const staged_question_options *options, bool *yes, const char *text);

/* Asks for a text.
 *   answer   receives it, without surrounding blanks; the caller frees it; NULL unless STAGED_OK is
 *            returned
 *   format   "Which version?" */
#define staged_prompt(script, ...)                                                                 \
    staged_prompt_with(script, STAGED_QUESTION_OPTIONS(.default_text = NULL), __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status
staged_prompt_with(staged_script *script, const staged_question_options *options, char **answer,
                   const char *format, ...) STAGED_PRINTF(4, 5);
STAGED_API STAGED_MUST_CHECK staged_status staged_prompt_v(staged_script *script,
                                                           const staged_question_options *options,
                                                           char **answer, const char *format,
                                                           va_list values) STAGED_PRINTF(4, 0);
STAGED_API STAGED_MUST_CHECK staged_status staged_prompt_text(
    staged_script *script, const staged_question_options *options, char **answer, const char *text);

/* Asks for one of several choices.
 *   choices  ended with NULL, as in STAGED_TEXTS("dev", "prod"); the operator types one of them,
 *            the beginning of just one, or its number
 *   index    receives which, from 0; untouched unless STAGED_OK is returned
 *   format   "Which cluster?" */
#define staged_choose(script, ...)                                                                 \
    staged_choose_with(script, STAGED_QUESTION_OPTIONS(.default_text = NULL), __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_choose_with(
    staged_script *script, const staged_question_options *options, const char *const *choices,
    size_t *index, const char *format, ...) STAGED_PRINTF(5, 6);
STAGED_API STAGED_MUST_CHECK staged_status staged_choose_v(staged_script *script,
                                                           const staged_question_options *options,
                                                           const char *const *choices,
                                                           size_t *index, const char *format,
                                                           va_list values) STAGED_PRINTF(5, 0);
STAGED_API STAGED_MUST_CHECK staged_status
staged_choose_text(staged_script *script, const staged_question_options *options,
                   const char *const *choices, size_t *index, const char *text);

/* Asks for a password: typing is not shown, blanks are kept, and the password becomes a secret of
 * the script (staged_script_add_secret).  One that is too short to be masked is refused.
 *   answer   receives it; the caller frees it, and should wipe it first; NULL unless STAGED_OK is
 *            returned
 *   format   "Password of %s:" */
#define staged_prompt_password(script, ...)                                                        \
    staged_prompt_password_with(script, STAGED_QUESTION_OPTIONS(.default_text = NULL), __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status
staged_prompt_password_with(staged_script *script, const staged_question_options *options,
                            char **answer, const char *format, ...) STAGED_PRINTF(4, 5);
STAGED_API STAGED_MUST_CHECK staged_status
staged_prompt_password_v(staged_script *script, const staged_question_options *options,
                         char **answer, const char *format, va_list values) STAGED_PRINTF(4, 0);
STAGED_API STAGED_MUST_CHECK staged_status staged_prompt_password_text(
    staged_script *script, const staged_question_options *options, char **answer, const char *text);

/* From STAGED_HOOK_BUILD_PARSER: adds `--yes`, which confirms everything, and `--no-input`, which
 * asks nothing. */
STAGED_API void staged_script_add_question_arguments(staged_script *script);

STAGED_END_DECLS

#endif
