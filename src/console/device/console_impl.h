/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The insides of a console.  A call that writes something locks it, begins a drawing, draws
 * segments, adds them to the output, and finishes: one system call writes everything, and the
 * console is unlocked. */
#ifndef STG_CONSOLE_DEVICE_CONSOLE_IMPL_H
#define STG_CONSOLE_DEVICE_CONSOLE_IMPL_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include <staged/console.h>

#include "base/failure/error.h"
#include "base/memory/arena.h"
#include "base/text/buf.h"
#include "console/device/detect.h"
#include "console/device/output.h"
#include "console/markup/highlight.h"
#include "console/markup/markup.h"
#include "console/markup/rules.h"
#include "console/renderable/item.h"
#include "console/style/theme.h"
#include "console/text/draw.h"
#include "console/text/paint.h"
#include "console/text/segment.h"

/* A source file named in log lines, and its address. */
typedef struct stg_log_file {
    stg_buf name; /* "": none yet */
    stg_buf link; /* "" if there is no such file */
} stg_log_file;

enum { STG_LOG_FILES = 8 };

/* The parts of a log line that stay the same for many lines. */
typedef struct stg_log_state {
    bool show_time, show_path;
    char *format;   /* of the time, for strftime */
    int64_t second; /* the second that `time` shows */
    stg_buf time;   /* text of that second */
    bool time_told; /* a line has shown it */
    stg_log_file files[STG_LOG_FILES];
    size_t next_file; /* the one to replace next */
} stg_log_state;

/* Something kept below all output: taken off before each write, and drawn again after it. */
typedef struct stg_below {
    /* Adds what takes it off the screen. */
    void (*take_off)(void *context, stg_buf *out);
    /* Draws it anew and adds it.  Failures are left in `draw`. */
    void (*put_on)(void *context, staged_console *console, stg_draw *draw, stg_buf *out);
    void *context;
} stg_below;

struct staged_console {
    pthread_mutex_t lock;
    stg_output output;
    stg_environment environment;
    stg_detect_options wanted;
    stg_detected detected;
    stg_color_system colors;
    bool no_color, ascii, markup, highlight, soft_wrap;
    bool trim; /* no line ends in invisible blanks */
    int tab_size;
    bool has_window;   /* the size may change */
    int width, height; /* when last detected */
    const staged_clock *clock;
    stg_theme theme;
    stg_tags *tags; /* NULL until markup uses a tag */
    stg_highlighter highlighter;
    stg_rules rules;
    stg_log_state log;
    stg_palette palette, record_palette;
    stg_below below; /* all zero: nothing */
    bool record;
    stg_buf recorded; /* as a terminal with all colours would get it */
    stg_error error;
    const char *problem; /* its options are unusable: nothing is written; NULL: none */
    stg_error bad_rule;  /* may hold the text of `problem` */
    stg_error *report;   /* gets a copy of the failure of the call under way; NULL: not wanted */
    /* Used again by each call: */
    stg_arena arena;
    stg_formatted formatted;
    stg_buf out;
};

void stg_console_lock(staged_console *console);
void stg_console_unlock(staged_console *console);
/* Locks it.  Returns false, not locked, if nobody reads it any more and it records nothing. */
bool stg_console_enter(staged_console *console);
/* Formats into `formatted` of a locked console.  Unlocks it on failure. */
staged_status stg_console_format(staged_console *console, const char *format, va_list values)
    STAGED_PRINTF(2, 0);
/* Reports unusable options on an unlocked console; NULL: they are usable. */
void stg_console_refuse_options(staged_console *console, const char *problem);
/* Begins a drawing on a locked console: forgets the last error, updates the size. */
stg_draw stg_console_begin(staged_console *console);
/* The options of the outermost renderable. */
stg_draw_options stg_console_options(const staged_console *console);
typedef struct stg_add_options {
    bool crop; /* cut lines at the width */
    bool trim; /* leave out trailing blanks, even if the console keeps them */
} stg_add_options;

/* Adds segments to the output and to the recording. */
void stg_console_add(staged_console *console, stg_draw *draw, stg_segments *segments,
                     const stg_add_options *options);
/* Writes what was added, together with what is kept below it, unless drawing failed.  Unlocks. */
staged_status stg_console_finish(staged_console *console, stg_draw *draw);
/* The same for a failure before drawing began. */
staged_status stg_console_fail(staged_console *console, staged_status status, const char *message);

/* What printing and logging have in common: a text, joined and ended as asked for, or another
 * renderable as it is; moved to a side if asked for.  The result lives as long as the drawing. */
typedef struct stg_collect_options {
    staged_justify justify;
    staged_choice markup, highlight;
    const char *end; /* NULL: a newline */
} stg_collect_options;

const staged_renderable *stg_collect(stg_draw *draw, const staged_renderable *renderable,
                                     const stg_collect_options *options);

#endif
