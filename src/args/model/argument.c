/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/model/argument.h"

#include <string.h>

#include "base/text/utf8.h"
#include "base/unicode/unicode.h"

bool stg_takes_list(const staged_argument *argument)
{
    return !argument->wordless && argument->nargs != 0 && argument->nargs != STAGED_NARGS_OPTIONAL;
}

bool stg_can_be_without_words(const staged_argument *argument)
{
    return argument->nargs == STAGED_NARGS_OPTIONAL ||
           argument->nargs == STAGED_NARGS_ZERO_OR_MORE ||
           argument->nargs == STAGED_NARGS_REMAINDER;
}

bool stg_accumulates(const staged_argument *argument)
{
    return argument->action == STAGED_ARG_APPEND || argument->action == STAGED_ARG_APPEND_CONST ||
           argument->action == STAGED_ARG_EXTEND;
}

const char *stg_type_name(const staged_argument *argument)
{
    static const char *const names[] = {[STAGED_ARG_STR] = "str",
                                        [STAGED_ARG_INT] = "int",
                                        [STAGED_ARG_FLOAT] = "float",
                                        [STAGED_ARG_PATH] = "Path"};
    if (argument->convert != NULL)
        return argument->type_name == NULL ? "value" : argument->type_name;
    return names[argument->type];
}

void stg_add_inferred_dest(stg_buf *out, const char *flag, const char *prefix_chars)
{
    size_t used;
    while (stg_begins_with_one_of(flag, prefix_chars, &used))
        flag += used;
    for (; *flag != '\0'; flag++)
        stg_buf_add_char(out, *flag == '-' ? '_' : *flag);
}

/* Source: argparse, _negative_number_matcher. */
bool stg_looks_like_negative_number(const char *text)
{
    if (*text != '-')
        return false;
    text += text[1] == '.' ? 2 : 1;
    uint32_t character = 0;
    if (*text != '\0')
        (void)stg_utf8_decode(text, strnlen(text, 4), &character);
    return stg_digit_value(character) >= 0;
}

const char *stg_argument_flag(const staged_argument *argument)
{
    return argument->flag_count == 0 ? NULL : argument->flags[0];
}

const staged_value *stg_argument_default(const staged_argument *argument)
{
    return argument->default_value;
}
