/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Being asked to end by SIGINT, SIGTERM, SIGHUP or SIGQUIT, and doing so in good order.  SIGUSR1,
 * SIGUSR2, SIGALRM and SIGXCPU ask the same where nobody handles them.
 *
 * While signals are caught, the first one ends whatever waits: a running command is ended with all
 * that it started, a sleep returns, and no further command is started.  Once it was acknowledged
 * commands run again, so that things can be torn down.  A second signal ends the process at once,
 * and every process that its commands started.
 *
 * Signals belong to the process as a whole: this is the one part that keeps state outside of
 * objects. */
#ifndef STAGED_SIGNALS_H
#define STAGED_SIGNALS_H

#include <stdint.h>

#include <staged/clock.h>
#include <staged/status.h>

STAGED_BEGIN_DECLS

/* Begins to catch them, except those that are ignored (as under nohup), and unblocks them in the
 * calling thread.  Ignores SIGPIPE and SIGXFSZ, so that neither a reader who has left nor a log
 * that outgrows its limit ends a script.  Calls nest: only the first and the last matter. Returns
 * STAGED_IO when there is no descriptor left for it. */
STAGED_API staged_status staged_signals_install(void);
/* Ends the last install; everything is as before the first. */
STAGED_API void staged_signals_uninstall(void);
/* The signal that asked us to end; 0: none did since the first install. */
STAGED_API int staged_signals_caught(void);
/* A descriptor that can be read from while a signal asks us to end and was not acknowledged: for a
 * poll() of one's own, which is not to read it.  -1: there is nothing to wait for. */
STAGED_API int staged_signals_descriptor(void);
/* Says that the signal was heard: what is run or slept from now on is no longer ended by it.
 * Returns the signal, 0 when there was none. */
STAGED_API int staged_signals_acknowledge(void);
/* What to do before the process is ended at once, by a second signal or by staged_signals_die, and
 * before it is stopped: bring the terminal back into order, say.  It runs in a signal handler: it
 * may only do what is safe there, as write() is.
 *   leave    NULL: nothing
 *   context  handed to it */
STAGED_API void staged_signals_before_leaving(void (*leave)(void *context), void *context);
/* Ends this process by a signal, with the disposition and in the way that a shell expects (128 +
 * signal).  To be called last of all; does not return.  Also ends what commands started. */
STAGED_API void staged_signals_die(int signal);

/* The name of a signal ("SIGTERM").  Never NULL: one that has none is "an unnamed signal". */
STAGED_API const char *staged_signal_name(int signal);

/* The system's clock, whose sleep ends with STAGED_INTERRUPTED as soon as a signal is caught. Never
 * NULL, never to be freed. */
STAGED_API const staged_clock *staged_signals_clock(void);

/* How often the terminal's size may have changed since the first install: it did, or we were
 * stopped and continued.  What draws on it looks again when this number changes. */
STAGED_API uint32_t staged_signals_screen_changes(void);

STAGED_END_DECLS

#endif
