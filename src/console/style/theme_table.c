/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The default theme: the names that Rich 14.3.3 knows. */
#include "console/style/theme.h"

/* clang-format off */
#define UNSET {STG_COLOR_UNSET, 0, 0, 0}
#define DEFAULT {STG_COLOR_DEFAULT, 0, 0, 0}
#define BLACK {STG_COLOR_STANDARD, 0, 0, 0}
#define RED {STG_COLOR_STANDARD, 1, 0, 0}
#define GREEN {STG_COLOR_STANDARD, 2, 0, 0}
#define YELLOW {STG_COLOR_STANDARD, 3, 0, 0}
#define BLUE {STG_COLOR_STANDARD, 4, 0, 0}
#define MAGENTA {STG_COLOR_STANDARD, 5, 0, 0}
#define CYAN {STG_COLOR_STANDARD, 6, 0, 0}
#define WHITE {STG_COLOR_STANDARD, 7, 0, 0}
#define BRIGHT_RED {STG_COLOR_STANDARD, 9, 0, 0}
#define BRIGHT_GREEN {STG_COLOR_STANDARD, 10, 0, 0}
#define BRIGHT_YELLOW {STG_COLOR_STANDARD, 11, 0, 0}
#define BRIGHT_BLUE {STG_COLOR_STANDARD, 12, 0, 0}
#define BRIGHT_MAGENTA {STG_COLOR_STANDARD, 13, 0, 0}
#define BRIGHT_CYAN {STG_COLOR_STANDARD, 14, 0, 0}
#define NUMBER(number) {STG_COLOR_256, number, 0, 0}
#define RGB(red, green, blue) {STG_COLOR_TRUE, red, green, blue}

#define STYLE(name, switched_on, switched_off, foreground) \
    {name, {.set = (switched_on) | (switched_off), .on = (switched_on), .color = foreground}}
#define STYLE_ON(name, switched_on, switched_off, foreground, ground) \
    {name, {.set = (switched_on) | (switched_off), .on = (switched_on), .color = foreground, \
            .background = ground}}
/* clang-format on */

/* Sorted by name. */
const stg_theme_entry stg_default_theme[] = {
    STYLE("bar.back", 0, 0, NUMBER(237)),
    STYLE("bar.complete", 0, 0, RGB(249, 38, 114)),
    STYLE("bar.finished", 0, 0, RGB(114, 156, 31)),
    STYLE("bar.pulse", 0, 0, RGB(249, 38, 114)),
    STYLE("black", 0, 0, BLACK),
    STYLE("blink", STG_BLINK, 0, UNSET),
    STYLE("blink2", STG_BLINK2, 0, UNSET),
    STYLE("bold", STG_BOLD, 0, UNSET),
    STYLE("bright", 0, STG_DIM, UNSET),
    STYLE("code", STG_BOLD | STG_REVERSE, 0, UNSET),
    STYLE("cyan", 0, 0, CYAN),
    STYLE("dim", STG_DIM, 0, UNSET),
    STYLE("emphasize", STG_ITALIC, 0, UNSET),
    STYLE("green", 0, 0, GREEN),
    STYLE("inspect.async_def", STG_ITALIC, 0, BRIGHT_CYAN),
    STYLE("inspect.attr", STG_ITALIC, 0, YELLOW),
    STYLE("inspect.attr.dunder", STG_DIM | STG_ITALIC, 0, YELLOW),
    STYLE("inspect.callable", STG_BOLD, 0, RED),
    STYLE("inspect.class", STG_ITALIC, 0, BRIGHT_CYAN),
    STYLE("inspect.def", STG_ITALIC, 0, BRIGHT_CYAN),
    STYLE("inspect.doc", STG_DIM, 0, UNSET),
    STYLE("inspect.equals", 0, 0, UNSET),
    STYLE("inspect.error", STG_BOLD, 0, RED),
    STYLE("inspect.help", 0, 0, CYAN),
    STYLE("inspect.value.border", 0, 0, GREEN),
    STYLE("iso8601.date", 0, 0, BLUE),
    STYLE("iso8601.time", 0, 0, MAGENTA),
    STYLE("iso8601.timezone", 0, 0, YELLOW),
    STYLE("italic", STG_ITALIC, 0, UNSET),
    STYLE("json.bool_false", STG_ITALIC, 0, BRIGHT_RED),
    STYLE("json.bool_true", STG_ITALIC, 0, BRIGHT_GREEN),
    STYLE("json.brace", STG_BOLD, 0, UNSET),
    STYLE("json.key", STG_BOLD, 0, BLUE),
    STYLE("json.null", STG_ITALIC, 0, MAGENTA),
    STYLE("json.number", STG_BOLD, STG_ITALIC, CYAN),
    STYLE("json.str", 0, STG_BOLD | STG_ITALIC, GREEN),
    STYLE("layout.tree.column", 0, STG_DIM, BLUE),
    STYLE("layout.tree.row", 0, STG_DIM, RED),
    STYLE("live.ellipsis", STG_BOLD, 0, RED),
    STYLE("log.level", 0, 0, UNSET),
    STYLE("log.message", 0, 0, UNSET),
    STYLE("log.path", STG_DIM, 0, UNSET),
    STYLE("log.time", STG_DIM, 0, CYAN),
    STYLE("logging.keyword", STG_BOLD, 0, YELLOW),
    STYLE("logging.level.critical", STG_BOLD | STG_REVERSE, 0, RED),
    STYLE("logging.level.debug", 0, 0, GREEN),
    STYLE("logging.level.error", STG_BOLD, 0, RED),
    STYLE("logging.level.info", 0, 0, BLUE),
    STYLE("logging.level.notset", STG_DIM, 0, UNSET),
    STYLE("logging.level.warning", 0, 0, YELLOW),
    STYLE("magenta", 0, 0, MAGENTA),
    STYLE("markdown.block_quote", 0, 0, MAGENTA),
    STYLE_ON("markdown.code", STG_BOLD, 0, CYAN, BLACK),
    STYLE_ON("markdown.code_block", 0, 0, CYAN, BLACK),
    STYLE("markdown.em", STG_ITALIC, 0, UNSET),
    STYLE("markdown.emph", STG_ITALIC, 0, UNSET),
    STYLE("markdown.h1", STG_BOLD | STG_UNDERLINE, 0, UNSET),
    STYLE("markdown.h1.border", 0, 0, UNSET),
    STYLE("markdown.h2", STG_UNDERLINE, 0, MAGENTA),
    STYLE("markdown.h3", STG_BOLD, 0, MAGENTA),
    STYLE("markdown.h4", STG_ITALIC, 0, MAGENTA),
    STYLE("markdown.h5", STG_ITALIC, 0, UNSET),
    STYLE("markdown.h6", STG_DIM, 0, UNSET),
    STYLE("markdown.h7", STG_DIM | STG_ITALIC, 0, UNSET),
    STYLE("markdown.hr", STG_DIM, 0, UNSET),
    STYLE("markdown.item", 0, 0, UNSET),
    STYLE("markdown.item.bullet", STG_BOLD, 0, UNSET),
    STYLE("markdown.item.number", 0, 0, CYAN),
    STYLE("markdown.link", 0, 0, BRIGHT_BLUE),
    STYLE("markdown.link_url", STG_UNDERLINE, 0, BLUE),
    STYLE("markdown.list", 0, 0, CYAN),
    STYLE("markdown.paragraph", 0, 0, UNSET),
    STYLE("markdown.s", STG_STRIKE, 0, UNSET),
    STYLE("markdown.strong", STG_BOLD, 0, UNSET),
    STYLE("markdown.table.border", 0, 0, CYAN),
    STYLE("markdown.table.header", 0, STG_BOLD, CYAN),
    STYLE("markdown.text", 0, 0, UNSET),
    STYLE("none", 0, 0, UNSET),
    STYLE("pretty", 0, 0, UNSET),
    STYLE("progress.data.speed", 0, 0, RED),
    STYLE("progress.description", 0, 0, UNSET),
    STYLE("progress.download", 0, 0, GREEN),
    STYLE("progress.elapsed", 0, 0, YELLOW),
    STYLE("progress.filesize", 0, 0, GREEN),
    STYLE("progress.filesize.total", 0, 0, GREEN),
    STYLE("progress.percentage", 0, 0, MAGENTA),
    STYLE("progress.remaining", 0, 0, CYAN),
    STYLE("progress.spinner", 0, 0, GREEN),
    STYLE("prompt", 0, 0, UNSET),
    STYLE("prompt.choices", STG_BOLD, 0, MAGENTA),
    STYLE("prompt.default", STG_BOLD, 0, CYAN),
    STYLE("prompt.invalid", 0, 0, RED),
    STYLE("prompt.invalid.choice", 0, 0, RED),
    STYLE("red", 0, 0, RED),
    STYLE("repr.attrib_equal", STG_BOLD, 0, UNSET),
    STYLE("repr.attrib_name", 0, STG_ITALIC, YELLOW),
    STYLE("repr.attrib_value", 0, STG_ITALIC, MAGENTA),
    STYLE("repr.bool_false", STG_ITALIC, 0, BRIGHT_RED),
    STYLE("repr.bool_true", STG_ITALIC, 0, BRIGHT_GREEN),
    STYLE("repr.brace", STG_BOLD, 0, UNSET),
    STYLE("repr.call", STG_BOLD, 0, MAGENTA),
    STYLE("repr.comma", STG_BOLD, 0, UNSET),
    STYLE("repr.ellipsis", 0, 0, YELLOW),
    STYLE("repr.error", STG_BOLD, 0, RED),
    STYLE("repr.eui48", STG_BOLD, 0, BRIGHT_GREEN),
    STYLE("repr.eui64", STG_BOLD, 0, BRIGHT_GREEN),
    STYLE("repr.filename", 0, 0, BRIGHT_MAGENTA),
    STYLE("repr.indent", STG_DIM, 0, GREEN),
    STYLE("repr.ipv4", STG_BOLD, 0, BRIGHT_GREEN),
    STYLE("repr.ipv6", STG_BOLD, 0, BRIGHT_GREEN),
    STYLE("repr.none", STG_ITALIC, 0, MAGENTA),
    STYLE("repr.number", STG_BOLD, STG_ITALIC, CYAN),
    STYLE("repr.number_complex", STG_BOLD, STG_ITALIC, CYAN),
    STYLE("repr.path", 0, 0, MAGENTA),
    STYLE("repr.str", 0, STG_BOLD | STG_ITALIC, GREEN),
    STYLE("repr.tag_contents", 0, 0, DEFAULT),
    STYLE("repr.tag_end", STG_BOLD, 0, UNSET),
    STYLE("repr.tag_name", STG_BOLD, 0, BRIGHT_MAGENTA),
    STYLE("repr.tag_start", STG_BOLD, 0, UNSET),
    STYLE("repr.url", STG_UNDERLINE, STG_BOLD | STG_ITALIC, BRIGHT_BLUE),
    STYLE("repr.uuid", 0, STG_BOLD, BRIGHT_YELLOW),
    STYLE_ON("reset", 0,
             STG_BOLD | STG_DIM | STG_ITALIC | STG_UNDERLINE | STG_BLINK | STG_BLINK2 |
                 STG_REVERSE | STG_CONCEAL | STG_STRIKE,
             DEFAULT, DEFAULT),
    STYLE("reverse", STG_REVERSE, 0, UNSET),
    STYLE("rule.line", 0, 0, BRIGHT_GREEN),
    STYLE("rule.text", 0, 0, UNSET),
    STYLE("scope.border", 0, 0, BLUE),
    STYLE("scope.equals", 0, 0, RED),
    STYLE("scope.key", STG_ITALIC, 0, YELLOW),
    STYLE("scope.key.special", STG_DIM | STG_ITALIC, 0, YELLOW),
    STYLE("status.spinner", 0, 0, GREEN),
    STYLE("strike", STG_STRIKE, 0, UNSET),
    STYLE("strong", STG_BOLD, 0, UNSET),
    STYLE("table.caption", STG_DIM | STG_ITALIC, 0, UNSET),
    STYLE("table.cell", 0, 0, UNSET),
    STYLE("table.footer", STG_BOLD, 0, UNSET),
    STYLE("table.header", STG_BOLD, 0, UNSET),
    STYLE("table.title", STG_ITALIC, 0, UNSET),
    STYLE("traceback.border", 0, 0, RED),
    STYLE("traceback.border.syntax_error", 0, 0, BRIGHT_RED),
    STYLE("traceback.error", STG_ITALIC, 0, RED),
    STYLE("traceback.error_range", STG_BOLD | STG_UNDERLINE, 0, UNSET),
    STYLE("traceback.exc_type", STG_BOLD, 0, BRIGHT_RED),
    STYLE("traceback.exc_value", 0, 0, UNSET),
    STYLE("traceback.group.border", 0, 0, MAGENTA),
    STYLE("traceback.note", STG_BOLD, 0, GREEN),
    STYLE("traceback.offset", STG_BOLD, 0, BRIGHT_RED),
    STYLE("traceback.text", 0, 0, UNSET),
    STYLE("traceback.title", STG_BOLD, 0, RED),
    STYLE("tree", 0, 0, UNSET),
    STYLE("tree.line", 0, 0, UNSET),
    STYLE("underline", STG_UNDERLINE, 0, UNSET),
    STYLE("white", 0, 0, WHITE),
    STYLE("yellow", 0, 0, YELLOW),
};

const size_t stg_default_theme_count = sizeof stg_default_theme / sizeof *stg_default_theme;
