/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The script object, as the files of src/script share it. */
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

/* More than a class is likely to use by mistake. */
enum { STG_NO_DATA_SIZE = 16384 };

/* EX_SOFTWARE of sysexits.h: the script has bugs.  EX_IOERR: it has done its work, but the log is
 * incomplete. */
enum { STG_EXIT_BUG = 70, STG_EXIT_LOST = 74, STG_EXIT_USAGE = 2, STG_EXIT_FAILURE = 1 };

/* ---- One run ---- */

/* A value that the script keeps; NULL: removed. */
typedef struct stg_kept_value {
    const char *name;
    const char *value;
} stg_kept_value;

/* What the outermost script shares with its inner scripts. */
typedef struct stg_run {
    /* Guards what several threads use: the observers, which thread is which, and the script's
     * position (frames, deadlines, dry run, name), which its owner alone changes, and reads without
     * the lock. */
    pthread_mutex_t lock;
    pthread_t owner;          /* the thread that runs the script */
    staged_background *works; /* the background work, the latest first */
    uint64_t work_count;      /* how many have begun */

    staged_secrets *secrets; /* NULL: none */
    double deadline_s;       /* from the start of the outermost script; 0: none */
    int64_t command_count;

    stg_failure elsewhere; /* of threads that the author made */
    stg_failure noted_bug; /* found by a function that returns no status */
    bool has_bug;          /* one was reported */
    unsigned unheeded;     /* how many failures of commands nobody checked */
    bool failed;           /* something failed, whatever the author says */
    bool author_success;
    int interrupt;     /* the signal that asked the script to end; 0: none */
    bool tearing_down; /* what runs now must run although the script was interrupted */
    bool exiting;
    int exit_status; /* set by staged_exit */

    staged_choice record;          /* whether to record the run */
    bool keeps_terminal_output;    /* even what goes to a terminal */
    char *file;                    /* the script's file, for its record; NULL: the program's */
    struct stg_recorder *recorder; /* an observer; NULL: not recorded */
    struct stg_resumed *resumed;   /* the run being resumed; NULL: none */
    struct stg_rest *rest;         /* output of leftover processes; NULL: none so far */
    struct stg_reports *reports;   /* to write when the run ends; NULL: none */
    struct stg_run_places *places; /* where commands run, if not here; NULL: none was named */
    bool retries_on_place;         /* --retry-on place */
    unsigned polls;                /* conditions of staged_poll that are being checked */
    struct stg_defusal *defusal;   /* for marks that commands print; NULL: they are let through */
    stg_kept_value *kept;
    size_t kept_count;
    size_t kept_capacity;
} stg_run;

/* ---- One script ---- */

/* An argument of a class's table. */
typedef struct stg_class_argument {
    staged_argument *argument; /* NULL: the row has bugs */
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
    STG_RUN_ON,
    STG_RUN_RETRY_ON,
    STG_RUN_NO_RECORD,
    STG_RUN_KEEP_OUTPUT,
    STG_RUN_LOCK,
    STG_RUN_LOCK_WAIT,
    STG_RUN_RESUME,
    STG_RUN_RESUME_ANYWAY,
    STG_RUN_REPORT,
    STG_RUN_ARGUMENTS /* their number */
} stg_run_argument;

/* The command line of a script. */
typedef struct stg_arguments {
    staged_parser *parser;                             /* NULL: none yet */
    bool parser_built;                                 /* or being built */
    staged_choice wants_run_arguments;                 /* AUTO: help hides them */
    staged_argument *run_arguments[STG_RUN_ARGUMENTS]; /* NULL: the author's own, or none */
    bool answers_questions; /* it has those of staged_script_add_question_arguments */
    staged_status parser_status;
    staged_color_when help_colors;
    staged_argument *stage_argument;
    staged_argument_group *retry_group;
    staged_argument *deadline_argument; /* NULL: none */
    stg_class_argument *class_arguments;
    size_t class_argument_count;
    staged_namespace *args;    /* the latest of `parsed`; NULL: none yet */
    staged_namespace **parsed; /* all of them, as the classes' data may use their texts */
    size_t parsed_count;
    size_t parsed_capacity;
    staged_namespace *no_args; /* reports a bug when used: nothing is parsed yet */
} stg_arguments;

/* The names of a script.
 *   program    as called, including the path; NULL: unknown, use `called_by`
 *   called_by  the name as given, which may have a path */
typedef struct stg_title {
    char *name;
    char *stem;
    char *program;
    char *called_by;
} stg_title;

/* What keeps a script from running twice at the same time. */
typedef struct stg_script_lock {
    const char *name; /* NULL: none */
    double wait_s;    /* how long to wait for the other run; negative: without limit */
    bool is_held;
    int fd; /* valid if held */
} stg_script_lock;

typedef struct stg_observers {
    staged_observer *items;
    size_t count;
    size_t capacity;
    size_t own_count; /* of these every script has */
} stg_observers;

typedef struct stg_section {
    char *heading;
    staged_renderable *content;     /* NULL: passed on to be printed */
    const staged_renderable *drawn; /* what is printed, including the heading; not owned */
} stg_section;

typedef struct stg_sections {
    stg_section *items;
    size_t count;
    size_t capacity;
} stg_sections;

/* The scripts that it uses, and releases. */
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
    void *no_data;     /* STG_NO_DATA_SIZE zeros for those, which must stay zero */
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
    const char *place;     /* where its commands run; NULL: here, or where the outer script's do */
    bool retries_on_place; /* as the author says */
    int64_t start_wall_ns;
    int64_t start_ns;

    stg_script_lock lock;
    stg_frame *frame; /* its current position */
    stg_frame lowest;
    unsigned depth;   /* of hooks calling hooks */
    bool is_early;    /* a hook runs before the arguments are parsed */
    bool initialized; /* STAGED_HOOK_INIT was called */
    bool cleaned_up;  /* STAGED_HOOK_CLEAN_UP was called */
    staged_status init_status;
    stg_failure failure;       /* its own last failure; background work has its own */
    stg_failure *last_failure; /* that, or one of an inner script; never NULL */

    stg_observers observers;
    stg_timings timings;
    stg_history history;
    stg_sections sections;
    bool summary_printed;
};

#endif
