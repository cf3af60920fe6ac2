/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Does to a console what test_live.py asks for: reads a command from one pipe, carries it out on
 * its terminal, and says on another pipe that it did. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <staged/staged.h>

#define MOST 4

static staged_console *console;
static staged_live *lives[MOST];
static staged_progress *progress;
static staged_status_line *status_line;

/* Lines "TEXT 1", "TEXT 2", ... */
static staged_renderable *rows(const char *text, int count)
{
    staged_renderable *group = staged_render_group_new();
    for (int i = 1; i <= count; i++)
        (void)staged_render_group_add(group, staged_markup_new("%s %d", text, i));
    return group;
}

/* A frame around the width that there is. */
static staged_renderable *frame(void *context, int width)
{
    (void)context;
    return staged_panel_new(NULL, staged_markup_new("%d wide", width));
}

static void on_signal(int number)
{
    staged_terminal_restore();
    signal(number, SIG_DFL);
    raise(number);
}

/* Begins the display with a number: "live NUMBER ROWS MODE TEXT". */
static void begin_live(const char *arguments)
{
    int number = 0;
    int count = 0;
    char mode[16] = "";
    char text[200] = "";
    sscanf(arguments, "%d %d %15s %199[^\n]", &number, &count, mode, text);
    const staged_live_options options = {
        .size = sizeof options,
        .refresh_per_second = strcmp(mode, "thread") == 0 ? 20 : -1,
        .transient = strcmp(mode, "transient") == 0,
        .overflow = strcmp(mode, "crop") == 0 ? STAGED_LIVE_CROP : STAGED_LIVE_ELLIPSIS,
    };
    lives[number] = staged_live_new(
        console, &options, count > 0 ? rows(text, count) : staged_dynamic_new(frame, NULL, NULL));
}

static void update_live(const char *arguments)
{
    int number = 0;
    int count = 0;
    char text[200] = "";
    sscanf(arguments, "%d %d %199[^\n]", &number, &count, text);
    (void)staged_live_update_take(lives[number], rows(text, count));
}

static void begin_progress(void)
{
    static const staged_progress_column columns[] = {
        STAGED_PROGRESS_DESCRIPTION, STAGED_PROGRESS_BAR, STAGED_PROGRESS_PERCENTAGE,
        STAGED_PROGRESS_COUNT, STAGED_PROGRESS_END};
    const staged_progress_options options = {
        .size = sizeof options, .columns = columns, .refresh_per_second = -1};
    progress = staged_progress_new(console, &options);
    (void)staged_progress_add_task(progress, STAGED_OPTIONS(staged_task_options, .total = 100),
                                   "first");
    (void)staged_progress_add_task(progress, STAGED_OPTIONS(staged_task_options, .total = 10),
                                   "second");
}

static void advance(const char *arguments)
{
    int task = 0;
    int steps = 0;
    sscanf(arguments, "%d %d", &task, &steps);
    staged_progress_advance(progress, task, steps);
    (void)staged_progress_refresh(progress);
}

static void release_all(void)
{
    staged_status_line_free(status_line);
    staged_progress_free(progress);
    for (int i = MOST; i-- > 0;)
        staged_live_free(lives[i]);
    staged_console_free(console);
}

/* Whether the command begins with the word, behind which `arguments` then begin. */
static bool is(const char *command, const char *word, const char **arguments)
{
    const size_t length = strlen(word);
    const bool found =
        strncmp(command, word, length) == 0 && (command[length] == ' ' || command[length] == '\0');
    if (found)
        *arguments = command + length + (command[length] == ' ');
    return found;
}

static void carry_out(const char *command)
{
    const char *arguments = "";
    if (is(command, "live", &arguments))
        begin_live(arguments);
    else if (is(command, "update", &arguments))
        update_live(arguments);
    else if (is(command, "refresh", &arguments))
        (void)staged_live_refresh(lives[atoi(arguments)]);
    else if (is(command, "stop", &arguments))
        (void)staged_live_stop(lives[atoi(arguments)]);
    else if (is(command, "print", &arguments))
        (void)staged_console_print(console, "%s", arguments);
    else if (is(command, "part", &arguments))
        (void)staged_console_print_with(console, STAGED_OPTIONS(staged_print_options, .end = ""),
                                        "%s", arguments);
    else if (is(command, "progress", &arguments))
        begin_progress();
    else if (is(command, "advance", &arguments))
        advance(arguments);
    else if (is(command, "status", &arguments))
        status_line = staged_status_line_new(console, NULL, "%s", arguments);
    else if (is(command, "describe", &arguments))
        (void)staged_status_line_update(status_line, "%s", arguments);
    else if (is(command, "pause", &arguments))
        (void)staged_console_pause(console);
    else if (is(command, "resume", &arguments))
        (void)staged_console_resume(console);
    else if (is(command, "raw", &arguments))
        (void)!write(STDOUT_FILENO, "raw\r\n", 5);
    else if (is(command, "exit", &arguments))
        exit(0);
    else if (is(command, "raise", &arguments))
        raise(SIGTERM);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    FILE *commands = fopen(argv[1], "r");
    FILE *answers = fopen(argv[2], "w");
    console = staged_console_new(NULL);
    if (commands == NULL || answers == NULL || console == NULL)
        return 1;
    signal(SIGTERM, on_signal);
    char command[400];
    while (fgets(command, sizeof command, commands) != NULL) {
        command[strcspn(command, "\n")] = '\0';
        if (strcmp(command, "end") == 0)
            release_all();
        else
            carry_out(command);
        fputs("done\n", answers);
        fflush(answers);
        if (strcmp(command, "end") == 0)
            break;
    }
    /* The terminal is looked at before it goes. */
    (void)fgets(command, sizeof command, commands);
    return 0;
}
