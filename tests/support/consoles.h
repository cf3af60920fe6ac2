/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Consoles that write to a text, and drawings without a console, for tests. */
#ifndef STAGED_TESTS_CONSOLES_H
#define STAGED_TESTS_CONSOLES_H

#include <string.h>

#include <staged/console.h>

#include "console/markup/highlight.h"
#include "console/markup/markup.h"
#include "console/renderable/item.h"
#include "console/text/draw.h"
#include "support/cmocka_all.h"

static inline const char *empty_environment(void *context, const char *name)
{
    (void)context;
    (void)name;
    return NULL;
}

/* A console that keeps what it writes, of so many columns, with these colours. */
static inline staged_console *text_console(int width, staged_color_system colors)
{
    const staged_console_options options = {
        .size = sizeof options,
        .to_text = true,
        .force_terminal = colors == STAGED_COLOR_SYSTEM_NONE ? STAGED_NO : STAGED_YES,
        .color_system = colors,
        .ascii = STAGED_NO,
        .width = width,
        .height = 25,
        .environment = empty_environment};
    return staged_console_new(&options);
}

/* Prints a renderable, which is released, and compares. */
static inline void assert_drawn_in(staged_renderable *renderable, int width,
                                   staged_color_system colors, const char *expected)
{
    staged_console *console = text_console(width, colors);
    assert_non_null(console);
    assert_int_equal(staged_console_print_renderable(console, NULL, renderable), STAGED_OK);
    assert_string_equal(staged_console_text(console), expected);
    staged_renderable_free(renderable);
    staged_console_free(console);
}

static inline void assert_drawn(staged_renderable *renderable, int width, const char *expected)
{
    assert_drawn_in(renderable, width, STAGED_COLOR_SYSTEM_NONE, expected);
}

/* What a torture test runs: prints what `make` answers on a console of 40 columns. */
static inline staged_status print_made(void *make_function)
{
    staged_renderable *(*make)(void);
    memcpy(&make, make_function, sizeof make);
    staged_console *console = text_console(40, STAGED_COLOR_SYSTEM_TRUECOLOR);
    staged_renderable *renderable = make();
    const staged_status status = console == NULL
                                     ? STAGED_NO_MEMORY
                                     : staged_console_print_renderable(console, NULL, renderable);
    staged_renderable_free(renderable);
    staged_console_free(console);
    return status;
}

/* A drawing by itself. */
typedef struct drawing {
    stg_arena arena;
    stg_error error;
    stg_highlighter highlighter;
    stg_draw draw;
} drawing;

static inline stg_draw *begin_drawing(drawing *d)
{
    memset(d, 0, sizeof *d);
    d->draw.arena = &d->arena;
    d->draw.error = &d->error;
    d->draw.status = STAGED_OK;
    d->draw.tags = stg_tags_new();
    d->draw.highlighter = &d->highlighter;
    d->draw.styled = true;
    d->draw.markup = true;
    d->draw.highlight = true;
    d->draw.tab_size = 8;
    return &d->draw;
}

static inline void end_drawing(drawing *d)
{
    stg_tags_free(d->draw.tags);
    stg_error_free(&d->error);
    stg_arena_free(&d->arena);
}

static inline stg_text text_of(stg_draw *draw, const char *bytes)
{
    return stg_text_of(draw, bytes, strlen(bytes));
}

static inline void assert_text(const stg_text *text, const char *expected)
{
    assert_int_equal(text->length, strlen(expected));
    assert_memory_equal(text->data, expected, text->length);
}

#endif
