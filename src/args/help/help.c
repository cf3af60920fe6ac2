/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/help/help.h"

#include <stdlib.h>
#include <string.h>

#include "args/model/argument.h"
#include "args/values/wrap.h"
#include "base/unicode/unicode.h"

enum { INDENT = 2, WIDEST_FLAGS = 24, NARROWEST_TEXT = 11 };

/* A help text in the making. */
typedef struct layout {
    stg_buf *out;
    const staged_parser *parser;
    const stg_colors *colors; /* NULL: none */
    long width;
    long help_column;
    long indent; /* of the section that is being written */
} layout;

static long longer(long a, long b)
{
    return a > b ? a : b;
}

/* ---- Descriptions ---- */

static void add_raw(layout *l, const char *text)
{
    while (*text != '\0') {
        size_t length;
        size_t full_length;
        const char *line = stg_next_line(&text, &length, &full_length);
        stg_buf_add_repeated(l->out, ' ', (size_t)l->indent);
        stg_buf_add(l->out, line, full_length);
    }
    stg_buf_add_char(l->out, '\n');
}

static void add_text(layout *l, stg_text text)
{
    if (text.text == NULL)
        return;
    stg_buf filled = {0};
    if (strstr(text.text, "%(prog)") != NULL)
        stg_add_with_prog(&filled, l->parser, text.text);
    else
        stg_buf_add_text(&filled, text.text);
    if ((l->parser->formatter & (STAGED_HELP_RAW_DESCRIPTION | STAGED_HELP_RAW_TEXT)) != 0) {
        add_raw(l, stg_buf_text(&filled));
    } else {
        const size_t start = l->out->length;
        const long width = longer(l->width - l->indent, NARROWEST_TEXT) - l->indent;
        stg_add_wrapped(l->out, stg_buf_text(&filled), (size_t)width, (size_t)l->indent,
                        (size_t)l->indent);
        if (l->out->length == start)
            stg_buf_add_char(l->out, '\n');
    }
    stg_buf_add_char(l->out, '\n');
    if (filled.failure != STAGED_OK)
        l->out->failure = filled.failure;
    stg_buf_free(&filled);
}

/* ---- Arguments ---- */

/* An entry of a help list: its words for the flags, and its help. */
static void add_lines(layout *l, const char *text, size_t first_indent)
{
    const size_t column = (size_t)l->help_column;
    if ((l->parser->formatter & STAGED_HELP_RAW_TEXT) == 0) {
        const long width = longer(l->width - l->help_column, NARROWEST_TEXT);
        stg_add_wrapped(l->out, text, (size_t)width, first_indent, column);
        return;
    }
    for (size_t indent = first_indent; *text != '\0'; indent = column) {
        size_t length;
        size_t full_length;
        const char *line = stg_next_line(&text, &length, &full_length);
        stg_buf_add_repeated(l->out, ' ', indent);
        stg_buf_add(l->out, line, length);
        stg_buf_add_char(l->out, '\n');
    }
}

static bool is_blank(const char *text)
{
    size_t length = strlen(text);
    stg_strip(&text, &length);
    return length == 0;
}

/* Whether there is help for an argument; a variable is worth showing without a text, too. */
static bool has_help(const staged_argument *argument)
{
    return argument->help.text != NULL && !is_blank(argument->help.text);
}

/* Writes the left side: returns how far the help, on the same or the next line, is indented. */
static size_t add_left(layout *l, const stg_buf *left, bool help_follows)
{
    const long room = l->help_column - l->indent - 2;
    const long used = (long)stg_columns_of(stg_buf_text(left), left->length);
    stg_buf_add_repeated(l->out, ' ', (size_t)l->indent);
    stg_buf_add(l->out, stg_buf_text(left), left->length);
    if (!help_follows || used > room) {
        stg_buf_add_char(l->out, '\n');
        return (size_t)l->help_column;
    }
    stg_buf_add_repeated(l->out, ' ', (size_t)(room - used) + 2);
    return 0;
}

static void add_entry(layout *l, const stg_buf *left, const char *help, const stg_buf *help_text)
{
    if (help == NULL || *help == '\0') {
        add_left(l, left, false);
        return;
    }
    const size_t first_indent = add_left(l, left, true);
    if (is_blank(help)) {
        if (first_indent == 0)
            stg_buf_add_char(l->out, '\n');
    } else {
        add_lines(l, stg_buf_text(help_text), first_indent);
    }
}

static void add_commands(layout *l, const staged_commands *commands)
{
    l->indent += INDENT;
    stg_buf left = {0};
    stg_buf text = {0};
    for (size_t i = 0; i < commands->count; i++) {
        const stg_command *command = commands->items[i];
        if (command->help == NULL)
            continue;
        stg_buf_clear(&left);
        stg_buf_clear(&text);
        stg_begin_part(&left, l->colors, STG_PART_ACTION);
        stg_add_command_invocation(&left, command);
        stg_end_part(&left, l->colors, STG_PART_ACTION);
        stg_add_command_help(&text, l->parser, command);
        add_entry(l, &left, command->help, &text);
        if (left.failure != STAGED_OK || text.failure != STAGED_OK)
            l->out->failure = STAGED_NO_MEMORY;
    }
    stg_buf_free(&left);
    stg_buf_free(&text);
    l->indent -= INDENT;
}

static void add_argument(layout *l, const staged_argument *argument)
{
    stg_buf left = {0};
    stg_buf text = {0};
    stg_add_invocation(&left, argument, l->colors);
    if (has_help(argument))
        stg_add_help_text(&text, argument);
    add_entry(l, &left, argument->help.text, &text);
    if (left.failure != STAGED_OK || text.failure != STAGED_OK)
        l->out->failure = STAGED_NO_MEMORY;
    stg_buf_free(&left);
    stg_buf_free(&text);
    if (argument->commands != NULL)
        add_commands(l, argument->commands);
}

/* ---- Sections ---- */

static void add_group(layout *l, const staged_argument_group *group)
{
    const size_t start = l->out->length;
    stg_buf_add_char(l->out, '\n');
    if (group->title.text != NULL) {
        stg_begin_part(l->out, l->colors, STG_PART_HEADING);
        stg_buf_addf(l->out, "%s:", group->title.text);
        stg_end_part(l->out, l->colors, STG_PART_HEADING);
        stg_buf_add_char(l->out, '\n');
    }
    const size_t before = l->out->length;
    l->indent = INDENT;
    add_text(l, group->description);
    for (size_t i = 0; i < group->count; i++) {
        if (!stg_is_hidden(group->arguments[i]))
            add_argument(l, group->arguments[i]);
    }
    l->indent = 0;
    if (l->out->length == before)
        stg_buf_truncate(l->out, start); /* a section without contents is not there */
    else
        stg_buf_add_char(l->out, '\n');
}

/* Takes note of an entry's left side, and empties it for the next one. */
static void measure(layout *l, stg_buf *left, long indent, long *widest)
{
    *widest = longer(*widest, indent + (long)stg_columns_of(stg_buf_text(left), left->length));
    if (left->failure != STAGED_OK)
        l->out->failure = left->failure;
    stg_buf_clear(left);
}

/* How wide the left side of the lists is, with what stands before it. */
static long left_width(layout *l)
{
    long widest = 0;
    stg_buf left = {0};
    for (size_t i = 0; i < l->parser->count; i++) {
        const staged_argument *argument = l->parser->arguments[i];
        if (stg_is_hidden(argument))
            continue;
        stg_add_invocation(&left, argument, NULL);
        measure(l, &left, INDENT, &widest);
        const staged_commands *commands = argument->commands;
        for (size_t c = 0; commands != NULL && c < commands->count; c++) {
            if (commands->items[c]->help == NULL)
                continue;
            stg_add_command_invocation(&left, commands->items[c]);
            measure(l, &left, 2L * INDENT, &widest);
        }
    }
    stg_buf_free(&left);
    return widest;
}

/* Copies an escape code to `data + kept`: the end of a part goes before the line feeds that it has
 * at its end.  Returns how much is kept then. */
static size_t keep_escape(char *data, size_t kept, const char *escape, size_t length)
{
    size_t at = kept;
    while (stg_is_end_of_part(escape, length) && at > 0 && data[at - 1] == '\n')
        at--;
    memmove(data + at, escape, length);
    memset(data + at + length, '\n', kept - at);
    return kept + length;
}

/* At most one empty line in a row, none at the beginning or the end. */
static void tidy(stg_buf *text)
{
    if (text->failure != STAGED_OK || text->length == 0)
        return;
    size_t kept = 0;
    size_t newlines = 2;
    for (size_t i = 0; i < text->length;) {
        const size_t escape = stg_escape_length(text->data + i, text->length - i);
        if (escape > 0) {
            kept = keep_escape(text->data, kept, text->data + i, escape);
            i += escape;
            continue;
        }
        newlines = text->data[i] == '\n' ? newlines + 1 : 0;
        if (newlines <= 2)
            text->data[kept++] = text->data[i];
        i++;
    }
    while (kept > 0 && text->data[kept - 1] == '\n')
        kept--;
    stg_buf_truncate(text, kept);
    stg_buf_add_char(text, '\n');
}

char *stg_help(const staged_parser *parser, int columns, const stg_colors *colors)
{
    stg_buf out = {0};
    layout l = {.out = &out, .parser = parser, .colors = colors, .width = stg_text_width(columns)};
    const long widest_flags = longer(l.width - 20, 2L * INDENT);
    const long wanted = parser->help_column > 0 ? parser->help_column : WIDEST_FLAGS;
    const long limit = widest_flags < wanted ? widest_flags : wanted;
    l.help_column = left_width(&l) + 2;
    if (l.help_column > limit)
        l.help_column = limit;

    stg_add_usage(&out, parser, "usage: ", l.width, colors);
    add_text(&l, parser->description);
    for (size_t i = 0; i < parser->group_count; i++)
        add_group(&l, parser->groups[i]);
    add_text(&l, parser->epilog);
    tidy(&out);
    return stg_buf_take(&out);
}

char *stg_usage(const staged_parser *parser, int columns, const stg_colors *colors)
{
    stg_buf out = {0};
    stg_add_usage(&out, parser, "usage: ", stg_text_width(columns), colors);
    tidy(&out);
    return stg_buf_take(&out);
}

char *stg_parser_help_at(const staged_parser *parser, int fd)
{
    const stg_colors colors = stg_colors_for(parser, fd);
    return stg_help(parser, 0, &colors);
}

char *staged_parser_help(const staged_parser *parser, int columns)
{
    return parser == NULL ? NULL : stg_help(parser, columns, NULL);
}

char *staged_parser_usage(const staged_parser *parser, int columns)
{
    return parser == NULL ? NULL : stg_usage(parser, columns, NULL);
}

staged_status stg_add_version(stg_buf *out, const staged_argument *argument)
{
    layout l = {.out = out, .parser = argument->parser, .width = stg_text_width(0)};
    add_text(&l, (stg_text){.text = argument->version});
    tidy(out);
    return stg_buf_status(out);
}
