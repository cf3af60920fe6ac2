/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Families of processes that this program's own code began, a shell that runs functions of a script
 * say: taken in, they are found and ended like those of commands, whatever becomes of them. */
#ifndef STAGED_FAMILY_H
#define STAGED_FAMILY_H

#include <stddef.h>
#include <stdint.h>

#include <staged/macros.h>

STAGED_BEGIN_DECLS

/* A process with all that it starts from now on. */
typedef struct staged_family staged_family;

/* Takes in a process that descends from this one, and has started nothing yet: best while it waits
 * for this program.  From now on staged_processes_end_all ends it, too, as does what ends this
 * program at once (staged/signals.h).  The process that started it still has to wait for it.
 *   pid  its id
 * Returns NULL when out of memory, and while this program is being ended. */
STAGED_API staged_family *staged_family_adopt(int64_t pid);
/* Sends a signal to all of them that live.
 *   signal  0: none, which only counts them
 * Returns how many there are.  Elsewhere than on Linux that is the process itself. */
STAGED_API size_t staged_family_signal(staged_family *family, int signal);
/* Forgets it when the process itself has ended; what that has left running goes on.  NULL: does
 * nothing. */
STAGED_API void staged_family_free(staged_family *family);

STAGED_END_DECLS

#endif
