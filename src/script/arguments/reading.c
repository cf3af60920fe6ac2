/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Reads the command line.  Source: staged-script, StagedScript.parse_args. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <staged/words.h>

#include "args/framework.h"
#include "base/memory/grow.h"
#include "script/arguments/arguments.h"
#include "script/definition/lineage.h"
#include "script/recording/resume.h"
#include "script/state/attributes.h"
#include "script/state/bugs.h"
#include "script/state/mask.h"
#include "script/state/object.h"
#include "script/state/stage_state.h"

/* Masks the text: it may contain secret defaults or secret arguments. */
static bool write_text(const staged_script *script, FILE *file, const char *text)
{
    char *masked = stg_masked_wrapped(script, text);
    const bool written = masked != NULL && fputs(masked, file) >= 0 && fflush(file) == 0;
    const int error = errno;
    free(masked);
    errno = error;
    return written;
}

/* Failing to print help on request is an error, unless the reader has left. */
static staged_status answer_help(staged_script *script)
{
    if (write_text(script, stdout, staged_parser_output(script->arguments.parser)) ||
        errno == EPIPE)
        return staged_exit(script, 0);
    (void)fprintf(stderr, "%s: cannot write: %s\n", script->title.name, strerror(errno));
    return staged_exit(script, STG_EXIT_LOST);
}

static staged_status fail_inner(staged_script *script, const char *message)
{
    char *masked = stg_masked_wrapped(script, message);
    if (masked == NULL)
        return STAGED_NO_MEMORY;
    const staged_status status = staged_fail_at(
        script, NULL, "%s: %s", stg_class_name(script->definition.script_class), masked);
    free(masked);
    return status;
}

/* The parser's messages are for people and go where argparse writes them, unless the words came
 * from the author of a script that uses this one. */
static staged_status leave(staged_script *script, staged_status status)
{
    if (script->outer != NULL && status != STAGED_NO_MEMORY)
        return fail_inner(script, status == STAGED_EXIT
                                      ? "its arguments ask for help or the version"
                                      : staged_parser_error(script->arguments.parser));
    switch (status) {
    case STAGED_EXIT:
        return answer_help(script);
    case STAGED_BAD_INPUT:
        (void)write_text(script, stderr, staged_parser_error(script->arguments.parser));
        return staged_exit(script, STG_EXIT_USAGE);
    case STAGED_BAD_USE:
        (void)fprintf(stderr, "%s: the script's arguments have bugs:\n", script->title.name);
        (void)write_text(script, stderr, staged_parser_error(script->arguments.parser));
        return staged_exit(script, STG_EXIT_BUG);
    default:
        return status;
    }
}

/* ---- Numbers that must not be negative ---- */

static bool is_amount(const staged_value *value)
{
    if (value != NULL && value->kind == STAGED_VALUE_INT)
        return value->as.integer >= 0;
    return value == NULL || value->kind != STAGED_VALUE_FLOAT || stg_is_amount(value->as.number);
}

/* Handles an argument that must not be negative; the first status other than STAGED_OK ends the
 * iteration.  `where` is the author's place for the argument; `args` is passed through. */
typedef staged_status visit_amount(const staged_script *script, const staged_argument *argument,
                                   staged_location where, const staged_namespace *args);

static staged_status visit_amounts(const staged_script *script, visit_amount *visit,
                                   const staged_namespace *args)
{
    if (script->arguments.deadline_argument != NULL)
        STAGED_TRY(
            visit(script, script->arguments.deadline_argument, stg_script_location(script), args));
    for (size_t i = 0; i < script->stage_count; i++) {
        const stg_stage *stage = &script->stages[i];
        const staged_location where = {stage->declaration->file, stage->declaration->line};
        const staged_argument *const arguments[] = {stage->attempts_argument, stage->delay_argument,
                                                    stage->timeout_argument,
                                                    stage->time_limit_argument};
        for (size_t k = 0; k < sizeof arguments / sizeof arguments[0]; k++) {
            if (arguments[k] != NULL)
                STAGED_TRY(visit(script, arguments[k], where, args));
        }
    }
    return STAGED_OK;
}

/* Reported together with the author's mistakes that the parser finds. */
static staged_status check_default(const staged_script *script, const staged_argument *argument,
                                   staged_location where, const staged_namespace *args)
{
    (void)args;
    if (!is_amount(stg_argument_default(argument)))
        stg_parser_bug(script->arguments.parser, &where,
                       "%s: the default must be a non-negative number",
                       stg_argument_flag(argument));
    return STAGED_OK;
}

static staged_status check_given(const staged_script *script, const staged_argument *argument,
                                 staged_location where, const staged_namespace *args)
{
    (void)where;
    if (is_amount(staged_namespace_value(args, staged_argument_dest(argument))))
        return STAGED_OK;
    return staged_parser_fail(script->arguments.parser,
                              "argument %s: must be a non-negative number",
                              stg_argument_flag(argument));
}

/* ---- What the command line says ---- */

/* Finds "STAGE_retry_WHAT" in the namespace; `entry` stays NULL if the stage has no such
 * argument. */
static staged_status find_retry_entry(const staged_script *script, const stg_stage *stage,
                                      const char *what, stg_buf *name, const char **entry)
{
    stg_buf_clear(name);
    stg_buf_addf(name, "%s_retry_%s", stage->name, what);
    *entry = NULL;
    STAGED_TRY(stg_buf_status(name));
    if (staged_namespace_value(script->arguments.args, name->data) != NULL)
        *entry = name->data;
    return STAGED_OK;
}

static staged_status take_over_retry(staged_script *script, stg_stage *stage, stg_buf *name)
{
    const char *entry;
    STAGED_TRY(find_retry_entry(script, stage, "attempts", name, &entry));
    if (entry != NULL)
        stage->retry.attempts = staged_namespace_int(script->arguments.args, entry);
    STAGED_TRY(find_retry_entry(script, stage, "delay", name, &entry));
    if (entry != NULL)
        stage->retry.delay_s = staged_namespace_float(script->arguments.args, entry);
    STAGED_TRY(find_retry_entry(script, stage, "timeout", name, &entry));
    if (entry != NULL)
        stage->retry.timeout_s = staged_namespace_float(script->arguments.args, entry);
    return STAGED_OK;
}

static staged_status take_over_stages(staged_script *script)
{
    stg_buf name = {0};
    staged_status status = STAGED_OK;
    for (size_t i = 0; i < script->stage_count && status == STAGED_OK; i++) {
        script->stages[i].selected = false;
        status = take_over_retry(script, &script->stages[i], &name);
    }
    stg_buf_free(&name);
    const char *const *selected = staged_namespace_list(script->arguments.args, "stage");
    for (; status == STAGED_OK && *selected != NULL; selected++)
        status = staged_stage_select(script, *selected, true);
    return status;
}

static staged_status take_over_arguments(staged_script *script)
{
    staged_script_set_dry_run(script, staged_namespace_bool(script->arguments.args, "dry_run") ||
                                          (script->outer != NULL && script->outer->dry_run));
    STAGED_TRY(take_over_stages(script));
    STAGED_TRY(stg_take_over_selection(script));
    STAGED_TRY(stg_take_over_assumptions(script));
    STAGED_TRY(stg_take_over_places(script));
    STAGED_TRY(stg_take_over_lock(script));
    STAGED_TRY(stg_take_over_keep_output(script));
    STAGED_TRY(stg_take_over_resume(script));
    STAGED_TRY(stg_take_over_reports(script));
    return stg_take_over_time_limits(script);
}

/* A class may set defaults for stages that it declares but this script does not register. */
static staged_status name_other_stages_arguments(staged_script *script)
{
    static const char *const endings[] = {"retry_attempts", "retry_delay", "retry_timeout",
                                          "time_limit"};
    staged_parser *parser = script->arguments.parser;
    if (!stg_parser_check_defaults(parser))
        return STAGED_OK;
    for (size_t i = 0; i < script->definition.methods.count; i++) {
        const staged_method *method = script->definition.methods.items[i].method;
        for (size_t k = 0; method->kind == STAGED_METHOD_KIND_STAGE && k < 4; k++) {
            const char *name = stg_arena_printf(&script->texts, "%s_%s", method->stage, endings[k]);
            if (name == NULL || !stg_parser_add_spare_name(parser, name))
                return STAGED_NO_MEMORY;
        }
    }
    return STAGED_OK;
}

static bool keep_namespace(staged_script *script, staged_namespace *args)
{
    if (!stg_grow(&script->arguments.parsed, &script->arguments.parsed_capacity,
                  script->arguments.parsed_count + 1, sizeof script->arguments.parsed[0]))
        return false;
    script->arguments.parsed[script->arguments.parsed_count++] = args;
    return true;
}

/* Keeps every namespace: the classes' data may point to texts of earlier ones, even of one that is
 * rejected. */
static staged_status parse(staged_script *script, int argc, char *const *argv,
                           staged_namespace **args)
{
    *args = NULL;
    const staged_status status = staged_parser_parse(script->arguments.parser, argc, argv, args);
    if (*args == NULL || keep_namespace(script, *args))
        return status;
    staged_namespace_free(*args);
    return STAGED_NO_MEMORY;
}

static bool is_given(const staged_script *script, stg_run_argument which,
                     const staged_namespace *args)
{
    const staged_value *value =
        staged_namespace_value(args, staged_argument_dest(script->arguments.run_arguments[which]));
    return value != NULL && value->kind == STAGED_VALUE_TEXT;
}

/* When a run is resumed, its words replace those given, unless there are others besides the options
 * for resuming.  The words alone do not tell whether to resume, as they may be for a program that
 * the script runs; but parsing alone does not either, as required words may be missing. */
static staged_status parse_or_resume(staged_script *script, int argc, char *const *argv,
                                     staged_namespace **args)
{
    stg_resume_request request;
    staged_status status = parse(script, argc, argv, args);
    if (script->outer == NULL)
        stg_forget_resumed(script->run);
    if (script->arguments.run_arguments[STG_RUN_RESUME] == NULL ||
        (status != STAGED_OK && status != STAGED_BAD_INPUT))
        return status;
    const bool is_wanted = stg_read_resume_request(script, argv, (size_t)argc, &request);
    const bool is_resumed =
        is_wanted &&
        (status == STAGED_OK ? is_given(script, STG_RUN_RESUME, *args) : request.word_count == 0);
    if (is_resumed)
        status = stg_resume(script, &request);
    stg_forget_resume_request(&request);
    if (!is_resumed || status != STAGED_OK)
        return status;
    return parse(script, script->run->resumed->word_count, script->run->resumed->words, args);
}

staged_status stg_parse_args(staged_script *script, int argc, char *const *argv)
{
    if (staged_script_parser(script) == NULL || script->arguments.parser_status != STAGED_OK)
        return script->arguments.parser_status;
    (void)visit_amounts(script, check_default, NULL);
    STAGED_TRY(name_other_stages_arguments(script));
    staged_namespace *args;
    staged_status status = parse_or_resume(script, argc, argv, &args);
    if (status == STAGED_OK)
        status = visit_amounts(script, check_given, args);
    /* The reason has already been printed. */
    if (status == STAGED_EXIT && script->run->exiting)
        return status;
    if (status != STAGED_OK)
        return leave(script, status);
    script->arguments.args = args;
    STAGED_TRY(stg_resolve_class_paths(script));
    status = take_over_arguments(script);
    return status == STAGED_BAD_INPUT ? leave(script, status) : status;
}

staged_namespace *staged_script_args(staged_script *script)
{
    if (script->arguments.args != NULL)
        return script->arguments.args;
    if (script->arguments.no_args == NULL)
        script->arguments.no_args = stg_namespace_new_unparsed();
    return script->arguments.no_args;
}

char *stg_effective_command_line(const staged_script *script, int indent)
{
    const char *program =
        script->title.program == NULL ? script->title.called_by : script->title.program;
    char *line = script->arguments.args == NULL
                     ? staged_word_quote(program)
                     : stg_parser_command_line_of(script->arguments.parser, script->arguments.args,
                                                  program, indent);
    char *masked = stg_masked(script, line);
    free(line);
    return masked;
}

static void print_parser_error(staged_script *script, const char *message)
{
    /* This may be the first use of the parser. */
    staged_parser *parser = staged_script_parser(script);
    char *help = parser == NULL ? NULL : stg_parser_help_at(parser, STDOUT_FILENO);
    if (help != NULL)
        (void)write_text(script, stdout, help);
    free(help);
    char *masked = stg_masked(script, message);
    (void)staged_console_print(script->console, "[yellow]\n%s",
                               masked == NULL ? "out of memory" : masked);
    free(masked);
}

staged_status staged_fail_usage_text(staged_script *script, const char *text)
{
    STAGED_TRY(stg_need_text(script, NULL, text, "the message of a usage error"));
    if (script->outer != NULL)
        return staged_fail_at(script, NULL, "%s: %s",
                              stg_class_name(script->definition.script_class), text);
    print_parser_error(script, text);
    return staged_exit(script, STG_EXIT_FAILURE);
}

staged_status staged_fail_usage_v(staged_script *script, const char *format, va_list values)
{
    STAGED_TRY(stg_need_text(script, NULL, format, "the message of a usage error"));
    stg_buf message = {0};
    stg_buf_vaddf(&message, format, values);
    const staged_status status = staged_fail_usage_text(script, stg_buf_text(&message));
    stg_buf_free(&message);
    return status;
}

staged_status staged_fail_usage(staged_script *script, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_fail_usage_v(script, format, values);
    va_end(values);
    return status;
}
