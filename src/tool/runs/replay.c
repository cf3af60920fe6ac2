/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/runs/replay.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <staged/secrets.h>
#include <staged/words.h>

#include "tool/record/json.h"
#include "tool/record/moment.h"

typedef struct replay {
    const tool_record *record;
    const tool_replay_options *options;
    sh_text text;
    bool needs_bash;
    bool has_secrets;
} replay;

/* ---- Words ---- */

/* Whether a text is shown by every terminal as it is. */
static bool is_plain(const char *text)
{
    json_t *json = json_string(text);
    const bool is_utf8 = json != NULL;
    json_decref(json);
    for (const unsigned char *at = (const unsigned char *)text; is_utf8 && *at != '\0'; at++) {
        if ((*at < ' ' && *at != '\n' && *at != '\t') || *at == 0x7f)
            return false;
    }
    return is_utf8;
}

/* Adds a word as bash reads it back, with none but printable ASCII. */
static void add_escaped(sh_text *text, const char *word)
{
    sh_text_addf(text, "$'");
    for (const unsigned char *at = (const unsigned char *)word; *at != '\0'; at++) {
        if (*at < ' ' || *at >= 0x7f)
            sh_text_addf(text, "\\%03o", *at);
        else
            sh_text_addf(text, "%s%c", *at == '\'' || *at == '\\' ? "\\" : "", *at);
    }
    sh_text_addf(text, "'");
}

static void add_word(replay *r, const char *word)
{
    r->has_secrets = r->has_secrets || strstr(word, STAGED_SECRET_MASK) != NULL;
    if (!is_plain(word)) {
        r->needs_bash = true;
        add_escaped(&r->text, word);
        return;
    }
    char *quoted = staged_word_quote(word);
    sh_text_addf(&r->text, "%s", quoted == NULL ? "" : quoted);
    free(quoted);
}

/* Adds "NAME=VALUE" as a word. */
static void add_setting(replay *r, const char *name, const char *value)
{
    sh_text setting = {0};
    sh_text_addf(&setting, "%s=%s", name, value);
    add_word(r, sh_text_of(&setting));
    sh_text_free(&setting);
}

/* Adds to a comment what must not end it. */
static void add_comment(replay *r, const char *text)
{
    for (; *text != '\0'; text++) {
        const unsigned char c = (unsigned char)*text;
        sh_text_addf(&r->text, "%c", c < ' ' || c == 0x7f ? ' ' : *text);
    }
}

static const char *item(const json_t *list, size_t index)
{
    const char *text = json_string_value(json_array_get(list, index));
    return text == NULL ? "" : text;
}

static bool is_wanted(const replay *r, const json_t *event)
{
    return r->options->stage == NULL ||
           strcmp(tool_json_text(event, "stage", ""), r->options->stage) == 0;
}

/* Whether another command begins before this one ends. */
static bool is_beside_others(const replay *r, size_t index)
{
    const tool_command *command = &r->record->commands[index];
    return command->end != NULL && index + 1 < r->record->command_count &&
           tool_json_int(r->record->commands[index + 1].begin, "elapsed_ns", 0) <
               tool_json_int(command->end, "elapsed_ns", 0);
}

/* What runs beside others does not stay when the script ends early. */
static void add_trap(replay *r)
{
    const char *before = "trap 'kill";
    for (size_t i = 0; i < r->record->command_count; i++) {
        const json_t *begin = r->record->commands[i].begin;
        if (!is_wanted(r, begin) || !is_beside_others(r, i))
            continue;
        sh_text_addf(&r->text, "%s $command_%" PRId64, before, tool_json_int(begin, "number", 0));
        before = "";
    }
    if (*before == '\0')
        sh_text_addf(&r->text, " 2>/dev/null' EXIT\n");
}

/* ---- The head ---- */

/* What a shell keeps itself. */
static bool is_of_shell(const char *name)
{
    static const char *const names[] = {"PWD", "OLDPWD", "SHLVL", "_",
                                        "UID", "EUID",   "PPID",  "IFS"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789")] !=
               '\0' ||
           strspn(name, "0123456789") > 0 || *name == '\0';
}

static void add_environment(replay *r, json_t *environment, json_t *hashes)
{
    const char *name;
    json_t *value;
    json_object_foreach(environment, name, value)
    {
        if (!json_is_string(value) || is_of_shell(name))
            continue;
        sh_text_addf(&r->text, "export ");
        add_setting(r, name, json_string_value(value));
        sh_text_addf(&r->text, "\n");
    }
    const size_t count = json_object_size(hashes);
    if (count == 0)
        return;
    sh_text_addf(&r->text, "# Of these variables the values are not in the record:");
    json_object_foreach(hashes, name, value)
    {
        sh_text_addf(&r->text, " ");
        add_comment(r, name);
    }
    sh_text_addf(&r->text, "\n");
}

static void add_head(replay *r)
{
    const json_t *run = r->record->run;
    char moment[TOOL_MOMENT_SIZE];
    const char *directory = tool_json_text(run, "directory", "");
    const char *mask = tool_json_text(run, "umask", "");
    sh_text_addf(&r->text, "#\n# What ");
    add_comment(r, tool_json_text(run, "script", ""));
    sh_text_addf(
        &r->text, " did on %s, in run %s.\n# Written by `staged replay`: each command with ",
        tool_moment_text(r->record->digest.began_ns, true, moment), tool_json_text(run, "id", ""));
    sh_text_addf(&r->text, "its words, its directory and its changes of the environment.\n"
                           "# Standard input is not in the record.\n\n");
    if (*directory != '\0') {
        sh_text_addf(&r->text, "cd ");
        add_word(r, directory);
        sh_text_addf(&r->text, " || exit 1\n");
    }
    if (*mask != '\0' && mask[strspn(mask, "01234567")] == '\0')
        sh_text_addf(&r->text, "umask %s\n", mask);
    add_trap(r);
    add_environment(r, json_object_get(run, "environment"),
                    json_object_get(run, "environment_hashes"));
    sh_text_addf(
        &r->text,
        "\n# expect NUMBER STATUS: a command ended as it did in the run\nexpect() {\n"
        "    set -- \"$1\" \"$2\" \"$?\"\n    [ \"$3\" = \"$2\" ] && return\n"
        "    echo \"replay: command $1 ended with exit status $3, in the run with $2\" >&2\n%s}\n",
        r->options->goes_on ? "" : "    exit 1\n");
}

/* ---- Commands ---- */

/* Whether a command has an environment of its own. */
static bool has_changes(const json_t *begin)
{
    return tool_json_bool(begin, "clear_environment", false) ||
           json_object_size(json_object_get(begin, "environment")) > 0 ||
           json_array_size(json_object_get(begin, "without")) > 0;
}

static void add_changes(replay *r, const json_t *begin)
{
    const json_t *without = json_object_get(begin, "without");
    const bool is_cleared = tool_json_bool(begin, "clear_environment", false);
    const char *name;
    json_t *value;
    sh_text_addf(&r->text, "env ");
    if (is_cleared)
        sh_text_addf(&r->text, "-i ");
    for (size_t i = 0; !is_cleared && i < json_array_size(without); i++) {
        sh_text_addf(&r->text, "-u ");
        add_word(r, item(without, i));
        sh_text_addf(&r->text, " ");
    }
    json_object_foreach(json_object_get(begin, "environment"), name, value)
    {
        if (!json_is_string(value))
            continue;
        add_setting(r, name, json_string_value(value));
        sh_text_addf(&r->text, " ");
    }
}

/* Adds the words, the program first; `env` and `exec` take a first word with "=" or "-" for their
 * own. */
static void add_words(replay *r, const json_t *begin, bool follows_env)
{
    const json_t *words = json_object_get(begin, "words");
    const char *shell = tool_json_text(begin, "shell", "/bin/sh");
    const char *line = tool_json_text(begin, "line", tool_json_text(begin, "command", ""));
    const char *program = tool_json_text(begin, "program", NULL);
    if (json_array_size(words) == 0) {
        add_word(r, shell);
        sh_text_addf(&r->text, " -c ");
        add_word(r, line);
        return;
    }
    const char *name = item(words, 0);
    if (program != NULL && strcmp(program, name) != 0) {
        r->needs_bash = true;
        sh_text_addf(&r->text, follows_env ? "bash -c 'exec -a \"$0\" \"$@\"' " : "-a ");
        add_word(r, name);
        sh_text_addf(&r->text, " ");
        name = program;
    } else if (name[0] == '-') {
        r->needs_bash = true;
        sh_text_addf(&r->text, follows_env ? "bash -c 'exec -- \"$0\" \"$@\"' " : "-- ");
    } else if (follows_env && strchr(name, '=') != NULL) {
        sh_text_addf(&r->text, "sh -c 'exec \"$0\" \"$@\"' ");
    }
    add_word(r, name);
    for (size_t i = 1; i < json_array_size(words); i++) {
        sh_text_addf(&r->text, " ");
        add_word(r, item(words, i));
    }
}

/* What the shell says that the command exited with. */
static int64_t status_of(const json_t *end)
{
    const int64_t signal = tool_json_int(end, "signal", 0);
    return signal > 0 ? 128 + signal : tool_json_int(end, "exit_code", 0);
}

static void add_comment_of(replay *r, const json_t *begin, const json_t *end)
{
    const json_t *where = json_object_get(begin, "where");
    const char *stage = tool_json_text(begin, "stage", "");
    const int64_t timeout_ns =
        (int64_t)(json_number_value(json_object_get(begin, "timeout_s")) * 1e9);
    char limit[TOOL_MOMENT_SIZE];
    sh_text_addf(&r->text, "\n# %" PRId64, tool_json_int(begin, "number", 0));
    if (*stage != '\0') {
        sh_text_addf(&r->text, ": stage '");
        add_comment(r, stage);
        sh_text_addf(&r->text, "', attempt %" PRId64, tool_json_int(begin, "attempt", 0));
    }
    if (tool_json_text(where, "file", NULL) != NULL) {
        sh_text_addf(&r->text, ", ");
        add_comment(r, tool_json_text(where, "file", ""));
        sh_text_addf(&r->text, ":%" PRId64, tool_json_int(where, "line", 0));
    }
    if (tool_json_text(begin, "place", NULL) != NULL) {
        sh_text_addf(&r->text, "; it ran on ");
        add_comment(r, tool_json_text(begin, "place", ""));
    }
    if (timeout_ns > 0)
        sh_text_addf(&r->text, "; its time limit was %s", tool_duration_text(timeout_ns, limit));
    if (tool_json_bool(end, "timed_out", false))
        sh_text_addf(&r->text, ", which it exceeded");
    if (end == NULL)
        sh_text_addf(&r->text, "; the record ends while it runs");
    sh_text_addf(&r->text, "\n");
}

/* A command, in a shell of its own. */
static void add_command(replay *r, const json_t *begin)
{
    const char *directory = tool_json_text(begin, "directory", NULL);
    sh_text_addf(&r->text, "(");
    if (directory != NULL) {
        sh_text_addf(&r->text, "cd ");
        add_word(r, directory);
        sh_text_addf(&r->text, " && ");
    }
    sh_text_addf(&r->text, "exec ");
    if (has_changes(begin))
        add_changes(r, begin);
    add_words(r, begin, has_changes(begin));
    sh_text_addf(&r->text, ")");
}

static void add_expectation(replay *r, const json_t *end)
{
    /* How long it takes to time out is another thing each time, and a place that failed says
     * nothing of the command. */
    if (end != NULL && tool_json_text(json_object_get(end, "place"), "failure", NULL) == NULL &&
        !tool_json_bool(end, "timed_out", false) && tool_json_bool(end, "started", true))
        sh_text_addf(&r->text, "\nexpect %" PRId64 " %" PRId64, tool_json_int(end, "number", 0),
                     status_of(end));
    sh_text_addf(&r->text, "\n");
}

/* A command that ran beside others ends where it ended then. */
static void add_end(replay *r, const json_t *end)
{
    const int64_t number = tool_json_int(end, "number", 0);
    sh_text_addf(&r->text, "\n# %" PRId64 " ends\n", number);
    if (tool_json_int(end, "signal", 0) > 0)
        sh_text_addf(&r->text, "kill -%" PRId64 " \"$command_%" PRId64 "\" 2>/dev/null\n",
                     tool_json_int(end, "signal", 0), number);
    sh_text_addf(&r->text, "wait \"$command_%" PRId64 "\" 2>/dev/null", number);
    add_expectation(r, end);
    sh_text_addf(&r->text, "command_%" PRId64 "=\n", number);
}

static void add_begin(replay *r, size_t index)
{
    const tool_command *command = &r->record->commands[index];
    if (!tool_json_bool(command->begin, "runs", true)) {
        sh_text_addf(&r->text, "\n# ");
        add_comment(r, tool_json_text(command->begin, "command", ""));
        sh_text_addf(&r->text, "\n");
        return;
    }
    add_comment_of(r, command->begin, command->end);
    add_command(r, command->begin);
    if (is_beside_others(r, index))
        sh_text_addf(&r->text, " &\ncommand_%" PRId64 "=$!\n",
                     tool_json_int(command->begin, "number", 0));
    else
        add_expectation(r, command->end);
}

static void add_commands(replay *r)
{
    size_t begun = 0;
    for (size_t i = 0; i < json_array_size(r->record->events); i++) {
        const json_t *event = json_array_get(r->record->events, i);
        if (tool_json_is(event, "command_begin")) {
            if (is_wanted(r, event))
                add_begin(r, begun);
            begun++;
        }
        for (size_t j = 0; tool_json_is(event, "command_end") && j < begun; j++) {
            if (r->record->commands[j].end == event && is_wanted(r, event) &&
                is_beside_others(r, j))
                add_end(r, event);
        }
    }
}

sh_text tool_replay_script(const tool_record *record, const tool_replay_options *options)
{
    replay r = {.record = record, .options = options};
    sh_text script = {0};
    add_head(&r);
    add_commands(&r);
    sh_text_addf(&script, "#!%s\n", r.needs_bash ? "/usr/bin/env bash" : "/bin/sh");
    if (r.has_secrets)
        sh_text_addf(&script, "# Secrets are masked as " STAGED_SECRET_MASK
                              ": put them in before you run this.\n");
    sh_text_add(&script, sh_text_of(&r.text), r.text.length);
    sh_text_free(&r.text);
    return script;
}
