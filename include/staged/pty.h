/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Pseudo-terminals for output alone: what writes to one finds a terminal, and this program gets
 * what it writes.  Input and the terminal's signals (Ctrl-C, Ctrl-Z) stay with the real one. */
#ifndef STAGED_PTY_H
#define STAGED_PTY_H

#include <stdbool.h>

#include <staged/macros.h>

STAGED_BEGIN_DECLS

typedef struct staged_pty staged_pty;

/* Reads what there is and shows it.  Returns whether there was something. */
typedef bool staged_pty_show_function(void *context);

/* Opens one in place of a terminal, with its size and settings; but output passes through it as it
 * is written.
 *   terminal  a descriptor of the real one
 * Returns NULL if that is not a terminal, or if the system has no other one. */
STAGED_API staged_pty *staged_pty_new(int terminal);
/* Where to read, without waiting.  It belongs to the object. */
STAGED_API int staged_pty_descriptor(const staged_pty *pty);
/* The path that commands open to write. */
STAGED_API const char *staged_pty_path(const staged_pty *pty);
/* Waits follow, in poll(2) say: until staged_pty_end_waits Ctrl-Z ends them instead of stopping
 * this program.  May be called again before each.  Returns a descriptor that can be read then; -1:
 * there is none, and Ctrl-Z stops this program at once. */
STAGED_API int staged_pty_begin_waits(staged_pty *pty);
/* Call it after each wait, before anything is read.  After Ctrl-Z it shows what commands write
 * until they are stopped, stops this program, and returns when it is continued.  Keeps both
 * terminals alike: the size, and the settings that a command has changed at the pseudo-terminal.  A
 * command whose size was wrong gets SIGWINCH. show  for what is written until then; NULL: nothing
 * is */
STAGED_API void staged_pty_attend(staged_pty *pty, staged_pty_show_function *show, void *context);
/* No wait follows. */
STAGED_API void staged_pty_end_waits(staged_pty *pty);
/* Whether settings are changed: then no wait is to last longer than 20 ms, as nothing tells when
 * they are changed back. */
STAGED_API bool staged_pty_is_changed(const staged_pty *pty);
/* Changes the settings back, and closes it.  Takes NULL. */
STAGED_API void staged_pty_free(staged_pty *pty);

STAGED_END_DECLS

#endif
