/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "base/failure/options.h"
#include "console/device/console_impl.h"
#include "console/renderable/align.h"
#include "console/renderable/rule.h"

static bool is_yes(staged_choice choice, bool otherwise)
{
    return choice == STAGED_AUTO ? otherwise : choice == STAGED_YES;
}

static const staged_renderable *collect_text(stg_draw *draw, const stg_text *text,
                                             const stg_collect_options *options)
{
    stg_text_item *item = stg_draw_alloc(draw, sizeof *item);
    if (item == NULL)
        return NULL;
    /* Rich joins what is printed into one text, and turns the style of each part into a span. */
    stg_text joined = text->has_style ? stg_text_join(draw, text, 1) : *text;
    joined.overflow = STAGED_OVERFLOW_DEFAULT;
    joined.no_wrap = STAGED_AUTO;
    joined.justify = options->justify;
    joined.end = options->end == NULL ? "\n" : options->end;
    *item = stg_text_item_of(&joined);
    return &item->base;
}

static staged_align align_of(staged_justify justify)
{
    switch (justify) {
    case STAGED_JUSTIFY_LEFT:
        return STAGED_ALIGN_LEFT;
    case STAGED_JUSTIFY_CENTER:
        return STAGED_ALIGN_CENTER;
    case STAGED_JUSTIFY_RIGHT:
        return STAGED_ALIGN_RIGHT;
    default:
        return STAGED_ALIGN_DEFAULT;
    }
}

const staged_renderable *stg_collect(stg_draw *draw, const staged_renderable *renderable,
                                     const stg_collect_options *options)
{
    if (renderable->failure != STAGED_OK)
        stg_draw_fail(draw, renderable->failure, "%s", renderable->why);
    stg_text text;
    if (stg_item_as_text(renderable, draw, options->markup, options->highlight, &text))
        renderable = collect_text(draw, &text, options);
    const staged_align align = align_of(options->justify);
    if (align == STAGED_ALIGN_DEFAULT || draw->status != STAGED_OK)
        return renderable;
    stg_align *aligned = stg_draw_alloc(draw, sizeof *aligned);
    if (aligned == NULL)
        return NULL;
    *aligned = stg_align_around(renderable, align);
    return &aligned->base;
}

/* Lays a style under everything but line ends. */
static void apply_to_lines(stg_draw *draw, stg_segments *segments, const stg_style *style)
{
    stg_segments styled = {0};
    for (size_t i = 0; i < segments->count; i++) {
        const stg_segment *segment = &segments->items[i];
        const bool ends = segment->length > 0 && segment->text[segment->length - 1] == '\n';
        const stg_style both = stg_style_combine(style, &segment->style);
        if (segment->length > ends)
            stg_segments_add(draw, &styled, segment->text, segment->length - ends, segment->cells,
                             &both);
        if (ends)
            stg_segments_newline(draw, &styled);
    }
    *segments = styled;
}

/* Prints on a locked console, and unlocks it. */
static staged_status print(staged_console *console, const staged_print_options *options,
                           const staged_renderable *renderable)
{
    staged_print_options own;
    const char *problem = STG_READ_OPTIONS(&own, options, staged_print_options);
    if (problem != NULL)
        return stg_console_fail(console, STAGED_BAD_USE, problem);
    stg_draw draw = stg_console_begin(console);
    stg_draw_options how = stg_console_options(console);
    const bool soft_wrap = is_yes(own.soft_wrap, console->soft_wrap);
    how.justify = own.justify;
    how.overflow = own.overflow;
    how.no_wrap = own.no_wrap;
    how.markup = own.markup;
    how.highlight = own.highlight;
    if (own.width > 0 && own.width < how.width)
        how.width = own.width;
    if (soft_wrap && how.no_wrap == STAGED_AUTO)
        how.no_wrap = STAGED_YES;
    if (soft_wrap && how.overflow == STAGED_OVERFLOW_DEFAULT)
        how.overflow = STAGED_OVERFLOW_IGNORE;
    const stg_collect_options collecting = {
        .justify = own.justify, .markup = own.markup, .highlight = own.highlight, .end = own.end};
    const staged_renderable *collected = stg_collect(&draw, renderable, &collecting);
    const stg_style style = stg_draw_style(&draw, own.style);
    stg_segments segments = {0};
    if (draw.status == STAGED_OK)
        stg_item_draw(collected, &draw, &how, &segments);
    if (!stg_style_is_null(&style))
        apply_to_lines(&draw, &segments, &style);
    stg_console_add(console, &draw, &segments, &(stg_add_options){.crop = !soft_wrap});
    return stg_console_finish(console, &draw);
}

staged_status staged_console_print_v(staged_console *console, const staged_print_options *options,
                                     const char *format, va_list values)
{
    if (!stg_console_enter(console))
        return STAGED_OK;
    STAGED_TRY(stg_console_format(console, format, values));
    const stg_markup markup = stg_formatted_markup(&console->formatted);
    const stg_markup_item item = stg_markup_item_of(&markup);
    return print(console, options, &item.base);
}

staged_status staged_console_print_with(staged_console *console,
                                        const staged_print_options *options, const char *format,
                                        ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_console_print_v(console, options, format, values);
    va_end(values);
    return status;
}

staged_status staged_console_print(staged_console *console, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_console_print_v(console, NULL, format, values);
    va_end(values);
    return status;
}

staged_status staged_console_print_renderable(staged_console *console,
                                              const staged_print_options *options,
                                              const staged_renderable *renderable)
{
    if (!stg_console_enter(console))
        return STAGED_OK;
    if (renderable == NULL)
        return stg_console_fail(console, STAGED_NO_MEMORY, staged_status_text(STAGED_NO_MEMORY));
    return print(console, options, renderable);
}

staged_status staged_console_print_text(staged_console *console,
                                        const staged_print_options *options, const char *text)
{
    staged_print_options plain;
    const char *problem = STG_READ_OPTIONS(&plain, options, staged_print_options);
    if (problem != NULL) {
        stg_console_refuse_options(console, problem);
        return STAGED_BAD_USE;
    }
    plain.markup = STAGED_NO;
    if (plain.highlight == STAGED_AUTO)
        plain.highlight = STAGED_NO;
    const stg_markup markup = {.text = text, .length = strlen(text)};
    const stg_markup_item item = stg_markup_item_of(&markup);
    return staged_console_print_renderable(console, &plain, &item.base);
}

staged_status staged_console_rule_v(staged_console *console, const staged_rule_options *options,
                                    const char *title_format, va_list values)
{
    if (!stg_console_enter(console))
        return STAGED_OK;
    STAGED_TRY(stg_console_format(console, title_format, values));
    const stg_markup title = stg_formatted_markup(&console->formatted);
    const stg_rule rule = stg_rule_of(options, &title);
    return print(console, NULL, &rule.base);
}

staged_status staged_console_rule_text(staged_console *console, const staged_rule_options *options,
                                       const char *title)
{
    const stg_range all = {0, strlen(title)};
    const stg_markup markup = {.text = title, .length = all.end, .data = &all, .data_count = 1};
    const stg_rule rule = stg_rule_of(options, &markup);
    return staged_console_print_renderable(console, NULL, &rule.base);
}

staged_status staged_console_rule(staged_console *console, const staged_rule_options *options,
                                  const char *title_format, ...)
{
    va_list values;
    va_start(values, title_format);
    const staged_status status = staged_console_rule_v(console, options, title_format, values);
    va_end(values);
    return status;
}
