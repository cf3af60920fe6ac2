/* SPDX-License-Identifier: BSD-3-Clause
 *
 * usage COMMAND...: runs a command without a shell, and prints how much it used: microseconds of
 * user and system, and the most memory, in KiB.  Small itself: what starts a command counts as
 * memory of that, which Python's would hide. */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static long long us_of(struct timeval time)
{
    return time.tv_sec * 1000000LL + time.tv_usec;
}

int main(int argc, char **argv)
{
    struct rusage usage;
    int status;
    if (argc < 2)
        return 2;
    const pid_t pid = fork();
    if (pid == 0) {
        (void)execvp(argv[1], argv + 1);
        _exit(127);
    }
    if (pid < 0 || waitpid(pid, &status, 0) < 0 || getrusage(RUSAGE_CHILDREN, &usage) != 0)
        return 1;
    printf("%lld %ld\n", us_of(usage.ru_utime) + us_of(usage.ru_stime), usage.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
