/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Running commands: to their end (staged_process_run) or in the background (staged_process_start).
 * Whatever a command starts can be ended with it.
 *
 * Several threads can run commands at once; use a staged_process from one thread at a time.
 *
 * What the first command changes in this process, for good:
 *   - On Linux it becomes a child subreaper: orphaned descendants become its children.  The library
 *     reaps those that commands started; other children are left to the caller.
 *   - If SIGCHLD was ignored, it gets its default action: exit statuses would be lost.
 * What each command inherits on Linux: a mark, by which all its descendants are found.  It consists
 * of values of RLIMIT_LOCKS and RLIMIT_RTTIME, too high to limit anything.  `ulimit -a` shows them
 * in a command.  The limits of the process itself stay as they are.  Only staged_signals_install,
 * which staged_main calls, installs signal handlers. */
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
    STAGED_STREAM_TEE,         /* output: shown as it arrives, and kept for the result */
    STAGED_STREAM_FILE,        /* `path` */
    STAGED_STREAM_DESCRIPTOR,  /* `descriptor`, which stays open in our process */
    STAGED_STREAM_STDOUT,      /* error output: where the output goes */
    STAGED_STREAM_BYTES,       /* input: `bytes`, then the end */
    STAGED_STREAM_PIPE,        /* with staged_process_start: for its write and read_line */
    STAGED_STREAM_SHOW /* output: shown as it arrives, not kept; once nobody reads it any more,
                          closed like a pipe whose reader has left */
} staged_stream_kind;

typedef struct staged_stream {
    size_t size; /* see STAGED_OPTIONS */
    staged_stream_kind kind;
    const char *path;  /* FILE: created if missing; output: truncated first, unless */
    bool append;       /* FILE: append the output */
    int descriptor;    /* DESCRIPTOR */
    const void *bytes; /* BYTES: borrowed until the command has ended */
    size_t length;     /* BYTES: how many */

    /* CAPTURE, TEE */
    size_t limit;          /* how many bytes to keep; 0: all */
    bool keep_last;        /* keep the last bytes, not the first ones */
    const char *rest_path; /* a file for all bytes, if there are more than the limit; NULL: the lost
                              bytes are only counted */

    bool terminal; /* SHOW, with staged_process_run: through a pseudo-terminal, if ours is a
                      terminal.  Where none can be opened, and for stty, reset and tset, the stream
                      is ours */
} staged_stream;
/* A stream among the options of a command: its kind, then what belongs to it, as in
 *     .output = STAGED_STREAM(STAGED_STREAM_CAPTURE, .limit = 4096)
 * It lives as long as what STAGED_OPTIONS makes. */
#define STAGED_STREAM(...) STAGED_OPTIONS(staged_stream, .kind = __VA_ARGS__)

/* A resource limit; see setrlimit. */
typedef struct staged_limit {
    int resource;  /* RLIMIT_NOFILE, ... */
    uint64_t soft; /* UINT64_MAX: no limit */
    uint64_t hard;
} staged_limit;

/* Which processes get the terminal's signals (Ctrl-C, Ctrl-Z) together. */
typedef enum staged_process_group {
    STAGED_PROCESS_GROUP_AUTO = 0, /* ours on Linux, or if it may need the terminal; else its own */
    STAGED_PROCESS_GROUP_OURS,     /* with ours, as in a shell script */
    STAGED_PROCESS_GROUP_NEW,      /* apart, in the background of the terminal */
    STAGED_PROCESS_GROUP_SESSION,  /* apart, without a terminal */
    STAGED_PROCESS_GROUP_JOIN      /* with those of `join_group` */
} staged_process_group;

/* Which of a command's outputs. */
typedef enum staged_output { STAGED_OUTPUT_STDOUT = 1, STAGED_OUTPUT_STDERR = 2 } staged_output;

/* Shows a command's output as it arrives: any bytes, cut anywhere.  Returns whether it wants more.
 */
typedef bool staged_show_output_function(void *context, staged_output which, const char *bytes,
                                         size_t length);

/* The default time from SIGTERM to SIGKILL, in seconds. */
#define STAGED_GRACE_S 5.0

/* How to run a command.  Only `command` or `arguments` is required.  Everything is borrowed until
 * the call returns, unless stated otherwise. */
typedef struct staged_process_options {
    size_t size; /* see STAGED_OPTIONS */
    /* What to run: one of the two. */
    const char *command;          /* a shell command */
    const char *const *arguments; /* words, ended with NULL; the first is the program */

    const char *shell;     /* for `command`: a program that accepts "-c COMMAND"; NULL: /bin/sh */
    const char *program;   /* for `arguments`: the program's path, if it differs from the first */
    const char *directory; /* NULL: ours */

    /* The environment: ours, unless cleared, minus `without`, plus `environment`. */
    const char *const *environment; /* "NAME=value", ended with NULL: added or replaced */
    const char *const *without;     /* names, ended with NULL; an unknown one is not an error */
    bool clear_environment;

    const staged_stream *input; /* NULL: ours; so it is with the outputs */
    const staged_stream *output;
    const staged_stream *error_output;
    staged_show_output_function *show; /* TEE, SHOW: in place of our standard and error output */
    void *show_context;
    const staged_secrets *secrets; /* TEE, SHOW: what is shown as *** */

    const int *expected_codes; /* exit codes that are fine; NULL: 0 */
    size_t expected_count;

    /* In seconds. */
    double timeout_s; /* when to end the command and everything it started; 0 and negative: never */
    double grace_s;   /* from SIGTERM to SIGKILL; 0: STAGED_GRACE_S; negative: SIGKILL at once */
    double drain_s; /* how long to wait for output of what the command left behind after its end; 0:
                       1; negative: until all have closed it */

    bool set_umask; /* whether `umask` counts even if it is 0 */
    uint32_t umask; /* 0: ours */
    const staged_limit *limits;
    size_t limit_count;
    int nice; /* added to our niceness: 19 is the lowest priority; negative values need root */

    /* The user and groups to run as: names, or numbers as text.  What is not set stays ours, which
     * is rarely right for the groups.  Changes need root.  The directory and files are opened with
     * our own rights.  Source: CPython, subprocess. */
    const char *user;
    const char *group;
    const char *const *extra_groups; /* ended with NULL; an empty list: no further groups */
    bool groups_of_user; /* the groups of `user` after a login, unless `group` and `extra_groups`
                            say otherwise */

    staged_process_group process_group;
    int64_t join_group;          /* JOIN: a process group of our session */
    const int *keep_descriptors; /* stay open in the command, besides 0, 1 and 2 */
    size_t keep_count;
    bool leaves_daemon;  /* what it leaves running is intended: we do not wait for its output, and
                            staged_processes_end_all spares it */
    bool keeps_terminal; /* its changes to the terminal stay when it exits, as always with stty,
                            reset and tset; otherwise settings and foreground are restored */
    int *held_outputs;   /* two; SHOW: receives the descriptors, to be closed by the caller, of
                            outputs that what it left running still writes to; -1: none.  NULL: those
                            are closed */
} staged_process_options;

/* The step at which a command could not be started. */
typedef enum staged_start_step {
    STAGED_START_OK = 0,
    STAGED_START_OPTIONS,   /* the options contradict each other */
    STAGED_START_STREAM,    /* a file could not be opened, or a pipe not created */
    STAGED_START_PROCESS,   /* too many processes, or too little memory */
    STAGED_START_LIMIT,     /* a limit could not be set */
    STAGED_START_NICENESS,  /* it could not be changed */
    STAGED_START_GROUP,     /* no process group or session of its own */
    STAGED_START_DIRECTORY, /* it could not be entered */
    STAGED_START_USER,      /* no such user or group, or not permitted */
    STAGED_START_PROGRAM    /* not found, not allowed, or not a program */
} staged_start_step;

/* A process that had to be ended; made by the library. */
typedef struct staged_ended_process {
    int64_t pid;
    int signal; /* the last one sent: SIGTERM, or SIGKILL if that was not enough */
    bool gone;  /* false: it did not die, or we may not kill it */
    char *name; /* its command line, truncated to 32 KiB; it may contain secrets */
} staged_ended_process;

/* The result of a command; made by the library. */
typedef struct staged_completed_process {
    int exit_code;   /* -N: ended by signal N.  Source: CPython, CompletedProcess.returncode */
    int signal;      /* that signal; 0: it exited */
    bool expected;   /* the exit code is an expected one, and nothing was cut short */
    bool timed_out;  /* it exceeded its timeout */
    int interrupted; /* the signal to us that ended it (see staged/signals.h); 0: none */

    /* The captured output, ended with a NUL that does not count; never NULL after a capture. */
    char *output;
    size_t output_length;
    uint64_t output_lost; /* how many bytes `output` lacks, because of its limit */
    char *error_output;
    size_t error_length;
    uint64_t error_lost;
    bool output_held; /* something that the command left behind held its output open; what that
                         wrote later is missing */

    int64_t pid;
    int64_t start_ns;    /* wall clock, nanoseconds since 1970 */
    int64_t duration_ns; /* from the start to the end of the command itself */
    /* Of the command and the processes it waited for. */
    int64_t user_ns, system_ns; /* CPU time */
    int64_t max_rss_kib;        /* peak memory of the largest of these processes, not their sum */
    int64_t minor_faults, major_faults;

    staged_ended_process *const *ended; /* the processes ended by a timeout or a signal */
    size_t ended_count;

    staged_start_step failed_step;
    char *error; /* a message; NULL: no failure, or out of memory */

    struct staged_place_end *place; /* its end, as its place reports it (staged/place.h); NULL: it
                                       ran here */
} staged_completed_process;

/* Runs a command to its end.
 *   options   see there
 *   result    receives it, also after a failure; NULL when out of memory.  Free it with
 *             staged_completed_process_free.  May be NULL
 * Returns STAGED_OK if the command ran to its end, whatever its exit code, or
 *   STAGED_BAD_USE      the options contradict each other
 *   STAGED_BAD_INPUT    an argument is too long for the system
 *   STAGED_NOT_FOUND    no such program, or directory, or file: see `failed_step`
 *   STAGED_NOT_ALLOWED  the same, but permission is denied
 *   STAGED_TIMED_OUT    its timeout expired; what was captured until then is in the result
 *   STAGED_INTERRUPTED  a signal interrupted us; as above, or nothing was started
 *   STAGED_IO, STAGED_NO_MEMORY
 * Source, unless stated otherwise: CPython, subprocess.run. */
STAGED_API staged_status staged_process_run(const staged_process_options *options,
                                            staged_completed_process **result) STAGED_MUST_CHECK;
/* The failure's message; "" without one, never NULL.  Takes NULL, which is out of memory. */
STAGED_API const char *staged_completed_process_error(const staged_completed_process *result);
/* Frees a result.  Takes NULL. */
STAGED_API void staged_completed_process_free(staged_completed_process *result);

/* A background command. */
typedef struct staged_process staged_process;

/* Starts a command and returns.
 *   process   receives it, even after a failure, for staged_process_error; NULL when out of memory.
 *             Free it with staged_process_free
 * Returns as staged_process_run.  Its timeout is checked and its output captured only during calls
 * of the functions below: send the output of a command that writes a lot to a file. */
STAGED_API staged_status staged_process_start(const staged_process_options *options,
                                              staged_process **process) STAGED_MUST_CHECK;
/* The last failure's message; "" without one, never NULL. */
STAGED_API const char *staged_process_error(const staged_process *process);
STAGED_API int64_t staged_process_pid(const staged_process *process);
/* Whether it has ended; never waits. */
STAGED_API bool staged_process_has_ended(staged_process *process);
/* Waits for its end.
 *   timeout_s   how many seconds to wait; 0: only check; negative: no limit
 *   result      receives its result, which the caller frees; NULL while it is running, and when
 *               out of memory.  May be NULL
 * Returns STAGED_OK if it has ended; STAGED_TIMED_OUT or STAGED_INTERRUPTED if it is still running,
 * or if that ended it, and then there is a result; STAGED_BAD_USE if `timeout_s` is NaN. */
STAGED_API staged_status staged_process_wait(staged_process *process, double timeout_s,
                                             staged_completed_process **result);
/* Writes to its input (STAGED_STREAM_PIPE), and waits until it has read everything.  Returns
 * STAGED_CLOSED if it no longer reads. */
STAGED_API staged_status staged_process_write(staged_process *process, const void *bytes,
                                              size_t length);
/* Ends its input. */
STAGED_API staged_status staged_process_close_input(staged_process *process);
/* Reads one line of an output (STAGED_STREAM_PIPE).
 *   timeout_s      as for staged_process_wait
 *   line, length   receive the line without its newline, ended with NUL; valid until the next call
 * Returns STAGED_OK; STAGED_CLOSED after the last line; STAGED_TIMED_OUT or STAGED_INTERRUPTED. */
STAGED_API staged_status staged_process_read_line(staged_process *process, staged_output which,
                                                  double timeout_s, const char **line,
                                                  size_t *length);
/* Sends a signal to the command itself.  Returns STAGED_NOT_FOUND if it has ended. */
STAGED_API staged_status staged_process_signal(staged_process *process, int signal);
/* Ends it and everything it started: SIGTERM, then SIGKILL to what is left after its grace time.
 * The result of a later staged_process_wait has the details. */
STAGED_API staged_status staged_process_terminate(staged_process *process);
/* Frees it, after ending it if it is still running.  Takes NULL. */
STAGED_API void staged_process_free(staged_process *process);

/* Ends every running process that commands of this process started, as staged_process_terminate
 * does, including what ended commands left behind, except for daemons (`leaves_daemon`).
 *   grace_s        seconds from SIGTERM to SIGKILL; 0: SIGKILL at once; negative: SIGTERM only,
 *                  without a limit
 *   ended, count   receive what was ended; free it with staged_ended_processes_free; may be NULL
 * Returns STAGED_OK; STAGED_NO_MEMORY if the list is incomplete; STAGED_BAD_USE if `grace_s` is
 * NaN.
 * Except on Linux, this only finds what stayed in the process group of a running command. */
STAGED_API staged_status staged_processes_end_all(double grace_s,
                                                  staged_ended_process *const **ended,
                                                  size_t *count);
STAGED_API void staged_ended_processes_free(staged_ended_process *const *ended, size_t count);

STAGED_END_DECLS

#endif
