/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The program for a POSIX shell that runs a command where there is nothing of ours. */
#ifndef STG_PLACE_REMOTE_PROGRAM_H
#define STG_PLACE_REMOTE_PROGRAM_H

#include <staged/place.h>

#include "base/text/buf.h"

/* The variable in the environment of a command, by which all that it starts is found. */
#define STG_REMOTE_MARK "STAGED_PLACE_JOB"

/* What to make a program of.  It is run as `sh FILE`, or read with `. FILE`, and empties its file
 * at once: values in it may be secrets.  Then the file says how far it is, in lines:
 *   PID       the first: of the shell that runs the program, and leads the process group that the
 *             command is in, if the program was started so.  It outlives SIGTERM to that group, to
 *             report the end
 *   end LINE  how the command ended, for stg_remote_end_read
 * and others, which are for nobody else.  (Making files is what takes the most time on some file
 * systems, so there is just this one.)
 *   file    where it will be, absolute
 *   stop    if there is such a file when it begins, it ends at once
 *   base    a directory for a command without one, and for relative ones; a leading `~/` is the
 *           home; NULL: where the program is started
 *   mark    the value of STG_REMOTE_MARK
 *   events  a FIFO that gets "end NAME LINE", too
 *   name    see there */
typedef struct stg_remote_program {
    const staged_place_command *command;
    const char *file;
    const char *stop;
    const char *base;
    const char *mark;
    const char *events;
    const char *name;
} stg_remote_program;

/* Adds the program, which is parsed as a whole before anything of it runs. */
void stg_remote_add_program(stg_buf *out, const stg_remote_program *program);

#endif
