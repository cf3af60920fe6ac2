/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The here-documents in a text for a shell. */
#include "process/words/shell_here.h"

#include <string.h>

#include "process/words/lexer.h"
#include "process/words/shell_frame.h"

void stg_here_begin(stg_shell_text *s)
{
    s->here_matched = s->here[0].start;
    s->here_matches = true;
    s->here_indented = s->here[0].strips_tabs;
    s->here_escaped = false;
}

static bool is_quote(char c)
{
    return c == '\'' || c == '"' || c == '\\';
}

/* How far the delimiter goes on with nothing but quotes. */
static size_t past_quotes(const stg_shell_text *s, const char *text, size_t at)
{
    while (at < s->here[0].end && is_quote(text[at]))
        at++;
    return at;
}

/* Returns whether the last one is over. */
static bool end_line(stg_shell_text *s, const char *text)
{
    const bool is_over = s->here_matches && past_quotes(s, text, s->here_matched) == s->here[0].end;
    /* In an unquoted one a backslash joins two lines, of which the second ends nothing. */
    const bool is_joined = s->here_escaped && !s->here[0].is_literal;
    if (is_over) {
        s->here_count--;
        memmove(s->here, s->here + 1, s->here_count * sizeof *s->here);
        if (s->here_count == 0)
            return true;
    }
    stg_here_begin(s);
    s->here_matches = is_over || !is_joined;
    return false;
}

bool stg_here_read(stg_shell_text *s, const char *text)
{
    const char c = text[s->at++];
    if (c == '\n')
        return end_line(s, text);
    s->here_escaped = c == '\\' && !s->here_escaped;
    if (s->here_indented && c == '\t')
        return false;
    s->here_indented = false;
    if (!s->here_matches)
        return false;
    s->here_matched = past_quotes(s, text, s->here_matched);
    s->here_matches = s->here_matched < s->here[0].end && text[s->here_matched] == c;
    s->here_matched++;
    return false;
}

void stg_here_read_delimiter(stg_shell_text *s, const char *text, size_t end, bool strips_tabs)
{
    while (s->at < end && (text[s->at] == ' ' || text[s->at] == '\t'))
        s->at++;
    stg_shell_here_document here = {.start = s->at, .depth = s->depth, .strips_tabs = strips_tabs};
    for (char quote = '\0';
         s->at < end &&
         (quote != '\0' ||
          !stg_token_ends_word(stg_shell_token(text + s->at, text + end, STG_UNQUOTED).kind));
         s->at++) {
        const char c = text[s->at];
        if (c == '`' && ticks_of(s) > 0)
            break;
        here.is_literal = here.is_literal || is_quote(c);
        if (c == '`' || c == '$')
            differ(s);
        if (quote == '\0' && (c == '\'' || c == '"'))
            quote = c;
        else if (c == quote)
            quote = '\0';
    }
    here.end = s->at;
    if (s->at == end) {
        s->cut = STG_PLACE_DELIMITER;
        s->is_lost = true;
    } else if (here.start == here.end || s->here_count == STG_SHELL_HERE_DOCUMENTS) {
        s->is_lost = true;
    } else {
        /* Once, and not at each line. */
        while (here.start < here.end && is_quote(text[here.start]))
            here.start++;
        s->here[s->here_count++] = here;
    }
}

void stg_here_drop(stg_shell_text *s)
{
    while (s->here_count > 0 && s->here[s->here_count - 1].depth >= s->depth) {
        differ(s);
        s->here_count--;
    }
}
