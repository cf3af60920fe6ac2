/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Terminals whose cursor we hid or whose title we set, to be restored however the process ends. */
#ifndef STG_CONSOLE_DEVICE_RESTORE_H
#define STG_CONSOLE_DEVICE_RESTORE_H

#include <stdbool.h>

/* Remembers that a terminal's cursor is hidden.  Does nothing when all places are taken. */
void stg_restore_add(int fd);
/* Forgets it: the cursor is shown again. */
void stg_restore_remove(int fd);
/* Restores a title: a terminal that has not saved its own gets an empty one, which stands for the
 * default. */
extern const char stg_title_back[];
/* The same for a title.  Removing it returns whether it was still ours. */
void stg_restore_title_add(int fd);
bool stg_restore_has_title(int fd);
bool stg_restore_title_remove(int fd);
/* How often staged_terminal_restore was called.  After a change, displays must be drawn anew. */
unsigned stg_restore_count(void);

#endif
