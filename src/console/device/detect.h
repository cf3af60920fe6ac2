/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a console finds out about its output by itself: whether it is a terminal, how many colours
 * and columns it has, whether it shows more than ASCII.  Decides as Rich 14.3.3's Console does.
 * Keeps no state: everything is a function of the environment and the descriptor. */
#ifndef STG_CONSOLE_DEVICE_DETECT_H
#define STG_CONSOLE_DEVICE_DETECT_H

#include <stdbool.h>

#include <staged/choice.h>
#include <staged/console.h>

#include "console/style/color.h"

typedef struct stg_environment {
    staged_environment_function *lookup; /* NULL: getenv */
    void *context;
} stg_environment;

/* What the caller has decided; all zero: nothing. */
typedef struct stg_detect_options {
    staged_choice force_terminal;
    staged_choice force_interactive;
    int width, height; /* 0: find out */
} stg_detect_options;

typedef struct stg_detected {
    bool terminal;    /* escape codes may be written */
    bool dumb;        /* a terminal that cannot move its cursor */
    bool interactive; /* live displays may move */
    bool no_color;    /* styles keep their attributes, but lose their colours */
    bool utf8;        /* the locale's encoding is UTF-8; otherwise stay with ASCII */
    stg_color_system colors;
} stg_detected;

/* Detects everything but the size.
 *   fd                    -1: the output is not a file (a string)
 *   environment, options  NULL: the process's own; nothing decided */
stg_detected stg_detect(int fd, const stg_environment *environment,
                        const stg_detect_options *options);
/* The size, determined anew on each call, as a window may change.  The options come first; then
 * COLUMNS and LINES; then the output's terminal, or else that of standard input, output or error;
 * then 80 and 25.  On a dumb terminal it is 80 and 25 unless both are given or both variables are
 * set. */
void stg_detect_size(int fd, const stg_environment *environment, const stg_detect_options *options,
                     int *width, int *height);

#endif
