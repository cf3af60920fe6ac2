/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>

#include "args/declaring/declaring.h"
#include "args/model/group.h"

static void apply(staged_parser *parser, const staged_parser_options *options)
{
    parser->prog = stg_parser_text(parser, options->prog == NULL ? "prog" : options->prog);
    parser->usage = stg_parser_suppressible(parser, options->usage);
    parser->description = stg_parser_suppressible(parser, options->description);
    parser->epilog = stg_parser_suppressible(parser, options->epilog);
    parser->formatter = options->formatter;
    const bool has_prefix = options->prefix_chars != NULL && options->prefix_chars[0] != '\0';
    parser->prefix_chars = stg_parser_text(parser, has_prefix ? options->prefix_chars : "-");
    parser->file_prefix_chars = stg_parser_text(
        parser, options->file_prefix_chars == NULL ? "" : options->file_prefix_chars);
    parser->allow_abbrev = options->allow_abbrev != STAGED_NO;
    if (options->suppress_defaults == STAGED_YES)
        parser->argument_default = &stg_suppressed;
    else if (options->argument_default.kind > STAGED_VALUE_NONE)
        parser->argument_default = stg_parser_value(parser, &options->argument_default);
    parser->help_column = options->help_column;
    parser->suggest = options->suggest == STAGED_YES;
    parser->replace_flags = options->replace_flags == STAGED_YES;
    parser->keep_unknown = options->keep_unknown == STAGED_YES;
    parser->intermixed = options->intermixed == STAGED_YES;
}

staged_parser *stg_blank_parser(const staged_parser_options *options)
{
    staged_parser *parser = calloc(1, sizeof *parser);
    if (parser == NULL)
        return NULL;
    apply(parser, options);
    stg_new_group(parser, "positional arguments", NULL);
    stg_new_group(parser, "options", NULL);
    if (parser->no_memory) {
        staged_parser_free(parser);
        return NULL;
    }
    return parser;
}
