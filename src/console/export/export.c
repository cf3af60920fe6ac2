/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/export/export.h"

#include "base/failure/options.h"
#include "console/export/page.h"

static void export_text(stg_buf *out, const char *text, size_t length)
{
    stg_ansi ansi = {.text = text, .length = length};
    stg_ansi_run run;
    while (stg_ansi_next(&ansi, &run)) {
        if (run.length > 0)
            stg_buf_add(out, run.text, run.length);
        else
            stg_buf_add_char(out, '\n');
    }
    stg_export_end(&ansi, out);
}

char *staged_export_ansi(const staged_export_options *options, const char *bytes, size_t length)
{
    staged_export_options own;
    if (STG_READ_OPTIONS(&own, options, staged_export_options) != NULL)
        return NULL;
    stg_buf out = {0};
    switch (own.format) {
    case STAGED_EXPORT_TEXT:
        export_text(&out, bytes, length);
        break;
    case STAGED_EXPORT_ANSI:
        stg_buf_add(&out, bytes, length);
        break;
    case STAGED_EXPORT_HTML:
        stg_export_html(&out, bytes, length, &own);
        break;
    case STAGED_EXPORT_SVG:
        stg_export_svg(&out, bytes, length, &own);
        break;
    }
    return stg_buf_take(&out);
}
