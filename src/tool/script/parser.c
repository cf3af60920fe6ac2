/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The class that all files of a script extend: it adds their arguments to the parser, and hands the
 * values to the shell. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/question.h>

#include "tool/script/build.h"

/* Where the next argument goes. */
typedef struct building {
    staged_parser *parser; /* of the script, or of one of its commands */
    staged_argument_group *group;
    staged_commands *commands;
    staged_parser *top;
} building;

static void add_commands(building *b, const sh_argument *declared)
{
    b->commands = staged_parser_add_commands(
        b->top, STAGED_OPTIONS(staged_commands_options, .dest = declared->options.dest,
                               .title = declared->title, .description = declared->description,
                               .help = declared->help, .required = declared->required,
                               .where = declared->options.where));
}

static void add_command(building *b, const sh_argument *declared)
{
    if (b->commands == NULL)
        b->commands = staged_parser_add_commands(b->top, NULL);
    b->group = NULL;
    b->parser = staged_commands_add(
        b->commands,
        STAGED_OPTIONS(
            staged_command_options, .aliases = (const char *const *)(uintptr_t)declared->aliases,
            .help = declared->help,
            .parser = STAGED_OPTIONS(staged_parser_options, .description = declared->description)),
        declared->title);
}

static void add_group(building *b, const sh_argument *declared)
{
    /* Without a title: back to no group. */
    b->group = declared->title == NULL
                   ? NULL
                   : staged_parser_add_group(b->parser, declared->title, declared->description);
}

static void add(building *b, const sh_argument *declared)
{
    staged_argument_options options = declared->options;
    /* The parser would take it for a class's table. */
    options.resolve = false;
    switch (declared->kind) {
    case SH_ARGUMENT:
        if (b->group != NULL)
            (void)staged_argument_group_add_argument_with(b->group, &options);
        else
            (void)staged_parser_add_argument_with(b->parser, &options);
        break;
    case SH_GROUP:
        add_group(b, declared);
        break;
    case SH_EXCLUSIVE:
        b->group = b->group != NULL
                       ? staged_argument_group_add_exclusive(b->group, declared->required)
                       : staged_parser_add_exclusive(b->parser, declared->required);
        break;
    case SH_COMMANDS:
        add_commands(b, declared);
        break;
    case SH_COMMAND:
        add_command(b, declared);
        break;
    }
}

static staged_status build_parser(staged_call *call)
{
    const sh_shell *shell = staged_script_user(call->script);
    STAGED_TRY(staged_super(call));
    staged_parser *parser = staged_script_parser(call->script);
    bool has_questions = false;
    for (size_t i = 0; i < shell->source.file_count; i++) {
        const sh_file *file = shell->source.files[i];
        building b = {.parser = parser, .top = parser};
        for (size_t k = 0; k < file->argument_count; k++)
            add(&b, &file->arguments[k]);
        if (file->has_time_limit_arguments)
            staged_script_add_time_limit_arguments(call->script);
        has_questions = has_questions || file->has_question_arguments;
    }
    if (has_questions)
        staged_script_add_question_arguments(call->script);
    return STAGED_OK;
}

/* ---- Values ---- */

/* "some_file" of "--some-file" or "-f --some-file". */
static char *dest_of(const staged_argument_options *options)
{
    if (options->dest != NULL)
        return sh_copy(options->dest);
    const char *flag = strstr(options->flags, "--");
    if (flag == NULL)
        flag = options->flags;
    flag += strspn(flag, "- ");
    char *dest = sh_copy(flag);
    dest[strcspn(dest, " ")] = '\0';
    for (char *at = dest; *at != '\0'; at++) {
        if (*at == '-')
            *at = '_';
    }
    return dest;
}

static void add_value(sh_text *text, const staged_value *value)
{
    switch (value->kind) {
    case STAGED_VALUE_BOOL:
        sh_text_addf(text, "%s", value->as.boolean ? "true" : "false");
        break;
    case STAGED_VALUE_INT:
        sh_text_addf(text, "%lld", (long long)value->as.integer);
        break;
    case STAGED_VALUE_FLOAT:
        sh_text_addf(text, "%.15g", value->as.number);
        break;
    case STAGED_VALUE_TEXT:
    case STAGED_VALUE_PATH:
        sh_text_add_word(text, value->as.text);
        break;
    default:
        sh_text_addf(text, "''");
    }
}

static bool takes_list(const staged_argument_options *options)
{
    return options->action == STAGED_ARG_APPEND || options->action == STAGED_ARG_APPEND_CONST ||
           options->action == STAGED_ARG_EXTEND ||
           (options->nargs != 0 && options->nargs != STAGED_NARGS_OPTIONAL);
}

static void add_variable(sh_text *text, const staged_argument_options *options, const char *name,
                         const staged_value *value)
{
    sh_text_addf(text, "%s=", name);
    if (value->kind != STAGED_VALUE_LIST) {
        if (value->kind == STAGED_VALUE_NONE && takes_list(options))
            sh_text_addf(text, "()");
        else
            add_value(text, value);
        sh_text_addf(text, "\n");
        return;
    }
    sh_text_addf(text, "(");
    for (size_t i = 0; i < value->count; i++) {
        sh_text_addf(text, " ");
        add_value(text, &value->as.items[i]);
    }
    sh_text_addf(text, ")\n");
}

static staged_status take_value(staged_script *script, const sh_argument *argument, sh_text *text)
{
    const staged_argument_options *options = &argument->options;
    char *name = dest_of(options);
    staged_status status = STAGED_OK;
    if (options->resolve)
        status = staged_args_resolve_path_at(script, &options->where, name);
    const staged_value *value = staged_namespace_value(staged_script_args(script), name);
    if (status == STAGED_OK && argument->is_secret && value != NULL &&
        value->kind == STAGED_VALUE_TEXT)
        status = sh_add_secret(staged_script_user(script), value->as.text);
    if (value != NULL)
        add_variable(text, options, name, value);
    free(name);
    return status;
}

static staged_status init(staged_call *call)
{
    STAGED_TRY(staged_super(call));
    STAGED_TRY(sh_add_observer(staged_script_user(call->script), call->script));
    return sh_add_early_secrets(staged_script_user(call->script), call->script);
}

static staged_status clean_up(staged_call *call)
{
    sh_tell_events(staged_script_user(call->script), call->script);
    return staged_super(call);
}

static staged_status parse_args(staged_call *call)
{
    sh_shell *shell = staged_script_user(call->script);
    STAGED_TRY(staged_super(call));
    sh_text text = {0};
    staged_status status = STAGED_OK;
    staged_script *outer = shell->script;
    shell->script = call->script;
    for (size_t i = 0; i < shell->source.file_count && status == STAGED_OK; i++) {
        const sh_file *file = shell->source.files[i];
        for (size_t k = 0; k < file->argument_count && status == STAGED_OK; k++) {
            if (file->arguments[k].kind == SH_ARGUMENT &&
                file->arguments[k].options.action != STAGED_ARG_VERSION)
                status = take_value(call->script, &file->arguments[k], &text);
        }
    }
    sh_text_addf(&text, "dry_run=%s\n", staged_script_is_dry_run(call->script) ? "true" : "false");
    shell->script = outer;
    const unsigned version = shell->version;
    if (status == STAGED_OK) {
        sh_news_set(shell, "", sh_text_of(&text));
        sh_news_tell(shell, version);
    }
    sh_text_free(&text);
    return status;
}

const staged_class sh_base_class = {
    STAGED_CLASS("ShellScript"),
    .methods =
        STAGED_METHODS(STAGED_ON(STAGED_HOOK_INIT, init), STAGED_ON(STAGED_HOOK_CLEAN_UP, clean_up),
                       STAGED_ON(STAGED_HOOK_BUILD_PARSER, build_parser),
                       STAGED_ON(STAGED_HOOK_PARSE_ARGS, parse_args)),
};
