/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/definition/methods.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/failure/options.h"
#include "base/memory/grow.h"
#include "console/framework.h"
#include "retry/framework.h"

void stg_methods_free(stg_methods *methods)
{
    free(methods->items);
    free(methods->rows);
    *methods = (stg_methods){0};
}

static int compare_texts(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static int compare_names(const staged_method *method, const char *name, const char *stage)
{
    const int by_name = compare_texts(method->name, name);
    return by_name != 0 ? by_name : compare_texts(method->stage, stage);
}

static int compare(const void *left, const void *right)
{
    const stg_implementation *a = left;
    const stg_implementation *b = right;
    const int by_names = compare_names(a->method, b->method->name, b->method->stage);
    if (by_names != 0)
        return by_names;
    if (a->layer != b->layer)
        return a->layer < b->layer ? -1 : 1;
    return a->method < b->method ? -1 : a->method > b->method;
}

static size_t count_rows(const stg_lineage *lineage)
{
    size_t count = 0;
    for (size_t layer = 0; layer < lineage->count; layer++) {
        const staged_class *script_class = lineage->classes[layer];
        const staged_method *row = stg_class_rows(script_class);
        for (; row != NULL && stg_is_row(row); row = stg_next_row(script_class, row))
            count++;
    }
    return count;
}

static void copy_rows(stg_methods *methods, const stg_lineage *lineage)
{
    for (size_t layer = 0; layer < lineage->count; layer++) {
        const staged_class *script_class = lineage->classes[layer];
        const size_t row_size = stg_class_read(script_class).methods.row_size;
        const staged_method *row = stg_class_rows(script_class);
        for (; row != NULL && stg_is_row(row); row = stg_next_row(script_class, row)) {
            staged_method *copy = &methods->rows[methods->count];
            memcpy(copy, row, row_size < sizeof *copy ? row_size : sizeof *copy);
            methods->items[methods->count++] = (stg_implementation){copy, layer};
        }
    }
}

staged_status stg_methods_collect(stg_methods *methods, const stg_lineage *lineage)
{
    *methods = (stg_methods){0};
    const size_t count = count_rows(lineage);
    if (count == 0)
        return STAGED_OK;
    methods->items = calloc(count, sizeof methods->items[0]);
    methods->rows = calloc(count, sizeof methods->rows[0]);
    if (methods->items == NULL || methods->rows == NULL) {
        stg_methods_free(methods);
        return STAGED_NO_MEMORY;
    }
    copy_rows(methods, lineage);
    qsort(methods->items, methods->count, sizeof methods->items[0], compare);
    return STAGED_OK;
}

const stg_implementation *stg_methods_find(const stg_methods *methods, const char *name,
                                           const char *stage, size_t layer)
{
    size_t low = 0;
    size_t high = methods->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const stg_implementation *item = &methods->items[middle];
        const int order = compare_names(item->method, name, stage);
        if (order < 0 || (order == 0 && item->layer < layer))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == methods->count || compare_names(methods->items[low].method, name, stage) != 0)
        return NULL;
    return &methods->items[low];
}

/* ---- The checks ---- */

typedef struct checking {
    const stg_methods *methods;
    const stg_lineage *lineage;
    stg_buf *bugs;
} checking;

static void report(const checking *c, const stg_implementation *item, const char *format, ...)
    STAGED_PRINTF(3, 4);

static void report(const checking *c, const stg_implementation *item, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    if (item->method->file != NULL)
        stg_buf_addf(c->bugs, "%s:%d: ", item->method->file, item->method->line);
    stg_buf_addf(c->bugs, "%s: ", stg_class_name(c->lineage->classes[item->layer]));
    stg_buf_vaddf(c->bugs, format, values);
    stg_buf_add_char(c->bugs, '\n');
    va_end(values);
}

static bool is_stage_name(const char *name)
{
    return *name != '\0' && strspn(name, "abcdefghijklmnopqrstuvwxyz") == strlen(name);
}

/* Whether one of the implementations of a method for a stage, which are adjacent, is of a kind. */
static bool has_kind(const checking *c, const char *name, const char *stage,
                     staged_method_kind kind)
{
    const stg_implementation *item = stg_methods_find(c->methods, name, stage, 0);
    const stg_implementation *end = c->methods->items + c->methods->count;
    for (; item != NULL && item < end && compare_names(item->method, name, stage) == 0; item++) {
        if (item->method->kind == kind)
            return true;
    }
    return false;
}

static bool is_once_a_script(const char *name)
{
    static const char *const names[] = {
        STAGED_HOOK_INIT,      STAGED_HOOK_BUILD_PARSER, STAGED_HOOK_PARSE_ARGS, STAGED_HOOK_MAIN,
        STAGED_HOOK_INTERRUPT, STAGED_HOOK_SUMMARY,      STAGED_HOOK_CLEAN_UP};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(name, names[i]) == 0)
            return true;
    }
    return false;
}

void stg_add_heading(stg_buf *markup, const char *heading)
{
    stg_buf_addf(markup, "[bold]%s", heading);
}

/* The message counts from the beginning of the parsed markup, so it shows all of it. */
static void check_bold_markup(const checking *c, const stg_implementation *item, const char *what,
                              const char *text)
{
    /* Few texts have any markup. */
    if (strchr(text, '[') == NULL)
        return;
    const bool is_stage = item->method->kind == STAGED_METHOD_KIND_STAGE;
    const char *name = is_stage ? item->method->stage : item->method->name;
    stg_buf bold = {0};
    stg_error error = {0};
    stg_add_heading(&bold, text);
    staged_status status = stg_buf_status(&bold);
    if (status == STAGED_OK)
        status = stg_markup_check(bold.data, bold.length, &error);
    if (status == STAGED_BAD_MARKUP)
        report(c, item,
               "%s '%s' has a %s with invalid markup: %s in \"%s\"; write \"\\\\\" before a "
               "literal bracket",
               is_stage ? "stage" : "method", name == NULL ? "" : name, what,
               stg_error_text(&error), bold.data);
    else if (status != STAGED_OK)
        c->bugs->failure = status;
    stg_error_free(&error);
    stg_buf_free(&bold);
}

/* A stage or method does exactly one thing. */
static void check_what_it_does(const checking *c, const stg_implementation *item)
{
    const staged_method *method = item->method;
    const bool is_stage = method->kind == STAGED_METHOD_KIND_STAGE;
    const char *kind = is_stage ? "stage" : "method";
    const char *given = is_stage ? method->stage : method->name;
    const char *name = given == NULL ? "" : given;
    const int count =
        (method->function != NULL) + (method->command != NULL) + (method->log != NULL);
    if (count == 0)
        report(c, item, "%s '%s' has no function", kind, name);
    if (count > 1)
        report(c, item, "%s '%s' has more than one of function, command and log", kind, name);
    if (method->log != NULL)
        check_bold_markup(c, item, "text", method->log);
    else if (method->in_panel)
        report(c, item, "%s '%s' has `.in_panel`, but no `.log`", kind, name);
}

static void check_settings(const checking *c, const stg_implementation *item)
{
    const staged_method *stage = item->method;
    const char *name = stage->stage == NULL ? "" : stage->stage;
    const struct {
        const char *member;
        double number;
    } numbers[] = {{"retry_attempts", (double)stage->retry_attempts},
                   {"retry_delay_s", stage->retry_delay_s},
                   {"retry_timeout_s", stage->retry_timeout_s},
                   {"time_limit_s", stage->time_limit_s},
                   {"expected_s", stage->expected_s}};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        /* Also false for NaN. */
        if (!(numbers[i].number >= 0))
            report(c, item, "stage '%s' has `.%s = %g`; it must be a non-negative number", name,
                   numbers[i].member, numbers[i].number);
    }
    staged_retry_policy policy;
    const char *problem = STG_READ_OPTIONS(&policy, stage->retry_policy, staged_retry_policy);
    if (problem != NULL)
        report(c, item, "stage '%s': %s", name, problem);
    else if (!stg_policy_is_valid(&policy))
        report(c, item,
               "stage '%s' has a retry policy that cannot work: it nests too deeply, or has a "
               "chain without parts, a NULL function, or a wait that is negative or NaN",
               name);
    if (stage->retries == STAGED_NO && (stage->retry_attempts > 0 || stage->retry_policy != NULL))
        report(c, item, "stage '%s' is retried, but has `.retries = STAGED_NO`", name);
}

static void check_stage(const checking *c, const stg_implementation *item)
{
    const staged_method *stage = item->method;
    const char *name = stage->stage == NULL ? "" : stage->stage;
    if (stage->stage == NULL)
        report(c, item, "a stage has no name");
    else if (!is_stage_name(stage->stage))
        report(c, item, "stage name '%s' must contain only lowercase letters", stage->stage);
    if (stage->heading == NULL)
        report(c, item, "stage '%s' has no heading", name);
    else
        check_bold_markup(c, item, "heading", stage->heading);
    check_what_it_does(c, item);
    check_settings(c, item);
}

static void check_override(const checking *c, const stg_implementation *item)
{
    const staged_method *override = item->method;
    if (override->name == NULL) {
        report(c, item, "an override needs the name of a method");
        return;
    }
    if (!has_kind(c, override->name, NULL, STAGED_METHOD_KIND_METHOD))
        report(c, item, "overrides '%s', which no class declares as a method", override->name);
    else if (override->stage != NULL && is_once_a_script(override->name))
        report(c, item, "overrides '%s' for stage '%s', but it is called once per script",
               override->name, override->stage);
    if (override->stage != NULL &&
        !has_kind(c, STAGED_HOOK_BODY, override->stage, STAGED_METHOD_KIND_STAGE))
        report(c, item, "overrides '%s' for stage '%s', which no class declares", override->name,
               override->stage);
}

static void check_method(const checking *c, const stg_implementation *item)
{
    if (item->method->name == NULL) {
        report(c, item, "a method has no name");
        return;
    }
    const stg_implementation *later =
        stg_methods_find(c->methods, item->method->name, NULL, item->layer + 1);
    if (later != NULL)
        report(c, item, "declares method '%s', which %s already has; override it with STAGED_ON",
               item->method->name, stg_class_name(c->lineage->classes[later->layer]));
}

static void check_row(const checking *c, const stg_implementation *item)
{
    switch (item->method->kind) {
    case STAGED_METHOD_KIND_STAGE:
        check_stage(c, item);
        return;
    case STAGED_METHOD_KIND_OVERRIDE:
        check_override(c, item);
        break;
    case STAGED_METHOD_KIND_METHOD:
        check_method(c, item);
        break;
    case STAGED_METHOD_KIND_NONE:
        return;
    }
    check_what_it_does(c, item);
}

static void check_twice(const checking *c, const stg_implementation *item)
{
    const staged_method *method = item->method;
    if (stg_methods_find(c->methods, method->name, method->stage, item->layer)->method == method)
        return;
    if (method->stage == NULL)
        report(c, item, "lists '%s' twice in its table", method->name == NULL ? "" : method->name);
    else if (compare_texts(method->name, STAGED_HOOK_BODY) == 0)
        report(c, item, "lists stage '%s' twice in its table", method->stage);
    else
        report(c, item, "lists '%s' for stage '%s' twice in its table", method->name,
               method->stage);
}

static void check_end(const checking *c, const staged_class *script_class, const staged_method *end)
{
    if (stg_class_read(script_class).methods.rows == NULL ||
        (end != NULL && end->kind == STAGED_METHOD_KIND_NONE))
        return;
    const staged_method *first = stg_class_first_row(script_class);
    if (first->file != NULL)
        stg_buf_addf(c->bugs, "%s:%d: ", first->file, first->line);
    stg_buf_addf(c->bugs, "%s: `.methods` is not a table; write `.methods = STAGED_METHODS(...)`\n",
                 stg_class_name(script_class));
}

void stg_methods_check(const stg_methods *methods, const stg_lineage *lineage, stg_buf *bugs)
{
    const checking c = {methods, lineage, bugs};
    const staged_method *copy = methods->rows;
    for (size_t layer = 0; layer < lineage->count; layer++) {
        const staged_class *script_class = lineage->classes[layer];
        const staged_method *row = stg_class_rows(script_class);
        for (; row != NULL && stg_is_row(row); row = stg_next_row(script_class, row)) {
            const stg_implementation item = {copy++, layer};
            check_row(&c, &item);
            check_twice(&c, &item);
        }
        check_end(&c, script_class, row);
    }
}
