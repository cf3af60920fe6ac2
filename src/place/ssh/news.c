/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/ssh/news.h"

#include <stdlib.h>
#include <string.h>

#include "base/system/now.h"

/* Whether a line begins with a word, and what follows the blank behind it. */
static const char *behind(const char *line, const char *word)
{
    const size_t length = strlen(word);
    if (strncmp(line, word, length) != 0 || (line[length] != ' ' && line[length] != '\0'))
        return NULL;
    return line[length] == ' ' ? line + length + 1 : line + length;
}

/* The job whose number begins the text, and what follows it. */
static stg_ssh_job *job_of(const stg_ssh_connection *connection, const char **text)
{
    char *end;
    const uint64_t number = strtoull(*text, &end, 10);
    stg_ssh_job *job = end == *text ? NULL : connection->jobs;
    while (job != NULL && job->number != number)
        job = job->next;
    *text = *end == ' ' ? end + 1 : end;
    return job;
}

static void take_end(stg_ssh_job *job, const char *line)
{
    stg_remote_end end;
    if (job->end.kind != STG_REMOTE_NOT_ENDED || !stg_remote_end_read(line, &end))
        return;
    job->end = end;
    job->ended_ns = stg_now_ns();
}

void stg_ssh_give_up(stg_ssh_connection *connection)
{
    connection->is_dead = connection->lacks_memory = true;
}

static void take_ready(stg_ssh_connection *connection, const char *text)
{
    const size_t length = strcspn(text, " ");
    const char *node = text[length] == ' ' ? text + length + 1 : "";
    const size_t node_length = strcspn(node, " ");
    connection->folder = stg_arena_copy(&connection->arena, text, length);
    connection->node = stg_arena_copy(&connection->arena, node, node_length);
    connection->has_plain_shell = strcmp(node + node_length, " plain") == 0;
    connection->is_ready = connection->folder != NULL && connection->node != NULL;
    if (!connection->is_ready)
        stg_ssh_give_up(connection);
}

static void take_state(stg_ssh_job *job, const char *text)
{
    const char *line = behind(text, "ended");
    if (job->asks > 0)
        job->asks--;
    if (line != NULL)
        take_end(job, line);
    else if (behind(text, "new") != NULL)
        job->progress = STG_SSH_NEW;
    else if (behind(text, "runs") != NULL)
        job->progress = STG_SSH_RUNS;
    else if (behind(text, "gone") != NULL)
        job->progress = STG_SSH_GONE;
}

static void take_stopped(stg_ssh_job *job, const char *pids)
{
    if (job->stops > 0)
        job->stops--;
    free(job->left);
    job->left = *pids == '\0' ? NULL : strdup(pids);
}

void stg_ssh_take_news(stg_ssh_connection *connection, const char *line)
{
    const char *text = behind(line, "ready");
    if (text != NULL && !connection->is_ready) {
        take_ready(connection, text);
        return;
    }
    if (behind(line, "lost") != NULL) {
        connection->is_dead = true;
        return;
    }
    text = behind(line, "problem");
    if (text != NULL && !connection->is_ready && connection->problem == NULL)
        connection->problem = strdup(text);
    static const char *const verbs[] = {"kept", "unkept", "end", "state", "stopped", "held"};
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        text = behind(line, verbs[i]);
        stg_ssh_job *job = text == NULL ? NULL : job_of(connection, &text);
        if (job == NULL)
            continue;
        switch (i) {
        case 0:
            job->is_kept = true;
            break;
        case 1:
            job->is_refused = true;
            break;
        case 2:
            take_end(job, text);
            break;
        case 3:
            take_state(job, text);
            break;
        case 4:
            take_stopped(job, text);
            break;
        default:
            job->is_held = true;
        }
        return;
    }
}
