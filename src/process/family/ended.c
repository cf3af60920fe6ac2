/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The list of processes that had to be ended. */
#include "process/family/ended.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"
#include "base/memory/search.h"

static void free_one(staged_ended_process *process)
{
    if (process != NULL)
        free(process->name);
    free(process);
}

void staged_ended_processes_free(staged_ended_process *const *ended, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free_one(ended[i]);
    free((void *)(uintptr_t)ended);
}

void stg_ended_free(stg_ended *ended)
{
    staged_ended_processes_free(ended->items, ended->count);
    *ended = (stg_ended){0};
}

static bool is_before(const void *process, const void *pid)
{
    return (*(staged_ended_process *const *)process)->pid < *(const pid_t *)pid;
}

/* The index of a process, or where it belongs. */
static size_t place_of(const stg_ended *ended, pid_t pid)
{
    return stg_search(ended->items, ended->count, sizeof *ended->items, is_before, &pid);
}

bool stg_ended_note(stg_ended *ended, pid_t pid, int signal, char *(*name)(pid_t pid))
{
    const size_t at = place_of(ended, pid);
    if (stg_ended_has(ended, pid)) {
        const bool is_new = ended->items[at]->signal != signal;
        ended->items[at]->signal = signal;
        return is_new;
    }
    staged_ended_process *process = calloc(1, sizeof *process);
    if (process != NULL)
        *process = (staged_ended_process){.pid = pid, .signal = signal, .name = name(pid)};
    if (process == NULL || process->name == NULL ||
        !stg_grow(&ended->items, &ended->capacity, ended->count + 1, sizeof *ended->items)) {
        free_one(process);
        ended->failed = true;
        return true;
    }
    memmove(ended->items + at + 1, ended->items + at, (ended->count - at) * sizeof *ended->items);
    ended->items[at] = process;
    ended->count++;
    return true;
}

bool stg_ended_has(const stg_ended *ended, pid_t pid)
{
    const size_t at = place_of(ended, pid);
    return at < ended->count && ended->items[at]->pid == pid;
}

void stg_ended_settle(stg_ended *ended, bool (*is_dead)(pid_t pid))
{
    for (size_t i = 0; i < ended->count; i++)
        ended->items[i]->gone = is_dead((pid_t)ended->items[i]->pid);
}
