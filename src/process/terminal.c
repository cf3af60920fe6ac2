/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The terminal. */
#include "process/terminal.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

stg_terminal stg_terminal_save(void)
{
    stg_terminal terminal = {0};
    terminal.is_ours =
        tcgetattr(STDIN_FILENO, &terminal.settings) == 0 && tcgetpgrp(STDIN_FILENO) == getpgrp();
    return terminal;
}

void stg_terminal_restore(const stg_terminal *terminal)
{
    if (!terminal->is_ours)
        return;
    /* The command may have left the foreground to a group that has died; changing that from the
     * background stops who does, unless it blocks this signal. */
    sigset_t only, before;
    sigemptyset(&only);
    sigaddset(&only, SIGTTOU);
    (void)pthread_sigmask(SIG_BLOCK, &only, &before);
    if (tcgetpgrp(STDIN_FILENO) != getpgrp())
        (void)tcsetpgrp(STDIN_FILENO, getpgrp());
    (void)tcsetattr(STDIN_FILENO, TCSANOW, &terminal->settings);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}
