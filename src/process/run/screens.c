/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/run/process.h"

#include <unistd.h>

#include "process/signals/pty.h"
#include "process/system/active_time.h"

void stg_screens_open(staged_process *p, staged_stream streams[3])
{
    for (int i = 1; i < 3; i++) {
        staged_stream *stream = &streams[i];
        if (stream->kind != STAGED_STREAM_SHOW || !stream->terminal || isatty(i) != 1)
            continue;
        if (!p->only_sets_terminal)
            p->screens[i - 1] = staged_pty_new(i);
        if (p->screens[i - 1] != NULL)
            (void)staged_pty_begin_waits(p->screens[i - 1]);
        if (p->screens[i - 1] == NULL)
            *stream = (staged_stream){.size = sizeof *stream, .kind = STAGED_STREAM_INHERIT};
    }
}

int stg_screens_begin_waits(staged_process *p)
{
    int wake = -1;
    for (int i = 0; i < 2 && wake < 0; i++) {
        if (p->screens[i] != NULL)
            wake = staged_pty_begin_waits(p->screens[i]);
    }
    return wake;
}

void stg_screens_attend(staged_process *p, staged_pty_show_function *show)
{
    for (int i = 0; i < 2; i++) {
        if (p->screens[i] != NULL)
            staged_pty_attend(p->screens[i], show, p);
    }
}

int64_t stg_screens_next_ns(const staged_process *p, int64_t now_ns)
{
    const int64_t look_ns = INT64_C(20000000);
    for (int i = 0; i < 2; i++) {
        if (p->screens[i] != NULL && staged_pty_is_changed(p->screens[i]))
            return now_ns + look_ns;
    }
    return STG_NEVER;
}

void stg_screens_leave(staged_process *p, int output)
{
    if (p->screens[output - 1] != NULL)
        stg_pty_leave(p->screens[output - 1]);
}

void stg_screens_close(staged_process *p)
{
    for (int i = 0; i < 2; i++) {
        if (p->screens[i] == NULL)
            continue;
        if (p->keeps_terminal)
            stg_pty_free_as_it_is(p->screens[i]);
        else
            staged_pty_free(p->screens[i]);
        p->screens[i] = NULL;
    }
}
