/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/face/step_summary.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <staged/clock.h>

#include "base/system/duration.h"
#include "script/face/annotation.h"

/* All commands of a step may add 1 MiB together.  The first failures say the most, and long reasons
 * are better read in the log. */
enum { MOST = 1 << 20, MOST_FAILURES = 20, MOST_OF_REASON = 4096, ROOM_FOR_REMARKS = 512 };

void stg_step_summary_free(stg_step_summary *summary)
{
    stg_buf_free(&summary->rows);
    stg_buf_free(&summary->failures);
}

/* Adds text with all Markdown escaped. */
static void add_text(stg_buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '&')
            stg_buf_add_text(out, "&amp;");
        else if (*text == '<')
            stg_buf_add_text(out, "&lt;");
        else if (*text == '\n' || *text == '\r')
            stg_buf_add_char(out, ' ');
        else if (strchr("\\`*_{}[]()#+-.!|~>@:", *text) != NULL)
            stg_buf_addf(out, "\\%c", *text);
        else
            stg_buf_add_char(out, *text);
    }
}

/* Adds a block of verbatim text, cut if it is too long, in a fence longer than any in the text. */
static void add_block(stg_buf *out, const char *text)
{
    size_t fence = 3, ticks = 0, length = 0;
    for (; text[length] != '\0' && length < MOST_OF_REASON; length++) {
        ticks = text[length] == '`' ? ticks + 1 : 0;
        if (ticks >= fence)
            fence = ticks + 1;
    }
    while (text[length] != '\0' && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    stg_buf_add_repeated(out, '`', fence);
    stg_buf_add_text(out, "text\n");
    stg_buf_add(out, text, length);
    stg_buf_add_text(out, text[length] == '\0' ? "\n" : "\n... (cut: the log has all of it)\n");
    stg_buf_add_repeated(out, '`', fence);
    stg_buf_add_char(out, '\n');
}

static void add_duration(stg_buf *out, int64_t duration_ns)
{
    const int64_t hundredth_ns = 10000000;
    const int64_t minute_ns = INT64_C(60000000000);
    if (duration_ns < minute_ns) {
        char text[STG_SECONDS_TEXT_SIZE];
        stg_buf_addf(out, "%s s",
                     stg_seconds_text(duration_ns / hundredth_ns * hundredth_ns, text));
        return;
    }
    char text[STAGED_DURATION_TEXT_SIZE];
    staged_duration_text(duration_ns, text, sizeof text);
    text[strcspn(text, ".")] = '\0';
    stg_buf_add_text(out, text);
}

static const char *result_of(const staged_event *event)
{
    switch (event->outcome) {
    case STAGED_OUTCOME_PASSED:
        return event->earlier ? "earlier" : "passed";
    case STAGED_OUTCOME_SKIPPED:
        return "skipped";
    case STAGED_OUTCOME_RETRYING:
        return "retried";
    case STAGED_OUTCOME_ABANDONED:
        return event->may_fail ? "abandoned (may fail)" : "**abandoned**";
    case STAGED_OUTCOME_FAILED:
        return event->may_fail ? "failed (may fail)" : "**failed**";
    case STAGED_OUTCOME_EXITED:
        return "exited";
    case STAGED_OUTCOME_INTERRUPTED:
        return "**interrupted**";
    case STAGED_OUTCOME_NONE:
        break;
    }
    return "";
}

static void add_failure(stg_step_summary *summary, const staged_event *event)
{
    if (++summary->failed > MOST_FAILURES)
        return;
    stg_buf *out = &summary->failures;
    stg_buf_add_text(out, "\n**");
    add_text(out, event->stage);
    stg_buf_add_text(out, "**");
    if (event->where.file != NULL) {
        stg_buf path = {0};
        stg_add_path_in_repository(&path, event->where.file);
        stg_buf_add_text(out, ", ");
        add_text(out, stg_buf_text(&path));
        stg_buf_addf(out, " line %d", event->where.line);
        stg_buf_free(&path);
    }
    stg_buf_add_text(out, "\n\n");
    add_block(out, event->message);
}

void stg_step_summary_add(stg_step_summary *summary, const staged_event *event, int64_t attempts)
{
    if (*event->message != '\0')
        add_failure(summary, event);
    /* Keep no more than can be shown. */
    if (summary->rows.length > MOST)
        return;
    stg_buf *out = &summary->rows;
    stg_buf_add_text(out, "| ");
    add_text(out, event->stage);
    if (event->outcome == STAGED_OUTCOME_SKIPPED || event->earlier)
        stg_buf_addf(out, " | %s | | ", result_of(event));
    else
        stg_buf_addf(out, " | %s | %" PRId64 " | ", result_of(event), attempts);
    add_duration(out, event->duration_ns);
    stg_buf_add_text(out, " |\n");
}

/* The length of as many whole lines as fit. */
static size_t whole_lines(const stg_buf *lines, size_t room)
{
    size_t length = lines->length < room ? lines->length : room;
    while (length > 0 && lines->data[length - 1] != '\n')
        length--;
    return length;
}

static void compose(const stg_step_summary *summary, stg_buf *out, size_t room, const char *name,
                    const staged_event *event)
{
    stg_buf_add_text(out, "\n### ");
    add_text(out, name);
    if (event->exit_status == 0)
        stg_buf_add_text(out, ": passed\n");
    else
        stg_buf_addf(out, ": failed with exit status %d\n", event->exit_status);
    stg_buf_add_text(out,
                     "\n| Stage | Result | Attempts | Duration |\n| --- | --- | ---: | ---: |\n");
    const size_t others = out->length + ROOM_FOR_REMARKS;
    const bool has_failures = others + summary->failures.length <= room;
    const size_t taken = others + (has_failures ? summary->failures.length : 0);
    const size_t rows = whole_lines(&summary->rows, room > taken ? room - taken : 0);
    stg_buf_add(out, stg_buf_text(&summary->rows), rows);
    stg_buf_add_text(out, "| **Total** | | | ");
    add_duration(out, event->duration_ns);
    stg_buf_add_text(out, " |\n");
    if (has_failures)
        stg_buf_add(out, stg_buf_text(&summary->failures), summary->failures.length);
    if (summary->failed > MOST_FAILURES)
        stg_buf_addf(out, "\n%zu more failures are in the log.\n", summary->failed - MOST_FAILURES);
    if (!has_failures || rows < summary->rows.length)
        stg_buf_add_text(
            out, "\nCut: GitHub accepts no more than 1 MiB per step. The log is complete.\n");
}

/* Appends with a single write, so that the summaries of two programs do not mix. */
static int append(int file, const stg_buf *text)
{
    const ssize_t written = write(file, text->data, text->length);
    return written == (ssize_t)text->length ? 0 : written < 0 ? errno : ENOSPC;
}

int stg_step_summary_write(const stg_step_summary *summary, const char *path, const char *name,
                           const staged_event *event)
{
    const int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0)
        return errno;
    struct stat about = {0};
    (void)fstat(file, &about);
    int failure = 0;
    stg_buf text = {0};
    const size_t used = (size_t)about.st_size;
    /* With hardly any room left, not even a remark fits. */
    if (used + 2 * (size_t)ROOM_FOR_REMARKS < MOST) {
        compose(summary, &text, MOST - used, name, event);
        failure = stg_buf_status(&text) == STAGED_OK ? append(file, &text) : ENOMEM;
    }
    stg_buf_free(&text);
    (void)close(file);
    return failure;
}
