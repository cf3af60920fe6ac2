/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands that the verb `run` runs. */
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "tool/shell/shell.h"
#include "tool/shell/verb.h"

/* How long a command has to end by itself at its timeout. */
static const double grace_s = 5;

/* Bash tells of a signal by this and its number. */
enum { SIGNALLED = 128, HIGHEST_SIGNAL = 64 };

static int outside_code(int exit_code)
{
    return exit_code > SIGNALLED && exit_code <= SIGNALLED + HIGHEST_SIGNAL ? SIGNALLED - exit_code
                                                                            : exit_code;
}

static void free_command(sh_command *command)
{
    staged_family_free(command->family);
    free(command->expected_codes);
    free(command->text);
    free(command);
}

/* Kills what a command that was ended has left. */
static void end_rest(const sh_command *command)
{
    if (command->kill_s != 0 && command->family != NULL)
        (void)staged_family_signal(command->family, SIGKILL);
}

void sh_end_commands(sh_frame *frame, int64_t pid, int exit_code, char **failure, char **text)
{
    *failure = *text = NULL;
    for (sh_command **link = &frame->commands; *link != NULL;) {
        sh_command *command = *link;
        if (pid != 0 && command->pid != pid) {
            link = &command->next;
            continue;
        }
        *link = command->next;
        free(*failure);
        free(*text);
        end_rest(command);
        staged_outside_command_end(command->outside, outside_code(exit_code), command->timed_out,
                                   failure);
        *text = command->text;
        command->text = NULL;
        free_command(command);
    }
}

void sh_watch_commands(sh_frame *frame)
{
    const double now_s = sh_now();
    for (sh_command *command = frame->commands; command != NULL; command = command->next) {
        if (command->family == NULL)
            continue;
        if (command->kill_s != 0 && now_s >= command->kill_s) {
            (void)staged_family_signal(command->family, SIGKILL);
        } else if (command->kill_s == 0 && command->until_s > 0 && now_s >= command->until_s) {
            command->timed_out = true;
            command->kill_s = now_s + grace_s;
            (void)staged_family_signal(command->family, SIGTERM);
        }
    }
}

void sh_keep_failed(sh_frame *frame, int64_t pid, int exit_code, char *how, char *command)
{
    free(frame->failed_how);
    free(frame->failed_command);
    frame->failed_pid = exit_code == 0 ? 0 : pid;
    frame->failed_code = exit_code;
    frame->failed_how = how;
    frame->failed_command = command;
}

void sh_take_failed(sh_frame *frame, sh_trouble *trouble)
{
    if (frame->failed_pid != trouble->pid || frame->failed_code != trouble->exit_code)
        return;
    trouble->failure = frame->failed_how;
    trouble->command = frame->failed_command;
    frame->failed_how = frame->failed_command = NULL;
    frame->failed_pid = 0;
}

sh_command *sh_command_of(const sh_frame *frame, int64_t pid)
{
    sh_command *command = frame->commands;
    while (command != NULL && command->pid != pid)
        command = command->next;
    return command;
}

/* ---- The verb ---- */

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
     .nargs = STAGED_NARGS_COMMAND_AND_REST},
};

/* "0,2" as a list of codes, ended by a negative number; NULL: it is none. */
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

/* What a subshell does before the command: it is not this one's directory that changes, say. */
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

/* Where the options say something that only a subshell can do. */
static bool runs_apart(staged_namespace *words)
{
    return staged_namespace_is_set(words, "timeout") || staged_namespace_is_set(words, "ok") ||
           staged_namespace_is_set(words, "cwd") || staged_namespace_count(words, "env") > 0 ||
           staged_namespace_bool(words, "silent");
}

/* Tells the shell how to run the command.
 *   skip  how many of the words are no part of it
 *   how   NULL: as it stands; "shown": not at all; otherwise what a subshell evaluates before */
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

static staged_run_options options_of(const sh_request *request, staged_namespace *words,
                                     const int *codes)
{
    staged_run_options options = {.size = sizeof options,
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
    return options;
}

/* Begins a command.
 *   codes  taken over; NULL: 0 alone is expected
 * Returns false when that was answered. */
static bool begin_command(sh_shell *shell, const sh_request *request,
                          const staged_run_options *options, int *codes, double timeout_s)
{
    staged_outside_command *outside;
    const staged_status status = staged_outside_command_begin(shell->script, options, &outside);
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
                            .until_s = timeout_s > 0 ? sh_now() + timeout_s : 0};
    frame->commands = command;
    return true;
}

static void begin(sh_shell *shell, const sh_request *request, staged_namespace *words, int *codes)
{
    const staged_run_options options = options_of(request, words, codes);
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
    if (ok != NULL && codes == NULL)
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

/* What `run` returns: 0 for a code that was expected, 124 after a timeout. */
static int code_of_run(const sh_command *command, int exit_code)
{
    enum { TIMED_OUT = 124 };
    if (command->timed_out)
        return TIMED_OUT;
    if (is_expected(command->expected_codes, exit_code))
        return 0;
    return exit_code == 0 ? 1 : exit_code;
}

/* Ends the command of the process that asks.  Returns what `run` is to return. */
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

/* It has ended without ending the function: it went well, or the author looks at its status. */
void sh_verb_ran(sh_shell *shell, const sh_request *request)
{
    (void)end_command(shell, request);
}

void sh_verb_ran_apart(sh_shell *shell, const sh_request *request)
{
    sh_answer(shell, end_command(shell, request));
}

/* The subshell of one that runs apart. */
void sh_verb_started(sh_shell *shell, const sh_request *request)
{
    sh_frame *frame = sh_find_frame(shell, request->frame);
    sh_command *command = frame == NULL ? NULL : frame->commands;
    if (command != NULL)
        command->family = staged_family_adopt(request->pid);
    sh_answer(shell, 0);
}
