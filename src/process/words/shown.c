/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/framework.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"
#include "base/text/quote.h"
#include "base/text/utf8.h"
#include "process/words/lexer.h"
#include "process/words/shell_scan.h"
#include "process/words/shell_whole.h"
#include "process/words/shell_word.h"

/* ---- What cannot be shown ---- */

/* Characters that a terminal obeys, that change the order in which others are shown, or that end a
 * line for some programs. */
static bool is_obeyed(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

/* The length of what is at `at`, if it can only be written as a number; otherwise 0. */
static size_t unshowable(const char *at, const char *end, bool ascii)
{
    uint32_t c;
    const size_t length = stg_utf8_decode(at, (size_t)(end - at), &c);
    const bool is_broken = length == 1 && (unsigned char)*at >= 0x80;
    if (*at == '\n' || !(is_broken || is_obeyed(c) || (ascii && c >= 0x80)))
        return 0;
    return length;
}

/* A blank at the end of a line would be lost. */
static bool is_lost_blank(const char *at)
{
    return *at == ' ' && (at[1] == '\n' || at[1] == '\0');
}

static bool has_unshowable(const char *text, bool ascii)
{
    const char *end = text + strlen(text);
    for (; text < end; text++) {
        const unsigned char c = (unsigned char)*text;
        if (is_lost_blank(text) || ((c < 0x20 || c >= 0x7F) && unshowable(text, end, ascii) > 0))
            return true;
        /* Past the rest of a character. */
        uint32_t codepoint;
        text += c < 0x80 ? 0 : stg_utf8_decode(text, (size_t)(end - text), &codepoint) - 1;
    }
    return false;
}

/* Adds the characters here that cannot be shown, and returns where they end.
 *   is_plain  a tab ends it, as it ends a word */
static const char *add_numbers(stg_buf *out, const char *at, const char *end, bool ascii,
                               bool is_plain)
{
    const char *begin = at;
    stg_buf_add_text(out, "$(printf '");
    for (size_t length; at < end; at += length) {
        length = at == begin && is_lost_blank(at) ? 1 : unshowable(at, end, ascii);
        if (length == 0 || (is_plain && *at == '\t' && at > begin))
            break;
        for (size_t i = 0; i < length; i++)
            stg_buf_addf(out, "\\%03o", (unsigned)(unsigned char)at[i]);
    }
    stg_buf_add_text(out, "')");
    return at;
}

/* Adds what cannot be shown, from `at` in a place of the command. */
static const char *add_unshowable(stg_buf *out, const stg_shell_scan *scan, const char *at,
                                  bool ascii)
{
    switch (scan->place) {
    case STG_SHELL_SINGLE:
        stg_buf_add_text(out, "'\"");
        at = add_numbers(out, at, scan->end, ascii, false);
        stg_buf_add_text(out, "\"'");
        return at;
    case STG_SHELL_DOUBLE:
        return add_numbers(out, at, scan->end, ascii, false);
    case STG_SHELL_PLAIN:
        stg_buf_add_char(out, '"');
        at = add_numbers(out, at, scan->end, ascii, true);
        stg_buf_add_char(out, '"');
        return at;
    case STG_SHELL_COMMENT:
    case STG_SHELL_DOCUMENT:
        break;
    }
    stg_buf_add_char(out, '?');
    return at + unshowable(at, scan->end, ascii);
}

/* Moves on over bytes that are no ASCII, and so mean nothing to a shell. */
static void move_to(stg_shell_scan *scan, const char *at)
{
    while (scan->at < at)
        stg_shell_scan_step(scan);
}

/* Adds one step of a command whose quotations are known. */
static void add_step(stg_buf *out, stg_shell_scan *scan, bool ascii)
{
    const char *at = scan->at;
    size_t length = stg_shell_scan_length(scan);
    const bool is_plain = scan->place == STG_SHELL_PLAIN;
    if (is_plain && *at == '\t') {
        stg_buf_add_char(out, ' ');
    } else if (is_plain && scan->begins_word && strncmp(at, "***", 3) == 0) {
        /* A masked secret must not expand to file names. */
        stg_buf_add_text(out, "'***'");
        length = 3;
    } else if (length == 2 && (unshowable(at + 1, scan->end, ascii) > 0 || is_lost_blank(at + 1))) {
        /* Inside double quotes the backslash is literal. */
        if (!is_plain)
            stg_buf_add_text(out, "\\\\");
        move_to(scan, add_unshowable(out, scan, at + 1, ascii));
        return;
    } else if (unshowable(at, scan->end, ascii) > 0 ||
               (is_lost_blank(at) &&
                (scan->place == STG_SHELL_SINGLE || scan->place == STG_SHELL_DOUBLE))) {
        move_to(scan, add_unshowable(out, scan, at, ascii));
        return;
    } else {
        /* All of the character that it ends in. */
        uint32_t codepoint;
        const char *last = at + length - 1;
        length += stg_utf8_decode(last, (size_t)(scan->end - last), &codepoint) - 1;
        stg_buf_add(out, at, length);
    }
    move_to(scan, at + length);
}

static stg_shell_scan scan_of_all(const char *command)
{
    stg_shell_scan scan = stg_shell_scan_begin(command);
    while (stg_shell_scan_length(&scan) > 0)
        stg_shell_scan_step(&scan);
    scan.open = scan.open || scan.delimiter != NULL || scan.place == STG_SHELL_SINGLE ||
                scan.place == STG_SHELL_DOUBLE;
    return scan;
}

void stg_show_command(stg_buf *out, const char *command, bool ascii)
{
    const stg_shell_scan whole = scan_of_all(command);
    if (whole.open || (whole.beyond && has_unshowable(command, ascii)) ||
        !stg_shell_is_whole(command)) {
        stg_buf apart = {0};
        stg_buf_add_text(&apart, "sh -c ");
        stg_quote_word(&apart, command, strlen(command));
        if (apart.failure != STAGED_OK)
            out->failure = apart.failure;
        else
            stg_show_command(out, stg_buf_text(&apart), ascii);
        stg_buf_free(&apart);
        return;
    }
    if (whole.beyond) {
        stg_buf_add_text(out, command);
        return;
    }
    stg_shell_scan scan = stg_shell_scan_begin(command);
    while (stg_shell_scan_length(&scan) > 0)
        add_step(out, &scan, ascii);
}

/* ---- What a shell has of its own ---- */

static bool is_among(const char *const *list, const char *word, size_t length)
{
    for (; *list != NULL; list++) {
        if (strncmp(*list, word, length) == 0 && (*list)[length] == '\0')
            return true;
    }
    return false;
}

void stg_show_words(stg_buf *out, const char *const *words, size_t count)
{
    bool has_backslash = false;
    for (size_t i = 1; i < count; i++)
        has_backslash = has_backslash || strchr(words[i], '\\') != NULL;
    const size_t length = strlen(words[0]);
    /* Shells read backslashes themselves, the program does not. */
    if (has_backslash && strcmp(words[0], "echo") == 0)
        stg_buf_add_text(out, "env ");
    if (stg_shell_is_keyword(words[0], length) ||
        (stg_word_is_safe(words[0], length) && strchr(words[0], '=') != NULL))
        stg_buf_addf(out, "'%s'", words[0]);
    else
        stg_quote_word(out, words[0], length);
    for (size_t i = 1; i < count; i++) {
        stg_buf_add_char(out, ' ');
        stg_quote_word(out, words[i], strlen(words[i]));
    }
}

static bool is_assignment(const char *word, size_t length)
{
    const char *equals = memchr(word, '=', length);
    if (equals != NULL && equals > word + 1 && equals[-1] == '+')
        equals--;
    return equals != NULL && equals > word &&
           strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") ==
               (size_t)(equals - word);
}

static bool is_continuation(const stg_shell_scan *scan)
{
    return scan->place == STG_SHELL_PLAIN && scan->at[0] == '\\' && scan->at[1] == '\n';
}

/* The name of the command that a word is, without its quotes. */
static bool is_changing(const char *word, size_t length)
{
    static const char *const changing[] = {
        ".",        "alias",  "break",  "builtin", "cd",     "command",  "continue", "declare",
        "enable",   "eval",   "exec",   "exit",    "export", "function", "getopts",  "hash",
        "let",      "local",  "logout", "mapfile", "popd",   "pushd",    "read",     "readarray",
        "readonly", "return", "set",    "shift",   "shopt",  "source",   "trap",     "typeset",
        "ulimit",   "umask",  "unset",  "unalias", "wait",   NULL};
    char name[16];
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        if (strchr("\\'\"", word[i]) != NULL)
            continue;
        if (used == sizeof name)
            return false;
        name[used++] = word[i];
    }
    return is_among(changing, name, used);
}

/* ${NAME=word}, ${NAME:=word}, and NAME (). */
static bool is_definition(const stg_shell_scan *scan)
{
    const char *at = scan->at;
    if (scan->place == STG_SHELL_PLAIN && *at == '(')
        return at[1 + strspn(at + 1, " \t")] == ')';
    if (scan->place == STG_SHELL_SINGLE || scan->place == STG_SHELL_COMMENT || at[0] != '$' ||
        at[1] != '{')
        return false;
    at += 2;
    while (stg_shell_is_name_character(*at))
        at++;
    return at[*at == ':'] == '=';
}

/* Whether a command changes the shell that runs it. */
static bool changes_shell(const char *command)
{
    stg_shell_scan scan = stg_shell_scan_begin(command);
    bool is_command = true;   /* if a word begins here, it is a command */
    bool is_assigned = false; /* a variable is, unless a command follows */
    bool is_target = false;   /* the word belongs to a redirection */
    for (; stg_shell_scan_length(&scan) > 0; stg_shell_scan_step(&scan)) {
        if (is_definition(&scan))
            return true;
        if (scan.place != STG_SHELL_PLAIN || is_continuation(&scan))
            continue;
        if (strchr("<>", *scan.at) != NULL) {
            is_target = true;
        } else if (is_target) {
            /* Also what a descriptor is copied from: 2>&1. */
            is_target = scan.begins_word && strchr(" \t&|", *scan.at) != NULL;
        } else if (strchr(";&|()\n", *scan.at) != NULL) {
            if (is_assigned)
                return true;
            is_command = true;
        } else if (scan.begins_word && is_command && strchr(" \t", *scan.at) == NULL) {
            const size_t length = stg_shell_bare_length(scan.at);
            /* 2>file: no word */
            if (strchr("<>", scan.at[length]) != NULL && scan.at[length] != '\0' &&
                strspn(scan.at, "0123456789") == length)
                continue;
            if (is_changing(scan.at, length))
                return true;
            is_assigned = is_assignment(scan.at, length);
            is_command = is_assigned || stg_shell_is_keyword(scan.at, length);
        }
    }
    return is_assigned;
}

void stg_show_apart(stg_buf *out, const char *before, const char *command)
{
    if (*before == '\0' && !changes_shell(command)) {
        stg_buf_add_text(out, command);
        return;
    }
    const stg_shell_scan whole = scan_of_all(command);
    const bool needs_line = whole.place == STG_SHELL_COMMENT || whole.after_document;
    /* Two parentheses would begin arithmetic. */
    stg_buf_addf(out, "(%s%s%s", before, *before == '\0' && *command == '(' ? " " : "", command);
    stg_buf_add_text(out, needs_line ? "\n)" : ")");
}

void stg_show_comment(stg_buf *out, const char *comment)
{
    if (*comment == '\0')
        return;
    stg_buf_add_text(out, scan_of_all(stg_buf_text(out)).after_document ? "\n# " : "  # ");
    for (; *comment != '\0'; comment++)
        stg_buf_add_char(out, (unsigned char)*comment < 0x20 ? ' ' : *comment);
}

/* ---- Parts ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Skips blanks and ends of lines; returns what there was. */
static stg_part skip_gap(stg_shell_scan *scan, stg_gap gap)
{
    stg_part part = {.gap = gap};
    for (; stg_shell_scan_length(scan) > 0; stg_shell_scan_step(scan)) {
        if (*scan->at == '\n') {
            part.gap = STG_GAP_LINE;
            part.indent = 0;
        } else if (is_continuation(scan)) {
            part.gap = part.gap == STG_GAP_LINE ? STG_GAP_LINE : STG_GAP_CONTINUED;
            part.indent = 0;
        } else if (is_blank(*scan->at)) {
            part.indent++;
        } else {
            break;
        }
    }
    return part;
}

/* Whether a word ends here.  What is escaped or quoted does not end it, nor does an operator. */
static bool ends_here(const stg_shell_scan *scan)
{
    if (*scan->at == '\n')
        return scan->place == STG_SHELL_PLAIN || scan->place == STG_SHELL_COMMENT;
    if (scan->place != STG_SHELL_PLAIN)
        return false;
    return is_blank(*scan->at) || (is_continuation(scan) && is_blank(scan->at[2]));
}

/* Reads a word; returns false if it has a line end in it, which has to stay where it is. */
static bool read_word(stg_shell_scan *scan)
{
    for (; stg_shell_scan_length(scan) > 0 && !ends_here(scan); stg_shell_scan_step(scan)) {
        if (*scan->at == '\n' || is_continuation(scan))
            return false;
    }
    return true;
}

static bool read_parts(stg_parts *parts, const char *command)
{
    stg_shell_scan scan = stg_shell_scan_begin(command);
    stg_part part = skip_gap(&scan, STG_GAP_LINE);
    while (stg_shell_scan_length(&scan) > 0) {
        part.at = (size_t)(scan.at - command);
        if (!read_word(&scan))
            return false;
        part.length = (size_t)(scan.at - command) - part.at;
        if (!stg_grow(&parts->items, &parts->capacity, parts->count + 1, sizeof parts->items[0])) {
            parts->failed = true;
            return false;
        }
        parts->items[parts->count++] = part;
        part = skip_gap(&scan, STG_GAP_BLANK);
    }
    return true;
}

stg_parts stg_parts_of(const char *command)
{
    stg_parts parts = {0};
    const stg_shell_scan whole = scan_of_all(command);
    parts.movable = !whole.beyond && !whole.open && read_parts(&parts, command);
    if (!parts.movable)
        parts.count = 0;
    return parts;
}

void stg_parts_free(stg_parts *parts)
{
    free(parts->items);
    *parts = (stg_parts){0};
}
