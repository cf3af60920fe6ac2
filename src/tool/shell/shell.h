/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A shell script being read and run: what the files of this room share. */
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

/* Why a function failed, or what it asked for. */
typedef enum sh_trouble_kind {
    SH_TROUBLE_NONE = 0,
    SH_TROUBLE_COMMAND, /* a command failed */
    SH_TROUBLE_JOB,     /* a background command failed */
    SH_TROUBLE_RETRY,   /* the verb `retry` */
    SH_TROUBLE_FAIL,
    SH_TROUBLE_FINISH,
    SH_TROUBLE_INHERITED /* `super` or the like returned a status */
} sh_trouble_kind;

/* An active function. */
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
    char *failure; /* of a command of `run`: "exit code 3"; NULL: unknown */
    char *reason;
    bool is_of_place;      /* its command failed because of a place, which may recover */
    sh_stack_entry *stack; /* the innermost first */
    size_t stack_count;
    staged_status status; /* INHERITED */
    int exit_status;      /* FINISH */
} sh_trouble;

/* A running command of `run`. */
typedef struct sh_command {
    struct sh_command *next;
    int64_t pid; /* of the process that asked for it */
    staged_outside_command *outside;
    char *text;
    int *expected_codes;   /* NULL: 0 */
    staged_family *family; /* of a command that runs in a subshell, or of its client */
    double until_s;        /* when to end it, or, at a place, to look at it; 0: never */
    double kill_s;         /* when to kill it; 0: it is not being ended */
    bool timed_out;
    bool is_judged; /* its place has told how it ended */
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
    /* The last command that failed; bash has yet to report the failure. */
    int64_t failed_pid; /* 0: none */
    int failed_code;
    char *failed_how;
    char *failed_command;
    bool failed_at_place; /* because of its place, which may recover */
    char *untold;         /* how the place of the last command failed, for the log; NULL: told */
    staged_location untold_where;
    sh_trouble said; /* the call stack when a verb is about to end the function */
    char *jobs;      /* the last list of its jobs; NULL: none */
    unsigned heard;  /* the version of the news that its process has got */
    bool is_aside;   /* it shows something, even while a signal is due */
    bool is_item;    /* an item of `each` */
    bool is_each;    /* it runs items, which the library ends when something is due */
    bool done;
    bool abandoned; /* the process that asked for it has ended before it did */
    int exit_code;
    double kill_s; /* when to kill what is left of it; 0: it is not being ended */
    bool killed;
    bool interrupted;
    bool too_late;
} sh_frame;

/* Background work of a function. */
typedef struct sh_work {
    struct sh_work *next;
    char *name;
    sh_function function; /* what runs, and where it was started */
    staged_call call;
    sh_frame frame; /* its own: `done` once the work was awaited */
    bool is_cancelled;
} sh_work;

/* Variables that the shells must be told about: a shared one, or all arguments. */
typedef struct sh_news {
    char *name; /* "": the arguments */
    char *text; /* to be evaluated */
    unsigned version;
} sh_news;

struct sh_each;

typedef struct sh_shell {
    struct sh_shell *before; /* of the file read before; NULL: none */
    sh_bash bash;
    sh_requests requests;
    sh_surroundings surroundings; /* of the function that reported them last */
    sh_text raw;
    bool raw_was_taken;
    sh_source source;
    bool is_read;     /* all files have been read */
    bool ended_early; /* bash ended while the file was read */
    int left_status;
    int left_line;
    char *too_old;        /* the version of a bash that is too old; NULL: it is not */
    sh_frame *frame;      /* the innermost one */
    struct sh_each *each; /* the latest; NULL: none yet */
    unsigned frame_count;
    staged_script *script;   /* NULL: no script is running */
    staged_secrets *secrets; /* NULL: none */
    bool takes_output[2];    /* output and error output of functions pass through our pipes */
    staged_pty *screens[2];  /* pseudo-terminals in place of these pipes; NULL: none */
    sh_text shown[2];        /* received, but not shown yet */
    char **early_secrets;    /* named while the file was read */
    size_t early_secret_count;
    char **observers; /* names of functions */
    staged_location *observer_places;
    size_t observer_count;
    staged_script *observed;
    char **events; /* not yet passed to them, as assignments */
    size_t event_count;
    bool tells_events;
    staged_renderable *picture; /* what to show while waiting; NULL: log instead */
    void *conversions;          /* those of its arguments, the newest first */
    char *converted;            /* the result of a conversion function; NULL: none */
    sh_news *news;
    size_t news_count;
    unsigned version; /* of the latest news */
    char **shared;    /* the variables named by `share` */
    size_t shared_count;
    char **unkept; /* those of them reported as not kept */
    size_t unkept_count;
    staged_script *keeper;     /* the script in whose run they are kept; NULL: none */
    unsigned keeper_depth;     /* how deeply its stages are nested, with those of inner scripts */
    struct sh_parser *parsers; /* of verbs that were used with options */
    size_t parser_count;
    int idle_looks;      /* for how many checks the token was gone and nobody spoke, */
    double idle_since_s; /* and since when */
    /* Does what a request asks for, and replies. */
    void (*do_request)(struct sh_shell *shell, const sh_request *request);
    /* Runs another script inside this one.
     *   words  of its command line, terminated by NULL */
    staged_status (*run_inner)(struct sh_shell *shell, const sh_request *request, char *path,
                               const char *const *words);
} sh_shell;

/* ---- serve.c ---- */

/* Serves requests until `*done`, or until bash has ended. */
void sh_serve(sh_shell *shell, const bool *done);

/* Serves requests for at most `seconds`, or until a signal is due or something has happened.
 *   heeds_signals  whether to check for signals */
void sh_serve_a_while(sh_shell *shell, double seconds, bool heeds_signals);

/* ---- items.c ---- */

/* A run of `each`.
 *   frame       the call that asked for it
 *   pid         the process that asked
 *   words       of the command, terminated by NULL
 *   own         copies of the request's words
 *   surroundings  of programs
 *   next        what that process must do next
 *   starting    the item being started; NULL: none
 *   was_told    that process was told to start it,
 *   has_failed  but could not
 *   is_over     only the reply is left
 *   saw_signal  a signal is due */
typedef struct sh_item sh_item;
typedef struct sh_each {
    sh_shell *shell;
    sh_frame *frame; /* while it runs */
    unsigned frame_id;
    int64_t pid;
    staged_location where;
    const char *function; /* the author's function that asked */
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

/* Runs it, serving requests meanwhile. */
void sh_each_run(sh_each *each, bool is_function);
/* What the asking process must do next.  The request's words name processes that it has waited for,
 * in pairs with their exit codes. */
const char *sh_each_next(sh_each *each, const sh_request *request);
/* An item reports that it is about to end. */
void sh_each_left(sh_each *each, const sh_request *request);
/* Takes NULL. */
void sh_each_free(sh_each *each);

/* ---- reply.c ---- */

/* Replies that a request is done, with a status; 0 is success. */
void sh_answer(sh_shell *shell, int status);
/* Makes the shell evaluate a text; an answer must follow. */
void sh_answer_eval(sh_shell *shell, const char *text);
/* Ends the process that asked. */
void sh_answer_exit(sh_shell *shell, int status);

/* Reads what builtins have written for us. */
void sh_read_raw(sh_shell *shell);
/* What they have written since the last call; valid until the next one. */
const sh_text *sh_take_raw(sh_shell *shell);

/* ---- output.c ---- */

/* Shows what functions have written to our pipes, if they use those.
 *   also_rest  also an incomplete line, whose end may not arrive soon */
void sh_show_output(sh_shell *shell, bool also_rest);
/* Whether any output comes through our pipes. */
bool sh_reads_output(const sh_shell *shell);
/* Makes output come through our pipes from now on if it must be kept or defused. */
void sh_begin_to_keep(sh_shell *shell);
/* The descriptor to read it from; 0: none. */
int sh_shown_descriptor(const sh_shell *shell, size_t which);
/* Call these around waits: see staged/pty.h. */
int sh_begin_waits(sh_shell *shell);
void sh_attend(sh_shell *shell);
void sh_end_waits(sh_shell *shell);
/* Whether waits must be short: see staged_pty_is_changed. */
bool sh_is_screen_changed(const sh_shell *shell);
void sh_close_screens(sh_shell *shell);
/* Adds the redirection that makes a process of the shell write there. */
void sh_add_redirection(const sh_shell *shell, sh_text *text);
/* Masks a value from now on. */
staged_status sh_add_secret(sh_shell *shell, const char *value);
/* Makes a script's secrets masked in another one's output, too. */
staged_status sh_share_secrets(const sh_shell *from, sh_shell *to);
staged_status sh_add_early_secrets(sh_shell *shell, staged_script *script);

/* ---- observers.c ---- */

/* Passes a script's events to the functions that observe, and shows what is printed until its end
 * as the script is set to. */
staged_status sh_add_observer(sh_shell *shell, staged_script *script);
/* ---- news.c, kept.c ---- */

/* Sets something that the shells must know. */
void sh_news_set(sh_shell *shell, const char *name, const char *text);
/* Tells the process that waits for an answer what has changed since a version.
 *   frame  the call that the process belongs to; NULL: none */
void sh_news_tell(sh_shell *shell, unsigned since, sh_frame *frame);
/* Turns a line of the builtin `declare -p` into the declaration of a global variable, even within a
 * function, and adds it.  Returns false if the line is no declaration. */
bool sh_add_global(sh_text *text, const char *declaration);
/* Takes the declarations of shared variables as a call has left them; NULL: the call is over. */
void sh_news_take(sh_shell *shell, const sh_frame *frame);
/* Keeps shared variables at the end of each stage that passes, for a run that resumes this one. */
staged_status sh_keep_shared(sh_shell *shell, staged_script *script);
/* Makes news of the shared variables that the resumed run kept. */
void sh_restore_shared(sh_shell *shell, const staged_script *script);

/* ---- calls.c ---- */

/* The function of all rows. */
staged_status sh_trampoline(staged_call *call);
/* Calls a function that is not a row.  Returns STAGED_RETRY if it returns a status other than 0,
 * unless it fails with a reason. */
staged_status sh_call_condition(sh_shell *shell, const char *name, const char *const *words);
/* Calls a function that checks an answer.  Returns whether the function accepts it.
 *   reason  receives its reason, which the caller frees; NULL: none */
bool sh_call_check(sh_shell *shell, const char *name, const char *answer, char **reason);
/* Calls a function that shows something during a wait.  Returns whether it did. */
bool sh_call_to_show(sh_shell *shell, const char *name);
/* Calls a function that converts a word of the command line.  Returns STAGED_BAD_INPUT if the
 * function rejects it.
 *   value   receives what it prints
 *   reason  receives its reason; NULL: none.  The caller frees both */
staged_status sh_call_conversion(sh_shell *shell, staged_script *script, const char *name,
                                 const char *word, char **value, char **reason);
/* Passes pending events to the functions that observe, while a process waits for a reply. */
void sh_tell_events(sh_shell *shell, staged_script *script);

/* ---- works.c ---- */

/* Begins `NAME COMMAND...`, the words of a request.  The frame owns the work. */
sh_work *sh_work_begin(sh_shell *shell, sh_frame *frame, const sh_request *request);
/* The latest with that name; NULL: there is none. */
sh_work *sh_work_find(const sh_frame *frame, const char *name);
bool sh_work_goes_on(const sh_work *work);
/* Whether any work of this frame or of its outer frames is running. */
bool sh_any_work_goes_on(const sh_frame *frame);
/* Ends it with everything that it started; its result no longer matters. */
void sh_work_cancel(sh_work *work);
/* Releases work that has ended. */
void sh_work_forget(sh_frame *frame, sh_work *work);
/* Notes its exit code.  Returns its result. */
staged_status sh_work_end(sh_shell *shell, sh_work *work, int exit_code);
/* Ends all work of a function. */
void sh_end_works(sh_frame *frame);
/* Releases what belongs to a call, including its work. */
void sh_frame_free(sh_frame *frame);

/* ---- untold.c ---- */

/* Keeps what the log says if the function goes on.  Takes the text over. */
void sh_keep_untold(sh_frame *frame, const staged_location *where, char *text);
/* Logs it: the function goes on.  Takes NULL as the frame. */
void sh_tell_untold(const sh_shell *shell, sh_frame *frame);
/* Forgets it: the function has ended by it. */
void sh_forget_untold(sh_frame *frame);

/* ---- frames.c ---- */

/* The innermost outer call that is not done, whose process waits for this one.  NULL: the shell
 * itself does. */
sh_frame *sh_waiting_frame(const sh_frame *frame);
sh_frame *sh_find_frame(const sh_shell *shell, unsigned id);
/* Handles what is due for the frames: time limits, signals, processes that do not end when
 * asked. */
void sh_watch_frames(sh_shell *shell, bool signal_is_due);
/* When to check again at the latest, in seconds from now. */
double sh_next_look(const sh_shell *shell);
void sh_begin_ending(sh_frame *frame);
/* A signal typed at the terminal may have ended the function before we noticed it. */
void sh_heed_signal(sh_frame *frame);
/* Ends what is left of a call that is being ended, such as children that ignore SIGTERM. */
void sh_end_rest(sh_frame *frame);

/* ---- trouble.c ---- */

/* What to say about a function that failed; NULL: only its exit code.  The caller frees it. */
char *sh_trouble_text(const sh_frame *frame);

void sh_trouble_free(sh_trouble *trouble);
/* Sets a frame's trouble, unless it is the same one reported again on its way up. */
void sh_trouble_set(sh_frame *frame, sh_trouble *trouble);
/* Takes over the call stack at a verb that ends the function, if the process has reported it. */
void sh_trouble_take_stack(sh_frame *frame, sh_trouble *trouble);
/* The status that a row returns, depending on how its function ended. */
staged_status sh_judge(sh_shell *shell, sh_frame *frame);

/* ---- commands.c ---- */

/* The command of a process; NULL: it has none. */
sh_command *sh_command_of(const sh_frame *frame, int64_t pid);
/* Stores how a command failed; and moves that into a trouble about the same failure. */
void sh_keep_failed(sh_frame *frame, int64_t pid, int exit_code, char *how, char *command);
void sh_take_failed(sh_frame *frame, sh_trouble *trouble);
/* Ends the commands of a process, or of all (0), in a frame. */
void sh_end_commands(sh_frame *frame, int64_t pid, int exit_code, char **failure, char **text);
/* Ends commands that have exceeded their timeout, and looks at those that run at a place. */
void sh_watch_commands(sh_frame *frame);
/* Has those end that run at a place. */
void sh_stop_commands(const sh_frame *frame);
/* How a command at a place did, after its client has ended with a status of bash.  NULL: it runs
 * here. */
const staged_completed_process *sh_judge_command(sh_command *command, int exit_code);

#endif
