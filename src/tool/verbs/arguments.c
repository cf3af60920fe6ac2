/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The arguments of a script: declares them, adds them to its parser, and passes them to the shell
 * as variables. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tool/verbs/declaring.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* ---- Declaring ---- */

static const staged_argument_options argument_arguments[] = {
    {.size = sizeof(staged_argument_options),
     .flags = "--action",
     .choices =
         (const char *const[]){"store", "store_const", "store_true", "store_false", "append",
                               "append_const", "extend", "count", "boolean", "version", NULL}},
    {.size = sizeof(staged_argument_options),
     .flags = "--type",
     .choices = (const char *const[]){"text", "str", "int", "float", "path", NULL}},
    {.size = sizeof(staged_argument_options), .flags = "--nargs"},
    {.size = sizeof(staged_argument_options),
     .flags = "--required",
     .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options),
     .flags = "--resolve",
     .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options), .flags = "--secret", .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options), .flags = "--help"},
    {.size = sizeof(staged_argument_options), .flags = "--metavar", .action = STAGED_ARG_APPEND},
    {.size = sizeof(staged_argument_options), .flags = "--dest"},
    {.size = sizeof(staged_argument_options), .flags = "--default", .action = STAGED_ARG_APPEND},
    {.size = sizeof(staged_argument_options), .flags = "--const"},
    {.size = sizeof(staged_argument_options),
     .flags = "--choices",
     .nargs = STAGED_NARGS_ONE_OR_MORE},
    {.size = sizeof(staged_argument_options), .flags = "--version"},
    {.size = sizeof(staged_argument_options), .flags = "--convert"},
    {.size = sizeof(staged_argument_options), .flags = "--environment"},
    {.size = sizeof(staged_argument_options),
     .flags = "--check",
     .action = STAGED_ARG_APPEND,
     .choices = (const char *const[]){"exists", "file", "directory", "readable", "writable", "new",
                                      "dash", NULL}},
};

/* The choices of --action, --type and --check are in the order of these enumerations. */
static int number_of(staged_namespace *words, const char *name,
                     const staged_argument_options *argument)
{
    const char *word = staged_namespace_text(words, name);
    int number = 0;
    while (word != NULL && strcmp(argument->choices[number], word) != 0)
        number++;
    return number;
}

static staged_argument_action action_of(staged_namespace *words)
{
    static const staged_argument_action actions[] = {
        STAGED_ARG_STORE,   STAGED_ARG_STORE_CONST,  STAGED_ARG_STORE_TRUE, STAGED_ARG_STORE_FALSE,
        STAGED_ARG_APPEND,  STAGED_ARG_APPEND_CONST, STAGED_ARG_EXTEND,     STAGED_ARG_COUNT,
        STAGED_ARG_BOOLEAN, STAGED_ARG_VERSION};
    return actions[number_of(words, "action", &argument_arguments[0])];
}

static staged_argument_type type_of(staged_namespace *words)
{
    static const staged_argument_type types[] = {STAGED_ARG_TEXT, STAGED_ARG_STR, STAGED_ARG_INT,
                                                 STAGED_ARG_FLOAT, STAGED_ARG_PATH};
    return types[number_of(words, "type", &argument_arguments[1])];
}

static unsigned checks_of(staged_namespace *words)
{
    const char *const *names = argument_arguments[COUNT(argument_arguments) - 1].choices;
    unsigned checks = 0;
    for (const char *const *word = staged_namespace_list(words, "check"); *word != NULL; word++) {
        for (unsigned bit = 0; names[bit] != NULL; bit++) {
            if (strcmp(names[bit], *word) == 0)
                checks |= 1U << bit;
        }
    }
    return checks;
}

/* "?", "*", "+", "..." or a number; returns false for another word. */
static bool read_nargs(const char *word, int *nargs)
{
    static const struct {
        const char *word;
        int nargs;
    } special[] = {{"?", STAGED_NARGS_OPTIONAL},
                   {"*", STAGED_NARGS_ZERO_OR_MORE},
                   {"+", STAGED_NARGS_ONE_OR_MORE},
                   {"...", STAGED_NARGS_REMAINDER},
                   {"A...", STAGED_NARGS_COMMAND_AND_REST}};
    *nargs = 0;
    if (word == NULL)
        return true;
    for (size_t i = 0; i < COUNT(special); i++) {
        if (strcmp(word, special[i].word) == 0) {
            *nargs = special[i].nargs;
            return true;
        }
    }
    char *end;
    *nargs = (int)strtol(word, &end, 10);
    return *end == '\0' && *nargs > 0;
}

static const char *copied(const char *text)
{
    return text == NULL ? NULL : sh_copy(text);
}

const char *const *sh_copy_list(const char *const *list)
{
    size_t count = 0;
    while (list[count] != NULL)
        count++;
    if (count == 0)
        return NULL;
    const char **copy = sh_alloc((count + 1) * sizeof *copy);
    for (size_t i = 0; i < count; i++)
        copy[i] = sh_copy(list[i]);
    return copy;
}

static sh_argument *new_declaration(sh_shell *shell, sh_argument_kind kind)
{
    sh_file *file = sh_source_file(&shell->source);
    file->arguments = sh_grown(file->arguments, file->argument_count, sizeof *file->arguments);
    sh_argument *argument = &file->arguments[file->argument_count++];
    *argument = (sh_argument){.kind = kind};
    return argument;
}

static bool is_one(const char *const *list)
{
    return list[0] != NULL && list[1] == NULL;
}

static void set_lists(staged_namespace *words, staged_argument_options *options)
{
    const char *const *defaults = staged_namespace_list(words, "default");
    const char *const *metavars = staged_namespace_list(words, "metavar");
    if (is_one(defaults))
        options->default_text = sh_copy(defaults[0]);
    else
        options->default_list = sh_copy_list(defaults);
    if (is_one(metavars))
        options->metavar = sh_copy(metavars[0]);
    else
        options->metavars = sh_copy_list(metavars);
    options->choices = sh_copy_list(staged_namespace_list(words, "choices"));
}

static void declare(sh_shell *shell, const sh_request *request, staged_namespace *words, int nargs)
{
    sh_argument *argument = new_declaration(shell, SH_ARGUMENT);
    argument->is_secret = staged_namespace_bool(words, "secret");
    argument->convert = (char *)(uintptr_t)copied(staged_namespace_text(words, "convert"));
    argument->options = (staged_argument_options){
        .size = sizeof(staged_argument_options),
        .flags = sh_copy(request->words[0]),
        .action = action_of(words),
        .type = type_of(words),
        .resolve = staged_namespace_bool(words, "resolve"),
        .nargs = nargs,
        .required = staged_namespace_bool(words, "required"),
        .help = copied(staged_namespace_text(words, "help")),
        .dest = copied(staged_namespace_text(words, "dest")),
        .const_text = copied(staged_namespace_text(words, "const")),
        .version = copied(staged_namespace_text(words, "version")),
        .environment = copied(staged_namespace_text(words, "environment")),
        .path_checks = checks_of(words),
        .where = request->where};
    set_lists(words, &argument->options);
}

/* Its value is in a variable of the author's.  Returns whether that can be; otherwise it is
 * reported. */
static bool check_variable(sh_shell *shell, const sh_request *request, staged_namespace *words)
{
    const char *flags = request->words[0];
    const bool is_positional = *flags != '-';
    const char *dest = staged_namespace_text(words, "dest");
    char *variable = is_positional && dest == NULL
                         ? sh_copy(flags)
                         : sh_dest_of(&(staged_argument_options){.flags = flags, .dest = dest});
    const bool is_good = sh_is_name(variable);
    if (!is_good)
        sh_bad_verb(shell, request,
                    is_positional ? "argument: '%s' is not the name of a variable; choose one "
                                    "with letters, digits and '_', and show another with --metavar"
                                  : "argument: '%s' is not the name of a variable; choose one "
                                    "with --dest",
                    variable);
    free(variable);
    return is_good;
}

void sh_verb_argument(sh_shell *shell, const sh_request *request)
{
    if (request->word_count == 0 || *request->words[0] == '\0') {
        sh_bad_verb(shell, request, "argument needs flags, or the name of a positional");
        return;
    }
    sh_request rest = *request;
    rest.words++;
    rest.word_count--;
    staged_namespace *words =
        sh_read_words(shell, &rest, argument_arguments, COUNT(argument_arguments));
    if (words == NULL)
        return;
    const bool is_path = staged_namespace_is_set(words, "type") &&
                         strcmp(staged_namespace_text(words, "type"), "path") == 0;
    int nargs;
    if (!is_path &&
        (staged_namespace_count(words, "check") > 0 || staged_namespace_bool(words, "resolve")))
        sh_bad_verb(shell, request,
                    "argument: --check and --resolve are for paths; add --type path");
    else if (!read_nargs(staged_namespace_text(words, "nargs"), &nargs))
        sh_bad_verb(shell, request, "argument: --nargs is ?, *, +, ..., A... or a number");
    else if (check_variable(shell, request, words))
        declare(shell, request, words, nargs);
    staged_namespace_free(words);
}

/* `default --wait-timeout 900`: sets the default of an argument declared elsewhere, by the engine
 * or a base. */
void sh_verb_default(sh_shell *shell, const sh_request *request)
{
    if (request->word_count < 2) {
        sh_bad_verb(shell, request, "default needs an argument and a value");
        return;
    }
    sh_argument *argument = new_declaration(shell, SH_DEFAULT);
    const staged_argument_options named = {.flags = request->words[0]};
    argument->options.dest = sh_dest_of(&named);
    argument->options.default_list = sh_copy_list((const char *const *)request->words + 1);
    argument->options.where = request->where;
}

static const staged_argument_options group_arguments[] = {
    {.size = sizeof(staged_argument_options), .flags = "title", .nargs = STAGED_NARGS_OPTIONAL},
    {.size = sizeof(staged_argument_options),
     .flags = "description",
     .nargs = STAGED_NARGS_OPTIONAL},
    {.size = sizeof(staged_argument_options),
     .flags = "--required",
     .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options), .flags = "--dest"},
    {.size = sizeof(staged_argument_options), .flags = "--help"},
    {.size = sizeof(staged_argument_options), .flags = "--alias", .action = STAGED_ARG_APPEND},
};

static void declare_group(sh_shell *shell, const sh_request *request, sh_argument_kind kind)
{
    staged_namespace *words =
        sh_read_words(shell, request, group_arguments, COUNT(group_arguments));
    if (words == NULL)
        return;
    sh_argument *group = new_declaration(shell, kind);
    group->title = (char *)(uintptr_t)copied(staged_namespace_text(words, "title"));
    group->description = (char *)(uintptr_t)copied(staged_namespace_text(words, "description"));
    group->help = (char *)(uintptr_t)copied(staged_namespace_text(words, "help"));
    group->required = staged_namespace_bool(words, "required");
    group->options.dest = copied(staged_namespace_text(words, "dest"));
    group->options.where = request->where;
    group->aliases = (const char **)(uintptr_t)sh_copy_list(staged_namespace_list(words, "alias"));
    staged_namespace_free(words);
}

void sh_verb_group(sh_shell *shell, const sh_request *request)
{
    declare_group(shell, request, SH_GROUP);
}

void sh_verb_exclusive(sh_shell *shell, const sh_request *request)
{
    declare_group(shell, request, SH_EXCLUSIVE);
}

void sh_verb_commands(sh_shell *shell, const sh_request *request)
{
    declare_group(shell, request, SH_COMMANDS);
}

void sh_verb_command(sh_shell *shell, const sh_request *request)
{
    declare_group(shell, request, SH_COMMAND);
}
