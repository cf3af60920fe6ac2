/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The arguments about a run that every script has, unless its author uses their names. */
#include <math.h>

#include "args/framework.h"
#include "record/framework.h"
#include "script/arguments/arguments.h"
#include "script/recording/reports.h"
#include "script/recording/resume.h"

/* In the order of stg_run_argument.  Their destinations do not clash with an author's by
 * accident. */
static const staged_argument_options rows[STG_RUN_ARGUMENTS] = {
    [STG_RUN_FROM] = {.flags = "--from",
                      .dest = "staged.from",
                      .metavar = "STAGE",
                      .help = "Run this stage and what follows; skip what comes before it."},
    [STG_RUN_UNTIL] = {.flags = "--until",
                       .dest = "staged.until",
                       .metavar = "STAGE",
                       .help = "Run this stage and what comes before it; skip what follows."},
    [STG_RUN_SKIP] = {.flags = "--skip",
                      .dest = "staged.skip",
                      .action = STAGED_ARG_EXTEND,
                      .nargs = STAGED_NARGS_ONE_OR_MORE,
                      .metavar = "STAGE",
                      .help = "Skip these stages."},
    [STG_RUN_ASSUME] = {.flags = "--assume",
                        .dest = "staged.assume",
                        .action = STAGED_ARG_EXTEND,
                        .nargs = STAGED_NARGS_ONE_OR_MORE,
                        .metavar = "STAGE=OUTCOME[,OUTCOME...]",
                        .help = "With --dry-run: end the attempts at a stage like this: ok, retry "
                                "or fail. The last outcome stands for all further attempts."},
    [STG_RUN_ON] = {.flags = "--on",
                    .dest = "staged.on",
                    .action = STAGED_ARG_APPEND,
                    .metavar = "[STAGE=]PLACE",
                    .help = "Run the commands of this stage, or of all stages, at a place: here, "
                            "one of the script's, or one of a file of places."},
    [STG_RUN_RETRY_ON] = {.flags = "--retry-on",
                          .dest = "staged.retry_on",
                          .choices = STAGED_TEXTS("place"),
                          .help = "Try a stage again if a command failed because its place did."},
    [STG_RUN_NO_RECORD] = {.flags = "--no-record",
                           .dest = "staged.no_record",
                           .action = STAGED_ARG_STORE_TRUE,
                           .help = "Keep no record of this run."},
    [STG_RUN_KEEP_OUTPUT] = {.flags = "--keep-output",
                             .dest = "staged.keep_output",
                             .action = STAGED_ARG_STORE_TRUE,
                             .help = "Keep what commands write to a terminal with the record of "
                                     "this run, too."},
    [STG_RUN_LOCK] = {.flags = "--lock",
                      .dest = "staged.lock",
                      .metavar = "NAME",
                      .help = "Run nothing while another run holds this lock, and hold it."},
    [STG_RUN_LOCK_WAIT] = {.flags = "--lock-wait",
                           .dest = "staged.lock_wait",
                           .type = STAGED_ARG_FLOAT,
                           .metavar = "SECONDS",
                           .help = "Wait this long for the lock; -1: as long as it takes."},
    [STG_RUN_RESUME] = {.flags = "--resume",
                        .dest = "staged.resume",
                        .nargs = STAGED_NARGS_OPTIONAL,
                        .const_text = "",
                        .metavar = "RUN",
                        .help = "Go on with a recorded run: run what has not passed in it. RUN is "
                                "its id, the beginning of that, latest, or a path; by default the "
                                "last run that has not passed."},
    [STG_RUN_RESUME_ANYWAY] = {.flags = "--resume-anyway",
                               .dest = "staged.resume_anyway",
                               .action = STAGED_ARG_STORE_TRUE,
                               .help = "With --resume: although the script, its arguments, the "
                                       "directory or the host differ."},
    [STG_RUN_REPORT] = {.flags = "--report",
                        .dest = "staged.report",
                        .action = STAGED_ARG_APPEND,
                        .metavar = "FORMAT=FILE",
                        .help = "When the run ends, write a report of it: html, junit, markdown, "
                                "json, trace or otlp."},
};

/* Help shows them if the author says so.  Without a value they have no entry in the namespace,
 * which authors may print. */
static staged_argument *add(const staged_script *script, staged_argument_group *group,
                            const staged_argument_options *row)
{
    staged_argument_options options = *row;
    options.size = sizeof options;
    options.default_text = STAGED_ARG_SUPPRESS;
    if (group == NULL)
        options.help = STAGED_ARG_SUPPRESS;
    const bool names_stages = row <= &rows[STG_RUN_SKIP];
    return stg_parser_add_spare_argument(script->arguments.parser, group, &options,
                                         names_stages ? script->arguments.stage_argument : NULL);
}

void stg_add_run_arguments(staged_script *script)
{
    if (script->outer != NULL || script->arguments.wants_run_arguments == STAGED_NO)
        return;
    staged_argument_group *group = NULL;
    if (script->arguments.wants_run_arguments == STAGED_YES)
        group = staged_parser_add_group(script->arguments.parser, "running",
                                        "Which part of the work to do, and how.");
    for (size_t i = 0; i < STG_RUN_ARGUMENTS; i++) {
        if (i == STG_RUN_NO_RECORD && script->run->record != STAGED_YES)
            continue;
        script->arguments.run_arguments[i] = add(script, group, &rows[i]);
    }
    stg_argument_set_offers(script->arguments.run_arguments[STG_RUN_ON], stg_offer_places, script);
}

const staged_value *stg_run_argument_value(const staged_script *script, stg_run_argument which)
{
    const staged_argument *argument = script->arguments.run_arguments[which];
    const staged_value *value =
        argument == NULL
            ? NULL
            : staged_namespace_value(script->arguments.args, staged_argument_dest(argument));
    return value == NULL || value->kind == STAGED_VALUE_UNSET || value->kind == STAGED_VALUE_NONE
               ? NULL
               : value;
}

staged_status stg_take_over_resume(staged_script *script)
{
    if (stg_run_argument_value(script, STG_RUN_RESUME_ANYWAY) != NULL &&
        stg_run_argument_value(script, STG_RUN_RESUME) == NULL)
        return staged_parser_fail(script->arguments.parser,
                                  "argument --resume-anyway: there is nothing to resume; add "
                                  "--resume");
    return stg_take_over_resumed(script);
}

static bool is_recorded(const staged_script *script)
{
    return script->run->record != STAGED_NO &&
           stg_run_argument_value(script, STG_RUN_NO_RECORD) == NULL &&
           stg_record_is_wanted(script->run->record == STAGED_YES);
}

staged_status stg_take_over_keep_output(staged_script *script)
{
    if (script->outer != NULL)
        return STAGED_OK;
    const bool keeps = stg_run_argument_value(script, STG_RUN_KEEP_OUTPUT) != NULL;
    if (keeps && !is_recorded(script))
        return staged_parser_fail(script->arguments.parser,
                                  "argument --keep-output: this run is not recorded; %s",
                                  stg_run_argument_value(script, STG_RUN_NO_RECORD) != NULL
                                      ? "leave out --no-record"
                                      : "set STAGED_RUNS to a directory");
    script->run->keeps_terminal_output = keeps;
    return STAGED_OK;
}

staged_status stg_take_over_reports(staged_script *script)
{
    const staged_value *given = stg_run_argument_value(script, STG_RUN_REPORT);
    if (given == NULL || given->kind != STAGED_VALUE_LIST)
        return STAGED_OK;
    stg_error error = {0};
    staged_status status = STAGED_OK;
    for (size_t i = 0; i < given->count && status == STAGED_OK; i++)
        status = stg_reports_add(script, given->as.items[i].as.text, &error);
    if (status == STAGED_BAD_INPUT)
        status = staged_parser_fail(script->arguments.parser, "argument --report: %s",
                                    stg_error_text(&error));
    stg_error_free(&error);
    return status;
}

staged_status stg_take_over_lock(staged_script *script)
{
    const staged_value *name = stg_run_argument_value(script, STG_RUN_LOCK);
    const staged_value *wait = stg_run_argument_value(script, STG_RUN_LOCK_WAIT);
    if (name != NULL)
        script->lock.name = name->as.text;
    if (wait != NULL)
        script->lock.wait_s = wait->as.number;
    if (isnan(script->lock.wait_s))
        return staged_parser_fail(script->arguments.parser,
                                  "argument --lock-wait: must be a number");
    if (script->lock.name != NULL && *script->lock.name == '\0')
        return staged_parser_fail(script->arguments.parser,
                                  "argument --lock: the name of a lock must not be empty");
    if (wait != NULL && script->lock.name == NULL)
        return staged_parser_fail(script->arguments.parser,
                                  "argument --lock-wait: there is no lock to wait for; add --lock");
    return STAGED_OK;
}
