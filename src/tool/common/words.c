/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>

#include "tool/common/verb.h"

/* Writes a text to standard output.  Returns the exit status. */
static int show(const char *text)
{
    if (fputs(text, stdout) >= 0 && fflush(stdout) == 0)
        return TOOL_OK;
    perror("staged: cannot write to standard output");
    return TOOL_NO_OUTPUT;
}

bool tool_read_words(staged_parser *parser, int argc, char **argv, staged_namespace **arguments,
                     int *exit_status)
{
    staged_parser_set_colors(parser, STAGED_COLOR_ON_TERMINAL, NULL);
    const staged_status status = staged_parser_parse(parser, argc, argv, arguments);
    if (status == STAGED_OK)
        return true;
    if (status == STAGED_EXIT)
        *exit_status = show(staged_parser_output(parser));
    else
        fputs(staged_parser_error(parser), stderr);
    return false;
}
