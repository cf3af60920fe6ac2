/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Making and releasing a script object. */
#include <stdlib.h>

#include <staged/signals.h>

#include "script/arguments/arguments.h"
#include "script/command/background.h"
#include "script/command/interrupt.h"
#include "script/log/tell.h"
#include "script/report/summary.h"
#include "script/run/program_name.h"
#include "script/run/script.h"
#include "script/stage/call.h"

static staged_status make_data(staged_script *script)
{
    script->data = calloc(script->lineage.count, sizeof script->data[0]);
    if (script->data == NULL)
        return STAGED_NO_MEMORY;
    script->no_data = calloc(1, STG_NO_DATA_SIZE);
    if (script->no_data == NULL)
        return STAGED_NO_MEMORY;
    for (size_t i = 0; i < script->lineage.count; i++) {
        const size_t size = script->lineage.classes[i]->data_size;
        if (size > 0 && (script->data[i] = calloc(1, size)) == NULL)
            return STAGED_NO_MEMORY;
    }
    return STAGED_OK;
}

/* Puts the classes in line and checks their tables, all of them, so that all bugs are told at
 * once. */
static staged_status set_up_classes(staged_script *script, const staged_script_options *options)
{
    const staged_status status =
        stg_lineage_of(script->script_class, &script->lineage, &script->bugs);
    if (status != STAGED_OK)
        return status == STAGED_BAD_USE ? stg_buf_status(&script->bugs) : status;
    STAGED_TRY(stg_methods_collect(&script->methods, &script->lineage));
    stg_methods_check(&script->methods, &script->lineage, &script->bugs);
    STAGED_TRY(stg_stages_register(&script->stages, options->stages, &script->methods,
                                   &script->lineage, &script->bugs));
    stg_check_class_arguments(&script->lineage, &script->bugs);
    STAGED_TRY(make_data(script));
    return stg_buf_status(&script->bugs);
}

static staged_status set_up_output(staged_script *script, const staged_script_options *options)
{
    staged_console_options console = options->console;
    if (console.clock == NULL)
        console.clock = script->clock;
    if (console.trim == STAGED_AUTO)
        console.trim = STAGED_YES;
    script->console = staged_console_new(&console);
    if (script->console == NULL)
        return STAGED_NO_MEMORY;
    script->help_colors = stg_when_colored(script, &console);
    return STAGED_OK;
}

static staged_status set_up_own(staged_script *script, const staged_script_options *options)
{
    script->clock = options->clock == NULL ? staged_signals_clock() : options->clock;
    script->start_wall_ns = script->clock->wall_ns(script->clock->context);
    script->start_ns = script->clock->monotonic_ns(script->clock->context);
    STAGED_TRY(set_up_output(script, options));
    script->print_commands = options->print_commands != STAGED_NO;
    script->author_success = true;
    if (options->name != NULL)
        return staged_script_set_name(script, options->name);
    STAGED_TRY(stg_set_program(script, stg_program_name()));
    return staged_script_set_name(script, stg_program_name());
}

/* What is said and done by a script that another one uses appears as that one's. */
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
    return staged_script_set_name(script, options->name == NULL ? outer->name : options->name);
}

/* An observer may log, or run a command. */
static staged_status make_lock(staged_script *script)
{
    pthread_mutexattr_t attributes;
    if (pthread_mutexattr_init(&attributes) != 0)
        return STAGED_NO_MEMORY;
    (void)pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    const int failed = pthread_mutex_init(&script->lock, &attributes);
    (void)pthread_mutexattr_destroy(&attributes);
    return failed == 0 ? STAGED_OK : STAGED_NO_MEMORY;
}

static staged_status set_up(staged_script *script, const staged_script_options *options)
{
    script->user =
        options->user == NULL && script->outer != NULL ? script->outer->user : options->user;
    STAGED_TRY(script->outer == NULL ? set_up_own(script, options)
                                     : set_up_shared(script, options));
    STAGED_TRY(set_up_classes(script, options));
    const staged_observer timings = stg_timings_observer(&script->timings);
    const staged_observer history = stg_history_observer(&script->history);
    STAGED_TRY(staged_script_add_observer(script, &timings));
    return staged_script_add_observer(script, &history);
}

staged_script *stg_script_new_within(staged_script *outer, const staged_class *script_class,
                                     const staged_script_options *options)
{
    static const staged_script_options none = {.stages = NULL};
    staged_script *script = calloc(1, sizeof *script);
    if (script == NULL)
        return NULL;
    script->script_class = script_class == NULL ? &stg_base_class : script_class;
    if (script_class == NULL)
        stg_buf_add_text(&script->bugs, "the class is NULL\n");
    script->outer = outer;
    script->top = outer == NULL ? script : outer->top;
    if (make_lock(script) != STAGED_OK) {
        free(script);
        return NULL;
    }
    stg_become_owner(script);
    if (set_up(script, options == NULL ? &none : options) != STAGED_OK) {
        staged_script_free(script);
        return NULL;
    }
    script->initialized = script->bugs.length == 0;
    if (script->initialized) {
        script->is_early = script->top == script;
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
    return stg_buf_text(&script->bugs);
}

static void free_inner_scripts(staged_script *script)
{
    while (script->inner_count > 0)
        staged_script_free(script->inner[--script->inner_count]);
    free(script->inner);
    script->inner = NULL;
    script->inner_capacity = 0;
}

void stg_clean_up(staged_script *script)
{
    stg_become_owner(script);
    stg_cancel_works(script);
    free_inner_scripts(script);
    /* Where STAGED_HOOK_INIT was not called, there is nothing to clean up. */
    if (!script->initialized || script->cleaned_up)
        return;
    script->cleaned_up = true;
    const staged_status status = stg_call_hook(script, STAGED_HOOK_CLEAN_UP, NULL);
    stg_note(script, stg_notice_signal(script) ? STAGED_INTERRUPTED : status, "The clean-up hook");
}

void staged_script_free(staged_script *script)
{
    if (script == NULL)
        return;
    stg_clean_up(script);
    for (size_t i = 0; i < script->observer_count; i++) {
        const staged_observer *observer = &script->observers[i];
        if (observer->release != NULL)
            observer->release(observer->context);
    }
    free(script->observers);
    stg_timings_free(&script->timings);
    stg_history_free(&script->history);
    stg_sections_free(&script->sections);
    for (size_t i = 0; i < script->parsed_count; i++)
        staged_namespace_free(script->parsed[i]);
    free(script->parsed);
    free(script->class_arguments);
    staged_namespace_free(script->no_args);
    stg_error_free(&script->noted_bug.error);
    staged_parser_free(script->parser);
    if (script->outer == NULL)
        staged_console_free(script->console);
    for (size_t i = 0; script->data != NULL && i < script->lineage.count; i++)
        free(script->data[i]);
    free(script->data);
    free(script->no_data);
    stg_stages_free(&script->stages);
    stg_methods_free(&script->methods);
    stg_lineage_free(&script->lineage);
    stg_buf_free(&script->bugs);
    stg_error_free(&script->failure.error);
    stg_error_free(&script->elsewhere.error);
    staged_secrets_free(script->secrets);
    free(script->name);
    free(script->stem);
    free(script->program);
    free(script->called_by);
    stg_arena_free(&script->texts);
    (void)pthread_mutex_destroy(&script->lock);
    free(script);
}
