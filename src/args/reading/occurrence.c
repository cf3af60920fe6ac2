/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Actions of the author's own.  Source: argparse, Action.__call__. */
#include <stdlib.h>
#include <string.h>

#include "args/reading/errors.h"
#include "args/reading/parse.h"

/* One time that an argument was given. */
struct staged_occurrence {
    stg_parse *parse;
    const staged_argument *argument;
    const stg_taken *taken;
    const stg_given *given;
    stg_buf reason; /* why it is refused */
};

const char *staged_occurrence_flag(const staged_occurrence *occurrence)
{
    return occurrence->given->flag;
}

const staged_value *staged_occurrence_value(const staged_occurrence *occurrence)
{
    return &occurrence->taken->value;
}

const char *staged_occurrence_dest(const staged_occurrence *occurrence)
{
    return staged_argument_dest(occurrence->argument);
}

staged_namespace *staged_occurrence_namespace(staged_occurrence *occurrence)
{
    return occurrence->parse->ns;
}

staged_status staged_occurrence_store(staged_occurrence *occurrence)
{
    return stg_act(occurrence->parse, occurrence->argument, occurrence->taken, occurrence->given);
}

staged_status staged_occurrence_refuse_v(staged_occurrence *occurrence, const char *format,
                                         va_list values)
{
    stg_buf_clear(&occurrence->reason);
    stg_buf_vaddf(&occurrence->reason, format, values);
    return STAGED_BAD_INPUT;
}

staged_status staged_occurrence_refuse_text(staged_occurrence *occurrence, const char *text)
{
    return staged_occurrence_refuse(occurrence, "%s", text);
}

staged_status staged_occurrence_refuse(staged_occurrence *occurrence, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_occurrence_refuse_v(occurrence, format, values);
    va_end(values);
    return status;
}

staged_status staged_occurrence_show_v(staged_occurrence *occurrence, const char *format,
                                       va_list values)
{
    stg_buf *output = &occurrence->parse->top->output;
    stg_buf_clear(output);
    stg_buf_vaddf(output, format, values);
    return stg_buf_status(output) == STAGED_OK ? STAGED_EXIT : STAGED_NO_MEMORY;
}

staged_status staged_occurrence_show_text(staged_occurrence *occurrence, const char *text)
{
    return staged_occurrence_show(occurrence, "%s", text);
}

staged_status staged_occurrence_show(staged_occurrence *occurrence, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_occurrence_show_v(occurrence, format, values);
    va_end(values);
    return status;
}

/* What the function returned, in the words of a parser. */
static staged_status settle(staged_occurrence *occurrence, staged_status status)
{
    const stg_parse *parse = occurrence->parse;
    if (staged_namespace_status(parse->ns) == STAGED_NO_MEMORY)
        return STAGED_NO_MEMORY;
    if (status == STAGED_OK || status == STAGED_EXIT || status == STAGED_NO_MEMORY)
        return status;
    /* `staged_parser_fail` made a text already. */
    if (occurrence->reason.length == 0 && parse->top->error.status != STAGED_OK)
        return parse->top->error.status;
    if (occurrence->reason.length == 0)
        stg_buf_add_text(&occurrence->reason, "not accepted");
    if (stg_buf_status(&occurrence->reason) != STAGED_OK)
        return STAGED_NO_MEMORY;
    return stg_fail_argument(parse->top, occurrence->argument, stg_buf_text(&occurrence->reason));
}

staged_status stg_run_act(stg_parse *parse, const staged_argument *argument, const stg_taken *taken,
                          const stg_given *given)
{
    staged_occurrence occurrence = {parse, argument, taken, given, {0}};
    if (parse->top == NULL)
        return STAGED_OK;
    staged_status status = argument->act(&occurrence, argument->act_context);
    status = settle(&occurrence, status);
    stg_buf_free(&occurrence.reason);
    return status;
}
