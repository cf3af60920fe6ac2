/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/ssh/connection.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/failure/error.h"
#include "base/system/now.h"
#include "place/remote/here.h"
#include "place/ssh/channel.h"
#include "place/ssh/control.h"
#include "place/ssh/trouble.h"
#include "process/framework.h"

#define SECOND_NS INT64_C(1000000000)
/* The longest that ssh may take for a connection and the shell there for its first words, beyond
 * the limits that ssh itself has for connecting. */
#define OPENING_NS (90 * SECOND_NS)
/* For ending what was left there, as long as that takes (control.c). */
#define CLOSING_NS (10 * SECOND_NS)

char *stg_ssh_read_log(const char *path, size_t from)
{
    enum { PIECE = 4096, MOST = 65536 };
    stg_buf text = {0};
    FILE *file = fopen(path, "re");
    stg_buf_add_text(&text, "");
    if (file != NULL && fseek(file, (long)from, SEEK_SET) == 0) {
        size_t n = PIECE;
        while (n == PIECE && text.length < MOST) {
            char *room = stg_buf_reserve(&text, PIECE);
            n = room == NULL ? 0 : fread(room, 1, PIECE, file);
            text.length += n;
            stg_buf_end(&text);
        }
    }
    if (file != NULL)
        (void)fclose(file);
    return stg_buf_take(&text);
}

static bool make_names(stg_ssh_connection *c)
{
    const uint64_t number = ++c->pool->count;
    c->socket = stg_arena_printf(&c->arena, "%s/%llu", c->pool->folder, (unsigned long long)number);
    c->log =
        stg_arena_printf(&c->arena, "%s/%llu.said", c->pool->folder, (unsigned long long)number);
    c->token = stg_arena_printf(&c->arena, "%s-%llu", c->pool->token, (unsigned long long)number);
    c->clients = stg_arena_printf(&c->arena, "%s.clients", c->log);
    return c->clients != NULL && c->socket != NULL && c->log != NULL && c->token != NULL;
}

static stg_ssh_connection *new_connection(stg_ssh_pool *pool, stg_ssh_host *host)
{
    stg_ssh_connection *c = calloc(1, sizeof *c);
    if (c == NULL)
        return NULL;
    c->pool = pool;
    c->host = host;
    c->channel = -1;
    c->limit = pool->settings.sessions - 1;
    if (make_names(c))
        return c;
    stg_arena_free(&c->arena);
    free(c);
    return NULL;
}

static void free_connection(stg_ssh_connection *c)
{
    stg_ssh_close_channel(c);
    staged_process_free(c->master);
    (void)unlink(c->socket);
    (void)unlink(c->log);
    (void)unlink(c->clients);
    stg_buf_free(&c->heard);
    stg_wipe(c->unsent.data, c->unsent.capacity);
    stg_buf_free(&c->unsent);
    stg_arena_free(&c->arena);
    free(c->problem);
    free(c->left);
    free(c);
}

/* Too many processes or open files here are no matter of the host. */
static staged_status fail_here(staged_status status, staged_place_failure *failure)
{
    staged_place_end end = {.size = sizeof end};
    stg_place_end_of_status(&end, status);
    *failure = end.failure;
    return STAGED_FAILED;
}

/* Ctrl-C must not reach it: first what runs there is ended.  Nor may it ask on the terminal. */
static staged_status start_master(stg_ssh_connection *c, staged_place_failure *failure,
                                  stg_buf *message)
{
    int theirs;
    stg_arena arena = {0};
    const char **words = stg_ssh_words(&c->pool->settings, STG_SSH_MASTER, c->host->name, c->socket,
                                       NULL, NULL, stg_ssh_control_shell, &arena);
    staged_status status = words == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    if (status == STAGED_OK && !stg_ssh_open_channel(c, &theirs)) {
        const int error = errno;
        stg_buf_addf(message, "cannot make a channel to ssh: %s", strerror(error));
        status = fail_here(stg_status_of_errno(error), failure);
    }
    if (status == STAGED_OK) {
        const staged_process_options options = {
            .size = sizeof options,
            .arguments = words,
            .input = STAGED_STREAM(STAGED_STREAM_DESCRIPTOR, .descriptor = theirs),
            .output = STAGED_STREAM(STAGED_STREAM_DESCRIPTOR, .descriptor = theirs),
            .error_output = STAGED_STREAM(STAGED_STREAM_FILE, .path = c->log),
            .process_group = STAGED_PROCESS_GROUP_SESSION,
            .grace_s = 1};
        status = staged_process_start(&options, &c->master);
        (void)close(theirs);
        if (status != STAGED_OK && status != STAGED_INTERRUPTED && status != STAGED_NO_MEMORY) {
            stg_buf_addf(message, "%s", staged_process_error(c->master));
            status = fail_here(status, failure);
        }
    }
    stg_arena_free(&arena);
    return status;
}

/* Says why it cannot be used. */
static staged_status explain(stg_ssh_connection *c, staged_place_failure *failure, stg_buf *message)
{
    char *said = stg_ssh_read_log(c->log, 0);
    stg_buf check = {0};
    const char *words = stg_ssh_check_words(&c->pool->settings, c->host->name, &check);
    staged_completed_process *result = NULL;
    (void)pthread_mutex_unlock(&c->pool->mutex);
    if (c->is_dead)
        (void)staged_process_wait(c->master, 2, &result);
    (void)pthread_mutex_lock(&c->pool->mutex);
    const bool is_of_ssh = result == NULL || result->exit_code == 255;

    if (c->problem != NULL) {
        *failure = STAGED_PLACE_REFUSED;
        stg_buf_addf(message, "%s cannot be used: %s", c->host->name, c->problem);
    } else if (said == NULL) {
        *failure = STAGED_PLACE_OTHER;
    } else if (!c->is_dead) {
        *failure = STAGED_PLACE_UNREACHABLE;
        stg_buf_addf(message, "%s does not answer; check with: %s", c->host->name, words);
    } else if (!is_of_ssh) {
        *failure = STAGED_PLACE_LOGIN;
        stg_buf_addf(message, "%s accepts the login, but runs no commands", c->host->name);
        stg_ssh_add_last_words(message, said);
        stg_buf_addf(message, "; check with: %s", words);
    } else {
        *failure = stg_ssh_trouble(said, c->host->name, words, message);
    }
    staged_completed_process_free(result);
    stg_buf_free(&check);
    free(said);
    return said == NULL ? STAGED_NO_MEMORY : STAGED_FAILED;
}

/* What a login shell says before it runs anything is not why a connection was lost. */
static void skip_greeting(stg_ssh_connection *c)
{
    struct stat about;
    if (stat(c->log, &about) == 0)
        c->log_read = (size_t)about.st_size;
}

static staged_status wait_until_ready(stg_ssh_connection *c, int64_t limit_ns,
                                      staged_place_failure *failure, stg_buf *message)
{
    const int64_t own_ns = stg_now_ns() + OPENING_NS;
    const int64_t until_ns = limit_ns < own_ns ? limit_ns : own_ns;
    while (!c->is_ready && !c->is_dead && stg_now_ns() < until_ns) {
        stg_ssh_hear(c, until_ns, true);
        if (stg_signals_due() != 0)
            return STAGED_INTERRUPTED;
    }
    if (c->is_ready) {
        skip_greeting(c);
        return STAGED_OK;
    }
    return c->lacks_memory ? STAGED_NO_MEMORY : explain(c, failure, message);
}

staged_status stg_ssh_connection_open(stg_ssh_pool *pool, stg_ssh_host *host, int64_t until_ns,
                                      stg_ssh_connection **connection,
                                      staged_place_failure *failure, stg_buf *message)
{
    stg_ssh_connection *c = new_connection(pool, host);
    *connection = NULL;
    if (c == NULL)
        return STAGED_NO_MEMORY;
    stg_ssh_add_control(&c->unsent, c->token);
    staged_status status = stg_buf_status(&c->unsent);
    if (status == STAGED_OK)
        status = start_master(c, failure, message);
    if (status == STAGED_OK)
        status = wait_until_ready(c, until_ns, failure, message);
    if (status == STAGED_OK)
        *connection = c;
    else
        free_connection(c);
    return status;
}

void stg_ssh_connection_close(stg_ssh_connection *connection)
{
    stg_ssh_connection *c = connection;
    const int64_t until_ns = stg_now_ns() + CLOSING_NS;
    stg_ssh_hang_up(c);
    while (!c->is_dead && stg_now_ns() < until_ns)
        stg_ssh_hear(c, until_ns, false);
    /* One that we gave up still listens. */
    stg_ssh_close_channel(c);
    if (c->is_dead)
        (void)staged_process_wait(c->master, 1, NULL);
    free_connection(c);
}
