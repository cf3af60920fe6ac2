/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Has the real-world scripts run on a clock that only goes on while they sleep, and then at once:
 * how often they look at something until they time out does not depend on how long a look takes.
 * Linked with --wrap=staged_main_with. */
#include <stdint.h>
#include <time.h>

#include <staged/staged.h>

int __real_staged_main_with(const staged_class *class, const staged_script_options *options,
                            int argc, char **argv);
int __wrap_staged_main_with(const staged_class *class, const staged_script_options *options,
                            int argc, char **argv);

/* Each look at it takes a moment, so that no duration is nothing. */
static int64_t monotonic_ns(void *context)
{
    return *(int64_t *)context += 1000;
}

static int64_t wall_ns(void *context)
{
    (void)context;
    return staged_clock_system()->wall_ns(NULL);
}

/* A moment, so that what goes on beside the script gets its turn: a longer one each time, as what a
 * script looks at again and again (by starting commands) would get none of a busy machine
 * otherwise. */
static staged_status sleep_ns(void *context, int64_t nanoseconds)
{
    enum { LONGEST_NS = 64000000 };
    static long moment_ns = 1000000;
    *(int64_t *)context += nanoseconds > 0 ? nanoseconds : 0;
    (void)nanosleep(&(struct timespec){.tv_nsec = moment_ns}, NULL);
    moment_ns = moment_ns * 2 > LONGEST_NS ? LONGEST_NS : moment_ns * 2;
    return STAGED_OK;
}

int __wrap_staged_main_with(const staged_class *class, const staged_script_options *options,
                            int argc, char **argv)
{
    static int64_t now;
    static const staged_clock clock = {
        .monotonic_ns = monotonic_ns, .wall_ns = wall_ns, .sleep_ns = sleep_ns, .context = &now};
    staged_script_options driven = *options;
    driven.clock = &clock;
    return __real_staged_main_with(class, &driven, argc, argv);
}
