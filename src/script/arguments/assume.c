/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Outcomes that a dry run assumes: --assume STAGE=OUTCOME[,OUTCOME...]. */
#include <string.h>

#include "script/arguments/arguments.h"
#include "script/state/stage_state.h"

/* Reads a word of `length` bytes; STG_ASSUME_NOTHING: it is not an outcome. */
static stg_assumed read_outcome(const char *word, size_t length)
{
    static const struct {
        const char *word;
        stg_assumed outcome;
    } words[] = {{"ok", STG_ASSUME_OK}, {"retry", STG_ASSUME_RETRY}, {"fail", STG_ASSUME_FAIL}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i].word) == length && strncmp(words[i].word, word, length) == 0)
            return words[i].outcome;
    }
    return STG_ASSUME_NOTHING;
}

/* Stores the outcomes of a stage in the script's arena. */
static staged_status take_over_outcomes(staged_script *script, stg_stage *stage, const char *text)
{
    size_t count = 1;
    for (const char *at = text; *at != '\0'; at++)
        count += *at == ',';
    stg_assumed *outcomes = stg_arena_alloc(&script->texts, count * sizeof *outcomes);
    if (outcomes == NULL)
        return STAGED_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const size_t length = strcspn(text, ",");
        outcomes[i] = read_outcome(text, length);
        if (outcomes[i] == STG_ASSUME_NOTHING)
            return staged_parser_fail(script->arguments.parser,
                                      "argument --assume: '%.*s' is not an outcome; use ok, "
                                      "retry or fail",
                                      (int)length, text);
        text += length + (i + 1 < count);
    }
    stage->assumed = outcomes;
    stage->assumed_count = count;
    return STAGED_OK;
}

static staged_status take_over_word(staged_script *script, const char *word)
{
    const char *equals = strchr(word, '=');
    if (equals == NULL)
        return staged_parser_fail(script->arguments.parser,
                                  "argument --assume: '%s' is not of the form STAGE=OUTCOME", word);
    stg_buf name = {0};
    stg_buf_add(&name, word, (size_t)(equals - word));
    staged_status status = stg_buf_status(&name);
    stg_stage *stage = stg_stage_of(script, stg_buf_text(&name));
    if (status == STAGED_OK && stage == NULL)
        status =
            staged_parser_fail(script->arguments.parser,
                               "argument --assume: there is no stage '%s'", stg_buf_text(&name));
    stg_buf_free(&name);
    return status == STAGED_OK ? take_over_outcomes(script, stage, equals + 1) : status;
}

staged_status stg_take_over_assumptions(staged_script *script)
{
    for (size_t i = 0; i < script->stage_count; i++)
        script->stages[i].assumed_count = 0;
    const staged_value *given = stg_run_argument_value(script, STG_RUN_ASSUME);
    if (given == NULL)
        return STAGED_OK;
    if (!script->dry_run)
        return staged_parser_fail(script->arguments.parser,
                                  "argument --assume: only a dry run can assume outcomes; add "
                                  "--dry-run");
    for (size_t i = 0; i < given->count; i++)
        STAGED_TRY(take_over_word(script, given->as.items[i].as.text));
    return STAGED_OK;
}

stg_assumed stg_assumed_outcome(const stg_stage *stage, int64_t attempt)
{
    if (stage->assumed_count == 0 || attempt < 1)
        return STG_ASSUME_NOTHING;
    const size_t number =
        (uint64_t)attempt > stage->assumed_count ? stage->assumed_count : (size_t)attempt;
    return stage->assumed[number - 1];
}
