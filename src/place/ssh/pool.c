/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/ssh/pool.h"

#include <stdlib.h>
#include <string.h>

#include "base/system/now.h"
#include "place/ssh/connection.h"
#include "place/ssh/sockets.h"
#include "place/ssh/trouble.h"
#include "place/ssh/waiting.h"
#include "process/framework.h"

#define SECOND_NS INT64_C(1000000000)
/* For how long a host that could not be reached is passed over. */
#define PASSED_OVER_NS (60 * SECOND_NS)
/* Between two attempts to reach any. */
#define PAUSE_NS SECOND_NS

const char *stg_ssh_keep_text(stg_ssh_pool *pool, const char *text)
{
    /* A host that is away says the same again and again. */
    if (pool->kept == NULL || strcmp(pool->kept, text) != 0)
        pool->kept = stg_arena_text(&pool->arena, text);
    return pool->kept;
}

/* ---- Hosts ---- */

/* Of those that were not tried yet, the one that does the least.  One that is passed over counts
 * only if there is no other. */
static stg_ssh_host *pick_host(const stg_ssh_pool *pool, const bool *tried)
{
    stg_ssh_host *best = NULL;
    const int64_t now = stg_now_ns();
    bool best_is_in_reach = false;
    for (size_t i = 0; i < pool->settings.host_count; i++) {
        stg_ssh_host *host = &pool->hosts[i];
        const bool is_in_reach = host->passed_over_ns <= now;
        if (tried[i] || (best_is_in_reach && !is_in_reach))
            continue;
        if (best == NULL || (is_in_reach && !best_is_in_reach) || host->busy < best->busy) {
            best = host;
            best_is_in_reach = is_in_reach;
        }
    }
    return best;
}

/* Frees those that were lost and that nothing needs any more. */
static void drop_lost(stg_ssh_pool *pool)
{
    stg_ssh_connection **at = &pool->connections;
    while (*at != NULL) {
        stg_ssh_connection *c = *at;
        if (!c->is_dead || c->jobs != NULL || c->is_heard) {
            at = &c->next;
            continue;
        }
        *at = c->next;
        stg_ssh_connection_close(c);
    }
}

static stg_ssh_connection *find_connection(stg_ssh_pool *pool, const stg_ssh_host *host)
{
    drop_lost(pool);
    stg_ssh_connection *c = pool->connections;
    while (c != NULL && (c->host != host || c->is_dead || c->is_retired || c->sessions >= c->limit))
        c = c->next;
    return c;
}

static size_t free_slot(const stg_ssh_connection *c)
{
    size_t slot = 0;
    const stg_ssh_job *job;
    do {
        slot++;
        job = c->jobs;
        while (job != NULL && job->slot != slot)
            job = job->next;
    } while (job != NULL);
    return slot;
}

/* Why a host could not be reached. */
typedef struct attempt {
    staged_place_failure failure;
    stg_buf message;
} attempt;

static staged_status connect_to(stg_ssh_pool *pool, stg_ssh_host *host, int64_t until_ns,
                                attempt *a)
{
    stg_ssh_connection *c = NULL;
    staged_status status =
        pool->folder != NULL ? STAGED_OK : stg_ssh_make_folder(pool, &a->message);
    if (status != STAGED_OK) {
        a->failure = STAGED_PLACE_OTHER;
        return status;
    }
    host->is_connecting = true;
    status = stg_ssh_connection_open(pool, host, until_ns, &c, &a->failure, &a->message);
    host->is_connecting = false;
    (void)pthread_cond_broadcast(&pool->changed);
    if (status == STAGED_OK) {
        host->passed_over_ns = 0;
        c->next = pool->connections;
        pool->connections = c;
    } else if (status == STAGED_FAILED && a->failure != STAGED_PLACE_OTHER) {
        host->passed_over_ns = stg_now_ns() + PASSED_OVER_NS;
        free(host->trouble);
        host->trouble = strdup(stg_buf_text(&a->message));
        host->failure = a->failure;
        /* A time limit of this command may be why; it is no other's. */
        host->failures += stg_now_ns() < until_ns;
    }
    return status;
}

static bool is_reached(const stg_ssh_pool *pool, const stg_ssh_host *host)
{
    const stg_ssh_connection *c = pool->connections;
    while (c != NULL && (c->host != host || c->is_dead))
        c = c->next;
    return c != NULL;
}

/* The failed attempt of another command counts for all that have waited for it.  Otherwise each
 * would try in its turn, and fail after just as long. */
static staged_status share_failure(const stg_ssh_host *host, attempt *a)
{
    if (host->trouble == NULL)
        return STAGED_NO_MEMORY;
    a->failure = host->failure;
    stg_buf_add_text(&a->message, host->trouble);
    return STAGED_FAILED;
}

/* Whose time limit is up tells that in its own words; there is no connection yet. */
static staged_status be_late(const stg_ssh_host *host, attempt *a)
{
    a->failure = STAGED_PLACE_UNREACHABLE;
    stg_buf_addf(&a->message, "no connection to %s was made in time", host->name);
    return STAGED_FAILED;
}

/* Gets a session of this host. */
static staged_status take_session(stg_ssh_pool *pool, stg_ssh_host *host, stg_ssh_job *job,
                                  attempt *a)
{
    const uint64_t failures = host->failures;
    for (;;) {
        if (stg_signals_due() != 0)
            return STAGED_INTERRUPTED;
        stg_ssh_connection *c = find_connection(pool, host);
        if (c != NULL) {
            c->sessions++;
            job->connection = c;
            job->number = ++c->count;
            job->slot = free_slot(c);
            job->next = c->jobs;
            c->jobs = job;
            return STAGED_OK;
        }
        if (host->failures != failures && !is_reached(pool, host))
            return share_failure(host, a);
        if (stg_now_ns() >= job->begin_until_ns)
            return be_late(host, a);
        if (host->is_connecting)
            stg_ssh_wait(pool, stg_now_ns() + SECOND_NS);
        else
            STAGED_TRY(connect_to(pool, host, job->begin_until_ns, a));
    }
}

/* Keeps the failure that counts: the first that may pass, or else the first. */
static void keep_failure(attempt *kept, attempt *own)
{
    const attempt former = *kept;
    if (former.failure != STAGED_PLACE_OK &&
        (stg_ssh_may_pass(former.failure) || !stg_ssh_may_pass(own->failure)))
        return;
    *kept = *own;
    *own = former;
}

/* Tries all hosts, the best one first.
 *   a  receives why they failed */
static staged_status try_hosts(stg_ssh_pool *pool, stg_ssh_job *job, bool *tried, attempt *a)
{
    stg_ssh_host *host;
    memset(tried, 0, pool->settings.host_count * sizeof *tried);
    while ((host = pick_host(pool, tried)) != NULL) {
        attempt own = {0};
        host->busy++;
        staged_status status = take_session(pool, host, job, &own);
        if (status == STAGED_OK)
            job->host = host;
        else
            host->busy--;
        if (status == STAGED_FAILED)
            keep_failure(a, &own);
        stg_buf_free(&own.message);
        if (status != STAGED_FAILED)
            return status;
        tried[host - pool->hosts] = true;
    }
    return STAGED_FAILED;
}

static staged_status pause_between(stg_ssh_pool *pool)
{
    const int64_t until_ns = stg_now_ns() + PAUSE_NS;
    while (stg_now_ns() < until_ns && stg_signals_due() == 0)
        stg_ssh_wait(pool, until_ns);
    return stg_signals_due() == 0 ? STAGED_OK : STAGED_INTERRUPTED;
}

/* Tells what the job waits for, if that is new. */
static void tell_waiting(stg_ssh_job *job, const attempt *a)
{
    static const char beginning[] = "for a connection: ";
    const char *trouble = stg_buf_text(&a->message);
    if (job->tell_waiting == NULL ||
        (job->waits_for != NULL && strcmp(job->waits_for + sizeof beginning - 1, trouble) == 0))
        return;
    job->waits_for = stg_arena_printf(&job->arena, "%s%s", beginning, trouble);
    if (job->waits_for == NULL)
        return;
    (void)pthread_mutex_unlock(&job->pool->mutex);
    job->tell_waiting(job->teller, job->waits_for);
    (void)pthread_mutex_lock(&job->pool->mutex);
}

static staged_status tell_failure(stg_ssh_pool *pool, const attempt *a, bool has_waited,
                                  staged_place_end *failure)
{
    stg_buf text = {0};
    stg_buf_addf(&text, "%s%s",
                 has_waited ? "it waited longer than its place allows (--wait): " : "",
                 stg_buf_text(&a->message));
    failure->failure = has_waited ? STAGED_PLACE_WAITED : a->failure;
    failure->message =
        stg_buf_status(&text) == STAGED_OK ? stg_ssh_keep_text(pool, stg_buf_text(&text)) : NULL;
    failure->may_pass = stg_ssh_may_pass(a->failure);
    stg_buf_free(&text);
    return failure->message == NULL ? STAGED_NO_MEMORY : STAGED_FAILED;
}

staged_status stg_ssh_find_session(stg_ssh_pool *pool, stg_ssh_job *job, staged_place_end *failure)
{
    const int64_t own_ns = stg_now_ns() + pool->settings.wait_ns;
    const int64_t until_ns = own_ns < job->begin_until_ns ? own_ns : job->begin_until_ns;
    bool *tried = calloc(pool->settings.host_count, sizeof *tried);
    if (tried == NULL)
        return STAGED_NO_MEMORY;
    attempt a = {0};
    staged_status status = try_hosts(pool, job, tried, &a);
    while (status == STAGED_FAILED && a.failure == STAGED_PLACE_UNREACHABLE &&
           stg_now_ns() < until_ns) {
        tell_waiting(job, &a);
        status = pause_between(pool);
        if (status != STAGED_OK)
            break;
        stg_buf_free(&a.message);
        a = (attempt){0};
        status = try_hosts(pool, job, tried, &a);
    }
    if (status == STAGED_FAILED) {
        const bool has_waited = a.failure == STAGED_PLACE_UNREACHABLE &&
                                pool->settings.wait_ns > 0 && stg_now_ns() < job->begin_until_ns;
        status = tell_failure(pool, &a, has_waited, failure);
    }
    stg_buf_free(&a.message);
    free(tried);
    return status;
}

void stg_ssh_leave_session(stg_ssh_job *job)
{
    stg_ssh_connection *c = job->connection;
    if (job->host != NULL)
        job->host->busy--;
    job->host = NULL;
    if (c == NULL)
        return;
    stg_ssh_job **at = &c->jobs;
    while (*at != NULL && *at != job)
        at = &(*at)->next;
    if (*at == NULL)
        return;
    *at = job->next;
    job->next = NULL;
    c->sessions--;
    c->is_retired = c->is_retired || job->stops > 0;
    (void)pthread_cond_broadcast(&c->pool->changed);
}
