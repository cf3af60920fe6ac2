/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The bash that runs the functions of a script, and the pipes between it and this program. */
#ifndef TOOL_BASH_BASH_H
#define TOOL_BASH_BASH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "tool/common/text.h"

/* A pipe whose both ends are ours; bash is handed one. */
typedef struct sh_pipe {
    int read_end;
    int write_end;
} sh_pipe;

/* What stands between this program and bash. */
typedef struct sh_bash {
    pid_t pid; /* 0: it has ended */
    int exit_code;
    sh_pipe up;       /* requests */
    sh_pipe down;     /* replies */
    sh_pipe token;    /* a byte, which whoever talks takes out */
    sh_pipe raw;      /* what builtins of bash write */
    sh_pipe life;     /* ends when we do; nothing is written to it */
    sh_pipe wake;     /* a byte for the process that uses `each`, when there is something to do */
    sh_pipe probe;    /* input while the file is read: one byte, to see whether somebody reads it */
    sh_pipe printed;  /* output while the file is read */
    sh_pipe launch;   /* what bash reads first, which has it read */
    sh_pipe prelude;  /* the prelude */
    sh_pipe shown[2]; /* output and error output of functions, where we are to show them */
    int shown_numbers[2]; /* where bash writes into them */
    sh_text prelude_path;
} sh_bash;

/* Whether the prelude has a function of that name: a verb. */
bool sh_prelude_has(const char *name);
/* Starts bash with the prelude, which reads the file and names what it found.
 *   file   its path, with a slash in it
 *   words  what $0 is to be, and the arguments, ended by NULL
 * Returns false, after a message, when there is no bash or no descriptor. */
bool sh_bash_start(sh_bash *bash, const char *file, char *const *words);
/* Adds what has a process of bash write through a pipe of ours instead of a descriptor.
 *   which  the pipe for output (0) or for error output (1) */
void sh_bash_add_redirection(const sh_bash *bash, int descriptor, size_t which, sh_text *text);
/* Whether it runs; sets `exit_code` when it has ended. */
bool sh_bash_is_running(sh_bash *bash);
/* Replies to whoever holds the token.
 *   kind  see docs/shell-protocol.md
 *   text  NULL: none */
void sh_bash_answer(sh_bash *bash, char kind, const char *text);
/* Lets it go, and waits for its end. */
void sh_bash_stop(sh_bash *bash);

/* How many bytes can be read from a descriptor at once; 0 also when that is not known. */
int sh_bytes_in(int descriptor);

#endif
