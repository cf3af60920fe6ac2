/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The class that all files of a script extend: it adds their arguments to the parser, and passes
 * the values to the shell. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/bridge.h>
#include <staged/question.h>

#include "tool/script/build.h"
#ifdef TOOL_HAS_RUNS
#include "tool/report/formats.h"
#endif

/* Where the next argument goes. */
typedef struct building {
    staged_parser *parser; /* the script's, or that of one of its commands */
    staged_argument_group *group;
    staged_commands *commands;
    staged_parser *top;
    staged_script *script;
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
    /* No title ends the group. */
    b->group = declared->title == NULL
                   ? NULL
                   : staged_parser_add_group(b->parser, declared->title, declared->description);
}

static bool is_true(const char *word)
{
    return strcmp(word, "true") == 0;
}

/* Applies `default`: words of a command line, or true and false for a flag. */
static void set_default(const building *b, const sh_argument *declared)
{
    const char *dest = declared->options.dest;
    const char *const *words = declared->options.default_list;
    const staged_location *where = &declared->options.where;
    const staged_value *before = staged_parser_default(b->parser, dest);
    const bool is_list = (before != NULL && before->kind == STAGED_VALUE_LIST) ||
                         words[1] != NULL || strcmp(dest, "stage") == 0;
    if (is_list)
        staged_parser_set_default_list_at(b->parser, where, dest, words);
    else if (before != NULL && before->kind == STAGED_VALUE_BOOL &&
             (is_true(words[0]) || strcmp(words[0], "false") == 0))
        staged_parser_set_default_at(b->parser, where, dest, staged_value_bool(is_true(words[0])));
    else
        staged_parser_set_default_text_at(b->parser, where, dest, words[0]);
}

/* A function of the author that converts words. */
typedef struct conversion {
    void *before; /* the one made before; all are in use until the program ends */
    sh_shell *shell;
    staged_script *script;
    const char *function;
} conversion;

static staged_status convert(staged_conversion *result, const char *text, void *context)
{
    const conversion *c = context;
    char *value = NULL;
    char *reason = NULL;
    staged_status status =
        sh_call_conversion(c->shell, c->script, c->function, text, &value, &reason);
    if (status == STAGED_OK)
        status = staged_conversion_set(result, staged_value_text(value));
    else if (status == STAGED_BAD_INPUT && reason != NULL)
        status = staged_conversion_refuse_text(result, reason);
    free(value);
    free(reason);
    return status;
}

static void set_conversion(const building *b, const char *function,
                           staged_argument_options *options)
{
    conversion *c = sh_alloc(sizeof *c);
    sh_shell *shell = staged_script_user(b->script);
    *c = (conversion){
        .before = shell->conversions, .shell = shell, .script = b->script, .function = function};
    shell->conversions = c;
    options->convert = convert;
    options->convert_context = c;
    options->type_name = function;
}

static void add(building *b, const sh_argument *declared)
{
    staged_argument_options options = declared->options;
    if (declared->convert != NULL)
        set_conversion(b, declared->convert, &options);
    /* The parser would refuse it: it belongs to the tables of classes. */
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
    case SH_DEFAULT:
        set_default(b, declared);
        break;
    }
}

static staged_status build_parser(staged_call *call)
{
    const sh_shell *shell = staged_script_user(call->script);
    STAGED_TRY(staged_super(call));
    staged_parser *parser = staged_script_parser(call->script);
    bool has_questions = false;
    const sh_file *order = sh_find_order(&shell->source);
    if (order != NULL && order->runs_all)
        staged_parser_set_default_set_at(parser, &order->order_where, "stage", order->order);
    for (size_t i = 0; i < shell->source.file_count; i++) {
        const sh_file *file = shell->source.files[i];
        building b = {.parser = parser, .top = parser, .script = call->script};
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
    char *name = sh_dest_of(options);
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

/* Whether one of the files behind a file declares a place with that name, which counts then. */
static bool is_declared_later(const sh_source *source, size_t file, const char *name)
{
    for (size_t i = file + 1; i < source->file_count; i++) {
        for (size_t k = 0; k < source->files[i]->place_count; k++) {
            if (strcmp(source->files[i]->places[k].name, name) == 0)
                return true;
        }
    }
    return false;
}

static staged_status add_places(const sh_source *source, staged_script *script)
{
    for (size_t i = 0; i < source->file_count; i++) {
        for (size_t k = 0; k < source->files[i]->place_count; k++) {
            const sh_declared_place *place = &source->files[i]->places[k];
            if (!is_declared_later(source, i, place->name))
                STAGED_TRY(staged_script_add_place_at(script, &place->where, place->name,
                                                      place->kind, place->words));
        }
    }
    return STAGED_OK;
}

static staged_status init(staged_call *call)
{
    const sh_shell *shell = staged_script_user(call->script);
    STAGED_TRY(staged_super(call));
    STAGED_TRY(add_places(&shell->source, call->script));
#ifdef TOOL_HAS_RUNS
    STAGED_TRY(staged_script_set_reporter(call->script, tool_report_write, NULL));
#endif
    STAGED_TRY(sh_add_observer(staged_script_user(call->script), call->script));
    STAGED_TRY(sh_keep_shared(staged_script_user(call->script), call->script));
    return sh_add_early_secrets(staged_script_user(call->script), call->script);
}

static staged_status clean_up(staged_call *call)
{
    sh_tell_events(staged_script_user(call->script), call->script);
    return staged_super(call);
}

/* Adds the arguments that the engine creates for each stage that retries. */
static void add_retries(staged_script *script, sh_text *text)
{
    static const char *const names[] = {"retry_attempts", "retry_delay", "retry_timeout"};
    const staged_argument_options none = {0};
    for (const char *const *stage = staged_script_stages(script, NULL); *stage != NULL; stage++) {
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            sh_text name = {0};
            sh_text_addf(&name, "%s_%s", *stage, names[i]);
            const staged_value *value =
                staged_namespace_value(staged_script_args(script), sh_text_of(&name));
            if (value != NULL && sh_is_name(sh_text_of(&name)))
                add_variable(text, &none, sh_text_of(&name), value);
            sh_text_free(&name);
        }
    }
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
    add_retries(call->script, &text);
    sh_text_addf(&text, "dry_run=%s\n", staged_script_is_dry_run(call->script) ? "true" : "false");
    shell->script = outer;
    const unsigned version = shell->version;
    if (status == STAGED_OK) {
        sh_restore_shared(shell, call->script);
        sh_news_set(shell, "", sh_text_of(&text));
        sh_news_tell(shell, version, shell->frame);
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
