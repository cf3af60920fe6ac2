/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "base/text/buf.h"
#include "console/markup/markup.h"

char *staged_markup_escape(const char *text)
{
    const size_t length = strlen(text);
    stg_buf out = {0};
    size_t done = 0;
    for (size_t at = 0; at < length; at++) {
        if (text[at] != '[' || stg_markup_end_of_tag(text, at, length) == 0)
            continue;
        size_t backslashes = 0;
        while (at - backslashes > done && text[at - backslashes - 1] == '\\')
            backslashes++;
        stg_buf_add(&out, text + done, at - done);
        stg_buf_add_repeated(&out, '\\', backslashes + 1);
        done = at;
    }
    stg_buf_add(&out, text + done, length - done);
    /* A backslash at the end would escape what comes after it. */
    const bool ends_odd =
        length > 0 && text[length - 1] == '\\' && (length < 2 || text[length - 2] != '\\');
    stg_buf_add_text(&out, ends_odd ? "\\" : "");
    return stg_buf_take(&out);
}
