/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/slurm/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/system/file.h"
#include "place/remote/times.h"

/* What is read of a file at the most: srun may have said something for each of many tasks. */
enum { MOST_OF_LOG = 1 << 20, MOST_OF_TASK = 8192 };

static const char task_prefix[] = "task.";

/* ---- Files ---- */

char *stg_slurm_path(const char *folder, const char *name)
{
    stg_buf path = {0};
    stg_buf_addf(&path, "%s/%s", folder, name);
    return stg_buf_take(&path);
}

int stg_slurm_write(const char *folder, const char *name, const char *text, size_t length)
{
    char *path = stg_slurm_path(folder, name);
    const int error = path == NULL ? ENOMEM : stg_file_make(path, O_TRUNC, text, length);
    free(path);
    return error;
}

bool stg_slurm_read(const char *folder, const char *name, size_t most, stg_buf *text)
{
    char *path = stg_slurm_path(folder, name);
    const bool is_read = path != NULL && stg_file_read(path, most, text) == 0;
    free(path);
    return is_read;
}

static bool look_at(const char *folder, const char *name, struct stat *found)
{
    char *path = stg_slurm_path(folder, name);
    const bool is_there = path != NULL && stat(path, found) == 0;
    free(path);
    return is_there;
}

bool stg_slurm_has(const char *folder, const char *name)
{
    struct stat found;
    return look_at(folder, name, &found);
}

void stg_slurm_remove(const char *folder, const char *name)
{
    char *path = stg_slurm_path(folder, name);
    if (path != NULL)
        (void)unlink(path);
    free(path);
}

int64_t stg_slurm_written_ns(const char *folder, const char *name)
{
    struct stat found;
    if (!look_at(folder, name, &found))
        return 0;
    return (int64_t)found.st_mtim.tv_sec * 1000000000 + found.st_mtim.tv_nsec;
}

/* ---- What srun says ---- */

static const char *next_line(const char *line)
{
    const char *end = strchr(line, '\n');
    return end == NULL ? NULL : end + 1;
}

static void copy(char *to, size_t size, const char *from, size_t length)
{
    length = length < size ? length : size - 1;
    memcpy(to, from, length);
    to[length] = '\0';
}

/* Takes what follows a beginning; NULL: it begins otherwise. */
static const char *after(const char *line, const char *beginning)
{
    const size_t length = strlen(beginning);
    return strncmp(line, beginning, length) == 0 ? line + length : NULL;
}

static void take_job(stg_slurm_log *log, const char *number)
{
    const size_t digits = strspn(number, "0123456789");
    if (digits > 0)
        copy(log->job, sizeof log->job, number, digits);
    log->is_queued |= strncmp(number + digits, " queued", 7) == 0;
}

/* In "12: nodes(2):`n[1-2]', cpu counts: 1(x2)". */
static void take_nodes(stg_slurm_log *log, const char *text)
{
    const char *begin = strchr(text, '`');
    const char *line_end = strchr(text, '\n');
    if (begin == NULL || (line_end != NULL && begin > line_end))
        return;
    copy(log->nodes, sizeof log->nodes, begin + 1, strcspn(begin + 1, "'\n"));
}

void stg_slurm_log_read(const char *folder, stg_slurm_log *log)
{
    stg_buf text = {0};
    *log = (stg_slurm_log){0};
    (void)stg_slurm_read(folder, "log", MOST_OF_LOG, &text);
    for (const char *line = stg_buf_text(&text); line != NULL && !log->is_started;
         line = next_line(line)) {
        const char *rest = after(line, "srun: job ");
        if (rest != NULL)
            take_job(log, rest);
        rest = after(line, "srun: jobid ");
        if (rest != NULL) {
            take_job(log, rest);
            take_nodes(log, rest);
        }
        log->is_started = after(line, "srun: launching ") != NULL;
    }
    stg_buf_free(&text);
}

/* ---- What tasks write ---- */

/* One task, as its file tells. */
typedef struct task {
    char job[STG_SLURM_JOB_SIZE];
    char node[STG_SLURM_NODE_SIZE];
    unsigned long count;
    int64_t begin_ns, end_ns; /* by the node's clock since it was booted */
    const char *lacks;
    int code, told;
    unsigned long long peak;
    bool has_signal; /* the shell said something of one */
    bool is_begun, has_end, is_done;
    int64_t user_ns, system_ns;
    int lines_of_times;
} task;

static void read_times(task *t, const char *line)
{
    t->lines_of_times++;
    /* The second line is about the shell's children. */
    if (t->lines_of_times == 2 && stg_remote_read_minutes(&line, &t->user_ns))
        (void)stg_remote_read_minutes(&line, &t->system_ns);
}

static bool read_start(task *t, const char *line)
{
    int read = 0;
    if (sscanf(line, "%23s %255s %lu %n", t->job, t->node, &t->count, &read) != 3)
        return false;
    line += read;
    return stg_remote_read_seconds(&line, &t->begin_ns);
}

static bool read_end(task *t, const char *line)
{
    int read = 0;
    if (sscanf(line, "%d %n", &t->code, &read) != 1)
        return false;
    line += read;
    return stg_remote_read_seconds(&line, &t->end_ns) &&
           sscanf(line, "%d %llu", &t->told, &t->peak) == 2;
}

static void read_line(task *t, const char *line)
{
    const char *rest;
    if ((rest = after(line, "start ")) != NULL && !t->is_begun)
        t->is_begun = read_start(t, rest);
    else if (after(line, "lacks directory") != NULL)
        t->lacks = "directory";
    else if (after(line, "lacks program") != NULL)
        t->lacks = "program";
    else if ((rest = after(line, "end ")) != NULL)
        t->has_end = read_end(t, rest);
    else if (strncmp(line, "done\n", 5) == 0)
        t->is_done = t->has_end || t->lacks != NULL;
    else if (t->has_end)
        read_times(t, line);
    else if (*line != '\0' && *line != '\n')
        t->has_signal = true;
}

/* 128 + signal, if the shell spoke of one; of SIGINT and SIGPIPE shells do not speak. */
static int exit_code_of(const task *t)
{
    const int signal = t->code - 128;
    if (signal > 0 && signal < 65 && (t->has_signal || signal == SIGINT || signal == SIGPIPE))
        return -signal;
    return t->code;
}

static void add_task(stg_slurm_tasks *all, const task *t, bool is_first)
{
    all->begun += t->is_begun;
    if (t->is_begun && is_first) {
        memcpy(all->job, t->job, sizeof all->job);
        memcpy(all->node, t->node, sizeof all->node);
        all->expected = t->count;
    }
    if (!t->is_done)
        return;
    all->ended++;
    if (t->lacks != NULL)
        all->lacks = t->lacks;
    const int code = exit_code_of(t);
    if (code < 0 || (all->exit_code >= 0 && code > all->exit_code))
        all->exit_code = code;
    all->was_told |= t->told != 0;
    const int64_t duration_ns = t->end_ns > t->begin_ns ? t->end_ns - t->begin_ns : 0;
    if (duration_ns > all->duration_ns)
        all->duration_ns = duration_ns;
    all->user_ns += t->user_ns;
    all->system_ns += t->system_ns;
    if ((int64_t)(t->peak / 1024) > all->peak_kib)
        all->peak_kib = (int64_t)(t->peak / 1024);
}

static void read_task(const char *folder, const char *name, void *tasks)
{
    stg_slurm_tasks *all = tasks;
    stg_buf text = {0};
    task t = {0};
    (void)stg_slurm_read(folder, name, MOST_OF_TASK, &text);
    for (const char *line = stg_buf_text(&text); line != NULL; line = next_line(line))
        read_line(&t, line);
    stg_buf_free(&text);
    const bool is_first = all->begun == 0;
    add_task(all, &t, is_first);
    /* It was last written when it began, or when it ended. */
    const int64_t wall_ns = stg_slurm_written_ns(folder, name);
    if (is_first && t.is_begun && wall_ns > 0)
        all->begin_wall_ns = wall_ns - (t.is_done ? all->duration_ns : 0);
}

/* Calls a function for each file of a task.  Listing a folder also shows what other machines have
 * written to it. */
static void for_each_task(const char *folder,
                          void (*visit)(const char *folder, const char *name, void *context),
                          void *context)
{
    DIR *listing = opendir(folder);
    const struct dirent *entry;
    while (listing != NULL && (entry = readdir(listing)) != NULL) {
        if (strncmp(entry->d_name, task_prefix, sizeof task_prefix - 1) == 0)
            visit(folder, entry->d_name, context);
    }
    if (listing != NULL)
        (void)closedir(listing);
}

void stg_slurm_tasks_read(const char *folder, stg_slurm_tasks *tasks)
{
    *tasks = (stg_slurm_tasks){0};
    for_each_task(folder, read_task, tasks);
}

bool stg_slurm_are_complete(const stg_slurm_tasks *tasks)
{
    return tasks->expected > 0 && tasks->ended >= tasks->expected;
}

/* ---- The keeper ---- */

/* Whether a word is among those of a process: its number may be another one's by now. */
static bool has_word(long process, const char *word)
{
    char of_process[64];
    stg_buf words = {0};
    (void)snprintf(of_process, sizeof of_process, "/proc/%ld", process);
    bool is_there = false;
    if (stg_slurm_read(of_process, "cmdline", 1 << 16, &words)) {
        const char *at = stg_buf_text(&words), *end = at + words.length;
        for (; at < end && !is_there; at += strlen(at) + 1)
            is_there = strcmp(at, word) == 0;
    }
    stg_buf_free(&words);
    return is_there;
}

/* Reads the numbers of the keeper and of its srun; 0: unknown. */
static void read_pids(const char *folder, long *keeper, long *srun)
{
    stg_buf text = {0};
    *keeper = *srun = 0;
    if (stg_slurm_read(folder, "pids", 64, &text))
        (void)sscanf(stg_buf_text(&text), "%ld %ld", keeper, srun);
    stg_buf_free(&text);
}

pid_t stg_slurm_keeper_of(const char *folder)
{
    long keeper, srun;
    read_pids(folder, &keeper, &srun);
    return keeper > 1 && has_word(keeper, folder) ? (pid_t)keeper : 0;
}

pid_t stg_slurm_srun_of(const char *folder)
{
    long keeper, srun;
    stg_buf word = {0};
    read_pids(folder, &keeper, &srun);
    stg_buf_addf(&word, STG_SLURM_FOLDER_WORD "%s", folder);
    const bool is_it =
        stg_buf_status(&word) == STAGED_OK && srun > 1 && has_word(srun, stg_buf_text(&word));
    stg_buf_free(&word);
    return is_it ? (pid_t)srun : 0;
}

static void remove_task(const char *folder, const char *name, void *context)
{
    (void)context;
    stg_slurm_remove(folder, name);
}

void stg_slurm_folder_clear(const char *folder)
{
    static const char *const names[] = {"program", "log", "pids", "stop", "stopping",
                                        "code",    "out", "err",  "bell"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        stg_slurm_remove(folder, names[i]);
    for_each_task(folder, remove_task, NULL);
}
