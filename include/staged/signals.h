/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Ending in an orderly way on SIGINT, SIGTERM, SIGHUP or SIGQUIT, and on SIGUSR1, SIGUSR2, SIGALRM
 * and SIGXCPU unless the program handles them.
 *
 * While signals are caught, the first one ends every wait: a running command is ended with
 * everything it started, a sleep returns, and no further command starts.  Once the signal is
 * acknowledged, commands run again, for teardown.  A second signal ends the process at once, with
 * every process that its commands started.
 *
 * Signals belong to the process as a whole, so this part keeps state outside of objects. */
#ifndef STAGED_SIGNALS_H
#define STAGED_SIGNALS_H

#include <stdint.h>

#include <staged/clock.h>
#include <staged/status.h>

STAGED_BEGIN_DECLS

/* Starts to catch them, except those that are ignored (as under nohup), and unblocks them in the
 * calling thread.  Ignores SIGPIPE and SIGXFSZ, so that neither a reader that has left nor a log
 * that outgrows its limit ends a script.  Calls nest: only the first and the last matter.  Returns
 * STAGED_IO when out of file descriptors. */
STAGED_API staged_status staged_signals_install(void);
/* Undoes one install; the last call restores the state before the first. */
STAGED_API void staged_signals_uninstall(void);
/* The signal that was caught; 0: none since the first install. */
STAGED_API int staged_signals_caught(void);
/* A descriptor that is readable while a signal is not acknowledged, for your own poll(); do not
 * read from it. -1: there is nothing to wait for. */
STAGED_API int staged_signals_descriptor(void);
/* Acknowledges the signal, which no longer ends what runs or sleeps from now on.  Returns the
 * signal; 0 if there was none. */
STAGED_API int staged_signals_acknowledge(void);
/* Sets what to do before the process ends at once, by a second signal or by staged_signals_die, and
 * before it is stopped: restore the terminal, say.  It runs in a signal handler and must be
 * async-signal-safe.
 *   leave    NULL: nothing
 *   context  passed to it */
STAGED_API void staged_signals_before_leaving(void (*leave)(void *context), void *context);
/* Ends this process by a signal, as a shell expects (128 + signal), with everything its commands
 * started.  Call it last; it does not return. */
STAGED_API void staged_signals_die(int signal);

/* The name of a signal ("SIGTERM").  Never NULL: for others "an unnamed signal". */
STAGED_API const char *staged_signal_name(int signal);

/* The system's clock, whose sleep ends with STAGED_INTERRUPTED as soon as a signal is caught. Never
 * NULL; do not free it. */
STAGED_API const staged_clock *staged_signals_clock(void);

/* How often the terminal's size may have changed since the first install, counting stops and
 * continues.  Code that draws checks the size again when this number changes. */
STAGED_API uint32_t staged_signals_screen_changes(void);

STAGED_END_DECLS

#endif
