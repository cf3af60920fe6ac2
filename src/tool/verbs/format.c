/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Formats of verbs: markup with conversions, like printf's, for values that are data. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/words.h>

#include "tool/verbs/verb.h"

void sh_format_free(sh_format *format)
{
    sh_text_free(&format->format);
    for (size_t i = 0; i < SH_MOST_VALUES; i++)
        free(format->values[i]);
    *format = (sh_format){0};
}

/* A value as a conversion shows it; NULL: the value does not fit the conversion. */
static char *convert(const char *conversion, size_t length, const char *value)
{
    const char kind = conversion[length - 1];
    char pattern[40];
    sh_text text = {0};
    if (length + 3 > sizeof pattern)
        return NULL;
    memcpy(pattern, conversion, length - 1);
    pattern[length - 1] = '\0';
    char *end = NULL;
    errno = 0;
    if (strchr("di", kind) != NULL) {
        const long long number = strtoll(value, &end, 0);
        (void)strcat(pattern, "lld");
        sh_text_print(&text, pattern, number);
    } else if (strchr("ouxX", kind) != NULL) {
        const unsigned long long number = strtoull(value, &end, 0);
        (void)strncat(strcat(pattern, "ll"), &kind, 1);
        sh_text_print(&text, pattern, number);
    } else if (strchr("fFeEgG", kind) != NULL) {
        const double number = strtod(value, &end);
        (void)strncat(pattern, &kind, 1);
        sh_text_print(&text, pattern, number);
    } else if (kind == 'q') {
        char *word = staged_word_quote(value);
        return word == NULL ? sh_copy(value) : word;
    } else {
        (void)strcat(pattern, "s");
        sh_text_print(&text, pattern, value);
    }
    if (end != NULL && (end == value || *end != '\0' || errno != 0)) {
        sh_text_free(&text);
        return NULL;
    }
    return text.bytes == NULL ? sh_copy("") : text.bytes;
}

static size_t length_of_conversion(const char *at)
{
    const size_t length = 1 + strspn(at + 1, "-+ #0123456789.'");
    return at[length] != '\0' && strchr("sdiouxXfFeEgGq", at[length]) != NULL ? length + 1 : 0;
}

typedef struct reading {
    sh_shell *shell;
    const sh_request *request;
    sh_format *format;
    size_t next_word;
    size_t count;
} reading;

static bool take_conversion(reading *r, const char *at, size_t length)
{
    const sh_request *request = r->request;
    if (length == 0) {
        sh_bad_verb(r->shell, request, "%s: '%.4s' is not a conversion; write '%%%%' for '%%'",
                    request->verb, at);
        return false;
    }
    if (r->next_word >= request->word_count || r->count >= SH_MOST_VALUES) {
        sh_bad_verb(r->shell, request, "%s: the format has more conversions than there are values",
                    request->verb);
        return false;
    }
    const char *value = request->words[r->next_word++];
    char *shown = convert(at, length, value);
    if (shown == NULL) {
        sh_bad_verb(r->shell, request, "%s: '%s' is not a number, as '%.*s' needs one",
                    request->verb, value, (int)length, at);
        return false;
    }
    r->format->values[r->count++] = shown;
    sh_text_addf(&r->format->format, "%%s");
    return true;
}

bool sh_format_words(sh_shell *shell, const sh_request *request, size_t first, sh_format *format)
{
    *format = (sh_format){0};
    if (first >= request->word_count) {
        sh_bad_verb(shell, request, "%s needs a text", request->verb);
        return false;
    }
    reading r = {
        .shell = shell, .request = request, .format = format, .next_word = first + 1, .count = 0};
    for (const char *at = request->words[first]; *at != '\0'; at++) {
        if (at[0] == '%' && at[1] == '%') {
            sh_text_add(&format->format, at++, 2);
        } else if (at[0] == '%') {
            const size_t length = length_of_conversion(at);
            if (!take_conversion(&r, at, length))
                return false;
            at += length - 1;
        } else if (at[0] == '\\' && at[1] == 'n') {
            sh_text_add(&format->format, "\n", 1);
            at++;
        } else {
            sh_text_add(&format->format, at, 1);
        }
    }
    if (r.next_word < request->word_count) {
        sh_bad_verb(shell, request, "%s: there are more values than conversions in the format",
                    request->verb);
        return false;
    }
    sh_text_add(&format->format, "", 0);
    return true;
}
