/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The terminals whose cursor is hidden or whose title is ours, so that they get back what is theirs
 * however the process ends. */
#ifndef STG_CONSOLE_DEVICE_RESTORE_H
#define STG_CONSOLE_DEVICE_RESTORE_H

#include <stdbool.h>

/* Remembers that the cursor of a terminal is hidden.  When all places are taken it does nothing. */
void stg_restore_add(int fd);
/* Forgets it: the cursor is shown again. */
void stg_restore_remove(int fd);
/* What gives a title back: to terminals that do not keep the one before, an empty one stands for
 * their own. */
extern const char stg_title_back[];
/* The same for a title.  Removing it returns whether it was still ours. */
void stg_restore_title_add(int fd);
bool stg_restore_has_title(int fd);
bool stg_restore_title_remove(int fd);
/* How often cursors were shown again by staged_terminal_restore: who drew on a terminal since has
 * to begin anew. */
unsigned stg_restore_count(void);

#endif
