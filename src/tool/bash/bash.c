/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/bash/bash.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tool/prelude_bash.h"

extern char **environ;

/* The ranges of our descriptors, of those passed to bash, and of the copies that it keeps. */
enum { LOWEST_OF_OURS = 60, LOWEST_HANDED = 40, LOWEST_KEPT = 10 };

/* The prelude has numbers of its own up to 251. */
enum { NEEDED = 256 };

static bool may_open_enough(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= NEEDED)
        return true;
    fprintf(stderr,
            "staged: a shell script needs %d file descriptors, and the limit here is %llu: raise "
            "it with `ulimit -n %d`\n",
            NEEDED, (unsigned long long)limit.rlim_cur, NEEDED);
    return false;
}

static bool move_up(int *descriptor)
{
    const int moved = fcntl(*descriptor, F_DUPFD_CLOEXEC, LOWEST_OF_OURS);
    (void)close(*descriptor);
    *descriptor = moved;
    return moved >= 0;
}

static bool open_pipe(sh_pipe *pipe_of_ours)
{
    int ends[2];
    if (pipe(ends) != 0 || !move_up(&ends[0]) || !move_up(&ends[1])) {
        perror("staged: cannot make a pipe");
        return false;
    }
    *pipe_of_ours = (sh_pipe){.read_end = ends[0], .write_end = ends[1]};
    return true;
}

static void close_pipe(sh_pipe *pipe_of_ours)
{
    if (pipe_of_ours->read_end > 0)
        (void)close(pipe_of_ours->read_end);
    if (pipe_of_ours->write_end > 0)
        (void)close(pipe_of_ours->write_end);
    *pipe_of_ours = (sh_pipe){0};
}

/* The next descriptor from `number` on that bash does not inherit from our parent. */
static int next_free(int number)
{
    for (;; number++) {
        const int flags = fcntl(number, F_GETFD);
        if (flags < 0 || (flags & FD_CLOEXEC) != 0)
            return number;
    }
}

/* The ends passed to bash, and the variables with their numbers. */
typedef struct handed {
    const char *name;
    int descriptor;
    int number; /* in bash, while it runs */
} handed;
enum { OUTPUT = 7, ERROR_OUTPUT, PRELUDE = 11, LAUNCH, HANDED };

static void list_handed(const sh_bash *bash, handed list[HANDED])
{
    /* Those needed only while the file is read come last. */
    const handed all[HANDED] = {
        {"up", bash->up.write_end, 0},
        {"down", bash->down.read_end, 0},
        {"take_from", bash->token.read_end, 0},
        {"give_to", bash->token.write_end, 0},
        {"raw", bash->raw.write_end, 0},
        {"life", bash->life.read_end, 0},
        {"wake", bash->wake.read_end, 0},
        [OUTPUT] = {"output", bash->shown[0].write_end, 0},
        [ERROR_OUTPUT] = {"error_output", bash->shown[1].write_end, 0},
        {"probe", bash->probe.read_end, 0},
        {"printed", bash->printed.write_end, 0},
        [PRELUDE] = {"prelude_from", bash->prelude.read_end, 0},
        [LAUNCH] = {"launch_from", bash->launch.read_end, 0},
    };
    int kept = LOWEST_KEPT - 1;
    for (size_t i = 0; i < HANDED; i++) {
        list[i] = all[i];
        list[i].number = kept = next_free(kept + 1);
    }
}

static void set_variables(const sh_bash *bash, const char *file, sh_text *prelude)
{
    handed list[HANDED];
    list_handed(bash, list);
    for (size_t i = 0; i < HANDED; i++)
        sh_text_addf(prelude, "_staged_%s=%d\n", list[i].name, list[i].number);
    sh_text_addf(prelude, "_staged_prelude=%s\n", sh_text_of(&bash->prelude_path));
    sh_text_addf(prelude, "_staged_file=");
    sh_text_add_word(prelude, file);
    /* Not exported: we do not read scripts that this one starts. */
    char program[4096];
    const ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    sh_text_addf(prelude, "\nbuiltin unset -v STAGED\nSTAGED=");
    sh_text_add_word(prelude, *program == '\0' ? "staged" : program);
    sh_text_addf(prelude, "\n");
}

/* The script that bash is started with: a single line, as it reads a script byte by byte from a
 * pipe.  (With `-c` it would forget jobs that have ended.)  A redirected group closes the
 * descriptors passed to bash, which makes it keep copies from LOWEST_KEPT on that no command
 * inherits: through these it talks with us. */
static void add_launch(const sh_bash *bash, sh_text *launch)
{
    sh_text_addf(launch, "{ source %s; }", sh_text_of(&bash->prelude_path));
    int number = LOWEST_HANDED - 1;
    for (size_t i = 0; i < HANDED; i++) {
        number = next_free(number + 1);
        sh_text_addf(launch, " %d<&-", number);
    }
    sh_text_addf(launch, "\n");
}

/* In this order. */
static const char *const preludes[] = {stg_channel_bash, stg_calls_bash, stg_background_bash,
                                       stg_each_bash,    stg_verbs_bash, stg_declarations_bash,
                                       stg_reading_bash};

static int compare_with(const void *name, const void *item)
{
    return strcmp(name, *(const char *const *)item);
}

bool sh_prelude_has(const char *name)
{
    return bsearch(name, stg_functions, sizeof stg_functions / sizeof stg_functions[0],
                   sizeof stg_functions[0], compare_with) != NULL;
}

/* Fills a pipe, which must have room for all of it, and closes its end. */
static bool fill_pipe(sh_pipe *pipe_of_ours, const sh_text *text)
{
    const ssize_t written = write(pipe_of_ours->write_end, text->bytes, text->length);
    (void)close(pipe_of_ours->write_end);
    pipe_of_ours->write_end = 0;
    if (written == (ssize_t)text->length)
        return true;
    fputs("staged: cannot pass the prelude to bash\n", stderr);
    return false;
}

static bool write_prelude(sh_bash *bash, const char *file, const char *name)
{
    sh_text prelude = {0};
    sh_text launch = {0};
    set_variables(bash, file, &prelude);
    sh_text_addf(&prelude, "BASH_ARGV0=");
    sh_text_add_word(&prelude, name);
    sh_text_addf(&prelude, "\n");
    for (size_t i = 0; i < sizeof preludes / sizeof preludes[0]; i++)
        sh_text_addf(&prelude, "%s", preludes[i]);
    add_launch(bash, &launch);
    const bool good = fill_pipe(&bash->prelude, &prelude) && fill_pipe(&bash->launch, &launch);
    sh_text_free(&prelude);
    sh_text_free(&launch);
    return good;
}

static bool spawn(sh_bash *bash, char *const *words)
{
    size_t count = 0;
    while (words[count] != NULL)
        count++;
    const char **arguments = sh_alloc((count + 3) * sizeof *arguments);
    sh_text script = {0};
    arguments[0] = "bash";
    for (size_t i = 0; i < count; i++)
        arguments[2 + i] = words[i];
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    handed list[HANDED];
    list_handed(bash, list);
    int number = LOWEST_HANDED - 1;
    for (size_t i = 0; i < HANDED && error == 0; i++) {
        number = next_free(number + 1);
        error = posix_spawn_file_actions_adddup2(&actions, list[i].descriptor, number);
    }
    /* The last one is `launch`. */
    sh_text_addf(&script, "/dev/fd/%d", number);
    arguments[1] = sh_text_of(&script);
    if (error == 0)
        error = posix_spawnp(&bash->pid, "bash", &actions, NULL,
                             (char *const *)(uintptr_t)arguments, environ);
    (void)posix_spawn_file_actions_destroy(&actions);
    free(arguments);
    sh_text_free(&script);
    if (error == 0)
        return true;
    bash->pid = 0;
    if (error == ENOENT)
        fputs("staged: shell scripts need bash 4.4 or later, and there is none on PATH\n", stderr);
    else
        fprintf(stderr, "staged: cannot start bash: %s\n", strerror(error));
    return false;
}

bool sh_bash_start(sh_bash *bash, const char *file, char *const *words)
{
    *bash = (sh_bash){0};
    if (!may_open_enough() || !open_pipe(&bash->up) || !open_pipe(&bash->down) ||
        !open_pipe(&bash->token) || !open_pipe(&bash->raw) || !open_pipe(&bash->life) ||
        !open_pipe(&bash->wake) || !open_pipe(&bash->probe) || !open_pipe(&bash->printed) ||
        !open_pipe(&bash->prelude) || !open_pipe(&bash->launch) || !open_pipe(&bash->shown[0]) ||
        !open_pipe(&bash->shown[1]))
        return false;
    (void)fcntl(bash->up.read_end, F_SETFL, O_NONBLOCK);
    (void)fcntl(bash->raw.read_end, F_SETFL, O_NONBLOCK);
#ifdef F_SETPIPE_SZ
    /* Longer texts wait until we read the pipe between requests. */
    (void)fcntl(bash->raw.read_end, F_SETPIPE_SZ, 1 << 20);
#endif
    (void)fcntl(bash->printed.read_end, F_SETFL, O_NONBLOCK);
    (void)fcntl(bash->shown[0].read_end, F_SETFL, O_NONBLOCK);
    (void)fcntl(bash->shown[1].read_end, F_SETFL, O_NONBLOCK);
    (void)fcntl(bash->down.write_end, F_SETFL, O_NONBLOCK);
    handed list[HANDED];
    list_handed(bash, list);
    sh_text_addf(&bash->prelude_path, "/dev/fd/%d", list[PRELUDE].number);
    bash->shown_numbers[0] = list[OUTPUT].number;
    bash->shown_numbers[1] = list[ERROR_OUTPUT].number;
    bool good = write_prelude(bash, file, words[0]);
    good = good && write(bash->token.write_end, ".", 1) == 1;
    good = good && write(bash->probe.write_end, "\n", 1) == 1;
    (void)close(bash->probe.write_end);
    bash->probe.write_end = 0;
    good = good && spawn(bash, words + 1);
    return good;
}

void sh_bash_add_redirection(const sh_bash *bash, int descriptor, size_t which, sh_text *text)
{
    sh_text_addf(text, "exec %d>&%d\n", descriptor, bash->shown_numbers[which]);
}

bool sh_bash_is_running(sh_bash *bash)
{
    int status;
    if (bash->pid == 0 || waitpid(bash->pid, &status, WNOHANG) <= 0)
        return bash->pid != 0;
    bash->exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    bash->pid = 0;
    return false;
}

/* The reading process may die before it has read everything. */
static void write_all(sh_bash *bash, const char *bytes, size_t length)
{
    enum { LOOK_AGAIN_MS = 100 };
    while (length > 0) {
        const ssize_t written = write(bash->down.write_end, bytes, length);
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
            continue;
        }
        if (written < 0 && errno != EAGAIN && errno != EINTR)
            return;
        struct pollfd room = {.fd = bash->down.write_end, .events = POLLOUT};
        if (poll(&room, 1, LOOK_AGAIN_MS) == 0 && !sh_bash_is_running(bash))
            return;
    }
}

/* Bash reads plain ASCII in one piece. */
static void add_text(sh_text *answer, const char *text)
{
    enum { LONGEST = 99999 };
    const size_t length = strlen(text);
    bool is_plain = length > 0 && length <= LONGEST;
    for (size_t i = 0; i < length && is_plain; i++)
        is_plain = (unsigned char)text[i] < 0x80;
    sh_text_addf(answer, "%05zu", is_plain ? length : 0);
    sh_text_add(answer, text, length + !is_plain);
}

void sh_bash_answer(sh_bash *bash, char kind, const char *text)
{
    sh_text answer = {0};
    sh_text_add(&answer, &kind, 1);
    if (text != NULL)
        add_text(&answer, text);
    write_all(bash, answer.bytes, answer.length);
    sh_text_free(&answer);
}

void sh_bash_stop(sh_bash *bash)
{
    int status;
    if (bash->pid != 0) {
        sh_bash_answer(bash, 'x', "0");
        (void)waitpid(bash->pid, &status, 0);
    }
    bash->pid = 0;
    close_pipe(&bash->up);
    close_pipe(&bash->down);
    close_pipe(&bash->token);
    close_pipe(&bash->raw);
    close_pipe(&bash->life);
    close_pipe(&bash->wake);
    close_pipe(&bash->probe);
    close_pipe(&bash->printed);
    close_pipe(&bash->prelude);
    close_pipe(&bash->launch);
    close_pipe(&bash->shown[0]);
    close_pipe(&bash->shown[1]);
    sh_text_free(&bash->prelude_path);
}

int sh_bytes_in(int descriptor)
{
    int count = 0;
    return ioctl(descriptor, FIONREAD, &count) == 0 ? count : 0;
}
