/* SPDX-License-Identifier: BSD-3-Clause
 *
 * From options to a running command. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/failure/options.h"
#include "base/system/system.h"

#if STG_ON_LINUX
#include <sys/syscall.h>
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#endif

#include "base/system/duration.h"
#include "process/framework.h"
#include "process/run/environment.h"
#include "process/run/options.h"
#include "process/run/process.h"
#include "process/run/spawn.h"
#include "process/signals/signals.h"
#include "process/system/active_time.h"
#include "process/system/fd.h"

/* Where to search programs without PATH. */
static const char default_search[] = "/usr/local/bin:/usr/bin:/bin";

/* The system's limits for one argument and for all together. */
static staged_status too_long(const stg_launch *launch, stg_error *error)
{
    size_t longest = 0, total = 0;
    for (char *const *argument = launch->arguments; *argument != NULL; argument++) {
        const size_t length = strlen(*argument);
        longest = length > longest ? length : longest;
        total += length + 1;
    }
    for (char *const *entry = launch->environment; *entry != NULL; entry++)
        total += strlen(*entry) + 1;
    return stg_error_set(error, STAGED_BAD_INPUT,
                         "%s: argument list too long: the longest argument has %zu bytes, "
                         "arguments and environment together have %zu",
                         launch->program, longest, total);
}

static staged_status program_failure(const stg_launch *launch, int code, stg_error *error)
{
    const bool has_slash = strchr(launch->program, '/') != NULL;
    const char *reason = strerror(code);
    if (code == E2BIG)
        return too_long(launch, error);
    if (code == ENOENT && !has_slash)
        reason = "no such program";
    else if (code == ENOENT && access(launch->program, F_OK) == 0 && launch->directory == NULL)
        reason = "the interpreter or loader that it names does not exist";
    else if (code == ENOEXEC)
        reason = "not a program; a script needs a first line such as '#!/bin/sh'";
    return stg_error_set(error, stg_status_of_errno(code), "cannot run '%s': %s", launch->program,
                         reason);
}

static staged_status spawn_failure(const stg_launch *launch, stg_spawn_failure failure,
                                   stg_error *error)
{
    const staged_status status = stg_status_of_errno(failure.error);
    const char *reason = strerror(failure.error);
    switch (failure.step) {
    case STAGED_START_OK:
        return stg_error_set(error, STAGED_INTERRUPTED, "interrupted by a signal");
    case STAGED_START_PROGRAM:
        return program_failure(launch, failure.error, error);
    case STAGED_START_DIRECTORY:
        return stg_error_set(error, status, "cannot change to the directory '%s': %s",
                             launch->directory, reason);
    case STAGED_START_LIMIT:
        return stg_error_set(error, status, "cannot set a limit: %s", reason);
    case STAGED_START_NICENESS:
        return stg_error_set(error, status, "cannot change the niceness: %s", reason);
    case STAGED_START_GROUP:
        return stg_error_set(error, status, "cannot change the process group: %s", reason);
    case STAGED_START_USER:
        return stg_error_set(error, status, "cannot change the user or group: %s", reason);
    case STAGED_START_PROCESS:
        return stg_error_set(error, status, "cannot start a process: %s", reason);
    case STAGED_START_STREAM:
    case STAGED_START_OPTIONS:
        break;
    }
    return stg_error_set(error, status, "cannot set up the streams: %s", reason);
}

/* The words that start a shell, so that a command that begins like an option is not read as one. */
static void shell_words(const staged_process_options *options, const char *words[5])
{
    size_t n = 0;
    words[n++] = options->shell == NULL ? "/bin/sh" : options->shell;
    words[n++] = "-c";
    if (options->command[0] == '-' || options->command[0] == '+')
        words[n++] = "--";
    words[n++] = options->command;
    words[n] = NULL;
}

static staged_status spawn(staged_process *p, const stg_launch *launch)
{
    stg_spawn_failure failure;
    p->pid = stg_spawn(launch, &failure);
    if (p->pid >= 0)
        return STAGED_OK;
    p->failed_step = failure.step;
    return spawn_failure(launch, failure, &p->failure);
}

static staged_status launch(staged_process *p, const staged_process_options *options,
                            const stg_identity *identity)
{
    const char *words[5];
    char **made = NULL;
    stg_launch l = {.directory = options->directory,
                    .options = options,
                    .identity = identity,
                    .family = &p->family,
                    .streams = {p->streams.child[0], p->streams.child[1], p->streams.child[2]}};
    if (options->command != NULL)
        shell_words(options, words);
    const char *const *arguments = options->command != NULL ? words : options->arguments;
    /* execve takes its texts as not const, but does not change them. */
    memcpy(&l.arguments, &arguments, sizeof arguments);
    l.program = options->program != NULL ? options->program : l.arguments[0];
    l.environment = stg_environment_make(options, &made);
    staged_status status = STAGED_NO_MEMORY;
    if (l.environment != NULL) {
        l.search = stg_environment_get(l.environment, "PATH");
        if (l.search == NULL)
            l.search = default_search;
        l.scratch = malloc(strlen(l.search) + strlen(l.program) + 2);
    }
    if (l.scratch != NULL)
        status = spawn(p, &l);
    else
        stg_error_set(&p->failure, STAGED_NO_MEMORY, "out of memory");
    free(l.scratch);
    free(made);
    return status;
}

static staged_status launch_as(staged_process *p, const staged_process_options *options)
{
    if (!stg_identity_is_asked_for(options))
        return launch(p, options, NULL);
    stg_identity identity;
    staged_status status = stg_identity_find(options, &identity, &p->failure);
    if (status == STAGED_OK)
        status = launch(p, options, &identity);
    else
        p->failed_step = STAGED_START_USER;
    stg_identity_free(&identity);
    return status;
}

static bool is_read(staged_stream_kind kind)
{
    return kind == STAGED_STREAM_CAPTURE || kind == STAGED_STREAM_TEE || kind == STAGED_STREAM_SHOW;
}

/* Whether a command only sets up the terminal. */
static bool is_about_terminal(const staged_process_options *options)
{
    static const char *const names[] = {"stty", "reset", "tset"};
    const char *begin = options->command != NULL ? options->command : options->arguments[0];
    if (options->command != NULL && strpbrk(begin, ";&|\n") != NULL)
        return false;
    while (*begin == ' ' || *begin == '\t')
        begin++;
    const char *end = begin + (options->command != NULL ? strcspn(begin, " \t") : strlen(begin));
    for (const char *at = begin; at < end; at++) {
        if (*at == '/')
            begin = at + 1;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strlen(names[i]) == (size_t)(end - begin) &&
            memcmp(names[i], begin, strlen(names[i])) == 0)
            return true;
    }
    return false;
}

/* Copies the options that are needed after the call. */
static staged_status take_options(staged_process *p, const staged_process_options *o)
{
    const staged_stream *outputs[] = {o->output, o->error_output};
    p->timeout_ns = o->timeout_s > 0 ? stg_seconds_ns(o->timeout_s) : STG_NEVER;
    p->grace_ns = stg_seconds_ns(stg_grace_s(o));
    p->drain_ns = o->drain_s < 0 ? STG_NEVER : stg_seconds_ns(o->drain_s == 0 ? 1 : o->drain_s);
    p->leaves_daemon = o->leaves_daemon;
    p->held_outputs = o->held_outputs;
    for (int i = 0; i < 2 && p->held_outputs != NULL; i++)
        p->held_outputs[i] = -1;
    p->keeps_terminal = o->keeps_terminal || p->only_sets_terminal;
    p->kinds[0] = o->input->kind;
    p->input = o->input->bytes;
    p->input_left = o->input->length;
    for (int i = 0; i < 2; i++) {
        p->kinds[i + 1] = outputs[i]->kind;
        if (is_read(outputs[i]->kind) && !stg_capture_init(&p->captures[i], outputs[i], o->secrets))
            return STAGED_NO_MEMORY;
        if (outputs[i]->kind != STAGED_STREAM_TEE && outputs[i]->kind != STAGED_STREAM_SHOW)
            continue;
        p->shows[i] = stg_show_begin(o, i == 0 ? STAGED_OUTPUT_STDOUT : STAGED_OUTPUT_STDERR);
        if (p->shows[i].mask.failed)
            return STAGED_NO_MEMORY;
        p->captures[i].show = &p->shows[i];
        p->captures[i].is_only_shown = outputs[i]->kind == STAGED_STREAM_SHOW;
    }
    if (o->expected_count == 0)
        return STAGED_OK;
    p->expected_count = o->expected_count;
    p->expected_codes = malloc(o->expected_count * sizeof *p->expected_codes);
    if (p->expected_codes == NULL)
        return STAGED_NO_MEMORY;
    memcpy(p->expected_codes, o->expected_codes, o->expected_count * sizeof *p->expected_codes);
    return STAGED_OK;
}

/* If families are known by their process groups, each needs its own, except for commands that need
 * the terminal. */
static staged_process_group group_of(const staged_process_options *options)
{
    if (options->process_group == STAGED_PROCESS_GROUP_JOIN && options->join_group == getpgrp())
        return STAGED_PROCESS_GROUP_OURS;
    if (options->process_group != STAGED_PROCESS_GROUP_AUTO)
        return options->process_group;
    if (!stg_family_needs_group() ||
        (options->input->kind == STAGED_STREAM_INHERIT && isatty(STDIN_FILENO)))
        return STAGED_PROCESS_GROUP_OURS;
    return STAGED_PROCESS_GROUP_NEW;
}

static int open_pidfd(pid_t pid)
{
#if STG_ON_LINUX
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    return fd < 0 || stg_fd_raise(&fd) != 0 ? -1 : fd;
#else
    (void)pid;
    return -1;
#endif
}

static void begin_to_run(staged_process *p)
{
    p->pidfd = open_pidfd(p->pid);
    /* Whatever does not read the terminal, such as a background command, leaves it alone. */
    p->has_terminal = p->terminal.is_ours && p->kinds[0] == STAGED_STREAM_INHERIT;
    if (p->has_terminal)
        atomic_fetch_add(stg_signals_terminal_users(), 1);
}

/* Small input fits into the pipe at once. */
static void begin_input(staged_process *p)
{
    if (p->kinds[0] != STAGED_STREAM_BYTES)
        return;
    const ssize_t n = p->input_left == 0 ? 0 : write(p->streams.ours[0], p->input, p->input_left);
    if (n > 0) {
        p->input += n;
        p->input_left -= (size_t)n;
    }
    if (p->input_left == 0)
        stg_fd_close(&p->streams.ours[0]);
}

static int64_t wall_ns(void)
{
    const staged_clock *clock = staged_clock_system();
    return clock->wall_ns(clock->context);
}

staged_status stg_process_start(staged_process *p, const staged_process_options *given,
                                bool may_pipe)
{
    staged_process_options own;
    const staged_process_options *options = &own;
    staged_stream streams[3];
    const char *problem = stg_options_read(&own, streams, given);
    p->pid = -1;
    p->pidfd = -1;
    p->streams = (stg_streams){.made = {-1, -1, -1}, .ours = {-1, -1, -1}};
    p->failed_step = STAGED_START_OPTIONS;
    p->start_wall_ns = wall_ns();
    p->start_ns = p->end_ns = stg_active_ns();
    if (problem != NULL)
        return stg_error_set(&p->failure, STAGED_BAD_USE, "%s", problem);
    STAGED_TRY(stg_options_check(options, may_pipe, &p->failure));
    p->interrupted = p->starts_anyway ? 0 : stg_signals_due();
    if (p->interrupted != 0) {
        p->failed_step = STAGED_START_OK;
        return stg_error_set(&p->failure, STAGED_INTERRUPTED, "not started: interrupted by %s",
                             staged_signal_name(p->interrupted));
    }
    p->only_sets_terminal = is_about_terminal(options);
    stg_screens_open(p, streams);
    staged_process_options actual = *options;
    actual.process_group = group_of(options);
    p->is_in_our_group = actual.process_group == STAGED_PROCESS_GROUP_OURS;
    if (take_options(p, options) != STAGED_OK)
        return stg_error_set(&p->failure, STAGED_NO_MEMORY, "out of memory");
    p->failed_step = STAGED_START_STREAM;
    STAGED_TRY(stg_streams_open(options, p->screens, &p->streams, &p->failure));
    begin_input(p);
    p->terminal = stg_terminal_save();
    stg_family_prepare(&p->family, options->leaves_daemon);
    p->failed_step = STAGED_START_OK;
    const staged_status status = launch_as(p, &actual);
    stg_streams_close_made(&p->streams);
    if (status == STAGED_OK)
        begin_to_run(p);
    else
        stg_streams_close_ours(&p->streams);
    return status;
}

bool stg_process_leave_terminal(staged_process *p)
{
    atomic_int *users = stg_signals_terminal_users();
    if (p->has_terminal)
        atomic_fetch_sub(users, 1);
    p->has_terminal = false;
    return atomic_load(users) == 0;
}

void stg_process_clear(staged_process *p)
{
    stg_process_leave_terminal(p);
    stg_error_free(&p->failure);
    stg_error_free(&p->call_error);
    free(p->expected_codes);
    stg_fd_close(&p->pidfd);
    stg_streams_close_ours(&p->streams);
    stg_screens_close(p);
    for (int i = 0; i < 2; i++) {
        stg_show_end(&p->shows[i]);
        stg_capture_free(&p->captures[i]);
        stg_lines_free(&p->lines[i]);
    }
    stg_ending_free(&p->ending);
}
