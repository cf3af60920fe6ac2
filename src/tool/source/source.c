/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/source/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

sh_file *sh_source_file(const sh_source *source)
{
    return source->reading_count > 0 ? source->reading[source->reading_count - 1]
                                     : source->files[source->file_count - 1];
}

sh_file *sh_source_find(const sh_source *source, const char *path)
{
    for (size_t i = 0; i < source->file_count; i++) {
        if (strcmp(source->files[i]->path, path) == 0)
            return source->files[i];
    }
    for (size_t i = 0; i < source->reading_count; i++) {
        if (strcmp(source->reading[i]->path, path) == 0)
            return source->reading[i];
    }
    return NULL;
}

/* "deploy" for "./deploy.sh". */
static char *stem_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *stem = sh_copy(slash == NULL ? path : slash + 1);
    char *dot = strrchr(stem, '.');
    if (dot != NULL && dot != stem)
        *dot = '\0';
    return stem;
}

sh_file *sh_source_begin(sh_source *source, const char *path)
{
    sh_file *file = sh_alloc(sizeof *file);
    file->path = sh_copy(path);
    file->class_name = stem_of(path);
    source->reading = sh_grown(source->reading, source->reading_count, sizeof(sh_file *));
    source->reading[source->reading_count++] = file;
    return file;
}

void sh_source_end(sh_source *source)
{
    sh_file *file = source->reading[--source->reading_count];
    source->files = sh_grown(source->files, source->file_count, sizeof(sh_file *));
    source->files[source->file_count++] = file;
}

/* ---- Mistakes ---- */

void sh_mistake(sh_source *source, const staged_location *where, const char *format, ...)
{
    char text[1024];
    va_list values;
    va_start(values, format);
    (void)vsnprintf(text, sizeof text, format, values);
    va_end(values);
    if (where->line > 0)
        sh_text_addf(&source->mistakes, "%s:%d: %s\n", where->file, where->line, text);
    else
        sh_text_addf(&source->mistakes, "%s: %s\n", where->file, text);
}

staged_location sh_keep_place(const staged_location *where)
{
    /* One for each file. */
    static char **kept;
    static size_t count;
    if (where->file == NULL || *where->file == '\0')
        return (staged_location){0};
    for (size_t i = 0; i < count; i++) {
        if (strcmp(kept[i], where->file) == 0)
            return (staged_location){.file = kept[i], .line = where->line};
    }
    kept = sh_grown(kept, count, sizeof *kept);
    kept[count] = sh_copy(where->file);
    return (staged_location){.file = kept[count++], .line = where->line};
}

/* ---- Contents ---- */

static const sh_stage *stage_of_file(const sh_file *file, const char *name)
{
    for (size_t i = 0; i < file->stage_count; i++) {
        if (strcmp(file->stages[i].row.stage, name) == 0)
            return &file->stages[i];
    }
    return NULL;
}

const sh_stage *sh_find_stage(const sh_source *source, const char *name)
{
    const sh_stage *found = NULL;
    for (size_t i = 0; i < source->file_count && found == NULL; i++)
        found = stage_of_file(source->files[i], name);
    for (size_t i = 0; i < source->reading_count && found == NULL; i++)
        found = stage_of_file(source->reading[i], name);
    return found;
}

const sh_file *sh_find_early(const sh_source *source, const char *name)
{
    for (size_t i = 0; i + 1 < source->reading_count; i++) {
        for (size_t k = 0; k < source->reading[i]->early_count; k++) {
            if (strcmp(source->reading[i]->early[k], name) == 0)
                return source->reading[i];
        }
    }
    return NULL;
}

const sh_function *sh_find_renamed(const sh_source *source, const char *runs)
{
    for (size_t i = 0; i < source->file_count; i++) {
        const sh_file *file = source->files[i];
        for (size_t k = 0; k < file->function_count; k++) {
            if (strcmp(file->functions[k].runs, runs) == 0 &&
                strcmp(file->functions[k].name, runs) != 0)
                return &file->functions[k];
        }
    }
    return NULL;
}

bool sh_has_function(const sh_source *source, const char *name)
{
    for (size_t i = 0; i < source->file_count; i++) {
        for (size_t k = 0; k < source->files[i]->function_count; k++) {
            if (strcmp(source->files[i]->functions[k].name, name) == 0)
                return true;
        }
    }
    return false;
}

const sh_file *sh_find_order(const sh_source *source)
{
    for (size_t i = source->file_count; i-- > 0;) {
        if (source->files[i]->order != NULL)
            return source->files[i];
    }
    return NULL;
}

const char *sh_find_default_place(const sh_source *source)
{
    for (size_t i = source->file_count; i-- > 0;) {
        if (source->files[i]->default_place != NULL)
            return source->files[i]->default_place;
    }
    return NULL;
}

staged_choice sh_retries_on_place(const sh_source *source)
{
    for (size_t i = 0; i < source->file_count; i++) {
        if (source->files[i]->retries_on_place)
            return STAGED_YES;
    }
    return STAGED_NO;
}

bool sh_find_method(const sh_source *source, const char *name)
{
    for (size_t i = 0; i < source->file_count; i++) {
        for (size_t k = 0; k < source->files[i]->method_count; k++) {
            if (strcmp(source->files[i]->methods[k], name) == 0)
                return true;
        }
    }
    return false;
}

const sh_function *sh_find_function(const sh_file *file, const char *name)
{
    for (size_t i = 0; i < file->function_count; i++) {
        if (strcmp(file->functions[i].name, name) == 0)
            return &file->functions[i];
    }
    return NULL;
}

char *sh_dest_of(const staged_argument_options *options)
{
    if (options->dest != NULL)
        return sh_copy(options->dest);
    const char *flag = strstr(options->flags, "--");
    if (flag == NULL)
        flag = options->flags;
    flag += strspn(flag, "- ");
    char *dest = sh_copy(flag);
    dest[strcspn(dest, " ")] = '\0';
    for (char *at = dest; *at != '\0'; at++) {
        if (*at == '-')
            *at = '_';
    }
    return dest;
}
