/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Exports of a console's recording. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/export.h>

#include "base/failure/options.h"
#include "console/device/console_impl.h"

/* The document, from a locked console; NULL when out of memory. */
static char *export(const staged_console *console, staged_export_options chosen)
{
    if (chosen.width == 0)
        chosen.width = console->width;
    return staged_export_ansi(&chosen, stg_buf_text(&console->recorded), console->recorded.length);
}

static void forget(staged_console *console, const staged_export_options *options)
{
    if (!options->keep)
        stg_buf_clear(&console->recorded);
}

char *staged_console_export(staged_console *console, const staged_export_options *options)
{
    staged_export_options own;
    const char *problem = STG_READ_OPTIONS(&own, options, staged_export_options);
    stg_console_lock(console);
    if (problem != NULL) {
        (void)stg_console_fail(console, STAGED_BAD_USE, problem);
        return NULL;
    }
    char *document = export(console, own);
    if (document != NULL)
        forget(console, &own);
    stg_console_unlock(console);
    return document;
}

/* Returns 0 or an error number. */
static int write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    if (file == NULL)
        return errno;
    int failure = fputs(text, file) < 0 ? errno : 0;
    if (fclose(file) != 0 && failure == 0)
        failure = errno;
    return failure;
}

staged_status staged_console_save(staged_console *console, const staged_export_options *options,
                                  const char *path)
{
    staged_export_options own;
    const char *problem = STG_READ_OPTIONS(&own, options, staged_export_options);
    stg_console_lock(console);
    if (problem != NULL)
        return stg_console_fail(console, STAGED_BAD_USE, problem);
    char *document = export(console, own);
    if (document == NULL)
        return stg_console_fail(console, STAGED_NO_MEMORY, staged_status_text(STAGED_NO_MEMORY));
    const int failure = write_file(path, document);
    free(document);
    staged_status status = STAGED_OK;
    if (failure == 0)
        forget(console, &own);
    else
        status = stg_error_set(&console->error, STAGED_IO, "cannot write %s: %s", path,
                               strerror(failure));
    stg_console_unlock(console);
    return status;
}
