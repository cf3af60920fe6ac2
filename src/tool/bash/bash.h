/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The bash that runs a script's functions, and the pipes between it and this program. */
#ifndef TOOL_BASH_BASH_H
#define TOOL_BASH_BASH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "tool/common/text.h"

/* A pipe of which we own both ends; bash gets one of them. */
typedef struct sh_pipe {
    int read_end;
    int write_end;
} sh_pipe;

/* The connection between this program and bash. */
typedef struct sh_bash {
    pid_t pid; /* 0: it has ended */
    int exit_code;
    sh_pipe up;           /* requests */
    sh_pipe down;         /* replies */
    sh_pipe token;        /* a byte, which a process takes out to talk to us */
    sh_pipe raw;          /* what builtins of bash write for us */
    sh_pipe life;         /* ends when we do; nothing is ever written */
    sh_pipe wake;         /* a byte for the process that uses `each` when it has something to do */
    sh_pipe probe;        /* input while the file is read: one byte, to detect reading */
    sh_pipe printed;      /* output while the file is read */
    sh_pipe launch;       /* the first thing bash reads, which makes it read the prelude */
    sh_pipe prelude;      /* the prelude */
    sh_pipe shown[2];     /* output and error output of functions, if we show them */
    int shown_numbers[2]; /* the descriptors with which bash writes into them */
    sh_text prelude_path;
} sh_bash;

/* Whether the prelude has a function with that name: a verb. */
bool sh_prelude_has(const char *name);
/* Starts bash with the prelude, which reads the file and reports what it has found.
 *   file   its path, with a slash in it
 *   words  $0 and the arguments, terminated by NULL
 * Returns false, after a message, if there is no bash or no free descriptor. */
bool sh_bash_start(sh_bash *bash, const char *file, char *const *words);
/* Adds the redirection that makes a process of bash write to our pipe instead of a descriptor.
 *   which  the pipe for output (0) or for error output (1) */
void sh_bash_add_redirection(const sh_bash *bash, int descriptor, size_t which, sh_text *text);
/* Whether it is running; sets `exit_code` when it has ended. */
bool sh_bash_is_running(sh_bash *bash);
/* Replies to the process that holds the token.
 *   kind  see docs/shell-protocol.md
 *   text  NULL: none */
void sh_bash_answer(sh_bash *bash, char kind, const char *text);
/* Tells it to exit, and waits for its end. */
void sh_bash_stop(sh_bash *bash);

/* The number of bytes waiting at a descriptor; 0 also if unknown. */
int sh_bytes_in(int descriptor);

#endif
