/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/reading/namespace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"
#include "base/text/closest.h"

staged_namespace *stg_namespace_new(void)
{
    return calloc(1, sizeof(staged_namespace));
}

staged_namespace *stg_namespace_new_unparsed(void)
{
    staged_namespace *ns = stg_namespace_new();
    if (ns != NULL)
        ns->unparsed = true;
    return ns;
}

void stg_namespace_clear_error(staged_namespace *name_space)
{
    stg_error_clear(&name_space->error);
}

void staged_namespace_free(staged_namespace *name_space)
{
    if (name_space == NULL)
        return;
    free(name_space->entries);
    free(name_space->commands);
    free(name_space->given);
    stg_names_free(&name_space->by_name);
    stg_error_free(&name_space->error);
    stg_arena_free(&name_space->arena);
    free(name_space);
}

stg_entry *stg_namespace_find(const staged_namespace *ns, const char *name)
{
    return stg_names_get_text(&ns->by_name, name);
}

stg_entry *stg_namespace_entry(staged_namespace *ns, const char *name)
{
    stg_entry *entry = stg_namespace_find(ns, name);
    if (entry != NULL)
        return entry;
    entry = stg_arena_alloc(&ns->arena, sizeof *entry);
    if (entry == NULL || (entry->name = stg_arena_text(&ns->arena, name)) == NULL ||
        !stg_grow(&ns->entries, &ns->capacity, ns->count + 1, sizeof *ns->entries) ||
        !stg_names_put_text(&ns->by_name, entry->name, entry))
        return NULL;
    ns->entries[ns->count++] = entry;
    return entry;
}

/* A list that can be written to, with what the entry holds: nothing, unless that is a list. */
static bool start_list(staged_namespace *ns, stg_entry *entry)
{
    const size_t count = entry->value.kind == STAGED_VALUE_LIST ? entry->value.count : 0;
    staged_value old = staged_value_list(count == 0 ? NULL : entry->value.as.items, count);
    staged_value copy;
    if (!stg_value_copy(&ns->arena, &copy, &old))
        return false;
    entry->capacity = count < 4 ? 4 : count * 2;
    entry->items = stg_arena_alloc(&ns->arena, entry->capacity * sizeof *entry->items);
    if (entry->items == NULL)
        return false;
    if (count > 0)
        memcpy(entry->items, copy.as.items, count * sizeof *entry->items);
    entry->value = staged_value_list(entry->items, count);
    entry->origin = NULL;
    return true;
}

bool stg_namespace_append(staged_namespace *ns, stg_entry *entry, const staged_value *item)
{
    if (entry->items == NULL && !start_list(ns, entry))
        return false;
    const size_t count = entry->value.count;
    entry->texts = NULL;
    if (item == NULL)
        return true;
    if (count == entry->capacity) {
        staged_value *larger = stg_arena_alloc(&ns->arena, 2 * count * sizeof *larger);
        if (larger == NULL)
            return false;
        memcpy(larger, entry->items, count * sizeof *larger);
        entry->items = larger;
        entry->capacity = 2 * count;
    }
    entry->items[count] = *item;
    entry->value = staged_value_list(entry->items, count + 1);
    return true;
}

bool stg_namespace_add_command(staged_namespace *ns, const char *name)
{
    const char *copy = stg_arena_text(&ns->arena, name);
    if (copy == NULL || !stg_grow(&ns->commands, &ns->command_capacity, ns->command_count + 1,
                                  sizeof *ns->commands))
        return false;
    ns->commands[ns->command_count++] = copy;
    return true;
}

/* Copies of words, ended with NULL; NULL without memory. */
static const char **copy_words(staged_namespace *ns, const char *const *words, size_t count)
{
    const char **copies = stg_arena_alloc(&ns->arena, (count + 1) * sizeof *copies);
    for (size_t i = 0; i < count; i++) {
        if (copies == NULL || (copies[i] = stg_arena_text(&ns->arena, words[i])) == NULL)
            return NULL;
    }
    return copies;
}

bool stg_namespace_add_given(staged_namespace *ns, const staged_argument *argument,
                             const char *flag, const char *const *words, size_t count)
{
    stg_given_words *given = stg_arena_alloc(&ns->arena, sizeof *given);
    const char **copies = copy_words(ns, words, count);
    const char *flag_copy = flag == NULL ? NULL : stg_arena_text(&ns->arena, flag);
    if (given == NULL || copies == NULL || (flag_copy == NULL) != (flag == NULL) ||
        !stg_grow(&ns->given, &ns->given_capacity, ns->given_count + 1, sizeof *ns->given))
        return false;
    *given = (stg_given_words){.argument = argument,
                               .parser = argument->parser,
                               .index = argument->index,
                               .by_author = argument->act != NULL,
                               .flag = flag_copy,
                               .words = copies,
                               .count = count};
    ns->given[ns->given_count++] = given;
    return true;
}

staged_status stg_namespace_set_unknown(staged_namespace *ns, const char *const *words,
                                        size_t count)
{
    if (count == 0)
        return STAGED_OK;
    ns->unknown = copy_words(ns, words, count);
    return ns->unknown == NULL ? STAGED_NO_MEMORY : STAGED_OK;
}

staged_status stg_namespace_set_typed(staged_namespace *ns, const char *const *words, size_t count)
{
    if (count == 0)
        return STAGED_OK;
    ns->typed = copy_words(ns, words, count);
    return ns->typed == NULL ? STAGED_NO_MEMORY : STAGED_OK;
}

const char *const *staged_namespace_unknown(const staged_namespace *name_space)
{
    static const char *const none[] = {NULL};
    return name_space == NULL || name_space->unknown == NULL ? none : name_space->unknown;
}

bool stg_namespace_merge(staged_namespace *ns, const staged_namespace *inner, bool permissive)
{
    for (size_t i = 0; i < inner->count; i++) {
        const stg_entry *from = inner->entries[i];
        stg_entry *to = stg_namespace_entry(ns, from->name);
        if (to == NULL)
            return false;
        if (from->value.kind == STAGED_VALUE_UNSET || (to->given && !from->given && !permissive))
            continue;
        to->given = from->given;
        /* The value itself may be a copy that goes with the inner namespace. */
        staged_value value;
        if (from->origin != NULL)
            value = *from->origin;
        else if (!stg_value_copy(&ns->arena, &value, &from->value))
            return false;
        stg_entry_set(to, value, from->origin);
    }
    for (size_t i = 0; i < inner->given_count; i++) {
        const stg_given_words *given = inner->given[i];
        if (!stg_namespace_add_given(ns, given->argument, given->flag, given->words, given->count))
            return false;
    }
    /* The first mistake of an author's function explains the others. */
    if (ns->error.status == STAGED_OK && inner->error.status != STAGED_OK)
        stg_error_set(&ns->error, inner->error.status, "%s", stg_error_text(&inner->error));
    for (size_t i = 0; i < inner->command_count; i++) {
        if (!stg_namespace_add_command(ns, inner->commands[i]))
            return false;
    }
    return true;
}

bool stg_namespace_adopt(staged_namespace *ns)
{
    for (size_t i = 0; i < ns->count; i++) {
        stg_entry *entry = ns->entries[i];
        if (entry->origin == NULL)
            continue;
        staged_value copy;
        if (!stg_value_copy(&ns->arena, &copy, entry->origin))
            return false;
        entry->value = copy;
        entry->origin = NULL;
    }
    return true;
}

/* ---- Getters ---- */

/* The first failure is the one that explains the others. */
static void fail(staged_namespace *ns, staged_status status, const staged_location *where,
                 const char *name, const char *problem)
{
    if (ns->error.status != STAGED_OK)
        return;
    if (where == NULL || where->file == NULL)
        stg_error_set(&ns->error, status, "'%s' %s", name, problem);
    else
        stg_error_set(&ns->error, status, "%s:%d: '%s' %s", where->file, where->line, name,
                      problem);
}

static void fail_unknown(staged_namespace *ns, const staged_location *where, const char *name)
{
    if (ns->unparsed) {
        fail(ns, STAGED_BAD_USE, where, name,
             "is read before the arguments are parsed; read it after staged_super in 'parse_args'");
        return;
    }
    stg_search search = stg_search_for(name);
    for (size_t i = 0; i < ns->count; i++)
        stg_search_look(&search, ns->entries[i]->name);
    char problem[200];
    (void)snprintf(problem, sizeof problem,
                   "is not in the namespace; no argument has this destination%s%s%s",
                   search.found == NULL ? "" : "; did you mean '",
                   search.found == NULL ? "" : search.found, search.found == NULL ? "" : "'?");
    fail(ns, STAGED_BAD_USE, where, name, problem);
}

/* The value of a name; NULL, and noted as a bug, when nothing ever had that name. */
static const staged_value *get(staged_namespace *ns, const staged_location *where, const char *name)
{
    static const staged_value unset;
    if (ns == NULL)
        return &unset;
    if (name == NULL) {
        fail(ns, STAGED_BAD_USE, where, "NULL", "is not the name of an argument");
        return &unset;
    }
    const stg_entry *entry = stg_namespace_find(ns, name);
    if (entry != NULL)
        return &entry->value;
    fail_unknown(ns, where, name);
    return &unset;
}

static bool is_there(const staged_value *value)
{
    return value->kind != STAGED_VALUE_UNSET && value->kind != STAGED_VALUE_NONE;
}

static const char *kind_name(staged_value_kind kind)
{
    static const char *const names[] = {
        [STAGED_VALUE_UNSET] = "not set",  [STAGED_VALUE_NONE] = "None",
        [STAGED_VALUE_BOOL] = "a boolean", [STAGED_VALUE_INT] = "an integer",
        [STAGED_VALUE_FLOAT] = "a float",  [STAGED_VALUE_TEXT] = "a text",
        [STAGED_VALUE_PATH] = "a path",    [STAGED_VALUE_LIST] = "a list"};
    return names[kind];
}

/* The value of a name if it is of one of two kinds, by the first of which it is called; else NULL,
 * and noted as a bug if it has another value. */
static const staged_value *get_as(staged_namespace *ns, const staged_location *where,
                                  const char *name, staged_value_kind kind, staged_value_kind other)
{
    const staged_value *value = get(ns, where, name);
    if (value->kind == kind || value->kind == other)
        return value;
    char problem[80];
    snprintf(problem, sizeof problem, "is %s, but was read as %s", kind_name(value->kind),
             kind_name(kind));
    if (is_there(value))
        fail(ns, STAGED_BAD_USE, where, name, problem);
    return NULL;
}

const char *staged_namespace_text_at(staged_namespace *name_space, const staged_location *where,
                                     const char *name)
{
    const staged_value *value =
        get_as(name_space, where, name, STAGED_VALUE_TEXT, STAGED_VALUE_PATH);
    return value == NULL ? NULL : value->as.text;
}

int64_t staged_namespace_int_at(staged_namespace *name_space, const staged_location *where,
                                const char *name)
{
    const staged_value *value = get_as(name_space, where, name, STAGED_VALUE_INT, STAGED_VALUE_INT);
    return value == NULL ? 0 : value->as.integer;
}

double staged_namespace_float_at(staged_namespace *name_space, const staged_location *where,
                                 const char *name)
{
    const staged_value *value =
        get_as(name_space, where, name, STAGED_VALUE_FLOAT, STAGED_VALUE_INT);
    if (value == NULL)
        return 0.0;
    return value->kind == STAGED_VALUE_INT ? (double)value->as.integer : value->as.number;
}

bool staged_namespace_bool_at(staged_namespace *name_space, const staged_location *where,
                              const char *name)
{
    const staged_value *value =
        get_as(name_space, where, name, STAGED_VALUE_BOOL, STAGED_VALUE_BOOL);
    return value != NULL && value->as.boolean;
}

size_t staged_namespace_count_at(staged_namespace *name_space, const staged_location *where,
                                 const char *name)
{
    const staged_value *value = get(name_space, where, name);
    if (value->kind == STAGED_VALUE_LIST)
        return value->count;
    return is_there(value);
}

bool staged_namespace_is_set_at(staged_namespace *name_space, const staged_location *where,
                                const char *name)
{
    return is_there(get(name_space, where, name));
}

static const char *text_of_item(staged_namespace *ns, const staged_value *item)
{
    if (item->kind == STAGED_VALUE_TEXT || item->kind == STAGED_VALUE_PATH)
        return item->as.text;
    stg_buf text = {0};
    stg_add_str(&text, item);
    const char *copy =
        text.failure != STAGED_OK ? NULL : stg_arena_text(&ns->arena, stg_buf_text(&text));
    stg_buf_free(&text);
    return copy;
}

static const char *const *texts_of(staged_namespace *ns, stg_entry *entry)
{
    if (entry->texts != NULL)
        return entry->texts;
    const bool list = entry->value.kind == STAGED_VALUE_LIST;
    const size_t count = list ? entry->value.count : is_there(&entry->value);
    const staged_value *items = list ? entry->value.as.items : &entry->value;
    const char **texts = stg_arena_alloc(&ns->arena, (count + 1) * sizeof *texts);
    for (size_t i = 0; texts != NULL && i < count; i++) {
        if ((texts[i] = text_of_item(ns, &items[i])) == NULL)
            return NULL;
    }
    return entry->texts = texts;
}

const char *const *staged_namespace_list_at(staged_namespace *name_space,
                                            const staged_location *where, const char *name)
{
    static const char *const none[] = {NULL};
    if (!is_there(get(name_space, where, name)))
        return none;
    const char *const *texts = texts_of(name_space, stg_namespace_find(name_space, name));
    if (texts == NULL)
        fail(name_space, STAGED_NO_MEMORY, where, name, "cannot be read: out of memory");
    return texts == NULL ? none : texts;
}

const staged_value *staged_namespace_value(const staged_namespace *name_space, const char *name)
{
    const stg_entry *entry = name_space == NULL ? NULL : stg_namespace_find(name_space, name);
    return entry == NULL || entry->value.kind == STAGED_VALUE_UNSET ? NULL : &entry->value;
}

const char *staged_namespace_name(const staged_namespace *name_space, size_t index)
{
    return name_space == NULL || index >= name_space->count ? NULL
                                                            : name_space->entries[index]->name;
}

/* ---- Setters ---- */

static staged_status no_memory(staged_namespace *ns, const char *name)
{
    fail(ns, STAGED_NO_MEMORY, NULL, name, "cannot be set: out of memory");
    return STAGED_NO_MEMORY;
}

staged_status staged_namespace_set(staged_namespace *name_space, const char *name,
                                   staged_value value)
{
    if (name_space == NULL)
        return STAGED_BAD_USE;
    if (name_space->unparsed) {
        fail(name_space, STAGED_BAD_USE, NULL, name,
             "is set before the arguments are parsed; set it after staged_super in 'parse_args'");
        return STAGED_BAD_USE;
    }
    if (name == NULL) {
        fail(name_space, STAGED_BAD_USE, NULL, "NULL", "is not the name of an argument");
        return STAGED_BAD_USE;
    }
    stg_entry *entry = stg_namespace_entry(name_space, name);
    staged_value copy;
    if (entry == NULL || !stg_value_copy(&name_space->arena, &copy, &value))
        return no_memory(name_space, name);
    stg_entry_set(entry, copy, NULL);
    entry->set = true;
    return STAGED_OK;
}

staged_status staged_namespace_set_list(staged_namespace *name_space, const char *name,
                                        const char *const *texts)
{
    staged_value list;
    if (name_space == NULL)
        return STAGED_BAD_USE;
    if (!stg_value_copy_texts(&name_space->arena, &list, texts))
        return no_memory(name_space, name);
    return staged_namespace_set(name_space, name, list);
}

staged_status staged_namespace_status(const staged_namespace *name_space)
{
    return name_space == NULL ? STAGED_OK : name_space->error.status;
}

const char *staged_namespace_error(const staged_namespace *name_space)
{
    return name_space == NULL ? "" : stg_error_text(&name_space->error);
}
