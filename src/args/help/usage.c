/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "args/help/help.h"
#include "args/model/argument.h"
#include "base/memory/grow.h"
#include "base/unicode/cells.h"
#include "base/unicode/unicode.h"

/* Source: CPython, shutil.get_terminal_size. */
static int terminal_columns(void)
{
    const char *variable = getenv("COLUMNS");
    if (variable != NULL) {
        char *end;
        const long columns = strtol(variable, &end, 10);
        if (*end == '\0' && columns > 0 && columns < 1000000)
            return (int)columns;
    }
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

long stg_text_width(int columns)
{
    return (columns > 0 ? columns : terminal_columns()) - 2L;
}

/* ---- Parts ---- */

/* What stays together on a line: "[-f FILE]", with the brackets and the bar of its set. */
typedef struct part {
    size_t start, length; /* in the text of all parts */
    size_t width;         /* in columns */
} part;

typedef struct parts {
    stg_buf text;
    const stg_colors *colors; /* NULL: none */
    part *items;
    size_t count;
    size_t capacity;
} parts;

static void free_parts(parts *list)
{
    stg_buf_free(&list->text);
    free(list->items);
}

/* Makes what was added to the text behind `start` a part. */
static void end_part(parts *list, size_t start)
{
    if (list->text.failure != STAGED_OK)
        return;
    if (!stg_grow(&list->items, &list->capacity, list->count + 1, sizeof *list->items)) {
        list->text.failure = STAGED_NO_MEMORY;
        return;
    }
    const size_t length = list->text.length - start;
    const size_t width = stg_columns_of(stg_buf_text(&list->text) + start, length);
    list->items[list->count++] = (part){start, length, width};
}

static void add_positional(parts *list, const staged_argument *argument, bool in_set)
{
    stg_buf *out = &list->text;
    stg_begin_part(out, list->colors, STG_PART_SUMMARY_ACTION);
    const size_t start = out->length;
    stg_add_words(out, argument);
    /* A set has brackets of its own. */
    if (in_set && out->length > start && out->data[start] == '[' &&
        out->data[out->length - 1] == ']') {
        memmove(out->data + start, out->data + start + 1, out->length - start - 1);
        stg_buf_truncate(out, out->length - 2);
    }
    stg_end_part(out, list->colors, STG_PART_SUMMARY_ACTION);
}

static void add_option(parts *list, const staged_argument *argument, bool in_set)
{
    stg_buf *out = &list->text;
    const bool brackets = !argument->required && !in_set;
    if (brackets)
        stg_buf_add_char(out, '[');
    const size_t count = argument->action == STAGED_ARG_BOOLEAN ? argument->flag_count : 1;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            stg_buf_add_text(out, " | ");
        stg_add_part(out, list->colors, stg_flag_part(argument->flags[i], false),
                     argument->flags[i]);
    }
    if (!argument->wordless) {
        stg_buf_add_char(out, ' ');
        stg_begin_part(out, list->colors, STG_PART_SUMMARY_LABEL);
        stg_add_words(out, argument);
        stg_end_part(out, list->colors, STG_PART_SUMMARY_LABEL);
    }
    if (brackets)
        stg_buf_add_char(out, ']');
}

/* An exclusive set whose members are being added. */
typedef struct open_set {
    const staged_argument_group *set; /* NULL: none */
    size_t shown, left;               /* members that usage shows, and how many of them come yet */
} open_set;

/* Whether the arguments begin with all members of the set. */
static bool begin_with_set(staged_argument *const *arguments, size_t count,
                           const staged_argument_group *set)
{
    for (size_t i = 0; i < set->count; i++) {
        if (i >= count || arguments[i]->exclusive != set)
            return false;
    }
    return true;
}

/* Opens the set of the first of the arguments.  Members that do not stand side by side are shown as
 * if they were in no set. */
static open_set open_set_at(staged_argument *const *arguments, size_t count)
{
    const staged_argument_group *set = arguments[0]->exclusive;
    if (set == NULL || !begin_with_set(arguments, count, set))
        return (open_set){0};
    size_t shown = 0;
    for (size_t i = 0; i < set->count; i++)
        shown += !stg_is_hidden(set->arguments[i]);
    return (open_set){set, shown, shown};
}

static void add_argument(parts *list, const staged_argument *argument, open_set *open)
{
    stg_buf *text = &list->text;
    const size_t start = text->length;
    const staged_argument_group *set = open->set;
    /* One member alone is not put in parentheses. */
    const bool brackets = set != NULL && (!set->required || open->shown > 1);
    if (brackets && open->left == open->shown)
        stg_buf_add_char(text, set->required ? '(' : '[');
    if (stg_is_positional(argument))
        add_positional(list, argument, set != NULL);
    else
        add_option(list, argument, set != NULL);
    if (set != NULL && --open->left > 0)
        stg_buf_add_text(text, " |");
    else if (brackets)
        stg_buf_add_char(text, set->required ? ')' : ']');
    end_part(list, start);
}

/* Adds a part for each argument that is not hidden. */
static void add_arguments(parts *list, staged_argument *const *arguments, size_t count)
{
    const staged_argument_group *before = NULL;
    open_set open = {0};
    for (size_t i = 0; i < count; i++) {
        if (arguments[i]->exclusive != before)
            open = open_set_at(arguments + i, count - i);
        before = arguments[i]->exclusive;
        if (!stg_is_hidden(arguments[i]))
            add_argument(list, arguments[i], &open);
    }
}

/* ---- Lines ---- */

/* How usage is laid out. */
typedef struct layout {
    stg_buf *out;
    const char *prefix;
    const char *prog;
    long width;
    const stg_colors *colors; /* NULL: none */
} layout;

static size_t columns_of(const char *text)
{
    return stg_cells(text, strlen(text));
}

static void add_part(stg_buf *out, const parts *list, size_t i)
{
    stg_buf_add(out, stg_buf_text(&list->text) + list->items[i].start, list->items[i].length);
}

/* Writes parts in lines, each begun with `indent` blanks; in the first one `used` columns are
 * written already (0: none).  Returns how many lines that are. */
static size_t add_lines(const layout *l, const parts *list, size_t indent, size_t used)
{
    size_t lines = used > 0;
    for (size_t i = 0; i < list->count; i++) {
        const size_t width = list->items[i].width;
        if (used > 0 && (long)(used + 1 + width) <= l->width) {
            stg_buf_add_char(l->out, ' ');
            used += 1 + width;
        } else {
            if (lines > 0)
                stg_buf_add_char(l->out, '\n');
            stg_buf_add_repeated(l->out, ' ', indent);
            used = indent + width;
            lines++;
        }
        add_part(l->out, list, i);
    }
    return lines;
}

/* The program's name with the arguments beside it. */
static void add_beside(const layout *l, const parts *options, const parts *positionals)
{
    const size_t used = columns_of(l->prefix) + columns_of(l->prog);
    stg_add_part(l->out, l->colors, STG_PART_PROG, l->prog);
    const parts *first = options->count > 0 ? options : positionals;
    add_lines(l, first, used + 1, used);
    if (options->count > 0 && positionals->count > 0) {
        stg_buf_add_char(l->out, '\n');
        add_lines(l, positionals, used + 1, 0);
    }
}

/* How many columns all parts take on one line, with a blank before each. */
static size_t width_of(const parts *list)
{
    size_t width = list->count;
    for (size_t i = 0; i < list->count; i++)
        width += list->items[i].width;
    return width;
}

/* The program's name on a line of its own. */
static void add_below(const layout *l, const parts *options, const parts *positionals)
{
    const size_t indent = columns_of(l->prefix);
    const size_t options_width = width_of(options);
    const bool one_line = (long)(indent + options_width + width_of(positionals)) <= l->width + 1;
    stg_add_part(l->out, l->colors, STG_PART_PROG, l->prog);
    if (options->count > 0) {
        stg_buf_add_char(l->out, '\n');
        add_lines(l, options, indent, 0);
    }
    if (positionals->count == 0)
        return;
    const size_t used = one_line && options->count > 0 ? indent + options_width - 1 : 0;
    if (used == 0)
        stg_buf_add_char(l->out, '\n');
    add_lines(l, positionals, indent, used);
}

static void add_all(const layout *l, const parts *list)
{
    stg_add_part(l->out, l->colors, STG_PART_PROG, l->prog);
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0 || *l->prog != '\0')
            stg_buf_add_char(l->out, ' ');
        add_part(l->out, list, i);
    }
}

/* ---- The whole ---- */

/* The arguments, options before positionals. */
static staged_argument **sorted_arguments(const staged_parser *parser, size_t *options)
{
    staged_argument **sorted = malloc((parser->count + 1) * sizeof *sorted);
    *options = 0;
    if (sorted == NULL)
        return NULL;
    for (size_t i = 0; i < parser->count; i++) {
        if (!stg_is_positional(parser->arguments[i]))
            sorted[(*options)++] = parser->arguments[i];
    }
    size_t count = *options;
    for (size_t i = 0; i < parser->count; i++) {
        if (stg_is_positional(parser->arguments[i]))
            sorted[count++] = parser->arguments[i];
    }
    return sorted;
}

/* In several lines sets of options and positionals fall apart. */
static void add_several_lines(const layout *l, staged_argument *const *arguments, size_t options,
                              size_t count)
{
    parts option_parts = {.colors = l->colors};
    parts positional_parts = {.colors = l->colors};
    add_arguments(&option_parts, arguments, options);
    add_arguments(&positional_parts, arguments + options, count - options);
    const size_t start = columns_of(l->prefix) + columns_of(l->prog);
    if (4 * (long)start <= 3 * l->width)
        add_beside(l, &option_parts, &positional_parts);
    else
        add_below(l, &option_parts, &positional_parts);
    if (option_parts.text.failure != STAGED_OK || positional_parts.text.failure != STAGED_OK)
        l->out->failure = STAGED_NO_MEMORY;
    free_parts(&option_parts);
    free_parts(&positional_parts);
}

static void add_made_usage(const layout *l, const staged_parser *parser, bool with_options)
{
    size_t options;
    staged_argument **sorted = sorted_arguments(parser, &options);
    if (sorted == NULL) {
        l->out->failure = STAGED_NO_MEMORY;
        return;
    }
    staged_argument **first = with_options ? sorted : sorted + options;
    const size_t count = parser->count - (with_options ? 0 : options);
    parts all = {.colors = l->colors};
    add_arguments(&all, first, count);
    const bool no_blank = *l->prog == '\0' && all.count > 0; /* before the first part */
    const size_t width = columns_of(l->prefix) + columns_of(l->prog) + width_of(&all) - no_blank;
    if (all.text.failure != STAGED_OK)
        l->out->failure = STAGED_NO_MEMORY;
    else if ((long)width > l->width && count > 0)
        add_several_lines(l, first, with_options ? options : 0, count);
    else
        add_all(l, &all);
    free_parts(&all);
    free(sorted);
}

/* A usage of the author's own. */
static void add_own_usage(const layout *l, const staged_parser *parser)
{
    stg_buf usage = {0};
    stg_add_with_prog(&usage, parser, parser->usage.text);
    stg_add_part(l->out, l->colors, STG_PART_PROG_EXTRA, stg_buf_text(&usage));
    if (usage.failure != STAGED_OK)
        l->out->failure = usage.failure;
    stg_buf_free(&usage);
}

void stg_add_usage(stg_buf *out, const staged_parser *parser, const char *prefix, long width,
                   const stg_colors *colors)
{
    if (parser->usage.suppressed)
        return;
    const layout l = {out, prefix, parser->prog, width, colors};
    if (*prefix != '\0')
        stg_add_part(out, colors, STG_PART_USAGE, prefix);
    if (parser->usage.text != NULL)
        add_own_usage(&l, parser);
    else
        add_made_usage(&l, parser, true);
    stg_buf_add_text(out, "\n\n");
}

void stg_add_positional_usage(stg_buf *out, const staged_parser *parser)
{
    stg_buf usage = {0};
    const layout l = {&usage, "", parser->prog, stg_text_width(0), NULL};
    add_made_usage(&l, parser, false);
    const char *text = stg_buf_text(&usage);
    size_t length = usage.length;
    stg_strip(&text, &length);
    stg_buf_add(out, text, length);
    if (usage.failure != STAGED_OK)
        out->failure = usage.failure;
    stg_buf_free(&usage);
}
