/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Mistakes of the script's author that only show at run time: reported with their place, and never
 * ignored. */
#include <stdlib.h>
#include <string.h>

#include "args/framework.h"
#include "base/system/location.h"
#include "script/definition/methods.h"
#include "script/state/bugs.h"
#include "script/state/fail.h"
#include "script/state/owner.h"
#include "script/state/stage_state.h"
#include "script/state/work.h"

void stg_note_bug(const staged_script *script, const staged_location *where, const char *format,
                  ...)
{
    stg_failure *noted = &script->run->noted_bug;
    if (noted->error.status != STAGED_OK)
        return;
    va_list values;
    va_start(values, format);
    stg_error_vset(&noted->error, STAGED_BAD_USE, format, values);
    va_end(values);
    noted->where = stg_location_of(where);
}

staged_status stg_need_text(staged_script *script, const staged_location *where, const void *text,
                            const char *what)
{
    return text != NULL ? STAGED_OK : stg_bug(script, where, "%s is NULL", what);
}

/* The namespace's message names the place. */
static staged_status check_arguments(staged_script *script, staged_namespace *args)
{
    if (args == NULL || staged_namespace_status(args) == STAGED_OK)
        return STAGED_OK;
    const staged_status status = staged_namespace_status(args) == STAGED_NO_MEMORY
                                     ? STAGED_NO_MEMORY
                                     : stg_bug(script, NULL, "%s", staged_namespace_error(args));
    stg_namespace_clear_error(args);
    return status;
}

static staged_status check_noted(staged_script *script)
{
    stg_failure *noted = &script->run->noted_bug;
    if (noted->error.status == STAGED_OK)
        return STAGED_OK;
    const staged_status status =
        stg_bug(script, &noted->where, "%s", stg_error_text(&noted->error));
    stg_error_clear(&noted->error);
    return status;
}

staged_status stg_unless_bug(staged_script *script, staged_status answer)
{
    STAGED_TRY(check_noted(script));
    STAGED_TRY(check_arguments(script, script->arguments.args));
    STAGED_TRY(check_arguments(script, script->arguments.no_args));
    return answer;
}

const char *stg_hint(staged_script *script, const stg_search *search)
{
    if (search->found == NULL)
        return "";
    const char *hint = stg_arena_printf(&script->texts, "; did you mean '%s'?", search->found);
    return hint == NULL ? "" : hint;
}

/* ---- Stages ---- */

static const char *hint_at_stage(staged_script *script, const char *stage)
{
    stg_search search = stg_search_for(stage);
    for (size_t i = 0; i < script->stage_count; i++)
        stg_search_look(&search, script->stages[i].name);
    return stg_hint(script, &search);
}

staged_status stg_unknown_stage(staged_script *script, const staged_location *where,
                                const char *stage)
{
    const char *name = stage == NULL ? "" : stage;
    return stg_bug(script, where, "no stage '%s' is registered%s", name,
                   hint_at_stage(script, name));
}

/* A class may ask for a stage that is declared, by it or by another class, but not registered. */
const stg_stage *stg_known_stage(staged_script *script, const staged_location *where,
                                 const char *stage)
{
    const stg_stage *registered = stg_stage_of(script, stage);
    const char *name = stage == NULL ? "" : stage;
    if (registered == NULL && (stage == NULL || *stage != '\0') &&
        (stage == NULL ||
         stg_methods_find(&script->definition.methods, STAGED_HOOK_BODY, stage, 0) == NULL))
        stg_note_bug(script, where, "there is no stage '%s'%s", name, hint_at_stage(script, name));
    return registered;
}

staged_status stg_only_owner(staged_script *script, const char *what)
{
    stg_lock(script);
    const bool is_work = stg_work_here(script) != NULL;
    stg_unlock(script);
    return is_work
               ? staged_fail_at(
                     script, NULL,
                     "only the thread that runs the script may call %s, not background work", what)
               : STAGED_OK;
}
