/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A new parser with its initial arguments. */
#include <string.h>

#include "args/declaring/declaring.h"
#include "base/failure/options.h"

static void add_help_argument(staged_parser *parser)
{
    /* `-h` even if other prefix characters come first. */
    char bytes[4] = "-";
    size_t used = 1;
    if (strchr(parser->prefix_chars, '-') == NULL) {
        (void)stg_begins_with_one_of(parser->prefix_chars, "", &used);
        memcpy(bytes, parser->prefix_chars, used);
    }
    const char *flags = stg_arena_printf(&parser->arena, "%.*sh %.*s%.*shelp", (int)used, bytes,
                                         (int)used, bytes, (int)used, bytes);
    if (flags == NULL) {
        parser->no_memory = true;
        return;
    }
    const staged_argument_options options = {.size = sizeof options,
                                             .flags = flags,
                                             .action = STAGED_ARG_HELP,
                                             .help = "show this help message and exit"};
    staged_parser_add_argument_with(parser, &options);
}

static void add_print_options(staged_parser *parser)
{
    static const char *const shells[] = {"bash", "zsh", "fish", NULL};
    const staged_argument_options completion = {.size = sizeof completion,
                                                .flags = "--print-completion",
                                                .metavar = "SHELL",
                                                .choices = shells,
                                                .help = STAGED_ARG_SUPPRESS,
                                                .default_text = STAGED_ARG_SUPPRESS};
    const staged_argument_options man = {.size = sizeof man,
                                         .flags = "--print-man",
                                         .help = STAGED_ARG_SUPPRESS,
                                         .default_text = STAGED_ARG_SUPPRESS};
    stg_add_argument(parser, NULL, &completion, STG_PRINT_COMPLETION);
    stg_add_argument(parser, NULL, &man, STG_PRINT_MAN);
}

/* The initial arguments of a parser. */
static void add_first_arguments(staged_parser *parser, const staged_parser_options *options)
{
    if (options->add_help != STAGED_NO)
        add_help_argument(parser);
    if (options->print_options == STAGED_YES)
        add_print_options(parser);
    for (const staged_parser *const *parent = options->parents; parent != NULL && *parent != NULL;
         parent++)
        staged_parser_add_parent(parser, *parent);
}

staged_parser *staged_parser_new(const staged_parser_options *options)
{
    staged_parser_options own;
    const char *problem = STG_READ_OPTIONS(&own, options, staged_parser_options);
    staged_parser *parser = stg_blank_parser(&own);
    if (parser != NULL) {
        (void)stg_are_options_usable(parser, problem);
        add_first_arguments(parser, &own);
    }
    if (parser != NULL && parser->no_memory) {
        staged_parser_free(parser);
        return NULL;
    }
    return parser;
}

void staged_parser_set_prog(staged_parser *parser, const char *prog)
{
    const char *copy = parser == NULL ? NULL : stg_parser_text(parser, prog);
    if (copy != NULL)
        parser->prog = copy;
}

void staged_parser_set_description(staged_parser *parser, const char *description)
{
    if (parser != NULL)
        parser->description = stg_parser_suppressible(parser, description);
}

void staged_parser_set_epilog(staged_parser *parser, const char *epilog)
{
    if (parser != NULL)
        parser->epilog = stg_parser_suppressible(parser, epilog);
}

void staged_parser_set_usage(staged_parser *parser, const char *usage)
{
    if (parser != NULL)
        parser->usage = stg_parser_suppressible(parser, usage);
}

void staged_parser_set_formatter(staged_parser *parser, staged_help_formatter formatter)
{
    if (parser != NULL)
        parser->formatter = formatter;
}

void staged_parser_set_replace_flags(staged_parser *parser, bool replace)
{
    if (parser != NULL)
        parser->replace_flags = replace;
}

void staged_parser_set_keep_unknown(staged_parser *parser, bool keep)
{
    if (parser != NULL)
        parser->keep_unknown = keep;
}

void staged_parser_set_intermixed(staged_parser *parser, bool intermixed)
{
    if (parser != NULL)
        parser->intermixed = intermixed;
}

const char *staged_parser_prog(const staged_parser *parser)
{
    return parser == NULL ? "" : parser->prog;
}

const char *staged_parser_output(const staged_parser *parser)
{
    return parser == NULL ? "" : stg_buf_text(&parser->output);
}

const char *staged_parser_error(const staged_parser *parser)
{
    return parser == NULL ? "out of memory\n" : stg_error_text(&parser->error);
}
