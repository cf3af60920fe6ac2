/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Makes classes of functions and declarations. */
#include <stdlib.h>
#include <string.h>

#include <staged/words.h>

#include "tool/script/build.h"

/* Hooks that can be overridden for a single stage come first. */
static const char *const hooks[] = {STAGED_HOOK_PRE_STAGE,
                                    STAGED_HOOK_BEGIN_STAGE,
                                    STAGED_HOOK_SKIP_STAGE,
                                    STAGED_HOOK_END_STAGE,
                                    STAGED_HOOK_PREPARE_TO_RETRY,
                                    STAGED_HOOK_RETRY_ERROR,
                                    STAGED_HOOK_POST_STAGE,
                                    STAGED_HOOK_INIT,
                                    STAGED_HOOK_BUILD_PARSER,
                                    STAGED_HOOK_PARSE_ARGS,
                                    STAGED_HOOK_MAIN,
                                    STAGED_HOOK_INTERRUPT,
                                    STAGED_HOOK_SUMMARY,
                                    STAGED_HOOK_CLEAN_UP};
enum { HOOKS = sizeof hooks / sizeof hooks[0], STAGE_HOOKS = 7 };
static const char body_prefix[] = "stage";

/* ---- Rows ---- */

static staged_method *add_row(sh_file *file)
{
    /* The last one stays zero. */
    staged_method *rows = sh_alloc((file->row_count + 2) * sizeof *rows);
    if (file->row_count > 0)
        memcpy(rows, file->rows, file->row_count * sizeof *rows);
    free(file->rows);
    file->rows = rows;
    return &file->rows[file->row_count++];
}

static void add_function_row(sh_file *file, staged_method_kind kind, const char *name,
                             const char *stage, const sh_function *function)
{
    *add_row(file) = (staged_method){.kind = kind,
                                     .name = name,
                                     .stage = stage,
                                     .file = function->where.file,
                                     .line = function->where.line,
                                     .function = sh_trampoline,
                                     .context = (void *)(uintptr_t)function};
}

/* For a stage whose function is in another file. */
static staged_status run_inherited_body(staged_call *call)
{
    return staged_super(call);
}

static void add_stage(sh_source *source, sh_file *file, const sh_stage *stage)
{
    sh_text name = {0};
    sh_text_addf(&name, "%s_%s", body_prefix, stage->row.stage);
    const sh_function *function = sh_find_function(file, sh_text_of(&name));
    const staged_location where = {.file = stage->row.file, .line = stage->row.line};
    staged_method *row = add_row(file);
    *row = stage->row;
    if (row->command == NULL) {
        row->function = function == NULL ? run_inherited_body : sh_trampoline;
        row->context = (void *)(uintptr_t)function;
        if (!sh_has_function(source, sh_text_of(&name)))
            sh_mistake(source, &where, "stage '%s' has no function '%s'", stage->row.stage,
                       sh_text_of(&name));
    } else if (function != NULL) {
        sh_mistake(source, &where, "stage '%s' has both a command and a function '%s'",
                   stage->row.stage, sh_text_of(&name));
    }
    sh_text_free(&name);
}

static bool declares(const sh_file *file, const char *stage)
{
    for (size_t i = 0; i < file->stage_count; i++) {
        if (strcmp(file->stages[i].row.stage, stage) == 0)
            return true;
    }
    return false;
}

/* ---- Names of functions ---- */

/* "hello" for "begin_stage_hello" and "begin_stage"; NULL: it has another beginning. */
static const char *rest_of_name(const char *name, const char *prefix)
{
    const size_t length = strlen(prefix);
    return strncmp(name, prefix, length) == 0 && name[length] == '_' ? name + length + 1 : NULL;
}

/* All stages, terminated by NULL; the caller frees the list. */
static const char **stage_names(const sh_source *source)
{
    const char **names = NULL;
    size_t count = 0;
    for (size_t i = 0; i < source->file_count; i++) {
        for (size_t k = 0; k < source->files[i]->stage_count; k++) {
            names = sh_grown(names, count, sizeof *names);
            names[count++] = source->files[i]->stages[k].row.stage;
        }
    }
    names = sh_grown(names, count, sizeof *names);
    names[count] = NULL;
    return names;
}

/* Whether its declaration is a mistake that is reported. */
static bool was_refused(const sh_source *source, const char *stage)
{
    for (size_t i = 0; i < source->file_count; i++) {
        for (size_t k = 0; k < source->files[i]->refused_count; k++) {
            if (strcmp(source->files[i]->refused[k], stage) == 0)
                return true;
        }
    }
    return false;
}

static void tell_unknown_stage(sh_source *source, const staged_location *where, const char *who,
                               const char *stage)
{
    if (was_refused(source, stage))
        return;
    const char **names = stage_names(source);
    const char *meant = staged_word_closest(stage, names);
    sh_mistake(source, where, "%s a stage '%s', which is not declared%s%s%s", who, stage,
               meant == NULL ? "" : "; did you mean '", meant == NULL ? "" : meant,
               meant == NULL ? "" : "'?");
    free(names);
}

static void tell_function_without_stage(sh_source *source, const sh_function *function,
                                        const char *stage)
{
    sh_text who = {0};
    sh_text_addf(&who, "function '%s' is for", function->name);
    tell_unknown_stage(source, &function->where, sh_text_of(&who), stage);
    sh_text_free(&who);
}

/* Whether two words differ by one letter: added, missing, different, or two of them swapped. */
static bool differs_by_one(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b)
        a++, b++;
    if (*a == '\0' && *b == '\0')
        return false;
    return strcmp(a + (*a != '\0'), b) == 0 || strcmp(a, b + (*b != '\0')) == 0 ||
           (*a != '\0' && *b != '\0' &&
            (strcmp(a + 1, b + 1) == 0 ||
             (a[0] == b[1] && a[1] == b[0] && strcmp(a + 2, b + 2) == 0)));
}

/* A function whose name is almost a hook's is not one, but was probably meant to be. */
static void check_name(sh_source *source, const sh_function *function)
{
    enum { SHORTEST = 6 };
    if (strlen(function->name) < SHORTEST)
        return;
    for (size_t i = 0; i < HOOKS; i++) {
        const size_t length = strlen(hooks[i]);
        if (differs_by_one(function->name, hooks[i])) {
            sh_mistake(source, &function->where, "function '%s' is not a hook; did you mean '%s'?",
                       function->name, hooks[i]);
            return;
        }
        /* "begin_stge_hello" */
        const char *last = strrchr(function->name, '_');
        if (i >= STAGE_HOOKS || last == NULL || sh_find_stage(source, last + 1) == NULL)
            continue;
        char *head = sh_copy(function->name);
        head[last - function->name] = '\0';
        if (length >= SHORTEST && differs_by_one(head, hooks[i]))
            sh_mistake(source, &function->where,
                       "function '%s' is not a hook; did you mean '%s_%s'?", function->name,
                       hooks[i], last + 1);
        free(head);
    }
}

static const char *find_method(const sh_source *source, const char *name, const char **stage)
{
    for (size_t i = 0; i < source->file_count; i++) {
        const sh_file *file = source->files[i];
        for (size_t k = 0; k < file->method_count; k++) {
            const char *rest = rest_of_name(name, file->methods[k]);
            if (strcmp(file->methods[k], name) == 0 ||
                (rest != NULL && sh_find_stage(source, rest) != NULL)) {
                *stage = rest;
                return file->methods[k];
            }
        }
    }
    return NULL;
}

static bool declares_method(const sh_file *file, const char *name)
{
    for (size_t i = 0; i < file->method_count; i++) {
        if (strcmp(file->methods[i], name) == 0)
            return true;
    }
    return false;
}

static void add_function_as_hook(sh_source *source, sh_file *file, const sh_function *function)
{
    const char *name = function->name;
    const char *stage = NULL;
    for (size_t i = 0; i < HOOKS; i++) {
        if (strcmp(name, hooks[i]) == 0) {
            add_function_row(file, STAGED_METHOD_KIND_OVERRIDE, hooks[i], NULL, function);
            return;
        }
        stage = i < STAGE_HOOKS ? rest_of_name(name, hooks[i]) : NULL;
        if (stage != NULL && sh_find_stage(source, stage) != NULL) {
            add_function_row(file, STAGED_METHOD_KIND_OVERRIDE, hooks[i], stage, function);
            return;
        }
        if (stage != NULL) {
            tell_function_without_stage(source, function, stage);
            return;
        }
    }
    const char *method = find_method(source, name, &stage);
    if (method != NULL) {
        const bool is_new = stage == NULL && declares_method(file, method);
        add_function_row(file, is_new ? STAGED_METHOD_KIND_METHOD : STAGED_METHOD_KIND_OVERRIDE,
                         method, stage, function);
        return;
    }
    check_name(source, function);
}

static void add_function_as_row(sh_source *source, sh_file *file, const sh_function *function)
{
    const char *stage = rest_of_name(function->name, body_prefix);
    if (stage == NULL)
        add_function_as_hook(source, file, function);
    else if (sh_find_stage(source, stage) == NULL)
        tell_function_without_stage(source, function, stage);
    else if (!declares(file, stage))
        add_function_row(file, STAGED_METHOD_KIND_OVERRIDE, STAGED_HOOK_BODY, stage, function);
}

/* ---- Classes ---- */

static void check_methods(sh_source *source, const sh_file *file)
{
    for (size_t i = 0; i < file->method_count; i++) {
        if (sh_find_function(file, file->methods[i]) == NULL)
            sh_mistake(source, &(staged_location){.file = file->path},
                       "method '%s' has no function '%s'", file->methods[i], file->methods[i]);
    }
}

static void build_file(sh_source *source, sh_file *file)
{
    for (size_t i = 0; i < file->stage_count; i++)
        add_stage(source, file, &file->stages[i]);
    check_methods(source, file);
    for (size_t i = 0; i < file->function_count; i++)
        add_function_as_row(source, file, &file->functions[i]);
    file->made_bases = sh_alloc((file->base_count + 2) * sizeof(staged_class *));
    for (size_t i = 0; i < file->base_count; i++)
        file->made_bases[i] = &file->bases[i]->made;
    if (file->base_count == 0)
        file->made_bases[0] = &sh_base_class;
    file->made = (staged_class){STAGED_CLASS(file->class_name), .bases = file->made_bases,
                                .hide_retry_arguments = file->hides_retry_arguments,
                                .description = file->description, .epilog = file->epilog};
    if (file->row_count > 0)
        file->made.methods = (staged_methods){file->rows, sizeof file->rows[0]};
}

/* The stages that an order names must exist. */
static void check_order(sh_source *source, const sh_file *file)
{
    for (const char *const *name = file->order; name != NULL && *name != NULL; name++) {
        if (sh_find_stage(source, *name) == NULL)
            tell_unknown_stage(source, &file->order_where, "'stages' names", *name);
    }
}

/* An observer that is not there would fail unnoticed at each event. */
static void check_observers(sh_shell *shell)
{
    for (size_t i = 0; i < shell->observer_count; i++) {
        if (!sh_has_function(&shell->source, shell->observers[i]))
            sh_mistake(&shell->source, &shell->observer_places[i],
                       "'observe' names a function '%s', which is not there", shell->observers[i]);
    }
}

void sh_build(sh_shell *shell)
{
    for (size_t i = 0; i < shell->source.file_count; i++)
        build_file(&shell->source, shell->source.files[i]);
    for (size_t i = 0; i < shell->source.file_count; i++)
        check_order(&shell->source, shell->source.files[i]);
    check_observers(shell);
}
