/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/definition/definition.h"

#include "script/definition/argument_rows.h"

staged_status stg_definition_make(stg_definition *definition, const staged_class *script_class,
                                  const char *const *stages)
{
    stg_lineage *lineage = &definition->lineage;
    stg_methods *methods = &definition->methods;
    stg_buf *bugs = &definition->bugs;
    definition->script_class = script_class == NULL ? &stg_base_class : script_class;
    if (script_class == NULL)
        stg_buf_add_text(bugs, "the class is NULL\n");
    const staged_status status = stg_lineage_of(definition->script_class, lineage, bugs);
    if (status != STAGED_OK)
        return status == STAGED_BAD_USE ? stg_buf_status(bugs) : status;
    STAGED_TRY(stg_methods_collect(methods, lineage));
    stg_methods_check(methods, lineage, bugs);
    STAGED_TRY(stg_stages_register(&definition->stages, stages, methods, lineage, bugs));
    stg_check_argument_rows(lineage, bugs);
    return stg_buf_status(bugs);
}

void stg_definition_free(stg_definition *definition)
{
    stg_stages_free(&definition->stages);
    stg_methods_free(&definition->methods);
    stg_lineage_free(&definition->lineage);
    stg_buf_free(&definition->bugs);
}
