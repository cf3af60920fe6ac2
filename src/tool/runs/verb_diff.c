/* SPDX-License-Identifier: BSD-3-Clause
 *
 * `staged diff`: in what two runs differ. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/words.h>

#include "tool/common/verb.h"
#include "tool/record/json.h"
#include "tool/record/moment.h"
#include "tool/record/record.h"
#include "tool/runs/page.h"
#include "tool/runs/rows.h"
#include "tool/runs/sequence.h"

/* What a shell keeps itself differs from call to call, and tells nothing. */
static const char *const passing[] = {"_", "SHLVL", "PWD", "OLDPWD", "WINDOWID", "SSH_TTY"};

/* Exit statuses, as of diff(1). */
enum { SAME = 0, DIFFERENT = 1 };

/* `section` collects lines, each beginning with "-", "+" or a blank, until it is printed. */
typedef struct diff {
    const tool_record *a, *b;
    staged_console *console;
    staged_status status;
    staged_renderable *section;
    bool has_lines;
    bool differ;
    bool has_hashes; /* of values, which can be compared: both were made with one salt */
} diff;

static void add_arguments(staged_parser *parser)
{
    staged_parser_add_argument(parser, "a", .metavar = "A", .help = "a run, as for `staged show`");
    staged_parser_add_argument(parser, "b", .metavar = "B", .help = "another run");
}

/* ---- Sections ---- */

static void add_line(diff *d, char side, const char *text)
{
    const char *style = side == '-' ? "red" : side == '+' ? "green" : "dim";
    sh_text line = {0};
    sh_text_addf(&line, "%c %s", side, text);
    if (d->section == NULL)
        d->section = staged_render_group_new();
    (void)staged_render_group_add(
        d->section,
        staged_text_new(STAGED_OPTIONS(staged_text_options, .style = style), sh_text_of(&line)));
    d->has_lines = d->has_lines || side != ' ';
    sh_text_free(&line);
}

/* Prints what was collected below a heading, if there is any difference in it. */
static void end_section(diff *d, const char *heading, bool counts)
{
    if (d->has_lines && d->status == STAGED_OK) {
        staged_renderable *section = tool_page_section(heading, d->section);
        d->status = staged_console_print_renderable(d->console, NULL, section);
        staged_renderable_free(section);
    } else {
        staged_renderable_free(d->section);
    }
    d->differ = d->differ || (d->has_lines && counts);
    d->section = NULL;
    d->has_lines = false;
}

/* Adds a fact of both that differs; NULL: it has none. */
static void add_fact(diff *d, const char *name, const char *a, const char *b)
{
    const char *const texts[] = {a, b};
    if (a == b || (a != NULL && b != NULL && strcmp(a, b) == 0))
        return;
    for (size_t i = 0; i < 2; i++) {
        sh_text line = {0};
        if (texts[i] == NULL)
            continue;
        sh_text_addf(&line, "%s: %s", name, texts[i]);
        add_line(d, i == 0 ? '-' : '+', sh_text_of(&line));
        sh_text_free(&line);
    }
}

/* ---- What is compared ---- */

static void compare_facts(diff *d)
{
    static const char *const names[] = {"script",    "path", "hash", "staged",
                                        "directory", "host", "user", "umask"};
    const json_t *a = d->a->run;
    const json_t *b = d->b->run;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        add_fact(d, names[i], tool_json_text(a, names[i], NULL), tool_json_text(b, names[i], NULL));
    add_fact(d, "commit", tool_json_text(json_object_get(a, "git"), "commit", NULL),
             tool_json_text(json_object_get(b, "git"), "commit", NULL));
    end_section(d, "What ran, and where", true);
    add_fact(d, "arguments", d->a->digest.arguments, d->b->digest.arguments);
    end_section(d, "Arguments", true);
}

static bool is_passing(const char *name)
{
    for (size_t i = 0; i < sizeof passing / sizeof passing[0]; i++) {
        if (strcmp(passing[i], name) == 0)
            return true;
    }
    return false;
}

/* The value of a variable, or that there is one; NULL: it was not set.
 *   hash  receives the hash of a value that is not known; NULL: it is known */
static const char *variable(const tool_record *record, const char *name, const char **hash)
{
    *hash = tool_json_text(json_object_get(record->run, "environment_hashes"), name, NULL);
    const char *value = tool_json_text(json_object_get(record->run, "environment"), name, NULL);
    if (value != NULL)
        *hash = NULL;
    return value != NULL ? value : *hash != NULL ? "(set; its value is not in the record)" : NULL;
}

static void compare_variable(diff *d, const char *name)
{
    const char *a_hash;
    const char *b_hash;
    const char *a = variable(d->a, name, &a_hash);
    const char *b = variable(d->b, name, &b_hash);
    if (is_passing(name))
        return;
    if (a_hash == NULL || b_hash == NULL) {
        add_fact(d, name, a, b);
    } else if (d->has_hashes && strcmp(a_hash, b_hash) != 0) {
        add_fact(d, name, "(one value, which is not in the record)", NULL);
        add_fact(d, name, NULL, "(another one)");
    }
}

static int compare_names(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

/* Adds the names of a member of a run's first line. */
static size_t add_names(const tool_record *record, const char *member, const char **names,
                        size_t count)
{
    const char *name;
    json_t *value;
    json_object_foreach(json_object_get(record->run, member), name, value)
    {
        (void)value;
        names[count++] = name;
    }
    return count;
}

/* The folder of all records that one belongs to, which the caller frees; NULL: it is gone. */
static char *folder_of(const tool_record *record)
{
    sh_text path = {0};
    sh_text_addf(&path, "%s/../..", record->folder);
    char *folder = realpath(sh_text_of(&path), NULL);
    sh_text_free(&path);
    return folder;
}

/* Each folder of records has its own salt. */
static bool has_one_salt(const diff *d)
{
    char *a = folder_of(d->a);
    char *b = folder_of(d->b);
    const bool is_one = a != NULL && b != NULL && strcmp(a, b) == 0;
    free(a);
    free(b);
    return is_one;
}

static void compare_environments(diff *d)
{
    static const char *const members[] = {"environment", "environment_hashes"};
    size_t most = 1;
    size_t count = 0;
    for (size_t i = 0; i < 2; i++)
        most += json_object_size(json_object_get(d->a->run, members[i])) +
                json_object_size(json_object_get(d->b->run, members[i]));
    const char **names = sh_alloc(most * sizeof *names);
    for (size_t i = 0; i < 2; i++) {
        count = add_names(d->a, members[i], names, count);
        count = add_names(d->b, members[i], names, count);
    }
    if (count > 0)
        qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(names[i], names[i - 1]) != 0)
            compare_variable(d, names[i]);
    }
    free(names);
    end_section(d, "Environment", true);
}

/* What a command is: its words, where, and how it ended. */
static char *text_of_command(const tool_command *command)
{
    const json_t *begin = command->begin;
    const json_t *words = json_object_get(begin, "words");
    const char *directory = tool_json_text(begin, "directory", NULL);
    char *result = tool_command_result(command);
    sh_text text = {0};
    if (directory != NULL)
        sh_text_addf(&text, "(in %s) ", directory);
    for (size_t i = 0; i < json_array_size(words); i++) {
        const char *word = json_string_value(json_array_get(words, i));
        char *quoted = staged_word_quote(word == NULL ? "" : word);
        sh_text_addf(&text, "%s%s", i > 0 ? " " : "", quoted == NULL ? "" : quoted);
        free(quoted);
    }
    if (json_array_size(words) == 0)
        sh_text_addf(&text, "%s", tool_json_text(begin, "command", ""));
    if (command->end == NULL)
        sh_text_addf(&text, "  # did not end");
    else if (*result != '\0')
        sh_text_addf(&text, "  # %s", result);
    free(result);
    return text.bytes == NULL ? sh_copy("") : text.bytes;
}

static char **texts_of_commands(const tool_record *record)
{
    char **texts = sh_alloc((record->command_count + 1) * sizeof *texts);
    for (size_t i = 0; i < record->command_count; i++)
        texts[i] = text_of_command(&record->commands[i]);
    return texts;
}

static void free_texts(char **texts)
{
    for (size_t i = 0; texts[i] != NULL; i++)
        free(texts[i]);
    free(texts);
}

typedef struct command_lines {
    diff *d;
    char **a, **b;
} command_lines;

static void take_command(void *context, char side, size_t a, size_t b)
{
    const command_lines *lines = context;
    if (side != ' ')
        add_line(lines->d, side, side == '-' ? lines->a[a] : lines->b[b]);
}

static void compare_commands(diff *d)
{
    command_lines lines = {.d = d, .a = texts_of_commands(d->a), .b = texts_of_commands(d->b)};
    tool_sequence_compare((const char *const *)lines.a, d->a->command_count,
                          (const char *const *)lines.b, d->b->command_count, take_command, &lines);
    free_texts(lines.a);
    free_texts(lines.b);
    end_section(d, "Commands", true);
}

/* ---- Stages ---- */

static const tool_digest_stage *stage_of(const tool_record *record, const char *name)
{
    for (size_t i = 0; i < record->digest.stage_count; i++) {
        if (strcmp(record->digest.stages[i].name, name) == 0)
            return &record->digest.stages[i];
    }
    return NULL;
}

/* How a stage ended, and in which attempt; the caller frees it.  NULL: it did not run. */
static char *text_of_stage(const tool_digest_stage *stage)
{
    sh_text text = {0};
    if (stage == NULL)
        return NULL;
    sh_text_addf(&text, "%s", *stage->outcome == '\0' ? "did not end" : stage->outcome);
    if (stage->attempts > 1)
        sh_text_addf(&text, " (attempt %" PRId64 ")", stage->attempts);
    return text.bytes;
}

static void compare_stage(diff *d, const char *name)
{
    char *a = text_of_stage(stage_of(d->a, name));
    char *b = text_of_stage(stage_of(d->b, name));
    add_fact(d, name, a, b);
    free(a);
    free(b);
}

static void compare_outcomes(diff *d)
{
    const tool_digest *a = &d->a->digest;
    const tool_digest *b = &d->b->digest;
    char statuses[2][TOOL_MOMENT_SIZE];
    for (size_t i = 0; i < a->stage_count; i++)
        compare_stage(d, a->stages[i].name);
    for (size_t i = 0; i < b->stage_count; i++) {
        if (stage_of(d->a, b->stages[i].name) == NULL)
            compare_stage(d, b->stages[i].name);
    }
    add_fact(d, "the run", tool_run_outcome_name(a->outcome), tool_run_outcome_name(b->outcome));
    (void)snprintf(statuses[0], sizeof statuses[0], "%" PRId64, a->exit_status);
    (void)snprintf(statuses[1], sizeof statuses[1], "%" PRId64, b->exit_status);
    add_fact(d, "exit status", a->has_ended ? statuses[0] : NULL,
             b->has_ended ? statuses[1] : NULL);
    end_section(d, "Outcomes", true);
}

/* How long things took is never the same, and no difference by itself. */
static void show_duration(diff *d, const char *name, int64_t a_ns, int64_t b_ns)
{
    char a[TOOL_MOMENT_SIZE];
    char b[TOOL_MOMENT_SIZE];
    sh_text line = {0};
    const bool is_notable =
        (a_ns > 2 * b_ns || b_ns > 2 * a_ns) && (a_ns > TOOL_SECOND_NS || b_ns > TOOL_SECOND_NS);
    if (is_notable) {
        sh_text_addf(&line, "%s: %s, then %s", name, tool_duration_text(a_ns, a),
                     tool_duration_text(b_ns, b));
        add_line(d, '+', sh_text_of(&line));
    }
    sh_text_free(&line);
}

static void compare_durations(diff *d)
{
    for (size_t i = 0; i < d->a->digest.stage_count; i++) {
        const tool_digest_stage *a = &d->a->digest.stages[i];
        const tool_digest_stage *b = stage_of(d->b, a->name);
        if (b != NULL)
            show_duration(d, a->name, a->duration_ns, b->duration_ns);
    }
    show_duration(d, "the run", d->a->digest.duration_ns, d->b->digest.duration_ns);
    end_section(d, "More than twice or less than half as long", false);
}

static int compare(const tool_record *a, const tool_record *b)
{
    diff d = {.a = a, .b = b, .console = tool_page_console()};
    d.has_hashes = has_one_salt(&d);
    compare_facts(&d);
    compare_environments(&d);
    compare_commands(&d);
    compare_outcomes(&d);
    compare_durations(&d);
    const int exit_status = tool_page_end(d.console, d.status);
    if (exit_status != TOOL_OK)
        return exit_status;
    return d.differ ? DIFFERENT : SAME;
}

static int run(staged_parser *parser, staged_namespace *arguments)
{
    (void)parser;
    tool_record a;
    tool_record b = {.lines = {.fd = -1}};
    int exit_status = TOOL_BAD_USAGE;
    if (tool_record_read(&a, tool_run_find(staged_namespace_text(arguments, "a"))) &&
        tool_record_read(&b, tool_run_find(staged_namespace_text(arguments, "b"))))
        exit_status = compare(&a, &b);
    tool_record_free(&a);
    tool_record_free(&b);
    return exit_status;
}

const tool_verb tool_verb_diff = {
    .name = "diff",
    .help = "show in what two runs differ",
    .parser = {.description = "Shows in what two runs differ: the script and where it ran, its "
                              "arguments, its environment, its commands, how stages ended, and "
                              "what took much longer or shorter, which is no difference by itself.",
               .usage = "%(prog)s A B",
               .epilog =
                   "The exit status is 0 if they are the same, 1 if they differ, and 2 if one "
                   "of them cannot be read."},
    .add_arguments = add_arguments,
    .run = run,
};
