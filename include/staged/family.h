/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Families of processes that the program's own code started, such as a shell that runs a script's
 * functions: once taken in, they are found and ended like those of commands. */
#ifndef STAGED_FAMILY_H
#define STAGED_FAMILY_H

#include <stddef.h>
#include <stdint.h>

#include <staged/macros.h>

STAGED_BEGIN_DECLS

/* A process with everything it starts from now on. */
typedef struct staged_family staged_family;

/* Takes in a descendant of this process that has started nothing yet; best while it waits for this
 * program.  From now on staged_processes_end_all ends it, too, as does whatever ends this program
 * at once (staged/signals.h).  The process that started it must still wait for it.
 *   pid  its id
 * Returns NULL when out of memory and while this program is being ended. */
STAGED_API staged_family *staged_family_adopt(int64_t pid);
/* Sends a signal to its living members.
 *   signal  0: only count them
 * Returns how many there are; except on Linux, that is only the process itself. */
STAGED_API size_t staged_family_signal(staged_family *family, int signal);
/* Forgets the family once the process itself has ended; what it left running continues.  Takes
 * NULL. */
STAGED_API void staged_family_free(staged_family *family);

STAGED_END_DECLS

#endif
