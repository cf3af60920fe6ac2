/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/ssh/verdict.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <staged/signals.h>

#include "base/system/duration.h"
#include "base/system/now.h"
#include "place/ssh/channel.h"
#include "place/ssh/connection.h"
#include "place/ssh/sweep.h"
#include "place/ssh/trouble.h"
#include "place/ssh/waiting.h"

#define MS_NS INT64_C(1000000)
#define SECOND_NS INT64_C(1000000000)
/* How long to wait for the end to come by itself, which it tells before its client can end. */
#define SOON_NS (100 * MS_NS)
/* Until there is no sense in waiting for an answer. */
#define PATIENCE_NS (15 * SECOND_NS)
/* How long ending may take beyond the grace time (control.c). */
#define KILLING_NS (6 * SECOND_NS)

void stg_ssh_stop(stg_ssh_job *job, double grace_s)
{
    stg_ssh_connection *c = job->connection;
    const int64_t grace_ns = grace_s < 0 ? 0 : stg_seconds_ns(grace_s);
    const int64_t longest_ns = 86400 * SECOND_NS;
    const int64_t ns = grace_ns > longest_ns ? longest_ns : grace_ns;
    job->is_stopping = true;
    job->stop_until_ns = stg_now_ns() + ns + KILLING_NS;
    if (c == NULL || c->is_dead)
        return;
    job->stops++;
    stg_ssh_tellf(c, "stop %llu %zu %lld &\n", (unsigned long long)job->number, job->slot,
                  (long long)(ns / MS_NS));
}

static bool is_known(const stg_ssh_job *job)
{
    return job->end.kind != STG_REMOTE_NOT_ENDED;
}

void stg_ssh_ask(stg_ssh_job *job)
{
    job->asks++;
    stg_ssh_tellf(job->connection, "state %llu %zu\n", (unsigned long long)job->number, job->slot);
}

/* Asks, and waits for the answer.  Returns whether there is one. */
static bool ask(stg_ssh_job *job)
{
    stg_ssh_connection *c = job->connection;
    const int64_t until_ns = stg_now_ns() + PATIENCE_NS;
    stg_ssh_ask(job);
    while (!c->is_dead && !is_known(job) && job->asks > 0 && stg_now_ns() < until_ns)
        stg_ssh_hear(c, until_ns, false);
    return is_known(job) || job->asks == 0;
}

/* Waits until all of it is ended there. */
static void wait_for_stop(stg_ssh_job *job)
{
    stg_ssh_connection *c = job->connection;
    while (!c->is_dead && job->stops > 0 && stg_now_ns() < job->stop_until_ns)
        stg_ssh_hear(c, job->stop_until_ns, false);
}

/* Finds out how it ended, or that nobody can say. */
static void find_out(stg_ssh_job *job)
{
    stg_ssh_connection *c = job->connection;
    const int64_t soon_ns = stg_now_ns() + SOON_NS;
    while (!c->is_dead && !is_known(job) && !job->is_stopping && !job->is_refused &&
           stg_now_ns() < soon_ns)
        stg_ssh_hear(c, soon_ns, false);
    if (c->is_dead || (is_known(job) && !job->is_stopping))
        return;
    if (job->is_stopping) {
        wait_for_stop(job);
        if (!is_known(job))
            (void)ask(job);
        return;
    }
    const bool is_answered = ask(job);
    if (c->is_dead || is_known(job))
        return;
    job->is_orphan = is_answered && job->progress == STG_SSH_RUNS;
    /* It runs without a client, or what it started does, or it could begin yet.  Who does not reply
     * now obeys later. */
    stg_ssh_stop(job, job->grace_s);
    if (is_answered)
        wait_for_stop(job);
    job->is_stopping = false;
}

/* ---- Words ---- */

static void fail(stg_ssh_job *job, staged_place_end *end, staged_place_failure failure)
{
    end->failure = failure;
    end->may_pass = stg_ssh_may_pass(failure);
    end->message = stg_buf_text(&job->message);
}

static void add_last_words(stg_ssh_job *job, const char *path, size_t from)
{
    char *said = stg_ssh_read_log(path, from);
    if (said != NULL)
        stg_ssh_add_last_words(&job->message, said);
    free(said);
}

void stg_ssh_add_unkept(stg_buf *out, const stg_ssh_job *job)
{
    const stg_ssh_connection *c = job->connection;
    stg_buf_addf(out,
                 job->is_refused
                     ? "%s cannot write the command to a file in %s: is the disk full?"
                     : "%s did not reply when asked to write the command to a file in %s",
                 c->host->name, c->folder);
}

/* The connection does not say any more how it ended, or whether all output has come. */
static void judge_lost(stg_ssh_job *job, staged_place_end *end)
{
    stg_ssh_connection *c = job->connection;
    stg_ssh_sweep_up(c);
    stg_buf_addf(&job->message, "the connection to %s was lost %s", c->host->name,
                 is_known(job) ? "before all of the command's output had come"
                               : "while the command ran");
    add_last_words(job, c->log, c->log_read);
    fail(job, end, STAGED_PLACE_LOST);
    free(job->left);
    job->left = NULL;
    if (c->sweep == STG_SSH_SWEPT) {
        job->left = c->left == NULL ? NULL : strdup(c->left);
        end->left = job->left;
        return;
    }
    stg_buf left = {0};
    stg_buf_addf(&left,
                 "what the command started at %s, until that machine notices the lost connection",
                 c->host->name);
    job->left = stg_buf_take(&left);
    end->left = job->left;
}

/* What a shell says of a program that is there and that it cannot start; ssh itself ends with 255.
 */
enum { NOT_STARTED = 126 };

static void judge_without_end(stg_ssh_job *job, int exit_code, staged_place_end *end)
{
    const char *host = job->connection->host->name;
    if (job->is_stopping) {
        end->exit_code = job->progress == STG_SSH_NEW ? -SIGTERM : -SIGKILL;
        return;
    }
    if (job->is_refused) {
        stg_ssh_add_unkept(&job->message, job);
        fail(job, end, STAGED_PLACE_OTHER);
        end->may_pass = true;
    } else if (job->asks > 0) {
        stg_buf_addf(&job->message, "%s does not say how the command ended", host);
        fail(job, end, STAGED_PLACE_LOST);
    } else if (job->progress == STG_SSH_NEW && exit_code == NOT_STARTED) {
        stg_buf_addf(&job->message,
                     "ssh could not be started for the command at %s (exit code %d): are exported "
                     "variables longer than this system allows?",
                     host, exit_code);
        fail(job, end, STAGED_PLACE_REFUSED);
    } else if (job->progress == STG_SSH_NEW) {
        stg_buf_addf(&job->message, "the command did not begin at %s", host);
        add_last_words(job, job->connection->clients, 0);
        fail(job, end, STAGED_PLACE_UNREACHABLE);
    } else if (job->is_orphan) {
        stg_buf_addf(&job->message, "its ssh process ended before the command did (");
        if (exit_code < 0)
            stg_buf_addf(&job->message, "%s", staged_signal_name(-exit_code));
        else
            stg_buf_addf(&job->message, "exit code %d", exit_code);
        stg_buf_addf(&job->message, "), so the command was ended at %s", host);
        add_last_words(job, job->connection->clients, 0);
        fail(job, end, STAGED_PLACE_LOST);
    } else {
        stg_buf_addf(
            &job->message,
            "somebody killed the command at %s, and with it the shell that reports its end", host);
        fail(job, end, STAGED_PLACE_CANCELLED);
    }
}

/* Whether the client has seen the whole of it: it ends as the command's shell there does. */
static bool is_whole(const stg_ssh_job *job, int exit_code)
{
    const int code = job->end.exit_code;
    return job->is_stopping || job->is_gone || exit_code == (code < 0 ? 128 - code : code);
}

static void judge_end(stg_ssh_job *job, int exit_code, staged_place_end *end)
{
    stg_ssh_connection *c = job->connection;
    if (job->end.kind == STG_REMOTE_NO_DIRECTORY) {
        stg_buf_addf(&job->message, "cannot enter the directory '%s' at %s", job->directory,
                     c->host->name);
        fail(job, end, STAGED_PLACE_REFUSED);
    } else if (job->end.kind == STG_REMOTE_NO_PROGRAM) {
        stg_buf_addf(&job->message, "there is no program '%s' at %s", job->program, c->host->name);
        fail(job, end, STAGED_PLACE_REFUSED);
    } else if (!is_whole(job, exit_code)) {
        stg_buf_addf(&job->message,
                     "its ssh process ended before all output of the command had arrived from %s",
                     c->host->name);
        add_last_words(job, job->connection->clients, 0);
        fail(job, end, STAGED_PLACE_LOST);
    } else {
        end->exit_code = job->end.exit_code;
        end->user_ns = job->end.user_ns;
        end->system_ns = job->end.system_ns;
    }
}

/* ssh says it if the other side allows fewer sessions than we thought; it has then connected
 * anew by itself. */
static void learn_limit(stg_ssh_connection *c)
{
    struct stat about;
    if (stat(c->clients, &about) != 0 || (size_t)about.st_size <= c->clients_read)
        return;
    char *said = stg_ssh_read_log(c->clients, c->clients_read);
    if (said != NULL && stg_ssh_is_full(said) && c->sessions > 1 && c->sessions <= c->limit)
        c->limit = c->sessions - 1;
    free(said);
    c->clients_read = (size_t)about.st_size;
}

void stg_ssh_judge(stg_ssh_job *job, int exit_code, staged_place_end *end)
{
    stg_ssh_connection *c = job->connection;
    *end = (staged_place_end){.size = sizeof *end};
    learn_limit(c);
    find_out(job);
    if (c->is_dead && (!is_known(job) || !is_whole(job, exit_code)))
        judge_lost(job, end);
    else if (is_known(job) && !job->is_orphan)
        judge_end(job, exit_code, end);
    else
        judge_without_end(job, exit_code, end);
    const bool is_unanswered = job->stops > 0 && end->left == NULL && c->sweep != STG_SSH_SWEPT;
    if (is_unanswered || (end->left == NULL && job->left != NULL)) {
        stg_buf left = {0};
        if (is_unanswered)
            stg_buf_addf(&left, "the command at %s, which does not answer", c->host->name);
        else
            stg_buf_addf(&left, "processes %s at %s", job->left, c->host->name);
        free(job->left);
        job->left = stg_buf_take(&left);
        end->left = job->left;
    }
    end->node = c->node == NULL ? NULL : stg_arena_text(&job->arena, c->node);
}
