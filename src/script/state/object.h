/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The script object, as the files of this part share it. */
#ifndef STG_SCRIPT_STATE_OBJECT_H
#define STG_SCRIPT_STATE_OBJECT_H

#include <pthread.h>

#include <staged/events.h>
#include <staged/script.h>
#include <staged/waiting.h>

#include "base/memory/arena.h"
#include "script/definition/definition.h"
#include "script/record/failure.h"
#include "script/record/history.h"
#include "script/record/timings.h"
#include "script/state/frame.h"

/* More than what is likely to be used by mistake. */
enum { STG_NO_DATA_SIZE = 16384 };

/* EX_SOFTWARE of sysexits.h: the script has bugs.  EX_IOERR: its work is done, but not all that it
 * has said could be written. */
enum { STG_EXIT_BUG = 70, STG_EXIT_LOST = 74, STG_EXIT_USAGE = 2, STG_EXIT_FAILURE = 1 };

/* ---- One run ---- */

/* A value that the script keeps; NULL: none any more. */
typedef struct stg_kept_value {
    const char *name;
    const char *value;
} stg_kept_value;

/* What the outermost script and those that it uses have together. */
typedef struct stg_run {
    /* Of what several threads touch.  That is who is told of events, which thread is which, and
     * where a script stands, which its owner alone changes and reads without it: its frames,
     * deadlines, whether it is dry, its name. */
    pthread_mutex_t lock;
    pthread_t owner;          /* the thread that runs the script */
    staged_background *works; /* that go on beside the stages, the latest first */
    uint64_t work_count;      /* how many were begun */

    staged_secrets *secrets; /* NULL: none */
    double deadline_s;       /* after the start of the outermost; 0: none */
    int64_t command_count;

    stg_failure elsewhere; /* of threads that the author made */
    stg_failure noted_bug; /* what a function that returns no status has found */
    bool has_bug;          /* one was told */
    unsigned unheeded;     /* how many commands failed that nobody looked at */
    bool failed;           /* something did, whatever the author says */
    bool author_success;
    int interrupt;     /* the signal that asked the script to end; 0: none */
    bool tearing_down; /* what is run now has to be done although the script was interrupted */
    bool exiting;
    int exit_status; /* asked for with staged_exit */

    staged_choice record;          /* whether the run is to be recorded */
    bool keeps_terminal_output;    /* what goes to a terminal, too */
    char *file;                    /* the script's, for its record; NULL: the program's */
    struct stg_recorder *recorder; /* an observer; NULL: it is not recorded */
    struct stg_resumed *resumed;   /* the run that goes on; NULL: none does */
    struct stg_rest *rest;         /* what goes on when its command has ended; NULL: nothing did */
    struct stg_reports *reports;   /* to be written when it ends; NULL: none */
    struct stg_defusal *defusal;   /* of marks that commands print; NULL: they may be any */
    stg_kept_value *kept;
    size_t kept_count;
    size_t kept_capacity;
} stg_run;

/* ---- One script ---- */

/* An argument of a class's table. */
typedef struct stg_class_argument {
    staged_argument *argument; /* NULL: it has bugs */
    staged_argument_target store;
    staged_location where;
    bool resolve;
} stg_class_argument;

/* The arguments about a run. */
typedef enum stg_run_argument {
    STG_RUN_FROM,
    STG_RUN_UNTIL,
    STG_RUN_SKIP,
    STG_RUN_ASSUME,
    STG_RUN_NO_RECORD,
    STG_RUN_KEEP_OUTPUT,
    STG_RUN_LOCK,
    STG_RUN_LOCK_WAIT,
    STG_RUN_RESUME,
    STG_RUN_RESUME_ANYWAY,
    STG_RUN_REPORT,
    STG_RUN_ARGUMENTS /* how many */
} stg_run_argument;

/* Its command line. */
typedef struct stg_arguments {
    staged_parser *parser;                             /* NULL: none yet */
    bool parser_built;                                 /* or being built */
    staged_choice wants_run_arguments;                 /* AUTO: help hides them */
    staged_argument *run_arguments[STG_RUN_ARGUMENTS]; /* NULL: the author has his own, or none */
    bool answers_questions; /* it has those of staged_script_add_question_arguments */
    staged_status parser_status;
    staged_color_when help_colors;
    staged_argument *stage_argument;
    staged_argument_group *retry_group;
    staged_argument *deadline_argument; /* NULL: none */
    stg_class_argument *class_arguments;
    size_t class_argument_count;
    staged_namespace *args;    /* the last of `parsed`; NULL: none yet */
    staged_namespace **parsed; /* whose texts the classes' data may hold */
    size_t parsed_count;
    size_t parsed_capacity;
    staged_namespace *no_args; /* whose use is a mistake: they are not parsed yet */
} stg_arguments;

/* What it is called.
 *   program    as it was called, path and all; NULL: not known, `called_by` is its name
 *   called_by  the name as it was given, which may have a path */
typedef struct stg_title {
    char *name;
    char *stem;
    char *program;
    char *called_by;
} stg_title;

/* What keeps it from running twice at a time. */
typedef struct stg_script_lock {
    const char *name; /* NULL: nothing does */
    double wait_s;    /* how long it waits for the other run; negative: without a limit */
    bool is_held;
    int fd; /* if it is held */
} stg_script_lock;

typedef struct stg_observers {
    staged_observer *items;
    size_t count;
    size_t capacity;
    size_t own_count; /* of these every script has */
} stg_observers;

typedef struct stg_section {
    char *heading;
    staged_renderable *content;     /* NULL: given away to be printed */
    const staged_renderable *drawn; /* what is printed, with the heading; not owned */
} stg_section;

typedef struct stg_sections {
    stg_section *items;
    size_t count;
    size_t capacity;
} stg_sections;

/* Scripts that it uses, and releases. */
typedef struct stg_scripts {
    staged_script **items;
    size_t count;
    size_t capacity;
} stg_scripts;

struct staged_script {
    stg_definition definition;
    staged_script *outer; /* the script that uses this one; NULL: none */
    stg_run *run;         /* owned by the outermost */
    stg_scripts inner;

    void **data;       /* a block for each class of the lineage; NULL: the class has none */
    void *no_data;     /* STG_NO_DATA_SIZE zeros for those, which nothing may change */
    stg_stage *stages; /* in the definition's order */
    size_t stage_count;
    stg_arguments arguments;
    stg_title title;
    stg_arena texts;                /* made for the author, under the lock */
    staged_shell_line *shell_lines; /* the newest first, under the lock */
    void *user;                     /* the author's own */

    const staged_clock *clock;
    staged_console *console;
    bool dry_run;
    bool print_commands;
    int64_t start_wall_ns;
    int64_t start_ns;

    stg_script_lock lock;
    stg_frame *frame; /* where it is */
    stg_frame lowest;
    unsigned depth;   /* of hooks that call hooks */
    bool is_early;    /* a hook runs before the arguments are parsed */
    bool initialized; /* STAGED_HOOK_INIT was called */
    bool cleaned_up;  /* STAGED_HOOK_CLEAN_UP was called */
    staged_status init_status;
    stg_failure failure;       /* its own last; work beside a stage has one of its own */
    stg_failure *last_failure; /* that, or one of a script that it uses; never NULL */

    stg_observers observers;
    stg_timings timings;
    stg_history history;
    stg_sections sections;
    bool summary_printed;
};

#endif
