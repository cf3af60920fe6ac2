/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Finds the implementation of a method to run. */
#include <string.h>

#include "base/text/closest.h"
#include "script/definition/lineage.h"
#include "script/definition/methods.h"
#include "script/log/log.h"
#include "script/log/tell.h"
#include "script/stage/call.h"
#include "script/state/bugs.h"
#include "script/state/fail.h"

/* Methods that call each other in a circle would crash the process. */
enum { DEEPEST_CALL = 200 };

static const char *stage_name(const staged_script *script)
{
    return script->frame->stage == NULL ? NULL : script->frame->stage->name;
}

/* Returns the status if a hook may return it; otherwise fails with a message. */
static staged_status checked(staged_script *script, const staged_method *method,
                             staged_status answer)
{
    const staged_location where = {method->file, method->line};
    switch (answer) {
    case STAGED_FAILED:
        if (!stg_has_reason(script))
            return staged_fail_at(
                script, &where,
                "'%s' returned STAGED_FAILED without a reason; return staged_fail(...)",
                method->name);
        return answer;
    case STAGED_OK:
    case STAGED_RETRY:
    case STAGED_EXIT:
    case STAGED_INTERRUPTED:
        return answer;
    case STAGED_NO_MEMORY:
    case STAGED_BAD_USE:
    case STAGED_BAD_INPUT:
    case STAGED_BAD_MARKUP:
    case STAGED_IO:
    case STAGED_CLOSED:
    case STAGED_NOT_FOUND:
    case STAGED_NOT_ALLOWED:
    case STAGED_TIMED_OUT:
    case STAGED_UNKNOWN:
        break;
    }
    if ((int)answer < STAGED_RETRY || answer > STAGED_UNKNOWN)
        return staged_fail_at(script, &where,
                              "'%s' returned %d, which is not a status; return STAGED_OK, or "
                              "staged_exit(script, %d)",
                              method->name, (int)answer, (int)answer);
    /* Why a wait or a question failed has already been kept. */
    if ((answer == STAGED_TIMED_OUT || answer == STAGED_UNKNOWN) && stg_has_reason(script))
        return STAGED_FAILED;
    return staged_fail_at(script, &where, "'%s' returned: %s", method->name,
                          staged_status_text(answer));
}

/* A hook whose class lacks its `data_size` gets a block that must stay zero. */
void *stg_data_of(const staged_script *script, size_t layer)
{
    return script->data[layer] != NULL ? script->data[layer] : script->no_data;
}

static staged_status check_data(staged_script *script, const stg_implementation *found)
{
    static const char zeros[STG_NO_DATA_SIZE];
    /* The base class has no data, and its hooks use none. */
    const bool may_use_it = script->data[found->layer] == NULL &&
                            script->definition.lineage.classes[found->layer] != &stg_base_class;
    if (!may_use_it || memcmp(script->no_data, zeros, sizeof zeros) == 0)
        return STAGED_OK;
    memset(script->no_data, 0, sizeof zeros);
    const staged_location where = {found->method->file, found->method->line};
    return stg_bug(script, &where,
                   "%s: '%s' uses data, but the class has none; give it `.data_size = "
                   "sizeof(...)`",
                   stg_class_name(script->definition.lineage.classes[found->layer]),
                   found->method->name);
}

static staged_status run_row(const staged_method *method, staged_call *call)
{
    const staged_location where = {method->file, method->line};
    if (method->after != NULL)
        STAGED_TRY(method->after(call));
    if (method->function != NULL)
        return method->function(call);
    if (method->log != NULL)
        return stg_log_row(call->script, &where, method->log, method->in_panel);
    return staged_run_with(
        call->script,
        STAGED_OPTIONS(staged_run_options, .command = method->command, .where = where));
}

static staged_status invoke(const stg_implementation *found, const staged_call *prototype)
{
    staged_script *script = prototype->script;
    const staged_method *method = found->method;
    staged_call call = *prototype;
    call.method_ = method;
    call.layer_ = found->layer;
    call.method = method->name;
    call.context = method->context;
    call.data = stg_data_of(script, found->layer);
    if (script->depth == DEEPEST_CALL) {
        const staged_location where = {method->file, method->line};
        return staged_fail_at(script, &where, "infinite recursion in '%s'", method->name);
    }
    script->depth++;
    const staged_status answer = run_row(method, &call);
    script->depth--;
    stg_tell_unheeded(script, answer);
    STAGED_TRY(check_data(script, found));
    return checked(script, method, stg_unless_bug(script, answer));
}

static const stg_implementation *find_from_top(const staged_script *script, const char *name)
{
    const char *stage = stage_name(script);
    const stg_implementation *found =
        stage == NULL ? NULL : stg_methods_find(&script->definition.methods, name, stage, 0);
    return found != NULL ? found : stg_methods_find(&script->definition.methods, name, NULL, 0);
}

staged_status stg_call_hook(staged_script *script, const char *name,
                            const stg_hook_arguments *arguments)
{
    const stg_implementation *found = find_from_top(script, name);
    if (found == NULL)
        return staged_fail_at(script, NULL, "no class of this script has a method '%s'",
                              name == NULL ? "" : name);
    const staged_call call = {
        .script = script,
        .stage = staged_script_stage(script),
        .heading = script->frame->stage == NULL ? "" : script->frame->stage->declaration->heading,
        .retry = script->frame->attempt.retry,
        .argc = arguments == NULL ? 0 : arguments->argc,
        .argv = arguments == NULL ? NULL : arguments->argv,
        .argument = arguments == NULL ? NULL : arguments->argument,
    };
    return invoke(found, &call);
}

static staged_status unknown_method(staged_script *script, const staged_location *where,
                                    const char *method)
{
    stg_search search = stg_search_for(method == NULL ? "" : method);
    for (size_t i = 0; i < script->definition.methods.count; i++)
        stg_search_look(&search, script->definition.methods.items[i].method->name);
    return stg_bug(script, where, "no class of this script has a method '%s'%s", search.word,
                   stg_hint(script, &search));
}

staged_status staged_script_call_at(staged_script *script, const staged_location *where,
                                    const char *method, void *argument)
{
    STAGED_TRY(stg_only_owner(script, "staged_script_call"));
    if (find_from_top(script, method) == NULL)
        return unknown_method(script, where, method);
    return stg_call_hook(script, method, &(stg_hook_arguments){.argument = argument});
}

/* Runs the implementation of `call`'s method from `layer` on: for `stage`, or else for all
 * stages. */
static staged_status call_from(const staged_call *call, const char *stage, size_t layer)
{
    const stg_implementation *found = NULL;
    const stg_methods *methods = &call->script->definition.methods;
    if (stage != NULL) {
        found = stg_methods_find(methods, call->method_->name, stage, layer);
        layer = 0;
    }
    if (found == NULL)
        found = stg_methods_find(methods, call->method_->name, NULL, layer);
    return found == NULL ? STAGED_OK : invoke(found, call);
}

staged_status staged_super(staged_call *call)
{
    return call_from(call, call->method_->stage, call->layer_ + 1);
}

staged_status staged_general(staged_call *call)
{
    return call_from(call, NULL, 0);
}

staged_status staged_super_general(staged_call *call)
{
    return call_from(call, NULL, call->layer_ + 1);
}

void *staged_script_data(staged_script *script, const staged_class *script_class)
{
    for (size_t i = 0; i < script->definition.lineage.count; i++) {
        if (script->definition.lineage.classes[i] == script_class)
            return script->data[i];
    }
    return NULL;
}
