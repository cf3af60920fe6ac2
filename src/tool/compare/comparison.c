/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/compare/comparison.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/words.h>

#include "tool/compare/items.h"
#include "tool/record/json.h"
#include "tool/record/moment.h"

/* Variables that a shell maintains itself differ from call to call, which means nothing. */
static const char *const passing[] = {"_", "SHLVL", "PWD", "OLDPWD", "WINDOWID", "SSH_TTY"};

static char *copy_or_null(const char *text)
{
    return text == NULL ? NULL : sh_copy(text);
}

/* Adds a fact if it differs between the runs; NULL: a run does not have it. */
static void add_fact(tool_differences *all, const char *name, const char *a, const char *b)
{
    if (a == b || (a != NULL && b != NULL && strcmp(a, b) == 0))
        return;
    all->items = sh_grown(all->items, all->count, sizeof *all->items);
    all->items[all->count++] =
        (tool_difference){.name = sh_copy(name), .texts = {copy_or_null(a), copy_or_null(b)}};
}

/* ---- What ran, and where ---- */

static void compare_facts(tool_comparison *c)
{
    static const char *const names[] = {"script",    "path", "hash", "staged",
                                        "directory", "host", "user", "umask"};
    const json_t *a = c->records[0]->run;
    const json_t *b = c->records[1]->run;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        add_fact(&c->ran, names[i], tool_json_text(a, names[i], NULL),
                 tool_json_text(b, names[i], NULL));
    add_fact(&c->ran, "commit", tool_json_text(json_object_get(a, "git"), "commit", NULL),
             tool_json_text(json_object_get(b, "git"), "commit", NULL));
    add_fact(&c->arguments, "arguments", c->records[0]->digest.arguments,
             c->records[1]->digest.arguments);
}

/* ---- Environment ---- */

static bool is_passing(const char *name)
{
    for (size_t i = 0; i < sizeof passing / sizeof passing[0]; i++) {
        if (strcmp(passing[i], name) == 0)
            return true;
    }
    return false;
}

/* The value of a variable, or a text that says there is one; NULL: it was not set.
 *   hash  receives the hash of an unrecorded value; NULL: the value is recorded */
static const char *variable(const tool_record *record, const char *name, const char **hash)
{
    *hash = tool_json_text(json_object_get(record->run, "environment_hashes"), name, NULL);
    const char *value = tool_json_text(json_object_get(record->run, "environment"), name, NULL);
    if (value != NULL)
        *hash = NULL;
    return value != NULL ? value : *hash != NULL ? "(set; its value is not in the record)" : NULL;
}

static void compare_variable(tool_comparison *c, const char *name)
{
    const char *a_hash;
    const char *b_hash;
    const char *a = variable(c->records[0], name, &a_hash);
    const char *b = variable(c->records[1], name, &b_hash);
    if (is_passing(name))
        return;
    if (a_hash == NULL || b_hash == NULL)
        add_fact(&c->environment, name, a, b);
    else if (c->has_hashes && strcmp(a_hash, b_hash) != 0)
        add_fact(&c->environment, name, "(one value, which is not in the record)", "(another one)");
}

static int compare_names(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

/* Adds the names in a member of a run's first line. */
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

/* The folder that holds a run's record among all others, which the caller frees; NULL: it is
 * gone. */
static char *folder_of(const tool_record *record)
{
    sh_text path = {0};
    sh_text_addf(&path, "%s/../..", record->folder);
    char *folder = realpath(sh_text_of(&path), NULL);
    sh_text_free(&path);
    return folder;
}

/* Each folder of records has its own salt. */
static bool has_one_salt(const tool_comparison *c)
{
    char *a = folder_of(c->records[0]);
    char *b = folder_of(c->records[1]);
    const bool is_one = a != NULL && b != NULL && strcmp(a, b) == 0;
    free(a);
    free(b);
    return is_one;
}

static void compare_environments(tool_comparison *c)
{
    static const char *const members[] = {"environment", "environment_hashes"};
    size_t most = 1;
    size_t count = 0;
    for (size_t i = 0; i < 2; i++)
        most += json_object_size(json_object_get(c->records[0]->run, members[i])) +
                json_object_size(json_object_get(c->records[1]->run, members[i]));
    const char **names = sh_alloc(most * sizeof *names);
    for (size_t i = 0; i < 2; i++) {
        count = add_names(c->records[0], members[i], names, count);
        count = add_names(c->records[1], members[i], names, count);
    }
    if (count > 0)
        qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(names[i], names[i - 1]) != 0)
            compare_variable(c, names[i]);
    }
    free(names);
}

/* ---- Commands ---- */

/* What identifies a command: its words, and its directory. */
static char *words_of(const tool_command *command)
{
    const json_t *begin = command->begin;
    const json_t *words = json_object_get(begin, "words");
    const char *directory = tool_json_text(begin, "directory", NULL);
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
    return text.bytes == NULL ? sh_copy("") : text.bytes;
}

/* The same, with how it ended. */
static char *line_of(const tool_command *command, const char *words)
{
    char *result = tool_command_result(command);
    sh_text text = {0};
    sh_text_addf(&text, "%s", words);
    if (command->end == NULL && tool_json_bool(command->begin, "runs", true))
        sh_text_addf(&text, "  # did not end");
    else if (*result != '\0')
        sh_text_addf(&text, "  # %s", result);
    free(result);
    return text.bytes;
}

static void take_command(void *context, char side, size_t a, size_t b)
{
    tool_pairs *all = context;
    all->items = sh_grown(all->items, all->count, sizeof *all->items);
    all->items[all->count++] = (tool_pair){.side = side, .places = {a, b}};
}

static void compare_commands(tool_comparison *c)
{
    for (size_t side = 0; side < 2; side++) {
        const tool_record *record = c->records[side];
        c->words[side] = sh_alloc((record->command_count + 1) * sizeof *c->words[side]);
        c->lines[side] = sh_alloc((record->command_count + 1) * sizeof *c->lines[side]);
        for (size_t i = 0; i < record->command_count; i++) {
            c->words[side][i] = words_of(&record->commands[i]);
            c->lines[side][i] = line_of(&record->commands[i], c->words[side][i]);
        }
    }
    tool_sequence_compare((const char *const *)c->lines[0], c->records[0]->command_count,
                          (const char *const *)c->lines[1], c->records[1]->command_count,
                          take_command, &c->commands);
}

bool tool_pair_differs(const tool_pair *pair)
{
    return pair->side != ' ';
}

/* Consecutive commands of which none is in both runs, and the function to call for them. */
typedef struct hunk {
    size_t begins[2], counts[2];
    tool_sequence_function *take;
    void *context;
} hunk;

static void take_of_hunk(void *context, char side, size_t a, size_t b)
{
    const hunk *h = context;
    h->take(h->context, side == ' ' ? '~' : side, h->begins[0] + a, h->begins[1] + b);
}

static void end_hunk(const tool_comparison *c, hunk *h)
{
    tool_sequence_compare((const char *const *)c->words[0] + h->begins[0], h->counts[0],
                          (const char *const *)c->words[1] + h->begins[1], h->counts[1],
                          take_of_hunk, h);
    for (size_t side = 0; side < 2; side++) {
        h->begins[side] += h->counts[side];
        h->counts[side] = 0;
    }
}

void tool_comparison_match(const tool_comparison *comparison, tool_sequence_function *take,
                           void *context)
{
    hunk h = {.take = take, .context = context};
    for (size_t i = 0; i < comparison->commands.count; i++) {
        const tool_pair *pair = &comparison->commands.items[i];
        h.counts[0] += pair->side == '-';
        h.counts[1] += pair->side == '+';
        if (pair->side != ' ')
            continue;
        end_hunk(comparison, &h);
        take(context, ' ', pair->places[0], pair->places[1]);
        h.begins[0]++;
        h.begins[1]++;
    }
    end_hunk(comparison, &h);
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

/* How a stage ended, and on which attempt; the caller frees it.  NULL: it did not run. */
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

static void compare_stage(tool_comparison *c, const char *name)
{
    char *a = text_of_stage(stage_of(c->records[0], name));
    char *b = text_of_stage(stage_of(c->records[1], name));
    add_fact(&c->outcomes, name, a, b);
    free(a);
    free(b);
}

static void compare_outcomes(tool_comparison *c)
{
    const tool_digest *a = &c->records[0]->digest;
    const tool_digest *b = &c->records[1]->digest;
    char statuses[2][TOOL_MOMENT_SIZE];
    for (size_t i = 0; i < a->stage_count; i++)
        compare_stage(c, a->stages[i].name);
    for (size_t i = 0; i < b->stage_count; i++) {
        if (stage_of(c->records[0], b->stages[i].name) == NULL)
            compare_stage(c, b->stages[i].name);
    }
    add_fact(&c->outcomes, "the run", tool_run_outcome_name(a->outcome),
             tool_run_outcome_name(b->outcome));
    (void)snprintf(statuses[0], sizeof statuses[0], "%" PRId64, a->exit_status);
    (void)snprintf(statuses[1], sizeof statuses[1], "%" PRId64, b->exit_status);
    add_fact(&c->outcomes, "exit status", a->has_ended ? statuses[0] : NULL,
             b->has_ended ? statuses[1] : NULL);
}

static void add_durations(tool_comparison *c, const char *name, int64_t a_ns, int64_t b_ns)
{
    const bool is_notable =
        (a_ns > 2 * b_ns || b_ns > 2 * a_ns) && (a_ns > TOOL_SECOND_NS || b_ns > TOOL_SECOND_NS);
    c->durations = sh_grown(c->durations, c->duration_count, sizeof *c->durations);
    c->durations[c->duration_count++] =
        (tool_durations){.name = name, .durations_ns = {a_ns, b_ns}, .is_notable = is_notable};
}

static void compare_durations(tool_comparison *c)
{
    const tool_digest *a = &c->records[0]->digest;
    const tool_digest *b = &c->records[1]->digest;
    for (size_t i = 0; i < a->stage_count; i++) {
        const tool_digest_stage *other = stage_of(c->records[1], a->stages[i].name);
        if (other != NULL)
            add_durations(c, a->stages[i].name, a->stages[i].duration_ns, other->duration_ns);
    }
    add_durations(c, "the run", a->duration_ns, b->duration_ns);
}

/* ---- Items ---- */

static void take_item(void *context, const char *name, const char *const texts[2])
{
    add_fact(context, name, texts[0], texts[1]);
}

/* ---- All of it ---- */

void tool_comparison_make(tool_comparison *comparison, const tool_record *a, const tool_record *b)
{
    *comparison = (tool_comparison){.records = {a, b}};
    comparison->has_hashes = has_one_salt(comparison);
    compare_facts(comparison);
    compare_environments(comparison);
    compare_commands(comparison);
    compare_outcomes(comparison);
    compare_durations(comparison);
    tool_items_compare(a, b, take_item, &comparison->items);
    comparison->differ = comparison->ran.count > 0 || comparison->arguments.count > 0 ||
                         comparison->environment.count > 0 || comparison->outcomes.count > 0 ||
                         comparison->items.count > 0;
    for (size_t i = 0; i < comparison->commands.count; i++)
        comparison->differ =
            comparison->differ || tool_pair_differs(&comparison->commands.items[i]);
}

static void free_differences(tool_differences *all)
{
    for (size_t i = 0; i < all->count; i++) {
        free(all->items[i].name);
        free(all->items[i].texts[0]);
        free(all->items[i].texts[1]);
    }
    free(all->items);
}

static void free_texts(char **texts)
{
    for (size_t i = 0; texts[i] != NULL; i++)
        free(texts[i]);
    free(texts);
}

void tool_comparison_free(tool_comparison *comparison)
{
    free_differences(&comparison->ran);
    free_differences(&comparison->arguments);
    free_differences(&comparison->environment);
    free_differences(&comparison->outcomes);
    free_differences(&comparison->items);
    for (size_t side = 0; side < 2; side++) {
        free_texts(comparison->lines[side]);
        free_texts(comparison->words[side]);
    }
    free(comparison->commands.items);
    free(comparison->durations);
    *comparison = (tool_comparison){0};
}
