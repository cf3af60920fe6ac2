/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The verbs `run` and `ask`. */
#include <stdlib.h>
#include <string.h>

#include <staged/words.h>

#include "tool/common/clock.h"
#include "tool/verbs/verb.h"

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
    {.size = sizeof(staged_argument_options),
     .flags = "words",
     .metavar = "COMMAND",
     .nargs = STAGED_NARGS_COMMAND_AND_REST},
};

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

static char *text_of_words(char *const *words)
{
    sh_text text = {0};
    for (; *words != NULL; words++) {
        char *word = staged_word_quote(*words);
        sh_text_addf(&text, "%s%s", text.length > 0 ? " " : "", word == NULL ? "?" : word);
        free(word);
    }
    return text.bytes == NULL ? sh_copy("") : text.bytes;
}

/* The output of an item of `each` goes to a file first. */
static staged_stream_kind output_of(const sh_shell *shell, const sh_request *request)
{
    const sh_frame *frame = sh_find_frame(shell, request->frame);
    return frame != NULL && frame->is_item ? STAGED_STREAM_FILE : STAGED_STREAM_INHERIT;
}

static staged_run_options options_of(const sh_shell *shell, const sh_request *request,
                                     staged_namespace *words, const int *codes)
{
    staged_run_options options = {.size = sizeof options,
                                  .output = output_of(shell, request),
                                  .argv = (const char *const *)(uintptr_t)request->words,
                                  .expected_codes = codes,
                                  .where = request->where};
    if (words == NULL)
        return options;
    options.argv += request->word_count - staged_namespace_count(words, "words");
    options.print_command = staged_namespace_bool(words, "quiet") ? STAGED_NO : STAGED_AUTO;
    options.record_command = staged_namespace_bool(words, "unlisted") ? STAGED_NO : STAGED_AUTO;
    options.reads_only = staged_namespace_bool(words, "reads_only");
    options.pretty_print = staged_namespace_bool(words, "pretty");
    options.directory = staged_namespace_text(words, "cwd");
    options.environment = staged_namespace_list(words, "env");
    return options;
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

/* Begins a command.
 *   codes  taken over; NULL: 0 alone is expected
 * Returns false after a reply. */
static bool begin_command(sh_shell *shell, const sh_request *request,
                          const staged_run_options *options, int *codes, double timeout_s)
{
    staged_outside_command *outside;
    const staged_status status = begin_outside(shell, options, &outside);
    if (status != STAGED_OK) {
        free(codes);
        sh_fail_verb(shell, request, status);
        return false;
    }
    sh_frame *frame = sh_find_frame(shell, request->frame);
    if (frame == NULL)
        frame = shell->frame;
    if (outside == NULL) {
        free(codes);
        return true;
    }
    sh_command *command = sh_alloc(sizeof *command);
    *command = (sh_command){.next = frame->commands,
                            .pid = request->pid,
                            .outside = outside,
                            .text = text_of_words((char *const *)(uintptr_t)options->argv),
                            .expected_codes = codes,
                            .until_s = timeout_s > 0 ? tool_now_s() + timeout_s : 0};
    frame->commands = command;
    return true;
}

static void begin(sh_shell *shell, const sh_request *request, staged_namespace *words, int *codes)
{
    const staged_run_options options = options_of(shell, request, words, codes);
    const double timeout_s = words == NULL ? 0 : staged_namespace_float(words, "timeout");
    const size_t skip =
        words == NULL ? 0 : request->word_count - staged_namespace_count(words, "words");
    const bool is_shown_only = staged_script_is_dry_run(shell->script) && !options.reads_only;
    if (!begin_command(shell, request, &options, codes, timeout_s))
        return;
    sh_text how = {0};
    if (is_shown_only)
        sh_text_addf(&how, "shown");
    else if (words != NULL && runs_apart(words))
        add_preparation(words, &how);
    tell_how(shell, skip, how.length > 0 ? sh_text_of(&how) : NULL);
    sh_text_free(&how);
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

void sh_verb_run(sh_shell *shell, const sh_request *request)
{
    if (request->word_count > 0 && request->words[0][0] != '-') {
        begin(shell, request, NULL, NULL);
        return;
    }
    staged_namespace *words = sh_read_words(shell, request, run_arguments,
                                            sizeof run_arguments / sizeof run_arguments[0]);
    if (words == NULL)
        return;
    const char *ok = staged_namespace_text(words, "ok");
    int *codes = ok == NULL ? NULL : read_codes(ok);
    const char *pair = first_without_value(words);
    if (pair != NULL)
        sh_bad_verb(shell, request, "--env takes NAME=VALUE, not '%s'", pair);
    else if (ok != NULL && codes == NULL)
        sh_bad_verb(shell, request, "--ok takes exit codes, as in --ok 0,2");
    else
        begin(shell, request, words, codes);
    staged_namespace_free(words);
}

/* The command of a question is not listed, and its output is the answer. */
void sh_verb_ask(sh_shell *shell, const sh_request *request)
{
    const bool reads_only =
        request->word_count > 0 && strcmp(request->words[0], "--reads-only") == 0;
    if (request->word_count <= (size_t)reads_only || request->words[reads_only][0] == '-') {
        sh_bad_verb(shell, request, "ask needs a variable and a command");
        return;
    }
    staged_run_options options = {.size = sizeof options,
                                  .argv =
                                      (const char *const *)(uintptr_t)request->words + reads_only,
                                  .print_command = STAGED_NO,
                                  .record_command = STAGED_NO,
                                  .reads_only = reads_only,
                                  .output = output_of(shell, request),
                                  .where = request->where};
    if (staged_script_is_dry_run(shell->script) && !reads_only) {
        sh_fail_verb(shell, request,
                     staged_fail_at(shell->script, &request->where,
                                    "a dry run asks no command; use --reads-only for one that only "
                                    "reads: %s",
                                    options.argv[0]));
        return;
    }
    if (begin_command(shell, request, &options, NULL, 0))
        tell_how(shell, reads_only, NULL);
}

static bool is_expected(const int *codes, int exit_code)
{
    if (codes == NULL)
        return exit_code == 0;
    for (; *codes >= 0; codes++) {
        if (*codes == exit_code)
            return true;
    }
    return false;
}

/* The status of `run`: 0 for an expected code, 124 after a timeout. */
static int code_of_run(const sh_command *command, int exit_code)
{
    enum { TIMED_OUT = 124 };
    if (command->timed_out)
        return TIMED_OUT;
    if (is_expected(command->expected_codes, exit_code))
        return 0;
    return exit_code == 0 ? 1 : exit_code;
}

/* Ends the command of the process that asks.  Returns the status of `run`. */
static int end_command(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = sh_find_frame(shell, request->frame);
    const sh_command *command = frame == NULL ? NULL : sh_command_of(frame, request->pid);
    const int exit_code = request->word_count == 0 ? 0 : atoi(request->words[0]);
    if (command == NULL)
        return exit_code;
    const int code = code_of_run(command, exit_code);
    char *failure, *text;
    sh_end_commands(frame, request->pid, exit_code, &failure, &text);
    sh_keep_failed(frame, request->pid, code, failure, text);
    return code;
}

/* The command ended without ending the function: it succeeded, or the author checks its status. */
void sh_verb_ran(sh_shell *shell, const sh_request *request)
{
    (void)end_command(shell, request);
}

/* The same, but replies once its output has been recorded. */
void sh_verb_ran_recorded(sh_shell *shell, const sh_request *request)
{
    (void)end_command(shell, request);
    sh_answer(shell, 0);
}

void sh_verb_ran_apart(sh_shell *shell, const sh_request *request)
{
    sh_answer(shell, end_command(shell, request));
}

/* Adopts the subshell of a command that runs in one. */
void sh_verb_started(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = sh_find_frame(shell, request->frame);
    sh_command *command = frame == NULL ? NULL : frame->commands;
    if (command != NULL)
        command->family = staged_family_adopt(request->pid);
    sh_answer(shell, 0);
}
