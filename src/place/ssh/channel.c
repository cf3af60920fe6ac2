/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/ssh/channel.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <staged/signals.h>

#include "base/system/now.h"
#include "base/system/system.h"
#include "place/ssh/news.h"
#include "place/ssh/waiting.h"

#define MS_NS INT64_C(1000000)

static void close_fd(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
}

/* A command that is started meanwhile must not get it, and the standard streams are not ours. */
static bool make_private(int *fd)
{
    if (*fd <= 2) {
        const int higher = fcntl(*fd, F_DUPFD_CLOEXEC, 3);
        close_fd(fd);
        *fd = higher;
    }
    return *fd >= 0 && fcntl(*fd, F_SETFD, FD_CLOEXEC) == 0;
}

bool stg_ssh_open_channel(stg_ssh_connection *connection, int *theirs)
{
    int ends[2];
#if STG_ON_LINUX
    const int kind = SOCK_STREAM | SOCK_CLOEXEC;
#else
    const int kind = SOCK_STREAM;
#endif
    connection->channel = *theirs = -1;
    if (socketpair(AF_UNIX, kind, 0, ends) != 0)
        return false;
    bool is_good = make_private(&ends[0]);
    is_good = make_private(&ends[1]) && is_good;
    is_good = is_good && fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0;
#ifdef SO_NOSIGPIPE
    const int yes = 1;
    is_good = is_good && setsockopt(ends[0], SOL_SOCKET, SO_NOSIGPIPE, &yes, sizeof yes) == 0;
#endif
    if (!is_good) {
        close_fd(&ends[0]);
        close_fd(&ends[1]);
        return false;
    }
    connection->channel = ends[0];
    *theirs = ends[1];
    return true;
}

void stg_ssh_close_channel(stg_ssh_connection *connection)
{
    close_fd(&connection->channel);
}

#ifdef MSG_NOSIGNAL
enum { SEND_FLAGS = MSG_NOSIGNAL };
#else
enum { SEND_FLAGS = 0 };
#endif

static void send_now(stg_ssh_connection *c)
{
    size_t sent = 0;
    while (sent < c->unsent.length && c->channel >= 0) {
        const ssize_t n =
            send(c->channel, c->unsent.data + sent, c->unsent.length - sent, SEND_FLAGS);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
            c->is_dead = true;
        if (n < 0)
            break;
        sent += (size_t)n;
    }
    if (sent == 0)
        return;
    memmove(c->unsent.data, c->unsent.data + sent, c->unsent.length - sent);
    /* It may be of a program, with secrets. */
    stg_wipe(c->unsent.data + c->unsent.length - sent, sent);
    stg_buf_truncate(&c->unsent, c->unsent.length - sent);
}

void stg_ssh_tell(stg_ssh_connection *connection, const char *request, size_t length)
{
    if (connection->is_dead)
        return;
    stg_buf_add(&connection->unsent, request, length);
    /* With half of a request there is no going on. */
    if (stg_buf_status(&connection->unsent) != STAGED_OK)
        stg_ssh_give_up(connection);
    else
        send_now(connection);
}

void stg_ssh_tellf(stg_ssh_connection *connection, const char *format, ...)
{
    stg_buf request = {0};
    va_list values;
    va_start(values, format);
    stg_buf_vaddf(&request, format, values);
    va_end(values);
    if (stg_buf_status(&request) == STAGED_OK)
        stg_ssh_tell(connection, request.data, request.length);
    else
        stg_ssh_give_up(connection);
    stg_buf_free(&request);
}

void stg_ssh_hang_up(stg_ssh_connection *connection)
{
    if (connection->is_dead)
        return;
    send_now(connection);
    (void)shutdown(connection->channel, SHUT_WR);
}

static void take_lines(stg_ssh_connection *c)
{
    size_t begin = 0;
    char *end;
    while (begin < c->heard.length &&
           (end = memchr(c->heard.data + begin, '\n', c->heard.length - begin)) != NULL) {
        *end = '\0';
        stg_ssh_take_news(c, c->heard.data + begin);
        begin = (size_t)(end - c->heard.data) + 1;
    }
    if (begin == 0)
        return;
    memmove(c->heard.data, c->heard.data + begin, c->heard.length - begin);
    stg_buf_truncate(&c->heard, c->heard.length - begin);
}

static void receive(stg_ssh_connection *c)
{
    enum { PIECE = 4096 };
    while (c->channel >= 0) {
        char *room = stg_buf_reserve(&c->heard, PIECE);
        if (room == NULL) {
            stg_ssh_give_up(c);
            return;
        }
        const ssize_t n = recv(c->channel, room, PIECE, 0);
        if (n > 0) {
            c->heard.length += (size_t)n;
            c->heard_ns = stg_now_ns();
            stg_buf_end(&c->heard);
            take_lines(c);
        } else if (n == 0 || (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)) {
            c->is_dead = true;
            return;
        } else if (errno != EINTR) {
            return;
        }
    }
}

void stg_ssh_hear(stg_ssh_connection *connection, int64_t until_ns, bool heeds_signals)
{
    stg_ssh_connection *c = connection;
    if (c->is_dead)
        return;
    if (c->is_heard) {
        stg_ssh_wait(c->pool, until_ns);
        return;
    }
    send_now(c);
    const int64_t wait_ns = until_ns - stg_now_ns();
    /* What another thread tells meanwhile may have to wait for room. */
    int wait_ms = wait_ns > 100 * MS_NS ? 100 : (int)((wait_ns + MS_NS - 1) / MS_NS);
    if (wait_ms < 0)
        wait_ms = 0;
    struct pollfd fds[2] = {
        {.fd = c->channel, .events = c->unsent.length > 0 ? POLLIN | POLLOUT : POLLIN},
        {.fd = heeds_signals ? staged_signals_descriptor() : -1, .events = POLLIN}};
    c->is_heard = true;
    (void)pthread_mutex_unlock(&c->pool->mutex);
    (void)poll(fds, 2, wait_ms);
    (void)pthread_mutex_lock(&c->pool->mutex);
    c->is_heard = false;
    send_now(c);
    receive(c);
    (void)pthread_cond_broadcast(&c->pool->changed);
}
