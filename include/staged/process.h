/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Running commands: to their end (staged_process_run) or beside what comes next
 * (staged_process_start).  Whatever a command starts can be ended with it.
 *
 * Several threads may run commands at once; use one staged_process from one thread at a time.
 *
 * What a process takes on with its first command, for good:
 *   - On Linux it becomes a child subreaper: orphaned descendants become its children.  The library
 *     reaps those that commands started; other children are left to the caller.
 *   - SIGCHLD gets its default action back if it was ignored: exit statuses would be lost.
 * What each command inherits: on Linux a mark, by which all its descendants are found: values of
 * RLIMIT_LOCKS and RLIMIT_RTTIME, too high to limit anything.  `ulimit -a` shows them in a command.
 * The limits of the process itself stay as they are.  Signal handlers are only installed by
 * staged_signals_install, which staged_main calls. */
#ifndef STAGED_PROCESS_H
#define STAGED_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/secrets.h>
#include <staged/status.h>
#include <staged/words.h>

STAGED_BEGIN_DECLS

/* Where a stream of a command comes from or goes to. */
typedef enum staged_stream_kind {
    STAGED_STREAM_INHERIT = 0, /* ours */
    STAGED_STREAM_DISCARD,     /* nowhere; input: nothing to read */
    STAGED_STREAM_CAPTURE,     /* output: kept for the result */
    STAGED_STREAM_TEE,         /* output: shown as it comes, and kept for the result */
    STAGED_STREAM_FILE,        /* `path` */
    STAGED_STREAM_DESCRIPTOR,  /* `descriptor`, which stays open here */
    STAGED_STREAM_STDOUT,      /* error output: to where the standard output goes */
    STAGED_STREAM_BYTES,       /* input: `bytes`, then the end */
    STAGED_STREAM_PIPE,        /* with staged_process_start: for its write and read_line */
    STAGED_STREAM_SHOW         /* output: shown as it comes, and not kept; closed, as a pipe whose
                                  reader has left, once nobody looks at it any more */
} staged_stream_kind;

typedef struct staged_stream {
    staged_stream_kind kind;
    const char *path;  /* FILE: made if it is not there; output: emptied first, unless */
    bool append;       /* FILE: output is added at its end */
    int descriptor;    /* DESCRIPTOR */
    const void *bytes; /* BYTES: borrowed until the command has ended */
    size_t length;     /* BYTES: how many */

    /* CAPTURE, TEE */
    size_t limit;          /* how many bytes are kept at most; 0: all of them */
    bool keep_last;        /* past the limit the first bytes go, not the last ones */
    const char *rest_path; /* a file that takes all bytes once there are more than the limit;
                              NULL: what is not kept is only counted */
} staged_stream;

/* One limit of what a command may use; see setrlimit. */
typedef struct staged_limit {
    int resource;  /* RLIMIT_NOFILE, ... */
    uint64_t soft; /* UINT64_MAX: no limit */
    uint64_t hard;
} staged_limit;

/* Which processes get the terminal's signals (Ctrl-C, Ctrl-Z) together. */
typedef enum staged_process_group {
    STAGED_PROCESS_GROUP_AUTO = 0, /* with ours where a command's processes can be found without a
                              group of their own (Linux) or it may need the terminal; else, a group
                              of its own */
    STAGED_PROCESS_GROUP_OURS,     /* with ours, as in a shell script */
    STAGED_PROCESS_GROUP_NEW,      /* apart, in the background of the terminal */
    STAGED_PROCESS_GROUP_SESSION,  /* apart, without a terminal */
    STAGED_PROCESS_GROUP_JOIN      /* with those of `join_group` */
} staged_process_group;

/* Which of a command's outputs. */
typedef enum staged_output { STAGED_OUTPUT_STDOUT = 1, STAGED_OUTPUT_STDERR = 2 } staged_output;

/* Shows what a command wrote, as it comes; any bytes, cut anywhere.  Returns whether to go on being
 * asked. */
typedef bool staged_show_output_function(void *context, staged_output which, const char *bytes,
                                         size_t length);

/* How long a command has after SIGTERM before SIGKILL follows, where nothing else is said; in
 * seconds. */
#define STAGED_GRACE_S 5.0

/* How to run a command.  Only `command` or `arguments` is required.  Everything is borrowed
 * until the call returns, except where said otherwise. */
typedef struct staged_process_options {
    /* What to run: one of both. */
    const char *command;          /* a shell command */
    const char *const *arguments; /* words, ended with NULL; the first is the program */

    const char *shell;     /* for `command`: a program that takes "-c COMMAND"; NULL: /bin/sh */
    const char *program;   /* for `arguments`: the program's path, if it differs from the first */
    const char *directory; /* NULL: ours */

    /* The environment: ours, unless cleared, less `without`, plus `environment`. */
    const char *const *environment; /* "NAME=value", ended with NULL: added or replaced */
    const char *const *without;     /* names, ended with NULL; an unknown one is not an error */
    bool clear_environment;

    staged_stream input;
    staged_stream output;
    staged_stream error_output;
    staged_show_output_function
        *show; /* TEE, SHOW: instead of writing to our standard and error output */
    void *show_context;
    const staged_secrets *secrets; /* TEE, SHOW: what is shown as *** */

    const int *expected_codes; /* exit codes that are fine; NULL: 0 */
    size_t expected_count;

    /* In seconds. */
    double timeout_s; /* after so long the command and all that it started is ended; 0 and
                         negative: never */
    double grace_s;   /* how long SIGTERM has before SIGKILL follows; 0: STAGED_GRACE_S;
                         negative: none, SIGKILL alone is sent */
    double drain_s;   /* how long to wait, once the command itself has ended, for output of what it
                         left behind; 0: 1; negative: no limit, until all have closed it */

    bool set_umask; /* whether `umask` counts even if it is 0 */
    uint32_t umask; /* 0: ours */
    const staged_limit *limits;
    size_t limit_count;
    int nice; /* added to our own niceness: 19 makes way for everybody; below 0 is for root */

    /* Whom it runs as: names, or numbers as text.  What is not given stays ours, which of the
     * groups is rarely wanted.  To change any is for root.  Directory and files are opened as
     * ourselves.  Source: CPython, subprocess. */
    const char *user;
    const char *group;
    const char *const *extra_groups; /* ended with NULL; none of them: it has no further group */
    bool groups_of_user;             /* the groups that `user` has after a login, where `group` and
                                        `extra_groups` do not say otherwise */

    staged_process_group process_group;
    int64_t join_group;          /* JOIN: a process group of our session */
    const int *keep_descriptors; /* stay open in the command; all others but 0, 1, 2 are closed */
    size_t keep_count;
    bool leaves_daemon;  /* what runs on after the command's end does so on purpose: neither a wait
                            for its output nor staged_processes_end_all cares for it */
    bool keeps_terminal; /* what it has changed about the terminal stays when it exits, as always
                            with the commands stty, reset and tset; else, settings and foreground
                            are brought back */
} staged_process_options;

/* At which step a command could not be started. */
typedef enum staged_start_step {
    STAGED_START_OK = 0,
    STAGED_START_OPTIONS,   /* the options contradict each other */
    STAGED_START_STREAM,    /* a file could not be opened, a pipe not made */
    STAGED_START_PROCESS,   /* there are too many processes, or too little memory */
    STAGED_START_LIMIT,     /* a limit could not be set */
    STAGED_START_NICENESS,  /* it could not be changed */
    STAGED_START_GROUP,     /* no process group or session of its own */
    STAGED_START_DIRECTORY, /* it could not be changed to */
    STAGED_START_USER,      /* no such user or group, or we may not become it */
    STAGED_START_PROGRAM    /* not found, not allowed, or not a program */
} staged_start_step;

/* A process that had to be ended. */
typedef struct staged_ended_process {
    int64_t pid;
    int signal; /* the last one that it was sent: SIGTERM, or SIGKILL when that was not enough */
    bool gone;  /* false: it would not end, or we may not end it */
    char *name; /* its command line, cut if it has more than 32 KiB; it may have secrets in it */
} staged_ended_process;

/* How a command went. */
typedef struct staged_completed_process {
    int exit_code;   /* -N: ended by signal N.  Source: CPython, CompletedProcess.returncode */
    int signal;      /* that signal; 0: it exited */
    bool expected;   /* the exit code is one of the expected ones, and nothing was cut short */
    bool timed_out;  /* ended at its timeout */
    int interrupted; /* ended because of this signal to us (see staged/signals.h); 0: it was not */

    /* What was captured, ended with a NUL that does not count; never NULL after a capture. */
    char *output;
    size_t output_length;
    uint64_t output_lost; /* how many bytes are not in `output`, because of its limit */
    char *error_output;
    size_t error_length;
    uint64_t error_lost;
    bool output_held; /* something that the command left behind still held its output open, so that
                         what it wrote later is not here */

    int64_t pid;
    int64_t start_ns;    /* wall clock, nanoseconds since 1970 */
    int64_t duration_ns; /* from the start until the command itself had ended */
    /* Of the command and the processes that it waited for. */
    int64_t user_ns, system_ns; /* CPU time */
    int64_t max_rss_kib;        /* peak memory: of the largest of these processes, not of all */
    int64_t minor_faults, major_faults;

    staged_ended_process *ended; /* what was ended at a timeout or an interrupt */
    size_t ended_count;

    staged_start_step failed_step;
    char *error; /* what went wrong, for people; NULL: nothing, or no memory for the words */
} staged_completed_process;

/* Runs a command until it has ended.
 *   options   see there
 *   result    always filled in; release it with staged_completed_process_free
 * Returns STAGED_OK when the command has ended by itself, whatever its exit code, and
 *   STAGED_BAD_USE      the options contradict each other
 *   STAGED_BAD_INPUT    an argument is too long for the system
 *   STAGED_NOT_FOUND    no such program, or directory, or file: see `failed_step`
 *   STAGED_NOT_ALLOWED  the same, but it may not be used
 *   STAGED_TIMED_OUT    its timeout expired; what was captured until then is in the result
 *   STAGED_INTERRUPTED  a signal asked us to end; as above, or nothing was started any more
 *   STAGED_IO, STAGED_NO_MEMORY
 * Source of the behaviour where nothing else is said: CPython, subprocess.run. */
STAGED_API staged_status staged_process_run(const staged_process_options *options,
                                            staged_completed_process *result) STAGED_MUST_CHECK;
/* What went wrong, "" when nothing did; never NULL. */
STAGED_API const char *staged_completed_process_error(const staged_completed_process *result);
/* Releases what the result holds; all zero is fine. */
STAGED_API void staged_completed_process_free(staged_completed_process *result);

/* A command that runs beside us. */
typedef struct staged_process staged_process;

/* Starts a command and returns.
 *   process   receives it, also after a failure, for staged_process_error; NULL when there was no
 *             memory.  To be released with staged_process_free
 * Returns as staged_process_run.  Its timeout only counts while one of the functions below is
 * called, and so does what is captured: a command that writes a lot beside us is better given a
 * file. */
STAGED_API staged_status staged_process_start(const staged_process_options *options,
                                              staged_process **process) STAGED_MUST_CHECK;
/* What went wrong last, "" when nothing did; never NULL. */
STAGED_API const char *staged_process_error(const staged_process *process);
STAGED_API int64_t staged_process_pid(const staged_process *process);
/* Whether it has ended; never waits. */
STAGED_API bool staged_process_has_ended(staged_process *process);
/* Waits for its end.
 *   timeout_s   seconds to wait at most; 0: just look; negative: no limit
 *   result      filled in once it has ended; the caller releases it; NULL: not wanted
 * Returns STAGED_OK when it has ended; STAGED_TIMED_OUT or STAGED_INTERRUPTED when it still runs,
 * or when its own timeout ended it, which `result->timed_out` tells apart; STAGED_BAD_USE when
 * `timeout_s` is NaN. */
STAGED_API staged_status staged_process_wait(staged_process *process, double timeout_s,
                                             staged_completed_process *result);
/* Writes to its input (STAGED_STREAM_PIPE), waiting until it has taken all of it.  Returns
 * STAGED_CLOSED when it does not read any more. */
STAGED_API staged_status staged_process_write(staged_process *process, const void *bytes,
                                              size_t length);
/* Ends its input. */
STAGED_API staged_status staged_process_close_input(staged_process *process);
/* Reads one line of an output (STAGED_STREAM_PIPE).
 *   timeout_s      as for staged_process_wait
 *   line, length   receive the line without its newline, ended with NUL; valid until the next call
 * Returns STAGED_CLOSED when there is no further line, STAGED_TIMED_OUT, STAGED_INTERRUPTED. */
STAGED_API staged_status staged_process_read_line(staged_process *process, staged_output which,
                                                  double timeout_s, const char **line,
                                                  size_t *length);
/* Sends a signal to the command itself.  Returns STAGED_NOT_FOUND when it has ended. */
STAGED_API staged_status staged_process_signal(staged_process *process, int signal);
/* Ends it and all that it started: SIGTERM, then SIGKILL to what is left after its grace time. What
 * is there to know is in the result of staged_process_wait afterwards. */
STAGED_API staged_status staged_process_terminate(staged_process *process);
/* Releases it, ending it first if it still runs.  NULL: nothing. */
STAGED_API void staged_process_free(staged_process *process);

/* Ends everything that commands of this process started and that still runs, as
 * staged_process_terminate does: also what commands left behind that have ended themselves, unless
 * they were said to leave a daemon.
 *   grace_s        seconds that SIGTERM has before SIGKILL follows; 0: SIGKILL at once; negative:
 *                  no limit, SIGTERM alone is sent, until all have ended
 *   ended, count   receive what was ended; release it with staged_ended_processes_free; may be
 *                  NULL
 * Returns STAGED_NO_MEMORY when not all of them could be noted, and STAGED_BAD_USE when `grace_s`
 * is NaN.
 * Elsewhere than on Linux this only finds what stayed in the process group of a running command. */
STAGED_API staged_status staged_processes_end_all(double grace_s, staged_ended_process **ended,
                                                  size_t *count);
STAGED_API void staged_ended_processes_free(staged_ended_process *ended, size_t count);

STAGED_END_DECLS

#endif
