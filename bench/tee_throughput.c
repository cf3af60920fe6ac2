/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How fast output that is both shown and captured goes through us, against cat in our place; and
 * how much memory that takes. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include <staged/process.h>

enum { MEBIBYTES = 1024 };

static double gigabytes_per_second(int64_t nanoseconds)
{
    return (double)MEBIBYTES * 1024 * 1024 / (double)nanoseconds;
}

static long peak_kib(void)
{
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static bool measure(const char *name, staged_process_options options)
{
    staged_completed_process *result;
    const long before = peak_kib();
    const staged_status status = staged_process_run(&options, &result);
    const bool worked = status == STAGED_OK && result->exit_code == 0;
    fprintf(stderr, "%-24s %5.2f GB/s, %ld KiB more memory\n", name,
            gigabytes_per_second(result->duration_ns), peak_kib() - before);
    staged_completed_process_free(result);
    return worked;
}

int main(void)
{
    const int nowhere = open("/dev/null", O_WRONLY);
    if (nowhere < 0 || dup2(nowhere, STDOUT_FILENO) < 0)
        return 1;
    const staged_process_options through_cat = {.size = sizeof through_cat,
                                                .command = "head -c 1024M /dev/zero | cat"};
    staged_process_options through_us = {
        .size = sizeof through_us,
        .command = "head -c 1024M /dev/zero",
        .output = STAGED_STREAM(STAGED_STREAM_TEE, .limit = 65536, .keep_last = true)};
    bool worked = true;
    staged_secrets *secrets = staged_secrets_new();
    if (secrets == NULL || staged_secrets_add(secrets, "correct horse", 13) != STAGED_OK)
        return 1;
    for (int i = 0; i < 3 && worked; i++) {
        through_us.secrets = NULL;
        worked = measure("cat", through_cat) && measure("shown and captured", through_us);
        through_us.secrets = secrets;
        worked = worked && measure("the same, with a secret", through_us);
    }
    staged_secrets_free(secrets);
    return worked ? 0 : 1;
}
