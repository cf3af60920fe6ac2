/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The program `staged`: verbs, and what it says about itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <staged/args.h>
#include <staged/version.h>
#include <staged/words.h>

#include "tool/shell/script.h"
#include "tool/verb.h"

static const tool_verb *const verbs[] = {&tool_verb_run};
enum { VERB_COUNT = sizeof verbs / sizeof verbs[0] };

static const tool_verb *find_verb(const char *name)
{
    for (size_t i = 0; i < VERB_COUNT; i++) {
        if (strcmp(verbs[i]->name, name) == 0)
            return verbs[i];
    }
    return NULL;
}

/* Writes a text to standard output.  Returns the exit status. */
static int show(const char *text)
{
    if (fputs(text, stdout) >= 0 && fflush(stdout) == 0)
        return TOOL_OK;
    perror("staged: cannot write to standard output");
    return TOOL_NO_OUTPUT;
}

/* The options of the parser of a verb, for `staged_parser_new` and for the list of verbs. */
static staged_parser_options options_of(const tool_verb *verb, const char *prog)
{
    staged_parser_options options = verb->parser;
    options.prog = prog;
    options.suggest = STAGED_YES;
    return options;
}

/* Reads a command line.  Returns whether to go on; otherwise `exit_status` is set. */
static bool read_words(staged_parser *parser, int argc, char **argv, staged_namespace **arguments,
                       int bad_usage, int *exit_status)
{
    staged_parser_set_colors(parser, STAGED_COLOR_ON_TERMINAL, NULL);
    const staged_status status = staged_parser_parse(parser, argc, argv, arguments);
    if (status == STAGED_OK)
        return true;
    if (status == STAGED_EXIT) {
        *exit_status = show(staged_parser_output(parser));
        return false;
    }
    fputs(staged_parser_error(parser), stderr);
    *exit_status = bad_usage;
    return false;
}

static int run_verb(const tool_verb *verb, int argc, char **argv)
{
    char prog[64];
    (void)snprintf(prog, sizeof prog, "staged %s", verb->name);
    const staged_parser_options options = options_of(verb, prog);
    staged_parser *parser = staged_parser_new(&options);
    if (parser != NULL)
        verb->add_arguments(parser);
    staged_namespace *arguments = NULL;
    int exit_status;
    if (read_words(parser, argc, argv, &arguments,
                   verb->bad_usage == 0 ? TOOL_BAD_USAGE : verb->bad_usage, &exit_status))
        exit_status = verb->run(parser, arguments);
    staged_namespace_free(arguments);
    staged_parser_free(parser);
    return exit_status;
}

/* The parser of the whole program: for its help, its completion and its man page. */
static staged_parser *new_program_parser(void)
{
    staged_parser *parser = staged_parser_new(&(staged_parser_options){
        .prog = "staged",
        .description = "Runs commands and scripts reliably: with retries and time limits, leaving "
                       "no process behind.",
        .epilog = "`staged VERB --help` describes a verb.",
        .print_options = STAGED_YES,
        .suggest = STAGED_YES,
    });
    staged_parser_add_argument(parser, "--version", .action = STAGED_ARG_VERSION,
                               .version = "staged " STAGED_VERSION,
                               .help = "show the version and exit");
    staged_commands *commands = staged_parser_add_commands(
        parser, &(staged_commands_options){.title = "verbs", .metavar = "VERB"});
    for (size_t i = 0; i < VERB_COUNT; i++) {
        const staged_command_options options = {.help = verbs[i]->help,
                                                .parser = options_of(verbs[i], NULL)};
        verbs[i]->add_arguments(staged_commands_add(commands, &options, verbs[i]->name));
    }
    return parser;
}

/* A command line that begins with an option, or is empty. */
static int tell_about_itself(int argc, char **argv)
{
    staged_parser *parser = new_program_parser();
    staged_namespace *arguments = NULL;
    int exit_status = TOOL_BAD_USAGE;
    /* Also "--" or an option before a verb: there is one way to write a command line. */
    if (read_words(parser, argc, argv, &arguments, TOOL_BAD_USAGE, &exit_status)) {
        (void)staged_parser_fail(parser, "the first word must be a verb");
        fputs(staged_parser_error(parser), stderr);
    }
    staged_namespace_free(arguments);
    staged_parser_free(parser);
    return exit_status;
}

static int refuse(const char *word)
{
    const char *names[VERB_COUNT + 1] = {0};
    for (size_t i = 0; i < VERB_COUNT; i++)
        names[i] = verbs[i]->name;
    const char *meant = staged_word_closest(word, names);
    if (meant == NULL)
        fprintf(stderr, "staged: no verb and no file '%s'; `staged --help` lists the verbs\n",
                word);
    else
        fprintf(stderr, "staged: no verb and no file '%s'; did you mean '%s'?\n", word, meant);
    return TOOL_BAD_USAGE;
}

int main(int argc, char **argv)
{
    if (argc < 2 || argv[1][0] == '-')
        return tell_about_itself(argc - (argc > 0), argv + (argc > 0));
    const tool_verb *verb = find_verb(argv[1]);
    if (verb == NULL && (strchr(argv[1], '/') != NULL || access(argv[1], F_OK) == 0))
        return tool_script(argc - 1, argv + 1);
    return verb == NULL ? refuse(argv[1]) : run_verb(verb, argc - 2, argv + 2);
}
