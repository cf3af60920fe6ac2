/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/text/quote.h"

#include <string.h>

static bool is_safe(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("_@%+=:,./-", c) != NULL);
}

bool stg_word_is_safe(const char *word, size_t length)
{
    size_t i = 0;
    while (i < length && is_safe(word[i]))
        i++;
    return length > 0 && i == length;
}

void stg_quote_in_single(stg_buf *out, const char *text, size_t length)
{
    /* A single quote cannot appear inside single quotes, so it goes into double quotes. */
    for (const char *end = text + length; text < end;) {
        const char *quote = memchr(text, '\'', (size_t)(end - text));
        const char *stop = quote == NULL ? end : quote;
        stg_buf_add(out, text, (size_t)(stop - text));
        if (quote != NULL)
            stg_buf_add_text(out, "'\"'\"'");
        text = quote == NULL ? end : quote + 1;
    }
}

void stg_quote_in_double(stg_buf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] != '\0' && strchr("\\\"$`", text[i]) != NULL)
            stg_buf_add_char(out, '\\');
        stg_buf_add_char(out, text[i]);
    }
}

void stg_quote_always(stg_buf *out, const char *word, size_t length)
{
    stg_buf_add_char(out, '\'');
    stg_quote_in_single(out, word, length);
    stg_buf_add_char(out, '\'');
}

void stg_quote_word(stg_buf *out, const char *word, size_t length)
{
    if (stg_word_is_safe(word, length))
        stg_buf_add(out, word, length);
    else
        stg_quote_always(out, word, length);
}

bool stg_is_variable_name(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        const char c = text[i];
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!is_letter && (i == 0 || c < '0' || c > '9'))
            return false;
    }
    return length > 0;
}
