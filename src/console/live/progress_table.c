/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Draws a progress display: a table without lines, with a row for each task. */
#include "console/live/bar.h"
#include "console/live/progress.h"
#include "console/live/progress_text.h"
#include "console/live/spinner.h"
#include "console/renderable/item.h"
#include "console/renderable/measured.h"

/* ---- the description, which outlives the table of one drawing ---- */

typedef struct borrowed {
    staged_renderable base;
    const staged_renderable *lender;
} borrowed;

static void draw_borrowed(const staged_renderable *self, stg_draw *draw,
                          const stg_draw_options *options, stg_segments *out)
{
    stg_item_draw(((const borrowed *)self)->lender, draw, options, out);
}

static stg_measurement measure_borrowed(const staged_renderable *self, stg_draw *draw,
                                        const stg_draw_options *options)
{
    return stg_item_measure(((const borrowed *)self)->lender, draw, options);
}

static const stg_item_kind borrowed_kind = {draw_borrowed, measure_borrowed, NULL};

static staged_renderable *borrow(const staged_renderable *lender)
{
    borrowed *self = (borrowed *)stg_item_new(&borrowed_kind, sizeof *self);
    if (self == NULL)
        return NULL;
    self->lender = lender;
    stg_item_adopt(&self->base, lender);
    return &self->base;
}

/* ---- cells ---- */

static staged_renderable *text_cell(stg_buf *text, const char *style)
{
    const staged_text_options options = {.size = sizeof options, .style = style};
    staged_renderable *cell =
        text->failure != STAGED_OK ? NULL : staged_text_new(&options, stg_buf_text(text));
    stg_buf_free(text);
    return cell;
}

static staged_renderable *bar_cell(const staged_progress *progress, const stg_task *task,
                                   int64_t now_ns)
{
    const staged_bar_options options = {
        .size = sizeof options,
        .completed = task->completed > 0 ? task->completed : 0,
        .width = progress->bar_width > 0 ? progress->bar_width : 0,
        .pulse = !task->started,
    };
    return stg_bar_new(&options, task->has_total ? task->total : -1, now_ns);
}

static staged_renderable *spinner_cell(const staged_progress *progress, const stg_task *task)
{
    if (task->finished)
        return staged_text_new(NULL, " ");
    const staged_spinner_options options = {
        .size = sizeof options, .name = progress->spinner, .style = "progress.spinner"};
    return stg_spinner_new(&options, progress->clock, progress->start_ns);
}

/* The time that a task is going to take, or took. */
static staged_renderable *time_cell(const stg_task *task)
{
    stg_buf text = {0};
    const bool shows_elapsed = task->finished && task->has_total;
    if (shows_elapsed)
        stg_progress_elapsed(&text, task, 0);
    else
        stg_progress_remaining(&text, task);
    return text_cell(&text, shows_elapsed ? "progress.elapsed" : "progress.remaining");
}

static double seconds(int64_t duration_ns)
{
    return duration_ns < 0 ? -1 : (double)duration_ns / 1e9;
}

/* A cell made by the author's function. */
static staged_renderable *own_cell(const staged_own_column *column, const stg_progress_row *row,
                                   int64_t now_ns)
{
    const stg_task *task = &row->task;
    const staged_task_state state = {
        .task = row->id,
        .total = task->has_total ? task->total : -1,
        .completed = task->completed,
        .percentage = stg_task_percentage(task),
        .speed = stg_task_speed(task),
        .elapsed_s = seconds(stg_task_elapsed_ns(task, now_ns)),
        .remaining_s = (double)stg_task_remaining_s(task),
        .finished = task->finished,
    };
    return column->make == NULL ? staged_text_new(NULL, "") : column->make(column->context, &state);
}

static staged_renderable *make_cell(const staged_progress *progress, const stg_progress_row *row,
                                    const stg_progress_column *column, int64_t now_ns)
{
    const stg_task *task = &row->task;
    stg_buf text = {0};
    switch (column->kind) {
    case STAGED_PROGRESS_OWN:
        return own_cell(&column->own, row, now_ns);
    case STAGED_PROGRESS_DESCRIPTION:
        return borrow(row->description);
    case STAGED_PROGRESS_BAR:
        return bar_cell(progress, task, now_ns);
    case STAGED_PROGRESS_SPINNER:
        return spinner_cell(progress, task);
    case STAGED_PROGRESS_TIME:
        return time_cell(task);
    case STAGED_PROGRESS_PERCENTAGE:
        if (task->has_total)
            stg_progress_percentage(&text, task);
        return text_cell(&text, "progress.percentage");
    case STAGED_PROGRESS_SPEED:
        if (task->has_total)
            stg_progress_percentage(&text, task);
        else
            stg_progress_speed(&text, task);
        return text_cell(&text, "progress.percentage");
    case STAGED_PROGRESS_COUNT:
        stg_progress_count(&text, task);
        return text_cell(&text, "progress.download");
    case STAGED_PROGRESS_ELAPSED:
        stg_progress_elapsed(&text, task, now_ns);
        return text_cell(&text, "progress.elapsed");
    case STAGED_PROGRESS_REMAINING:
        stg_progress_remaining(&text, task);
        return text_cell(&text, "progress.remaining");
    case STAGED_PROGRESS_DOWNLOAD:
        stg_progress_download(&text, task);
        return text_cell(&text, "progress.download");
    case STAGED_PROGRESS_TRANSFER_SPEED:
        stg_progress_transfer_speed(&text, task);
        return text_cell(&text, "progress.data.speed");
    case STAGED_PROGRESS_END:
        break;
    }
    return staged_text_new(NULL, "");
}

/* ---- the table ---- */

static bool is_kept_on_one_line(const stg_progress_column *column)
{
    return column->kind == STAGED_PROGRESS_DESCRIPTION ||
           column->kind == STAGED_PROGRESS_PERCENTAGE || column->kind == STAGED_PROGRESS_SPEED ||
           column->own.no_wrap;
}

static staged_status add_columns(staged_renderable *table, const staged_progress *progress)
{
    for (size_t i = 0; i < progress->column_count; i++) {
        const stg_progress_column *column = &progress->columns[i];
        const staged_column_options options = {
            .size = sizeof options,
            .no_wrap = is_kept_on_one_line(column),
            .style = column->kind == STAGED_PROGRESS_DESCRIPTION ? "progress.description" : NULL,
        };
        STAGED_TRY(staged_table_add_column(table, &options));
    }
    return STAGED_OK;
}

static staged_status add_row(staged_renderable *table, const staged_progress *progress,
                             const stg_progress_row *row, staged_renderable **cells, int64_t now_ns)
{
    for (size_t i = 0; i < progress->column_count; i++)
        cells[i] = make_cell(progress, row, &progress->columns[i], now_ns);
    return staged_table_add_row(table, NULL, cells, progress->column_count);
}

static staged_status fill_table(staged_renderable *table, const staged_progress *progress,
                                stg_draw *draw)
{
    STAGED_TRY(add_columns(table, progress));
    const int64_t now_ns = progress->clock->monotonic_ns(progress->clock->context);
    staged_renderable **cells = stg_draw_alloc(draw, (progress->column_count + 1) * sizeof *cells);
    if (cells == NULL)
        return STAGED_NO_MEMORY;
    for (size_t i = 0; i < progress->row_count; i++)
        if (!progress->rows[i].hidden)
            STAGED_TRY(add_row(table, progress, &progress->rows[i], cells, now_ns));
    return STAGED_OK;
}

static staged_renderable *make_table(const staged_progress *progress, stg_draw *draw)
{
    const staged_table_options options = {
        .size = sizeof options,
        .box = STAGED_BOX_NONE,
        .padding = {.given = true, .right = 1, .left = 1},
        .collapse_padding = true,
        .pad_edge = STAGED_NO,
        .show_header = STAGED_NO,
        .show_edge = STAGED_NO,
        .expand = progress->expand,
    };
    staged_renderable *table = staged_table_new(&options);
    const staged_status status =
        table == NULL ? STAGED_NO_MEMORY : fill_table(table, progress, draw);
    if (status == STAGED_OK)
        return table;
    stg_draw_fail(draw, status, "%s", staged_status_text(status));
    staged_renderable_free(table);
    return NULL;
}

typedef struct progress_item {
    staged_renderable base;
    staged_progress *progress;
} progress_item;

static void draw_progress(const staged_renderable *self, stg_draw *draw,
                          const stg_draw_options *options, stg_segments *out)
{
    staged_progress *progress = ((const progress_item *)self)->progress;
    pthread_mutex_lock(&progress->lock);
    staged_renderable *table = make_table(progress, draw);
    const size_t first = out->count;
    const size_t measured = stg_measured_count(draw);
    if (table != NULL)
        stg_item_draw(table, draw, options, out);
    stg_segments_keep(draw, out, first);
    stg_measured_forget(draw, measured);
    staged_renderable_free(table);
    pthread_mutex_unlock(&progress->lock);
}

static stg_measurement measure_progress(const staged_renderable *self, stg_draw *draw,
                                        const stg_draw_options *options)
{
    (void)self;
    (void)draw;
    return (stg_measurement){1, options->width};
}

static const stg_item_kind progress_kind = {draw_progress, measure_progress, NULL};

staged_renderable *stg_progress_item_new(staged_progress *progress)
{
    progress_item *self = (progress_item *)stg_item_new(&progress_kind, sizeof *self);
    if (self == NULL)
        return NULL;
    self->progress = progress;
    return &self->base;
}
