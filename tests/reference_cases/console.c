/* SPDX-License-Identifier: BSD-3-Clause
 *
 * console.jsonl: one call on a console, and the bytes that it writes. */
#include <stdlib.h>
#include <string.h>

#include <staged/console.h>

#include "base/text/buf.h"
#include "console/device/console_impl.h"
#include "console/log/log_line.h"
#include "reference_check.h"

static staged_renderable *make(const json_t *r);

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static int number_of(const json_t *object, const char *key)
{
    return (int)json_integer_value(json_object_get(object, key));
}

static bool is_true(const json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}

static staged_choice choice_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_boolean(value))
        return json_is_true(value) ? STAGED_YES : STAGED_NO;
    return STAGED_AUTO;
}

/* The place of a text in a list that NULL ends; `otherwise` for a key that is not there. */
static int name_of(const json_t *object, const char *key, const char *const *names, int otherwise)
{
    const char *text = text_of(object, key);
    for (int i = 0; text != NULL && names[i] != NULL; i++) {
        if (strcmp(names[i], text) == 0)
            return i;
    }
    return otherwise;
}

static staged_justify justify_of(const json_t *object, const char *key)
{
    static const char *const names[] = {"default", "left", "center", "right", "full", NULL};
    return (staged_justify)name_of(object, key, names, STAGED_JUSTIFY_DEFAULT);
}

static staged_overflow overflow_of(const json_t *object)
{
    static const char *const names[] = {"", "fold", "crop", "ellipsis", "ignore", NULL};
    return (staged_overflow)name_of(object, "overflow", names, STAGED_OVERFLOW_DEFAULT);
}

static staged_align align_of(const json_t *object, const char *key)
{
    static const char *const names[] = {"", "left", "center", "right", NULL};
    return (staged_align)name_of(object, key, names, STAGED_ALIGN_DEFAULT);
}

static staged_vertical vertical_of(const json_t *object)
{
    static const char *const names[] = {"top", "middle", "bottom", NULL};
    return (staged_vertical)name_of(object, "vertical", names, STAGED_VERTICAL_TOP);
}

static staged_box box_of(const json_t *object)
{
    static const char *const names[] = {"",
                                        "",
                                        "ASCII",
                                        "ASCII2",
                                        "ASCII_DOUBLE_HEAD",
                                        "SQUARE",
                                        "SQUARE_DOUBLE_HEAD",
                                        "MINIMAL",
                                        "MINIMAL_HEAVY_HEAD",
                                        "MINIMAL_DOUBLE_HEAD",
                                        "SIMPLE",
                                        "SIMPLE_HEAD",
                                        "SIMPLE_HEAVY",
                                        "HORIZONTALS",
                                        "ROUNDED",
                                        "HEAVY",
                                        "HEAVY_EDGE",
                                        "HEAVY_HEAD",
                                        "DOUBLE",
                                        "DOUBLE_EDGE",
                                        "MARKDOWN",
                                        NULL};
    if (json_is_null(json_object_get(object, "box")))
        return STAGED_BOX_NONE;
    return (staged_box)name_of(object, "box", names, STAGED_BOX_DEFAULT);
}

/* One, two or four numbers, as in a style sheet. */
static staged_pad pad_of(const json_t *value)
{
    staged_pad pad = {0};
    if (value == NULL)
        return pad;
    int numbers[4] = {0};
    const size_t count = json_is_array(value) ? json_array_size(value) : 1;
    for (size_t i = 0; i < count && i < 4; i++)
        numbers[i] =
            (int)json_integer_value(json_is_array(value) ? json_array_get(value, i) : value);
    for (size_t i = count; i < 4; i++)
        numbers[i] = numbers[count == 1 ? 0 : i - 2];
    return (staged_pad){true, numbers[0], numbers[1], numbers[2], numbers[3]};
}

static staged_renderable *make_text(const json_t *r)
{
    const staged_text_options options = {.size = sizeof options,
                                         .style = text_of(r, "style"),
                                         .markup = true,
                                         .justify = justify_of(r, "justify"),
                                         .overflow = overflow_of(r),
                                         .no_wrap = choice_of(r, "no_wrap")};
    return staged_text_new(&options, text_of(r, "text"));
}

static staged_renderable *make_panel(const json_t *r)
{
    const staged_panel_options options = {.size = sizeof options,
                                          .title = text_of(r, "title"),
                                          .subtitle = text_of(r, "subtitle"),
                                          .title_align = align_of(r, "title_align"),
                                          .subtitle_align = align_of(r, "subtitle_align"),
                                          .style = text_of(r, "style"),
                                          .border_style = text_of(r, "border_style"),
                                          .box = box_of(r),
                                          .expand = choice_of(r, "expand"),
                                          .padding = pad_of(json_object_get(r, "padding")),
                                          .width = number_of(r, "width"),
                                          .highlight = is_true(r, "highlight")};
    return staged_panel_new(&options, make(json_object_get(r, "panel")));
}

static staged_renderable *make_padding(const json_t *r)
{
    const staged_padding_options options = {.size = sizeof options,
                                            .pad = pad_of(json_object_get(r, "pad")),
                                            .style = text_of(r, "style"),
                                            .expand = choice_of(r, "expand")};
    return staged_padding_new(&options, make(json_object_get(r, "padding")));
}

/* A text, for a format that has to leave it as it is. */
static char *as_format(const char *text)
{
    stg_buf format = {0};
    for (; text != NULL && *text != '\0'; text++)
        stg_buf_add_text(&format, *text == '%' ? "%%" : (char[]){*text, '\0'});
    return stg_buf_take(&format);
}

static staged_renderable *make_rule(const json_t *rule)
{
    const staged_rule_options options = {.size = sizeof options,
                                         .characters = text_of(rule, "characters"),
                                         .style = text_of(rule, "style"),
                                         .align = align_of(rule, "align")};
    const char *title = text_of(rule, "title");
    char *format = as_format(title == NULL ? "" : title);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"
    staged_renderable *made = staged_rule_new(&options, format);
#pragma GCC diagnostic pop
    free(format);
    return made;
}

static staged_renderable *make_group(const json_t *items)
{
    staged_renderable *group = staged_render_group_new();
    size_t i;
    json_t *item;
    json_array_foreach(items, i, item)
    {
        (void)staged_render_group_add(group, make(item));
    }
    return group;
}

static void add_column(staged_renderable *table, const json_t *column)
{
    const json_t *header = json_object_get(column, "header");
    const json_t *footer = json_object_get(column, "footer");
    const staged_column_options options = {
        .size = sizeof options,
        .header_renderable = header == NULL ? NULL : make(header),
        .footer_renderable = footer == NULL ? NULL : make(footer),
        .header_style = text_of(column, "header_style"),
        .footer_style = text_of(column, "footer_style"),
        .style = text_of(column, "style"),
        .justify = justify_of(column, "justify"),
        .vertical = vertical_of(column),
        .overflow = overflow_of(column),
        .width = number_of(column, "width"),
        .min_width = number_of(column, "min_width"),
        .max_width = number_of(column, "max_width"),
        .ratio = number_of(column, "ratio"),
        .no_wrap = is_true(column, "no_wrap")};
    (void)staged_table_add_column(table, &options);
}

static void add_row(staged_renderable *table, const json_t *row, const json_t *row_options)
{
    staged_renderable *cells[64];
    const size_t count = json_array_size(row);
    for (size_t i = 0; i < count && i < 64; i++)
        cells[i] = make(json_array_get(row, i));
    const staged_row_options options = {.size = sizeof options,
                                        .style = text_of(row_options, "style"),
                                        .end_section = is_true(row_options, "end_section")};
    (void)staged_table_add_row(table, &options, cells, count);
}

static staged_renderable *make_table(const json_t *t)
{
    const char *row_styles[16] = {NULL};
    const json_t *styles = json_object_get(t, "row_styles");
    for (size_t i = 0; i < json_array_size(styles) && i < 15; i++)
        row_styles[i] = json_string_value(json_array_get(styles, i));
    const staged_table_options options = {.size = sizeof options,
                                          .title = text_of(t, "title"),
                                          .caption = text_of(t, "caption"),
                                          .title_style = text_of(t, "title_style"),
                                          .caption_style = text_of(t, "caption_style"),
                                          .style = text_of(t, "style"),
                                          .border_style = text_of(t, "border_style"),
                                          .header_style = text_of(t, "header_style"),
                                          .footer_style = text_of(t, "footer_style"),
                                          .row_styles = row_styles,
                                          .box = box_of(t),
                                          .padding = pad_of(json_object_get(t, "padding")),
                                          .width = number_of(t, "width"),
                                          .leading = number_of(t, "leading"),
                                          .expand = is_true(t, "expand"),
                                          .show_footer = is_true(t, "show_footer"),
                                          .show_lines = is_true(t, "show_lines"),
                                          .collapse_padding = is_true(t, "collapse_padding"),
                                          .show_header = choice_of(t, "show_header"),
                                          .show_edge = choice_of(t, "show_edge"),
                                          .pad_edge = choice_of(t, "pad_edge")};
    staged_renderable *table = staged_table_new(&options);
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(t, "columns"), i, item)
    {
        add_column(table, item);
    }
    json_array_foreach(json_object_get(t, "rows"), i, item)
    {
        add_row(table, item, json_array_get(json_object_get(t, "row_options"), i));
    }
    return table;
}

/* The kinds from here on are those of console_more.jsonl: {"columns": [R, ...], options},
 * {"tree": R, "branches": [tree, ...], options}, {"constrain": R, "width"} and
 * {"align": R, "side", "style", "width"}. */
static staged_renderable *make_columns(const json_t *r)
{
    const staged_columns_options options = {.size = sizeof options,
                                            .title = text_of(r, "title"),
                                            .padding = pad_of(json_object_get(r, "padding")),
                                            .align = align_of(r, "align"),
                                            .width = number_of(r, "width"),
                                            .expand = is_true(r, "expand"),
                                            .equal = is_true(r, "equal"),
                                            .column_first = is_true(r, "column_first"),
                                            .right_to_left = is_true(r, "right_to_left")};
    staged_renderable *columns = staged_columns_new(&options);
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(r, "columns"), i, item)
    {
        (void)staged_columns_add(columns, make(item));
    }
    return columns;
}

/* A tree, or a branch of `parent`, and all that grows from it. */
static staged_renderable *make_tree(const json_t *r, staged_renderable *parent)
{
    const staged_tree_options options = {.size = sizeof options,
                                         .style = text_of(r, "style"),
                                         .guide_style = text_of(r, "guide_style"),
                                         .collapsed = is_true(r, "collapsed"),
                                         .hide_root = is_true(r, "hide_root"),
                                         .highlight = is_true(r, "highlight")};
    staged_renderable *label = make(json_object_get(r, "tree"));
    staged_renderable *tree = parent == NULL ? staged_tree_new(&options, label)
                                             : staged_tree_add(parent, &options, label);
    size_t i;
    json_t *branch;
    json_array_foreach(json_object_get(r, "branches"), i, branch)
    {
        (void)make_tree(branch, tree);
    }
    return tree;
}

static staged_renderable *make_align(const json_t *r)
{
    const staged_align_options options = {
        .size = sizeof options, .style = text_of(r, "style"), .width = number_of(r, "width")};
    return staged_align_new(&options, align_of(r, "side"), make(json_object_get(r, "align")));
}

static staged_renderable *make(const json_t *r)
{
    if (!json_is_object(r))
        return stg_markup_item_new(json_is_string(r) ? json_string_value(r) : "");
    if (json_object_get(r, "text") != NULL)
        return make_text(r);
    if (json_object_get(r, "plain") != NULL)
        return staged_text_new(NULL, text_of(r, "plain"));
    if (json_object_get(r, "panel") != NULL)
        return make_panel(r);
    if (json_object_get(r, "table") != NULL)
        return make_table(json_object_get(r, "table"));
    if (json_object_get(r, "group") != NULL)
        return make_group(json_object_get(r, "group"));
    if (json_object_get(r, "rule") != NULL)
        return make_rule(json_object_get(r, "rule"));
    if (json_object_get(r, "columns") != NULL)
        return make_columns(r);
    if (json_object_get(r, "tree") != NULL)
        return make_tree(r, NULL);
    if (json_object_get(r, "constrain") != NULL)
        return staged_constrain_new(number_of(r, "width"), make(json_object_get(r, "constrain")));
    if (json_object_get(r, "side") != NULL)
        return make_align(r);
    return make_padding(r);
}

static const char *no_variable(void *context, const char *name)
{
    (void)context;
    (void)name;
    return NULL;
}

static staged_console *make_console(const json_t *test_case)
{
    static const char *const systems[] = {"", "", "standard", "256", "truecolor", NULL};
    const json_t *log = json_object_get(test_case, "log");
    char *time_format = as_format(text_of(log, "time"));
    const staged_console_options options = {
        .size = sizeof options,
        .to_text = true,
        .force_terminal = choice_of(test_case, "terminal"),
        .color_system = (staged_color_system)name_of(test_case, "color_system", systems,
                                                     STAGED_COLOR_SYSTEM_NONE),
        .ascii = STAGED_NO,
        .width = number_of(test_case, "width"),
        .height = 25,
        .log_time = choice_of(log, "show_time"),
        .log_path = choice_of(log, "show_path"),
        .log_time_format = time_format,
        .environment = no_variable};
    staged_console *console = staged_console_new(&options);
    free(time_format);
    return console;
}

static staged_status log_body(staged_console *console, const json_t *test_case,
                              const staged_renderable *body)
{
    const json_t *log = json_object_get(test_case, "log");
    const json_t *o = json_object_get(test_case, "options");
    const char *previous = text_of(log, "previous_time");
    if (previous != NULL && strcmp(previous, text_of(log, "time")) == 0) {
        (void)staged_console_log_with(console, NULL, "before");
        staged_console_clear_text(console);
    }
    const staged_log_options options = {.size = sizeof options,
                                        .style = text_of(o, "style"),
                                        .justify = justify_of(o, "justify"),
                                        .markup = choice_of(o, "markup"),
                                        .highlight = choice_of(o, "highlight"),
                                        .end = text_of(o, "end")};
    const stg_log_place place = {.path = text_of(log, "path"),
                                 .line = number_of(log, "line"),
                                 .link = text_of(log, "link_path")};
    stg_console_lock(console);
    return stg_console_log_placed(console, &options, &place, body);
}

static staged_status print_body(staged_console *console, const json_t *test_case,
                                const staged_renderable *body)
{
    const json_t *o = json_object_get(test_case, "options");
    const staged_print_options options = {.size = sizeof options,
                                          .style = text_of(o, "style"),
                                          .justify = justify_of(o, "justify"),
                                          .overflow = overflow_of(o),
                                          .no_wrap = choice_of(o, "no_wrap"),
                                          .markup = choice_of(o, "markup"),
                                          .highlight = choice_of(o, "highlight"),
                                          .soft_wrap = choice_of(o, "soft_wrap"),
                                          .end = text_of(o, "end")};
    return staged_console_print_renderable(console, &options, body);
}

/* The recorded cases have 0 for the number of each hyperlink. */
static char *with_link_numbers_zero(const char *text)
{
    static const char begin[] = "\x1b]8;id=";
    stg_buf out = {0};
    const char *link;
    while ((link = strstr(text, begin)) != NULL) {
        link += sizeof begin - 1;
        stg_buf_add(&out, text, (size_t)(link - text));
        stg_buf_add_char(&out, '0');
        text = link + strspn(link, "0123456789");
    }
    stg_buf_add_text(&out, text);
    return stg_buf_take(&out);
}

/* Whether the codes of a style make blanks visible: a background, a line, or the two reversed. */
static bool shows_blanks(const char *codes, const char *end)
{
    while (codes < end) {
        char *next;
        const long code = strtol(codes, &next, 10);
        if (code == 38) /* a colour of the text: `5;N` or `2;R;G;B` follows */
            return false;
        if (code == 4 || code == 7 || code == 9 || code == 21 || (code >= 40 && code <= 48) ||
            (code >= 51 && code <= 53) || (code >= 100 && code <= 107))
            return true;
        codes = next + 1;
    }
    return false;
}

static bool ends_in(const stg_buf *out, const char *end)
{
    const size_t length = strlen(end);
    return out->length >= length && memcmp(out->data + out->length - length, end, length) == 0;
}

/* The end of a line without the blanks that it ends in, which ours leave out. */
static void trim_end(stg_buf *out, size_t begin)
{
    static const char reset[] = STG_STYLE_RESET;
    static const char link_end[] = "\x1b]8;;\x1b\\";
    const size_t reset_length = sizeof reset - 1;
    for (;;) {
        if (ends_in(out, link_end)) {
            stg_buf_truncate(out, out->length - (sizeof link_end - 1));
            trim_end(out, begin);
            stg_buf_add_text(out, link_end);
            return;
        }
        while (out->length > begin && out->data[out->length - 1] == ' ')
            stg_buf_truncate(out, out->length - 1);
        if (out->length < begin + reset_length || !ends_in(out, reset))
            return;
        size_t end = out->length - reset_length;
        size_t text = end;
        while (text > begin && out->data[text - 1] != '\x1b')
            text--;
        const char *codes = out->data + text + 1;
        const char *codes_end = strchr(codes, 'm');
        if (text == begin || codes_end == NULL || shows_blanks(codes, codes_end))
            return;
        const size_t first = (size_t)(codes_end - out->data) + 1;
        while (end > first && out->data[end - 1] == ' ')
            end--;
        stg_buf_truncate(out, end == first ? text - 1 : end);
        if (end == first)
            continue;
        stg_buf_add_text(out, reset);
        return;
    }
}

/* What a log line is to look like.  Rich fills its lines up to the width; ours never end in blanks,
 * so that what is copied from a log can be pasted. */
static char *trimmed(const char *text)
{
    stg_buf out = {0};
    size_t begin = 0;
    for (; *text != '\0'; text++) {
        if (*text == '\n')
            trim_end(&out, begin);
        stg_buf_add_char(&out, *text);
        if (*text == '\n')
            begin = out.length;
    }
    trim_end(&out, begin);
    return stg_buf_take(&out);
}

static char *run(const json_t *test_case, bool *passed)
{
    const char *op = text_of(test_case, "op");
    staged_console *console = make_console(test_case);
    const bool is_rule = strcmp(op, "rule") == 0;
    const bool is_log = strcmp(op, "log") == 0;
    staged_renderable *body = is_rule ? make_rule(json_object_get(test_case, "rule"))
                                      : make(json_object_get(test_case, "body"));
    const staged_status status =
        is_log ? log_body(console, test_case, body) : print_body(console, test_case, body);
    char *actual = status == STAGED_OK ? with_link_numbers_zero(staged_console_text(console))
                                       : strdup(staged_console_error(console));
    const char *expected = text_of(test_case, status == STAGED_OK ? "expected" : "error");
    char *wanted = expected != NULL && is_log ? trimmed(expected) : NULL;
    if (wanted != NULL)
        expected = wanted;
    *passed = actual != NULL && expected != NULL && strcmp(actual, expected) == 0;
    free(wanted);
    staged_renderable_free(body);
    staged_console_free(console);
    json_t *shown = actual == NULL ? NULL : json_string(actual);
    free(actual);
    actual = shown == NULL ? NULL : json_dumps(shown, JSON_ENCODE_ANY);
    json_decref(shown);
    return actual;
}

#define TABS "Rich measures a tab as nothing, and then wraps what has no room"

static const reference_exception exceptions[] = {
    {"console-0738", TABS}, {"console-1011", TABS}, {"console-1044", TABS}, {NULL, NULL}};

const reference_kind reference_console = {.name = "console", .run = run, .exceptions = exceptions};
