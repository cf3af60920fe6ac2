/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a console finds out about its output by itself: is it a terminal, how many colours and
 * columns has it, does it show more than ASCII.  Decides as Rich 14.3.3's Console does.  Nothing
 * here is kept: all is a function of the environment and the descriptor. */
#ifndef STG_CONSOLE_DETECT_H
#define STG_CONSOLE_DETECT_H

#include <stdbool.h>
#include <stddef.h>

#include "console/color.h"

/* Looks a variable up; NULL when it is not set. */
typedef const char *stg_env_lookup(void *context, const char *name);

typedef struct stg_environment {
    stg_env_lookup *lookup; /* NULL: getenv */
    void *context;
} stg_environment;

/* What the caller knows already; all zero: nothing. */
typedef struct stg_detect_options {
    int force_terminal;    /* 0: find out; 1: it is one; -1: it is none */
    int force_interactive; /* the same, of things that move */
    int width, height;     /* 0: find out */
} stg_detect_options;

typedef struct stg_detected {
    bool terminal;    /* escape codes may be written */
    bool dumb;        /* a terminal that cannot move its cursor */
    bool interactive; /* live displays may move */
    bool no_color;    /* styles keep their attributes, but lose their colours */
    bool ascii_only;  /* the locale's encoding is not UTF-8 */
    stg_color_system colors;
    int width, height;
} stg_detected;

/* All that there is to know of the output `fd`.
 *   fd  -1: the output is no file (a string)
 *   environment, options  NULL: the process's own; nothing known */
stg_detected stg_detect(int fd, const stg_environment *environment,
                        const stg_detect_options *options);

/* Single answers, for tests and for what changes while running. */
bool stg_detect_terminal(int fd, const stg_environment *environment, int force);
bool stg_detect_dumb(const stg_environment *environment, bool terminal);
stg_color_system stg_detect_colors(const stg_environment *environment, bool terminal);
bool stg_detect_utf8(const stg_environment *environment);
/* The size, asked for anew: call it when a window has changed. */
void stg_detect_size(int fd, const stg_environment *environment, const stg_detect_options *options,
                     int *width, int *height);

#endif
