/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/recording/recorder.h"

#include <stdlib.h>
#include <unistd.h>

#include "script/recording/event_line.h"
#include "script/recording/kept.h"
#include "script/recording/reports.h"
#include "script/recording/rest.h"
#include "script/recording/resume.h"
#include "script/state/attributes.h"
#include "script/state/events.h"
#include "script/state/fail.h"
#include "script/state/mask.h"
#include "script/state/owner.h"

/* ---- The observer ---- */

static void keep_problem(stg_recorder *recorder)
{
    const char *problem = stg_record_problem(recorder->record);
    if (problem != NULL && recorder->problem.length == 0)
        stg_buf_add_text(&recorder->problem, problem);
}

/* A command that still adds to it releases it. */
static void leave_output(stg_recorder *recorder)
{
    if (recorder->output_user == NULL)
        stg_record_output_free(recorder->output);
    recorder->output_user = NULL;
    recorder->output = NULL;
    recorder->is_printed = false;
}

stg_record_output *stg_recorder_output(stg_recorder *recorder, const char *stage)
{
    if (recorder->output == NULL) {
        recorder->output = stg_record_output_new(recorder->record, stage);
        recorder->output_number++;
    }
    return recorder->output;
}

static void notify(void *context, const staged_event *event)
{
    stg_recorder *recorder = context;
    if (recorder->record == NULL)
        return;
    /* Written later: what follows up to the end of the program is part of the run, too. */
    if (event->kind == STAGED_EVENT_SCRIPT_END) {
        recorder->end = *event;
        return;
    }
    stg_record_set_secrets(recorder->record, recorder->script->run->secrets);
    if (event->kind == STAGED_EVENT_STAGE_END && recorder->is_printed)
        stg_write_stage_output(recorder->record, event, recorder->output);
    stg_write_event(recorder->record, event);
    /* What is printed next belongs to another stage, or to none. */
    if (event->kind == STAGED_EVENT_STAGE_BEGIN || event->kind == STAGED_EVENT_STAGE_END)
        leave_output(recorder);
    keep_problem(recorder);
}

static void release(void *context)
{
    stg_recorder *recorder = context;
    recorder->script->run->recorder = NULL;
    leave_output(recorder);
    stg_record_free(recorder->record);
    stg_durations_free(recorder->durations);
    stg_buf_free(&recorder->problem);
    free(recorder);
}

/* ---- The beginning ---- */

static void write_facts(stg_recorder *recorder, int argc, char *const *argv)
{
    const staged_script *script = recorder->script;
    const stg_resumed *resumed = script->run->resumed;
    if (resumed != NULL) {
        argc = resumed->word_count;
        argv = resumed->words;
    }
    const char **words = calloc((size_t)argc + 1, sizeof *words);
    if (words == NULL)
        return;
    words[0] = script->title.program == NULL ? script->title.called_by : script->title.program;
    for (int i = 0; i < argc; i++)
        words[i + 1] = argv[i];
    stg_record_set_secrets(recorder->record, script->run->secrets);
    stg_record_write_facts(recorder->record,
                           &(stg_record_facts){
                               .stem = script->title.stem,
                               .file = script->run->file,
                               .arguments = words,
                               .count = (size_t)argc + 1,
                               .dry_run = script->dry_run,
                               .wall_ns = script->clock->wall_ns(script->clock->context),
                               .elapsed_ns = stg_elapsed_ns(script),
                               .resumes = resumed == NULL ? NULL : resumed->past->id,
                           });
    free(words);
    keep_problem(recorder);
}

static void tell(staged_script *script, const char *what, const char *why)
{
    const staged_location where = stg_script_location(script);
    (void)staged_log_at(script, &where, "[yellow]%s:[/]  %s", what, why);
}

/* The recorder of the run, made on first use; NULL: out of memory. */
static stg_recorder *recorder_of(staged_script *script)
{
    if (script->run->recorder != NULL)
        return script->run->recorder;
    stg_recorder *recorder = calloc(1, sizeof *recorder);
    if (recorder == NULL)
        return NULL;
    recorder->script = script;
    const staged_observer observer = {.size = sizeof observer,
                                      .notify = notify,
                                      .context = recorder,
                                      .release = release,
                                      .wants_logs = true};
    script->run->recorder = recorder;
    return staged_script_add_observer(script, &observer) == STAGED_OK ? recorder : NULL;
}

/* Creates the folder and its files; NULL: the log says why not. */
static stg_record *make_record(staged_script *script, bool is_kept)
{
    stg_error error = {0};
    stg_record *record = NULL;
    const char *root = is_kept ? NULL : stg_reports_temporary_folder(script, &error);
    if (is_kept || root != NULL)
        record = stg_record_new(root, script->title.stem,
                                script->clock->wall_ns(script->clock->context), &error);
    if (record == NULL)
        tell(script, is_kept ? "This run is not recorded" : "No reports", stg_error_text(&error));
    stg_error_free(&error);
    return record;
}

static void begin_record(stg_recorder *recorder, stg_record *record, int argc, char *const *argv)
{
    staged_script *script = recorder->script;
    stg_lock(script);
    leave_output(recorder);
    stg_record_free(recorder->record);
    stg_buf_clear(&recorder->problem);
    recorder->is_told = false;
    recorder->record = record;
    stg_durations_free(recorder->durations);
    recorder->durations = stg_durations_read(record);
    recorder->first_timing = script->timings.count;
    recorder->end = (staged_event){0};
    write_facts(recorder, argc, argv);
    stg_kept_write_all(script, record);
    stg_reports_set_record(script, stg_record_directory(record));
    stg_unlock(script);
}

void stg_recorder_begin(staged_script *script, bool may_be_kept, int argc, char *const *argv)
{
    if (script->outer != NULL)
        return;
    const bool is_kept = may_be_kept && script->run->record != STAGED_NO &&
                         stg_record_is_wanted(script->run->record == STAGED_YES);
    const bool has_reports = stg_reports_begin(script);
    if (!is_kept && !has_reports)
        return;
    stg_recorder *recorder = recorder_of(script);
    if (recorder == NULL) {
        tell(script, "This run is not recorded", "out of memory");
        return;
    }
    stg_record *record = is_kept ? make_record(script, true) : NULL;
    recorder->is_kept = record != NULL;
    /* Reports need none that can be kept. */
    if (record == NULL && has_reports)
        record = make_record(script, false);
    if (record != NULL)
        begin_record(recorder, record, argc, argv);
}

/* ---- The end ---- */

/* Adds the durations of the stages to those of earlier runs, for the next one. */
static void keep_durations(const stg_recorder *recorder)
{
    const staged_script *script = recorder->script;
    const stg_timings *timings = &script->timings;
    if (script->dry_run || timings->count <= recorder->first_timing ||
        stg_record_problem(recorder->record) != NULL)
        return;
    const int lock = stg_durations_lock(recorder->record);
    if (lock < 0)
        return;
    stg_durations *durations = stg_durations_read(recorder->record);
    for (size_t i = recorder->first_timing; durations != NULL && i < timings->count; i++) {
        const staged_stage_duration *run = &timings->items[i];
        /* Durations of an earlier run have already been added. */
        const bool counts = run->outcome == STAGED_OUTCOME_PASSED && !run->earlier;
        char *stage = counts ? stg_masked(script, run->stage) : NULL;
        if (stage != NULL)
            stg_durations_add(durations, stage, run->duration_ns);
        free(stage);
    }
    if (durations != NULL)
        stg_durations_write(recorder->record, durations);
    stg_durations_free(durations);
    (void)close(lock);
}

void stg_recorder_end(staged_script *script)
{
    stg_recorder *recorder = script->run->recorder;
    stg_rest_end(script->run->rest);
    if (recorder == NULL || recorder->record == NULL)
        return;
    keep_durations(recorder);
    stg_lock(script);
    leave_output(recorder);
    staged_event *end = &recorder->end;
    end->kind = STAGED_EVENT_SCRIPT_END;
    end->wall_ns = script->clock->wall_ns(script->clock->context);
    end->elapsed_ns = stg_elapsed_ns(script);
    end->stage = "";
    end->message = "";
    end->exit_status = stg_exit_status(script);
    end->outcome = stg_outcome_of_script(script);
    stg_record_set_secrets(recorder->record, script->run->secrets);
    stg_write_event(recorder->record, end);
    keep_problem(recorder);
    stg_record_free(recorder->record);
    recorder->record = NULL;
    stg_unlock(script);
    stg_recorder_tell(script);
}

const char *stg_recorder_folder(const staged_script *script)
{
    const stg_recorder *recorder = script->run->recorder;
    return recorder == NULL || recorder->record == NULL || !recorder->is_kept
               ? NULL
               : stg_record_directory(recorder->record);
}

void stg_recorder_tell(staged_script *script)
{
    stg_recorder *recorder = script->run->recorder;
    if (recorder == NULL || recorder->is_told || recorder->problem.length == 0)
        return;
    recorder->is_told = true;
    tell(script, "The run is not recorded any more", stg_buf_text(&recorder->problem));
}
