/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The verb `table`. */
#include <stdlib.h>
#include <string.h>

#include <staged/renderable.h>

#include "tool/verbs/verb.h"

static const staged_argument_options table_arguments[] = {
    {.size = sizeof(staged_argument_options), .flags = "--title"},
    {.size = sizeof(staged_argument_options), .flags = "--section"},
    {.size = sizeof(staged_argument_options),
     .flags = "columns",
     .metavar = "COLUMN",
     .nargs = STAGED_NARGS_ONE_OR_MORE},
    {.size = sizeof(staged_argument_options),
     .flags = "--row",
     .action = STAGED_ARG_APPEND,
     .nargs = STAGED_NARGS_ONE_OR_MORE},
};

static staged_status add_row(staged_renderable *table, const staged_value *row)
{
    staged_renderable **cells = sh_alloc((row->count + 1) * sizeof(staged_renderable *));
    for (size_t i = 0; i < row->count; i++)
        cells[i] = staged_text_new(NULL, row->as.items[i].as.text);
    const staged_status status = staged_table_add_row(table, NULL, cells, row->count);
    free(cells);
    return status;
}

static staged_status fill(staged_renderable *table, staged_namespace *words)
{
    for (const char *const *column = staged_namespace_list(words, "columns"); *column != NULL;
         column++) {
        char *header = staged_markup_escape(*column);
        const staged_status status =
            staged_table_add_column(table, STAGED_OPTIONS(staged_column_options, .header = header));
        free(header);
        if (status != STAGED_OK)
            return status;
    }
    const staged_value *rows = staged_namespace_value(words, "row");
    for (size_t i = 0; rows != NULL && rows->kind == STAGED_VALUE_LIST && i < rows->count; i++)
        STAGED_TRY(add_row(table, &rows->as.items[i]));
    return STAGED_OK;
}

/* Logs a table, or makes it a section of the summary: its cells are data. */
void sh_verb_table(sh_shell *shell, const sh_request *request)
{
    staged_namespace *words = sh_read_words(shell, request, table_arguments,
                                            sizeof table_arguments / sizeof table_arguments[0]);
    if (words == NULL)
        return;
    const char *section = staged_namespace_text(words, "section");
    staged_renderable *table = staged_table_new(
        STAGED_OPTIONS(staged_table_options, .title = staged_namespace_text(words, "title")));
    const staged_status status = fill(table, words);
    if (status == STAGED_OK && section != NULL) {
        sh_fail_verb(shell, request,
                     staged_summary_set_section_take(shell->script, section, table));
    } else if (status == STAGED_OK) {
        sh_say_take(shell, request, table);
    } else {
        staged_renderable_free(table);
        sh_fail_verb(shell, request, status);
    }
    staged_namespace_free(words);
}
