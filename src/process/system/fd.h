/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Descriptors of our own: never inherited by a command, and never 0, 1 or 2, so that setting up a
 * command's streams cannot overwrite one. */
#ifndef STG_PROCESS_SYSTEM_FD_H
#define STG_PROCESS_SYSTEM_FD_H

#include <stdbool.h>
#include <stddef.h>

/* Each returns 0, or an errno. */
int stg_fd_pipe(int *read_end, int *write_end);
int stg_fd_open(const char *path, int flags, int *fd);
int stg_fd_set_nonblocking(int fd);
/* Moves a new descriptor above the standard streams; closes it on failure. */
int stg_fd_raise(int *fd);
/* Writes everything, also to a descriptor that does not block. */
int stg_fd_write_all(int fd, const char *bytes, size_t length);

/* Closes the descriptor unless it is -1, and sets it to -1. */
void stg_fd_close(int *fd);

#endif
