/* SPDX-License-Identifier: BSD-3-Clause */
#include <staged/live.h>

#include <stdlib.h>

#include "base/failure/options.h"
#include "console/device/region.h"

#define DEFAULT_RATE 4

/* Whether displays can move: otherwise only the last state is printed, at the end. */
static bool moves(const staged_console *console)
{
    return console->detected.interactive && console->detected.terminal && !console->detected.dumb;
}

/* Redraws what is kept below a locked console's output, and unlocks it. */
static staged_status draw_now(staged_console *console, stg_region *region, stg_draw *draw)
{
    staged_status drawn = STAGED_OK;
    if (draw->status == STAGED_OK && console->below.put_on != NULL)
        region->outcome = &drawn;
    const staged_status status = stg_console_finish(console, draw);
    return status == STAGED_OK ? drawn : status;
}

static void refresh_from_thread(void *context)
{
    (void)staged_live_refresh(context);
}

static staged_status show(staged_live *live)
{
    staged_console *console = live->console;
    stg_console_lock(console);
    stg_region *region = stg_region_of(console);
    if (region == NULL)
        return stg_console_fail(console, STAGED_NO_MEMORY, staged_status_text(STAGED_NO_MEMORY));
    stg_draw draw = stg_console_begin(console);
    stg_region_add(region, live, &console->out);
    (void)draw_now(console, region, &draw);
    return STAGED_OK;
}

/* Shows it, and starts its thread. */
static bool begin(staged_live *live, double rate)
{
    if (!moves(live->console))
        return true;
    if (show(live) != STAGED_OK)
        return false;
    if (rate < 0)
        return true;
    return stg_refresher_start(&live->refresher,
                               stg_refresher_period_ns(rate > 0 ? rate : DEFAULT_RATE),
                               refresh_from_thread, live);
}

staged_live *staged_live_new(staged_console *console, const staged_live_options *options,
                             staged_renderable *renderable)
{
    staged_live_options own;
    const char *problem = STG_READ_OPTIONS(&own, options, staged_live_options);
    stg_console_refuse_options(console, problem);
    staged_live *live = renderable == NULL || problem != NULL ? NULL : calloc(1, sizeof *live);
    if (live == NULL) {
        staged_renderable_free(renderable);
        return NULL;
    }
    live->console = console;
    live->renderable = renderable;
    live->overflow = own.overflow;
    live->transient = own.transient;
    if (begin(live, own.refresh_per_second))
        return live;
    live->transient = true;
    staged_live_free(live);
    return NULL;
}

staged_status staged_live_update_take(staged_live *live, staged_renderable *renderable)
{
    staged_console *console = live->console;
    stg_console_lock(console);
    if (renderable == NULL)
        return stg_console_fail(console, STAGED_NO_MEMORY, staged_status_text(STAGED_NO_MEMORY));
    staged_renderable *old = live->renderable;
    live->renderable = renderable;
    stg_console_unlock(console);
    staged_renderable_free(old);
    return STAGED_OK;
}

staged_status staged_live_refresh(staged_live *live)
{
    staged_console *console = live->console;
    stg_console_lock(console);
    if (live->stopped || console->below.put_on == NULL) {
        stg_console_unlock(console);
        return STAGED_OK;
    }
    stg_draw draw = stg_console_begin(console);
    return draw_now(console, console->below.context, &draw);
}

/* Adds the last state to the output. */
static void add_last_state(const staged_live *live, stg_draw *draw)
{
    const stg_draw_options options = stg_console_options(live->console);
    stg_segments segments = {0};
    stg_item_draw(live->renderable, draw, &options, &segments);
    stg_console_add(live->console, draw, &segments, &(stg_add_options){.crop = true});
}

/* Restores the terminal even if the last state cannot be drawn. */
static staged_status stop_moving(staged_live *live, stg_region *region, stg_draw *draw)
{
    stg_buf *out = &live->console->out;
    stg_region_remove(region, live, out);
    const size_t safe = out->length;
    if (!live->transient)
        add_last_state(live, draw);
    const staged_status drawn = draw->status;
    if (drawn != STAGED_OK) {
        stg_buf_truncate(out, safe);
        draw->status = STAGED_OK;
    }
    stg_region_end(region, out);
    return drawn;
}

staged_status staged_live_stop(staged_live *live)
{
    if (live->stopped)
        return STAGED_OK;
    stg_refresher_stop(&live->refresher);
    staged_console *console = live->console;
    stg_console_lock(console);
    live->stopped = true;
    stg_draw draw = stg_console_begin(console);
    staged_status drawn = STAGED_OK;
    if (console->below.context != NULL)
        drawn = stop_moving(live, console->below.context, &draw);
    else if (!live->transient)
        add_last_state(live, &draw);
    const staged_status status = stg_console_finish(console, &draw);
    return drawn == STAGED_OK ? status : drawn;
}

void staged_live_free(staged_live *live)
{
    if (live == NULL)
        return;
    (void)staged_live_stop(live);
    staged_renderable_free(live->renderable);
    free(live);
}

staged_status staged_console_pause(staged_console *console)
{
    stg_console_lock(console);
    stg_region *region = moves(console) ? stg_region_of(console) : NULL;
    if (region == NULL) {
        stg_console_unlock(console);
        return STAGED_OK;
    }
    stg_draw draw = stg_console_begin(console);
    stg_region_pause(region, &console->out);
    return stg_console_finish(console, &draw);
}

staged_status staged_console_resume(staged_console *console)
{
    stg_console_lock(console);
    stg_region *region = console->below.context;
    if (region == NULL) {
        stg_console_unlock(console);
        return STAGED_OK;
    }
    stg_draw draw = stg_console_begin(console);
    stg_region_resume(region, &console->out);
    return stg_console_finish(console, &draw);
}
