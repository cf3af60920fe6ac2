/* SPDX-License-Identifier: BSD-3-Clause */
#include "record/writing/record.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/system/duration.h"
#include "base/system/file.h"
#include "record/format/json.h"
#include "record/writing/folder.h"

/* ---- Its files ---- */

static bool open_events(stg_record *record, stg_error *error)
{
    stg_buf path = {0};
    stg_buf_addf(&path, "%s/events.jsonl", record->directory);
    if (stg_buf_status(&path) == STAGED_OK)
        record->events = stg_file_open(path.data, O_WRONLY | O_CREAT | O_EXCL | O_APPEND);
    if (record->events < 0)
        stg_error_set(error, STAGED_IO, "cannot create '%s': %s", stg_buf_text(&path),
                      strerror(errno));
    else
        record->is_locked = flock(record->events, LOCK_EX | LOCK_NB) == 0;
    stg_buf_free(&path);
    return record->events >= 0;
}

stg_record *stg_record_new(const char *root, const char *stem, int64_t wall_ns, stg_error *error)
{
    stg_record *record = calloc(1, sizeof *record);
    if (record == NULL) {
        stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
        return NULL;
    }
    record->events = -1;
    if (!stg_folder_make(record, root, stem, wall_ns, error)) {
        stg_record_free(record);
        return NULL;
    }
    if (!open_events(record, error)) {
        (void)rmdir(record->directory);
        stg_record_free(record);
        return NULL;
    }
    stg_folder_link(record);
    return record;
}

void stg_record_free(stg_record *record)
{
    if (record == NULL)
        return;
    if (record->events >= 0)
        (void)close(record->events);
    free(record->root);
    free(record->directory);
    stg_buf_free(&record->line);
    stg_error_free(&record->problem);
    free(record);
}

const char *stg_record_directory(const stg_record *record)
{
    return record->directory;
}

void stg_record_set_secrets(stg_record *record, const staged_secrets *secrets)
{
    record->secrets = secrets;
}

const char *stg_record_problem(const stg_record *record)
{
    return record->problem.status == STAGED_OK ? NULL : stg_error_text(&record->problem);
}

void stg_record_give_up(stg_record *record, const char *what, int error)
{
    if (record->problem.status == STAGED_OK)
        stg_error_set(&record->problem, STAGED_IO, "%s '%s': %s", what, record->directory,
                      strerror(error));
}

/* ---- Lines ---- */

void stg_record_begin(stg_record *record, const char *event, int64_t wall_ns, int64_t elapsed_ns)
{
    stg_buf_clear(&record->line);
    stg_buf_add_char(&record->line, '{');
    stg_record_text(record, "event", event);
    stg_record_number(record, "wall_ns", wall_ns);
    stg_record_number(record, "elapsed_ns", elapsed_ns);
}

/* A file that was removed takes all that is written to it, and nobody ever reads it. */
static bool is_removed(int descriptor)
{
    struct stat facts;
    return fstat(descriptor, &facts) == 0 && facts.st_nlink == 0;
}

void stg_record_end(stg_record *record)
{
    stg_buf *line = &record->line;
    stg_buf_add_text(line, "}\n");
    if (record->problem.status != STAGED_OK)
        return;
    int error = stg_buf_status(line) == STAGED_OK ? 0 : ENOMEM;
    if (error == 0)
        error = stg_file_write(record->events, line->data, line->length);
    if (error == 0 && is_removed(record->events))
        error = ENOENT;
    if (error != 0)
        stg_record_give_up(record, "cannot write to", error);
}

void stg_record_text(stg_record *record, const char *name, const char *text)
{
    stg_json_add_name(&record->line, name);
    if (text == NULL) {
        stg_buf_add_text(&record->line, "null");
        return;
    }
    size_t length = strlen(text);
    char *masked = NULL;
    if (record->secrets != NULL && length > 0) {
        masked = staged_secrets_mask(record->secrets, text, length, &length);
        if (masked == NULL) {
            text = STAGED_SECRET_MASK;
            length = strlen(text);
        }
    }
    stg_json_add_text(&record->line, masked == NULL ? text : masked, length);
    free(masked);
}

void stg_record_texts(stg_record *record, const char *name, const char *const *texts)
{
    if (texts == NULL) {
        stg_record_text(record, name, NULL);
        return;
    }
    stg_record_open_list(record, name);
    for (; *texts != NULL; texts++)
        stg_record_text(record, NULL, *texts);
    stg_record_close_list(record);
}

void stg_record_number(stg_record *record, const char *name, int64_t number)
{
    stg_json_add_name(&record->line, name);
    stg_buf_addf(&record->line, "%lld", (long long)number);
}

void stg_record_seconds(stg_record *record, const char *name, double seconds)
{
    char text[STG_SECONDS_TEXT_SIZE];
    if (!(seconds > 0)) {
        stg_record_text(record, name, NULL);
        return;
    }
    stg_json_add_name(&record->line, name);
    stg_buf_add_text(&record->line, stg_seconds_text(stg_seconds_ns(seconds), text));
}

void stg_record_bool(stg_record *record, const char *name, bool value)
{
    stg_json_add_name(&record->line, name);
    stg_buf_add_text(&record->line, value ? "true" : "false");
}

void stg_record_open_object(stg_record *record, const char *name)
{
    stg_json_add_name(&record->line, name);
    stg_buf_add_char(&record->line, '{');
}

void stg_record_close_object(stg_record *record)
{
    stg_buf_add_char(&record->line, '}');
}

void stg_record_open_list(stg_record *record, const char *name)
{
    stg_json_add_name(&record->line, name);
    stg_buf_add_char(&record->line, '[');
}

void stg_record_close_list(stg_record *record)
{
    stg_buf_add_char(&record->line, ']');
}
