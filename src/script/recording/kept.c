/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/recording/kept.h"

#include <stdlib.h>
#include <string.h>

#include <staged/kept.h>

#include "base/memory/grow.h"
#include "script/recording/recorder.h"
#include "script/state/bugs.h"
#include "script/state/events.h"
#include "script/state/mask.h"
#include "script/state/owner.h"
#include "script/state/texts.h"

static stg_kept_value *find(const staged_script *script, const char *name)
{
    const stg_run *run = script->run;
    for (size_t i = 0; i < run->kept_count; i++) {
        if (strcmp(run->kept[i].name, name) == 0)
            return &run->kept[i];
    }
    return NULL;
}

/* What is kept outlives inner scripts, so its texts belong to the outermost one. */
static staged_script *outermost(staged_script *script)
{
    while (script->outer != NULL)
        script = script->outer;
    return script;
}

/* `value` NULL: none. */
static staged_status set(staged_script *script, const char *name, const char *value)
{
    stg_run *run = script->run;
    const char *copy = value == NULL ? NULL : stg_keep_text(outermost(script), value);
    stg_kept_value *kept = find(script, name);
    if (value != NULL && copy == NULL)
        return STAGED_NO_MEMORY;
    if (kept == NULL) {
        const char *own_name = stg_keep_text(outermost(script), name);
        if (own_name == NULL ||
            !stg_grow(&run->kept, &run->kept_capacity, run->kept_count + 1, sizeof run->kept[0]))
            return STAGED_NO_MEMORY;
        kept = &run->kept[run->kept_count++];
        kept->name = own_name;
    }
    kept->value = copy;
    return STAGED_OK;
}

/* The event is written once the file is complete. */
static void write_value(staged_script *script, stg_record *record, const stg_kept_value *kept)
{
    const stg_frame *frame = stg_at_a_stage(script)->frame;
    stg_record_keep(record, kept->name, kept->value);
    stg_record_begin(record, "kept", script->clock->wall_ns(script->clock->context),
                     stg_elapsed_ns(script));
    stg_record_text(record, "stage", stg_frame_stage(frame));
    stg_record_number(record, "attempt", frame->attempt.number);
    stg_record_text(record, "name", kept->name);
    if (kept->value == NULL) {
        stg_record_text(record, "value", NULL);
    } else {
        stg_buf file = {0};
        stg_buf_addf(&file, "kept/%s", kept->name);
        stg_record_text(record, "file", stg_buf_text(&file));
        stg_buf_free(&file);
    }
    stg_record_end(record);
}

static bool is_same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static staged_status keep(staged_script *script, stg_record *record, const char *name,
                          const char *value)
{
    const stg_kept_value *kept = find(script, name);
    if (is_same(kept == NULL ? NULL : kept->value, value))
        return STAGED_OK;
    STAGED_TRY(set(script, name, value));
    stg_record_set_secrets(record, script->run->secrets);
    write_value(script, record, find(script, name));
    return STAGED_OK;
}

/* Whether nothing in a value needs masking. */
static bool may_be_kept(const staged_script *script, const char *value)
{
    char *masked = stg_masked(script, value);
    const bool may = masked != NULL && strcmp(masked, value) == 0;
    free(masked);
    return may;
}

staged_status staged_keep_at(staged_script *script, const staged_location *where, const char *name,
                             const char *value)
{
    STAGED_TRY(stg_need_text(script, where, name, "the name of a value to keep"));
    if (!stg_record_can_keep(name))
        return staged_fail_at(script, where,
                              "'%s' cannot be the name of a value to keep: use letters, digits, _, "
                              "- and .",
                              name);
    if (value != NULL && !may_be_kept(script, value))
        return staged_fail_at(script, where, "'%s' is not kept: its value contains a secret", name);
    stg_lock(script);
    const stg_recorder *recorder = script->run->recorder;
    const staged_status status = recorder == NULL || recorder->record == NULL
                                     ? STAGED_OK
                                     : keep(script, recorder->record, name, value);
    stg_unlock(script);
    return status;
}

const char *staged_script_kept(const staged_script *script, const char *name)
{
    if (name == NULL)
        return NULL;
    stg_lock(script);
    const stg_kept_value *kept = find(script, name);
    const char *value = kept == NULL ? NULL : kept->value;
    stg_unlock(script);
    return value;
}

staged_status stg_kept_take_over(staged_script *script, const stg_past *past)
{
    stg_lock(script);
    script->run->kept_count = 0;
    staged_status status = STAGED_OK;
    for (size_t i = 0; past != NULL && i < past->value_count && status == STAGED_OK; i++)
        status = set(script, past->values[i].name, past->values[i].value);
    stg_unlock(script);
    return status;
}

/* Values that have become secret are not written again. */
void stg_kept_write_all(staged_script *script, stg_record *record)
{
    for (size_t i = 0; i < script->run->kept_count; i++) {
        const stg_kept_value *kept = &script->run->kept[i];
        if (kept->value != NULL && may_be_kept(script, kept->value))
            write_value(script, record, kept);
    }
}
