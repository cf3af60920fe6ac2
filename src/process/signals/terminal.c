/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The terminal. */
#include "process/signals/terminal.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "process/family/family.h"

stg_terminal stg_terminal_save(void)
{
    stg_terminal terminal = {0};
    terminal.is_ours =
        tcgetattr(STDIN_FILENO, &terminal.settings) == 0 && tcgetpgrp(STDIN_FILENO) == getpgrp();
    return terminal;
}

/* Whether the foreground belongs to a command's group, or to one that is gone.  If the shell has
 * taken it (Ctrl-Z, bg), the user is working there. */
static bool is_taken_from_us(pid_t group)
{
    return group > 0 &&
           ((kill(-group, 0) != 0 && errno == ESRCH) || stg_families_have_group(group));
}

void stg_terminal_restore(const stg_terminal *terminal)
{
    if (!terminal->is_ours)
        return;
    const pid_t foreground = tcgetpgrp(STDIN_FILENO);
    if (foreground != getpgrp() && !is_taken_from_us(foreground))
        return;
    /* The command may have left the foreground to a dead group; changing it from the background
     * stops the caller unless it blocks this signal. */
    sigset_t only, before;
    sigemptyset(&only);
    sigaddset(&only, SIGTTOU);
    (void)pthread_sigmask(SIG_BLOCK, &only, &before);
    if (foreground != getpgrp())
        (void)tcsetpgrp(STDIN_FILENO, getpgrp());
    (void)tcsetattr(STDIN_FILENO, TCSANOW, &terminal->settings);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}
