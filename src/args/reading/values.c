/* SPDX-License-Identifier: BSD-3-Clause
 *
 * From the words of one argument to its value.  Source: argparse, _get_values. */
#include "args/model/argument.h"
#include "args/model/choices.h"
#include "args/model/convert.h"
#include "args/reading/errors.h"
#include "args/reading/parse.h"
#include "args/reading/swallow.h"

stg_taken stg_taken_of(const staged_value *origin)
{
    return (stg_taken){*origin, origin};
}

staged_status stg_refuse(const stg_parse *parse, const staged_argument *argument,
                         staged_status status, stg_buf *message)
{
    if (status == STAGED_BAD_INPUT)
        status = stg_fail_argument(parse->top, argument, stg_buf_text(message));
    stg_buf_free(message);
    return status;
}

static staged_status check_choice(stg_parse *parse, const staged_argument *argument,
                                  const staged_value *value)
{
    if (parse->top == NULL && argument->convert != NULL)
        return STAGED_OK;
    stg_buf message = {0};
    staged_status status = stg_check_choice(argument, value, &message);
    status = stg_refuse(parse, argument, status, &message);
    return status == STAGED_BAD_INPUT ? stg_explain_choice(parse, argument, value) : status;
}

static staged_status convert(stg_parse *parse, const staged_argument *argument, const char *word,
                             staged_value *value)
{
    if (parse->top == NULL && argument->convert != NULL) {
        *value = staged_value_text(stg_arena_text(&parse->ns->arena, word));
        value->given = value->as.text;
        return value->kind == STAGED_VALUE_TEXT ? STAGED_OK : STAGED_NO_MEMORY;
    }
    stg_buf message = {0};
    staged_status status = stg_convert(argument, &parse->ns->arena, word, value, &message);
    if (status == STAGED_OK && parse->top != NULL)
        status = stg_check_path(argument, value, &message);
    return stg_refuse(parse, argument, status, &message);
}

bool stg_is_unread_list(const staged_argument *argument, const staged_value *value)
{
    return argument->convert != NULL && value == argument->default_value &&
           value->kind == STAGED_VALUE_LIST && value->count > 0 && value->as.items[0].given != NULL;
}

staged_status stg_read_list(stg_parse *parse, const staged_argument *argument,
                            const staged_value *words, stg_taken *result)
{
    staged_value *items = stg_arena_alloc(&parse->ns->arena, words->count * sizeof *items);
    if (items == NULL)
        return STAGED_NO_MEMORY;
    for (size_t i = 0; i < words->count; i++)
        STAGED_TRY(convert(parse, argument, words->as.items[i].as.text, &items[i]));
    *result = (stg_taken){staged_value_list(items, words->count), NULL};
    result->value.unordered = words->unordered;
    return STAGED_OK;
}

staged_status stg_read_declared(stg_parse *parse, const staged_argument *argument,
                                const staged_value *declared, stg_taken *result)
{
    if (stg_is_unread_list(argument, declared))
        return stg_read_list(parse, argument, declared, result);
    *result = stg_taken_of(declared);
    if (declared->kind != STAGED_VALUE_TEXT || declared == &stg_suppressed)
        return STAGED_OK;
    STAGED_TRY(convert(parse, argument, declared->as.text, &result->value));
    /* Reading a text as a text gives the same text. */
    if (argument->convert != NULL || result->value.kind != STAGED_VALUE_TEXT)
        result->origin = NULL;
    return STAGED_OK;
}

/* Which of several words are compared with the choices. */
typedef enum checked { CHECK_ALL, CHECK_FIRST, CHECK_NONE } checked;

static staged_status convert_all(stg_parse *parse, const staged_argument *argument,
                                 const char *const *words, size_t count, checked which,
                                 stg_taken *result)
{
    staged_value *items = stg_arena_alloc(&parse->ns->arena, count * sizeof *items);
    if (items == NULL)
        return STAGED_NO_MEMORY;
    /* All words are read before one is compared: the first error is one of reading. */
    for (size_t i = 0; i < count; i++)
        STAGED_TRY(convert(parse, argument, words[i], &items[i]));
    const size_t compared = which == CHECK_ALL ? count : which == CHECK_FIRST && count > 0;
    for (size_t i = 0; i < compared; i++)
        STAGED_TRY(check_choice(parse, argument, &items[i]));
    *result = (stg_taken){staged_value_list(items, count), NULL};
    return STAGED_OK;
}

/* An argument without words. */
static staged_status read_nothing(stg_parse *parse, const staged_argument *argument,
                                  stg_taken *result)
{
    const staged_value *standard = parse->defaults[argument->index];
    if (argument->nargs == STAGED_NARGS_OPTIONAL) {
        const staged_value *declared =
            stg_is_positional(argument) ? standard : argument->const_value;
        return stg_read_declared(parse, argument, declared, result);
    }
    *result = (stg_taken){staged_value_list(NULL, 0), NULL};
    if (argument->nargs != STAGED_NARGS_ZERO_OR_MORE || !stg_is_positional(argument) ||
        standard->kind == STAGED_VALUE_NONE)
        return STAGED_OK;
    if (stg_is_unread_list(argument, standard))
        return stg_read_list(parse, argument, standard, result);
    *result = stg_taken_of(standard);
    return STAGED_OK;
}

staged_status stg_read_words(stg_parse *parse, const staged_argument *argument,
                             const char *const *words, size_t count, stg_taken *result)
{
    if (argument->wordless) {
        *result = (stg_taken){staged_value_list(NULL, 0), NULL};
        return STAGED_OK;
    }
    if (count == 0)
        return read_nothing(parse, argument, result);
    if (count == 1 && !stg_takes_list(argument)) {
        *result = (stg_taken){stg_none, NULL};
        STAGED_TRY(convert(parse, argument, words[0], &result->value));
        return check_choice(parse, argument, &result->value);
    }
    const checked which = argument->nargs == STAGED_NARGS_REMAINDER          ? CHECK_NONE
                          : argument->nargs == STAGED_NARGS_COMMAND_AND_REST ? CHECK_FIRST
                                                                             : CHECK_ALL;
    return convert_all(parse, argument, words, count, which, result);
}
