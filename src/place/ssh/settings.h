/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The settings of a place, read from its words, and the words of ssh that are made of them. */
#ifndef STG_PLACE_SSH_SETTINGS_H
#define STG_PLACE_SSH_SETTINGS_H

#include <stddef.h>
#include <stdint.h>

#include <staged/status.h>

#include "base/memory/arena.h"
#include "base/text/buf.h"

/* Texts live in the arena.
 *   given   words of ssh that its user has asked for, ended with NULL */
typedef struct stg_ssh_settings {
    const char *program; /* where ssh is: the PATH of a command need not lead there */
    const char **hosts;
    size_t host_count;
    const char *directory; /* NULL: the home */
    const char *config;    /* NULL: ssh's own */
    const char **given;
    size_t given_count;
    int64_t wait_ns;
    size_t sessions;
} stg_ssh_settings;

/* Reads them.  Returns STAGED_OK; STAGED_BAD_INPUT with a problem, which the caller frees; or
 * STAGED_NO_MEMORY. */
staged_status stg_ssh_settings_read(stg_ssh_settings *settings, const char *const *words,
                                    stg_arena *arena, char **problem);

/* Adds a command with which people see whether a host can be reached, and returns the buffer's
 * text. */
const char *stg_ssh_check_words(const stg_ssh_settings *settings, const char *host, stg_buf *out);

/* What ssh is to do. */
typedef enum stg_ssh_use {
    STG_SSH_MASTER, /* connect, share the connection at `socket`, and run a command */
    STG_SSH_CLIENT, /* run a command over the connection at `socket` */
    STG_SSH_ALONE   /* connect and run a command */
} stg_ssh_use;

/* Makes the words of ssh, ended with NULL, in an arena; NULL: out of memory.
 *   socket     NULL with STG_SSH_ALONE
 *   log        a file for what ssh says; NULL: its error output
 *   more       one more word before the host; NULL: none
 *   there      what to run there, for any shell */
const char **stg_ssh_words(const stg_ssh_settings *settings, stg_ssh_use use, const char *host,
                           const char *socket, const char *log, const char *more, const char *there,
                           stg_arena *arena);

#endif
