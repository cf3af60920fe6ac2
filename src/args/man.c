/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "args/parser.h"

char *staged_parser_completion(const staged_parser *parser, const char *shell)
{
    (void)parser;
    (void)shell;
    return strdup("");
}

char *staged_parser_man_page(const staged_parser *parser)
{
    (void)parser;
    return strdup("");
}
