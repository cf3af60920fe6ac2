/* SPDX-License-Identifier: BSD-3-Clause */
#include "record/format/json.h"

#include <stdbool.h>
#include <string.h>

#include "base/text/utf8.h"

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

static void add_control(stg_buf *out, unsigned char c)
{
    static const char letters[] = "btn\0fr";
    if (c == '"' || c == '\\')
        stg_buf_addf(out, "\\%c", c);
    else if (c >= '\b' && c <= '\r' && letters[c - '\b'] != '\0')
        stg_buf_addf(out, "\\%c", letters[c - '\b']);
    else
        stg_buf_addf(out, "\\u%04x", c);
}

void stg_json_add_text(stg_buf *out, const char *bytes, size_t length)
{
    stg_buf_add_char(out, '"');
    for (size_t at = 0; at < length;) {
        size_t plain = at;
        while (plain < length && is_plain((unsigned char)bytes[plain]))
            plain++;
        stg_buf_add(out, bytes + at, plain - at);
        at = plain;
        if (at == length)
            break;
        const unsigned char c = (unsigned char)bytes[at];
        uint32_t codepoint;
        size_t taken = 1;
        if (c < 0x80)
            add_control(out, c);
        else if ((taken = stg_utf8_decode(bytes + at, length - at, &codepoint)) > 1)
            stg_buf_add(out, bytes + at, taken);
        else
            stg_buf_addf(out, "\\udc%02x", c);
        at += taken;
    }
    stg_buf_add_char(out, '"');
}

void stg_json_add_name(stg_buf *out, const char *name)
{
    const char last = out->length == 0 ? '{' : out->data[out->length - 1];
    if (last != '{' && last != '[')
        stg_buf_add_char(out, ',');
    if (name == NULL)
        return;
    stg_json_add_text(out, name, strlen(name));
    stg_buf_add_char(out, ':');
}
