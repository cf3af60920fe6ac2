/* SPDX-License-Identifier: BSD-3-Clause
 *
 * `staged report`: runs as files that people and programs read. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tool/common/verb.h"
#include "tool/report/formats.h"
#include "tool/runs/rows.h"
#include "tool/several/pages.h"

/* The page that is written where none is named, and how many runs one may be about: a page of
 * more opens slowly, and its bars are too thin to be seen. */
#define PAGE "report.html"
enum { USUAL_RUNS = 50, MOST_RUNS = 1000 };

/* The formats: the option, what it is called in help, and what makes it. */
static const struct {
    const char *option;
    const char *name;
    const char *help;
    void (*add)(sh_text *out, const tool_report *report);
} formats[] = {
    {"--html", "html", "write a page for a browser, which needs no other file (default: " PAGE ")",
     tool_report_html},
    {"--junit", "junit", "write JUnit XML, which CI systems show", tool_report_junit},
    {"--markdown", "markdown", "write Markdown, as GitHub shows it", tool_report_markdown},
    {"--json", "json", "write a summary as JSON", tool_report_summary},
    {"--trace", "trace", "write a timeline for Perfetto (Trace Event Format)", tool_report_trace},
    {"--otlp", "otlp", "write spans for OpenTelemetry (OTLP/JSON)", tool_report_otlp},
};
enum { HTML = 0, FORMAT_COUNT = sizeof formats / sizeof formats[0] };

static bool is_standard_output(const char *file)
{
    return strcmp(file, "-") == 0;
}

static staged_status convert_last(staged_conversion *conversion, const char *text, void *context)
{
    char *end;
    (void)context;
    errno = 0;
    const long count = strtol(text, &end, 10);
    if (errno == 0 && end != text && *end == '\0' && count >= 1 && count <= MOST_RUNS)
        return staged_conversion_set(conversion, staged_value_int(count));
    return staged_conversion_refuse(conversion, "must be a number of runs from 1 to %d: '%s'",
                                    MOST_RUNS, text);
}

static void add_arguments(staged_parser *parser)
{
    staged_parser_add_argument(
        parser, "run", .nargs = STAGED_NARGS_OPTIONAL, .metavar = "RUN",
        .help = "the run, as for `staged show`: latest (which is the default), failed, -2, the "
                "beginning of its id, SCRIPT, SCRIPT:failed, or its folder");
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        staged_parser_add_argument(parser, formats[i].option, .metavar = "FILE",
                                   .nargs = i == HTML ? STAGED_NARGS_OPTIONAL : 0,
                                   .const_text = i == HTML ? PAGE : NULL, .help = formats[i].help);
    staged_argument_group *several =
        staged_parser_add_group(parser, "several runs", "Only with --html, in place of RUN.");
    staged_argument_group_add_argument(several, "--script", .metavar = "SCRIPT",
                                       .help = "the last runs of this script");
    staged_argument_group_add_argument(several, "--last", .convert = convert_last, .metavar = "N",
                                       .help = "how many (default: 50)");
    staged_argument_group_add_argument(
        several, "--diff", .nargs = 2, .metavars = STAGED_TEXTS("A", "B"),
        .help = "in what two runs differ, as `staged diff` finds it");
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

void tool_report_write(void *context, const char *folder, const char *format, const char *file)
{
    (void)context;
    tool_record record;
    if (tool_record_read(&record, sh_copy(folder))) {
        tool_report report;
        sh_text text = {0};
        tool_report_make(&report, &record);
        for (size_t i = 0; i < FORMAT_COUNT; i++) {
            if (strcmp(format, formats[i].name) == 0)
                formats[i].add(&text, &report);
        }
        (void)write_file(file, &text);
        sh_text_free(&text);
        tool_report_free(&report);
    }
    tool_record_free(&record);
}

/* What several runs are chosen by; NULL: the report is about one run. */
static const char *several_of(staged_namespace *arguments)
{
    return staged_namespace_is_set(arguments, "diff")     ? "--diff"
           : staged_namespace_is_set(arguments, "script") ? "--script"
                                                          : NULL;
}

/* What is wrong with the two runs that are compared, "" if nothing is. */
static sh_text problem_with_two(staged_namespace *arguments)
{
    sh_text problem = {0};
    const char *const *names = staged_namespace_list(arguments, "diff");
    for (size_t i = 0; names[i] != NULL && problem.length == 0; i++) {
        /* Where a number of words is wanted, one that looks like an option counts. */
        if (strncmp(names[i], "--", 2) == 0)
            sh_text_addf(&problem, "--diff needs two runs, and '%s' is not a run", names[i]);
    }
    if (problem.length > 0)
        return problem;
    if (staged_namespace_is_set(arguments, "script"))
        sh_text_addf(&problem, "--diff is about the two runs that it names: leave out --script");
    else if (staged_namespace_is_set(arguments, "last"))
        sh_text_addf(&problem, "--diff is about the two runs that it names: leave out --last");
    return problem;
}

/* What is wrong with the choice of runs. */
static sh_text problem_with_runs(staged_namespace *arguments)
{
    sh_text problem = {0};
    const char *several = several_of(arguments);
    if (several == NULL) {
        if (staged_namespace_is_set(arguments, "last"))
            sh_text_addf(&problem, "--last is about the runs of a script: name it with --script");
        return problem;
    }
    if (staged_namespace_is_set(arguments, "diff"))
        problem = problem_with_two(arguments);
    if (problem.length > 0)
        return problem;
    if (staged_namespace_is_set(arguments, "run")) {
        sh_text_addf(&problem, "%s is about several runs: leave out the run '%s'", several,
                     staged_namespace_text(arguments, "run"));
        return problem;
    }
    for (size_t i = HTML + 1; i < FORMAT_COUNT; i++) {
        if (staged_namespace_text(arguments, formats[i].name) == NULL)
            continue;
        sh_text_addf(&problem, "%s is about one run, and cannot be used with %s, only --html can",
                     formats[i].option, several);
        break;
    }
    return problem;
}

/* The same of the files. */
static sh_text problem_with_files(staged_namespace *arguments)
{
    sh_text problem = {0};
    size_t files = 0, streams = 0;
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        const char *file = staged_namespace_text(arguments, formats[i].name);
        files += file != NULL;
        streams += file != NULL && is_standard_output(file);
    }
    if (files == 0)
        sh_text_addf(&problem, "name at least one file to write, such as --html report.html");
    else if (streams > 1)
        sh_text_addf(&problem, "only one report can go to standard output ('-')");
    return problem;
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

static int report_run(staged_namespace *arguments)
{
    tool_record record;
    int exit_status = TOOL_BAD_USAGE;
    const char *name = staged_namespace_text(arguments, "run");
    if (tool_record_read(&record, tool_run_find(name == NULL ? "latest" : name))) {
        tool_report report;
        tool_report_make(&report, &record);
        exit_status = write_reports(&report, arguments);
        tool_report_free(&report);
    }
    tool_record_free(&record);
    return exit_status;
}

static int report_script(staged_namespace *arguments)
{
    tool_history history;
    const int64_t most = staged_namespace_is_set(arguments, "last")
                             ? staged_namespace_int(arguments, "last")
                             : USUAL_RUNS;
    int exit_status = tool_history_read(&history, staged_namespace_text(arguments, "script"), most);
    if (exit_status == TOOL_OK) {
        sh_text text = {0};
        tool_history_html(&text, &history);
        exit_status = write_file(staged_namespace_text(arguments, formats[HTML].name), &text);
        sh_text_free(&text);
    }
    tool_history_free(&history);
    return exit_status;
}

static int report_two(staged_namespace *arguments)
{
    const char *const *names = staged_namespace_list(arguments, "diff");
    tool_record a;
    tool_record b = {.lines = {.fd = -1}};
    int exit_status = TOOL_BAD_USAGE;
    if (tool_record_read(&a, tool_run_find(names[0])) &&
        tool_record_read(&b, tool_run_find(names[1]))) {
        sh_text text = {0};
        tool_comparison comparison;
        tool_comparison_make(&comparison, &a, &b);
        tool_comparison_html(&text, &comparison);
        exit_status = write_file(staged_namespace_text(arguments, formats[HTML].name), &text);
        tool_comparison_free(&comparison);
        sh_text_free(&text);
    }
    tool_record_free(&a);
    tool_record_free(&b);
    return exit_status;
}

static int run(staged_parser *parser, staged_namespace *arguments)
{
    sh_text problem = problem_with_runs(arguments);
    if (problem.length == 0)
        problem = problem_with_files(arguments);
    if (problem.length > 0) {
        (void)staged_parser_fail(parser, "%s", sh_text_of(&problem));
        fputs(staged_parser_error(parser), stderr);
        sh_text_free(&problem);
        return TOOL_BAD_USAGE;
    }
    return staged_namespace_is_set(arguments, "diff")     ? report_two(arguments)
           : staged_namespace_is_set(arguments, "script") ? report_script(arguments)
                                                          : report_run(arguments);
}

const tool_verb tool_verb_report = {
    .name = "report",
    .help = "write a run as HTML, JUnit XML, Markdown, JSON or a trace, or a page about several",
    .parser = {.description = "Writes reports of a run that was recorded, for people and programs, "
                              "or a page about several runs. The file '-' is standard output.",
               .usage = "%(prog)s [options] [RUN]\n"
                        "       %(prog)s --script SCRIPT [--last N] --html [FILE]\n"
                        "       %(prog)s --diff A B --html [FILE]",
               .epilog = "The exit status is 0, also if the run failed, 2 if there is no such run, "
                         "or 74 if a file could not be written."},
    .add_arguments = add_arguments,
    .run = run,
};
