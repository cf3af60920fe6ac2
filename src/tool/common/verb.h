/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The verbs of the program: `staged VERB ...`. */
#ifndef TOOL_COMMON_VERB_H
#define TOOL_COMMON_VERB_H

#include <stdbool.h>

#include <staged/args.h>

/* The exit statuses of the program itself. */
enum {
    TOOL_OK = 0,
    TOOL_FAILED = 1,
    TOOL_BAD_USAGE = 2, /* a wrong command line */
    TOOL_NO_OUTPUT = 74 /* EX_IOERR: its output could not be written */
};

/* A verb.
 *   name           as it is typed
 *   help           one line for the list of verbs
 *   parser         description, epilog and usage; the program's name is filled in
 *   add_arguments  adds the verb's arguments to its parser
 *   run            runs it; `arguments` are valid until it returns.  Returns the exit status
 *   bad_usage      the exit status after a wrong command line; 0: TOOL_BAD_USAGE */
typedef struct tool_verb {
    const char *name;
    const char *help;
    staged_parser_options parser;
    void (*add_arguments)(staged_parser *parser);
    int (*run)(staged_parser *parser, staged_namespace *arguments);
    int bad_usage;
} tool_verb;

extern const tool_verb tool_verb_check;
extern const tool_verb tool_verb_new;
extern const tool_verb tool_verb_run;
/* The verbs that read run records. */
extern const tool_verb tool_verb_runs;
extern const tool_verb tool_verb_show;
extern const tool_verb tool_verb_watch;
extern const tool_verb tool_verb_diff;
extern const tool_verb tool_verb_replay;
extern const tool_verb tool_verb_stats;
extern const tool_verb tool_verb_prune;
extern const tool_verb tool_verb_report;

/* Parses a command line, and prints help or errors.
 *   exit_status  set only if help or the like was printed
 * Returns whether to continue. */
bool tool_read_words(staged_parser *parser, int argc, char **argv, staged_namespace **arguments,
                     int *exit_status);

#endif
