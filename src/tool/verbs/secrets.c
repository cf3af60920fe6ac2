/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Secrets, and files of variables. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/secrets.h>

#include "tool/verbs/verb.h"

static void keep_early(sh_shell *shell, const char *value)
{
    shell->early_secrets =
        sh_grown(shell->early_secrets, shell->early_secret_count, sizeof *shell->early_secrets);
    shell->early_secrets[shell->early_secret_count++] = sh_copy(value);
}

/* Takes names and values. */
void sh_verb_secret(sh_shell *shell, const sh_request *request)
{
    for (size_t i = 0; i + 1 < request->word_count; i += 2) {
        const char *value = request->words[i + 1];
        if (*value == '\0') {
            sh_bad_verb(shell, request, "secret: '%s' is not set, or empty", request->words[i]);
            return;
        }
        if (strlen(value) < STAGED_SECRET_SHORTEST) {
            sh_bad_verb(shell, request, "secret: the value of '%s' is too short to be hidden",
                        request->words[i]);
            return;
        }
        if (shell->frame == NULL) {
            keep_early(shell, value);
            continue;
        }
        const staged_status status = sh_add_secret(shell, value);
        if (status != STAGED_OK) {
            sh_fail_verb(shell, request, status);
            return;
        }
    }
    sh_text text = {0};
    if (shell->frame != NULL)
        sh_add_redirection(shell, &text);
    if (text.length > 0)
        sh_answer_eval(shell, sh_text_of(&text));
    sh_answer(shell, 0);
    sh_text_free(&text);
}

/* ---- A file of variables ---- */

static const staged_argument_options env_file_arguments[] = {
    {.size = sizeof(staged_argument_options), .flags = "file", .metavar = "FILE"},
    {.size = sizeof(staged_argument_options),
     .flags = "--optional",
     .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options),
     .flags = "--secrets",
     .action = STAGED_ARG_STORE_TRUE},
    {.size = sizeof(staged_argument_options), .flags = "--secret", .action = STAGED_ARG_APPEND},
};

static bool is_in(const char *word, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (strcmp(word, *list) == 0)
            return true;
    }
    return false;
}

/* Removes the quotes around a value. */
static char *value_of(const char *text)
{
    char *value = sh_copy(text);
    size_t length = strlen(value);
    while (length > 0 && strchr(" \t\r", value[length - 1]) != NULL)
        value[--length] = '\0';
    if (length >= 2 && (value[0] == '"' || value[0] == '\'') && value[length - 1] == value[0]) {
        value[length - 1] = '\0';
        memmove(value, value + 1, length - 1);
    }
    return value;
}

/* NAME=VALUE, or `export NAME=VALUE`; existing environment variables keep their values. */
static void take_line(sh_shell *shell, char *line, staged_namespace *words, sh_text *exports)
{
    static const char export_word[] = "export ";
    line += strspn(line, " \t");
    line[strcspn(line, "\n")] = '\0';
    if (strncmp(line, export_word, sizeof export_word - 1) == 0)
        line += sizeof export_word - 1;
    char *equals = strchr(line, '=');
    if (*line == '#' || equals == NULL)
        return;
    *equals = '\0';
    char *value = value_of(equals + 1);
    if (getenv(line) == NULL) {
        (void)setenv(line, value, 1);
        sh_text_addf(exports, "export %s=", line);
        sh_text_add_word(exports, value);
        sh_text_addf(exports, "\n");
    }
    if (staged_namespace_bool(words, "secrets") ||
        is_in(line, staged_namespace_list(words, "secret")))
        keep_early(shell, getenv(line));
    free(value);
}

void sh_verb_env_file(sh_shell *shell, const sh_request *request)
{
    staged_namespace *words =
        sh_read_words(shell, request, env_file_arguments,
                      sizeof env_file_arguments / sizeof env_file_arguments[0]);
    if (words == NULL)
        return;
    FILE *file = fopen(staged_namespace_text(words, "file"), "r");
    if (file == NULL && !staged_namespace_bool(words, "optional")) {
        sh_bad_verb(shell, request, "cannot read '%s': %s", staged_namespace_text(words, "file"),
                    strerror(errno));
    } else {
        sh_text exports = {0};
        char *line = NULL;
        size_t size = 0;
        while (file != NULL && getline(&line, &size, file) > 0)
            take_line(shell, line, words, &exports);
        free(line);
        if (exports.length > 0)
            sh_answer_eval(shell, sh_text_of(&exports));
        sh_answer(shell, 0);
        sh_text_free(&exports);
    }
    if (file != NULL)
        (void)fclose(file);
    staged_namespace_free(words);
}
