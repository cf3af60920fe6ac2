/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What tasks have written, read. */
#include "script/each/task.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/system/file.h"

enum { PIECE = 65536 };

static const char *const output_ends[] = {".out", ".err"};

static int open_one(const char *folder, size_t number, const char *end)
{
    stg_buf path = {0};
    stg_buf_addf(&path, "%s/%zu%s", folder, number, end);
    const int file = stg_buf_status(&path) == STAGED_OK ? stg_file_open(path.data, O_RDONLY) : -1;
    stg_buf_free(&path);
    return file;
}

static void close_one(int file)
{
    if (file >= 0)
        (void)close(file);
}

static ssize_t read_at(int file, char *bytes, size_t most, uint64_t from)
{
    ssize_t length;
    do {
        length = pread(file, bytes, most, (off_t)from);
    } while (length < 0 && errno == EINTR);
    return length;
}

static uint64_t length_of(int file)
{
    struct stat facts;
    return file >= 0 && fstat(file, &facts) == 0 ? (uint64_t)facts.st_size : 0;
}

static const char *find_bytes(const char *bytes, size_t length, const char *wanted, size_t size)
{
    while (length >= size) {
        const char *found = memchr(bytes, *wanted, length - size + 1);
        if (found == NULL || memcmp(found, wanted, size) == 0)
            return found;
        length -= (size_t)(found + 1 - bytes);
        bytes = found + 1;
    }
    return NULL;
}

/* Finds the mark, with the end of its line, at or after `from`.  Returns false if it is not there.
 */
static bool find_mark(int file, const char *mark, uint64_t from, uint64_t *found)
{
    const size_t size = strlen(mark) + 1;
    char line[STG_MARK_SIZE + 1];
    char *bytes = malloc(PIECE);
    (void)memcpy(line, mark, size - 1);
    line[size - 1] = '\n';
    bool is_found = false;
    for (ssize_t length; bytes != NULL && !is_found;) {
        length = read_at(file, bytes, PIECE, from);
        if (length < (ssize_t)size)
            break;
        const char *at = find_bytes(bytes, (size_t)length, line, size);
        is_found = at != NULL;
        *found = from + (uint64_t)(is_found ? at - bytes : 0);
        from += (uint64_t)length - (size - 1);
    }
    free(bytes);
    return is_found;
}

/* Finds where the outputs of the next item end. */
static bool find_outputs(const int *files, stg_task *task, const stg_task_manner *manner,
                         stg_task_result *result)
{
    uint64_t found[2] = {0};
    for (int i = 0; i < (manner->joins ? 1 : 2); i++) {
        if (!find_mark(files[i], manner->mark, task->output_at[i], &found[i]))
            return false;
    }
    for (int i = 0; i < (manner->joins ? 1 : 2); i++) {
        result->from[i] = task->output_at[i];
        result->length[i] = found[i] - task->output_at[i];
        task->output_at[i] = found[i] + strlen(manner->mark) + 1;
    }
    return true;
}

/* What another process may be writing is not trusted further than that. */
static bool read_result(const char *line, size_t most, stg_task_result *result)
{
    char *end;
    const unsigned long long number = strtoull(line, &end, 10);
    const long code = strtol(end, &end, 10);
    /* With a point in every locale. */
    double seconds[2] = {0};
    for (int i = 0; i < 2; i++) {
        seconds[i] = (double)strtoll(end, &end, 10);
        double digit = 1;
        if (*end == '.') {
            for (end++; *end >= '0' && *end <= '9'; end++)
                seconds[i] += (double)(*end - '0') * (digit /= 10);
        }
    }
    *result = (stg_task_result){.number = (size_t)number,
                                .code = (int)code,
                                .began_s = seconds[0],
                                .ended_s = seconds[1],
                                .is_signal = strtol(end, &end, 10) == 1};
    return *end == '\n' && number <= most && code >= 0 && code <= 255;
}

void stg_task_read(const char *folder, stg_task *task, const stg_task_manner *manner,
                   void (*take)(void *context, stg_task *task, const stg_task_result *result),
                   void *context)
{
    const int file = open_one(folder, task->number, ".results");
    char *bytes = NULL;
    if (length_of(file) > task->results_at)
        bytes = malloc(PIECE + 1);
    const ssize_t length = bytes == NULL ? 0 : read_at(file, bytes, PIECE, task->results_at);
    int outputs[2] = {-1, -1};
    for (int i = 0; i < (manner->joins ? 1 : 2) && length > 0; i++)
        outputs[i] = open_one(folder, task->number, output_ends[i]);
    if (length > 0)
        bytes[length] = '\0';
    for (const char *line = bytes; length > 0 && line < bytes + length;) {
        const char *end = strchr(line, '\n');
        stg_task_result result;
        if (end == NULL)
            break;
        if (read_result(line, task->count, &result)) {
            if (result.number > 0 && !find_outputs(outputs, task, manner, &result))
                break;
            take(context, task, &result);
        }
        task->results_at += (uint64_t)(end + 1 - line);
        line = end + 1;
    }
    close_one(outputs[0]);
    close_one(outputs[1]);
    close_one(file);
    free(bytes);
}

/* ---- Of another run ---- */

static bool read_all(const char *folder, size_t number, const char *end, stg_buf *out)
{
    stg_buf path = {0};
    stg_buf_addf(&path, "%s/%zu%s", folder, number, end);
    const bool is_read =
        stg_buf_status(&path) == STAGED_OK && stg_file_read(path.data, SIZE_MAX, out) == 0;
    stg_buf_free(&path);
    return is_read;
}

/* The item of that number, from 1. */
static const char *item_at(const stg_buf *items, size_t number)
{
    const char *at = items->data, *end = items->data + items->length;
    while (at < end && --number > 0)
        at += strlen(at) + 1;
    return at < end ? at : NULL;
}

bool stg_task_read_ended(const char *folder, size_t number,
                         void (*take)(void *context, const char *item, int code), void *context)
{
    stg_buf items = {0}, results = {0};
    const bool is_read = read_all(folder, number, ".items", &items) &&
                         read_all(folder, number, ".results", &results);
    for (const char *line = stg_buf_text(&results); is_read && *line != '\0';) {
        const char *end = strchr(line, '\n');
        stg_task_result result;
        if (end == NULL)
            break;
        const char *item = NULL;
        if (items.length > 0 && read_result(line, SIZE_MAX, &result) && result.number > 0)
            item = item_at(&items, result.number);
        if (item != NULL)
            take(context, item, result.code);
        line = end + 1;
    }
    stg_buf_free(&items);
    stg_buf_free(&results);
    return is_read;
}

/* ---- Outputs ---- */

int stg_task_copy(const char *folder, size_t number, int which, uint64_t from, uint64_t length,
                  int to)
{
    const int file = open_one(folder, number, output_ends[which]);
    int error = file < 0 ? errno : 0;
    char *bytes = malloc(PIECE);
    if (bytes == NULL && error == 0)
        error = ENOMEM;
    while (error == 0 && length > 0) {
        const ssize_t got = read_at(file, bytes, length < PIECE ? (size_t)length : PIECE, from);
        if (got > 0)
            error = stg_file_write(to, bytes, (size_t)got);
        else
            error = got < 0 ? errno : EIO; /* it was longer */
        from += got > 0 ? (uint64_t)got : 0;
        length -= got > 0 ? (uint64_t)got : 0;
    }
    free(bytes);
    close_one(file);
    return error;
}

uint64_t stg_task_rest_of_output(const char *folder, size_t number, int which, uint64_t from,
                                 const char *mark)
{
    const int file = open_one(folder, number, output_ends[which]);
    const uint64_t length = length_of(file);
    uint64_t end = length;
    if (file >= 0 && !find_mark(file, mark, from, &end))
        end = length;
    close_one(file);
    return end > from ? end - from : 0;
}

bool stg_task_has_given_up(const char *folder, size_t number)
{
    const int file = open_one(folder, number, "");
    const bool has_given_up = file < 0 && errno == ENOENT;
    close_one(file);
    return has_given_up;
}

bool stg_task_has_begun(const char *folder, size_t number)
{
    const int file = open_one(folder, number, ".says");
    close_one(file);
    return file >= 0;
}

void stg_task_remove(const char *folder, size_t number)
{
    static const char *const ends[] = {"", ".items", ".results", ".out", ".err", ".says"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        stg_buf path = {0};
        stg_buf_addf(&path, "%s/%zu%s", folder, number, ends[i]);
        if (stg_buf_status(&path) == STAGED_OK)
            (void)unlink(path.data);
        stg_buf_free(&path);
    }
}
