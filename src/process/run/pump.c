/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Waiting for events of a command. */
#include "process/run/pump.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/system/signal_guard.h"
#include "process/framework.h"
#include "process/signals/signals.h"
#include "process/system/active_time.h"
#include "process/system/fd.h"

/* How often to poll for the command's end where the system does not report it. */
#define TICK_NS INT64_C(2000000)

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static bool is_read_here(const staged_process *p, int output)
{
    return p->streams.ours[output] >= 0 && p->kinds[output] != STAGED_STREAM_PIPE;
}

static bool has_open_output(const staged_process *p)
{
    return is_read_here(p, 1) || is_read_here(p, 2);
}

static bool is_being_ended(const staged_process *p)
{
    return p->ending.step != STG_ENDING_NONE && p->ending.step != STG_ENDING_DONE;
}

static int64_t deadline_of(const staged_process *p)
{
    /* Its timeout no longer applies once it has ended, unless we wait without a limit. */
    if (p->ending.step != STG_ENDING_NONE ||
        (p->has_ended && (p->drain_until_ns != STG_NEVER || !has_open_output(p))))
        return STG_NEVER;
    return stg_moment_after(p->start_ns, p->timeout_ns);
}

static int64_t next_event_ns(const staged_process *p, int64_t now_ns)
{
    int64_t next = deadline_of(p);
    if (is_being_ended(p))
        next = earlier(next, p->ending.next_ns);
    if (!p->has_ended && p->pidfd < 0)
        next = earlier(next, now_ns + TICK_NS);
    if (p->has_ended && has_open_output(p))
        next = earlier(next, p->drain_until_ns);
    return earlier(next, stg_screens_next_ns(p, now_ns));
}

static int poll_time(int64_t until_ns, int64_t now_ns)
{
    if (until_ns == STG_NEVER)
        return -1;
    if (until_ns <= now_ns)
        return 0;
    const int64_t ms = (until_ns - now_ns + 999999) / 1000000;
    return ms > 3600000 ? 3600000 : (int)ms;
}

static void write_input(staged_process *p)
{
    const stg_signal_guard guard = stg_signal_guard_begin(SIGPIPE);
    const ssize_t n = write(p->streams.ours[0], p->input, p->input_left);
    if (n > 0) {
        p->input += n;
        p->input_left -= (size_t)n;
    }
    /* A command need not read all of its input. */
    const bool is_over = n < 0 && errno != EAGAIN && errno != EINTR;
    if (is_over || (p->input_left == 0 && p->kinds[0] == STAGED_STREAM_BYTES))
        stg_fd_close(&p->streams.ours[0]);
    stg_signal_guard_end(guard);
}

static stg_read_result read_output(staged_process *p, int output)
{
    int *fd = &p->streams.ours[output];
    const stg_read_result result = p->kinds[output] == STAGED_STREAM_PIPE
                                       ? stg_lines_read(&p->lines[output - 1], *fd)
                                       : stg_capture_read(&p->captures[output - 1], *fd);
    /* A command learns that the reader of its output has left, as if it had written to that reader
     * itself. */
    const bool is_over = p->kinds[output] == STAGED_STREAM_SHOW && p->shows[output - 1].over;
    if (result == STG_READ_END || is_over) {
        stg_screens_leave(p, output);
        stg_fd_close(fd);
    }
    return result;
}

static bool show_outputs(void *context)
{
    staged_process *p = context;
    bool is_some = false;
    for (int output = 1; output <= 2; output++)
        is_some |= p->streams.ours[output] >= 0 && read_output(p, output) == STG_READ_SOME;
    return is_some;
}

/* Stops waiting and takes what has arrived. */
static void read_the_rest(staged_process *p)
{
    for (int output = 1; output <= 2; output++) {
        stg_read_result result = STG_READ_SOME;
        while (is_read_here(p, output) && result == STG_READ_SOME)
            result = read_output(p, output);
        if (!is_read_here(p, output))
            continue;
        p->output_held = true;
        stg_screens_leave(p, output);
        if (p->held_outputs != NULL && p->kinds[output] == STAGED_STREAM_SHOW) {
            p->held_outputs[output - 1] = p->streams.ours[output];
            p->streams.ours[output] = -1;
        }
        stg_fd_close(&p->streams.ours[output]);
    }
}

static void note_end(staged_process *p, bool is_known)
{
    p->has_ended = true;
    stg_family_end(&p->family);
    p->end_ns = stg_active_ns();
    const bool waits = !p->leaves_daemon || p->drain_ns == STG_NEVER;
    p->drain_until_ns = waits ? stg_moment_after(p->end_ns, p->drain_ns) : p->end_ns;
    stg_fd_close(&p->pidfd);
    /* A command killed by a signal cannot restore the terminal, so we do.  Another command's use of
     * the terminal is left alone. */
    const bool is_killed = is_known && WIFSIGNALED(p->wait_status);
    if ((stg_process_leave_terminal(p) && !p->keeps_terminal) || is_killed)
        stg_terminal_restore(&p->terminal);
    if (p->kinds[0] != STAGED_STREAM_PIPE)
        stg_fd_close(&p->streams.ours[0]);
    p->status_is_lost = !is_known;
    if (!is_known)
        stg_error_set(&p->failure, STAGED_IO,
                      "the exit status is lost: SIGCHLD is ignored, or another part of the program "
                      "reaps all children");
    stg_families_reap();
}

static void look_for_end(staged_process *p)
{
    const pid_t pid = wait4(p->pid, &p->wait_status, WNOHANG, &p->usage);
    if (pid == p->pid)
        note_end(p, true);
    else if (pid < 0 && errno == ECHILD)
        note_end(p, false);
}

static void act_on_time(staged_process *p, int64_t now_ns)
{
    if (now_ns >= deadline_of(p)) {
        p->timed_out = true;
        stg_ending_begin(&p->ending, &p->family, 0, p->grace_ns, now_ns);
    }
    if (is_being_ended(p)) {
        stg_ending_advance(&p->ending, now_ns);
        if (p->ending.step == STG_ENDING_DONE)
            stg_terminal_restore(&p->terminal);
    }
    const bool is_over = p->ending.step == STG_ENDING_DONE && (p->has_ended || p->ending.gave_up);
    if (is_over || (p->has_ended && !is_being_ended(p) && now_ns >= p->drain_until_ns))
        read_the_rest(p);
}

/* Indices of the descriptors of a command among those that are polled. */
enum { END, INPUT, OUTPUT, ERROR_OUTPUT, SCREENS, PLACES };

static void list_descriptors(staged_process *p, struct pollfd fds[PLACES])
{
    fds[END] = (struct pollfd){.fd = p->pidfd, .events = POLLIN};
    fds[INPUT] =
        (struct pollfd){.fd = p->input_left > 0 ? p->streams.ours[0] : -1, .events = POLLOUT};
    fds[OUTPUT] = (struct pollfd){.fd = p->streams.ours[1], .events = POLLIN};
    fds[ERROR_OUTPUT] = (struct pollfd){.fd = p->streams.ours[2], .events = POLLIN};
    fds[SCREENS] = (struct pollfd){.fd = stg_screens_begin_waits(p), .events = POLLIN};
}

/* Returns false if a signal ended the wait. */
static bool wait_for_any(struct pollfd *fds, size_t count, int64_t until_ns, int64_t now_ns)
{
    if (poll(fds, (nfds_t)count, poll_time(until_ns, now_ns)) >= 0)
        return true;
    if (errno == EINTR)
        return false;
    /* The descriptor limit is now below what we poll: try everything, now and then. */
    for (size_t i = 0; i < count; i++)
        fds[i].revents = (short)(fds[i].fd < 0 ? 0 : POLLIN);
    (void)poll(NULL, 0, 2);
    return true;
}

/* `fds` NULL: a signal ended the wait. */
static void handle(staged_process *p, const struct pollfd *fds)
{
    stg_screens_attend(p, show_outputs);
    if (fds == NULL)
        return;
    if (fds[INPUT].revents != 0)
        write_input(p);
    for (int output = 1; output <= 2; output++) {
        if (fds[INPUT + output].revents != 0 && p->streams.ours[output] >= 0)
            (void)read_output(p, output);
    }
    if (!p->has_ended && (p->pidfd < 0 || fds[END].revents != 0))
        look_for_end(p);
    act_on_time(p, stg_active_ns());
}

void stg_process_pump(staged_process *process, int64_t until_ns, bool watch_signals)
{
    const int64_t now_ns = stg_active_ns();
    struct pollfd fds[1 + PLACES] = {
        {.fd = watch_signals ? staged_signals_descriptor() : -1, .events = POLLIN}};
    list_descriptors(process, fds + 1);
    until_ns = earlier(until_ns, next_event_ns(process, now_ns));
    const bool is_any = wait_for_any(fds, 1 + PLACES, until_ns, now_ns);
    handle(process, is_any ? fds + 1 : NULL);
}

/* Each by itself, now and then. */
static void pump_without_memory(staged_process *const *processes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        stg_process_pump(processes[i], 0, false);
    (void)poll(NULL, 0, 2);
}

void stg_processes_pump(staged_process *const *processes, size_t count, const stg_also *also,
                        int64_t wait_ns)
{
    const int64_t now_ns = stg_active_ns();
    int64_t until_ns = stg_moment_after(now_ns, wait_ns);
    const size_t own = 2 + also->count;
    struct pollfd *fds = calloc(own + count * PLACES, sizeof *fds);
    if (fds == NULL) {
        pump_without_memory(processes, count);
        return;
    }
    const bool watches = stg_signals_due() == 0;
    fds[0] = (struct pollfd){.fd = watches ? staged_signals_descriptor() : -1, .events = POLLIN};
    fds[1] = (struct pollfd){.fd = also->one, .events = POLLIN};
    for (size_t i = 0; i < also->count; i++)
        fds[2 + i] = (struct pollfd){.fd = also->others[i], .events = POLLIN};
    for (size_t i = 0; i < count; i++) {
        list_descriptors(processes[i], fds + own + i * PLACES);
        until_ns = earlier(until_ns, next_event_ns(processes[i], now_ns));
    }
    const bool is_any = wait_for_any(fds, own + count * PLACES, until_ns, now_ns);
    for (size_t i = 0; i < count; i++)
        handle(processes[i], is_any ? fds + own + i * PLACES : NULL);
    free(fds);
}

bool stg_process_is_settled(const staged_process *process)
{
    const staged_process *p = process;
    if (is_being_ended(p) || has_open_output(p))
        return false;
    return p->has_ended || p->ending.gave_up;
}

void stg_process_begin_ending(staged_process *process, int signal)
{
    const pid_t spare =
        signal != 0 && process->is_in_our_group && stg_signals_from_terminal() ? getpgrp() : 0;
    process->interrupted = signal;
    stg_ending_begin(&process->ending, &process->family, spare, process->grace_ns, stg_active_ns());
}
