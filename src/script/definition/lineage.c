/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/definition/lineage.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/failure/options.h"
#include "base/memory/grow.h"

/* Deeper than any hierarchy; a class that is its own base would be infinitely deep. */
enum { DEEPEST = 32 };

/* One of the lists to merge; the classes before `next` are already in the result. */
typedef struct sequence {
    stg_lineage classes;
    size_t next;
} sequence;

void stg_lineage_free(stg_lineage *lineage)
{
    free(lineage->classes);
    *lineage = (stg_lineage){0};
}

static bool add(stg_lineage *lineage, const staged_class *script_class)
{
    if (!stg_grow(&lineage->classes, &lineage->capacity, lineage->count + 1,
                  sizeof lineage->classes[0]))
        return false;
    lineage->classes[lineage->count++] = script_class;
    return true;
}

staged_class stg_class_read(const staged_class *script_class)
{
    /* A class without its size is refused, but the message needs its name and place. */
    staged_class own = {0};
    const size_t size = script_class->size;
    memcpy(&own, script_class, size == 0 || size > sizeof own ? sizeof own : size);
    return own;
}

const char *stg_class_name(const staged_class *script_class)
{
    return script_class->name == NULL ? "(unnamed class)" : script_class->name;
}

const staged_method *stg_class_rows(const staged_class *script_class)
{
    const staged_methods methods = stg_class_read(script_class).methods;
    return methods.row_size < offsetof(staged_method, command) ? NULL : methods.rows;
}

const staged_method *stg_next_row(const staged_class *script_class, const staged_method *row)
{
    return (const staged_method *)(const void *)((const char *)row +
                                                 stg_class_read(script_class).methods.row_size);
}

bool stg_is_row(const staged_method *method)
{
    return method->kind > STAGED_METHOD_KIND_NONE && method->kind <= STAGED_METHOD_KIND_OVERRIDE;
}

const staged_method *stg_class_first_row(const staged_class *script_class)
{
    static const staged_method none = {.kind = STAGED_METHOD_KIND_NONE};
    const staged_method *first = stg_class_rows(script_class);
    return first == NULL || !stg_is_row(first) ? &none : first;
}

static const staged_class *const *bases_of(const staged_class *script_class)
{
    static const staged_class *const none[] = {NULL};
    static const staged_class *const base[] = {&stg_base_class, NULL};
    if (script_class == &stg_base_class)
        return none;
    const staged_class *const *bases = stg_class_read(script_class).bases;
    return bases == NULL || bases[0] == NULL ? base : bases;
}

/* Whether some sequence has the class after its next one. */
static bool stands_behind(const sequence *sequences, size_t count, const staged_class *candidate)
{
    for (size_t s = 0; s < count; s++) {
        for (size_t i = sequences[s].next + 1; i < sequences[s].classes.count; i++) {
            if (sequences[s].classes.classes[i] == candidate)
                return true;
        }
    }
    return false;
}

/* The first next class that no sequence has further behind; NULL if there is none, with `*finished`
 * telling whether that is because all sequences are used up. */
static const staged_class *next_class(const sequence *sequences, size_t count, bool *finished)
{
    *finished = true;
    for (size_t s = 0; s < count; s++) {
        if (sequences[s].next == sequences[s].classes.count)
            continue;
        *finished = false;
        const staged_class *candidate = sequences[s].classes.classes[sequences[s].next];
        if (!stands_behind(sequences, count, candidate))
            return candidate;
    }
    return NULL;
}

static staged_status merge(sequence *sequences, size_t count, stg_lineage *lineage)
{
    for (;;) {
        bool finished;
        const staged_class *chosen = next_class(sequences, count, &finished);
        if (chosen == NULL)
            return finished ? STAGED_OK : STAGED_BAD_USE;
        if (!add(lineage, chosen))
            return STAGED_NO_MEMORY;
        for (size_t s = 0; s < count; s++) {
            if (sequences[s].next < sequences[s].classes.count &&
                sequences[s].classes.classes[sequences[s].next] == chosen)
                sequences[s].next++;
        }
    }
}

static void report_place(stg_buf *bugs, const staged_class *script_class)
{
    const staged_method *row = stg_class_first_row(script_class);
    if (row->file != NULL)
        stg_buf_addf(bugs, "%s:%d: ", row->file, row->line);
}

/* Whether the class has a version that can be read. */
static bool check_size(const staged_class *script_class, stg_buf *bugs)
{
    staged_class own;
    const char *problem = stg_read_options(
        &own, script_class, sizeof own, "",
        "has a member that is newer than this version of the library; update the library");
    if (problem == NULL)
        return true;
    const char *name = stg_class_name(script_class);
    report_place(bugs, script_class);
    if (*problem == '\0')
        stg_buf_addf(bugs, "%s: has no size; begin it with STAGED_CLASS(\"%s\")\n", name, name);
    else
        stg_buf_addf(bugs, "%s: %s\n", name, problem);
    return false;
}

static void report(stg_buf *bugs, const staged_class *script_class, const char *what)
{
    report_place(bugs, script_class);
    stg_buf_addf(bugs, "%s: %s", stg_class_name(script_class), what);
    const staged_class *const *bases = bases_of(script_class);
    for (size_t i = 0; bases[i] != NULL; i++)
        stg_buf_addf(bugs, "%s%s", i == 0 ? ": " : ", ", stg_class_name(bases[i]));
    stg_buf_add_char(bugs, '\n');
}

static staged_status line_up(const staged_class *script_class, unsigned depth, stg_lineage *lineage,
                             stg_buf *bugs);

/* Fills in the lineages of the bases and, last, the bases themselves. */
static staged_status line_up_bases(const staged_class *script_class, unsigned depth,
                                   sequence *sequences, size_t base_count, stg_buf *bugs)
{
    const staged_class *const *bases = bases_of(script_class);
    for (size_t i = 0; i < base_count; i++) {
        STAGED_TRY(line_up(bases[i], depth + 1, &sequences[i].classes, bugs));
        if (!add(&sequences[base_count].classes, bases[i]))
            return STAGED_NO_MEMORY;
    }
    return STAGED_OK;
}

static bool has_a_base_twice(const staged_class *script_class)
{
    const staged_class *const *bases = bases_of(script_class);
    for (size_t i = 0; bases[i] != NULL; i++) {
        for (size_t j = 0; j < i; j++) {
            if (bases[i] == bases[j])
                return true;
        }
    }
    return false;
}

static staged_status line_up(const staged_class *script_class, unsigned depth, stg_lineage *lineage,
                             stg_buf *bugs)
{
    if (depth > DEEPEST) {
        report(bugs, script_class, "extends itself, or inherits too deeply");
        return STAGED_BAD_USE;
    }
    if (!check_size(script_class, bugs))
        return STAGED_BAD_USE;
    size_t base_count = 0;
    while (bases_of(script_class)[base_count] != NULL)
        base_count++;
    sequence *sequences = calloc(base_count + 1, sizeof *sequences);
    if (sequences == NULL || !add(lineage, script_class)) {
        free(sequences);
        return STAGED_NO_MEMORY;
    }
    staged_status status = line_up_bases(script_class, depth, sequences, base_count, bugs);
    if (status == STAGED_OK) {
        status = merge(sequences, base_count + 1, lineage);
        if (status == STAGED_BAD_USE)
            report(bugs, script_class,
                   has_a_base_twice(script_class)
                       ? "has the same base twice; name each once"
                       : "cannot order its bases consistently; change their order");
    }
    for (size_t i = 0; i <= base_count; i++)
        stg_lineage_free(&sequences[i].classes);
    free(sequences);
    return status;
}

staged_status stg_lineage_of(const staged_class *script_class, stg_lineage *lineage, stg_buf *bugs)
{
    *lineage = (stg_lineage){0};
    const staged_status status = line_up(script_class, 0, lineage, bugs);
    if (status != STAGED_OK)
        stg_lineage_free(lineage);
    return status;
}
