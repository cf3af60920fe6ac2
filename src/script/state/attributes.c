/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What hooks read and change.  Source: staged-script, the attributes of StagedScript. */
#include <stdlib.h>
#include <string.h>

#include "base/failure/options.h"
#include "retry/framework.h"
#include "script/definition/lineage.h"
#include "script/state/attributes.h"
#include "script/state/bugs.h"
#include "script/state/fail.h"
#include "script/state/owner.h"
#include "script/state/stage_state.h"

const char *const *staged_script_stages(const staged_script *script, size_t *count)
{
    static const char *const none[] = {NULL};
    if (count != NULL)
        *count = script->stage_count;
    return script->stage_count == 0 ? none : script->definition.stages.names;
}

const char **stg_selected_stages(const staged_script *script)
{
    const char **names = calloc(script->stage_count + 1, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < script->stage_count && names != NULL; i++) {
        if (script->stages[i].selected)
            names[count++] = script->stages[i].name;
    }
    return names;
}

staged_status stg_no_amount(staged_script *script, const staged_location *where, const char *what)
{
    return stg_bug(script, where, "%s must be a non-negative number", what);
}

bool staged_stage_is_selected_at(staged_script *script, const staged_location *where,
                                 const char *stage)
{
    const stg_stage *registered = stg_known_stage(script, where, stage);
    if (script->is_early && registered != NULL)
        stg_note_bug(script, where,
                     "cannot tell whether stage '%s' is selected before the arguments are parsed; "
                     "ask after staged_super in 'parse_args'",
                     stage);
    return registered != NULL && registered->selected;
}

staged_status staged_stage_select_at(staged_script *script, const staged_location *where,
                                     const char *stage, bool selected)
{
    stg_stage *registered = stg_stage_of(script, stage);
    if (registered == NULL)
        return stg_unknown_stage(script, where, stage);
    registered->selected = selected;
    return STAGED_OK;
}

staged_outcome staged_stage_outcome_at(staged_script *script, const staged_location *where,
                                       const char *stage)
{
    const stg_stage *registered = stg_known_stage(script, where, stage);
    return registered == NULL ? STAGED_OUTCOME_NONE : registered->outcome;
}

const char *staged_script_stage(const staged_script *script)
{
    return stg_frame_stage(script->frame);
}

staged_status staged_script_set_stage_at(staged_script *script, const staged_location *where,
                                         const char *stage)
{
    stg_stage *registered = stg_stage_of(script, stage);
    if (registered == NULL)
        return stg_unknown_stage(script, where, stage);
    stg_set_stage(script, registered);
    return STAGED_OK;
}

staged_retry_settings staged_stage_retry_at(staged_script *script, const staged_location *where,
                                            const char *stage)
{
    const stg_stage *registered = stg_known_stage(script, where, stage);
    return registered == NULL ? (staged_retry_settings){0} : registered->retry;
}

staged_status staged_stage_set_retry_at(staged_script *script, const staged_location *where,
                                        const char *stage, const staged_retry_settings *settings)
{
    stg_stage *registered = stg_stage_of(script, stage);
    if (registered == NULL)
        return stg_unknown_stage(script, where, stage);
    STAGED_TRY(stg_need_text(script, where, settings, "the settings of a retry"));
    if (settings->attempts < 0)
        return stg_no_amount(script, where, "the number of retry attempts");
    if (!stg_is_amount(settings->delay_s))
        return stg_no_amount(script, where, "the retry delay");
    if (!stg_is_amount(settings->timeout_s))
        return stg_no_amount(script, where, "the retry timeout");
    registered->retry = *settings;
    return STAGED_OK;
}

staged_status staged_stage_set_retry_policy_at(staged_script *script, const staged_location *where,
                                               const char *stage, const staged_retry_policy *policy)
{
    stg_stage *registered = stg_stage_of(script, stage);
    if (registered == NULL)
        return stg_unknown_stage(script, where, stage);
    staged_retry_policy own;
    STAGED_TRY(stg_refuse_options(script, STG_READ_OPTIONS(&own, policy, staged_retry_policy)));
    if (!stg_policy_is_valid(&own))
        return staged_fail_at(script, NULL,
                              "the retry policy of stage '%s' is invalid: a function or part is "
                              "NULL, a number is out of range, or it nests too deeply",
                              stage);
    registered->policy = policy;
    return STAGED_OK;
}

const staged_retry_statistics *
staged_stage_statistics_at(staged_script *script, const staged_location *where, const char *stage)
{
    static const staged_retry_statistics none = {.attempts = 0};
    const stg_stage *registered = stg_known_stage(script, where, stage);
    return registered == NULL ? &none : &registered->statistics;
}

const char *staged_script_name(const staged_script *script)
{
    return script->title.name;
}

const char *staged_script_stem(const staged_script *script)
{
    return script->title.stem;
}

/* As in pathlib's name and stem: a leading dot begins no extension. */
staged_status staged_script_set_name(staged_script *script, const char *name)
{
    STAGED_TRY(stg_need_text(script, NULL, name, "the script's name"));
    const char *slash = strrchr(name, '/');
    const char *last = slash == NULL ? name : slash + 1;
    const char *dot = strrchr(last, '.');
    const size_t stem_length =
        dot == NULL || dot == last || dot[1] == '\0' ? strlen(last) : (size_t)(dot - last);
    char *new_name = strdup(last);
    char *new_stem = strndup(last, stem_length);
    char *called_by = strdup(name);
    if (new_name == NULL || new_stem == NULL || called_by == NULL) {
        free(new_name);
        free(new_stem);
        free(called_by);
        return STAGED_NO_MEMORY;
    }
    stg_lock(script);
    free(script->title.name);
    free(script->title.stem);
    free(script->title.called_by);
    script->title.name = new_name;
    script->title.stem = new_stem;
    script->title.called_by = called_by;
    stg_unlock(script);
    if (script->arguments.parser != NULL)
        staged_parser_set_prog(script->arguments.parser, new_name);
    return STAGED_OK;
}

staged_status stg_set_program(staged_script *script, const char *program)
{
    char *copy = strdup(program);
    if (copy == NULL)
        return STAGED_NO_MEMORY;
    free(script->title.program);
    script->title.program = copy;
    return STAGED_OK;
}

void *staged_script_user(const staged_script *script)
{
    return script->user;
}

bool stg_is_dry_run(const staged_script *script)
{
    stg_lock(script);
    const bool dry_run = script->dry_run;
    stg_unlock(script);
    return dry_run;
}

bool staged_script_is_dry_run(const staged_script *script)
{
    const bool dry_run = stg_is_dry_run(script);
    if (script->is_early && !dry_run)
        stg_note_bug(script, NULL,
                     "cannot tell whether this is a dry run before the arguments are parsed; ask "
                     "after staged_super in 'parse_args'");
    return dry_run;
}

void staged_script_set_dry_run(staged_script *script, bool dry_run)
{
    stg_lock(script);
    script->dry_run = dry_run;
    stg_unlock(script);
}

void staged_script_set_success(staged_script *script, bool success)
{
    script->run->author_success = success;
}

int64_t staged_script_start_time_ns(const staged_script *script)
{
    return script->start_wall_ns;
}

void staged_script_set_start_time_ns(staged_script *script, int64_t nanoseconds)
{
    stg_lock(script);
    script->start_ns += nanoseconds - script->start_wall_ns;
    script->start_wall_ns = nanoseconds;
    stg_unlock(script);
}

const staged_clock *staged_script_clock(const staged_script *script)
{
    return script->clock;
}

staged_console *staged_script_console(staged_script *script)
{
    return script->console;
}

/* ---- Places in the author's source ---- */

staged_location stg_script_location(const staged_script *script)
{
    const staged_method *first = stg_class_first_row(script->definition.script_class);
    return (staged_location){first->file, first->line};
}

staged_location stg_stage_location(const staged_script *script)
{
    if (script->frame->stage == NULL)
        return stg_script_location(script);
    const staged_method *declaration = script->frame->stage->declaration;
    return (staged_location){declaration->file, declaration->line};
}
