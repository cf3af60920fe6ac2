/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Waits for requests from bash. */
#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include <staged/signals.h>

#include "tool/common/clock.h"
#include "tool/shell/shell.h"

/* How often to check whether bash is still running. */
static const double look_s = 0.25;
/* The same for a terminal whose settings a command has changed. */
static const double screen_look_s = 0.02;
/* How long the token must be missing, with nobody talking, and for how many checks in a row, before
 * it is replaced: a process that holds it may be slow, or stopped together with us. */
static const double without_token_s = 1;
enum { LOOKS_WITHOUT_TOKEN = 4 };

/* A process may die while holding the token, such as by SIGKILL; the others would then wait
 * forever. No process holds it for long without saying something. */
static void look_for_token(sh_shell *shell)
{
    const bool is_well =
        sh_bytes_in(shell->bash.token.read_end) > 0 || sh_bytes_in(shell->bash.up.read_end) > 0;
    if (is_well || shell->idle_looks == 0)
        shell->idle_since_s = tool_now_s();
    shell->idle_looks = is_well ? 0 : shell->idle_looks + 1;
    if (shell->idle_looks < LOOKS_WITHOUT_TOKEN ||
        tool_now_s() - shell->idle_since_s < without_token_s)
        return;
    shell->idle_looks = 0;
    sh_requests_drop_rest(&shell->requests);
    (void)sh_take_raw(shell);
    /* An unread reply was meant for the process that died. */
    char dropped[4096];
    while (sh_bytes_in(shell->bash.down.read_end) > 0 &&
           read(shell->bash.down.read_end, dropped, sizeof dropped) > 0)
        continue;
    (void)!write(shell->bash.token.write_end, ".", 1);
}

/* What to check when no request arrives. */
static void look_around(sh_shell *shell)
{
    (void)sh_bash_is_running(&shell->bash);
    /* A process that writes more than the pipe holds waits for us. */
    sh_read_raw(shell);
    look_for_token(shell);
}

/* Not while the innermost call is being ended by a signal, as that stays due. */
static bool are_heeded(const sh_shell *shell)
{
    return shell->script != NULL &&
           (shell->frame == NULL || !(shell->frame->interrupted || shell->frame->is_aside));
}

static void wait_for_something(sh_shell *shell, double longest_s, bool for_signals)
{
    struct pollfd waits[] = {
        {.fd = shell->bash.up.read_end, .events = POLLIN},
        {.fd = for_signals ? staged_signals_descriptor() : -1, .events = POLLIN},
        {.fd = sh_shown_descriptor(shell, 0), .events = POLLIN},
        {.fd = sh_shown_descriptor(shell, 1), .events = POLLIN},
        {.fd = sh_begin_waits(shell), .events = POLLIN},
    };
    double wait_s = sh_next_look(shell);
    if (wait_s > longest_s)
        wait_s = longest_s;
    if (sh_is_screen_changed(shell) && wait_s > screen_look_s)
        wait_s = screen_look_s;
    const int ready =
        poll(waits, sizeof waits / sizeof waits[0], wait_s <= 0 ? 0 : (int)(wait_s * 1000) + 1);
    sh_attend(shell);
    if (ready > 0 && (waits[0].revents & POLLIN) != 0)
        sh_requests_read(&shell->requests);
    else
        sh_show_output(shell, ready == 0);
    if (ready == 0)
        look_around(shell);
    sh_watch_frames(shell, ready > 0 && (waits[1].revents & POLLIN) != 0);
}

static void serve(sh_shell *shell, const sh_request *request)
{
    shell->idle_looks = 0;
    /* The output was written before the request. */
    sh_show_output(shell, true);
    /* Serving the request may take long. */
    sh_end_waits(shell);
    shell->do_request(shell, request);
}

void sh_serve_a_while(sh_shell *shell, double seconds, bool heeds_signals)
{
    sh_request request;
    bool has_served = false;
    for (int waits = 0; waits < 2; waits++) {
        while (sh_request_take(&shell->requests, &request)) {
            serve(shell, &request);
            has_served = true;
        }
        if (!has_served && waits == 0)
            wait_for_something(shell, seconds < look_s ? seconds : look_s, heeds_signals);
    }
    sh_end_waits(shell);
}

void sh_serve(sh_shell *shell, const bool *done)
{
    bool is_over = false;
    while (!*done) {
        sh_request request;
        if (sh_request_take(&shell->requests, &request)) {
            serve(shell, &request);
        } else if (is_over) {
            break;
        } else {
            wait_for_something(shell, look_s, are_heeded(shell));
            is_over = shell->bash.pid == 0 && sh_bytes_in(shell->bash.up.read_end) == 0;
        }
    }
    sh_end_waits(shell);
}
