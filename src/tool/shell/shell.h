/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A shell script that is read and run: what the files of this room share. */
#ifndef TOOL_SHELL_SHELL_H
#define TOOL_SHELL_SHELL_H

#include <stdbool.h>
#include <stdint.h>

#include <staged/bridge.h>
#include <staged/each.h>
#include <staged/family.h>
#include <staged/pty.h>
#include <staged/renderable.h>
#include <staged/script.h>
#include <staged/secrets.h>

#include "tool/bash/bash.h"
#include "tool/bash/request.h"
#include "tool/shell/surroundings.h"
#include "tool/source/source.h"

/* Why a function failed, or asked for what. */
typedef enum sh_trouble_kind {
    SH_TROUBLE_NONE = 0,
    SH_TROUBLE_COMMAND, /* a command failed */
    SH_TROUBLE_JOB,     /* one that ran in the background */
    SH_TROUBLE_RETRY,   /* the verb `retry` */
    SH_TROUBLE_FAIL,
    SH_TROUBLE_FINISH,
    SH_TROUBLE_INHERITED /* what was called by `super` or the like returned a status */
} sh_trouble_kind;

/* A function that was running. */
typedef struct sh_stack_entry {
    char *function;
    staged_location where; /* in it */
} sh_stack_entry;

typedef struct sh_trouble {
    sh_trouble_kind kind;
    int exit_code;
    int depth; /* of the subshell */
    int64_t pid;
    char *command;
    char *failure; /* of one that `run` ran, "exit code 3"; NULL: not known */
    char *reason;
    sh_stack_entry *stack; /* the innermost first */
    size_t stack_count;
    staged_status status; /* INHERITED */
    int exit_status;      /* FINISH */
} sh_trouble;

/* A command of `run` that goes on. */
typedef struct sh_command {
    struct sh_command *next;
    int64_t pid; /* of the process that asked for it */
    staged_outside_command *outside;
    char *text;
    int *expected_codes;   /* NULL: 0 */
    staged_family *family; /* of one that runs apart */
    double until_s;        /* when it is ended; 0: never */
    double kill_s;         /* when it is killed; 0: it is not being ended */
    bool timed_out;
} sh_command;

/* A call of a function. */
typedef struct sh_frame {
    struct sh_frame *outer;
    unsigned id;
    const sh_function *function;
    staged_call *call;
    int64_t pid;           /* of its subshell; 0: not known yet */
    staged_family *family; /* NULL: not known yet */
    sh_trouble trouble;
    sh_command *commands;
    struct sh_work *works; /* in the order in which they began */
    /* The last command that has ended with a failure of which bash is yet to tell. */
    int64_t failed_pid; /* 0: none */
    int failed_code;
    char *failed_how;
    char *failed_command;
    sh_trouble said; /* who has called whom where a verb is about to end it */
    char *jobs;      /* the last list of its jobs; NULL: none */
    unsigned heard;  /* the version of the news that its process knows */
    bool is_aside;   /* it shows something, also when a signal is due */
    bool is_item;    /* of `each` */
    bool is_each;    /* it runs items: the library ends those when something is due */
    bool done;
    bool abandoned; /* who asked for it has ended before it did */
    int exit_code;
    double kill_s; /* when what is left of it is killed; 0: it is not being ended */
    bool killed;
    bool interrupted;
    bool too_late;
} sh_frame;

/* What runs beside a function, which it belongs to. */
typedef struct sh_work {
    struct sh_work *next;
    char *name;
    sh_function function; /* what runs, and where it was started */
    staged_call call;
    sh_frame frame; /* its own: `done` once it was awaited */
    bool is_cancelled;
} sh_work;

/* Variables that the shells have to be told of: one that is shared, or all arguments. */
typedef struct sh_news {
    char *name; /* "": the arguments */
    char *text; /* to be evaluated */
    unsigned version;
} sh_news;

struct sh_each;

typedef struct sh_shell {
    struct sh_shell *before; /* of the file read before; NULL: this is the first one */
    sh_bash bash;
    sh_requests requests;
    sh_surroundings surroundings; /* of the function that spoke of them last */
    sh_text raw;
    bool raw_was_taken;
    sh_source source;
    bool is_read;     /* all files were */
    bool ended_early; /* bash has ended while the file was read */
    int left_status;
    int left_line;
    char *too_old;        /* the version of a bash that is; NULL: it is not */
    sh_frame *frame;      /* the innermost one */
    struct sh_each *each; /* the last one; NULL: none yet */
    unsigned frame_count;
    staged_script *script;   /* NULL: none runs */
    staged_secrets *secrets; /* NULL: none */
    bool takes_output[2];    /* output and error output of functions come through our pipes */
    staged_pty *screens[2];  /* pseudo-terminals in place of these pipes; NULL: none */
    sh_text shown[2];        /* what has come, and is yet to be shown */
    char **early_secrets;    /* named while the file is read */
    size_t early_secret_count;
    char **observers; /* names of functions */
    size_t observer_count;
    staged_script *observed;
    char **events; /* that they are yet to be told of, as assignments */
    size_t event_count;
    bool tells_events;
    staged_renderable *picture; /* what is shown while something is awaited; NULL: log instead */
    void *conversions;          /* of its arguments, the newest */
    char *converted;            /* what a function has made of a word; NULL: nothing */
    sh_news *news;
    size_t news_count;
    unsigned version; /* of the newest */
    char **shared;    /* names of the variables that `share` names */
    size_t shared_count;
    char **unkept; /* those of them that were said not to be kept */
    size_t unkept_count;
    staged_script *keeper; /* in whose run they are kept; NULL: in none */
    unsigned keeper_depth; /* of its stages, and those of scripts inside of it */
    int64_t last_speaker;  /* the process whose request came last */
    int idle_looks;        /* how often nobody spoke while the token was gone, */
    double idle_since_s;   /* and since when */
    /* Does what a request asks for, and replies. */
    void (*do_request)(struct sh_shell *shell, const sh_request *request);
    /* Runs another script inside of this one.
     *   words  of its command line, ended by NULL */
    staged_status (*run_inner)(struct sh_shell *shell, const sh_request *request, char *path,
                               const char *const *words);
} sh_shell;

/* ---- serve.c ---- */

/* Serves requests until `*done`, or bash has ended. */
void sh_serve(sh_shell *shell, const bool *done);

/* Serves what is asked for, for some seconds, or until a signal is due, or something has happened.
 *   heeds_signals  whether to look for those */
void sh_serve_a_while(sh_shell *shell, double seconds, bool heeds_signals);

/* ---- items.c ---- */

/* What is to be done for each of many items.
 *   frame       the call that asks for it
 *   pid         of the process that does
 *   words       of the command, ended with NULL
 *   own         what the words of the request are copied to
 *   surroundings of programs
 *   next        what that process is to do next
 *   starting    the item that is about to begin; NULL: none
 *   was_told    that process was told to begin it,
 *   has_failed  but could not
 *   is_over     all that is left is to reply
 *   saw_signal  a signal has been noticed */
typedef struct sh_item sh_item;
typedef struct sh_each {
    sh_shell *shell;
    sh_frame *frame; /* while it runs */
    unsigned frame_id;
    int64_t pid;
    staged_location where;
    const char *function; /* of the author's, that asks */
    staged_each_options options;
    staged_process_options process;
    sh_list own;
    sh_surroundings surroundings;
    sh_item *items;
    size_t item_count;
    sh_text next;
    sh_work *starting;
    bool was_told;
    bool has_failed;
    bool is_over;
    bool saw_signal;
    staged_status status;
} sh_each;

/* Runs it, serving what is asked for meanwhile. */
void sh_each_run(sh_each *each, bool is_function);
/* What the process that asks for it is to do next; it has waited for processes, of which the words
 * of a request tell, in pairs with their exit codes. */
const char *sh_each_next(sh_each *each, const sh_request *request);
/* An item says that it is about to end. */
void sh_each_left(sh_each *each, const sh_request *request);
/* Takes NULL. */
void sh_each_free(sh_each *each);

/* ---- reply.c ---- */

/* Says that a request is done, with a status: 0 is well. */
void sh_answer(sh_shell *shell, int status);
/* Has the shell evaluate a text; an answer is still to come. */
void sh_answer_eval(sh_shell *shell, const char *text);
/* Ends the process that asked. */
void sh_answer_exit(sh_shell *shell, int status);

/* Reads what builtins have written. */
void sh_read_raw(sh_shell *shell);
/* What they have written since the last time; valid until the next call. */
const sh_text *sh_take_raw(sh_shell *shell);

/* ---- output.c ---- */

/* Shows what functions have written through our pipes, if they do.
 *   also_rest  also the beginning of a line, whose end may not come soon */
void sh_show_output(sh_shell *shell, bool also_rest);
/* Whether some of that comes through pipes. */
bool sh_reads_output(const sh_shell *shell);
/* Has it come through them from now on if it is to be kept. */
void sh_begin_to_keep(sh_shell *shell);
/* Where to read what comes; 0: nowhere. */
int sh_shown_descriptor(const sh_shell *shell, size_t which);
/* Before and after waits: see staged/pty.h. */
int sh_begin_waits(sh_shell *shell);
void sh_attend(sh_shell *shell);
void sh_end_waits(sh_shell *shell);
/* Whether the wait is to be short: see staged_pty_is_changed. */
bool sh_is_screen_changed(const sh_shell *shell);
void sh_close_screens(sh_shell *shell);
/* Adds what has a process of the shell write there. */
void sh_add_redirection(const sh_shell *shell, sh_text *text);
/* Hides a value from now on. */
staged_status sh_add_secret(sh_shell *shell, const char *value);
/* Hides the secrets of a script from what another one shows, too. */
staged_status sh_share_secrets(const sh_shell *from, sh_shell *to);
staged_status sh_add_early_secrets(sh_shell *shell, staged_script *script);

/* ---- observers.c ---- */

/* Has the functions that observe told of a script's events, and what is printed until its end shown
 * as it wants it. */
staged_status sh_add_observer(sh_shell *shell, staged_script *script);
/* ---- news.c, kept.c ---- */

/* Sets what the shells have to know. */
void sh_news_set(sh_shell *shell, const char *name, const char *text);
/* Tells whoever waits for an answer what has changed since a version.
 *   frame  the call that it is part of; NULL: none */
void sh_news_tell(sh_shell *shell, unsigned since, sh_frame *frame);
/* Adds what builtin `declare -p` has written such that it declares a global variable, also within a
 * function.  Returns false when that is no declaration. */
bool sh_add_global(sh_text *text, const char *declaration);
/* Takes the declarations of shared variables, as a call has left them; NULL: it is over. */
void sh_news_take(sh_shell *shell, const sh_frame *frame);
/* Has them kept at the end of each stage that passes, for a run that resumes this one. */
staged_status sh_keep_shared(sh_shell *shell, staged_script *script);
/* What was kept of them in the run that is resumed is news. */
void sh_restore_shared(sh_shell *shell, const staged_script *script);

/* ---- calls.c ---- */

/* The function of all rows. */
staged_status sh_trampoline(staged_call *call);
/* Calls a function that is no row.  Returns STAGED_RETRY when it returns another status than 0,
 * unless it fails with a reason. */
staged_status sh_call_condition(sh_shell *shell, const char *name, const char *const *words);
/* Calls one that checks an answer.  Returns whether it accepts that.
 *   reason  receives what it fails with, to be freed; NULL: nothing */
bool sh_call_check(sh_shell *shell, const char *name, const char *answer, char **reason);
/* Calls one that shows something while something is awaited.  Returns whether it did. */
bool sh_call_to_show(sh_shell *shell, const char *name);
/* Calls one that makes something else of a word of the command line.  Returns STAGED_BAD_INPUT when
 * it refuses that.
 *   value   receives what it prints
 *   reason  receives what it fails with; NULL: nothing.  Both are to be freed */
staged_status sh_call_conversion(sh_shell *shell, staged_script *script, const char *name,
                                 const char *word, char **value, char **reason);
/* Tells the functions that observe of what has happened, while somebody waits for a reply. */
void sh_tell_events(sh_shell *shell, staged_script *script);

/* ---- works.c ---- */

/* Begins `NAME COMMAND...`, the words of a request.  The frame owns it. */
sh_work *sh_work_begin(sh_shell *shell, sh_frame *frame, const sh_request *request);
/* The latest of that name; NULL: there is none. */
sh_work *sh_work_find(const sh_frame *frame, const char *name);
bool sh_work_goes_on(const sh_work *work);
/* Whether any of this frame and those that wait for it does. */
bool sh_any_work_goes_on(const sh_frame *frame);
/* Ends it with all that it has started; what becomes of it does not matter then. */
void sh_work_cancel(sh_work *work);
/* Releases one that has ended. */
void sh_work_forget(sh_frame *frame, sh_work *work);
/* Takes note of its exit code.  Returns what became of it. */
staged_status sh_work_end(sh_shell *shell, sh_work *work, int exit_code);
/* Ends all work of a function. */
void sh_end_works(sh_frame *frame);
/* Releases what belongs to a call, with its work. */
void sh_frame_free(sh_frame *frame);

/* ---- frames.c ---- */

/* The innermost call around this one that goes on: its process waits for this one.  NULL: the shell
 * itself does. */
sh_frame *sh_waiting_frame(const sh_frame *frame);
sh_frame *sh_find_frame(const sh_shell *shell, unsigned id);
/* What is due for the frames: time limits, signals, processes that do not end when asked. */
void sh_watch_frames(sh_shell *shell, bool signal_is_due);
/* When to look again at the latest, in seconds from now. */
double sh_next_look(const sh_shell *shell);
void sh_begin_ending(sh_frame *frame);
/* What was typed at the terminal may have ended the function before we have heard of it. */
void sh_heed_signal(sh_frame *frame);
/* What a call that is being ended has left running, children that ignore SIGTERM say, ends too. */
void sh_end_rest(sh_frame *frame);

/* ---- trouble.c ---- */

/* What is to be said of a function that failed; NULL: its exit code alone.  To be freed. */
char *sh_trouble_text(const sh_frame *frame);

void sh_trouble_free(sh_trouble *trouble);
/* Sets a frame's trouble, unless it is the same one on its way up. */
void sh_trouble_set(sh_frame *frame, sh_trouble *trouble);
/* Takes where a verb ends the function, if its process has said that. */
void sh_trouble_take_stack(sh_frame *frame, sh_trouble *trouble);
/* What the row is to return for how its function ended. */
staged_status sh_judge(sh_shell *shell, sh_frame *frame);

/* ---- commands.c ---- */

/* That of a process; NULL: it has none. */
sh_command *sh_command_of(const sh_frame *frame, int64_t pid);
/* Keeps how one has failed, and takes that, if it is what a trouble is about. */
void sh_keep_failed(sh_frame *frame, int64_t pid, int exit_code, char *how, char *command);
void sh_take_failed(sh_frame *frame, sh_trouble *trouble);
/* Ends the commands of a process, or of all (0), in a frame. */
void sh_end_commands(sh_frame *frame, int64_t pid, int exit_code, char **failure, char **text);
/* Ends those whose time is up. */
void sh_watch_commands(sh_frame *frame);

#endif
