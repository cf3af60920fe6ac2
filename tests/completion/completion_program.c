/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A program with one of everything that shells can complete.  It prints what it read. */
#include <stdio.h>

#include <staged/args.h>

static staged_parser *make_parser(void)
{
    staged_parser *parser = staged_parser_new(STAGED_OPTIONS(
        staged_parser_options, .prog = "try-me",
        .description = "Try completion. It's all here: 'quotes', \\backslashes and .dots.",
        .epilog = "'Til the end.", .print_options = STAGED_YES, .suggest = STAGED_YES));
    staged_parser_add_argument(parser, "-s --stage", .nargs = STAGED_NARGS_ONE_OR_MORE,
                               .choices = STAGED_TEXTS("hello", "goodbye", "good-night"),
                               .help = "Which stages to run: some, or all of them.");
    staged_parser_add_argument(parser, "--dry-run", .action = STAGED_ARG_STORE_TRUE,
                               .help = "Show what would be done.");
    staged_parser_add_argument(parser, "--file", .type = STAGED_ARG_PATH, .help = "A file's name.");
    staged_parser_add_argument(parser, "--odd",
                               .choices = STAGED_TEXTS("two words", "it's", "$HOME", "a:b", "b*",
                                                       "say \"hi!\"", "back\\slash'", "one and all",
                                                       "one and only"));
    staged_parser_add_argument(parser, "--pair", .nargs = 2,
                               .choices = STAGED_TEXTS("left", "right"));
    staged_parser_add_argument(parser, "--hidden", .help = STAGED_ARG_SUPPRESS,
                               .choices = STAGED_TEXTS("secret"));
    staged_commands *commands = staged_parser_add_commands(
        parser, STAGED_OPTIONS(staged_commands_options, .dest = "command", .title = "commands"));
    staged_parser *add =
        staged_commands_add(commands,
                            STAGED_OPTIONS(staged_command_options, .aliases = STAGED_TEXTS("plus"),
                                           .help = "Adds things."),
                            "add");
    staged_parser_add_argument(add, "color", .choices = STAGED_TEXTS("red", "green"));
    staged_parser_add_argument(add, "target", .type = STAGED_ARG_PATH,
                               .nargs = STAGED_NARGS_ZERO_OR_MORE);
    staged_parser_add_argument(add, "--force", .action = STAGED_ARG_STORE_TRUE,
                               .help = "Add anyway.");
    staged_commands_add(commands, STAGED_OPTIONS(staged_command_options, .help = "Lists things."),
                        "list");
    return parser;
}

int main(int argc, char **argv)
{
    staged_parser *parser = make_parser();
    staged_namespace *arguments = NULL;
    const staged_status status = staged_parser_parse(parser, argc - 1, argv + 1, &arguments);
    int code = 0;
    if (status == STAGED_EXIT) {
        fputs(staged_parser_output(parser), stdout);
    } else if (status != STAGED_OK) {
        fputs(staged_parser_error(parser), stderr);
        code = 2;
    }
    staged_namespace_free(arguments);
    staged_parser_free(parser);
    return code;
}
