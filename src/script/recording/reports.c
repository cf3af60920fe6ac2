/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/recording/reports.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <staged/bridge.h>

#include "base/memory/grow.h"
#include "base/system/folders.h"
#include "base/system/programs.h"
#include "script/record/told.h"

extern char **environ;

static const char variable[] = "STAGED_REPORTS";
static const char *const formats[] = {"html", "junit", "markdown", "json", "trace", "otlp"};
enum { FORMATS = sizeof formats / sizeof formats[0] };

typedef struct report {
    const char *format;
    char *file; /* absolute: the script may go elsewhere */
} report;

/* Of a run.
 *   write      what writes them; NULL: a program does
 *   program    its path; NULL: there is none
 *   folder     of the record; NULL: there is none
 *   temporary  what that is in, if it is not kept; NULL: it is */
typedef struct stg_reports {
    report *items;
    size_t count, capacity;
    staged_report_function *write;
    void *context;
    char *program;
    char *folder;
    char *temporary;
    stg_told told;
} stg_reports;

static stg_reports *reports_of(staged_script *script)
{
    if (script->run->reports == NULL)
        script->run->reports = calloc(1, sizeof(stg_reports));
    return script->run->reports;
}

static void forget(stg_reports *reports)
{
    while (reports->count > 0)
        free(reports->items[--reports->count].file);
    stg_tell_commands_no_more(&reports->told);
    free(reports->program);
    free(reports->folder);
    free(reports->temporary);
    reports->program = reports->folder = reports->temporary = NULL;
}

void stg_reports_free(stg_reports *reports)
{
    if (reports == NULL)
        return;
    forget(reports);
    free(reports->items);
    free(reports);
}

staged_status staged_script_set_reporter(staged_script *script, staged_report_function *write,
                                         void *context)
{
    stg_reports *reports = reports_of(script);
    if (reports == NULL)
        return STAGED_NO_MEMORY;
    reports->write = write;
    reports->context = context;
    return STAGED_OK;
}

/* ---- What is asked for ---- */

/* That of `FORMAT=...`; NULL: it is none. */
static const char *format_of(const char *text)
{
    for (size_t i = 0; i < FORMATS; i++) {
        const size_t length = strlen(formats[i]);
        if (strncmp(text, formats[i], length) == 0 && text[length] == '=')
            return formats[i];
    }
    return NULL;
}

/* Reports may stand on lines of their own, and after a comma and a blank. */
static const char *after_blanks(const char *text)
{
    return text + strspn(text, " \t\n");
}

/* Whether it looks as a report does, also with a format that there is none of. */
static bool is_report(const char *text)
{
    const size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz");
    return length > 0 && text[length] == '=';
}

/* How long the file of a report is: a comma may be part of its name, unless another report follows
 * it. */
static size_t length_of_file(const char *file)
{
    const char *end = file;
    while (*end != '\0' && !(*end == ',' && is_report(after_blanks(end + 1))))
        end++;
    return (size_t)(end - file);
}

static staged_status add_one(stg_reports *reports, const char *format, const char *file,
                             size_t length)
{
    char here[4096];
    stg_buf path = {0};
    if (*file != '/' && getcwd(here, sizeof here) != NULL)
        stg_buf_addf(&path, "%s/", here);
    stg_buf_add(&path, file, length);
    char *absolute = stg_buf_take(&path);
    if (absolute == NULL ||
        !stg_grow(&reports->items, &reports->capacity, reports->count + 1, sizeof(report))) {
        free(absolute);
        return STAGED_NO_MEMORY;
    }
    reports->items[reports->count++] = (report){.format = format, .file = absolute};
    return STAGED_OK;
}

staged_status stg_reports_add(staged_script *script, const char *text, stg_error *error)
{
    stg_reports *reports = reports_of(script);
    if (reports == NULL)
        return STAGED_NO_MEMORY;
    for (;;) {
        text = after_blanks(text);
        const char *format = format_of(text);
        const char *file = format == NULL ? "" : text + strlen(format) + 1;
        const size_t length = length_of_file(file);
        if (length == 0 || (length == 1 && *file == '-'))
            return stg_error_set(error, STAGED_BAD_INPUT,
                                 "'%s' is not FORMAT=FILE, where FORMAT is html, junit, markdown, "
                                 "json, trace or otlp",
                                 text);
        STAGED_TRY(add_one(reports, format, file, length));
        if (file[length] == '\0')
            return STAGED_OK;
        text = file + length + 1;
    }
}

/* ---- At the beginning ---- */

static void tell(staged_script *script, const char *what, const char *why)
{
    (void)staged_log_at(script, NULL, "[yellow]%s:[/]  %s", what, why);
}

bool stg_reports_begin(staged_script *script)
{
    const char *asked = getenv(variable);
    if (asked != NULL && *asked != '\0') {
        stg_error error = {0};
        if (stg_reports_add(script, asked, &error) != STAGED_OK)
            tell(script, variable, stg_error_text(&error));
        stg_error_free(&error);
        /* A script that a command runs has a run of its own. */
        if (script->run->reports != NULL)
            stg_tell_commands(&script->run->reports->told, variable, "");
    }
    stg_reports *reports = script->run->reports;
    if (reports == NULL || reports->count == 0)
        return false;
    if (reports->write != NULL || reports->program != NULL)
        return true;
    (void)stg_find_program("staged", getenv("PATH"), false, &reports->program);
    if (reports->program == NULL)
        tell(script, "No reports", "the program 'staged', which writes them, is not on PATH");
    return reports->program != NULL;
}

const char *stg_reports_temporary_folder(staged_script *script, stg_error *error)
{
    const char *place = getenv("TMPDIR");
    stg_reports *reports = script->run->reports;
    stg_buf path = {0};
    stg_buf_addf(&path, "%s/staged-XXXXXX", place == NULL || *place != '/' ? "/tmp" : place);
    if (stg_buf_status(&path) != STAGED_OK)
        stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
    else if (mkdtemp(path.data) == NULL)
        stg_error_set(error, STAGED_IO, "cannot make the directory '%s': %s", path.data,
                      strerror(errno));
    else
        reports->temporary = stg_buf_take(&path);
    stg_buf_free(&path);
    return reports->temporary;
}

void stg_reports_set_record(staged_script *script, const char *folder)
{
    stg_reports *reports = script->run->reports;
    if (reports == NULL)
        return;
    free(reports->folder);
    reports->folder = strdup(folder);
}

/* ---- At the end ---- */

/* Waits for it, also when the script is interrupted meanwhile: the signal ends it, too. */
static int wait_for(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR)
            return 0;
    }
    return status;
}

/* The program says itself what it cannot write. */
static void run_program(const staged_script *script, const char *const *words)
{
    pid_t pid;
    const stg_reports *reports = script->run->reports;
    const int error =
        posix_spawn(&pid, reports->program, NULL, NULL, (char *const *)(uintptr_t)words, environ);
    const int status = error == 0 ? wait_for(pid) : 0;
    if (error != 0)
        (void)fprintf(stderr, "%s: no reports: cannot run '%s': %s\n", script->title.name,
                      reports->program, strerror(error));
    else if (WIFSIGNALED(status))
        (void)fprintf(stderr, "%s: no reports: '%s' was killed by signal %d\n", script->title.name,
                      reports->program, WTERMSIG(status));
}

/* `staged report --FORMAT=FILE... FOLDER`: a format may be asked for several times. */
static void write_with_program(const staged_script *script, const report *item)
{
    stg_buf option = {0};
    stg_buf_addf(&option, "--%s=%s", item->format, item->file);
    if (stg_buf_status(&option) == STAGED_OK)
        run_program(script,
                    STAGED_TEXTS("staged", "report", option.data, script->run->reports->folder));
    stg_buf_free(&option);
}

void stg_reports_write(staged_script *script)
{
    stg_reports *reports = script->run->reports;
    if (reports == NULL)
        return;
    for (size_t i = 0; i < reports->count && reports->folder != NULL; i++) {
        const report *item = &reports->items[i];
        if (reports->write != NULL)
            reports->write(reports->context, reports->folder, item->format, item->file);
        else
            write_with_program(script, item);
    }
    if (reports->temporary != NULL)
        stg_remove_folder(reports->temporary);
    forget(reports);
}
