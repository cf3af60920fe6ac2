/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Where commands run, and what happens when that fails: --on [STAGE=]PLACE and --retry-on place. */
#include <string.h>

#include "base/text/closest.h"
#include "script/arguments/arguments.h"
#include "script/place/places.h"
#include "script/state/stage_state.h"

static staged_status refuse_stage(const staged_script *script, const char *name)
{
    stg_search search = stg_search_for(name);
    stg_buf known = {0};
    for (size_t i = 0; i < script->stage_count; i++) {
        stg_search_look(&search, script->stages[i].name);
        stg_buf_addf(&known, "%s'%s'", i == 0 ? "" : ", ", script->stages[i].name);
    }
    const staged_status status =
        search.found != NULL
            ? staged_parser_fail(script->arguments.parser,
                                 "argument --on: there is no stage '%s'; did you mean '%s'?", name,
                                 search.found)
            : staged_parser_fail(script->arguments.parser,
                                 "argument --on: there is no stage '%s'; there are %s", name,
                                 known.length == 0 ? "none" : stg_buf_text(&known));
    stg_buf_free(&known);
    return status;
}

/* "STAGE=PLACE", or "PLACE" for all stages. */
static staged_status take_over_word(staged_script *script, const char *word)
{
    const char *equals = strchr(word, '=');
    stg_stage *stage = NULL;
    if (equals != NULL) {
        const char *name = stg_arena_copy(&script->texts, word, (size_t)(equals - word));
        if (name == NULL)
            return STAGED_NO_MEMORY;
        stage = stg_stage_of(script, name);
        if (stage == NULL)
            return refuse_stage(script, name);
    }
    stg_error error = {0};
    staged_status status =
        stg_run_stage_at(script, stage, equals == NULL ? word : equals + 1, &error);
    if (status != STAGED_OK && status != STAGED_NO_MEMORY)
        status = staged_parser_fail(script->arguments.parser, "argument --on: %s",
                                    stg_error_text(&error));
    stg_error_free(&error);
    return status;
}

staged_status stg_take_over_places(staged_script *script)
{
    stg_forget_stage_places(script);
    if (script->outer != NULL)
        return STAGED_OK;
    script->run->retries_on_place = stg_run_argument_value(script, STG_RUN_RETRY_ON) != NULL;
    const staged_value *given = stg_run_argument_value(script, STG_RUN_ON);
    for (size_t i = 0; given != NULL && i < given->count; i++)
        STAGED_TRY(take_over_word(script, given->as.items[i].as.text));
    return STAGED_OK;
}
