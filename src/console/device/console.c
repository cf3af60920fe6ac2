/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/failure/options.h"
#include "console/device/console_impl.h"
#include "console/device/region.h"

static void set_output(stg_output *output, const staged_console_options *options)
{
    output->fd = -1;
    output->file = options->file;
    output->to_text = options->to_text && options->file == NULL && options->fd == 0;
    if (output->to_text)
        return;
    if (options->file == NULL && options->fd == 0)
        output->file = stdout;
    stg_output_set_descriptor(output, output->file != NULL ? fileno(output->file) : options->fd);
}

static bool is_wanted(staged_choice choice)
{
    return choice != STAGED_NO;
}

/* Detects what the options do not set. */
static void set_abilities(staged_console *console, const staged_console_options *options)
{
    const stg_environment *environment = &console->environment;
    console->wanted = (stg_detect_options){.force_terminal = options->force_terminal,
                                           .force_interactive = options->force_interactive,
                                           .width = options->width,
                                           .height = options->height};
    console->detected = stg_detect(console->output.fd, environment, &console->wanted);
    console->colors = console->detected.colors;
    if (options->color_system != STAGED_COLOR_SYSTEM_AUTO)
        console->colors = (stg_color_system)(options->color_system - STAGED_COLOR_SYSTEM_NONE);
    console->no_color = options->no_color == STAGED_AUTO ? console->detected.no_color
                                                         : options->no_color == STAGED_YES;
    console->ascii =
        options->ascii == STAGED_AUTO ? !console->detected.utf8 : options->ascii == STAGED_YES;
    console->palette = (stg_palette){
        .colors = console->colors, .no_color = console->no_color, .ascii = console->ascii};
    console->record_palette = (stg_palette){
        .colors = STG_COLORS_TRUE, .no_color = console->no_color, .ascii = console->ascii};
    console->has_window = console->output.fd >= 0 && isatty(console->output.fd) != 0 &&
                          (options->width == 0 || options->height == 0);
    stg_detect_size(console->output.fd, environment, &console->wanted, &console->width,
                    &console->height);
}

static void set_manners(staged_console *console, const staged_console_options *options)
{
    console->markup = is_wanted(options->markup);
    console->highlight = is_wanted(options->highlight);
    console->soft_wrap = options->soft_wrap;
    console->trim = options->trim == STAGED_YES;
    console->record = options->record;
    console->tab_size = options->tab_size > 0 ? options->tab_size : STG_TAB_SIZE;
    console->clock = options->clock != NULL ? options->clock : staged_clock_system();
    console->log.show_time = is_wanted(options->log_time);
    console->log.show_path = is_wanted(options->log_path);
    console->log.second = INT64_MIN;
}

/* Pairs of a pattern and a style. */
static void add_highlights(staged_console *console, const char *const *pairs)
{
    for (; console->problem == NULL && pairs != NULL && *pairs != NULL; pairs += 2) {
        const staged_status status =
            pairs[1] == NULL ? stg_error_set(&console->bad_rule, STAGED_BAD_MARKUP,
                                             "'%s' in `.highlights` lacks a style", pairs[0])
                             : stg_rules_add(&console->rules, &console->theme, pairs[0], pairs[1],
                                             &console->bad_rule);
        if (status != STAGED_OK)
            console->problem = status == STAGED_NO_MEMORY ? staged_status_text(status)
                                                          : stg_error_text(&console->bad_rule);
    }
}

staged_console *staged_console_new(const staged_console_options *options)
{
    staged_console_options own;
    const char *problem = STG_READ_OPTIONS(&own, options, staged_console_options);
    staged_console *console = calloc(1, sizeof *console);
    if (console == NULL)
        return NULL;
    if (!stg_item_copy_text(&console->log.format, own.log_time_format) ||
        pthread_mutex_init(&console->lock, NULL) != 0) {
        free(console->log.format);
        free(console);
        return NULL;
    }
    console->environment = (stg_environment){own.environment, own.environment_context};
    set_output(&console->output, &own);
    set_abilities(console, &own);
    set_manners(console, &own);
    console->problem = problem;
    add_highlights(console, own.highlights);
    return console;
}

void staged_console_free(staged_console *console)
{
    if (console == NULL)
        return;
    stg_region_free(console->below.context);
    pthread_mutex_destroy(&console->lock);
    stg_buf_free(&console->output.text);
    stg_theme_free(&console->theme);
    stg_tags_free(console->tags);
    stg_rules_free(&console->rules);
    stg_error_free(&console->bad_rule);
    free(console->log.format);
    stg_buf_free(&console->log.time);
    for (size_t i = 0; i < STG_LOG_FILES; i++) {
        stg_buf_free(&console->log.files[i].name);
        stg_buf_free(&console->log.files[i].link);
    }
    stg_buf_free(&console->recorded);
    stg_error_free(&console->error);
    stg_arena_free(&console->arena);
    stg_formatted_free(&console->formatted);
    stg_buf_free(&console->out);
    free(console);
}
