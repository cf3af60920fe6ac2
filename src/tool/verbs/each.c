/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The verb `each`. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tool/verbs/asked.h"

static const staged_argument_options each_arguments[] = {
    {.size = sizeof(staged_argument_options), .flags = "--jobs", .type = STAGED_ARG_INT},
    {.size = sizeof(staged_argument_options), .flags = "--attempts", .type = STAGED_ARG_INT},
    {.size = sizeof(staged_argument_options), .flags = "--delay", .type = STAGED_ARG_FLOAT},
    {.size = sizeof(staged_argument_options), .flags = "--timeout", .type = STAGED_ARG_FLOAT},
    {.size = sizeof(staged_argument_options), .flags = "--halt"},
    {.size = sizeof(staged_argument_options), .flags = "--from"},
    {.size = sizeof(staged_argument_options), .flags = "--name"},
    {.size = sizeof(staged_argument_options), .flags = "--on", .metavar = "PLACE"},
    {.size = sizeof(staged_argument_options), .flags = "--null", .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options),
     .flags = "--keep-order",
     .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options), .flags = "--quiet", .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options),
     .flags = "--may-fail",
     .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options),
     .flags = "words",
     .metavar = "COMMAND",
     .nargs = STAGED_NARGS_COMMAND_AND_REST},
};
const sh_options sh_each_options = {each_arguments,
                                    sizeof each_arguments / sizeof each_arguments[0]};

/* ---- Its words ---- */

/* Where the items begin, after `--`; the number of words if there is none. */
static size_t separator(const sh_request *request)
{
    size_t at = 0;
    while (at < request->word_count && strcmp(request->words[at], "--") != 0)
        at++;
    return at;
}

/* "first", "3" or "10%".  Returns whether it is one of these. */
static bool read_halt(const char *text, staged_each_options *options)
{
    char *end;
    if (strcmp(text, "first") == 0) {
        options->halt_failures = 1;
        return true;
    }
    const double number = strtod(text, &end);
    if (end == text || !(number > 0) || number > 1e9)
        return false;
    if (strcmp(end, "%") == 0) {
        options->halt_percent = number;
        return number <= 100;
    }
    options->halt_failures = (size_t)number;
    return *end == '\0' && (double)options->halt_failures == number;
}

static const char *add_copy(sh_each *each, const char *text)
{
    char *copy = sh_copy(text);
    sh_list_add(&each->own, copy);
    return copy;
}

static const char *const *copy_list(sh_each *each, const char *const *words, size_t count)
{
    const char **list = sh_alloc((count + 1) * sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = add_copy(each, words[i]);
    sh_list_add(&each->own, (char *)(void *)list);
    return list;
}

/* A path is relative to the function's directory; `-` is the standard input of its process. */
static bool read_from(sh_each *each, const sh_request *request, const char *from)
{
    staged_each_options *options = &each->options;
    const char *directory = each->surroundings.directory;
    char path[64];
    if (strcmp(from, "-") != 0) {
        sh_text file = {0};
        if (*from == '/' || directory == NULL)
            sh_text_addf(&file, "%s", from);
        else
            sh_text_addf(&file, "%s/%s", directory, from);
        options->file = add_copy(each, sh_text_of(&file));
        sh_text_free(&file);
        return true;
    }
    /* The writer may already have ended. */
    (void)snprintf(path, sizeof path, "/proc/%lld/fd/0", (long long)request->pid);
    options->descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    options->reads = options->descriptor >= 0;
    if (!options->reads)
        sh_fail_verb(each->shell, request,
                     staged_fail_at(each->shell->script, &request->where,
                                    "each: cannot read the items from standard input: %s",
                                    strerror(errno)));
    return options->reads;
}

/* Returns false after a reply. */
static bool read_items(sh_each *each, const sh_request *request, const char *from)
{
    const size_t at = separator(request);
    if ((from != NULL) == (at < request->word_count)) {
        sh_bad_verb(each->shell, request,
                    "each needs items, either behind `--` or from a file with --from");
        return false;
    }
    if (from != NULL)
        return read_from(each, request, from);
    each->options.items = copy_list(each, (const char *const *)(uintptr_t)request->words + at + 1,
                                    request->word_count - at - 1);
    return true;
}

static bool read_options(sh_each *each, const sh_request *request, staged_namespace *words)
{
    staged_each_options *options = &each->options;
    const char *halt = staged_namespace_text(words, "halt");
    const int64_t jobs = staged_namespace_int(words, "jobs");
    const char *name = staged_namespace_text(words, "name");
    const char *place = staged_namespace_text(words, "on");
    *options = (staged_each_options){
        .size = sizeof *options,
        .words = copy_list(each, staged_namespace_list(words, "words"),
                           staged_namespace_count(words, "words")),
        .name = name == NULL ? NULL : add_copy(each, name),
        .jobs = jobs > 0 ? (size_t)jobs : 0,
        .attempts = staged_namespace_int(words, "attempts"),
        .delay_s = staged_namespace_float(words, "delay"),
        .timeout_s = staged_namespace_float(words, "timeout"),
        .null_separated = staged_namespace_bool(words, "null"),
        .keep_order = staged_namespace_bool(words, "keep_order"),
        .quiet = staged_namespace_bool(words, "quiet"),
        .check = staged_namespace_bool(words, "may_fail") ? STAGED_NO : STAGED_YES,
        .process = &each->process,
        .where = request->where,
        .place = place == NULL ? NULL : add_copy(each, place),
    };
    if (jobs < 0 || options->attempts < 0 || options->delay_s < 0) {
        sh_bad_verb(each->shell, request,
                    "each: jobs, attempts and the delay must be non-negative numbers");
        return false;
    }
    if (halt != NULL && !read_halt(halt, options)) {
        sh_bad_verb(each->shell, request,
                    "each: --halt takes first, a number, or a percentage such as 10%%");
        return false;
    }
    return read_items(each, request, staged_namespace_text(words, "from"));
}

/* Reads the words before the items; returns false after a reply that says what is wrong with
 * them. */
static bool read_words(sh_each *each, const sh_request *request)
{
    sh_request front = *request;
    const size_t at = separator(request);
    char *cut = front.words[at];
    front.words[at] = NULL;
    front.word_count = at;
    staged_namespace *words =
        sh_read_words(each->shell, &front, sh_each_options.rows, sh_each_options.count);
    front.words[at] = cut;
    const bool good = words != NULL && read_options(each, request, words) &&
                      sh_find_where_of_each(each, request, false);
    staged_namespace_free(words);
    return good;
}

/* The function's directory and exported variables are for programs. */
static void read_surroundings(sh_each *each)
{
    sh_surroundings_read(&each->surroundings, sh_take_raw(each->shell));
    sh_list none = {0};
    const staged_surroundings around = sh_surroundings_of(&each->surroundings, NULL, NULL, &none);
    each->process = (staged_process_options){.size = sizeof each->process,
                                             .directory = around.directory,
                                             .environment = around.environment,
                                             .without = around.without};
}

/* ---- The verbs ---- */

/* Asks bash what kind of command it is. */
void sh_verb_each(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = sh_calling_frame(shell, request);
    if (frame == NULL)
        return;
    sh_each *each = sh_alloc(sizeof *each);
    *each = (sh_each){.shell = shell,
                      .frame = frame,
                      .frame_id = frame->id,
                      .pid = request->pid,
                      .where = request->where};
    each->function = add_copy(each, request->function);
    read_surroundings(each);
    if (!read_words(each, request)) {
        sh_each_free(each);
        return;
    }
    if (staged_script_is_dry_run(shell->script)) {
        sh_fail_verb(shell, request, staged_each_with(shell->script, &each->options));
        sh_each_free(each);
        return;
    }
    sh_each_free(shell->each);
    shell->each = each;
    sh_text text = {0};
    sh_text_addf(&text, "_staged_each=1 _staged_command=");
    sh_text_add_word(&text, each->options.words[0]);
    sh_answer_eval(shell, sh_text_of(&text));
    sh_answer(shell, 0);
    sh_text_free(&text);
}

static sh_each *each_of(const sh_shell *shell, const sh_request *request)
{
    sh_each *each = shell->each;
    return each != NULL && each->pid == request->pid && each->frame_id == request->frame ? each
                                                                                         : NULL;
}

/* The process that asked continues at once, and waits for something to do. */
void sh_verb_each_run(sh_shell *shell, const sh_request *request)
{
    sh_each *each = each_of(shell, request);
    const bool is_function = request->word_count > 0 && strcmp(request->words[0], "function") == 0;
    if (each == NULL) {
        sh_answer(shell, 1);
    } else if (!sh_find_where_of_each(each, request, is_function)) {
        shell->each = NULL;
        sh_each_free(each);
    } else {
        sh_answer(shell, 0);
        sh_each_run(each, is_function);
    }
}

void sh_verb_each_next(sh_shell *shell, const sh_request *request)
{
    sh_each *each = each_of(shell, request);
    if (each == NULL) {
        sh_answer(shell, 1);
        return;
    }
    const char *next = sh_each_next(each, request);
    if (!each->is_over) {
        sh_answer_eval(shell, next);
        sh_answer(shell, 0);
        return;
    }
    sh_answer_eval(shell, "_staged_each=''");
    shell->each = NULL;
    /* Hides the prelude's own functions between the author's code and this. */
    sh_request of_author = *request;
    of_author.where = each->where;
    of_author.function = each->function;
    sh_fail_verb(shell, &of_author, each->status);
    sh_each_free(each);
}

void sh_verb_item_left(sh_shell *shell, const sh_request *request)
{
    if (shell->each != NULL && !shell->each->is_over)
        sh_each_left(shell->each, request);
}
