/* SPDX-License-Identifier: BSD-3-Clause
 *
 * `staged diff`: in what two runs differ. */
#include <stdlib.h>

#include "tool/common/verb.h"
#include "tool/compare/comparison.h"
#include "tool/record/moment.h"
#include "tool/runs/page.h"
#include "tool/runs/rows.h"

/* Exit statuses, as of diff(1). */
enum { SAME = 0, DIFFERENT = 1 };

/* `section` collects lines, each beginning with "-" or "+", until it is printed. */
typedef struct diff {
    staged_console *console;
    staged_status status;
    staged_renderable *section;
} diff;

static void add_arguments(staged_parser *parser)
{
    staged_parser_add_argument(parser, "a", .metavar = "A", .help = "a run, as for `staged show`");
    staged_parser_add_argument(parser, "b", .metavar = "B", .help = "another run");
}

static void add_line(diff *d, char side, const char *text)
{
    sh_text line = {0};
    sh_text_addf(&line, "%c %s", side, text);
    if (d->section == NULL)
        d->section = staged_render_group_new();
    (void)staged_render_group_add(
        d->section,
        staged_text_new(STAGED_OPTIONS(staged_text_options, .style = side == '-' ? "red" : "green"),
                        sh_text_of(&line)));
    sh_text_free(&line);
}

/* Prints what was collected below a heading, if there is anything. */
static void end_section(diff *d, const char *heading)
{
    if (d->section != NULL && d->status == STAGED_OK) {
        staged_renderable *section = tool_page_section(heading, d->section);
        d->status = staged_console_print_renderable(d->console, NULL, section);
        staged_renderable_free(section);
    } else {
        staged_renderable_free(d->section);
    }
    d->section = NULL;
}

static void show_differences(diff *d, const char *heading, const tool_differences *all)
{
    for (size_t i = 0; i < all->count; i++) {
        for (size_t side = 0; side < 2; side++) {
            const char *text = all->items[i].texts[side];
            sh_text line = {0};
            if (text == NULL)
                continue;
            sh_text_addf(&line, "%s: %s", all->items[i].name, text);
            add_line(d, side == 0 ? '-' : '+', sh_text_of(&line));
            sh_text_free(&line);
        }
    }
    end_section(d, heading);
}

static void show_commands(diff *d, const tool_comparison *comparison)
{
    for (size_t i = 0; i < comparison->commands.count; i++) {
        const tool_pair *pair = &comparison->commands.items[i];
        const size_t side = pair->side == '-' ? 0 : 1;
        if (tool_pair_differs(pair))
            add_line(d, pair->side, comparison->lines[side][pair->places[side]]);
    }
    end_section(d, "Commands");
}

static void show_durations(diff *d, const tool_comparison *comparison)
{
    for (size_t i = 0; i < comparison->duration_count; i++) {
        const tool_durations *durations = &comparison->durations[i];
        char a[TOOL_MOMENT_SIZE];
        char b[TOOL_MOMENT_SIZE];
        sh_text line = {0};
        if (!durations->is_notable)
            continue;
        sh_text_addf(&line, "%s: %s, then %s", durations->name,
                     tool_duration_text(durations->durations_ns[0], a),
                     tool_duration_text(durations->durations_ns[1], b));
        add_line(d, '+', sh_text_of(&line));
        sh_text_free(&line);
    }
    end_section(d, "More than twice or less than half as long");
}

static int compare(const tool_record *a, const tool_record *b)
{
    diff d = {.console = tool_page_console()};
    tool_comparison comparison;
    tool_comparison_make(&comparison, a, b);
    const bool differ = comparison.differ;
    show_differences(&d, "What ran, and where", &comparison.ran);
    show_differences(&d, "Arguments", &comparison.arguments);
    show_differences(&d, "Environment", &comparison.environment);
    show_commands(&d, &comparison);
    show_differences(&d, "Outcomes", &comparison.outcomes);
    show_differences(&d, "Items", &comparison.items);
    show_durations(&d, &comparison);
    tool_comparison_free(&comparison);
    const int exit_status = tool_page_end(d.console, d.status);
    if (exit_status != TOOL_OK)
        return exit_status;
    return differ ? DIFFERENT : SAME;
}

static int run(staged_parser *parser, staged_namespace *arguments)
{
    (void)parser;
    tool_record a;
    tool_record b = {.lines = {.fd = -1}};
    int exit_status = TOOL_BAD_USAGE;
    if (tool_record_read(&a, tool_run_find(staged_namespace_text(arguments, "a"))) &&
        tool_record_read(&b, tool_run_find(staged_namespace_text(arguments, "b"))))
        exit_status = compare(&a, &b);
    tool_record_free(&a);
    tool_record_free(&b);
    return exit_status;
}

const tool_verb tool_verb_diff = {
    .name = "diff",
    .help = "show in what two runs differ",
    .parser = {.description = "Shows in what two runs differ: the script and where it ran, its "
                              "arguments, its environment, its commands, how stages ended, which "
                              "items passed in only one of them, and what took much longer or "
                              "shorter, which is no difference by itself.",
               .usage = "%(prog)s A B",
               .epilog =
                   "The exit status is 0 if they are the same, 1 if they differ, and 2 if one "
                   "of them cannot be read."},
    .add_arguments = add_arguments,
    .run = run,
};
