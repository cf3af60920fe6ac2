/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/history.h"

#include <stdlib.h>
#include <string.h>

#include <staged/secrets.h>

#include "base/grow.h"

static const char *copy_text(stg_history *history, const char *text)
{
    if (text == NULL)
        return NULL;
    const char *copy = stg_arena_text(&history->memory, text);
    if (copy == NULL)
        history->failed = true;
    return copy;
}

/* A copy of a text, its secrets masked; NULL stays NULL. */
static const char *copy_masked(stg_history *history, const staged_secrets *secrets,
                               const char *text)
{
    if (text == NULL || secrets == NULL)
        return copy_text(history, text);
    char *masked = staged_secrets_mask(secrets, text, strlen(text), NULL);
    const char *copy = copy_text(history, masked);
    if (copy == NULL)
        history->failed = true;
    free(masked);
    return copy;
}

/* A copy of a list of such texts ended by NULL; NULL stays NULL. */
static const char *const *copy_list(stg_history *history, const staged_secrets *secrets,
                                    const char *const *list)
{
    if (list == NULL || list[0] == NULL)
        return NULL;
    size_t count = 0;
    while (list[count] != NULL)
        count++;
    const char **copy = stg_arena_alloc(&history->memory, (count + 1) * sizeof *copy);
    for (size_t i = 0; i < count && copy != NULL; i++) {
        copy[i] = copy_masked(history, secrets, list[i]);
    }
    if (copy == NULL)
        history->failed = true;
    return copy;
}

static bool make_room(stg_history *history)
{
    const size_t count = history->count + 1;
    return stg_grow(&history->records, &history->record_capacity, count,
                    sizeof history->records[0]) &&
           stg_grow(&history->numbers, &history->number_capacity, count,
                    sizeof history->numbers[0]) &&
           stg_grow(&history->texts, &history->text_capacity, count + 1, sizeof history->texts[0]);
}

static void begin(stg_history *history, const staged_event *event)
{
    const staged_process_options *options = event->options;
    const staged_command_record record = {
        .command = copy_text(history, event->command),
        .stage = copy_text(history, event->stage),
        .attempt = event->attempt,
        .directory =
            options == NULL ? NULL : copy_masked(history, options->secrets, options->directory),
        .environment =
            options == NULL ? NULL : copy_list(history, options->secrets, options->environment),
        .without = options == NULL ? NULL : copy_list(history, options->secrets, options->without),
        .failure = "",
        .ended = options == NULL,
        .start_us = event->wall_us,
        .where = event->where,
    };
    if (record.command == NULL || record.stage == NULL || !make_room(history)) {
        history->failed = true;
        return;
    }
    history->records[history->count] = record;
    history->numbers[history->count] = event->number;
    history->texts[history->count++] = record.command;
    history->texts[history->count] = NULL;
}

static void end(stg_history *history, const staged_event *event)
{
    /* It is among the last ones, and nearly always the last. */
    size_t i = history->count;
    while (i > 0 && history->numbers[i - 1] != event->number)
        i--;
    if (i == 0)
        return;
    staged_command_record *record = &history->records[i - 1];
    record->ended = true;
    record->exit_code = event->process->exit_code;
    record->signal = event->process->signal;
    record->timed_out = event->process->timed_out;
    record->duration_us = event->duration_us;
    const char *failure = copy_text(history, event->message);
    if (failure != NULL)
        record->failure = failure;
}

static void notify(void *context, const staged_event *event)
{
    if (event->kind == STAGED_EVENT_COMMAND_BEGIN && !event->unlisted)
        begin(context, event);
    else if (event->kind == STAGED_EVENT_COMMAND_END)
        end(context, event);
}

staged_observer stg_history_observer(stg_history *history)
{
    return (staged_observer){.notify = notify, .context = history};
}

void stg_history_free(stg_history *history)
{
    free(history->records);
    free(history->numbers);
    free(history->texts);
    stg_arena_free(&history->memory);
    *history = (stg_history){0};
}

/* Where it ran, if not where the script does, and what went wrong with it. */
static void add_comment(const staged_command_record *record, stg_buf *text)
{
    const bool has_failed = *record->failure != '\0';
    if (record->directory != NULL)
        stg_buf_addf(text, "  # in %s%s", record->directory, has_failed ? ": " : "");
    else if (has_failed)
        stg_buf_add_text(text, "  # ");
    stg_buf_add_text(text, record->failure);
}

void stg_history_add_list(const stg_history *history, stg_buf *text)
{
    for (size_t i = 0; i < history->count; i++) {
        const staged_command_record *record = &history->records[i];
        stg_buf_addf(text, "%s%s", i == 0 ? "" : "\n", record->command);
        add_comment(record, text);
    }
    if (history->failed)
        stg_buf_addf(text, "%s# Some are missing: there was no memory.",
                     history->count == 0 ? "" : "\n");
}
