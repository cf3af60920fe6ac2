/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/live/progress.h"

static const staged_progress_column columns[] = {STAGED_PROGRESS_DESCRIPTION, STAGED_PROGRESS_BAR,
                                                 STAGED_PROGRESS_PERCENTAGE, STAGED_PROGRESS_TIME,
                                                 STAGED_PROGRESS_END};

/* Begins a loop with a description that is taken over. */
static staged_track begin(staged_console *console, size_t count, staged_renderable *description)
{
    const staged_progress_options options = {.size = sizeof options, .columns = columns};
    const staged_task_options task = {.size = sizeof task, .total = (double)count};
    staged_track track = {.count = count, .progress = staged_progress_new(console, &options)};
    if (track.progress == NULL) {
        staged_renderable_free(description);
        return track;
    }
    track.task = stg_progress_add(track.progress, &task, description);
    if (count == 0)
        staged_progress_set_total(track.progress, track.task, 0);
    return track;
}

staged_track staged_track_begin_v(staged_console *console, size_t count, const char *format,
                                  va_list values)
{
    return begin(console, count, staged_markup_new_v(format, values));
}

staged_track staged_track_begin_text(staged_console *console, size_t count, const char *text)
{
    return begin(console, count, staged_text_new(NULL, text));
}

staged_track staged_track_begin(staged_console *console, size_t count, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_track track = staged_track_begin_v(console, count, format, values);
    va_end(values);
    return track;
}

bool staged_track_next(staged_track *track)
{
    if (track->begun) {
        if (track->progress != NULL)
            staged_progress_advance(track->progress, track->task, 1);
        track->index++;
    }
    track->begun = true;
    return track->index < track->count;
}

void staged_track_end(staged_track *track)
{
    staged_progress_free(track->progress);
    track->progress = NULL;
}
