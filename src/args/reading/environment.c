/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Variables of the environment that stand in for arguments. */
#include <stdlib.h>
#include <string.h>

#include "args/model/argument.h"
#include "args/model/choices.h"
#include "args/model/convert.h"
#include "args/reading/errors.h"
#include "args/reading/parse.h"

/* What a variable stands for; NULL: it is not set, or empty.  `export NAME=` is how people unset
 * one, and an empty path would be the current directory. */
static const char *variable_of(const staged_argument *argument)
{
    const char *text = argument->environment == NULL ? NULL : getenv(argument->environment);
    return text == NULL || *text == '\0' ? NULL : text;
}

/* Reads one word as if it were on the command line. */
static staged_status read_word(const staged_argument *argument, stg_arena *arena, const char *word,
                               staged_value *value, stg_buf *message)
{
    staged_status status;
    if (argument->wordless) {
        status = stg_convert_plainly(argument, arena, word, value);
        if (status == STAGED_BAD_INPUT)
            stg_buf_addf(message, "expected yes, no or a number, not '%s'", word);
    } else {
        status = stg_convert(argument, arena, word, value, message);
        if (status == STAGED_OK)
            status = stg_check_path(argument, value, message);
        if (status == STAGED_OK)
            status = stg_check_choice(argument, value, message);
    }
    return message->failure != STAGED_OK ? STAGED_NO_MEMORY : status;
}

/* A variable for a list has its words with blanks between them. */
static staged_status read_list(const staged_argument *argument, stg_arena *arena, const char *words,
                               staged_value *value, stg_buf *message)
{
    staged_value *items = stg_arena_alloc(arena, (strlen(words) / 2 + 1) * sizeof *items);
    size_t count = 0;
    if (items == NULL)
        return STAGED_NO_MEMORY;
    for (; *(words += strspn(words, " \t\n")) != '\0'; words += strcspn(words, " \t\n")) {
        const char *word = stg_arena_copy(arena, words, strcspn(words, " \t\n"));
        if (word == NULL)
            return STAGED_NO_MEMORY;
        STAGED_TRY(read_word(argument, arena, word, &items[count++], message));
    }
    *value = staged_value_list(items, count);
    return STAGED_OK;
}

static staged_status read_variable(const staged_argument *argument, stg_arena *arena,
                                   staged_value *value, stg_buf *message)
{
    const char *text = variable_of(argument);
    if (text == NULL)
        return STAGED_BAD_INPUT; /* it was there a moment ago */
    if (stg_takes_list(argument) || stg_accumulates(argument))
        return read_list(argument, arena, text, value, message);
    return read_word(argument, arena, text, value, message);
}

/* What stands in for the author's function in a rehearsal. */
static staged_status keep_word(staged_conversion *conversion, const char *text, void *context)
{
    (void)context;
    return staged_conversion_set(conversion, staged_value_text(text));
}

static staged_status find_default(stg_parse *parse, const staged_argument *argument)
{
    parse->defaults[argument->index] = argument->default_value;
    if (variable_of(argument) == NULL)
        return STAGED_OK;
    stg_buf message = {0};
    staged_argument read_as = *argument;
    if (parse->top == NULL && argument->convert != NULL) {
        read_as.convert = keep_word;
        read_as.choices = NULL;
    }
    if (parse->top == NULL)
        read_as.path_checks = 0;
    staged_value *value = stg_arena_alloc(parse->scratch, sizeof *value);
    const staged_status status =
        value == NULL ? STAGED_NO_MEMORY : read_variable(&read_as, parse->scratch, value, &message);
    stg_buf_free(&message);
    if (status == STAGED_OK)
        parse->defaults[argument->index] = value;
    /* A bad one matters only if nothing is given. */
    return status == STAGED_NO_MEMORY ? status : STAGED_OK;
}

staged_status stg_find_defaults(stg_parse *parse)
{
    for (size_t i = 0; i < parse->parser->count; i++)
        STAGED_TRY(find_default(parse, parse->parser->arguments[i]));
    return STAGED_OK;
}

staged_status stg_check_variable(stg_parse *parse, const staged_argument *argument, bool *given)
{
    *given = variable_of(argument) != NULL;
    if (!*given || parse->defaults[argument->index] != argument->default_value)
        return STAGED_OK;
    stg_buf reason = {0};
    stg_buf message = {0};
    staged_value value;
    staged_status status = read_variable(argument, parse->scratch, &value, &reason);
    if (status == STAGED_BAD_INPUT) {
        stg_buf_addf(&message, "environment variable %s: %s", argument->environment,
                     stg_buf_text(&reason));
        status = stg_fail_argument_take(parse->top, argument, &message);
    }
    stg_buf_free(&reason);
    return status;
}
