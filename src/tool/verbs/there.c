/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands of `run` and `ask` that run at a place. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tool/common/clock.h"
#include "tool/verbs/asked.h"

/* ---- Where ---- */

/* Builtins that are no programs elsewhere, or would do nothing there. */
static bool is_builtin(const char *name)
{
    static const char *const names[] = {
        ".",     "alias",    "bg",      "break",  "builtin", "cd",        "command", "continue",
        "dirs",  "declare",  "disown",  "enable", "eval",    "exec",      "exit",    "export",
        "fg",    "getopts",  "hash",    "jobs",   "let",     "local",     "mapfile", "popd",
        "pushd", "readonly", "read",    "return", "set",     "readarray", "shift",   "shopt",
        "trap",  "source",   "suspend", "times",  "type",    "typeset",   "ulimit",  "umask",
        "unset", "unalias",  "wait"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return false;
}

/* Why a command cannot leave this shell; NULL: it can. */
static const char *what_it_is(const sh_shell *shell, const char *name, bool is_function)
{
    if (is_function || sh_has_function(&shell->source, name))
        return "a function";
    return sh_prelude_has(name) ? "a verb" : is_builtin(name) ? "a builtin of this shell" : NULL;
}

/* Finds where something runs.
 *   place         what its author says, or NULL; becomes "here" for what cannot leave this shell
 *   is_there      receives whether it runs at a place
 *   shares_files  receives whether directories here are those there
 * Returns false after a reply that says what is wrong. */
static bool find_where(sh_shell *shell, const sh_request *request, const char *what,
                       const char *name, const char **place, bool *is_there, bool *shares_files)
{
    const char *found;
    if (what != NULL && *place != NULL && strcmp(*place, "here") != 0) {
        sh_bad_verb(shell, request,
                    "'%s' is %s, which runs here: --on needs a program of the place '%s'", name,
                    what, *place);
        return false;
    }
    if (what != NULL)
        *place = "here";
    const staged_status status =
        staged_script_find_place(shell->script, &request->where, *place, shares_files, &found);
    *is_there = status == STAGED_OK && found != NULL;
    /* Not even a condition may take it for the command's status. */
    if (status != STAGED_OK)
        sh_answer_exit(shell, sh_keep_failure(shell, request, status));
    return status == STAGED_OK;
}

bool sh_find_where(sh_shell *shell, sh_asked *asked, bool is_function, bool *is_there)
{
    staged_run_options *options = &asked->options;
    const char *name = options->argv[0];
    return find_where(shell, asked->request, what_it_is(shell, name, is_function), name,
                      &options->place, is_there, &asked->shares_files);
}

bool sh_find_where_of_each(sh_each *each, const sh_request *request, bool is_function)
{
    const char *name = each->options.words[0];
    const bool stays = is_function || sh_has_function(&each->shell->source, name);
    bool is_there, shares_files;
    if (!find_where(each->shell, request, stays ? "a function" : NULL, name, &each->options.place,
                    &is_there, &shares_files))
        return false;
    if (is_there && !shares_files)
        each->process.directory = NULL;
    return true;
}

/* ---- Streams ---- */

/* Finds what a standard stream of the process that asks is; false: unknown. */
static bool find_stream(const sh_request *request, int descriptor, struct stat *facts)
{
    char path[64];
    (void)snprintf(path, sizeof path, "/proc/%lld/fd/%d", (long long)request->pid, descriptor);
    return stat(path, facts) == 0;
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Where streams can be found, one that is not is closed. */
static bool are_streams_known(const sh_request *request)
{
    char path[64];
    struct stat facts;
    (void)snprintf(path, sizeof path, "/proc/%lld/fd", (long long)request->pid);
    return stat(path, &facts) == 0;
}

/* Whether the script gives its command something to read: neither what the script itself reads, nor
 * a terminal, nor nothing. */
static bool has_input(const sh_request *request)
{
    struct stat given, ours;
    if (!find_stream(request, 0, &given))
        return !are_streams_known(request);
    return !S_ISCHR(given.st_mode) && !(fstat(0, &ours) == 0 && is_same(&given, &ours));
}

static bool joins_outputs(const sh_request *request)
{
    struct stat output, errors;
    return find_stream(request, 1, &output) && find_stream(request, 2, &errors) &&
           is_same(&output, &errors);
}

/* ---- Its beginning ---- */

static void add_words(sh_text *text, const char *name, const char *const *words)
{
    sh_text_addf(text, "%s=(", name);
    for (; *words != NULL; words++) {
        sh_text_add(text, " ", 1);
        sh_text_add_word(text, *words);
    }
    sh_text_addf(text, ")\n");
}

/* Adds what a subshell does before it becomes the client. */
static void add_preparation(const sh_asked *asked, const staged_outside_command *outside,
                            bool reads, sh_text *text)
{
    const char *const *pair = staged_outside_command_client_environment(outside);
    sh_text_addf(text, ":\n");
    for (; pair != NULL && *pair != NULL; pair++) {
        sh_text_addf(text, "export ");
        sh_text_add_word(text, *pair);
        sh_text_add(text, "\n", 1);
    }
    if (!reads)
        sh_text_addf(text, "exec </dev/null\n");
    /* What the client opens must not become an output that the author has closed. */
    sh_text_addf(text, "{ builtin : >&1; } 2>/dev/null || exec >/dev/null\n");
    if (asked->words != NULL && staged_namespace_is_set(asked->words, "silent") &&
        staged_namespace_bool(asked->words, "silent"))
        sh_text_addf(text, "exec >/dev/null 2>&1\n");
}

static void tell_client(sh_shell *shell, const sh_asked *asked,
                        const staged_outside_command *outside, bool reads)
{
    sh_text how = {0};
    sh_text text = {0};
    add_preparation(asked, outside, reads, &how);
    sh_text_addf(&text, "_staged_skip=%zu _staged_how=", asked->skip);
    sh_text_add_word(&text, sh_text_of(&how));
    sh_text_add(&text, "\n", 1);
    add_words(&text, "_staged_client", staged_outside_command_client(outside));
    sh_answer_eval(shell, sh_text_of(&text));
    sh_answer(shell, 0);
    sh_text_free(&how);
    sh_text_free(&text);
}

/* The function's own variables go with the command, and its directory if that is there, too. */
static staged_status begin(sh_shell *shell, const sh_asked *asked, bool reads,
                           staged_outside_command **outside)
{
    const staged_stream given = {.size = sizeof given, .kind = STAGED_STREAM_DESCRIPTOR};
    const staged_stream joined = {.size = sizeof joined, .kind = STAGED_STREAM_STDOUT};
    sh_list all = {0};
    staged_run_options options = asked->options;
    sh_surroundings_read(&shell->surroundings, sh_take_raw(shell));
    staged_surroundings around =
        sh_surroundings_of(&shell->surroundings, asked->shares_files ? options.directory : NULL,
                           options.environment, &all);
    if (!asked->shares_files)
        around.directory = options.directory;
    const staged_process_options process = {.size = sizeof process,
                                            .environment = around.environment,
                                            .without = around.without,
                                            .input = reads ? &given : NULL,
                                            .error_output =
                                                joins_outputs(asked->request) ? &joined : NULL};
    options.process = &process;
    options.environment = NULL;
    const staged_status status =
        staged_outside_command_begin(shell->script, &options, &around, outside);
    sh_list_free(&all);
    return status;
}

void sh_begin_there(sh_shell *shell, sh_asked *asked)
{
    staged_outside_command *outside;
    const bool reads = has_input(asked->request);
    const staged_status status = begin(shell, asked, reads, &outside);
    if (status != STAGED_OK) {
        sh_answer_exit(shell, sh_keep_failure(shell, asked->request, status));
        return;
    }
    sh_command *command = sh_add_command(shell, asked, outside);
    command->until_s = tool_now_s();
    if (staged_outside_command_client(outside) == NULL)
        sh_answer(shell, sh_end_command(shell, asked->request, 0));
    else
        tell_client(shell, asked, outside, reads);
}
