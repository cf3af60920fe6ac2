/* SPDX-License-Identifier: BSD-3-Clause
 *
 * `staged show`: one run. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tool/common/verb.h"
#include "tool/record/json.h"
#include "tool/runs/page.h"
#include "tool/runs/rows.h"
#include "tool/show/show.h"

static void add_arguments(staged_parser *parser)
{
    tool_run_add_argument(parser, "run",
                          "the run: latest (which is the default), failed, -2 (the "
                          "last but one), the beginning of its id, the name of its "
                          "script, SCRIPT:failed and so on, or its folder",
                          true);
    staged_parser_add_argument(parser, "--commands", .action = STAGED_ARG_STORE_TRUE,
                               .help = "show all commands, too");
    staged_parser_add_argument(parser, "--log", .action = STAGED_ARG_STORE_TRUE,
                               .help = "show the log, too");
    staged_parser_add_argument(
        parser, "--lines", .type = STAGED_ARG_INT, .default_text = "20", .metavar = "N",
        .help = "show so many of the last lines that the failed command, or the first failed "
                "item of each, wrote (default: 20)");
    staged_argument_group *other = staged_parser_add_exclusive(parser, false);
    staged_argument_group_add_argument(
        other, "--output", .type = STAGED_ARG_INT, .metavar = "N",
        .help = "write only what was kept of the output of command N, as it was");
    staged_argument_group_add_argument(other, "--json", .action = STAGED_ARG_STORE_TRUE,
                                       .help = "write the record as JSON, an array of its events");
}

/* Bytes go to a terminal without what could change it, and elsewhere as they are. */
static int write_bytes(const char *bytes, size_t length)
{
    if (isatty(STDOUT_FILENO)) {
        staged_console *console = tool_page_console();
        staged_renderable *text = staged_ansi_new(bytes, length);
        const staged_status status = staged_console_print_renderable(console, NULL, text);
        staged_renderable_free(text);
        return tool_page_end(console, status);
    }
    return tool_page_write(bytes, length);
}

static int write_output(const tool_record *record, int64_t number)
{
    for (size_t i = 0; i < record->command_count; i++) {
        const tool_command *command = &record->commands[i];
        size_t length;
        if (tool_json_int(command->begin, "number", 0) != number)
            continue;
        char *bytes = tool_record_output(record, command->end, 0, &length);
        const int exit_status = bytes == NULL ? TOOL_FAILED : write_bytes(bytes, length);
        if (bytes == NULL)
            fprintf(stderr,
                    "staged show: no output of command %lld was kept: it went to a terminal, or "
                    "the command was not run to its end\n",
                    (long long)number);
        free(bytes);
        return exit_status;
    }
    fprintf(stderr, "staged show: there is no command %lld; the run has %zu command%s\n",
            (long long)number, record->command_count, record->command_count == 1 ? "" : "s");
    return TOOL_BAD_USAGE;
}

static int show(const tool_record *record, staged_namespace *arguments)
{
    if (staged_namespace_bool(arguments, "json"))
        return tool_page_write_json(json_incref(record->events));
    if (staged_namespace_is_set(arguments, "output"))
        return write_output(record, staged_namespace_int(arguments, "output"));
    staged_console *console = tool_page_console();
    const tool_show_options options = {.has_commands = staged_namespace_bool(arguments, "commands"),
                                       .has_log = staged_namespace_bool(arguments, "log"),
                                       .lines = staged_namespace_int(arguments, "lines")};
    return tool_page_end(console, tool_show(console, record, &options));
}

static int run(staged_parser *parser, staged_namespace *arguments)
{
    (void)parser;
    tool_record record;
    int exit_status = TOOL_BAD_USAGE;
    if (tool_record_read(&record, tool_run_find(staged_namespace_text(arguments, "run"))))
        exit_status = show(&record, arguments);
    tool_record_free(&record);
    return exit_status;
}

const tool_verb tool_verb_show = {
    .name = "show",
    .help = "show a run: what failed, the timing of its stages, its commands",
    .parser = {.description = "Shows a run that was recorded: first what failed, with the last "
                              "lines of its output, then what the summary of the run says.",
               .usage = "%(prog)s [options] [RUN]",
               .epilog = "The exit status is 0, or 2 if there is no such run."},
    .add_arguments = add_arguments,
    .run = run,
};
