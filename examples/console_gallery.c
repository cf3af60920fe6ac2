/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Everything that a console can draw, once.
 *
 *   console_gallery            shows all parts
 *   console_gallery PART...    shows these
 *   console_gallery --list     names the parts
 *
 * The pictures of docs/console.md are made with it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/staged.h>

/* ---- texts ---- */

static staged_status markup(staged_console *console)
{
    const char *file = "[draft] notes.txt";
    STAGED_TRY(staged_console_print(console, "[bold red]Stop![/] Read [i]this[/i] "
                                             "[link=https://example.org]first[/link]."));
    /* The format is markup; what a value brings in never is. */
    STAGED_TRY(staged_console_print(console, "Copying [green]%s[/] (%d of %d)", file, 3, 12));
    return staged_console_print(console, "A \\[bracket] that is not a tag.");
}

static staged_status styles(staged_console *console)
{
    STAGED_TRY(staged_console_print(
        console, "[bold]bold[/] [dim]dim[/] [italic]italic[/] [underline]underline[/] "
                 "[strike]strike[/] [reverse]reverse[/] [underline2]underline2[/] "
                 "[overline]overline[/] [blink]blink[/]"));
    STAGED_TRY(staged_console_print(
        console, "[red]red[/] [bright_green]bright_green[/] [color(208)]color(208)[/] "
                 "[#5f87ff]#5f87ff[/] [rgb(255,135,175)]rgb(255,135,175)[/] "
                 "[white on dark_green] white on dark_green [/]"));
    STAGED_TRY(staged_console_set_style(console, "warning", "bold yellow"));
    return staged_console_print(console, "[warning]A name of one's own: warning.[/]");
}

static staged_status colors(staged_console *console)
{
    for (int line = 0; line < 6; line++) {
        char text[72 * 40] = "";
        size_t length = 0;
        for (int column = 0; column < 72; column++)
            length +=
                (size_t)snprintf(text + length, sizeof text - length, "[on rgb(%d,%d,%d)] [/]",
                                 column * 255 / 71, line * 255 / 5, 255 - column * 255 / 71);
        const staged_text_options options = {.size = sizeof options, .markup = true};
        staged_renderable *row = staged_text_new(&options, text);
        const staged_status status = staged_console_print_renderable(console, NULL, row);
        staged_renderable_free(row);
        STAGED_TRY(status);
    }
    return STAGED_OK;
}

static staged_status highlighting(staged_console *console)
{
    return staged_console_print(
        console,
        "Served 'index.html' to 192.168.0.17 in 0.25 s: GET https://example.org/?q=1\n"
        "Wrote /var/log/build.log, 3 files, cached=True, owner=None, id 0x1F\n"
        "<process pid=4711 name=\"make\"> ended: [1, 2, 3] %s",
        "d4ecaaa0-0f1f-4d9b-b9ba-b7a4a3b1c0de");
}

static staged_status logging(staged_console *console)
{
    STAGED_TRY(staged_console_log(console, "Starting the build"));
    STAGED_TRY(staged_console_log(console, "Compiled [bold]%d[/] files in %.1f seconds", 42, 1.7));
    return staged_console_log(console,
                              "A line that is longer than the room there is goes on below itself, "
                              "between the time and the place in the source.");
}

static staged_status wrapping(staged_console *console)
{
    static const struct {
        const char *name;
        staged_justify justify;
    } ways[] = {{"left", STAGED_JUSTIFY_LEFT},
                {"center", STAGED_JUSTIFY_CENTER},
                {"right", STAGED_JUSTIFY_RIGHT},
                {"full", STAGED_JUSTIFY_FULL}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const staged_print_options options = {
            .size = sizeof options, .justify = ways[i].justify, .width = 40};
        STAGED_TRY(staged_console_print_with(console, &options,
                                             "[cyan]%s[/]: words are kept together, lines are "
                                             "filled as one likes. 日本語も数えられます。",
                                             ways[i].name));
    }
    const staged_print_options cut = {.size = sizeof cut,
                                      .overflow = STAGED_OVERFLOW_ELLIPSIS,
                                      .no_wrap = STAGED_YES,
                                      .width = 40};
    return staged_console_print_with(console, &cut,
                                     "[cyan]ellipsis[/]: what does not fit into a line is cut off");
}

static staged_status rules(staged_console *console)
{
    STAGED_TRY(staged_console_rule(console, NULL, "[bold]Chapter 1"));
    const staged_rule_options left = {
        .size = sizeof left, .align = STAGED_ALIGN_LEFT, .style = "magenta"};
    STAGED_TRY(staged_console_rule(console, &left, "on the left"));
    const staged_rule_options stars = {.size = sizeof stars, .characters = "·•", .style = "dim"};
    return staged_console_rule_text(console, &stars, "");
}

/* ---- renderables ---- */

/* Prints what was just made, and releases it. */
static staged_status show(staged_console *console, staged_renderable *renderable)
{
    const staged_status status = staged_console_print_renderable(console, NULL, renderable);
    staged_renderable_free(renderable);
    return status;
}

static staged_status panels(staged_console *console)
{
    const staged_panel_options plain = {
        .size = sizeof plain, .title = "[bold]Result", .subtitle = "took 1.7 s"};
    STAGED_TRY(show(console, staged_panel_new(&plain, staged_markup_new("All [green]42[/] tests "
                                                                        "passed."))));
    const staged_panel_options fitted = {.size = sizeof fitted,
                                         .box = STAGED_BOX_DOUBLE,
                                         .border_style = "red",
                                         .expand = STAGED_NO,
                                         .padding = {.given = true, 1, 3, 1, 3}};
    return show(console, staged_panel_new(&fitted, staged_markup_new("[bold red]Nothing left!")));
}

static staged_status boxes(staged_console *console)
{
    static const struct {
        const char *name;
        staged_box box;
    } kinds[] = {{"ROUNDED", STAGED_BOX_ROUNDED}, {"SQUARE", STAGED_BOX_SQUARE},
                 {"HEAVY", STAGED_BOX_HEAVY},     {"DOUBLE", STAGED_BOX_DOUBLE},
                 {"ASCII", STAGED_BOX_ASCII},     {"HORIZONTALS", STAGED_BOX_HORIZONTALS}};
    const staged_table_options grid = {.size = sizeof grid,
                                       .box = STAGED_BOX_NONE,
                                       .show_header = STAGED_NO,
                                       .padding = {.given = true}};
    staged_renderable *table = staged_table_new(&grid);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i += 3) {
        staged_renderable *cells[3];
        for (size_t j = 0; j < 3; j++) {
            const staged_panel_options options = {
                .size = sizeof options, .box = kinds[i + j].box, .width = 22};
            cells[j] = staged_panel_new(&options, staged_markup_new("%s", kinds[i + j].name));
        }
        if (staged_table_add_row(table, NULL, cells, 3) != STAGED_OK)
            break;
    }
    return show(console, table);
}

static staged_status paddings(staged_console *console)
{
    const staged_padding_options options = {
        .size = sizeof options, .pad = {.given = true, 1, 4, 1, 8}, .style = "on grey23"};
    return show(console, staged_padding_new(&options, staged_markup_new("Room on all sides.")));
}

static staged_status alignment(staged_console *console)
{
    static const staged_align ways[] = {STAGED_ALIGN_LEFT, STAGED_ALIGN_CENTER, STAGED_ALIGN_RIGHT};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const staged_panel_options fitted = {.size = sizeof fitted, .expand = STAGED_NO};
        STAGED_TRY(
            show(console, staged_align_new(NULL, ways[i],
                                           staged_panel_new(&fitted, staged_markup_new("here")))));
    }
    return STAGED_OK;
}

static staged_status groups(staged_console *console)
{
    staged_renderable *group = staged_render_group_new();
    (void)staged_render_group_add(group, staged_markup_new("One thing below another,"));
    (void)staged_render_group_add(group, staged_rule_new_text(NULL, ""));
    (void)staged_render_group_add(group, staged_markup_new("in one panel."));
    const staged_panel_options options = {.size = sizeof options, .title = "Group"};
    return show(console, staged_panel_new(&options, group));
}

static staged_status columns(staged_console *console)
{
    static const char *const files[] = {
        "CMakeLists.txt", "LICENSE", "README.md", "config.h",   "main.c",   "matrix.c",
        "matrix.h",       "mesh.c",  "mesh.h",    "solver.cpp", "solver.h", "tests",
    };
    const staged_columns_options options = {
        .size = sizeof options, .equal = true, .column_first = true};
    staged_renderable *listing = staged_columns_new(&options);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        (void)staged_columns_add(listing, staged_markup_new("[cyan]%s", files[i]));
    STAGED_TRY(show(console, listing));
    staged_renderable *panels = staged_columns_new(NULL);
    for (int i = 1; i <= 4; i++) {
        const staged_panel_options fitted = {.size = sizeof fitted, .expand = STAGED_NO};
        (void)staged_columns_add(panels,
                                 staged_panel_new(&fitted, staged_markup_new("node %d", i)));
    }
    return show(console, panels);
}

static staged_status trees(staged_console *console)
{
    staged_renderable *tree = staged_tree_new(NULL, staged_markup_new("[bold]build[/]"));
    const staged_tree_options heavy = {.size = sizeof heavy, .guide_style = "bold green"};
    staged_renderable *library = staged_tree_add(tree, &heavy, staged_markup_new("[green]library"));
    (void)staged_tree_add(library, NULL, staged_markup_new("mesh.o"));
    (void)staged_tree_add(library, NULL, staged_markup_new("solver.o"));
    staged_renderable *tests = staged_tree_add(tree, NULL, staged_markup_new("[red]tests"));
    const staged_panel_options fitted = {
        .size = sizeof fitted, .expand = STAGED_NO, .border_style = "red"};
    (void)staged_tree_add(tests, NULL,
                          staged_panel_new(&fitted, staged_markup_new("test_mesh\n[red]failed")));
    (void)staged_tree_add(tests, NULL, staged_markup_new("test_solver"));
    return show(console, tree);
}

static staged_status add_stage(staged_renderable *table, const char *stage, const char *result,
                               const char *time)
{
    staged_renderable *cells[] = {
        staged_markup_new("%s", stage),
        staged_text_new(STAGED_OPTIONS(staged_text_options, .markup = true), result),
        staged_markup_new("%s", time)};
    return staged_table_add_row(table, NULL, cells, 3);
}

static staged_status tables(staged_console *console)
{
    static const char *const stripes[] = {"", "on grey15", NULL};
    const staged_table_options options = {.size = sizeof options,
                                          .title = "Stages",
                                          .caption = "of the last run",
                                          .row_styles = stripes,
                                          .show_footer = true};
    const staged_column_options columns[] = {
        {.size = sizeof(staged_column_options),
         .header = "Stage",
         .footer = "Total",
         .style = "cyan"},
        {.size = sizeof(staged_column_options), .header = "Result"},
        {.size = sizeof(staged_column_options),
         .header = "Time",
         .footer = "0:02:46",
         .justify = STAGED_JUSTIFY_RIGHT}};
    staged_renderable *table = staged_table_new(&options);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        (void)staged_table_add_column(table, &columns[i]);
    (void)add_stage(table, "configure", "[green]passed", "0:00:12");
    (void)add_stage(table, "build", "[green]passed", "0:01:58");
    (void)add_stage(table, "test", "[bold red]failed[/], after 3 attempts", "0:00:36");
    return show(console, table);
}

/* What another program wrote to a terminal. */
static staged_status ansi(staged_console *console)
{
    static const char captured[] = "\x1b[1mRunning 3 tests\x1b[0m\n"
                                   "\x1b[32m  ok\x1b[0m parse\n"
                                   "\x1b[32m  ok\x1b[0m wrap\n"
                                   "\x1b[1;31mfail\x1b[0m draw: \x1b[4mdraw.c:12\x1b[0m\n";
    const staged_panel_options options = {
        .size = sizeof options, .title = "make test", .expand = STAGED_NO};
    return show(console,
                staged_panel_new(&options, staged_ansi_new(captured, sizeof captured - 1)));
}

/* ---- what moves ---- */

static void wait_ms(int milliseconds)
{
    const staged_clock *clock = staged_clock_system();
    (void)clock->sleep_ns(clock->context, milliseconds * INT64_C(1000000));
}

static staged_status spinners(staged_console *console)
{
    static const char *const names[] = {"dots", "line", "arc", "bouncingBar", "earth", "aesthetic"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const staged_spinner_options options = {
            .size = sizeof options, .name = names[i], .style = "green"};
        STAGED_TRY(show(console, staged_spinner_new_text(&options, names[i])));
    }
    return STAGED_OK;
}

static staged_status bars(staged_console *console)
{
    static const double parts[] = {0, 12.5, 50, 99, 100};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const staged_bar_options options = {
            .size = sizeof options, .total = 100, .completed = parts[i], .width = 60};
        STAGED_TRY(show(console, staged_bar_new(&options)));
    }
    return show(console,
                staged_bar_new(STAGED_OPTIONS(staged_bar_options, .pulse = true, .width = 60)));
}

/* A column of one's own. */
static staged_renderable *steps_left(void *context, const staged_task_state *task)
{
    (void)context;
    return staged_markup_new("[cyan]%.0f[/] to go", task->total - task->completed);
}

static staged_status progress(staged_console *console)
{
    static const staged_progress_column kinds[] = {
        STAGED_PROGRESS_DESCRIPTION, STAGED_PROGRESS_BAR,     STAGED_PROGRESS_PERCENTAGE,
        STAGED_PROGRESS_OWN,         STAGED_PROGRESS_ELAPSED, STAGED_PROGRESS_END};
    static const staged_own_column own[] = {{.make = steps_left}};
    const staged_progress_options options = {
        .size = sizeof options, .columns = kinds, .own_columns = own, .bar_width = 25};
    staged_progress *display = staged_progress_new(console, &options);
    if (display == NULL)
        return STAGED_NO_MEMORY;
    const staged_task_options files = {.size = sizeof files, .total = 100};
    const staged_task fetch = staged_progress_add_task(display, &files, "[red]Fetching");
    const staged_task unpack = staged_progress_add_task(display, &files, "[green]Unpacking");
    for (int i = 0; i < 100; i++) {
        wait_ms(10);
        staged_progress_advance(display, fetch, 1);
        staged_progress_advance(display, unpack, i % 3 == 0);
        if (i == 50)
            (void)staged_console_log(console, "Half of it is there.");
    }
    staged_progress_free(display);
    return STAGED_OK;
}

static staged_status track(staged_console *console)
{
    staged_track loop = staged_track_begin(console, 50, "Counting");
    while (staged_track_next(&loop))
        wait_ms(20);
    staged_track_end(&loop);
    return STAGED_OK;
}

static staged_status status_line(staged_console *console)
{
    staged_status_line *line = staged_status_line_new(console, NULL, "Looking around ...");
    if (line == NULL)
        return STAGED_NO_MEMORY;
    wait_ms(1000);
    (void)staged_status_line_update(line, "[bold]Nearly[/] there ...");
    wait_ms(1000);
    staged_status_line_free(line);
    return staged_console_print(console, "A status line is gone when it is over.");
}

static staged_renderable *counter(int number)
{
    const staged_panel_options options = {
        .size = sizeof options, .title = "Live", .expand = STAGED_NO};
    return staged_panel_new(&options, staged_markup_new("Counted to [bold cyan]%d[/].", number));
}

static staged_status live(staged_console *console)
{
    staged_live *display = staged_live_new(console, NULL, counter(0));
    if (display == NULL)
        return STAGED_NO_MEMORY;
    for (int i = 1; i <= 20; i++) {
        wait_ms(50);
        (void)staged_live_update_take(display, counter(i));
    }
    staged_live_free(display);
    return STAGED_OK;
}

static const struct {
    const char *name;
    staged_status (*show)(staged_console *console);
} parts[] = {{"markup", markup},
             {"styles", styles},
             {"colors", colors},
             {"highlighting", highlighting},
             {"log", logging},
             {"wrapping", wrapping},
             {"rule", rules},
             {"panel", panels},
             {"boxes", boxes},
             {"padding", paddings},
             {"align", alignment},
             {"group", groups},
             {"columns", columns},
             {"tree", trees},
             {"table", tables},
             {"ansi", ansi},
             {"spinner", spinners},
             {"bar", bars},
             {"progress", progress},
             {"track", track},
             {"status_line", status_line},
             {"live", live}};

static bool is_wanted(const char *name, int argc, char **argv)
{
    bool found = argc < 2;
    for (int i = 1; i < argc; i++)
        found = found || strcmp(argv[i], name) == 0;
    return found;
}

int main(int argc, char **argv)
{
    staged_console *console = staged_console_new(NULL);
    staged_status status = console == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    const bool lists = argc == 2 && strcmp(argv[1], "--list") == 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == STAGED_OK; i++) {
        if (lists)
            puts(parts[i].name);
        else if (is_wanted(parts[i].name, argc, argv))
            status = argc == 2 ? STAGED_OK : staged_console_rule_text(console, NULL, parts[i].name);
        if (!lists && status == STAGED_OK && is_wanted(parts[i].name, argc, argv))
            status = parts[i].show(console);
    }
    if (status != STAGED_OK)
        fprintf(stderr, "console_gallery: %s\n",
                console == NULL ? staged_status_text(status) : staged_console_error(console));
    staged_console_free(console);
    return status == STAGED_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
