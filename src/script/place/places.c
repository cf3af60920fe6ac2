/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/place/places.h"

#include <stdlib.h>
#include <string.h>

#include "base/system/folders.h"
#include "script/state/attributes.h"
#include "script/state/bugs.h"
#include "script/state/fail.h"
#include "script/state/mask.h"
#include "script/state/owner.h"
#include "script/state/work.h"

const char stg_here[] = "here";

void stg_run_places_free(struct stg_run_places *places)
{
    if (places == NULL)
        return;
    stg_places_free(places->known);
    stg_error_free(&places->problem);
    stg_buf_free(&places->replaced);
    free(places);
}

void stg_rest_places(staged_script *script)
{
    stg_lock(script);
    struct stg_run_places *places = script->run->places;
    stg_unlock(script);
    /* This waits for other machines, and no other thread uses places any more. */
    if (places != NULL)
        stg_places_rest(places->known);
}

/* ---- All places of a run ---- */

/* Made on first use; NULL: out of memory.  Call these under the lock. */
static struct stg_run_places *places_of(staged_script *script)
{
    stg_run *run = script->run;
    if (run->places != NULL)
        return run->places;
    struct stg_run_places *places = calloc(1, sizeof *places);
    if (places != NULL && (places->known = stg_places_new()) == NULL) {
        free(places);
        places = NULL;
    }
    run->places = places;
    return places;
}

/* Those of the directory that the script runs in come first. */
static void read_files(struct stg_run_places *places)
{
    stg_buf path = {0};
    if (places->is_read)
        return;
    places->is_read = true;
    staged_status status = stg_places_read(places->known, ".staged/places", &places->problem);
    if (status == STAGED_OK && stg_add_config_folder(&path, "places"))
        status = stg_buf_status(&path) == STAGED_OK
                     ? stg_places_read(places->known, path.data, &places->problem)
                     : stg_error_set(&places->problem, STAGED_NO_MEMORY, "out of memory");
    stg_buf_free(&path);
}

static staged_status find_locked(staged_script *script, const char *name, stg_place **place,
                                 stg_error *error)
{
    *place = NULL;
    if (strcmp(name, stg_here) == 0)
        return STAGED_OK;
    struct stg_run_places *places = places_of(script);
    if (places == NULL)
        return stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
    read_files(places);
    if (places->problem.status != STAGED_OK)
        return stg_error_set(error, places->problem.status, "%s", stg_error_text(&places->problem));
    return stg_places_find(places->known, name, place, error);
}

staged_status stg_find_place(staged_script *script, const char *name, stg_place **place,
                             stg_error *error)
{
    stg_lock(script);
    const staged_status status = find_locked(script, name, place, error);
    stg_unlock(script);
    return status;
}

bool stg_visit_places(staged_script *script, void (*visit)(void *context, const char *name),
                      void *context)
{
    stg_lock(script);
    struct stg_run_places *places = places_of(script);
    if (places != NULL) {
        read_files(places);
        visit(context, stg_here);
        stg_places_visit(places->known, visit, context);
    }
    stg_unlock(script);
    return places != NULL;
}

/* ---- What the script declares ---- */

/* Notes the bug for the running hook, which may not look at the status. */
static staged_status note(staged_script *script, const staged_location *where, stg_error *error)
{
    staged_status status = error->status;
    if (status != STAGED_OK && status != STAGED_NO_MEMORY) {
        stg_note_bug(script, where, "%s", stg_error_text(error));
        status = staged_fail_at(script, where, "%s", stg_error_text(error));
    }
    stg_error_free(error);
    return status;
}

/* All scripts of a run share its places, and a class that is used several times in it, as by each
 * attempt at a stage, says the same each time. */
static bool is_inner(const staged_script *script)
{
    return script->outer != NULL;
}

staged_status staged_script_add_place_kind(staged_script *script, const staged_place_kind *kind)
{
    stg_error error = {0};
    stg_lock(script);
    struct stg_run_places *places = places_of(script);
    if (kind == NULL)
        stg_error_set(&error, STAGED_BAD_USE, "the kind of places is NULL");
    else if (places == NULL)
        stg_error_set(&error, STAGED_NO_MEMORY, "out of memory");
    else if (!is_inner(script) || !stg_places_has_kind(places->known, kind))
        (void)stg_places_add_kind(places->known, kind, &error);
    stg_unlock(script);
    return note(script, NULL, &error);
}

/* The file's is what counts, and the operator is told so. */
static void note_replaced(struct stg_run_places *places, const char *name)
{
    stg_place *place = NULL;
    stg_error error = {0};
    if (stg_places_find(places->known, name, &place, &error) == STAGED_OK && place != NULL &&
        stg_place_file(place) != NULL)
        stg_buf_addf(&places->replaced, "The place '%s' is that of %s, not the script's.\n", name,
                     stg_place_file(place));
    stg_error_free(&error);
}

static void add_place(staged_script *script, const char *name, const char *kind,
                      const char *const *words, stg_error *error)
{
    struct stg_run_places *places = places_of(script);
    if (places == NULL) {
        stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
        return;
    }
    read_files(places);
    if (is_inner(script) && stg_places_has(places->known, name, kind, words))
        return;
    if (stg_places_add(places->known, name, kind, words, error) == STAGED_OK)
        note_replaced(places, name);
}

staged_status staged_script_add_place_at(staged_script *script, const staged_location *where,
                                         const char *name, const char *kind,
                                         const char *const *words)
{
    stg_error error = {0};
    stg_lock(script);
    if (name == NULL || kind == NULL)
        stg_error_set(&error, STAGED_BAD_USE, "the %s of a place is NULL",
                      name == NULL ? "name" : "kind");
    else
        add_place(script, name, kind, words, &error);
    stg_unlock(script);
    return note(script, where, &error);
}

void stg_tell_replaced_places(staged_script *script)
{
    struct stg_run_places *places = script->run->places;
    if (script->outer != NULL || places == NULL || places->replaced.length == 0)
        return;
    const staged_location where = stg_script_location(script);
    stg_buf_truncate(&places->replaced, places->replaced.length - 1);
    (void)staged_log_at(script, &where, "%s", stg_buf_text(&places->replaced));
    stg_buf_clear(&places->replaced);
}

/* ---- What the operator says ---- */

staged_status stg_run_stage_at(staged_script *script, stg_stage *stage, const char *place,
                               stg_error *error)
{
    stg_place *found;
    STAGED_TRY(stg_find_place(script, place, &found, error));
    if (stage != NULL) {
        stage->on = place;
        return STAGED_OK;
    }
    stg_lock(script);
    struct stg_run_places *places = places_of(script);
    if (places != NULL)
        places->on = place;
    stg_unlock(script);
    return places != NULL ? STAGED_OK : stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
}

void stg_forget_stage_places(staged_script *script)
{
    for (size_t i = 0; i < script->stage_count; i++)
        script->stages[i].on = NULL;
    if (script->outer == NULL && script->run->places != NULL)
        script->run->places->on = NULL;
}

/* ---- The check before anything runs ---- */

static void check_name(staged_script *script, const char *name, const staged_location *where,
                       const char *stage, stg_buf *problems)
{
    stg_place *place;
    stg_error error = {0};
    if (name == NULL || stg_find_place(script, name, &place, &error) == STAGED_OK)
        return;
    /* What is wrong with the files is said once. */
    const struct stg_run_places *places = script->run->places;
    if (places == NULL || places->problem.status == STAGED_OK) {
        stg_buf_addf(problems, "  ");
        if (where != NULL && where->file != NULL)
            stg_buf_addf(problems, "%s:%d: ", where->file, where->line);
        if (stage != NULL)
            stg_buf_addf(problems, "stage '%s': ", stage);
        else
            stg_buf_addf(problems, "place of all stages: ");
        stg_buf_addf(problems, "%s\n", stg_error_text(&error));
    }
    stg_error_free(&error);
}

static void check_names(staged_script *script, stg_buf *problems)
{
    /* Where the script's options come from nobody knows. */
    check_name(script, script->place, NULL, NULL, problems);
    for (size_t i = 0; i < script->stage_count; i++) {
        const stg_stage *stage = &script->stages[i];
        const staged_method *row = stage->declaration;
        const staged_location where = {row->file, row->line};
        if (stage->selected && !stage->is_earlier && stage->on == NULL)
            check_name(script, row->place, &where, stage->name, problems);
    }
}

bool stg_check_places(staged_script *script, stg_buf *problems)
{
    if (script->run->places == NULL || script->run->places->on == NULL)
        check_names(script, problems);
    const struct stg_run_places *places = script->run->places;
    if (places != NULL && places->problem.status != STAGED_OK)
        stg_buf_addf(problems, "  %s\n", stg_error_text(&places->problem));
    return stg_buf_status(problems) == STAGED_OK;
}

/* ---- Where a command runs ---- */

static const char *operators(const stg_stage *stage)
{
    return stage->on;
}

static const char *authors(const stg_stage *stage)
{
    return stage->declaration->place;
}

/* The innermost stage that says it; the lowest frame is at none. */
static const char *place_of_stages(const staged_script *script, const staged_background *work,
                                   const char *(*place_of)(const stg_stage *))
{
    /* That of background work is a copy of the frame that it began in. */
    const stg_frame *frame = script->frame;
    if (work != NULL && work->script == script) {
        const char *place = work->frame.stage == NULL ? NULL : place_of(work->frame.stage);
        if (place != NULL)
            return place;
        frame = work->frame.below;
    }
    for (; frame != NULL && frame->below != NULL; frame = frame->below) {
        const char *place = frame->stage == NULL ? NULL : place_of(frame->stage);
        if (place != NULL)
            return place;
    }
    return NULL;
}

/* Call it under the lock. */
static const char *name_of_place(const staged_script *script, const char *own)
{
    const staged_background *work = stg_work_here(script);
    const char *place = NULL;
    /* The condition of a poll looks at things from here. */
    if (own == NULL && script->run->polls > 0 && work == NULL && stg_is_owner(script))
        return NULL;
    for (const staged_script *at = script; place == NULL && at != NULL; at = at->outer)
        place = place_of_stages(at, work, operators);
    if (place == NULL && script->run->places != NULL)
        place = script->run->places->on;
    if (place == NULL)
        place = own;
    for (const staged_script *at = script; place == NULL && at != NULL; at = at->outer) {
        place = place_of_stages(at, work, authors);
        if (place == NULL)
            place = at->place;
    }
    return place;
}

staged_status stg_place_of_command(staged_script *script, const staged_location *where,
                                   const char *own, stg_place **place)
{
    stg_error error = {0};
    *place = NULL;
    /* What its author put here stays here. */
    if (own != NULL && strcmp(own, stg_here) == 0)
        return STAGED_OK;
    stg_lock(script);
    const char *name = name_of_place(script, own);
    const staged_status found = name == NULL ? STAGED_OK : find_locked(script, name, place, &error);
    stg_unlock(script);
    const staged_status status = found == STAGED_OK || found == STAGED_NO_MEMORY
                                     ? found
                                     : staged_fail_at(script, where, "%s", stg_error_text(&error));
    stg_error_free(&error);
    return status;
}
