/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The terminals whose cursor is hidden, so that it is shown again however the process ends. */
#ifndef STG_CONSOLE_DEVICE_RESTORE_H
#define STG_CONSOLE_DEVICE_RESTORE_H

/* Remembers that the cursor of a terminal is hidden.  When all places are taken it does nothing. */
void stg_restore_add(int fd);
/* Forgets it: the cursor is shown again. */
void stg_restore_remove(int fd);
/* How often cursors were shown again by staged_terminal_restore: who drew on a terminal since has
 * to begin anew. */
unsigned stg_restore_count(void);

#endif
