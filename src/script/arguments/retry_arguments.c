/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The arguments of each stage's retries. */
#include <math.h>

#include "base/memory/arena.h"
#include "script/arguments/arguments.h"
#include "script/state/bugs.h"
#include "script/state/object.h"
#include "script/state/stage_state.h"

/* Mistakes in it are reported with the place where the stage is declared. */
static staged_argument *add_retry_argument(const staged_script *script, const stg_stage *stage,
                                           const char *flag, staged_argument_options options)
{
    options.flags = flag;
    options.where = (staged_location){stage->declaration->file, stage->declaration->line};
    return staged_argument_group_add_argument_with(script->arguments.retry_group, &options);
}

/* Seconds as people write them: 5, not 5.0. */
static staged_value seconds_value(double seconds)
{
    return seconds < 1e15 && seconds == floor(seconds) ? staged_value_int((int64_t)seconds)
                                                       : staged_value_float(seconds);
}

static void add_retry_arguments(const staged_script *script, stg_stage *stage, stg_arena *texts)
{
    const staged_value timeout = seconds_value(stage->retry.timeout_s);
    const char *name = stage->name;
    stage->attempts_argument = add_retry_argument(
        script, stage, stg_arena_printf(texts, "--%s-retry-attempts", name),
        (staged_argument_options){
            .size = sizeof(staged_argument_options),
            .default_value = staged_value_int(stage->retry.attempts),
            .type = STAGED_ARG_INT,
            .help = stg_arena_printf(texts, "How many times to retry the '%s' stage.", name)});
    stage->delay_argument = add_retry_argument(
        script, stage, stg_arena_printf(texts, "--%s-retry-delay", name),
        (staged_argument_options){
            .size = sizeof(staged_argument_options),
            .default_value = seconds_value(stage->retry.delay_s),
            .type = STAGED_ARG_FLOAT,
            .help = stg_arena_printf(
                texts, "How long to wait (in seconds) before retrying the '%s' stage.", name)});
    stage->timeout_argument = add_retry_argument(
        script, stage, stg_arena_printf(texts, "--%s-retry-timeout", name),
        (staged_argument_options){
            .size = sizeof(staged_argument_options),
            .default_value = timeout,
            .type = timeout.kind == STAGED_VALUE_INT ? STAGED_ARG_INT : STAGED_ARG_FLOAT,
            .help = stg_arena_printf(texts,
                                     "How long to wait (in seconds) before giving up on retrying "
                                     "the '%s' stage.",
                                     name)});
}

static void hide_stage(const stg_stage *stage)
{
    staged_argument_set_help(stage->attempts_argument, STAGED_ARG_SUPPRESS);
    staged_argument_set_help(stage->delay_argument, STAGED_ARG_SUPPRESS);
    staged_argument_set_help(stage->timeout_argument, STAGED_ARG_SUPPRESS);
}

/* A survey of the stages' rows: a row without settings means something else if others have some. */
typedef struct retry_rows {
    bool some_are_marked;
    bool some_have_settings;
} retry_rows;

static retry_rows survey(const staged_script *script)
{
    retry_rows found = {0};
    for (size_t i = 0; i < script->stage_count; i++) {
        const stg_stage *stage = &script->stages[i];
        found.some_are_marked = found.some_are_marked || stage->declaration->retries == STAGED_YES;
        found.some_have_settings = found.some_have_settings || stg_stage_has_retries(stage);
    }
    return found;
}

static bool class_hides_retries(const staged_script *script)
{
    bool hides = false;
    for (size_t i = 0; i < script->definition.lineage.count; i++)
        hides = hides || stg_class_read(script->definition.lineage.classes[i]).hide_retry_arguments;
    return hides;
}

void stg_add_retry_arguments(staged_script *script)
{
    const retry_rows rows = survey(script);
    stg_arena texts = {0};
    for (size_t i = 0; i < script->stage_count; i++) {
        stg_stage *stage = &script->stages[i];
        const staged_choice retries = stage->declaration->retries;
        const bool speaks = retries == STAGED_YES || stg_stage_has_retries(stage);
        if (retries == STAGED_NO || (!speaks && rows.some_are_marked))
            continue;
        if (script->arguments.retry_group == NULL)
            script->arguments.retry_group = staged_parser_add_group(
                script->arguments.parser, "retry", "Additional options for retrying stages.");
        add_retry_arguments(script, stage, &texts);
        if (!speaks && rows.some_have_settings)
            hide_stage(stage);
        stg_arena_reset(&texts);
    }
    stg_arena_free(&texts);
    if (class_hides_retries(script))
        staged_script_hide_retry_arguments(script);
}

/* ---- For the author ---- */

staged_argument_group *staged_script_retry_group(staged_script *script)
{
    return script->arguments.retry_group;
}

staged_argument *staged_stage_retry_attempts_argument_at(staged_script *script,
                                                         const staged_location *where,
                                                         const char *stage)
{
    const stg_stage *registered = stg_known_stage(script, where, stage);
    return registered == NULL ? NULL : registered->attempts_argument;
}

staged_argument *staged_stage_retry_delay_argument_at(staged_script *script,
                                                      const staged_location *where,
                                                      const char *stage)
{
    const stg_stage *registered = stg_known_stage(script, where, stage);
    return registered == NULL ? NULL : registered->delay_argument;
}

staged_argument *staged_stage_retry_timeout_argument_at(staged_script *script,
                                                        const staged_location *where,
                                                        const char *stage)
{
    const stg_stage *registered = stg_known_stage(script, where, stage);
    return registered == NULL ? NULL : registered->timeout_argument;
}

void staged_stage_hide_retry_arguments_at(staged_script *script, const staged_location *where,
                                          const char *stage)
{
    const stg_stage *registered = stg_known_stage(script, where, stage);
    if (registered != NULL)
        hide_stage(registered);
}

void staged_script_hide_retry_arguments(staged_script *script)
{
    if (script->arguments.retry_group != NULL) {
        staged_argument_group_set_title(script->arguments.retry_group, STAGED_ARG_SUPPRESS);
        staged_argument_group_set_description(script->arguments.retry_group, STAGED_ARG_SUPPRESS);
    }
    for (size_t i = 0; i < script->stage_count; i++)
        hide_stage(&script->stages[i]);
}
