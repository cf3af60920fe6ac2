/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Reading a command word by word, as CPython's shlex does in its POSIX mode. */
#include "process/scan.h"

stg_scan stg_scan_begin(const char *text, size_t length, char *out)
{
    return (stg_scan){.at = text, .end = text + length, .out = out};
}

bool stg_scan_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Between double quotes a backslash stands for itself, unless a quote or another one follows. */
static stg_scan_result read_double_quoted(stg_scan *s)
{
    for (; s->at < s->end; *s->out++ = *s->at++) {
        if (*s->at == '"')
            return STG_SCAN_WORD;
        if (*s->at != '\\')
            continue;
        if (s->at + 1 == s->end)
            return STG_SCAN_OPEN_ESCAPE;
        if (s->at[1] != '"' && s->at[1] != '\\')
            *s->out++ = '\\';
        s->at++;
    }
    return STG_SCAN_OPEN_QUOTE;
}

static stg_scan_result read_single_quoted(stg_scan *s)
{
    for (; s->at < s->end; *s->out++ = *s->at++) {
        if (*s->at == '\'')
            return STG_SCAN_WORD;
    }
    return STG_SCAN_OPEN_QUOTE;
}

/* Reads one quotation from its first quote to past its last, or one character. */
static stg_scan_result read_piece(stg_scan *s)
{
    stg_scan_result result = STG_SCAN_WORD;
    const char first = *s->at;
    if (first == '"' || first == '\'') {
        s->at++;
        result = first == '"' ? read_double_quoted(s) : read_single_quoted(s);
    } else {
        if (first == '\\' && ++s->at == s->end)
            return STG_SCAN_OPEN_ESCAPE;
        *s->out++ = *s->at;
    }
    s->at++;
    return result;
}

stg_scan_result stg_scan_next(stg_scan *s)
{
    while (s->at < s->end && stg_scan_is_blank(*s->at))
        s->at++;
    if (s->at == s->end)
        return STG_SCAN_END;
    s->word = s->out;
    s->source = s->at;
    while (s->at < s->end && !stg_scan_is_blank(*s->at)) {
        const stg_scan_result result = read_piece(s);
        if (result != STG_SCAN_WORD)
            return result;
    }
    s->source_end = s->at;
    *s->out++ = '\0';
    return STG_SCAN_WORD;
}
