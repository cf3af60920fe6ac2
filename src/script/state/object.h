/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The script object, as the files of this part share it. */
#ifndef STG_SCRIPT_STATE_OBJECT_H
#define STG_SCRIPT_STATE_OBJECT_H

#include <pthread.h>

#include <staged/events.h>
#include <staged/script.h>
#include <staged/waiting.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/closest.h"
#include "base/error.h"
#include "script/definition/lineage.h"
#include "script/definition/methods.h"
#include "script/definition/stages.h"
#include "script/state/history.h"
#include "script/state/timings.h"

/* More than what is likely to be used by mistake. */
enum { STG_NO_DATA_SIZE = 16384 };

/* EX_SOFTWARE of sysexits.h: the script has bugs.  EX_IOERR: its work is done, but not all that it
 * has said could be written. */
enum { STG_EXIT_BUG = 70, STG_EXIT_LOST = 74, STG_EXIT_USAGE = 2, STG_EXIT_FAILURE = 1 };

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

/* Why something failed last, as one thread tells it. */
typedef struct stg_failure {
    stg_error error;
    staged_location where;
    bool told; /* the log has told of it */
    bool late; /* it is that the time was up */
    /* It is that of a command, and nothing shows yet that somebody has looked at it. */
    bool unheeded;
    /* The command that it is about, a part of the error's message; no length: it is about none. */
    size_t command_at, command_length;
} stg_failure;

/* The running attempt at the current stage. */
typedef struct stg_attempt {
    int64_t number;                  /* from 1; 0: none is running */
    int64_t started_ns;              /* begin-stage's default sets it anew */
    int64_t duration_ns;             /* once it has ended */
    bool ended;                      /* its end was reported */
    staged_outcome outcome;          /* so far */
    const staged_retry_state *retry; /* for the hooks around another attempt; NULL otherwise */
} stg_attempt;

/* An argument of a class's table. */
typedef struct stg_class_argument {
    staged_argument *argument; /* NULL: it has bugs */
    staged_argument_target store;
    staged_location where;
    bool resolve;
} stg_class_argument;

struct staged_script {
    const staged_class *script_class;
    staged_script *outer;  /* the script that uses this one; NULL: none */
    staged_script *top;    /* the outermost of those, or itself: what failed is kept there */
    staged_script **inner; /* those that it uses, and releases */
    size_t inner_count;
    size_t inner_capacity;
    stg_lineage lineage;
    stg_methods methods;
    void **data;   /* a block for each class of the lineage; NULL: the class has none */
    void *no_data; /* STG_NO_DATA_SIZE zeros for those, which nothing may change */
    stg_stages stages;
    stg_buf bugs;
    bool initialized; /* STAGED_HOOK_INIT was called */
    staged_status init_status;
    void *user; /* the author's own */

    const staged_clock *clock;
    staged_console *console;
    staged_color_when help_colors;
    staged_parser *parser;
    bool parser_built; /* or being built */
    staged_status parser_status;
    staged_argument_group *retry_group;
    staged_namespace *args;    /* the last of `parsed`; NULL: none yet */
    staged_namespace **parsed; /* whose texts the classes' data may hold */
    size_t parsed_count;
    size_t parsed_capacity;
    stg_class_argument *class_arguments;
    size_t class_argument_count;
    staged_namespace *no_args; /* whose use is a mistake: they are not parsed yet */

    staged_secrets *secrets; /* NULL: none */
    char *name;
    char *stem;
    char *program;   /* as it was called, path and all; NULL: not known, `called_by` is its name */
    char *called_by; /* the name as it was given, which may have a path */
    stg_arena texts; /* names that were made for the author */
    bool dry_run;
    bool print_commands;
    bool author_success;
    int64_t start_wall_ns;
    int64_t start_ns;

    stg_stage *stage; /* the current one; NULL: none yet */
    stg_attempt attempt;
    bool in_stage; /* the current one is being run */
    int64_t stage_began_ns;
    double deadline_s;                  /* after the start; 0: none */
    staged_argument *deadline_argument; /* NULL: none */
    bool is_early;                      /* a hook runs before the arguments are parsed */
    bool limited;                       /* what runs now has to heed the time limits */
    unsigned depth;                     /* of hooks that call hooks */
    bool tearing_down; /* what is run now has to be done although the script was interrupted */
    staged_background *works; /* that go on beside the stage, the latest first */
    uint64_t work_count;      /* how many were begun */

    pthread_t owner;       /* the thread that runs the script */
    stg_failure failure;   /* of that thread; work beside a stage has its own */
    stg_failure elsewhere; /* of threads that the author made */
    stg_failure noted_bug; /* what a function that returns no status has found */
    bool has_bug;          /* one was told */
    unsigned unheeded;     /* how many commands failed that nobody looked at */
    bool failed;           /* something did, whatever the author says */
    int interrupt;         /* the signal that asked the script to end; 0: none */
    bool cleaned_up;       /* STAGED_HOOK_CLEAN_UP was called */
    bool exiting;
    int exit_status; /* asked for with staged_exit */

    staged_observer *observers;
    size_t observer_count;
    size_t observer_capacity;
    stg_timings timings;
    stg_history history;
    int64_t command_count;
    /* Of the top script: of what several threads touch.  That is who is told of events, which
     * thread is which, and where the script stands, which its owner alone changes and reads without
     * it: stage, attempt, time limits, whether it is dry, its name. */
    pthread_mutex_t lock;

    stg_sections sections;
    bool summary_printed;
};

/* ---- owner.c ---- */

void stg_lock(const staged_script *script);
void stg_unlock(const staged_script *script);
/* The calling thread runs the script from now on. */
void stg_become_owner(staged_script *script);
/* The failure of the calling thread.  That of a thread which the author made is shared by all such
 * threads: it is only touched by one who holds the lock. */
stg_failure *stg_failure_here(const staged_script *script);

/* ---- attributes.c ---- */

/* Whether a number can say how often, or how many seconds: it is 0 or more, and a number. */
static inline bool stg_is_amount(double number)
{
    return number >= 0;
}

/* Whether commands are only shown, as far as is known by now. */
bool stg_is_dry_run(const staged_script *script);
/* Fails because `what` (a time limit, ...) is less than 0, or no number. */
staged_status stg_no_amount(staged_script *script, const staged_location *where, const char *what);
/* Keeps how the program was called, also if the script has another name. */
staged_status stg_set_program(staged_script *script, const char *program);
/* Where the current stage is declared; the script's table if there is none. */
staged_location stg_stage_location(const staged_script *script);
/* Where the script's table stands. */
staged_location stg_script_location(const staged_script *script);

/* ---- mask.c ---- */

/* A copy of a text with its secrets masked, which the caller frees; NULL: out of memory. */
char *stg_masked(const staged_script *script, const char *text);
/* The same of a text whose lines were broken already, wherever they were full; NULL: out of memory.
 */
char *stg_masked_wrapped(const staged_script *script, const char *text);

/* ---- failure.c ---- */

/* For a failure whose words are kept, and that is returned in another way. */
static inline void stg_ignore(staged_status status)
{
    (void)status;
}

/* Forgets the last failure's message, before something new begins. */
void stg_forget_error(staged_script *script);
/* The last failure is that of a command at this place. */
void stg_note_command_failed(staged_script *script);
/* What failed last has been dealt with; `where`: if it was there. */
void stg_heed(staged_script *script, const staged_location *where);
/* Whether the last failure has words; a failure of threads that the author made counts when there
 * is no other. */
bool stg_has_reason(staged_script *script);
/* Fails because of a command.
 *   failure  what became of it
 *   errors   what it said: "", or lines that each begin with a newline */
staged_status stg_fail_command(staged_script *script, const staged_location *where,
                               const char *failure, const char *command, const char *errors);

/* Fails because of a mistake in the script, which then ends with STG_EXIT_BUG.
 *   where  NULL: nobody knows, or the text says */
staged_status stg_bug(staged_script *script, const staged_location *where, const char *format, ...)
    STAGED_PRINTF(3, 4);
/* Whether that was so. */
bool stg_bug_was_told(const staged_script *script);
/* What the program is to return as things stand. */
int stg_exit_status(const staged_script *script);

/* ---- bugs.c ---- */

/* The same for who cannot return a failure: the running hook will have failed. */
void stg_note_bug(staged_script *script, const staged_location *where, const char *format, ...)
    STAGED_PRINTF(3, 4);
/* Fails where a text, a function or the like is NULL that has to be there.
 *   what  "a log line's format" */
staged_status stg_need_text(staged_script *script, const staged_location *where, const void *text,
                            const char *what);
/* Returns `answer`, or the failure that was noted since the last time. */
staged_status stg_unless_bug(staged_script *script, staged_status answer);
/* "; did you mean 'x'?", or "". */
const char *stg_hint(staged_script *script, const stg_search *search);
/* Fails because there is no such registered stage; NULL is none. */
staged_status stg_unknown_stage(staged_script *script, const staged_location *where,
                                const char *stage);
/* The registered stage of that name, or NULL; when no class declares one, that is noted. */
const stg_stage *stg_known_stage(staged_script *script, const staged_location *where,
                                 const char *stage);
/* Fails where `what` is called by work beside a stage, and is not for it. */
staged_status stg_only_owner(staged_script *script, const char *what);

/* ---- events.c ---- */

/* Fills in the time, the stage and the attempt, and tells all observers. */
void stg_emit(staged_script *script, staged_event *event);
int64_t stg_elapsed_ns(const staged_script *script);

/* The innermost script that is in a stage; where none is, the top one. */
const staged_script *stg_at_a_stage(const staged_script *script);
/* Whether some observer wants to be told of log lines. */
bool stg_logs_are_wanted(const staged_script *script);

#endif
