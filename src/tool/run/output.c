/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/run/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tool/run/write.h"

static const char prefix[] = "staged run: ";

/* Whether standard output and standard error are the same file, pipe or terminal. */
static bool are_one(void)
{
    struct stat output, error_output;
    return fstat(STDOUT_FILENO, &output) == 0 && fstat(STDERR_FILENO, &error_output) == 0 &&
           output.st_dev == error_output.st_dev && output.st_ino == error_output.st_ino;
}

/* Reports that something requested is not possible. */
static bool refuse(const char *what, const char *name, int error)
{
    fprintf(stderr, "%s%s%s%s%s: %s\n", prefix, what, name == NULL ? "" : " '",
            name == NULL ? "" : name, name == NULL ? "" : "'", strerror(error));
    return false;
}

bool tool_output_begin(tool_output *o)
{
    o->is_read = o->secrets != NULL || o->patterns->count > 0 || o->log_path != NULL || o->is_quiet;
    o->is_one = are_one();
    o->log = -1;
    o->kept.fd = -1;
    if (o->log_path != NULL) {
        o->log = tool_above_streams(
            open(o->log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0666));
        if (o->log < 0)
            return refuse("cannot open the log", o->log_path, errno);
    }
    for (int i = 0; i < 2 && o->patterns->count > 0; i++) {
        if (!tool_watch_begin(&o->watches[i], o->patterns))
            return refuse("cannot search the output", NULL, ENOMEM);
    }
    const int error = o->is_quiet ? tool_kept_begin(&o->kept) : 0;
    return error == 0 || refuse("cannot create a temporary file for the output", NULL, error);
}

static void add_to_log(tool_output *o, const char *bytes, size_t length)
{
    if (o->log < 0 || o->log_error != 0)
        return;
    o->log_error = tool_write(o->log, bytes, length, o->until_ns);
}

/* There is no room to hold back more: shows what was held back, and passes on the rest. */
static void stop_keeping(tool_output *o, int error)
{
    tool_kept_show(&o->kept);
    tool_kept_free(&o->kept);
    tool_output_say(o, "cannot hold back the output any longer: %s", strerror(error));
}

/* Shows the bytes, or holds them back.  Returns 0 or an errno. */
static int put(tool_output *o, staged_output which, const char *bytes, size_t length)
{
    if (o->kept.fd >= 0) {
        const int error = tool_kept_add(&o->kept, which, bytes, length);
        if (error == 0)
            return 0;
        stop_keeping(o, error);
    }
    return tool_write((int)which, bytes, length, o->until_ns);
}

static bool show(void *context, staged_output which, const char *bytes, size_t length)
{
    tool_output *o = context;
    if (o->patterns->count > 0)
        tool_watch_add(&o->watches[which - 1], bytes, length);
    add_to_log(o, bytes, length);
    /* When time is up, that ends the command, and not an output that nobody takes: a SIGPIPE might
     * come first. */
    const int error = put(o, which, bytes, length);
    return error == 0 || error == ETIMEDOUT;
}

void tool_output_prepare(tool_output *o, staged_process_options *options, int64_t until_ns)
{
    o->until_ns = until_ns;
    if (!o->is_read)
        return;
    static const staged_stream shown = {.size = sizeof shown, .kind = STAGED_STREAM_SHOW};
    static const staged_stream joined = {.size = sizeof joined, .kind = STAGED_STREAM_STDOUT};
    options->output = &shown;
    options->error_output = o->is_one ? &joined : &shown;
    options->show = show;
    options->show_context = o;
    options->secrets = o->secrets;
}

bool tool_output_has_found(tool_output *o)
{
    bool has_found = false;
    o->until_ns = TOOL_NEVER;
    for (int i = 0; i < 2; i++) {
        if (tool_watch_end(&o->watches[i]))
            has_found = true;
    }
    return has_found;
}

/* The complete line, which the caller frees; NULL: out of memory. */
static char *line_of(const char *format, va_list values)
{
    va_list again;
    va_copy(again, values);
    const int length = vsnprintf(NULL, 0, format, values);
    const size_t size = sizeof prefix + (size_t)(length < 0 ? 0 : length) + 1;
    char *line = malloc(size);
    if (line != NULL) {
        memcpy(line, prefix, sizeof prefix);
        (void)vsnprintf(line + sizeof prefix - 1, size - sizeof prefix + 1, format, again);
        memcpy(line + size - 2, "\n", 2);
    }
    va_end(again);
    return line;
}

void tool_output_say(tool_output *o, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    char *line = line_of(format, values);
    va_end(values);
    size_t length = 0;
    char *masked =
        line == NULL ? NULL : staged_secrets_mask(o->secrets, line, strlen(line), &length);
    if (masked != NULL) {
        add_to_log(o, masked, length);
        (void)put(o, STAGED_OUTPUT_STDERR, masked, length);
    }
    free(masked);
    free(line);
}

bool tool_output_end(tool_output *o, bool failed)
{
    if (failed)
        tool_kept_show(&o->kept);
    tool_kept_free(&o->kept);
    for (int i = 0; i < 2; i++)
        tool_watch_free(&o->watches[i]);
    if (o->log >= 0 && close(o->log) != 0 && o->log_error == 0)
        o->log_error = errno;
    return o->log_error == 0 || refuse("cannot write all of the log", o->log_path, o->log_error);
}
