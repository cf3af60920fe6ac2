/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The verbs `run` and `ask`. */
#include <stdlib.h>
#include <string.h>

#include "tool/common/clock.h"
#include "tool/verbs/asked.h"

static const staged_argument_options run_arguments[] = {
    {.size = sizeof(staged_argument_options), .flags = "--timeout", .type = STAGED_ARG_FLOAT},
    {.size = sizeof(staged_argument_options), .flags = "--ok", .nargs = 0},
    {.size = sizeof(staged_argument_options), .flags = "--quiet", .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options),
     .flags = "--unlisted",
     .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options),
     .flags = "--reads-only",
     .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options), .flags = "--pretty", .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options), .flags = "--cwd"},
    {.size = sizeof(staged_argument_options), .flags = "--env", .action = STAGED_ARG_APPEND},
    {.size = sizeof(staged_argument_options), .flags = "--silent", .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options), .flags = "--on", .metavar = "PLACE"},
    {.size = sizeof(staged_argument_options),
     .flags = "words",
     .metavar = "COMMAND",
     .nargs = STAGED_NARGS_COMMAND_AND_REST},
};
const sh_options sh_run_options = {run_arguments, sizeof run_arguments / sizeof run_arguments[0]};

/* "0,2" as a list of codes, terminated by a negative number; NULL: invalid. */
static int *read_codes(const char *text)
{
    int *codes = NULL;
    size_t count = 0;
    for (const char *at = text;;) {
        char *end;
        const long code = strtol(at, &end, 10);
        if (end == at || code < 0 || code > 255 || (*end != ',' && *end != '\0')) {
            free(codes);
            return NULL;
        }
        codes = sh_grown(codes, count, sizeof *codes);
        codes[count++] = (int)code;
        if (*end == '\0')
            break;
        at = end + 1;
    }
    codes = sh_grown(codes, count, sizeof *codes);
    codes[count] = -1;
    return codes;
}

/* Adds what a subshell does before the command, so that the directory of this shell, say, does not
 * change. */
static void add_preparation(staged_namespace *words, sh_text *text)
{
    sh_text_addf(text, ":\n");
    const char *directory = staged_namespace_text(words, "cwd");
    if (directory != NULL) {
        sh_text_addf(text, "cd -- ");
        sh_text_add_word(text, directory);
        sh_text_add(text, "\n", 1);
    }
    for (const char *const *pair = staged_namespace_list(words, "env"); *pair != NULL; pair++) {
        sh_text_addf(text, "export ");
        sh_text_add_word(text, *pair);
        sh_text_add(text, "\n", 1);
    }
    if (staged_namespace_bool(words, "silent"))
        sh_text_addf(text, "exec >/dev/null 2>&1\n");
}

/* Whether the options require a subshell. */
static bool runs_apart(staged_namespace *words)
{
    return staged_namespace_is_set(words, "timeout") || staged_namespace_is_set(words, "ok") ||
           staged_namespace_is_set(words, "cwd") || staged_namespace_count(words, "env") > 0 ||
           staged_namespace_bool(words, "silent");
}

/* Tells the shell how to run the command.
 *   skip  how many words come before the command
 *   how   NULL: as it is; "shown": not at all; otherwise what a subshell evaluates first */
static void tell_how(sh_shell *shell, size_t skip, const char *how)
{
    sh_text text = {0};
    if (skip > 0 || how != NULL) {
        sh_text_addf(&text, "_staged_skip=%zu _staged_how=", skip);
        sh_text_add_word(&text, how == NULL ? "" : how);
        sh_answer_eval(shell, sh_text_of(&text));
    }
    sh_answer(shell, 0);
    sh_text_free(&text);
}

/* The output of an item of `each` goes to a file first. */
static staged_stream_kind output_of(const sh_shell *shell, const sh_request *request)
{
    const sh_frame *frame = sh_find_frame(shell, request->frame);
    return frame != NULL && frame->is_item ? STAGED_STREAM_FILE : STAGED_STREAM_INHERIT;
}

/* The record says where a command runs; bash has reported that before asking. */
static staged_status begin_outside(sh_shell *shell, const staged_run_options *options,
                                   staged_outside_command **outside)
{
    if (!staged_script_keeps_output(shell->script))
        return staged_outside_command_begin(shell->script, options, NULL, outside);
    sh_list all = {0};
    sh_surroundings_read(&shell->surroundings, sh_take_raw(shell));
    const staged_surroundings around =
        sh_surroundings_of(&shell->surroundings, options->directory, options->environment, &all);
    const staged_status status =
        staged_outside_command_begin(shell->script, options, &around, outside);
    sh_list_free(&all);
    return status;
}

static bool is_shown_only(const sh_shell *shell, const sh_asked *asked)
{
    return staged_script_is_dry_run(shell->script) && !asked->options.reads_only;
}

static void begin_here(sh_shell *shell, sh_asked *asked)
{
    staged_outside_command *outside;
    staged_run_options options = asked->options;
    /* It is ended by us. */
    options.timeout_s = 0;
    const staged_status status = begin_outside(shell, &options, &outside);
    if (status != STAGED_OK) {
        sh_fail_verb(shell, asked->request, status);
        return;
    }
    sh_text how = {0};
    if (outside != NULL) {
        sh_command *command = sh_add_command(shell, asked, outside);
        if (asked->options.timeout_s > 0)
            command->until_s = tool_now_s() + asked->options.timeout_s;
    }
    if (is_shown_only(shell, asked))
        sh_text_addf(&how, "shown");
    else if (asked->words != NULL && runs_apart(asked->words))
        add_preparation(asked->words, &how);
    tell_how(shell, asked->skip, how.length > 0 ? sh_text_of(&how) : NULL);
    sh_text_free(&how);
}

/* Begins it here, or has bash ask again with what a place needs to know. */
static void begin(sh_shell *shell, sh_asked *asked)
{
    bool is_there;
    if (!sh_find_where(shell, asked, false, &is_there))
        return;
    if (is_there && !is_shown_only(shell, asked))
        tell_how(shell, asked->skip, "there");
    else
        begin_here(shell, asked);
}

/* The same once bash has told it: the first word says whether a function has its name. */
static void begin_told(sh_shell *shell, sh_asked *asked, bool is_function)
{
    bool is_there;
    if (!sh_find_where(shell, asked, is_function, &is_there))
        return;
    if (is_there)
        sh_begin_there(shell, asked);
    else
        begin_here(shell, asked);
}

static void free_asked(sh_asked *asked)
{
    staged_namespace_free(asked->words);
    free(asked->codes);
}

/* ---- run ---- */

static void take_words(sh_asked *asked)
{
    staged_namespace *words = asked->words;
    staged_run_options *options = &asked->options;
    asked->skip = asked->request->word_count - staged_namespace_count(words, "words");
    options->argv += asked->skip;
    options->print_command = staged_namespace_bool(words, "quiet") ? STAGED_NO : STAGED_AUTO;
    options->record_command = staged_namespace_bool(words, "unlisted") ? STAGED_NO : STAGED_AUTO;
    options->reads_only = staged_namespace_bool(words, "reads_only");
    options->pretty_print = staged_namespace_bool(words, "pretty");
    options->directory = staged_namespace_text(words, "cwd");
    options->environment = staged_namespace_list(words, "env");
    options->timeout_s = staged_namespace_float(words, "timeout");
    options->place = staged_namespace_text(words, "on");
    options->expected_codes = asked->codes;
}

/* The first of the variables that has no value, or no name; NULL: none. */
static const char *first_without_value(staged_namespace *words)
{
    for (const char *const *pair = staged_namespace_list(words, "env"); *pair != NULL; pair++) {
        char *name = sh_copy(*pair);
        name[strcspn(name, "=")] = '\0';
        const bool is_good = strchr(*pair, '=') != NULL && sh_is_name(name);
        free(name);
        if (!is_good)
            return *pair;
    }
    return NULL;
}

/* Returns false after a reply. */
static bool read_options(sh_shell *shell, sh_asked *asked)
{
    const sh_request *request = asked->request;
    asked->words = sh_read_words(shell, request, sh_run_options.rows, sh_run_options.count);
    if (asked->words == NULL)
        return false;
    const char *ok = staged_namespace_text(asked->words, "ok");
    asked->codes = ok == NULL ? NULL : read_codes(ok);
    const char *pair = first_without_value(asked->words);
    if (pair != NULL)
        sh_bad_verb(shell, request, "--env takes NAME=VALUE, not '%s'", pair);
    else if (ok != NULL && asked->codes == NULL)
        sh_bad_verb(shell, request, "--ok takes exit codes, as in --ok 0,2");
    else
        take_words(asked);
    return pair == NULL && (ok == NULL || asked->codes != NULL);
}

/* Reads the words of `run`; returns false after a reply. */
static bool read_run(sh_shell *shell, const sh_request *request, sh_asked *asked)
{
    *asked = (sh_asked){.request = request,
                        .options = {.size = sizeof(staged_run_options),
                                    .output = output_of(shell, request),
                                    .argv = (const char *const *)(uintptr_t)request->words,
                                    .where = request->where}};
    return (request->word_count > 0 && request->words[0][0] != '-') || read_options(shell, asked);
}

void sh_verb_run(sh_shell *shell, const sh_request *request)
{
    sh_asked asked;
    if (read_run(shell, request, &asked))
        begin(shell, &asked);
    free_asked(&asked);
}

/* The words of the request that was replied to with `there`, behind the kind of its command. */
static bool is_told_of_function(const sh_request *request, sh_request *first)
{
    *first = *request;
    first->words += request->word_count > 0;
    first->word_count -= request->word_count > 0;
    return request->word_count > 0 && strcmp(request->words[0], "function") == 0;
}

void sh_verb_run_there(sh_shell *shell, const sh_request *request)
{
    sh_request first;
    sh_asked asked;
    const bool is_function = is_told_of_function(request, &first);
    if (read_run(shell, &first, &asked))
        begin_told(shell, &asked, is_function);
    free_asked(&asked);
}

/* ---- ask ---- */

static const staged_argument_options question_arguments[] = {
    {.size = sizeof(staged_argument_options),
     .flags = "--reads-only",
     .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options), .flags = "--on", .metavar = "PLACE"},
    {.size = sizeof(staged_argument_options),
     .flags = "words",
     .metavar = "COMMAND",
     .nargs = STAGED_NARGS_COMMAND_AND_REST},
};
const sh_options sh_ask_options = {question_arguments,
                                   sizeof question_arguments / sizeof question_arguments[0]};

/* The command of a question is not listed, and its output is the answer.  It runs here unless it
 * says otherwise itself.  Returns false after a reply. */
static bool read_question(sh_shell *shell, const sh_request *request, sh_asked *asked)
{
    *asked = (sh_asked){.request = request};
    if (request->word_count == 0) {
        sh_bad_verb(shell, request, "ask needs a variable and a command");
        return false;
    }
    if (request->words[0][0] == '-') {
        asked->words = sh_read_words(shell, request, sh_ask_options.rows, sh_ask_options.count);
        if (asked->words == NULL)
            return false;
        asked->skip = request->word_count - staged_namespace_count(asked->words, "words");
    }
    const char *place = asked->words == NULL ? NULL : staged_namespace_text(asked->words, "on");
    asked->options = (staged_run_options){
        .size = sizeof asked->options,
        .argv = (const char *const *)(uintptr_t)request->words + asked->skip,
        .print_command = STAGED_NO,
        .record_command = STAGED_NO,
        .reads_only = asked->words != NULL && staged_namespace_bool(asked->words, "reads_only"),
        .output = output_of(shell, request),
        .where = request->where,
        .place = place == NULL ? "here" : place};
    if (is_shown_only(shell, asked)) {
        sh_fail_verb(shell, request,
                     staged_fail_at(shell->script, &request->where,
                                    "a dry run asks no command; use --reads-only for one that only "
                                    "reads: %s",
                                    asked->options.argv[0]));
        return false;
    }
    return true;
}

void sh_verb_ask(sh_shell *shell, const sh_request *request)
{
    sh_asked asked;
    if (read_question(shell, request, &asked))
        begin(shell, &asked);
    free_asked(&asked);
}

void sh_verb_ask_there(sh_shell *shell, const sh_request *request)
{
    sh_request first;
    sh_asked asked;
    const bool is_function = is_told_of_function(request, &first);
    if (read_question(shell, &first, &asked))
        begin_told(shell, &asked, is_function);
    free_asked(&asked);
}
