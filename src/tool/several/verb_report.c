/* SPDX-License-Identifier: BSD-3-Clause
 *
 * `staged report`: a run as files that people and programs read. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tool/common/verb.h"
#include "tool/report/formats.h"
#include "tool/runs/rows.h"

/* The formats: the option, what it is called in help, and what makes it. */
static const struct {
    const char *option;
    const char *name;
    const char *help;
    void (*add)(sh_text *out, const tool_report *report);
} formats[] = {
    {"--html", "html", "write a page for a browser, which needs no other file", tool_report_html},
    {"--junit", "junit", "write JUnit XML, which CI systems show", tool_report_junit},
    {"--markdown", "markdown", "write Markdown, as GitHub shows it", tool_report_markdown},
    {"--json", "json", "write a summary as JSON", tool_report_summary},
    {"--trace", "trace", "write a timeline for Perfetto (Trace Event Format)", tool_report_trace},
    {"--otlp", "otlp", "write spans for OpenTelemetry (OTLP/JSON)", tool_report_otlp},
};
enum { FORMAT_COUNT = sizeof formats / sizeof formats[0] };

static bool is_standard_output(const char *file)
{
    return strcmp(file, "-") == 0;
}

static void add_arguments(staged_parser *parser)
{
    tool_run_add_argument(parser, "run",
                          "the run, as for `staged show`: latest (which is the default), failed, "
                          "-2, the beginning of its id, SCRIPT, SCRIPT:failed, or its folder",
                          true);
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        staged_parser_add_argument(parser, formats[i].option, .metavar = "FILE",
                                   .help = formats[i].help);
}

/* Writes a whole file.  Returns the exit status, and says why it could not. */
static int write_file(const char *file, const sh_text *text)
{
    FILE *out = is_standard_output(file) ? stdout : fopen(file, "we");
    bool is_written = out != NULL && fwrite(sh_text_of(text), 1, text->length, out) == text->length;
    is_written = out != NULL && fflush(out) == 0 && is_written;
    int error = is_written ? 0 : errno;
    if (out != NULL && out != stdout && fclose(out) != 0 && error == 0)
        error = errno;
    if (error == 0)
        return TOOL_OK;
    fprintf(stderr, "staged report: cannot write '%s': %s\n",
            is_standard_output(file) ? "standard output" : file, strerror(error));
    return TOOL_NO_OUTPUT;
}

/* What is wrong with the choice of files; NULL: nothing. */
static const char *problem_of(staged_namespace *arguments)
{
    size_t files = 0, streams = 0;
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        const char *file = staged_namespace_text(arguments, formats[i].name);
        files += file != NULL;
        streams += file != NULL && is_standard_output(file);
    }
    if (files == 0)
        return "name at least one file to write, such as --html report.html";
    return streams > 1 ? "only one report can go to standard output ('-')" : NULL;
}

static int write_reports(const tool_report *report, staged_namespace *arguments)
{
    int exit_status = TOOL_OK;
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        const char *file = staged_namespace_text(arguments, formats[i].name);
        sh_text text = {0};
        if (file == NULL)
            continue;
        formats[i].add(&text, report);
        const int status = write_file(file, &text);
        exit_status = exit_status == TOOL_OK ? status : exit_status;
        sh_text_free(&text);
    }
    return exit_status;
}

static int run(staged_parser *parser, staged_namespace *arguments)
{
    tool_record record;
    const char *problem = problem_of(arguments);
    if (problem != NULL) {
        (void)staged_parser_fail(parser, "%s", problem);
        fputs(staged_parser_error(parser), stderr);
        return TOOL_BAD_USAGE;
    }
    int exit_status = TOOL_BAD_USAGE;
    if (tool_record_read(&record, tool_run_find(staged_namespace_text(arguments, "run")))) {
        tool_report report;
        tool_report_make(&report, &record);
        exit_status = write_reports(&report, arguments);
        tool_report_free(&report);
    }
    tool_record_free(&record);
    return exit_status;
}

const tool_verb tool_verb_report = {
    .name = "report",
    .help = "write a run as HTML, JUnit XML, Markdown, JSON or a trace",
    .parser = {.description = "Writes reports of a run that was recorded, for people and programs. "
                              "The file '-' is standard output.",
               .usage = "%(prog)s [options] [RUN]",
               .epilog = "The exit status is 0, also if the run failed, 2 if there is no such run, "
                         "or 74 if a file could not be written."},
    .add_arguments = add_arguments,
    .run = run,
};
