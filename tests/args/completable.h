/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A parser whose words shells can complete.  What shells make of the scripts is tested in
 * tests/completion. */
#ifndef STAGED_TESTS_ARGS_COMPLETABLE_H
#define STAGED_TESTS_ARGS_COMPLETABLE_H

#include "support.h"

static inline staged_parser *completable_parser(void)
{
    staged_parser *parser =
        staged_parser_new(STAGED_OPTIONS(staged_parser_options, .prog = "/usr/bin/my-tool run"));
    staged_parser_add_argument(parser, "-s --stage", .nargs = STAGED_NARGS_ONE_OR_MORE,
                               .choices = STAGED_TEXTS("it's", "a b"),
                               .help = "Which\n  stages: %(dest)s");
    staged_parser_add_argument(parser, "--file", .type = STAGED_ARG_PATH);
    staged_parser_add_argument(parser, "--pair", .nargs = 2);
    staged_parser_add_argument(parser, "--maybe", .nargs = STAGED_NARGS_OPTIONAL,
                               .help = STAGED_ARG_SUPPRESS);
    staged_commands *commands = staged_parser_add_commands(parser, NULL);
    staged_parser *add = staged_commands_add(
        commands,
        STAGED_OPTIONS(staged_command_options, .help = "Adds.", .aliases = STAGED_TEXTS("plus")),
        "add");
    staged_parser_add_argument(add, "rest", .nargs = STAGED_NARGS_REMAINDER);
    return parser;
}

typedef struct completable {
    staged_parser *parser;
    const char *shell;
} completable;

static inline staged_status write_completion(void *context)
{
    const completable *c = context;
    char *script = staged_parser_completion(c->parser, c->shell);
    const staged_status status = script == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    free(script);
    return status;
}

/* Lets each allocation fail once. */
static inline void assert_completion_survives(const char *shell)
{
    completable c = {completable_parser(), shell};
    assert_true(torture(write_completion, &c) > 10);
    staged_parser_free(c.parser);
}

#endif
