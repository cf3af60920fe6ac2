/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Making and releasing a script object. */
#include <stdlib.h>
#include <string.h>

#include <staged/signals.h>

#include "base/failure/options.h"
#include "console/framework.h"
#include "script/arguments/arguments.h"
#include "script/command/background.h"
#include "script/command/interrupt.h"
#include "script/command/shell_line.h"
#include "script/definition/lineage.h"
#include "script/definition/stages.h"
#include "script/face/face.h"
#include "script/face/window.h"
#include "script/log/tell.h"
#include "script/place/places.h"
#include "script/recording/reports.h"
#include "script/recording/rest.h"
#include "script/recording/resume.h"
#include "script/recording/shown.h"
#include "script/report/summary.h"
#include "script/run/program_name.h"
#include "script/run/script.h"
#include "script/stage/call.h"
#include "script/state/attributes.h"
#include "script/state/fail.h"
#include "script/state/owner.h"
#include "script/state/stage_state.h"

/* Retries are off unless requested, and stop after a minute.  Source: StagedScript.parser. */
static staged_retry_settings retry_of(const staged_method *declaration)
{
    return (staged_retry_settings){
        .attempts = declaration->retry_attempts,
        .delay_s = declaration->retry_delay_s,
        .timeout_s = declaration->retry_timeout_s > 0 ? declaration->retry_timeout_s : 60,
    };
}

static staged_status make_stages(staged_script *script)
{
    const stg_stages *registered = &script->definition.stages;
    if (registered->count == 0)
        return STAGED_OK;
    script->stages = calloc(registered->count, sizeof script->stages[0]);
    if (script->stages == NULL)
        return STAGED_NO_MEMORY;
    script->stage_count = registered->count;
    for (size_t i = 0; i < registered->count; i++) {
        const staged_method *declaration = registered->declarations[i];
        script->stages[i] = (stg_stage){
            .name = declaration->stage,
            .declaration = declaration,
            .retry = retry_of(declaration),
            .time_limit_s = declaration->time_limit_s,
            .policy = declaration->retry_policy,
        };
    }
    return STAGED_OK;
}

static staged_status make_data(staged_script *script)
{
    const stg_lineage *lineage = &script->definition.lineage;
    /* Classes with bugs have no lineage. */
    if (lineage->count == 0)
        return STAGED_OK;
    script->data = calloc(lineage->count, sizeof script->data[0]);
    script->no_data = calloc(1, STG_NO_DATA_SIZE);
    if (script->data == NULL || script->no_data == NULL)
        return STAGED_NO_MEMORY;
    for (size_t i = 0; i < lineage->count; i++) {
        const size_t size = stg_class_read(lineage->classes[i]).data_size;
        if (size > 0 && (script->data[i] = calloc(1, size)) == NULL)
            return STAGED_NO_MEMORY;
    }
    return STAGED_OK;
}

static staged_status set_up_output(staged_script *script, const staged_script_options *options)
{
    staged_console_options console;
    const char *problem = STG_READ_OPTIONS(&console, options->console, staged_console_options);
    if (problem != NULL)
        stg_buf_addf(&script->definition.bugs, "%s\n", problem);
    if (console.clock == NULL)
        console.clock = script->clock;
    if (console.trim == STAGED_AUTO)
        console.trim = STAGED_YES;
    script->console = staged_console_new(&console);
    if (script->console == NULL)
        return STAGED_NO_MEMORY;
    if (problem == NULL && stg_console_problem(script->console) != NULL)
        stg_buf_addf(&script->definition.bugs, "%s\n", stg_console_problem(script->console));
    script->arguments.help_colors = stg_when_colored(script, &console);
    return STAGED_OK;
}

static staged_status set_up_own(staged_script *script, const staged_script_options *options)
{
    script->clock = options->clock == NULL ? staged_signals_clock() : options->clock;
    script->start_wall_ns = script->clock->wall_ns(script->clock->context);
    script->start_ns = script->clock->monotonic_ns(script->clock->context);
    STAGED_TRY(set_up_output(script, options));
    script->print_commands = options->print_commands != STAGED_NO;
    script->run->record = options->record;
    if (options->file != NULL && (script->run->file = strdup(options->file)) == NULL)
        return STAGED_NO_MEMORY;
    if (options->name != NULL)
        return staged_script_set_name(script, options->name);
    STAGED_TRY(stg_set_program(script, stg_program_name()));
    return staged_script_set_name(script, stg_program_name());
}

/* An inner script's output and effects appear as the outer one's. */
static staged_status set_up_shared(staged_script *script, const staged_script_options *options)
{
    const staged_script *outer = script->outer;
    script->clock = outer->clock;
    script->start_wall_ns = outer->start_wall_ns;
    script->start_ns = outer->start_ns;
    script->console = outer->console;
    script->dry_run = outer->dry_run;
    script->print_commands = options->print_commands == STAGED_AUTO
                                 ? outer->print_commands
                                 : options->print_commands == STAGED_YES;
    return staged_script_set_name(script,
                                  options->name == NULL ? outer->title.name : options->name);
}

static staged_status keep_lock(staged_script *script, const staged_script_options *options)
{
    script->lock.wait_s = options->lock_wait_s;
    if (options->lock == NULL)
        return STAGED_OK;
    script->lock.name = stg_arena_text(&script->texts, options->lock);
    return script->lock.name == NULL ? STAGED_NO_MEMORY : STAGED_OK;
}

static staged_status keep_place(staged_script *script, const staged_script_options *options)
{
    script->retries_on_place = options->retry_on_place == STAGED_YES;
    if (options->place == NULL)
        return STAGED_OK;
    script->place = stg_arena_text(&script->texts, options->place);
    return script->place == NULL ? STAGED_NO_MEMORY : STAGED_OK;
}

static staged_status add_faces(staged_script *script, const staged_script_options *options)
{
    const staged_status status = stg_face_add(script, options->ci);
    return status == STAGED_OK ? stg_window_add(script, options) : status;
}

/* Those that every script has. */
static staged_status add_own_observers(staged_script *script)
{
    const staged_observer timings = stg_timings_observer(&script->timings);
    const staged_observer history = stg_history_observer(&script->history);
    const size_t others = script->observers.count;
    STAGED_TRY(staged_script_add_observer(script, &timings));
    STAGED_TRY(staged_script_add_observer(script, &history));
    script->observers.own_count = script->observers.count - others;
    return STAGED_OK;
}

static staged_status set_up(staged_script *script, const staged_class *script_class,
                            const staged_script_options *options)
{
    script->user =
        options->user == NULL && script->outer != NULL ? script->outer->user : options->user;
    script->arguments.wants_run_arguments = options->run_arguments;
    STAGED_TRY(keep_lock(script, options));
    STAGED_TRY(keep_place(script, options));
    STAGED_TRY(script->outer == NULL ? set_up_own(script, options)
                                     : set_up_shared(script, options));
    STAGED_TRY(stg_definition_make(&script->definition, script_class, options->stages));
    STAGED_TRY(make_stages(script));
    STAGED_TRY(make_data(script));
    if (script->outer == NULL)
        STAGED_TRY(add_faces(script, options));
    return add_own_observers(script);
}

static stg_run *make_run(void)
{
    stg_run *run = calloc(1, sizeof *run);
    pthread_mutexattr_t attributes;
    if (run == NULL || pthread_mutexattr_init(&attributes) != 0) {
        free(run);
        return NULL;
    }
    /* Recursive, as an observer may log, or run a command. */
    (void)pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    const int failed = pthread_mutex_init(&run->lock, &attributes);
    (void)pthread_mutexattr_destroy(&attributes);
    if (failed != 0) {
        free(run);
        return NULL;
    }
    run->author_success = true;
    return run;
}

static void free_run(stg_run *run)
{
    stg_rest_free(run->rest);
    stg_reports_free(run->reports);
    stg_defusal_free(run->defusal);
    stg_run_places_free(run->places);
    staged_secrets_free(run->secrets);
    stg_failure_clear(&run->elsewhere);
    stg_failure_clear(&run->noted_bug);
    (void)pthread_mutex_destroy(&run->lock);
    free(run->file);
    stg_forget_resumed(run);
    free(run->kept);
    free(run);
}

/* Allocates an empty script. */
static staged_script *make_script(staged_script *outer)
{
    staged_script *script = calloc(1, sizeof *script);
    stg_run *run = outer == NULL ? make_run() : outer->run;
    if (script == NULL || run == NULL) {
        if (outer == NULL && run != NULL)
            free_run(run);
        free(script);
        return NULL;
    }
    script->outer = outer;
    script->run = run;
    script->frame = &script->lowest;
    script->last_failure = &script->failure;
    stg_become_owner(script);
    return script;
}

staged_script *stg_script_new_within(staged_script *outer, const staged_class *script_class,
                                     const staged_script_options *options)
{
    staged_script_options own;
    const char *problem = STG_READ_OPTIONS(&own, options, staged_script_options);
    staged_script *script = make_script(outer);
    if (script == NULL)
        return NULL;
    if (set_up(script, script_class, &own) != STAGED_OK) {
        staged_script_free(script);
        return NULL;
    }
    if (problem != NULL)
        stg_buf_addf(&script->definition.bugs, "%s\n", problem);
    script->initialized = script->definition.bugs.length == 0;
    if (script->initialized) {
        script->is_early = script->outer == NULL;
        script->init_status = stg_call_hook(script, STAGED_HOOK_INIT, NULL);
        script->is_early = false;
    }
    return script;
}

staged_script *staged_script_new(const staged_class *script_class,
                                 const staged_script_options *options)
{
    return stg_script_new_within(NULL, script_class, options);
}

const char *staged_script_bugs(const staged_script *script)
{
    return stg_buf_text(&script->definition.bugs);
}

static void free_inner_scripts(staged_script *script)
{
    while (script->inner.count > 0)
        staged_script_free(script->inner.items[--script->inner.count]);
    free(script->inner.items);
    script->inner = (stg_scripts){0};
}

void stg_clean_up(staged_script *script)
{
    stg_become_owner(script);
    stg_cancel_works(script);
    free_inner_scripts(script);
    /* If STAGED_HOOK_INIT was not called, there is nothing to clean up. */
    if (!script->initialized || script->cleaned_up)
        return;
    script->cleaned_up = true;
    const staged_status status = stg_call_hook(script, STAGED_HOOK_CLEAN_UP, NULL);
    stg_note(script, stg_notice_signal(script) ? STAGED_INTERRUPTED : status, "The clean-up hook");
}

static void free_observers(stg_observers *observers)
{
    for (size_t i = 0; i < observers->count; i++) {
        const staged_observer *observer = &observers->items[i];
        if (observer->release != NULL)
            observer->release(observer->context);
    }
    free(observers->items);
}

static void free_arguments(stg_arguments *arguments)
{
    for (size_t i = 0; i < arguments->parsed_count; i++)
        staged_namespace_free(arguments->parsed[i]);
    free(arguments->parsed);
    free(arguments->class_arguments);
    staged_namespace_free(arguments->no_args);
    staged_parser_free(arguments->parser);
}

static void free_data(staged_script *script)
{
    for (size_t i = 0; script->data != NULL && i < script->definition.lineage.count; i++)
        free(script->data[i]);
    free(script->data);
    free(script->no_data);
}

void staged_script_free(staged_script *script)
{
    if (script == NULL)
        return;
    stg_clean_up(script);
    free_observers(&script->observers);
    stg_timings_free(&script->timings);
    stg_history_free(&script->history);
    stg_sections_free(&script->sections);
    free_arguments(&script->arguments);
    free_data(script);
    free(script->stages);
    stg_definition_free(&script->definition);
    stg_hand_on_failure(script);
    free(script->title.name);
    free(script->title.stem);
    free(script->title.program);
    free(script->title.called_by);
    stg_shell_lines_free(script->shell_lines);
    stg_arena_free(&script->texts);
    if (script->outer == NULL) {
        staged_console_free(script->console);
        free_run(script->run);
    }
    free(script);
}
