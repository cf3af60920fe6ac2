/* SPDX-License-Identifier: BSD-3-Clause
 *
 * In place of the verbs that read run records, where the libraries for that are not there. */
#include <stdio.h>

#include "tool/common/verb.h"

#ifndef TOOL_HAS_RUNS

static void add_arguments(staged_parser *parser)
{
    staged_parser_add_argument(parser, "words", .nargs = STAGED_NARGS_REMAINDER,
                               .help = STAGED_ARG_SUPPRESS);
}

static int run(staged_parser *parser, staged_namespace *arguments)
{
    (void)arguments;
    fprintf(stderr,
            "%s: this build of staged cannot read run records: it was built without jansson or "
            "sqlite3 (meson setup -Druns=enabled says which is missing)\n",
            staged_parser_prog(parser));
    return TOOL_FAILED;
}

#define MISSING(verb)                                                                              \
    const tool_verb tool_verb_##verb = {                                                           \
        .name = #verb,                                                                             \
        .help = "not in this build, which was made without jansson or sqlite3",                    \
        .parser = {.description = "Not in this build, which was made without jansson or sqlite3.", \
                   .usage = "%(prog)s [...]",                                                      \
                   .keep_unknown = STAGED_YES},                                                    \
        .add_arguments = add_arguments,                                                            \
        .run = run,                                                                                \
    }

MISSING(runs);
MISSING(show);
MISSING(watch);
MISSING(diff);
MISSING(replay);
MISSING(stats);
MISSING(prune);
MISSING(report);

#endif
