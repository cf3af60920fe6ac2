/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The program `staged`: finds the verb. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <staged/args.h>
#include <staged/words.h>

#include "tool/about/about.h"
#include "tool/common/verb.h"
#include "tool/script/script.h"

static const tool_verb *const verbs[] = {&tool_verb_run,   &tool_verb_new,    &tool_verb_check,
                                         &tool_verb_runs,  &tool_verb_show,   &tool_verb_watch,
                                         &tool_verb_diff,  &tool_verb_replay, &tool_verb_stats,
                                         &tool_verb_prune, &tool_verb_report};
enum { VERB_COUNT = sizeof verbs / sizeof verbs[0] };

static const tool_verb *find_verb(const char *name)
{
    for (size_t i = 0; i < VERB_COUNT; i++) {
        if (strcmp(verbs[i]->name, name) == 0)
            return verbs[i];
    }
    return NULL;
}

static int run_verb(const tool_verb *verb, int argc, char **argv)
{
    char prog[64];
    (void)snprintf(prog, sizeof prog, "staged %s", verb->name);
    staged_parser_options options = verb->parser;
    options.size = sizeof options;
    options.prog = prog;
    options.suggest = STAGED_YES;
    staged_parser *parser = staged_parser_new(&options);
    if (parser != NULL)
        verb->add_arguments(parser);
    staged_namespace *arguments = NULL;
    int exit_status = verb->bad_usage == 0 ? TOOL_BAD_USAGE : verb->bad_usage;
    if (tool_read_words(parser, argc, argv, &arguments, &exit_status))
        exit_status = verb->run(parser, arguments);
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
        return tool_about(verbs, VERB_COUNT, argc - (argc > 0), argv + (argc > 0));
    const tool_verb *verb = find_verb(argv[1]);
    if (verb == NULL && (strchr(argv[1], '/') != NULL || access(argv[1], F_OK) == 0))
        return tool_script(argc - 1, argv + 1);
    return verb == NULL ? refuse(argv[1]) : run_verb(verb, argc - 2, argv + 2);
}
