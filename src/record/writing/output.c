/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What commands and stages print, kept as files beside the events. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/system/file.h"
#include "record/writing/record.h"

struct stg_record_output {
    char *path;
    const char *name; /* the part of it from the record's folder on */
    int descriptor;   /* -1: it is not open */
    uint64_t length;
    int error; /* an errno: nothing is kept any more */
};

/* The name of a stage as a part of a file's. */
static void add_stage(stg_buf *path, const char *stage)
{
    enum { LONGEST = 80 };
    for (size_t i = 0; stage[i] != '\0' && i < LONGEST; i++) {
        const unsigned char c = (unsigned char)stage[i];
        stg_buf_add_char(path, c == '/' || c < 0x20 || c == 0x7f ? '_' : stage[i]);
    }
}

stg_record_output *stg_record_output_new(stg_record *record, const char *stage)
{
    stg_record_output *output = calloc(1, sizeof *output);
    if (output == NULL)
        return NULL;
    stg_buf path = {0};
    stg_buf_addf(&path, "%s/output/%04u-", record->directory, ++record->output_count);
    add_stage(&path, *stage == '\0' ? "script" : stage);
    stg_buf_add_text(&path, ".log");
    output->descriptor = -1;
    output->path = stg_buf_take(&path);
    if (output->path == NULL) {
        free(output);
        return NULL;
    }
    output->name = output->path + strlen(record->directory) + 1;
    return output;
}

/* The first byte makes the file, so that there are none without any. */
static int open_file(stg_record_output *output)
{
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_APPEND;
    output->descriptor = stg_file_open(output->path, flags);
    if (output->descriptor < 0 && errno == ENOENT) {
        char *slash = strrchr(output->path, '/');
        *slash = '\0';
        (void)mkdir(output->path, 0700);
        *slash = '/';
        output->descriptor = stg_file_open(output->path, flags);
    }
    return output->descriptor < 0 ? errno : 0;
}

void stg_record_output_add(stg_record_output *output, const char *bytes, size_t length)
{
    if (length == 0 || output->error != 0)
        return;
    if (output->descriptor < 0)
        output->error = open_file(output);
    if (output->error == 0)
        output->error = stg_file_write(output->descriptor, bytes, length);
    if (output->error == 0)
        output->length += length;
}

const char *stg_record_output_name(const stg_record_output *output)
{
    return output->name;
}

uint64_t stg_record_output_length(const stg_record_output *output)
{
    return output->length;
}

void stg_record_output_check(stg_record *record, const stg_record_output *output)
{
    if (output->error != 0)
        stg_record_give_up(record, "cannot keep output in", output->error);
}

void stg_record_output_free(stg_record_output *output)
{
    if (output == NULL)
        return;
    if (output->descriptor >= 0)
        (void)close(output->descriptor);
    free(output->path);
    free(output);
}
