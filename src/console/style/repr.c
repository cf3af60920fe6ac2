/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/style/repr.h"

#include <string.h>

#include "base/utf8.h"

/* Characters that leave no mark of their own, in rising order. */
static const struct {
    uint32_t first, last;
} unprintable[] = {
    {0x00, 0x1F},     {0x7F, 0xA0},     {0xAD, 0xAD},     {0x1680, 0x1680},   {0x180E, 0x180E},
    {0x2000, 0x200F}, {0x2028, 0x202F}, {0x205F, 0x206F}, {0x3000, 0x3000},   {0xE000, 0xF8FF},
    {0xFEFF, 0xFEFF}, {0xFFF0, 0xFFFB}, {0xFFFE, 0xFFFF}, {0xE0000, 0xE00FF}, {0xF0000, 0x10FFFF},
};

static bool is_printable(uint32_t codepoint)
{
    for (size_t i = 0; i < sizeof unprintable / sizeof *unprintable; i++)
        if (codepoint <= unprintable[i].last)
            return codepoint < unprintable[i].first;
    return true;
}

static void add_escape(stg_buf *out, uint32_t codepoint)
{
    if (codepoint == '\n')
        stg_buf_add_text(out, "\\n");
    else if (codepoint == '\r')
        stg_buf_add_text(out, "\\r");
    else if (codepoint == '\t')
        stg_buf_add_text(out, "\\t");
    else if (codepoint <= 0xFF)
        stg_buf_addf(out, "\\x%02x", (unsigned)codepoint);
    else if (codepoint <= 0xFFFF)
        stg_buf_addf(out, "\\u%04x", (unsigned)codepoint);
    else
        stg_buf_addf(out, "\\U%08x", (unsigned)codepoint);
}

void stg_repr(stg_buf *out, const char *text, size_t length)
{
    const bool has_single = length > 0 && memchr(text, '\'', length) != NULL;
    const bool has_double = length > 0 && memchr(text, '"', length) != NULL;
    const char quote = has_single && !has_double ? '"' : '\'';
    stg_buf_add_char(out, quote);
    for (size_t i = 0; i < length;) {
        uint32_t codepoint;
        const size_t size = stg_utf8_decode(text + i, length - i, &codepoint);
        if (codepoint == (unsigned char)quote || codepoint == '\\')
            stg_buf_add_char(out, '\\');
        if (is_printable(codepoint))
            stg_buf_add_codepoint(out, codepoint);
        else
            add_escape(out, codepoint);
        i += size;
    }
    stg_buf_add_char(out, quote);
}

staged_status stg_repr_error(stg_error *error, const char *before, const char *text, size_t length,
                             const char *after)
{
    if (error == NULL)
        return STAGED_BAD_MARKUP;
    stg_buf message = {0};
    stg_buf_add_text(&message, before);
    stg_repr(&message, text, length);
    stg_buf_add_text(&message, after);
    const staged_status status = stg_buf_status(&message);
    if (status == STAGED_OK)
        stg_error_set(error, STAGED_BAD_MARKUP, "%s", stg_buf_text(&message));
    else
        stg_error_set(error, status, "%s", staged_status_text(status));
    stg_buf_free(&message);
    return status == STAGED_OK ? STAGED_BAD_MARKUP : status;
}
