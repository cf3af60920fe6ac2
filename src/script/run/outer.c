/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Scripts used by another script: the outer one shows, records and returns what the inner one
 * does. */
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/memory/grow.h"
#include "script/definition/lineage.h"
#include "script/run/script.h"
#include "script/stage/call.h"
#include "script/state/bugs.h"
#include "script/state/fail.h"
#include "script/state/object.h"

staged_script *staged_script_new_inner(staged_script *script, const staged_script_options *options,
                                       const staged_class *script_class)
{
    if (stg_need_text(script, NULL, script_class, "the class of an inner script") != STAGED_OK)
        return NULL;
    staged_script *inner = NULL;
    if (stg_grow(&script->inner, &script->inner.capacity, script->inner.count + 1,
                 sizeof(script->inner.items[0])))
        inner = stg_script_new_within(script, script_class, options);
    if (inner == NULL) {
        stg_ignore(staged_fail_at(script, NULL, "out of memory"));
        return NULL;
    }
    script->inner.items[script->inner.count++] = inner;
    return inner;
}

staged_status staged_script_parse_args(staged_script *inner, const char *const *words)
{
    if (*staged_script_bugs(inner) != '\0')
        return staged_fail_at(inner, NULL, "%s's tables have bugs:\n%s",
                              stg_class_name(inner->definition.script_class),
                              staged_script_bugs(inner));
    STAGED_TRY(inner->init_status);
    STAGED_TRY(stg_need_text(inner, NULL, words, "a command line"));
    size_t count = 0;
    while (words[count] != NULL)
        count++;
    if (count > INT_MAX)
        return STAGED_BAD_USE;
    /* The words are only read: argv is not const because that of `main` is not. */
    char **copy = calloc(count + 1, sizeof *copy);
    if (copy == NULL)
        return STAGED_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        copy[i] = (char *)(uintptr_t)words[i];
    const stg_hook_arguments arguments = {.argc = (int)count, .argv = copy};
    const staged_status status = stg_call_hook(inner, STAGED_HOOK_PARSE_ARGS, &arguments);
    free(copy);
    return status;
}
