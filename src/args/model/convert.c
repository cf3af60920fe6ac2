/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/model/convert.h"

#include <string.h>
#include <strings.h>

#include "args/model/argument.h"
#include "args/values/numbers.h"
#include "base/unicode/unicode.h"

/* One run of the author's own type. */
struct staged_conversion {
    stg_arena *arena;
    staged_value *value;
    stg_buf *message;
    bool no_memory;
};

staged_status staged_conversion_set(staged_conversion *conversion, staged_value value)
{
    if (!stg_value_copy(conversion->arena, conversion->value, &value)) {
        conversion->no_memory = true;
        return STAGED_NO_MEMORY;
    }
    return STAGED_OK;
}

staged_status staged_conversion_refuse_v(staged_conversion *conversion, const char *format,
                                         va_list values)
{
    stg_buf_truncate(conversion->message, 0);
    stg_buf_vaddf(conversion->message, format, values);
    return STAGED_BAD_INPUT;
}

staged_status staged_conversion_refuse_text(staged_conversion *conversion, const char *text)
{
    return staged_conversion_refuse(conversion, "%s", text);
}

staged_status staged_conversion_refuse(staged_conversion *conversion, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_conversion_refuse_v(conversion, format, values);
    va_end(values);
    return status;
}

static staged_status refuse(const staged_argument *argument, const char *word, stg_buf *message)
{
    const char *name = stg_type_name(argument);
    stg_buf_addf(message, "invalid %s value: ", name == NULL ? "text" : name);
    stg_add_repr(message, word, strlen(word));
    return stg_buf_status(message) == STAGED_OK ? STAGED_BAD_INPUT : STAGED_NO_MEMORY;
}

static staged_status convert_by_author(const staged_argument *argument, stg_arena *arena,
                                       const char *word, staged_value *value, stg_buf *message)
{
    staged_conversion conversion = {.arena = arena, .value = value, .message = message};
    *value = stg_none;
    const staged_status status = argument->convert(&conversion, word, argument->convert_context);
    if (conversion.no_memory || stg_buf_status(message) != STAGED_OK)
        return STAGED_NO_MEMORY;
    if (status != STAGED_OK)
        return message->length > 0 ? STAGED_BAD_INPUT : refuse(argument, word, message);
    /* The text of the value need not be what the function reads: keep what it was read from. */
    value->given = stg_arena_text(arena, word);
    return value->given == NULL ? STAGED_NO_MEMORY : STAGED_OK;
}

static staged_status status_of(stg_number_result result)
{
    return result == STG_NUMBER_READ      ? STAGED_OK
           : result == STG_NUMBER_REFUSED ? STAGED_BAD_INPUT
                                          : STAGED_NO_MEMORY;
}

static staged_status convert_path(stg_arena *arena, const char *word, staged_value *value)
{
    stg_buf path = {0};
    stg_add_tidy_path(&path, word);
    *value = staged_value_path(
        path.failure != STAGED_OK ? NULL : stg_arena_copy(arena, path.data, path.length));
    stg_buf_free(&path);
    return value->kind == STAGED_VALUE_PATH ? STAGED_OK : STAGED_NO_MEMORY;
}

static staged_status convert_to(staged_argument_type type, stg_arena *arena, const char *word,
                                staged_value *value)
{
    int64_t integer = 0;
    double number = 0.0;
    staged_status status;
    switch (type) {
    case STAGED_ARG_INT:
        status = status_of(stg_read_int(word, &integer));
        *value = staged_value_int(integer);
        return status;
    case STAGED_ARG_FLOAT:
        status = status_of(stg_read_float(word, &number));
        *value = staged_value_float(number);
        return status;
    case STAGED_ARG_PATH:
        return convert_path(arena, word, value);
    default:
        *value = staged_value_text(stg_arena_text(arena, word));
        return value->kind == STAGED_VALUE_TEXT ? STAGED_OK : STAGED_NO_MEMORY;
    }
}

staged_status stg_convert(const staged_argument *argument, stg_arena *arena, const char *word,
                          staged_value *value, stg_buf *message)
{
    if (argument->convert != NULL)
        return convert_by_author(argument, arena, word, value, message);
    const staged_status status = convert_to(argument->type, arena, word, value);
    return status == STAGED_BAD_INPUT ? refuse(argument, word, message) : status;
}

static staged_status convert_to_bool(const char *word, staged_value *value)
{
    static const char *const words[] = {"false", "true", "no", "yes", "off", "on", "0", "1"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcasecmp(word, words[i]) == 0) {
            *value = staged_value_bool(i % 2 == 1);
            return STAGED_OK;
        }
    }
    return STAGED_BAD_INPUT;
}

staged_status stg_convert_plainly(const staged_argument *argument, stg_arena *arena,
                                  const char *word, staged_value *value)
{
    switch (argument->action) {
    case STAGED_ARG_COUNT:
        return convert_to(STAGED_ARG_INT, arena, word, value);
    case STAGED_ARG_STORE_TRUE:
    case STAGED_ARG_STORE_FALSE:
    case STAGED_ARG_BOOLEAN:
        return convert_to_bool(word, value);
    default:
        return convert_to(argument->convert != NULL ? STAGED_ARG_TEXT : argument->type, arena, word,
                          value);
    }
}
