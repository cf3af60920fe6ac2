/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/memory/grow.h"
#include "base/system/file.h"
#include "record/framework.h"
#include "record/writing/record.h"

/* How many of a stage are kept, and how many say what is usual. */
enum { MOST = 20, FEWEST = 5 };
/* What a file may have, and how long another run may hold it: this one does not wait for ever. */
enum { MOST_BYTES = 1 << 18, MOST_WAITS = 50, WAIT_NS = 2000000 };

/* The latest durations of a stage, the latest last. */
typedef struct stage_durations {
    char *name;
    int64_t items[MOST];
    size_t count;
} stage_durations;

struct stg_durations {
    stage_durations *stages;
    size_t count;
    size_t capacity;
};

static stage_durations *find(const stg_durations *durations, const char *stage)
{
    for (size_t i = 0; i < durations->count; i++) {
        if (strcmp(durations->stages[i].name, stage) == 0)
            return &durations->stages[i];
    }
    return NULL;
}

void stg_durations_add(stg_durations *durations, const char *stage, int64_t duration_ns)
{
    stage_durations *of_stage = find(durations, stage);
    /* A name that would break the lines is left out. */
    if (duration_ns < 0 || strpbrk(stage, "\t\n") != NULL)
        return;
    if (of_stage == NULL) {
        char *name = strdup(stage);
        if (name == NULL || !stg_grow(&durations->stages, &durations->capacity,
                                      durations->count + 1, sizeof durations->stages[0])) {
            free(name);
            return;
        }
        of_stage = &durations->stages[durations->count++];
        *of_stage = (stage_durations){.name = name};
    }
    if (of_stage->count == MOST)
        memmove(of_stage->items, of_stage->items + 1, --of_stage->count * sizeof(int64_t));
    of_stage->items[of_stage->count++] = duration_ns;
}

static int compare(const void *a, const void *b)
{
    const int64_t left = *(const int64_t *)a;
    const int64_t right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

size_t stg_durations_usual(const stg_durations *durations, const char *stage, int64_t *usual_ns)
{
    const stage_durations *of_stage = find(durations, stage);
    if (of_stage == NULL || of_stage->count < FEWEST)
        return 0;
    stage_durations sorted = *of_stage;
    qsort(sorted.items, sorted.count, sizeof sorted.items[0], compare);
    *usual_ns = sorted.items[(sorted.count - 1) / 2];
    return sorted.count;
}

void stg_durations_free(stg_durations *durations)
{
    if (durations == NULL)
        return;
    for (size_t i = 0; i < durations->count; i++)
        free(durations->stages[i].name);
    free(durations->stages);
    free(durations);
}

/* ---- The file ---- */

/* The folder of all runs of the script, with what is added to it. */
static void add_path(const stg_record *record, stg_buf *path, const char *name)
{
    stg_buf_addf(path, "%.*s%s", (int)(record->id - record->directory), record->directory, name);
}

/* A line: the name, a tab, and numbers. */
static void read_line(stg_durations *durations, char *line)
{
    char *tab = strchr(line, '\t');
    if (tab == NULL)
        return;
    *tab = '\0';
    char *end;
    for (char *number = tab + 1; *number != '\0'; number = end) {
        const long long duration_ns = strtoll(number, &end, 10);
        if (end == number)
            return;
        stg_durations_add(durations, line, duration_ns);
    }
}

stg_durations *stg_durations_read(const stg_record *record)
{
    stg_durations *durations = calloc(1, sizeof *durations);
    stg_buf path = {0};
    stg_buf text = {0};
    add_path(record, &path, "durations");
    if (durations != NULL && stg_buf_status(&path) == STAGED_OK &&
        stg_file_read(path.data, MOST_BYTES, &text) == 0 && text.length > 0) {
        char *rest = text.data;
        for (char *end; (end = strchr(rest, '\n')) != NULL; rest = end + 1) {
            *end = '\0';
            read_line(durations, rest);
        }
    }
    stg_buf_free(&path);
    stg_buf_free(&text);
    return durations;
}

int stg_durations_lock(const stg_record *record)
{
    stg_buf path = {0};
    add_path(record, &path, ".");
    const int folder =
        stg_buf_status(&path) != STAGED_OK ? -1 : stg_file_open(path.data, O_RDONLY | O_DIRECTORY);
    stg_buf_free(&path);
    for (int i = 0; folder >= 0 && flock(folder, LOCK_EX | LOCK_NB) != 0; i++) {
        /* Where there are no locks, the last run to end is the one that is kept. */
        if (errno != EWOULDBLOCK && errno != EINTR)
            break;
        if (i == MOST_WAITS) {
            (void)close(folder);
            return -1;
        }
        (void)nanosleep(&(struct timespec){.tv_nsec = WAIT_NS}, NULL);
    }
    return folder;
}

static void add_lines(const stg_durations *durations, stg_buf *text)
{
    for (size_t i = 0; i < durations->count; i++) {
        const stage_durations *of_stage = &durations->stages[i];
        stg_buf_addf(text, "%s\t", of_stage->name);
        for (size_t j = 0; j < of_stage->count; j++)
            stg_buf_addf(text, "%s%lld", j == 0 ? "" : " ", (long long)of_stage->items[j]);
        stg_buf_add_char(text, '\n');
    }
}

void stg_durations_write(const stg_record *record, const stg_durations *durations)
{
    stg_buf text = {0};
    stg_buf made = {0};
    stg_buf path = {0};
    add_lines(durations, &text);
    add_path(record, &made, ".durations-");
    stg_buf_add_text(&made, record->id);
    add_path(record, &path, "durations");
    if (stg_buf_status(&text) == STAGED_OK && stg_buf_status(&made) == STAGED_OK &&
        stg_buf_status(&path) == STAGED_OK) {
        const int error = stg_file_make(made.data, O_EXCL, stg_buf_text(&text), text.length);
        if (error != EEXIST && (error != 0 || rename(made.data, path.data) != 0))
            (void)unlink(made.data);
    }
    stg_buf_free(&text);
    stg_buf_free(&made);
    stg_buf_free(&path);
}
