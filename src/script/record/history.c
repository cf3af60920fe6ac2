/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/record/history.h"

#include <stdlib.h>
#include <string.h>

#include <staged/secrets.h>

#include "base/memory/grow.h"
#include "base/text/quote.h"

static const char *copy_text(stg_history *history, const char *text)
{
    if (text == NULL)
        return NULL;
    const char *copy = stg_arena_text(&history->memory, text);
    if (copy == NULL)
        history->failed = true;
    return copy;
}

/* Copies a text with secrets masked; NULL stays NULL. */
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

/* Copies a list of such texts terminated by NULL; NULL stays NULL. */
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
        .start_ns = event->wall_ns,
        .where = event->where,
        .place = copy_text(history, event->place),
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
    /* It is near the end, and nearly always the last. */
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
    record->duration_ns = event->duration_ns;
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
    return (staged_observer){.size = sizeof(staged_observer), .notify = notify, .context = history};
}

void stg_history_free(stg_history *history)
{
    free(history->records);
    free(history->numbers);
    free(history->texts);
    stg_arena_free(&history->memory);
    *history = (stg_history){0};
}

char *stg_text_of_change(const char *directory)
{
    stg_buf text = {0};
    stg_buf_add_text(&text, "cd ");
    /* Keeps `cd` from taking it for an option. */
    if (directory[0] == '-')
        stg_buf_add_text(&text, "./");
    stg_quote_word(&text, directory, strlen(directory));
    stg_buf_add_text(&text, " || exit; ");
    return stg_buf_take(&text);
}
