/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/quote.h"

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

void stg_quote_word(stg_buf *out, const char *word, size_t length)
{
    if (stg_word_is_safe(word, length)) {
        stg_buf_add(out, word, length);
        return;
    }
    stg_buf_add_char(out, '\'');
    /* A single quote cannot stand between single quotes: it goes between double ones. */
    for (const char *end = word + length; word < end;) {
        const char *quote = memchr(word, '\'', (size_t)(end - word));
        const char *stop = quote == NULL ? end : quote;
        stg_buf_add(out, word, (size_t)(stop - word));
        if (quote != NULL)
            stg_buf_add_text(out, "'\"'\"'");
        word = quote == NULL ? end : quote + 1;
    }
    stg_buf_add_char(out, '\'');
}
