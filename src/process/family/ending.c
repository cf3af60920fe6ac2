/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Ending a family of processes. */
#include "process/family/ending.h"

#include <signal.h>

#include "process/system/active_time.h"

#define SHORTEST_PAUSE_NS INT64_C(1000000)
#define LONGEST_PAUSE_NS INT64_C(20000000)

void stg_ending_begin(stg_ending *ending, const stg_family *family, pid_t spare_group,
                      int64_t grace_ns, int64_t now_ns)
{
    if (ending->step != STG_ENDING_NONE)
        return;
    ending->step = STG_ENDING_TERMINATES;
    ending->family = family;
    ending->spare_group = grace_ns > 0 ? spare_group : 0;
    ending->spare_until_ns = stg_moment_after(now_ns, grace_ns / 2);
    ending->kill_ns = stg_moment_after(now_ns, grace_ns);
    ending->next_ns = now_ns;
    ending->pause_ns = SHORTEST_PAUSE_NS;
}

static size_t send(stg_ending *e, int signal)
{
    if (e->family != NULL)
        return stg_family_signal(e->family, signal, e->spare_group, &e->ended);
    return stg_families_signal(signal, &e->ended);
}

static void begin_to_kill(stg_ending *e, int64_t now_ns)
{
    e->step = STG_ENDING_KILLS;
    e->spare_group = 0;
    e->give_up_ns = now_ns + STG_PATIENCE_NS;
    e->looks = 0;
    e->pause_ns = SHORTEST_PAUSE_NS;
}

void stg_ending_advance(stg_ending *ending, int64_t now_ns)
{
    stg_ending *e = ending;
    if (e->step == STG_ENDING_NONE || e->step == STG_ENDING_DONE || now_ns < e->next_ns)
        return;
    if (now_ns >= e->spare_until_ns)
        e->spare_group = 0;
    if (e->step == STG_ENDING_TERMINATES && now_ns >= e->kill_ns)
        begin_to_kill(e, now_ns);
    const int signal = e->step == STG_ENDING_KILLS ? SIGKILL : SIGTERM;
    const size_t living = send(e, signal);
    e->looks += e->step == STG_ENDING_KILLS;
    e->gave_up = living > 0 && now_ns >= e->give_up_ns && e->looks >= STG_LEAST_LOOKS;
    if (living == 0 || e->gave_up)
        e->step = STG_ENDING_DONE;
    e->next_ns = now_ns + e->pause_ns;
    e->pause_ns = e->pause_ns * 2 < LONGEST_PAUSE_NS ? e->pause_ns * 2 : LONGEST_PAUSE_NS;
    if (e->step == STG_ENDING_TERMINATES && e->next_ns > e->kill_ns)
        e->next_ns = e->kill_ns;
}

void stg_ending_free(stg_ending *ending)
{
    stg_ended_free(&ending->ended);
    *ending = (stg_ending){0};
}
