/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/reading/errors.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "args/help/help.h"
#include "args/model/argument.h"
#include "base/unicode/unicode.h"

/* What may be repeated is in brackets. */
static void add_metavars(stg_buf *out, const staged_argument *argument)
{
    const bool repeated =
        argument->metavar_count == 2 && (argument->nargs == STAGED_NARGS_ZERO_OR_MORE ||
                                         argument->nargs == STAGED_NARGS_ONE_OR_MORE);
    for (size_t i = 0; i < argument->metavar_count; i++) {
        if (i > 0)
            stg_buf_add_text(out, repeated ? "[, " : ", ");
        stg_buf_add_text(out, argument->metavars[i]);
    }
    if (repeated)
        stg_buf_add_char(out, ']');
}

bool stg_add_argument_name(stg_buf *out, const staged_argument *argument)
{
    if (argument->flag_count > 0) {
        for (size_t i = 0; i < argument->flag_count; i++) {
            if (i > 0)
                stg_buf_add_char(out, '/');
            stg_buf_add_text(out, argument->flags[i]);
        }
    } else if (argument->metavars != NULL) {
        add_metavars(out, argument);
    } else if (argument->metavar != NULL && strcmp(argument->metavar, STAGED_ARG_SUPPRESS) != 0) {
        stg_buf_add_text(out, argument->metavar);
    } else if (argument->dest != NULL) {
        stg_buf_add_text(out, argument->dest);
    } else if (argument->choices != NULL && argument->choices->count > 0) {
        stg_buf_add_char(out, '{');
        stg_add_items(out, argument->choices, ",");
        stg_buf_add_char(out, '}');
    } else {
        return false;
    }
    return true;
}

staged_status stg_fail(staged_parser *top, const staged_parser *parser, const char *message)
{
    if (top == NULL)
        return STAGED_BAD_INPUT;
    const stg_colors colors = stg_colors_for(top, STDERR_FILENO);
    char *usage = stg_usage(parser, 0, &colors);
    staged_status status = STAGED_NO_MEMORY;
    if (usage != NULL) {
        status = stg_error_set(&top->error, STAGED_BAD_INPUT, "%s%s: error: %s\n", usage,
                               parser->prog, message);
        /* The message is the point of a failure: without it there is only the memory to blame. */
        if (top->error.text == NULL)
            status = stg_error_set(&top->error, STAGED_NO_MEMORY, "out of memory\n");
    }
    free(usage);
    return status;
}

staged_status stg_fail_argument(staged_parser *top, const staged_argument *argument,
                                const char *message)
{
    if (top == NULL)
        return STAGED_BAD_INPUT;
    stg_buf text = {0};
    stg_buf_add_text(&text, "argument ");
    if (stg_add_argument_name(&text, argument))
        stg_buf_add_text(&text, ": ");
    else
        stg_buf_truncate(&text, 0);
    stg_buf_add_text(&text, message);
    return stg_fail_take(top, argument->parser, &text);
}

staged_status stg_fail_take(staged_parser *top, const staged_parser *parser, stg_buf *message)
{
    staged_status status = stg_buf_status(message);
    if (status == STAGED_OK)
        status = stg_fail(top, parser, stg_buf_text(message));
    stg_buf_free(message);
    return status;
}

staged_status stg_fail_argument_take(staged_parser *top, const staged_argument *argument,
                                     stg_buf *message)
{
    staged_status status = stg_buf_status(message);
    if (status == STAGED_OK)
        status = stg_fail_argument(top, argument, stg_buf_text(message));
    stg_buf_free(message);
    return status;
}

staged_status staged_parser_fail_text(staged_parser *parser, const char *text)
{
    return parser == NULL ? STAGED_NO_MEMORY : stg_fail(parser, parser, text);
}

staged_status staged_parser_fail_v(staged_parser *parser, const char *format, va_list values)
{
    if (parser == NULL)
        return STAGED_NO_MEMORY;
    stg_buf text = {0};
    stg_buf_vaddf(&text, format, values);
    return stg_fail_take(parser, parser, &text);
}

staged_status staged_parser_fail(staged_parser *parser, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_parser_fail_v(parser, format, values);
    va_end(values);
    return status;
}
