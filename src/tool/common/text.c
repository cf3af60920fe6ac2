/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/common/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tool/common/verb.h"

static void *checked(void *memory)
{
    if (memory == NULL) {
        fputs("staged: out of memory\n", stderr);
        exit(TOOL_FAILED);
    }
    return memory;
}

void *sh_alloc(size_t size)
{
    return checked(calloc(1, size));
}

char *sh_copy(const char *text)
{
    return checked(strdup(text));
}

void *sh_grown(void *items, size_t count, size_t item_size)
{
    /* Grows at powers of two, from four on. */
    if (count != 0 && (count < 4 || (count & (count - 1)) != 0))
        return items;
    return checked(realloc(items, (count == 0 ? 4 : 2 * count) * item_size));
}

static void make_room(sh_text *text, size_t more)
{
    if (text->length + more < text->capacity)
        return;
    text->capacity = 2 * (text->length + more) + 64;
    text->bytes = checked(realloc(text->bytes, text->capacity));
}

void sh_text_add(sh_text *text, const void *bytes, size_t length)
{
    make_room(text, length);
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

static void add_values(sh_text *text, const char *format, va_list values) STAGED_PRINTF(2, 0);

static void add_values(sh_text *text, const char *format, va_list values)
{
    va_list again;
    va_copy(again, values);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    make_room(text, (size_t)length);
    (void)vsnprintf(text->bytes + text->length, (size_t)length + 1, format, values);
    text->length += (size_t)length;
}

void sh_text_addf(sh_text *text, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    add_values(text, format, values);
    va_end(values);
}

void sh_text_print(sh_text *text, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    add_values(text, format, values);
    va_end(values);
}

void sh_text_add_word(sh_text *text, const char *word)
{
    sh_text_add(text, "'", 1);
    for (const char *quote; (quote = strchr(word, '\'')) != NULL; word = quote + 1) {
        sh_text_add(text, word, (size_t)(quote - word));
        sh_text_add(text, "'\\''", 4);
    }
    sh_text_addf(text, "%s'", word);
}

const char *sh_text_of(const sh_text *text)
{
    return text->bytes == NULL ? "" : text->bytes;
}

void sh_text_clear(sh_text *text)
{
    text->length = 0;
    if (text->bytes != NULL)
        text->bytes[0] = '\0';
}

void sh_text_free(sh_text *text)
{
    free(text->bytes);
    *text = (sh_text){0};
}

bool sh_is_name(const char *word)
{
    static const char first[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    return *word != '\0' && strchr(first, *word) != NULL &&
           strspn(word, first) + strspn(word + strspn(word, first),
                                        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
                                        "0123456789") ==
               strlen(word);
}
