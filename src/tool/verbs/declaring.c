/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The verbs by which a file declares its script. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tool/verbs/declaring.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* ---- Texts ---- */

static void set_text(sh_shell *shell, const sh_request *request, char **text)
{
    if (request->word_count != 1) {
        sh_bad_verb(shell, request, "%s needs one text", request->verb);
        return;
    }
    free(*text);
    *text = sh_copy(request->words[0]);
}

static void class_verb(sh_shell *shell, const sh_request *request)
{
    set_text(shell, request, &sh_source_file(&shell->source)->class_name);
}

static void description(sh_shell *shell, const sh_request *request)
{
    set_text(shell, request, &sh_source_file(&shell->source)->description);
}

static void epilog(sh_shell *shell, const sh_request *request)
{
    set_text(shell, request, &sh_source_file(&shell->source)->epilog);
}

static void hide_retry_arguments(sh_shell *shell, const sh_request *request)
{
    (void)request;
    sh_source_file(&shell->source)->hides_retry_arguments = true;
}

static void question_arguments(sh_shell *shell, const sh_request *request)
{
    (void)request;
    sh_source_file(&shell->source)->has_question_arguments = true;
}

static void time_limit_arguments(sh_shell *shell, const sh_request *request)
{
    (void)request;
    sh_source_file(&shell->source)->has_time_limit_arguments = true;
}

static void run_arguments(sh_shell *shell, const sh_request *request)
{
    (void)request;
    sh_source_file(&shell->source)->shows_run_arguments = true;
}

static void hide_places(sh_shell *shell, const sh_request *request)
{
    (void)request;
    sh_source_file(&shell->source)->hides_places = true;
}

static void ci_log(sh_shell *shell, const sh_request *request)
{
    static const struct {
        const char *name;
        staged_ci ci;
    } systems[] = {
        {"none", STAGED_CI_NONE}, {"github", STAGED_CI_GITHUB}, {"gitlab", STAGED_CI_GITLAB}};
    const char *name = request->word_count == 1 ? request->words[0] : "";
    for (size_t i = 0; i < COUNT(systems); i++) {
        if (strcmp(name, systems[i].name) == 0) {
            sh_source_file(&shell->source)->ci = systems[i].ci;
            return;
        }
    }
    sh_bad_verb(shell, request, "ci_log needs one of none, github and gitlab");
}

static void window_title(sh_shell *shell, const sh_request *request)
{
    const char *word = request->word_count == 1 ? request->words[0] : "";
    if (strcmp(word, "yes") == 0)
        sh_source_file(&shell->source)->window_title = STAGED_YES;
    else if (strcmp(word, "none") == 0)
        sh_source_file(&shell->source)->window_title = STAGED_NO;
    else
        sh_bad_verb(shell, request, "window_title needs yes or none");
}

/* Mistakes in it are reported with its place. */
static void highlight(sh_shell *shell, const sh_request *request)
{
    sh_source *source = &shell->source;
    if (request->word_count != 2) {
        sh_bad_verb(shell, request, "highlight needs a pattern and a style");
        return;
    }
    staged_console *trial =
        staged_console_new(STAGED_OPTIONS(staged_console_options, .to_text = true));
    if (trial != NULL &&
        staged_console_add_highlight(trial, request->words[0], request->words[1]) != STAGED_OK)
        sh_bad_verb(shell, request, "highlight: %s", staged_console_error(trial));
    staged_console_free(trial);
    for (size_t i = 0; i <= request->word_count; i++) {
        source->highlights =
            sh_grown(source->highlights, source->highlight_count + i, sizeof *source->highlights);
        source->highlights[source->highlight_count + i] =
            i < request->word_count ? sh_copy(request->words[i]) : NULL;
    }
    source->highlight_count += request->word_count;
}

static void notify_after(sh_shell *shell, const sh_request *request)
{
    /* 0 in the options means the default. */
    const double at_once_s = 1e-9;
    const char *word = request->word_count == 1 ? request->words[0] : "";
    double *seconds = &sh_source_file(&shell->source)->notify_after_s;
    char *end;
    if (strcmp(word, "none") == 0) {
        *seconds = -1;
        return;
    }
    const double number = strtod(word, &end);
    if (end == word || *end != '\0' || !(number >= 0)) {
        sh_bad_verb(shell, request, "notify_after needs a number of seconds, or none");
        return;
    }
    *seconds = number > 0 ? number : at_once_s;
}

/* ---- Stages ---- */

static const staged_argument_options stage_arguments[] = {
    {.size = sizeof(staged_argument_options), .flags = "name", .metavar = "NAME"},
    {.size = sizeof(staged_argument_options), .flags = "heading", .metavar = "HEADING"},
    {.size = sizeof(staged_argument_options),
     .flags = "--by-default",
     .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options), .flags = "--always", .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options), .flags = "--needed", .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options),
     .flags = "--may-fail",
     .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options),
     .flags = "--retries",
     .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options),
     .flags = "--no-retries",
     .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options), .flags = "--retry-attempts", .type = STAGED_ARG_INT},
    {.size = sizeof(staged_argument_options), .flags = "--retry-delay", .type = STAGED_ARG_FLOAT},
    {.size = sizeof(staged_argument_options), .flags = "--retry-timeout", .type = STAGED_ARG_FLOAT},
    {.size = sizeof(staged_argument_options), .flags = "--retry-backoff", .type = STAGED_ARG_FLOAT},
    {.size = sizeof(staged_argument_options),
     .flags = "--retry-max-delay",
     .type = STAGED_ARG_FLOAT},
    {.size = sizeof(staged_argument_options), .flags = "--retry-jitter", .type = STAGED_ARG_FLOAT},
    {.size = sizeof(staged_argument_options), .flags = "--time-limit", .type = STAGED_ARG_FLOAT},
    {.size = sizeof(staged_argument_options), .flags = "--expected", .type = STAGED_ARG_FLOAT},
    {.size = sizeof(staged_argument_options), .flags = "--command"},
    {.size = sizeof(staged_argument_options), .flags = "--on", .metavar = "PLACE"},
    {.size = sizeof(staged_argument_options),
     .flags = "--retry-on",
     .choices = (const char *const[]){"place", NULL}},
};

static char *copy_or_null(const char *text)
{
    return text == NULL ? NULL : sh_copy(text);
}

void sh_refuse_stage(sh_file *file, const char *name)
{
    file->refused = sh_grown(file->refused, file->refused_count, sizeof *file->refused);
    file->refused[file->refused_count++] = sh_copy(name);
}

static void stage(sh_shell *shell, const sh_request *request)
{
    sh_file *file = sh_source_file(&shell->source);
    staged_namespace *words =
        sh_read_words(shell, request, stage_arguments, COUNT(stage_arguments));
    if (words == NULL) {
        sh_refuse_stage(file, request->word_count == 0 ? "" : request->words[0]);
        return;
    }
    file->stages = sh_grown(file->stages, file->stage_count, sizeof *file->stages);
    const staged_choice retry_on =
        staged_namespace_is_set(words, "retry_on") ? STAGED_YES : STAGED_AUTO;
    file->stages[file->stage_count++] =
        (sh_stage){.row = {.kind = STAGED_METHOD_KIND_STAGE,
                           .name = STAGED_HOOK_BODY,
                           .stage = sh_copy(staged_namespace_text(words, "name")),
                           .heading = sh_copy(staged_namespace_text(words, "heading")),
                           .file = request->where.file,
                           .line = request->where.line,
                           .command = copy_or_null(staged_namespace_text(words, "command")),
                           .by_default = staged_namespace_bool(words, "by_default"),
                           .always = staged_namespace_bool(words, "always"),
                           .needed = staged_namespace_bool(words, "needed"),
                           .may_fail = staged_namespace_bool(words, "may_fail"),
                           .retries = staged_namespace_bool(words, "retries")      ? STAGED_YES
                                      : staged_namespace_bool(words, "no_retries") ? STAGED_NO
                                                                                   : STAGED_AUTO,
                           .retry_attempts = staged_namespace_int(words, "retry_attempts"),
                           .retry_delay_s = staged_namespace_float(words, "retry_delay"),
                           .retry_timeout_s = staged_namespace_float(words, "retry_timeout"),
                           .retry_policy = sh_policy_of(words),
                           .time_limit_s = staged_namespace_float(words, "time_limit"),
                           .expected_s = staged_namespace_float(words, "expected"),
                           .place = copy_or_null(staged_namespace_text(words, "on")),
                           .retry_on_place = retry_on}};
    staged_namespace_free(words);
}

static const staged_argument_options stages_arguments[] = {
    {.size = sizeof(staged_argument_options),
     .flags = "names",
     .metavar = "NAME",
     .nargs = STAGED_NARGS_ONE_OR_MORE},
    {.size = sizeof(staged_argument_options),
     .flags = "--by-default",
     .action = STAGED_ARG_STORE_TRUE},
};

static void stages(sh_shell *shell, const sh_request *request)
{
    staged_namespace *words =
        sh_read_words(shell, request, stages_arguments, COUNT(stages_arguments));
    if (words == NULL)
        return;
    sh_file *file = sh_source_file(&shell->source);
    file->order = (const char **)(uintptr_t)sh_copy_list(staged_namespace_list(words, "names"));
    file->runs_all = staged_namespace_bool(words, "by_default");
    file->order_where = request->where;
    staged_namespace_free(words);
}

static void method(sh_shell *shell, const sh_request *request)
{
    sh_file *file = sh_source_file(&shell->source);
    for (size_t i = 0; i < request->word_count; i++) {
        file->methods = sh_grown(file->methods, file->method_count, sizeof *file->methods);
        file->methods[file->method_count++] = sh_copy(request->words[i]);
    }
    if (request->word_count == 0)
        sh_bad_verb(shell, request, "method needs a name");
}

static const staged_argument_options lock_arguments[] = {
    {.size = sizeof(staged_argument_options), .flags = "name", .metavar = "NAME"},
    {.size = sizeof(staged_argument_options), .flags = "--wait", .type = STAGED_ARG_FLOAT},
};

static void lock(sh_shell *shell, const sh_request *request)
{
    staged_namespace *words = sh_read_words(shell, request, lock_arguments, COUNT(lock_arguments));
    if (words == NULL)
        return;
    sh_file *file = sh_source_file(&shell->source);
    file->lock = sh_copy(staged_namespace_text(words, "name"));
    file->lock_wait_s = staged_namespace_float(words, "wait");
    if (*file->lock == '\0')
        sh_bad_verb(shell, request, "lock needs a name");
    staged_namespace_free(words);
}

/* ---- Variables ---- */

static void share(sh_shell *shell, const sh_request *request)
{
    for (size_t i = 0; i < request->word_count; i++) {
        if (!sh_is_name(request->words[i])) {
            sh_bad_verb(shell, request, "share needs names of variables, not '%s'",
                        request->words[i]);
            return;
        }
        shell->shared = sh_grown(shell->shared, shell->shared_count, sizeof *shell->shared);
        shell->shared[shell->shared_count++] = sh_copy(request->words[i]);
    }
}

/* ---- Observers ---- */

static void observe(sh_shell *shell, const sh_request *request)
{
    if (request->word_count != 1) {
        sh_bad_verb(shell, request, "observe needs the name of a function");
        return;
    }
    shell->observers = sh_grown(shell->observers, shell->observer_count, sizeof *shell->observers);
    shell->observer_places =
        sh_grown(shell->observer_places, shell->observer_count, sizeof *shell->observer_places);
    shell->observer_places[shell->observer_count] = request->where;
    shell->observers[shell->observer_count++] = sh_copy(request->words[0]);
}

/* ---- Other files ---- */

/* A relative path is relative to the file that names it. */
char *sh_path_beside(const char *file, const char *name)
{
    sh_text path = {0};
    const char *slash = strrchr(file, '/');
    if (*name == '/' || slash == NULL)
        sh_text_addf(&path, "%s", name);
    else
        sh_text_addf(&path, "%.*s/%s", (int)(slash - file), file, name);
    return path.bytes;
}

/* A relative path is relative to the file that names it, or else to the target if that file is a
 * link. */
static char *path_of_base(const char *file, const char *name)
{
    char *path = sh_path_beside(file, name);
    char *target = access(path, F_OK) == 0 ? NULL : realpath(file, NULL);
    if (target == NULL)
        return path;
    char *other = sh_path_beside(target, name);
    free(target);
    const bool is_there = access(other, F_OK) == 0;
    free(is_there ? path : other);
    return is_there ? other : path;
}

static bool is_being_read(const sh_source *source, const sh_file *file)
{
    for (size_t i = 0; i < source->reading_count; i++) {
        if (source->reading[i] == file)
            return true;
    }
    return false;
}

/* Takes the functions that a file has before it extends another one. */
static void take_early(const sh_source *source, const sh_text *raw)
{
    sh_file *file = sh_source_file(source);
    char *list = sh_copy(sh_text_of(raw));
    char *at = list;
    for (const char *name; (name = sh_next_function(&at)) != NULL;) {
        if (sh_has_function(source, name))
            continue; /* a function of another file that it extends */
        file->early = sh_grown(file->early, file->early_count, sizeof *file->early);
        file->early[file->early_count++] = sh_copy(name);
    }
    free(list);
}

static void extends(sh_shell *shell, const sh_request *request)
{
    sh_source *source = &shell->source;
    sh_file *file = sh_source_file(source);
    take_early(source, sh_take_raw(shell));
    if (request->word_count != 1 || *request->words[0] == '\0') {
        sh_bad_verb(shell, request, "extends needs the name of a file");
        return;
    }
    char *path = path_of_base(file->path, request->words[0]);
    sh_file *base = sh_source_find(source, path);
    if (access(path, R_OK) != 0) {
        sh_bad_verb(shell, request, "cannot read '%s', which it extends: %s", path,
                    strerror(errno));
    } else if (base != NULL && is_being_read(source, base)) {
        sh_bad_verb(shell, request, "'%s' extends itself", path);
    } else {
        const bool is_new = base == NULL;
        if (is_new)
            base = sh_source_begin(source, path);
        file->bases = sh_grown(file->bases, file->base_count, sizeof(sh_file *));
        file->bases[file->base_count++] = base;
        sh_text text = {0};
        sh_text_addf(&text, "_staged_file=");
        sh_text_add_word(&text, is_new ? path : "");
        sh_answer_eval(shell, sh_text_of(&text));
        sh_answer(shell, 0);
        sh_text_free(&text);
    }
    free(path);
}

const sh_verb sh_declaring_verbs[] = {
    {"class", class_verb, SH_DECLARES},
    {"description", description, SH_DECLARES},
    {"epilog", epilog, SH_DECLARES},
    {"hide_retry_arguments", hide_retry_arguments, SH_DECLARES},
    {"run_arguments", run_arguments, SH_DECLARES},
    {"time_limit_arguments", time_limit_arguments, SH_DECLARES},
    {"question_arguments", question_arguments, SH_DECLARES},
    {"hide_places", hide_places, SH_DECLARES},
    {"place", sh_verb_place, SH_DECLARES},
    {"default_place", sh_verb_default_place, SH_DECLARES},
    {"retry_on", sh_verb_retry_on, SH_DECLARES},
    {"ci_log", ci_log, SH_DECLARES},
    {"window_title", window_title, SH_DECLARES},
    {"notify_after", notify_after, SH_DECLARES},
    {"highlight", highlight, SH_DECLARES},
    {"stage", stage, SH_DECLARES},
    {"lock", lock, SH_DECLARES},
    {"stages", stages, SH_DECLARES},
    {"method", method, SH_DECLARES},
    {"share", share, SH_DECLARES},
    {"observe", observe, SH_DECLARES},
    {"extends", extends, SH_WHILE_READ},
    {"argument", sh_verb_argument, SH_DECLARES},
    {"default", sh_verb_default, SH_DECLARES},
    {"group", sh_verb_group, SH_DECLARES},
    {"exclusive", sh_verb_exclusive, SH_DECLARES},
    {"command_group", sh_verb_commands, SH_DECLARES},
    {"command_of", sh_verb_command, SH_DECLARES},
    {0},
};
