/* SPDX-License-Identifier: BSD-3-Clause
 *
 * `staged check`: mistakes in shell scripts, for editors and CI. */
#include "tool/common/verb.h"
#include "tool/script/script.h"

static void add_arguments(staged_parser *parser)
{
    staged_parser_add_argument(parser, "files", .nargs = STAGED_NARGS_ONE_OR_MORE,
                               .type = STAGED_ARG_PATH, .metavar = "FILE",
                               .help = "a staged script in shell");
    staged_parser_add_argument(parser, "--strict", .action = STAGED_ARG_STORE_TRUE,
                               .help = "hints are mistakes, too");
}

static int run(staged_parser *parser, staged_namespace *arguments)
{
    (void)parser;
    const bool is_strict = staged_namespace_bool(arguments, "strict");
    int exit_status = TOOL_OK;
    for (const char *const *file = staged_namespace_list(arguments, "files"); *file != NULL;
         file++) {
        const int found = tool_check_script(*file, is_strict);
        if (exit_status == TOOL_OK)
            exit_status = found;
    }
    return exit_status;
}

const tool_verb tool_verb_check = {
    .name = "check",
    .help = "report mistakes in shell scripts without running them",
    .parser = {.description =
                   "Reads what shell scripts declare, and reports each mistake with "
                   "its file and line.  No stage and no hook runs.  A place that is "
                   "not known here is a hint: the operator's file of places may declare it.",
               .epilog =
                   "The exit status is 0 if there is no mistake, 70 if there is one, and 2 if "
                   "a file cannot be read."},
    .add_arguments = add_arguments,
    .run = run,
};
