/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Names of places that nobody has declared here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tool/script/build.h"
#include "tool/source/uses.h"
#include "tool/verbs/verb.h"

typedef struct hint {
    staged_location where;
    size_t number; /* of those of the file, as they were found */
    char *text;
} hint;

/* What names are looked for with, and what has been found.
 *   script  knows the places of all files, and of the operator's
 *   file    whose text is read
 *   hints   of that file */
typedef struct search {
    staged_script *script;
    const sh_file *file;
    hint *hints;
    size_t hint_count;
    size_t count;
} search;

static void check_name(search *s, const staged_location *where, const char *use, const char *name)
{
    bool shares_files;
    const char *place;
    if (staged_script_find_place(s->script, where, name, &shares_files, &place) == STAGED_OK)
        return;
    sh_text text = {0};
    sh_text_addf(&text, "%s: %s", use, staged_script_error(s->script));
    staged_forget_failure(s->script);
    s->hints = sh_grown(s->hints, s->hint_count, sizeof *s->hints);
    s->hints[s->hint_count] =
        (hint){.where = *where, .number = s->hint_count, .text = sh_copy(sh_text_of(&text))};
    s->hint_count++;
    sh_text_free(&text);
}

static int compare_hints(const void *one, const void *other)
{
    const hint *a = one;
    const hint *b = other;
    const int files = strcmp(a->where.file, b->where.file);
    if (files != 0)
        return files;
    if (a->where.line != b->where.line)
        return a->where.line < b->where.line ? -1 : 1;
    return a->number < b->number ? -1 : 1;
}

/* In the order of lines: declarations were found before what functions use. */
static void tell_hints(search *s)
{
    if (s->hint_count > 0)
        qsort(s->hints, s->hint_count, sizeof *s->hints, compare_hints);
    for (size_t i = 0; i < s->hint_count; i++) {
        const hint *h = &s->hints[i];
        fprintf(stderr, "%s:%d: hint: %s\n", h->where.file, h->where.line, h->text);
        free(h->text);
    }
    s->count += s->hint_count;
    s->hint_count = 0;
    free(s->hints);
    s->hints = NULL;
}

static void check_use(void *of_search, const char *verb, const char *place, int line)
{
    search *s = of_search;
    char use[32];
    (void)snprintf(use, sizeof use, "%s --on", verb);
    check_name(s, &(staged_location){.file = s->file->path, .line = line}, use, place);
}

static bool takes_word(const char *verb, const char *option)
{
    const sh_options *options = strcmp(verb, "run") == 0    ? &sh_run_options
                                : strcmp(verb, "each") == 0 ? &sh_each_options
                                                            : &sh_ask_options;
    for (size_t i = 0; i < options->count; i++) {
        const staged_argument_options *row = &options->rows[i];
        if (strcmp(row->flags, option) == 0)
            return row->action == STAGED_ARG_STORE || row->action == STAGED_ARG_APPEND;
    }
    return false;
}

static void check_declarations(search *s)
{
    const sh_file *file = s->file;
    char use[160];
    if (file->default_place != NULL)
        check_name(s, &file->default_where, "default_place", file->default_place);
    for (size_t i = 0; i < file->stage_count; i++) {
        const staged_method *row = &file->stages[i].row;
        const staged_location where = {.file = row->file, .line = row->line};
        (void)snprintf(use, sizeof use, "stage '%s'", row->stage);
        if (row->place != NULL)
            check_name(s, &where, use, row->place);
    }
}

/* A file that cannot be read was reported by bash. */
static void check_text(search *s)
{
    sh_text text = {0};
    char part[4096];
    size_t length;
    FILE *file = fopen(s->file->path, "re");
    while (file != NULL && (length = fread(part, 1, sizeof part, file)) > 0)
        sh_text_add(&text, part, length);
    if (file != NULL)
        (void)fclose(file);
    if (!sh_find_uses(sh_text_of(&text), text.length, takes_word, check_use, s))
        fputs("staged check: out of memory\n", stderr);
    sh_text_free(&text);
}

size_t sh_tell_hints(sh_shell *shell)
{
    const sh_source *source = &shell->source;
    search s = {.script = staged_script_new(&sh_base_class,
                                            STAGED_OPTIONS(staged_script_options, .user = shell,
                                                           .name = sh_source_file(source)->path))};
    if (s.script == NULL)
        fputs("staged check: out of memory\n", stderr);
    for (size_t i = 0; i < source->file_count && s.script != NULL; i++) {
        s.file = source->files[i];
        check_declarations(&s);
        check_text(&s);
        tell_hints(&s);
    }
    staged_script_free(s.script);
    return s.count;
}
