/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "args/argument.h"
#include "args/help.h"
#include "args/unicode.h"
#include "base/grow.h"
#include "base/utf8.h"

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

/* ---- One line ---- */

/* A list of arguments on its way to "[-h] [-f FILE] name". */
typedef struct line {
    stg_arena arena;
    staged_argument *const *arguments;
    size_t count;
    size_t *places;       /* by the argument's index in its parser: its place here, or SIZE_MAX */
    bool *grouped;        /* by place: it is in an exclusive set that is shown as one */
    const char **inserts; /* what goes before each place, and after the last; NULL: nothing */
    bool failed;
} line;

static void start_line(line *l, const staged_parser *parser, staged_argument *const *arguments,
                       size_t count)
{
    *l = (line){.arguments = arguments, .count = count};
    l->places = stg_arena_alloc(&l->arena, (parser->count + 1) * sizeof *l->places);
    l->grouped = stg_arena_alloc(&l->arena, (count + 1) * sizeof *l->grouped);
    l->inserts = stg_arena_alloc(&l->arena, (count + 1) * sizeof *l->inserts);
    l->failed = l->places == NULL || l->grouped == NULL || l->inserts == NULL;
    if (l->failed)
        return;
    for (size_t i = 0; i <= parser->count; i++)
        l->places[i] = SIZE_MAX;
    for (size_t i = 0; i < count; i++)
        l->places[arguments[i]->index] = i;
}

static void insert(line *l, size_t place, const char *first, const char *more)
{
    const char *before = l->inserts[place];
    l->inserts[place] = before == NULL ? first : stg_arena_printf(&l->arena, "%s%s", before, more);
    l->failed = l->failed || l->inserts[place] == NULL;
}

/* Shows an exclusive set as one, "[-a | -b]", if its members stand side by side. */
static void join_set(line *l, const staged_argument_group *set)
{
    const size_t start = set->count == 0 ? SIZE_MAX : l->places[set->arguments[0]->index];
    if (start == SIZE_MAX || start + set->count > l->count)
        return;
    for (size_t i = 0; i < set->count; i++) {
        if (l->arguments[start + i] != set->arguments[i])
            return;
    }
    const size_t end = start + set->count;
    insert(l, start, set->required ? "(" : "[", set->required ? " (" : " [");
    insert(l, end, set->required ? ")" : "]", set->required ? ")" : "]");
    for (size_t i = start; i < end; i++) {
        l->grouped[i] = true;
        if (i > start)
            l->inserts[i] = "|";
    }
}

static bool is_bar(const char *text)
{
    return text != NULL && strcmp(text, "|") == 0;
}

static void add_argument(stg_buf *out, const staged_argument *argument, bool grouped)
{
    const size_t start = out->length;
    if (stg_is_positional(argument)) {
        stg_add_words(out, argument);
        /* A set has brackets of its own. */
        if (grouped && out->length > start && out->data[start] == '[' &&
            out->data[out->length - 1] == ']') {
            memmove(out->data + start, out->data + start + 1, out->length - start - 1);
            stg_buf_truncate(out, out->length - 2);
        }
        return;
    }
    const bool brackets = !argument->required && !grouped;
    if (brackets)
        stg_buf_add_char(out, '[');
    stg_buf_add_text(out, argument->flags[0]);
    for (size_t i = 1; argument->action == STAGED_BOOLEAN && i < argument->flag_count; i++)
        stg_buf_addf(out, " | %s", argument->flags[i]);
    if (!argument->wordless) {
        stg_buf_add_char(out, ' ');
        stg_add_words(out, argument);
    }
    if (brackets)
        stg_buf_add_char(out, ']');
}

static void add_pieces(stg_buf *out, line *l)
{
    for (size_t i = 0; i < l->count; i++) {
        if (!stg_is_hidden(l->arguments[i]))
            continue;
        if (is_bar(l->inserts[i]))
            l->inserts[i] = NULL;
        else if (is_bar(l->inserts[i + 1]))
            l->inserts[i + 1] = NULL;
    }
    const char *between = "";
    for (size_t i = 0; i <= l->count; i++) {
        if (l->inserts[i] != NULL) {
            stg_buf_add_text(out, between);
            stg_buf_add_text(out, l->inserts[i]);
            between = " ";
        }
        if (i < l->count && !stg_is_hidden(l->arguments[i])) {
            stg_buf_add_text(out, between);
            add_argument(out, l->arguments[i], l->grouped[i]);
            between = " ";
        }
    }
}

/* ---- What hidden members leave behind ---- */

static bool opens(char c)
{
    return c == '[' || c == '(';
}

static bool closes(char c)
{
    return c == ']' || c == ')';
}

/* "[ -a" to "[-a". */
static size_t drop_blanks_after_open(char *text, size_t length)
{
    size_t kept = 0;
    for (size_t i = 0; i < length; i++) {
        text[kept++] = text[i];
        if (opens(text[i]) && i + 1 < length && text[i + 1] == ' ')
            i++;
    }
    return kept;
}

/* "-a ]" to "-a]". */
static size_t drop_blanks_before_close(char *text, size_t length)
{
    size_t kept = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == ' ' && i + 1 < length && closes(text[i + 1]))
            i++;
        text[kept++] = text[i];
    }
    return kept;
}

/* "[]" and "( )" to nothing. */
static size_t drop_empty_pairs(char *text, size_t length)
{
    size_t kept = 0;
    for (size_t i = 0; i < length; i++) {
        size_t end = i + 1;
        while (opens(text[i]) && end < length && text[end] == ' ')
            end++;
        if (opens(text[i]) && end < length && closes(text[end]))
            i = end;
        else
            text[kept++] = text[i];
    }
    return kept;
}

/* "(-a)" to "-a": parentheses without a bar between them. */
static size_t drop_useless_parentheses(char *text, size_t length)
{
    size_t kept = 0;
    for (size_t i = 0; i < length;) {
        size_t end = i;
        size_t open = SIZE_MAX;
        size_t close = SIZE_MAX;
        for (; end < length && text[end] != '|'; end++) {
            if (text[end] == '(' && open == SIZE_MAX)
                open = end;
            else if (text[end] == ')' && open != SIZE_MAX)
                close = end;
        }
        for (; i < end; i++) {
            if (close == SIZE_MAX || (i != open && i != close))
                text[kept++] = text[i];
        }
        if (i < length)
            text[kept++] = text[i++];
    }
    return kept;
}

static void clean(stg_buf *text, size_t start)
{
    if (text->failure != 0 || text->length == start)
        return;
    char *data = text->data + start;
    size_t length = text->length - start;
    length = drop_blanks_after_open(data, length);
    length = drop_blanks_before_close(data, length);
    length = drop_empty_pairs(data, length);
    length = drop_useless_parentheses(data, length);
    const char *stripped = data;
    stg_strip(&stripped, &length);
    memmove(data, stripped, length);
    stg_buf_truncate(text, start + length);
}

static void add_line(stg_buf *out, const staged_parser *parser, staged_argument *const *arguments,
                     size_t count)
{
    line l;
    const size_t start = out->length;
    start_line(&l, parser, arguments, count);
    for (size_t i = 0; !l.failed && i < parser->exclusive_count; i++)
        join_set(&l, parser->exclusives[i]);
    if (!l.failed)
        add_pieces(out, &l);
    if (l.failed)
        out->failure = STAGED_NO_MEMORY;
    clean(out, start);
    stg_arena_free(&l.arena);
}

/* ---- Several lines ---- */

/* A stretch of a usage line that stays together. */
typedef struct part {
    const char *text;
    size_t length;
    size_t width;
} part;

typedef struct parts {
    part *items;
    size_t count;
    size_t capacity;
    bool failed;
} parts;

static void add_part(parts *list, const char *text, size_t length)
{
    if (!stg_grow(&list->items, &list->capacity, list->count + 1, sizeof *list->items)) {
        list->failed = true;
        return;
    }
    list->items[list->count++] = (part){text, length, stg_utf8_count(text, length)};
}

static bool is_space_at(const char *text, size_t length, size_t at, size_t *next)
{
    uint32_t character;
    *next = at + stg_utf8_decode(text + at, length - at, &character);
    return stg_is_space(character);
}

/* Where a bracket that is open at `at` has its end: after closing ones with white space, or
 * nothing, behind them; SIZE_MAX: nowhere.  `*known` is the answer to an earlier question. */
static size_t end_of_bracket(const char *text, size_t length, size_t at, char close, size_t *known)
{
    if (*known != 0 && *known > at + 1)
        return *known;
    size_t next;
    for (size_t i = at + 1; i < length; i++) {
        if (text[i] == '\n')
            return SIZE_MAX;
        if (text[i] != close)
            continue;
        while (i + 1 < length && text[i + 1] == close)
            i++;
        if (i + 1 == length || is_space_at(text, length, i + 1, &next))
            return *known = i + 1;
    }
    return *known = SIZE_MAX;
}

static void split(parts *list, const char *text, size_t length)
{
    size_t round = 0;
    size_t square = 0;
    size_t next;
    for (size_t at = 0; at < length;) {
        if (is_space_at(text, length, at, &next)) {
            at = next;
            continue;
        }
        size_t end = text[at] == '('   ? end_of_bracket(text, length, at, ')', &round)
                     : text[at] == '[' ? end_of_bracket(text, length, at, ']', &square)
                                       : SIZE_MAX;
        if (end == SIZE_MAX) {
            end = at;
            while (end < length && !is_space_at(text, length, end, &next))
                end = next;
        }
        add_part(list, text + at, end - at);
        at = end;
    }
}

/* Writes parts in lines, each begun with `indent` blanks except that the first line stands after
 * `before` characters that are there already (-1: it does not).  Answers how many lines. */
static size_t add_parts(stg_buf *out, const part *items, size_t count, size_t indent, long before,
                        long width)
{
    size_t lines = 0;
    bool empty = true;
    long used = (before >= 0 ? before : (long)indent) - 1;
    for (size_t i = 0; i < count; i++) {
        if (used + 1 + (long)items[i].width > width && !empty) {
            stg_buf_add_char(out, '\n');
            empty = true;
            used = (long)indent - 1;
        }
        if (empty) {
            if (lines > 0 || before < 0)
                stg_buf_add_repeated(out, ' ', indent);
            lines++;
        } else {
            stg_buf_add_char(out, ' ');
        }
        stg_buf_add(out, items[i].text, items[i].length);
        used += (long)items[i].width + 1;
        empty = false;
    }
    return lines;
}

static void add_all_parts(parts *list, const parts *more)
{
    for (size_t i = 0; i < more->count; i++)
        add_part(list, more->items[i].text, more->items[i].length);
    list->failed = list->failed || more->failed;
}

/* The program's name with the arguments beside it. */
static void add_beside(stg_buf *out, const parts *options, const parts *positionals,
                       const char *prefix, const char *prog, long width)
{
    const size_t before = stg_utf8_count(prefix, strlen(prefix));
    const size_t indent = before + stg_utf8_count(prog, strlen(prog)) + 1;
    const bool apart = options->count > 0 && positionals->count > 0;
    parts first = {0};
    add_part(&first, prog, strlen(prog));
    add_all_parts(&first, options->count > 0 ? options : positionals);
    add_parts(out, first.items, first.count, indent, (long)before, width);
    if (apart) {
        stg_buf_add_char(out, '\n');
        add_parts(out, positionals->items, positionals->count, indent, -1, width);
    }
    if (first.failed)
        out->failure = STAGED_NO_MEMORY;
    free(first.items);
}

/* The program's name on a line of its own. */
static void add_below(stg_buf *out, const parts *options, const parts *positionals,
                      const char *prefix, const char *prog, long width)
{
    const size_t indent = stg_utf8_count(prefix, strlen(prefix));
    parts all = {0};
    add_all_parts(&all, options);
    add_all_parts(&all, positionals);
    stg_buf_add_text(out, prog);
    if (all.count > 0)
        stg_buf_add_char(out, '\n');
    const size_t start = out->length;
    if (add_parts(out, all.items, all.count, indent, -1, width) > 1) {
        stg_buf_truncate(out, start);
        add_parts(out, options->items, options->count, indent, -1, width);
        if (options->count > 0 && positionals->count > 0)
            stg_buf_add_char(out, '\n');
        add_parts(out, positionals->items, positionals->count, indent, -1, width);
    }
    if (all.failed)
        out->failure = STAGED_NO_MEMORY;
    free(all.items);
}

static void add_wrapped(stg_buf *out, const stg_buf *options, const stg_buf *positionals,
                        const char *prefix, const char *prog, long width)
{
    parts option_parts = {0};
    parts positional_parts = {0};
    split(&option_parts, stg_buf_text(options), options->length);
    split(&positional_parts, stg_buf_text(positionals), positionals->length);
    const long start =
        (long)(stg_utf8_count(prefix, strlen(prefix)) + stg_utf8_count(prog, strlen(prog)));
    if (4 * start <= 3 * width)
        add_beside(out, &option_parts, &positional_parts, prefix, prog, width);
    else
        add_below(out, &option_parts, &positional_parts, prefix, prog, width);
    if (option_parts.failed || positional_parts.failed)
        out->failure = STAGED_NO_MEMORY;
    free(option_parts.items);
    free(positional_parts.items);
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

static void add_made_usage(stg_buf *out, const staged_parser *parser, const char *prefix,
                           long width, bool with_options)
{
    size_t options;
    staged_argument **sorted = sorted_arguments(parser, &options);
    if (sorted == NULL) {
        out->failure = STAGED_NO_MEMORY;
        return;
    }
    staged_argument **first = with_options ? sorted : sorted + options;
    const size_t count = with_options ? parser->count : parser->count - options;
    const size_t start = out->length;
    stg_buf_add_text(out, parser->prog);
    const size_t after_prog = out->length;
    if (after_prog > start)
        stg_buf_add_char(out, ' ');
    const size_t before_line = out->length;
    add_line(out, parser, first, count);
    if (out->length == before_line)
        stg_buf_truncate(out, after_prog);
    const size_t used = stg_utf8_count(stg_buf_text(out) + start, out->length - start);
    if ((long)(stg_utf8_count(prefix, strlen(prefix)) + used) > width && count > 0) {
        stg_buf option_line = {0};
        stg_buf positional_line = {0};
        stg_buf_truncate(out, start);
        if (with_options)
            add_line(&option_line, parser, sorted, options);
        add_line(&positional_line, parser, sorted + options, parser->count - options);
        add_wrapped(out, &option_line, &positional_line, prefix, parser->prog, width);
        if (option_line.failure != 0 || positional_line.failure != 0)
            out->failure = STAGED_NO_MEMORY;
        stg_buf_free(&option_line);
        stg_buf_free(&positional_line);
    }
    free(sorted);
}

void stg_add_usage(stg_buf *out, const staged_parser *parser, const char *prefix, long width,
                   bool with_options)
{
    if (parser->usage.suppressed)
        return;
    stg_buf_add_text(out, prefix);
    if (parser->usage.text != NULL)
        stg_add_with_prog(out, parser, parser->usage.text);
    else
        add_made_usage(out, parser, prefix, width, with_options);
    stg_buf_add_text(out, "\n\n");
}
