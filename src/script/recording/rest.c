/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/recording/rest.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "script/recording/shown.h"
#include "script/state/object.h"
#include "script/state/owner.h"

/* The run's, made on first use; NULL: out of memory. */
static stg_rest *rest_of(staged_script *script)
{
    while (script->outer != NULL)
        script = script->outer;
    stg_lock(script);
    stg_rest **rest = &script->run->rest;
    if (*rest == NULL && (*rest = calloc(1, sizeof **rest)) != NULL) {
        (*rest)->script = script;
        (void)pthread_mutex_init(&(*rest)->lock, NULL);
    }
    stg_unlock(script);
    return *rest;
}

void stg_rest_free(stg_rest *rest)
{
    if (rest == NULL)
        return;
    stg_rest_end(rest);
    (void)pthread_mutex_destroy(&rest->lock);
    free(rest);
}

/* ---- Reading ---- */

/* A secret may arrive in two pieces, so an incomplete line waits for its end, up to a limit. */
static void show(stg_rest *rest, stg_rest_output *output, bool also_part)
{
    enum { LONGEST = 65536 };
    stg_buf *line = &output->line;
    size_t whole = line->length;
    if (!also_part && whole < LONGEST) {
        while (whole > 0 && line->data[whole - 1] != '\n')
            whole--;
    }
    if (whole == 0)
        return;
    /* The set of secrets may grow meanwhile. */
    size_t length;
    stg_lock(rest->script);
    char *masked = staged_secrets_mask(rest->script->run->secrets, line->data, whole, &length);
    stg_unlock(rest->script);
    if (masked != NULL)
        (void)stg_show_printed(rest->script, output->which, masked, length);
    free(masked);
    memmove(line->data, line->data + whole, line->length - whole);
    stg_buf_truncate(line, line->length - whole);
}

/* Returns whether more may come. */
static bool read_once(stg_rest *rest, stg_rest_output *output)
{
    char bytes[4096];
    const ssize_t length = read(output->descriptor, bytes, sizeof bytes);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return true;
    if (length > 0)
        stg_buf_add(&output->line, bytes, (size_t)length);
    show(rest, output, length <= 0);
    return length > 0;
}

static void forget(stg_rest *rest, size_t index)
{
    (void)close(rest->outputs[index].descriptor);
    stg_buf_free(&rest->outputs[index].line);
    rest->outputs[index] = rest->outputs[--rest->count];
}

/* Reads what is already there, at the end. */
static void read_rest(stg_rest *rest)
{
    while (rest->count > 0) {
        stg_rest_output *output = &rest->outputs[0];
        struct pollfd look = {.fd = output->descriptor, .events = POLLIN};
        while (poll(&look, 1, 0) > 0 && read_once(rest, output)) {
        }
        show(rest, output, true);
        forget(rest, 0);
    }
}

/* Other threads only add outputs, and only this one removes them. */
static bool read_all(stg_rest *rest)
{
    struct pollfd looks[STG_MOST_RESTS + 1];
    (void)pthread_mutex_lock(&rest->lock);
    const size_t count = rest->count;
    const bool is_over = rest->is_over;
    for (size_t i = 0; i < count; i++)
        looks[i] = (struct pollfd){.fd = rest->outputs[i].descriptor, .events = POLLIN};
    (void)pthread_mutex_unlock(&rest->lock);
    if (is_over)
        return false;
    looks[count] = (struct pollfd){.fd = rest->wake[0], .events = POLLIN};
    if (poll(looks, (nfds_t)count + 1, -1) <= 0)
        return true;
    char byte;
    if (looks[count].revents != 0)
        (void)!read(rest->wake[0], &byte, 1);
    /* From the last to the first, as removing one puts the last in its place. */
    for (size_t i = count; i-- > 0;) {
        if (looks[i].revents == 0 || read_once(rest, &rest->outputs[i]))
            continue;
        (void)pthread_mutex_lock(&rest->lock);
        forget(rest, i);
        (void)pthread_mutex_unlock(&rest->lock);
    }
    return true;
}

static void *read_until_over(void *context)
{
    while (read_all(context)) {
    }
    return NULL;
}

/* ---- From outside ---- */

/* The thread that runs the script handles the signals. */
static bool begin(stg_rest *rest)
{
    sigset_t all, before;
    if (rest->is_read)
        return true;
    if (pipe(rest->wake) != 0)
        return false;
    (void)fcntl(rest->wake[0], F_SETFD, FD_CLOEXEC);
    (void)fcntl(rest->wake[1], F_SETFD, FD_CLOEXEC);
    rest->is_over = false;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    rest->is_read = pthread_create(&rest->thread, NULL, read_until_over, rest) == 0;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!rest->is_read) {
        (void)close(rest->wake[0]);
        (void)close(rest->wake[1]);
    }
    return rest->is_read;
}

void stg_rest_add(staged_script *script, staged_output which, int descriptor)
{
    if (descriptor < 0)
        return;
    stg_rest *rest = rest_of(script);
    if (rest == NULL) {
        (void)close(descriptor);
        return;
    }
    (void)pthread_mutex_lock(&rest->lock);
    if (rest->count < STG_MOST_RESTS && begin(rest)) {
        rest->outputs[rest->count++] = (stg_rest_output){.descriptor = descriptor, .which = which};
        (void)!write(rest->wake[1], "", 1);
    } else {
        (void)close(descriptor);
    }
    (void)pthread_mutex_unlock(&rest->lock);
}

void stg_rest_end(stg_rest *rest)
{
    if (rest == NULL || !rest->is_read)
        return;
    (void)pthread_mutex_lock(&rest->lock);
    rest->is_over = true;
    (void)!write(rest->wake[1], "", 1);
    (void)pthread_mutex_unlock(&rest->lock);
    (void)pthread_join(rest->thread, NULL);
    rest->is_read = false;
    read_rest(rest);
    (void)close(rest->wake[0]);
    (void)close(rest->wake[1]);
}
