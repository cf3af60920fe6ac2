/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/framework.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "process/secrets/forms.h"
#include "process/signals/signals.h"
#include "process/signals/terminal.h"
#include "process/system/active_time.h"
#include "process/system/fd.h"

/* The longest line: no terminal hands over more at once. */
enum { LONGEST = 4096 };

typedef struct typing {
    const char *prompt;
    bool is_hidden;
    int64_t until_ns;
    int output; /* where the prompt goes */
    stg_typist typist;
    int wake_read; /* a stop that comes just before a wait ends that, too */
    stg_error *error;
} typing;

bool stg_can_type(void)
{
    return isatty(STDIN_FILENO) == 1;
}

void stg_typed_free(char *line)
{
    if (line != NULL)
        stg_wipe(line, strlen(line));
    free(line);
}

static staged_status io_failure(const typing *t, const char *what)
{
    return stg_error_set(t->error, STAGED_IO, "cannot %s the terminal: %s", what, strerror(errno));
}

/* In the background this stops us, until we are in the foreground. */
static void wait_for_foreground(void)
{
    struct termios settings;
    if (tcgetattr(STDIN_FILENO, &settings) != 0)
        return;
    while (tcsetattr(STDIN_FILENO, TCSADRAIN, &settings) != 0 && errno == EINTR &&
           stg_signals_due() == 0)
        continue;
}

/* Lines are edited by the terminal, and shown unless they are hidden. */
static staged_status set_up(const typing *t)
{
    struct termios settings;
    if (tcgetattr(STDIN_FILENO, &settings) != 0)
        return io_failure(t, "set up");
    settings.c_lflag |= ICANON | ISIG | ECHO | ECHOE | ECHOK;
    settings.c_iflag |= ICRNL;
    if (t->is_hidden) {
        settings.c_lflag &= ~(tcflag_t)ECHO;
        settings.c_lflag |= ECHONL;
    }
    /* What was typed before somebody was asked for a password is none. */
    while (tcsetattr(STDIN_FILENO, t->is_hidden ? TCSAFLUSH : TCSADRAIN, &settings) != 0) {
        if (errno != EINTR)
            return io_failure(t, "set up");
    }
    return STAGED_OK;
}

static staged_status show_prompt(const typing *t)
{
    const int code = stg_fd_write_all(t->output, t->prompt, strlen(t->prompt));
    return code == 0 ? STAGED_OK
                     : stg_error_set(t->error, STAGED_IO, "cannot write to the terminal: %s",
                                     strerror(code));
}

static int poll_time(int64_t until_ns)
{
    if (until_ns == INT64_MAX)
        return -1;
    const int64_t left_ms = (until_ns - stg_active_ns() + 999999) / 1000000;
    return left_ms < 0 ? 0 : left_ms > 60000 ? 60000 : (int)left_ms;
}

/* Whether we were stopped and continued since the last call. */
static bool was_stopped(typing *t)
{
    char byte;
    while (t->wake_read >= 0 && read(t->wake_read, &byte, 1) > 0)
        continue;
    return atomic_exchange(&t->typist.was_stopped, false);
}

/* Waits for a whole line, which the terminal keeps until then. */
static staged_status wait_for_line(typing *t)
{
    for (;;) {
        struct pollfd places[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                                  {.fd = staged_signals_descriptor(), .events = POLLIN},
                                  {.fd = t->wake_read, .events = POLLIN}};
        const int count = poll(places, 3, poll_time(t->until_ns));
        if (stg_signals_due() != 0)
            return STAGED_INTERRUPTED;
        if (count < 0 && errno != EINTR)
            return io_failure(t, "read");
        if (was_stopped(t)) {
            STAGED_TRY(set_up(t));
            STAGED_TRY(show_prompt(t));
        } else if (count > 0 && places[0].revents != 0) {
            return STAGED_OK;
        } else if (stg_active_ns() >= t->until_ns) {
            return STAGED_TIMED_OUT;
        }
    }
}

static staged_status read_line(typing *t, char **line)
{
    char bytes[LONGEST];
    STAGED_TRY(wait_for_line(t));
    const ssize_t length = read(STDIN_FILENO, bytes, sizeof bytes);
    if (length < 0)
        return io_failure(t, "read");
    if (length == 0)
        return STAGED_CLOSED;
    const char *end = memchr(bytes, '\n', (size_t)length);
    *line = strndup(bytes, end == NULL ? (size_t)length : (size_t)(end - bytes));
    stg_wipe(bytes, sizeof bytes);
    return *line == NULL ? STAGED_NO_MEMORY : STAGED_OK;
}

/* The terminal itself, wherever our standard output goes. */
static int open_output(void)
{
    int fd = -1;
    return stg_fd_open("/dev/tty", O_WRONLY | O_NOCTTY, &fd) == 0 ? fd : STDIN_FILENO;
}

/* Without a descriptor left, only a stop during a wait is noticed. */
static void open_wake(typing *t)
{
    if (stg_fd_pipe(&t->wake_read, &t->typist.wake_write) != 0)
        t->wake_read = t->typist.wake_write = -1;
    else if (stg_fd_set_nonblocking(t->wake_read) != 0)
        stg_fd_close(&t->wake_read);
}

static void close_wake(typing *t)
{
    stg_fd_close(&t->wake_read);
    stg_fd_close(&t->typist.wake_write);
}

staged_status stg_type(const char *prompt, bool is_hidden, int64_t wait_ns, char **line,
                       stg_error *error)
{
    const int64_t began_ns = stg_active_ns();
    typing t = {.prompt = prompt,
                .is_hidden = is_hidden,
                .until_ns = wait_ns > INT64_MAX - began_ns ? INT64_MAX : began_ns + wait_ns,
                .error = error};
    *line = NULL;
    wait_for_foreground();
    t.typist.terminal = stg_terminal_save();
    t.output = open_output();
    open_wake(&t);
    stg_signals_set_typist(&t.typist);
    staged_status status = set_up(&t);
    if (status == STAGED_OK)
        status = show_prompt(&t);
    if (status == STAGED_OK)
        status = read_line(&t, line);
    stg_signals_set_typist(NULL);
    close_wake(&t);
    /* The cursor stays behind the prompt where no line end was typed. */
    if (status != STAGED_OK && status != STAGED_IO)
        (void)stg_fd_write_all(t.output, "\n", 1);
    stg_terminal_restore(&t.typist.terminal);
    if (t.output != STDIN_FILENO)
        stg_fd_close(&t.output);
    return status;
}
