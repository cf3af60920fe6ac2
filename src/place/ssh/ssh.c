/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/ssh/ssh.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/system/duration.h"
#include "base/system/letters.h"
#include "base/system/now.h"
#include "base/text/quote.h"
#include "place/remote/program.h"
#include "place/remote/variables.h"
#include "place/ssh/channel.h"
#include "place/ssh/connection.h"
#include "place/ssh/pool.h"
#include "place/ssh/sockets.h"
#include "place/ssh/verdict.h"
#include "place/ssh/waiting.h"
#include "process/framework.h"

#define MS_NS INT64_C(1000000)
#define SECOND_NS INT64_C(1000000000)
/* How long the other side may take to keep a program. */
#define KEEPING_NS (60 * SECOND_NS)
/* A connection that has been heard so recently counts as alive: a command need not wait until its
 * program is kept, for its shell there does.  Any other may be lost unnoticed, and while nothing
 * was begun over it, the command can begin over a new one. */
#define FRESH_NS SECOND_NS
/* After its end, how long a command's outputs may stay open if something holds them there. */
#define DRAIN_NS SECOND_NS
#define ASK_AFTER_NS (300 * MS_NS)
/* How often to ask whether there still is somebody to tell the end. */
#define ASK_EVERY_NS (3 * SECOND_NS)
/* How often to look: nothing depends on it but outputs that are held open. */
#define LOOK_S 0.5
#define SOON_S 0.2
/* How often a command begins anew if a connection turns out to be lost before it has begun. */
enum { MOST_BEGINNINGS = 3 };

/* ---- Places ---- */

static void close_pool(void *place)
{
    stg_ssh_pool *pool = place;
    (void)pthread_mutex_lock(&pool->mutex);
    while (pool->connections != NULL) {
        stg_ssh_connection *c = pool->connections;
        pool->connections = c->next;
        stg_ssh_connection_close(c);
    }
    (void)pthread_mutex_unlock(&pool->mutex);
    stg_ssh_remove_folder(pool);
    for (size_t i = 0; pool->hosts != NULL && i < pool->settings.host_count; i++)
        free(pool->hosts[i].trouble);
    free(pool->hosts);
    (void)pthread_cond_destroy(&pool->changed);
    (void)pthread_mutex_destroy(&pool->mutex);
    stg_arena_free(&pool->arena);
    free(pool);
}

static staged_status refuse_randomness(char **problem)
{
    stg_buf text = {0};
    stg_buf_addf(&text, "ssh: there are no random numbers: %s", strerror(errno));
    *problem = stg_buf_take(&text);
    return *problem == NULL ? STAGED_NO_MEMORY : STAGED_IO;
}

static staged_status open_pool(const char *const *words, void **place, char **problem)
{
    stg_ssh_pool *pool = calloc(1, sizeof *pool);
    if (pool == NULL)
        return STAGED_NO_MEMORY;
    (void)pthread_mutex_init(&pool->mutex, NULL);
    (void)pthread_cond_init(&pool->changed, NULL);
    staged_status status = stg_ssh_settings_read(&pool->settings, words, &pool->arena, problem);
    if (status == STAGED_OK) {
        pool->hosts = calloc(pool->settings.host_count, sizeof *pool->hosts);
        status = pool->hosts == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    }
    if (status == STAGED_OK && !stg_random_letters(pool->token, sizeof pool->token - 1))
        status = refuse_randomness(problem);
    if (status != STAGED_OK) {
        close_pool(pool);
        return status;
    }
    for (size_t i = 0; i < pool->settings.host_count; i++)
        pool->hosts[i].name = pool->settings.hosts[i];
    *place = pool;
    return STAGED_OK;
}

/* ---- Beginning ---- */

static void add_request(stg_buf *request, const stg_ssh_job *job,
                        const staged_place_command *command)
{
    const stg_ssh_connection *c = job->connection;
    char name[24], mark[80];
    stg_buf text = {0}, events = {0}, file = {0}, stop = {0};
    stg_buf_addf(&events, "%s/events", c->folder);
    stg_buf_addf(&file, "%s/%zu.job", c->folder, job->slot);
    stg_buf_addf(&stop, "%s/%llu.stop", c->folder, (unsigned long long)job->number);
    (void)snprintf(name, sizeof name, "%llu", (unsigned long long)job->number);
    (void)snprintf(mark, sizeof mark, "%s.%s.", c->token, name);
    const stg_remote_program program = {.command = command,
                                        .file = stg_buf_text(&file),
                                        .stop = stg_buf_text(&stop),
                                        .base = job->pool->settings.directory,
                                        .mark = mark,
                                        .events = stg_buf_text(&events),
                                        .name = name};
    stg_remote_add_program(&text, &program);
    stg_buf_addf(request, "keep %s %zu ", name, job->slot);
    stg_quote_always(request, stg_buf_text(&text), text.length);
    stg_buf_add_char(request, '\n');
    if (stg_buf_status(&text) != STAGED_OK || stg_buf_status(&events) != STAGED_OK ||
        stg_buf_status(&file) != STAGED_OK || stg_buf_status(&stop) != STAGED_OK)
        request->failure = STAGED_NO_MEMORY;
    stg_wipe(text.data, text.capacity);
    stg_buf_free(&text);
    stg_buf_free(&events);
    stg_buf_free(&file);
    stg_buf_free(&stop);
}

/* Tells the control session to keep the program there. */
static staged_status send_program(stg_ssh_job *job, const staged_place_command *command)
{
    stg_buf request = {0};
    add_request(&request, job, command);
    const staged_status status = stg_buf_status(&request);
    if (status == STAGED_OK)
        stg_ssh_tell(job->connection, request.data, request.length);
    stg_wipe(request.data, request.capacity);
    stg_buf_free(&request);
    return status;
}

/* Returns STAGED_CLOSED if the connection is lost. */
static staged_status wait_until_kept(stg_ssh_job *job, staged_place_end *failure)
{
    stg_ssh_connection *c = job->connection;
    const int64_t own_ns = stg_now_ns() + KEEPING_NS;
    const int64_t until_ns = own_ns < job->begin_until_ns ? own_ns : job->begin_until_ns;
    while (!c->is_dead && !job->is_kept && !job->is_refused && stg_now_ns() < until_ns) {
        stg_ssh_hear(c, until_ns, true);
        if (!job->is_kept && stg_signals_due() != 0)
            return STAGED_INTERRUPTED;
    }
    if (job->is_kept)
        return STAGED_OK;
    if (c->is_dead)
        return STAGED_CLOSED;
    stg_buf text = {0};
    stg_ssh_add_unkept(&text, job);
    failure->failure = job->is_refused ? STAGED_PLACE_OTHER : STAGED_PLACE_UNREACHABLE;
    failure->may_pass = true;
    failure->message = stg_ssh_keep_text(job->pool, stg_buf_text(&text));
    stg_buf_free(&text);
    return failure->message == NULL ? STAGED_NO_MEMORY : STAGED_FAILED;
}

/* Has the program kept there.  Returns STAGED_CLOSED if the connection is lost. */
static staged_status keep_program(stg_ssh_job *job, const staged_place_command *command,
                                  staged_place_end *failure)
{
    stg_ssh_connection *c = job->connection;
    const int64_t now_ns = stg_now_ns();
    const bool is_fresh = now_ns - c->heard_ns < FRESH_NS;
    stg_ssh_hear(c, now_ns, false);
    if (c->is_dead)
        return STAGED_CLOSED;
    STAGED_TRY(send_program(job, command));
    return is_fresh && !c->is_dead ? STAGED_OK : wait_until_kept(job, failure);
}

static staged_status make_client(stg_ssh_job *job, bool has_input)
{
    stg_ssh_connection *c = job->connection;
    const unsigned long long number = job->number;
    const char *there = c->has_plain_shell
                            ? stg_arena_printf(&job->arena, "set -- %s/%zu.job %llu; . %s/begin",
                                               c->folder, job->slot, number, c->folder)
                            : stg_arena_printf(&job->arena, "exec sh %s/begin %s/%zu.job %llu",
                                               c->folder, c->folder, job->slot, number);
    if (there == NULL)
        return STAGED_NO_MEMORY;
    job->words = stg_ssh_words(&job->pool->settings, STG_SSH_CLIENT, c->host->name, c->socket,
                               c->clients, has_input ? NULL : "-n", there, &job->arena);
    return job->words == NULL ? STAGED_NO_MEMORY : STAGED_OK;
}

static staged_status begin_there(stg_ssh_job *job, const staged_place_command *command,
                                 staged_place_end *failure)
{
    staged_status status = STAGED_CLOSED;
    for (int i = 0; i < MOST_BEGINNINGS && status == STAGED_CLOSED; i++) {
        status = stg_ssh_find_session(job->pool, job, failure);
        if (status == STAGED_OK)
            status = keep_program(job, command, failure);
        if (status == STAGED_OK)
            return make_client(job, command->has_input);
        stg_ssh_leave_session(job);
        job->connection = NULL;
        job->is_kept = job->is_refused = false;
    }
    if (status == STAGED_CLOSED) {
        failure->failure = STAGED_PLACE_UNREACHABLE;
        failure->may_pass = true;
        failure->message = "connections are lost as soon as they are made";
        return STAGED_FAILED;
    }
    return status;
}

static int64_t begin_until(double within_s)
{
    const int64_t now = stg_now_ns();
    const int64_t within_ns = within_s > 0 ? stg_seconds_ns(within_s) : INT64_MAX;
    return within_ns > INT64_MAX - now ? INT64_MAX : now + within_ns;
}

static stg_ssh_job *new_job(stg_ssh_pool *pool, const staged_place_command *command)
{
    stg_ssh_job *job = calloc(1, sizeof *job);
    if (job == NULL)
        return NULL;
    const char *directory =
        command->directory != NULL ? command->directory : pool->settings.directory;
    job->pool = pool;
    job->grace_s = command->grace_s;
    job->begin_until_ns = begin_until(command->within_s);
    job->tell_waiting = command->tell_waiting;
    job->teller = command->teller;
    job->directory = stg_arena_text(&job->arena, directory == NULL ? "~" : directory);
    job->program = stg_arena_text(&job->arena, command->words[0]);
    if (job->directory != NULL && job->program != NULL)
        return job;
    stg_arena_free(&job->arena);
    free(job);
    return NULL;
}

static void free_job(stg_ssh_job *job)
{
    stg_buf_free(&job->message);
    stg_arena_free(&job->arena);
    free(job->left);
    free(job);
}

static staged_status refuse(stg_ssh_pool *pool, const staged_place_command *command,
                            staged_place_end *failure)
{
    bool failed;
    char *problem = stg_remote_problem(command->environment, command->without, &failed);
    if (problem == NULL)
        return failed ? STAGED_NO_MEMORY : STAGED_OK;
    failure->failure = STAGED_PLACE_REFUSED;
    (void)pthread_mutex_lock(&pool->mutex);
    failure->message = stg_ssh_keep_text(pool, problem);
    (void)pthread_mutex_unlock(&pool->mutex);
    free(problem);
    return failure->message == NULL ? STAGED_NO_MEMORY : STAGED_FAILED;
}

static staged_status begin(void *place, const staged_place_command *command,
                           staged_place_client *client, staged_place_end *failure)
{
    stg_ssh_pool *pool = place;
    STAGED_TRY(refuse(pool, command, failure));
    stg_ssh_job *job = new_job(pool, command);
    if (job == NULL)
        return STAGED_NO_MEMORY;
    (void)pthread_mutex_lock(&pool->mutex);
    staged_status status = begin_there(job, command, failure);
    if (status != STAGED_OK)
        stg_ssh_leave_session(job);
    (void)pthread_mutex_unlock(&pool->mutex);
    if (status != STAGED_OK) {
        free_job(job);
        return status;
    }
    client->job = job;
    client->words = job->words;
    client->takes_input = command->has_input;
    return STAGED_OK;
}

/* ---- Meanwhile ---- */

/* Why the command runs where it does, if not all hosts can be reached. */
static const char *passed_over(stg_ssh_job *job)
{
    const stg_ssh_pool *pool = job->pool;
    for (size_t i = 0; i < pool->settings.host_count; i++) {
        const stg_ssh_host *host = &pool->hosts[i];
        if (host->passed_over_ns <= stg_now_ns() || host->trouble == NULL)
            continue;
        stg_buf_clear(&job->message);
        stg_buf_addf(&job->message, "%s is passed over: %s", host->name, host->trouble);
        return stg_buf_text(&job->message);
    }
    return NULL;
}

static void look(void *opaque, staged_place_look *look)
{
    stg_ssh_job *job = opaque;
    stg_ssh_connection *c = job->connection;
    (void)pthread_mutex_lock(&job->pool->mutex);
    const int64_t now = stg_now_ns();
    stg_ssh_hear(c, now, false);
    look->state = STAGED_PLACE_STATE_RUNS;
    look->node = c->node;
    look->reason = passed_over(job);
    look->next_s = LOOK_S;
    if (c->is_dead || job->is_refused || job->progress == STG_SSH_GONE) {
        look->state = STAGED_PLACE_STATE_GONE;
    } else if (job->end.kind != STG_REMOTE_NOT_ENDED) {
        const int64_t since_ns = now - job->ended_ns;
        if (job->is_held && since_ns >= DRAIN_NS) {
            job->is_gone = true;
            look->state = STAGED_PLACE_STATE_GONE;
        } else if (!job->is_held && since_ns >= ASK_AFTER_NS) {
            stg_ssh_tellf(c, "held %llu\n", (unsigned long long)job->number);
        }
        look->next_s = SOON_S;
    } else if (now >= job->ask_ns) {
        if (job->ask_ns > 0)
            stg_ssh_ask(job);
        job->ask_ns = now + ASK_EVERY_NS;
    }
    (void)pthread_mutex_unlock(&job->pool->mutex);
}

static void stop(void *opaque, double grace_s)
{
    stg_ssh_job *job = opaque;
    (void)pthread_mutex_lock(&job->pool->mutex);
    stg_ssh_stop(job, grace_s);
    (void)pthread_mutex_unlock(&job->pool->mutex);
}

/* ---- The end ---- */

static void end(void *opaque, int exit_code, staged_place_end *end)
{
    stg_ssh_job *job = opaque;
    (void)pthread_mutex_lock(&job->pool->mutex);
    stg_buf_clear(&job->message);
    stg_ssh_judge(job, exit_code, end);
    stg_ssh_leave_session(job);
    job->connection = NULL;
    (void)pthread_mutex_unlock(&job->pool->mutex);
}

static void release(void *opaque)
{
    stg_ssh_job *job = opaque;
    (void)pthread_mutex_lock(&job->pool->mutex);
    if (job->connection != NULL && !job->is_stopping)
        stg_ssh_stop(job, -1);
    stg_ssh_leave_session(job);
    (void)pthread_mutex_unlock(&job->pool->mutex);
    free_job(job);
}

size_t stg_ssh_room(const void *place)
{
    enum { FOR_EACH_HOST = 4 };
    const stg_ssh_pool *pool = place;
    return pool->settings.host_count * FOR_EACH_HOST;
}

const staged_place_kind stg_place_ssh = {.size = sizeof stg_place_ssh,
                                         .name = "ssh",
                                         .open = open_pool,
                                         .close = close_pool,
                                         .begin = begin,
                                         .look = look,
                                         .stop = stop,
                                         .end = end,
                                         .release = release};
