/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The parser of each script.  Source: staged-script, StagedScript.parser. */
#include "base/text/buf.h"
#include "script/arguments/arguments.h"
#include "script/definition/lineage.h"
#include "script/stage/call.h"
#include "script/state/object.h"

static void add_arguments(staged_script *script)
{
    /* Without a place: messages about arguments of the same name are for the author, who has not
     * written these. */
    script->arguments.stage_argument = staged_parser_add_argument_with(
        script->arguments.parser,
        STAGED_OPTIONS(staged_argument_options, .flags = "--stage",
                       .choices = staged_script_stages(script, NULL),
                       .nargs = STAGED_NARGS_ONE_OR_MORE, .help = "Which stages to run."));
    staged_parser_add_argument_with(
        script->arguments.parser,
        STAGED_OPTIONS(staged_argument_options, .flags = "--dry-run",
                       .action = STAGED_ARG_STORE_TRUE,
                       .help = "If specified, don't actually run the commands in the shell; "
                               "instead print the commands that would have been executed."));
    stg_add_retry_arguments(script);
    if (script->stage_count > 0 && script->definition.stages.defaults[0] != NULL)
        staged_parser_set_default_list(script->arguments.parser, "stage",
                                       script->definition.stages.defaults);
}

static const char *description_of(const staged_script *script)
{
    const char *text = NULL;
    for (size_t i = 0; text == NULL && i < script->definition.lineage.count; i++)
        text = stg_class_read(script->definition.lineage.classes[i]).description;
    return text;
}

static const char *epilog_of(const staged_script *script)
{
    const char *text = NULL;
    for (size_t i = 0; text == NULL && i < script->definition.lineage.count; i++)
        text = stg_class_read(script->definition.lineage.classes[i]).epilog;
    return text;
}

staged_status stg_build_parser(staged_script *script)
{
    if (script->arguments.parser != NULL)
        return STAGED_OK;
    const char *given = description_of(script);
    stg_buf description = {0};
    if (given != NULL)
        stg_buf_add_text(&description, given);
    else
        stg_buf_addf(&description, "%s, a staged script whose author gave no description.",
                     stg_class_name(script->definition.script_class));
    script->arguments.parser = staged_parser_new(STAGED_OPTIONS(
        staged_parser_options, .prog = script->title.name,
        .description = stg_buf_text(&description), .epilog = epilog_of(script),
        .formatter = STAGED_HELP_SCRIPT, .suggest = STAGED_YES, .print_options = STAGED_YES));
    const bool no_memory =
        script->arguments.parser == NULL || stg_buf_status(&description) != STAGED_OK;
    stg_buf_free(&description);
    if (no_memory)
        return STAGED_NO_MEMORY;
    stg_set_help_colors(script);
    add_arguments(script);
    return stg_add_class_arguments(script);
}

staged_parser *staged_script_parser(staged_script *script)
{
    /* Hooks called while it is built see the unfinished parser. */
    if (!script->arguments.parser_built) {
        script->arguments.parser_built = true;
        const bool is_early = script->is_early;
        script->is_early = script->outer == NULL;
        script->arguments.parser_status = stg_call_hook(script, STAGED_HOOK_BUILD_PARSER, NULL);
        script->is_early = is_early;
        if (script->arguments.parser_status == STAGED_OK && script->arguments.parser == NULL)
            script->arguments.parser_status =
                staged_fail_at(script, NULL,
                               "'" STAGED_HOOK_BUILD_PARSER
                               "' built no parser: an override must call staged_super first");
        if (script->arguments.parser_status == STAGED_OK)
            stg_add_run_arguments(script);
    }
    return script->arguments.parser;
}
