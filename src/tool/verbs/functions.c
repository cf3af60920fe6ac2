/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The functions of a file. */
#include <stdlib.h>
#include <string.h>

#include <staged/process.h>

#include "tool/verbs/declaring.h"

bool sh_tell_unparsed(sh_shell *shell)
{
    const char *path = sh_source_file(&shell->source)->path;
    staged_completed_process *done;
    const staged_status status = staged_process_run(
        STAGED_OPTIONS(staged_process_options, .arguments = STAGED_TEXTS("bash", "-n", path),
                       .error_output = STAGED_STREAM(STAGED_STREAM_CAPTURE)),
        &done);
    const bool is_wrong = status == STAGED_OK && done->exit_code != 0;
    /* "PATH: line 3: syntax error ..." */
    const char *text = !is_wrong || done->error_output == NULL ? "" : done->error_output;
    const char *line = strstr(text, ": line ");
    if (is_wrong && line != NULL) {
        char *reason;
        const long number = strtol(line + sizeof ": line " - 1, &reason, 10);
        reason += strspn(reason, ": ");
        sh_mistake(&shell->source, &(staged_location){.file = path, .line = (int)number}, "%.*s",
                   (int)strcspn(reason, "\n"), reason);
    } else if (is_wrong) {
        sh_mistake(&shell->source, &(staged_location){.file = path}, "bash cannot parse it: %s",
                   text);
    }
    staged_completed_process_free(done);
    return is_wrong;
}

char *sh_next_function(char **at)
{
    static const char declare[] = "declare -";
    while (**at != '\0') {
        char *name = *at;
        *at += strcspn(name, "\n");
        if (**at == '\n')
            *(*at)++ = '\0';
        if (strncmp(name, declare, sizeof declare - 1) == 0)
            name = strrchr(name, ' ') + 1;
        if (strncmp(name, "_staged_", strlen("_staged_")) != 0 && !sh_prelude_has(name))
            return name;
    }
    return NULL;
}

/* Whether an earlier file already has the same function at the same place. */
static bool is_known(const sh_source *source, const char *name, const staged_location *where)
{
    for (size_t i = 0; i < source->file_count; i++) {
        const sh_function *known = sh_find_function(source->files[i], name);
        if (known != NULL && known->where.line == where->line &&
            strcmp(known->where.file, where->file) == 0)
            return true;
    }
    return false;
}

/* Whether it belongs to a file that extends this one, and had the function before. */
static bool is_of_outer(sh_source *source, const char *name, const staged_location *where)
{
    const sh_file *outer = sh_find_early(source, name);
    if (outer != NULL && strcmp(where->file, sh_source_file(source)->path) == 0)
        sh_mistake(source, where,
                   "'%s' replaces the function with that name in '%s', which must define it after "
                   "'extends'",
                   name, outer->path);
    return outer != NULL;
}

static void add_function(sh_file *file, const char *name, const staged_location *where,
                         const char *text)
{
    file->functions = sh_grown(file->functions, file->function_count, sizeof *file->functions);
    file->functions[file->function_count++] = (sh_function){.name = sh_copy(name),
                                                            .runs = sh_copy(name),
                                                            .where = sh_keep_place(where),
                                                            .text = sh_copy(text)};
}

/* "NAME LINE FILE"; returns false for a function that is not the author's. */
static bool read_place(const sh_shell *shell, char *line, const char **name, staged_location *where)
{
    char *at = strchr(line, ' ');
    if (at == NULL)
        return false;
    *at = '\0';
    char *file;
    where->line = (int)strtol(at + 1, &file, 10);
    where->file = *file == '\0' ? file : file + 1;
    *name = line;
    return strcmp(where->file, sh_text_of(&shell->bash.prelude_path)) != 0 &&
           strcmp(where->file, "environment") != 0;
}

/* A later file has a function with that name: gives this one another name, and defines it again. */
static void rename_function(sh_shell *shell, size_t file_number, sh_function *function)
{
    const char *body = strchr(function->text, '(');
    if (body == NULL)
        return;
    sh_text name = {0};
    sh_text_addf(&name, "_staged_of_%zu_%s", file_number, function->name);
    sh_text text = {0};
    sh_text_addf(&text, "%s %s", sh_text_of(&name), body);
    sh_answer_eval(shell, sh_text_of(&text));
    free(function->runs);
    function->runs = name.bytes;
    sh_text_free(&text);
}

static void rename_overridden(sh_shell *shell)
{
    const sh_source *source = &shell->source;
    for (size_t i = 0; i + 1 < source->file_count; i++) {
        for (size_t k = 0; k < source->files[i]->function_count; k++) {
            sh_function *function = &source->files[i]->functions[k];
            bool is_overridden = false;
            for (size_t later = i + 1; later < source->file_count; later++)
                is_overridden =
                    is_overridden || sh_find_function(source->files[later], function->name) != NULL;
            if (is_overridden)
                rename_function(shell, i, function);
        }
    }
}

/* The innermost file's functions: lines with names and places, and then their sources, each
 * terminated by NUL. */
void sh_verb_places(sh_shell *shell, const sh_request *request)
{
    (void)request;
    sh_source *source = &shell->source;
    sh_file *file = sh_source_file(source);
    const sh_text *raw = sh_take_raw(shell);
    char *lines = sh_copy(sh_text_of(raw));
    const char *text = sh_text_of(raw) + strlen(lines) + 1;
    for (char *line = lines, *next; *line != '\0'; line = next) {
        next = line + strcspn(line, "\n");
        if (*next != '\0')
            *next++ = '\0';
        const char *name;
        staged_location where;
        if (read_place(shell, line, &name, &where) && !is_known(source, name, &where) &&
            !is_of_outer(source, name, &where))
            add_function(file, name, &where, text);
        text += strlen(text) + 1;
    }
    free(lines);
    sh_source_end(source);
    if (source->reading_count == 0)
        rename_overridden(shell);
    sh_answer(shell, 0);
}
