/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The reports: each adds a whole file to a text. */
#ifndef TOOL_REPORT_FORMATS_H
#define TOOL_REPORT_FORMATS_H

#include "tool/report/model.h"

/* JUnit XML: a suite a run, a case a stage, failed attempts as reruns, as Surefire writes them. */
void tool_report_junit(sh_text *out, const tool_report *report);
/* GitHub's Markdown, as the summary of a step. */
void tool_report_markdown(sh_text *out, const tool_report *report);
/* A summary in JSON. */
void tool_report_summary(sh_text *out, const tool_report *report);
/* Trace Event Format, for Perfetto and what else reads it. */
void tool_report_trace(sh_text *out, const tool_report *report);
/* OTLP/JSON: spans for OpenTelemetry. */
void tool_report_otlp(sh_text *out, const tool_report *report);
/* A page that needs nothing else. */
void tool_report_html(sh_text *out, const tool_report *report);

/* Writes one of them to a file, as staged_report_function does: of a run that has ended just now.
 *   context  not used */
void tool_report_write(void *context, const char *folder, const char *format, const char *file);

#endif
