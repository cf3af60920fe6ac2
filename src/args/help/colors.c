/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Source: CPython 3.14, argparse and _colorize. */
#include "args/help/colors.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/failure/options.h"
#include "base/unicode/cells.h"

/* Names and looks of the parts, and where an author's look is. */
static const struct {
    const char *name;
    const char *code;
    size_t member;
} parts[STG_PART_COUNT] = {
    [STG_PART_USAGE] = {"usage", "1;34", offsetof(staged_help_colors, usage)},
    [STG_PART_PROG] = {"prog", "1;35", offsetof(staged_help_colors, prog)},
    [STG_PART_PROG_EXTRA] = {"prog_extra", "35", offsetof(staged_help_colors, prog_extra)},
    [STG_PART_HEADING] = {"heading", "1;34", offsetof(staged_help_colors, heading)},
    [STG_PART_SUMMARY_LONG_OPTION] = {"summary_long_option", "36",
                                      offsetof(staged_help_colors, summary_long_option)},
    [STG_PART_SUMMARY_SHORT_OPTION] = {"summary_short_option", "32",
                                       offsetof(staged_help_colors, summary_short_option)},
    [STG_PART_SUMMARY_LABEL] = {"summary_label", "33", offsetof(staged_help_colors, summary_label)},
    [STG_PART_SUMMARY_ACTION] = {"summary_action", "32",
                                 offsetof(staged_help_colors, summary_action)},
    [STG_PART_LONG_OPTION] = {"long_option", "1;36", offsetof(staged_help_colors, long_option)},
    [STG_PART_SHORT_OPTION] = {"short_option", "1;32", offsetof(staged_help_colors, short_option)},
    [STG_PART_LABEL] = {"label", "1;33", offsetof(staged_help_colors, label)},
    [STG_PART_ACTION] = {"action", "1;32", offsetof(staged_help_colors, action)},
};

/* What a code consists of: nothing else gets into an escape code. */
static const char code_characters[] = "0123456789;";

static const char **member_of(staged_help_colors *colors, size_t part)
{
    return (const char **)((char *)colors + parts[part].member);
}

void staged_parser_set_colors(staged_parser *parser, staged_color_when when,
                              const staged_help_colors *colors)
{
    if (parser == NULL)
        return;
    parser->color_when = when;
    staged_help_colors wanted;
    const char *problem = STG_READ_OPTIONS(&wanted, colors, staged_help_colors);
    if (problem != NULL)
        stg_parser_bug(parser, NULL, "%s", problem);
    for (size_t i = 0; i < STG_PART_COUNT; i++) {
        const char **code = member_of(&wanted, i);
        if (*code == NULL)
            continue;
        *code = stg_arena_copy(&parser->arena, *code, strspn(*code, code_characters));
        parser->no_memory = parser->no_memory || *code == NULL;
    }
    parser->colors = wanted;
}

void stg_parser_set_colors_by(staged_parser *parser, staged_color_when when,
                              stg_code_function *code_of, void *context)
{
    stg_buf codes[STG_PART_COUNT] = {0};
    staged_help_colors wanted = {.size = sizeof wanted};
    for (size_t i = 0; i < STG_PART_COUNT; i++) {
        if (code_of(context, parts[i].name, &codes[i]))
            *member_of(&wanted, i) = stg_buf_text(&codes[i]);
    }
    staged_parser_set_colors(parser, when, &wanted);
    for (size_t i = 0; i < STG_PART_COUNT; i++)
        stg_buf_free(&codes[i]);
}

/* ---- Whether, and which ---- */

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value != NULL && *value != '\0';
}

static bool wants_colors(const staged_parser *parser, int fd)
{
    if (parser->color_when != STAGED_COLOR_ON_TERMINAL)
        return parser->color_when == STAGED_COLOR_ALWAYS;
    if (is_set("NO_COLOR"))
        return false;
    if (is_set("FORCE_COLOR"))
        return true;
    const char *terminal = getenv("TERM");
    return (terminal == NULL || strcmp(terminal, "dumb") != 0) && isatty(fd) == 1;
}

/* Takes over "heading=1;33:label=0" of the user; what is not understood is left out. */
static void add_users(stg_colors *colors, const char *list)
{
    while (*list != '\0') {
        const size_t length = strcspn(list, ":");
        const char *equals = memchr(list, '=', length);
        for (size_t i = 0; equals != NULL && i < STG_PART_COUNT; i++) {
            const size_t name_length = (size_t)(equals - list);
            const char *code = equals + 1;
            const size_t code_size = length - name_length - 1;
            if (strlen(parts[i].name) != name_length ||
                memcmp(parts[i].name, list, name_length) != 0 ||
                strspn(code, code_characters) < code_size)
                continue;
            colors->codes[i].text = code;
            colors->codes[i].length = code_size;
        }
        list += length + (list[length] == ':');
    }
}

stg_colors stg_colors_for(const staged_parser *parser, int fd)
{
    stg_colors colors = {0};
    if (!wants_colors(parser, fd))
        return colors;
    staged_help_colors authors = parser->colors;
    for (size_t i = 0; i < STG_PART_COUNT; i++) {
        const char *code = *member_of(&authors, i);
        if (code == NULL)
            code = parts[i].code;
        colors.codes[i].text = code;
        colors.codes[i].length = strlen(code);
    }
    const char *users = getenv("STAGED_COLORS");
    if (users != NULL)
        add_users(&colors, users);
    return colors;
}

/* ---- Painting ---- */

static const char end_of_part[] = "\x1b[0m";

void stg_begin_part(stg_buf *out, const stg_colors *colors, stg_part part)
{
    if (colors == NULL || colors->codes[part].length == 0)
        return;
    stg_buf_add_text(out, "\x1b[");
    stg_buf_add(out, colors->codes[part].text, colors->codes[part].length);
    stg_buf_add_char(out, 'm');
}

void stg_end_part(stg_buf *out, const stg_colors *colors, stg_part part)
{
    if (colors != NULL && colors->codes[part].length > 0)
        stg_buf_add_text(out, end_of_part);
}

void stg_add_part(stg_buf *out, const stg_colors *colors, stg_part part, const char *text)
{
    stg_begin_part(out, colors, part);
    stg_buf_add_text(out, text);
    stg_end_part(out, colors, part);
}

size_t stg_escape_length(const char *text, size_t length)
{
    if (length < 3 || text[0] != '\x1b' || text[1] != '[')
        return 0;
    size_t end = 2;
    while (end < length && strchr(code_characters, text[end]) != NULL && text[end] != '\0')
        end++;
    return end < length && text[end] == 'm' ? end + 1 : 0;
}

bool stg_is_end_of_part(const char *escape, size_t length)
{
    return length == strlen(end_of_part) && memcmp(escape, end_of_part, length) == 0;
}

size_t stg_columns_of(const char *text, size_t length)
{
    size_t columns = 0;
    size_t start = 0;
    for (size_t i = 0; i < length;) {
        const size_t code = stg_escape_length(text + i, length - i);
        if (code > 0) {
            columns += stg_cells(text + start, i - start);
            start = i + code;
        }
        i += code > 0 ? code : 1;
    }
    return columns + stg_cells(text + start, length - start);
}
