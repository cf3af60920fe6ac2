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

/* What reading a file of variables has come to.
 *   exports  for bash
 *   problem  what is wrong with the latest line; NULL: nothing */
typedef struct env_reading {
    sh_shell *shell;
    staged_namespace *words;
    sh_text exports;
    const char *problem;
} env_reading;

/* Removes the quotes around a value.  Returns what is wrong with it, or NULL. */
static const char *unquote(char *value)
{
    size_t length = strlen(value);
    while (length > 0 && strchr(" \t\r", value[length - 1]) != NULL)
        value[--length] = '\0';
    if (*value != '"' && *value != '\'')
        return NULL;
    const char *closing = strchr(value + 1, *value);
    if (closing == NULL)
        return "a quote is not closed (a value is in one line)";
    if (value[length - 1] != *value)
        return "something stands behind the closing quote";
    value[length - 1] = '\0';
    memmove(value, value + 1, length - 1);
    return NULL;
}

/* Existing environment variables keep their values. */
static void export_variable(env_reading *reading, const char *name, const char *value)
{
    if (getenv(name) == NULL) {
        (void)setenv(name, value, 1);
        sh_text_addf(&reading->exports, "export %s=", name);
        sh_text_add_word(&reading->exports, value);
        sh_text_addf(&reading->exports, "\n");
    }
    if (staged_namespace_bool(reading->words, "secrets") ||
        is_in(name, staged_namespace_list(reading->words, "secret")))
        keep_early(reading->shell, getenv(name));
}

/* NAME=VALUE, or `export NAME=VALUE`; a comment, or nothing. */
static void take_line(env_reading *reading, char *line)
{
    static const char export_word[] = "export ";
    line += strspn(line, " \t");
    line[strcspn(line, "\r\n")] = '\0';
    if (*line == '#' || *line == '\0')
        return;
    if (strncmp(line, export_word, sizeof export_word - 1) == 0)
        line += sizeof export_word - 1 + strspn(line + sizeof export_word - 1, " \t");
    char *equals = strchr(line, '=');
    if (equals != NULL)
        *equals = '\0';
    if (equals == NULL || !sh_is_name(line))
        reading->problem = "a line is NAME=VALUE, without blanks around the '='";
    else
        reading->problem = unquote(equals + 1);
    if (reading->problem == NULL)
        export_variable(reading, line, equals + 1);
}

/* Returns the number of the line that is wrong; 0: none is. */
static int take_lines(env_reading *reading, FILE *file)
{
    char *line = NULL;
    size_t size = 0;
    int number = 0;
    while (reading->problem == NULL && getline(&line, &size, file) > 0) {
        number++;
        take_line(reading, line);
    }
    free(line);
    return reading->problem == NULL ? 0 : number;
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
        env_reading reading = {.shell = shell, .words = words};
        const int wrong = file == NULL ? 0 : take_lines(&reading, file);
        if (wrong > 0) {
            sh_bad_verb(shell, request, "%s:%d: %s", staged_namespace_text(words, "file"), wrong,
                        reading.problem);
        } else {
            if (reading.exports.length > 0)
                sh_answer_eval(shell, sh_text_of(&reading.exports));
            sh_answer(shell, 0);
        }
        sh_text_free(&reading.exports);
    }
    if (file != NULL)
        (void)fclose(file);
    staged_namespace_free(words);
}
