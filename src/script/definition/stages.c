/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/definition/stages.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"
#include "base/text/closest.h"
#include "script/definition/lineage.h"

void stg_stages_free(stg_stages *stages)
{
    free(stages->declarations);
    free(stages->names);
    free(stages->by_name);
    free(stages->defaults);
    *stages = (stg_stages){0};
}

static const staged_method *declaration_of(const stg_methods *methods, const char *stage)
{
    const stg_implementation *item = stg_methods_find(methods, STAGED_HOOK_BODY, stage, 0);
    while (item != NULL && item->method->kind != STAGED_METHOD_KIND_STAGE)
        item = stg_methods_find(methods, STAGED_HOOK_BODY, stage, item->layer + 1);
    return item == NULL ? NULL : item->method;
}

static bool add(stg_stages *stages, const staged_method *declaration)
{
    if (!stg_grow(&stages->declarations, &stages->capacity, stages->count + 1,
                  sizeof stages->declarations[0]))
        return false;
    stages->declarations[stages->count++] = declaration;
    return true;
}

static void tell_undeclared(const char *name, const stg_methods *methods,
                            const stg_lineage *lineage, stg_buf *bugs)
{
    const staged_method *first = stg_class_first_row(lineage->classes[0]);
    if (first->file != NULL)
        stg_buf_addf(bugs, "%s:%d: ", first->file, first->line);
    stg_buf_addf(bugs, "stage '%s' is registered, but no class declares it", name);
    stg_search search = stg_search_for(name);
    for (size_t i = 0; i < methods->count; i++) {
        if (methods->items[i].method->kind == STAGED_METHOD_KIND_STAGE)
            stg_search_look(&search, methods->items[i].method->stage);
    }
    if (search.found != NULL)
        stg_buf_addf(bugs, "; did you mean '%s'?", search.found);
    stg_buf_add_char(bugs, '\n');
}

static staged_status add_named(stg_stages *stages, const char *const *names,
                               const stg_methods *methods, const stg_lineage *lineage,
                               stg_buf *bugs)
{
    for (size_t i = 0; names[i] != NULL; i++) {
        const staged_method *declaration = declaration_of(methods, names[i]);
        if (declaration == NULL)
            tell_undeclared(names[i], methods, lineage, bugs);
        else if (!add(stages, declaration))
            return STAGED_NO_MEMORY;
    }
    return STAGED_OK;
}

/* A stage that a derived class declares again keeps its base's position, with the most derived
 * declaration. */
static staged_status add_all(stg_stages *stages, const stg_methods *methods,
                             const stg_lineage *lineage)
{
    for (size_t layer = lineage->count; layer-- > 0;) {
        const staged_class *script_class = lineage->classes[layer];
        const staged_method *method = stg_class_rows(script_class);
        for (; method != NULL && stg_is_row(method); method = stg_next_row(script_class, method)) {
            if (method->kind != STAGED_METHOD_KIND_STAGE || method->stage == NULL)
                continue;
            const stg_implementation *later =
                stg_methods_find(methods, STAGED_HOOK_BODY, method->stage, layer + 1);
            while (later != NULL && later->method->kind != STAGED_METHOD_KIND_STAGE)
                later =
                    stg_methods_find(methods, STAGED_HOOK_BODY, method->stage, later->layer + 1);
            if (later == NULL && !add(stages, declaration_of(methods, method->stage)))
                return STAGED_NO_MEMORY;
        }
    }
    return STAGED_OK;
}

static int compare(const void *left, const void *right)
{
    const stg_stage_name *a = left;
    const stg_stage_name *b = right;
    return strcmp(a->name, b->name);
}

static staged_status index_by_name(stg_stages *stages, stg_buf *bugs)
{
    if (stages->count == 0)
        return STAGED_OK;
    stages->names = calloc(stages->count + 1, sizeof stages->names[0]);
    stages->by_name = calloc(stages->count, sizeof stages->by_name[0]);
    stages->defaults = calloc(stages->count + 1, sizeof stages->defaults[0]);
    if (stages->names == NULL || stages->by_name == NULL || stages->defaults == NULL)
        return STAGED_NO_MEMORY;
    size_t default_count = 0;
    for (size_t i = 0; i < stages->count; i++) {
        const staged_method *declaration = stages->declarations[i];
        stages->names[i] = declaration->stage;
        stages->by_name[i] = (stg_stage_name){declaration->stage, i};
        if (declaration->by_default)
            stages->defaults[default_count++] = declaration->stage;
    }
    qsort(stages->by_name, stages->count, sizeof stages->by_name[0], compare);
    for (size_t i = 1; i < stages->count; i++) {
        if (strcmp(stages->by_name[i - 1].name, stages->by_name[i].name) == 0)
            stg_buf_addf(bugs, "stage '%s' is registered twice\n", stages->by_name[i].name);
    }
    return STAGED_OK;
}

staged_status stg_stages_register(stg_stages *stages, const char *const *names,
                                  const stg_methods *methods, const stg_lineage *lineage,
                                  stg_buf *bugs)
{
    *stages = (stg_stages){0};
    staged_status status = names != NULL ? add_named(stages, names, methods, lineage, bugs)
                                         : add_all(stages, methods, lineage);
    if (status == STAGED_OK)
        status = index_by_name(stages, bugs);
    if (status != STAGED_OK)
        stg_stages_free(stages);
    return status;
}

size_t stg_stages_find(const stg_stages *stages, const char *name)
{
    if (name == NULL || stages->count == 0)
        return STG_NO_STAGE;
    const stg_stage_name wanted = {.name = name};
    const stg_stage_name *found =
        bsearch(&wanted, stages->by_name, stages->count, sizeof stages->by_name[0], compare);
    return found == NULL ? STG_NO_STAGE : found->index;
}
