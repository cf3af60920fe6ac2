/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/about/about.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/version.h>

#include "tool/script_bash.h"
#include "tool/script_fish.h"
#include "tool/script_zsh.h"

/* The verbs have a completion as if they were a program of this name; the completion of `staged`
 * calls it. */
static const char name_of_verbs[] = "staged_verbs";

/* The beginning and the end of `staged`'s own completion, for each shell. */
static const struct {
    const char *shell;
    const char *begin;
    const char *end;
} shells[] = {
    {"bash",
     "# Completion of staged for bash: load it with `source`, or put it into\n"
     "# ~/.local/share/bash-completion/completions/staged.\n",
     stg_script_bash},
    {"zsh",
     "#compdef staged\n"
     "# Completion of staged for zsh: load it with `source` after compinit, or put it as _staged\n"
     "# into a folder of $fpath.\n",
     stg_script_zsh},
    {"fish",
     "# Completion of staged for fish: put it into ~/.config/fish/completions/staged.fish.\n",
     stg_script_fish},
};

/* The completion script for a shell, which the caller frees; NULL: out of memory. */
static char *completion_for(staged_parser *parser, const char *shell)
{
    staged_parser_set_prog(parser, name_of_verbs);
    char *verbs = staged_parser_completion(parser, shell);
    char *text = NULL;
    for (size_t i = 0; verbs != NULL && i < sizeof shells / sizeof shells[0]; i++) {
        if (strcmp(shells[i].shell, shell) != 0)
            continue;
        const size_t size = strlen(shells[i].begin) + strlen(verbs) + strlen(shells[i].end) + 1;
        text = malloc(size);
        if (text != NULL)
            (void)snprintf(text, size, "%s%s%s", shells[i].begin, verbs, shells[i].end);
        break;
    }
    free(verbs);
    return text;
}

/* Shows a text, and frees it. */
static staged_status show(staged_occurrence *occurrence, char *text)
{
    if (text == NULL)
        return STAGED_NO_MEMORY;
    const staged_status status = staged_occurrence_show(occurrence, "%s", text);
    free(text);
    return status;
}

static staged_status show_completion(staged_occurrence *occurrence, void *context)
{
    return show(occurrence, completion_for(context, staged_occurrence_value(occurrence)->as.text));
}

static staged_status show_man_page(staged_occurrence *occurrence, void *context)
{
    return show(occurrence, staged_parser_man_page(context));
}

static void add_options(staged_parser *parser)
{
    staged_parser_add_argument(parser, "--version", .action = STAGED_ARG_VERSION,
                               .version = "staged " STAGED_VERSION,
                               .help = "show the version and exit");
    staged_parser_add_argument(parser, "--print-completion",
                               .choices = STAGED_TEXTS("bash", "zsh", "fish"),
                               .act = show_completion, .act_context = parser, .metavar = "SHELL",
                               .help = "show the completion for a shell, and exit");
    staged_parser_add_argument(parser, "--print-man", .action = STAGED_ARG_STORE_TRUE,
                               .act = show_man_page, .act_context = parser,
                               .help = STAGED_ARG_SUPPRESS);
}

static staged_parser *new_parser(const tool_verb *const *verbs, size_t count)
{
    staged_parser *parser = staged_parser_new(STAGED_OPTIONS(
        staged_parser_options, .prog = "staged",
        .usage = "%(prog)s [-h] [--version] [--print-completion SHELL] VERB ...\n"
                 "       %(prog)s SCRIPT [ARGUMENT ...]",
        .description = "Runs commands and scripts reliably: with retries and time limits, leaving "
                       "no process behind.  SCRIPT is the file of a script in shell.",
        .epilog = "`staged VERB --help` describes a verb, `staged SCRIPT --help` a script.  "
                  "staged-script(7) tells how to write scripts.",
        .suggest = STAGED_YES));
    add_options(parser);
    staged_commands *commands = staged_parser_add_commands(
        parser, STAGED_OPTIONS(staged_commands_options, .title = "verbs", .metavar = "VERB"));
    for (size_t i = 0; i < count; i++) {
        staged_parser_options parsed = verbs[i]->parser;
        parsed.size = sizeof parsed;
        parsed.suggest = STAGED_YES;
        const staged_command_options *options =
            STAGED_OPTIONS(staged_command_options, .help = verbs[i]->help, .parser = &parsed);
        verbs[i]->add_arguments(staged_commands_add(commands, options, verbs[i]->name));
    }
    return parser;
}

int tool_about(const tool_verb *const *verbs, size_t count, int argc, char **argv)
{
    staged_parser *parser = new_parser(verbs, count);
    staged_namespace *arguments = NULL;
    int exit_status = TOOL_BAD_USAGE;
    /* Reached also with "--" or an option before a verb: there is only one way to write a command
     * line. */
    if (tool_read_words(parser, argc, argv, &arguments, &exit_status)) {
        (void)staged_parser_fail(parser, "the first word must be a verb, or the file of a script");
        fputs(staged_parser_error(parser), stderr);
    }
    staged_namespace_free(arguments);
    staged_parser_free(parser);
    return exit_status;
}
