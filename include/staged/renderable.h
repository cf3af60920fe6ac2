/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Renderables: texts, panels, tables, rules, and groups of them.
 *
 * A renderable can be drawn any number of times, by any console.  A constructor takes over its
 * renderables, even on failure; functions that print or log borrow them.  NULL means "out of
 * memory" and passes through all constructors, so calls can be nested, and one check at the end is
 * enough: printing NULL returns STAGED_NO_MEMORY.
 *
 * Markup is what authors write ("[bold red]No![/] See [link=https://...]here[/link]").  In the
 * printf-like functions only the format is markup; values are shown as they are (except for the
 * address in "[link=%s]").  Invalid markup is reported when the renderable is drawn. */
#ifndef STAGED_RENDERABLE_H
#define STAGED_RENDERABLE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include <staged/choice.h>
#include <staged/status.h>

STAGED_BEGIN_DECLS

typedef struct staged_renderable staged_renderable;

/* How lines fill the available width. */
typedef enum staged_justify {
    STAGED_JUSTIFY_DEFAULT = 0, /* not at all */
    STAGED_JUSTIFY_LEFT,
    STAGED_JUSTIFY_CENTER,
    STAGED_JUSTIFY_RIGHT,
    STAGED_JUSTIFY_FULL
} staged_justify;

/* What happens to words that are longer than a line. */
typedef enum staged_overflow {
    STAGED_OVERFLOW_DEFAULT = 0, /* inherited; by default fold */
    STAGED_OVERFLOW_FOLD,        /* continue on the next line */
    STAGED_OVERFLOW_CROP,
    STAGED_OVERFLOW_ELLIPSIS,
    STAGED_OVERFLOW_IGNORE /* exceed the width */
} staged_overflow;

typedef enum staged_align {
    STAGED_ALIGN_DEFAULT = 0, /* centred by default */
    STAGED_ALIGN_LEFT,
    STAGED_ALIGN_CENTER,
    STAGED_ALIGN_RIGHT
} staged_align;

typedef enum staged_vertical {
    STAGED_VERTICAL_TOP = 0,
    STAGED_VERTICAL_MIDDLE,
    STAGED_VERTICAL_BOTTOM
} staged_vertical;

/* The characters of borders.  On an output limited to ASCII, all become STAGED_BOX_ASCII. */
typedef enum staged_box {
    STAGED_BOX_DEFAULT = 0, /* panel: rounded; table: heavy head */
    STAGED_BOX_NONE,        /* table only */
    STAGED_BOX_ASCII,
    STAGED_BOX_ASCII2,
    STAGED_BOX_ASCII_DOUBLE_HEAD,
    STAGED_BOX_SQUARE,
    STAGED_BOX_SQUARE_DOUBLE_HEAD,
    STAGED_BOX_MINIMAL,
    STAGED_BOX_MINIMAL_HEAVY_HEAD,
    STAGED_BOX_MINIMAL_DOUBLE_HEAD,
    STAGED_BOX_SIMPLE,
    STAGED_BOX_SIMPLE_HEAD,
    STAGED_BOX_SIMPLE_HEAVY,
    STAGED_BOX_HORIZONTALS,
    STAGED_BOX_ROUNDED,
    STAGED_BOX_HEAVY,
    STAGED_BOX_HEAVY_EDGE,
    STAGED_BOX_HEAVY_HEAD,
    STAGED_BOX_DOUBLE,
    STAGED_BOX_DOUBLE_EDGE,
    STAGED_BOX_MARKDOWN
} staged_box;

/* Blank lines and columns around a renderable.  All zero is the default; to have no padding, set
 * `given`. */
typedef struct staged_pad {
    bool given;
    int top, right, bottom, left;
} staged_pad;

/* Frees a renderable and everything in it.  Takes NULL. */
STAGED_API void staged_renderable_free(staged_renderable *renderable);

/* A text from a printf-like format: the format is markup, the values are data.  Numbers, paths and
 * the like are highlighted if the console does that.
 * Source: what Rich does with a str. */
STAGED_API staged_renderable *staged_markup_new(const char *format, ...) STAGED_PRINTF(1, 2);
STAGED_API staged_renderable *staged_markup_new_v(const char *format, va_list values)
    STAGED_PRINTF(1, 0);
/* The same with the values in an array, for callers that cannot pass a variable number of them.
 *   format        its only conversions are `%s`, also with a width, and `%%`
 *   texts, count  a value for each `%s`; copied */
STAGED_API staged_renderable *staged_markup_new_list(const char *format, const char *const *texts,
                                                     size_t count);

typedef struct staged_text_options {
    size_t size;       /* see STAGED_OPTIONS */
    const char *style; /* of the whole text; NULL: none */
    bool markup;       /* the text is markup; otherwise it is shown as it is */
    staged_justify justify;
    staged_overflow overflow;
    staged_choice no_wrap; /* AUTO: inherited */
} staged_text_options;

/* A text that is shown as it is, without highlighting.
 *   options  NULL: all defaults
 *   text     copied
 * Source: Rich's Text, and Text.from_markup. */
STAGED_API staged_renderable *staged_text_new(const staged_text_options *options, const char *text);

/* What another program wrote to a terminal: the lines as they ended up, with colours, attributes
 * and links.  Carriage returns, backspaces, and codes that erase or move the cursor within its line
 * are applied; as in Rich, the text after a carriage return replaces the whole line unless the
 * cursor moves over it.  All other terminal codes are removed, and other control characters become
 * visible: none reaches the terminal.
 *   bytes, length  copied
 * Source: Rich's Text.from_ansi. */
STAGED_API staged_renderable *staged_ansi_new(const char *bytes, size_t length);

/* JSON as a program printed it, one value or several after another: keys, texts, numbers and words
 * have the console's styles `json.key`, `json.str` and so on.  What is not JSON, or nested more
 * than 512 levels deep, has no colours.  Lines are neither wrapped nor cut.
 *   text  copied; one newline at its end is left out
 * Source: the colours of Rich's JSON. */
STAGED_API staged_renderable *staged_json_new(const char *text);
/* A unified diff as `diff -u` and git print it, in the same way: names of files, headers of hunks,
 * added and removed lines have colours of their own.  They are the styles `diff.file`, `diff.hunk`,
 * `diff.added`, `diff.removed` and `diff.context` where staged_console_set_style defines those.
 *   text  copied; one newline at its end is left out */
STAGED_API staged_renderable *staged_diff_new(const char *text);

/* Several renderables, one after another. */
STAGED_API staged_renderable *staged_render_group_new(void);
/* Adds a child to a group.
 *   child  taken over, even on failure
 * Returns STAGED_NO_MEMORY, also when `group` or `child` is NULL, and STAGED_BAD_USE if `group` is
 * not one; the group is then drawn without the child. */
STAGED_API staged_status staged_render_group_add(staged_renderable *group,
                                                 staged_renderable *child);

typedef struct staged_padding_options {
    size_t size;          /* see STAGED_OPTIONS */
    staged_pad pad;       /* default: none */
    const char *style;    /* NULL: none */
    staged_choice expand; /* AUTO: yes, over the whole width */
} staged_padding_options;

/* A renderable with padding. */
STAGED_API staged_renderable *staged_padding_new(const staged_padding_options *options,
                                                 staged_renderable *child);

typedef struct staged_panel_options {
    size_t size;          /* see STAGED_OPTIONS */
    const char *title;    /* markup; NULL: none */
    const char *subtitle; /* markup, in the lower border; NULL: none */
    staged_align title_align;
    staged_align subtitle_align;
    const char *style;        /* of the contents; NULL: none */
    const char *border_style; /* NULL: none */
    staged_box box;
    staged_pad padding;   /* default: a blank on both sides */
    int width;            /* 0: the available width */
    staged_choice expand; /* AUTO: yes; NO: as narrow as the contents */
    bool highlight;       /* highlight what staged_markup_new made */
} staged_panel_options;

/* A renderable in a frame. */
STAGED_API staged_renderable *staged_panel_new(const staged_panel_options *options,
                                               staged_renderable *child);

typedef struct staged_rule_options {
    size_t size;            /* see STAGED_OPTIONS */
    const char *characters; /* NULL: "─" */
    const char *style;      /* of the line; NULL: "rule.line" */
    staged_align align;     /* of the title */
} staged_rule_options;

/* A line over the whole width, with a title.
 *   format  as for staged_markup_new; "": no title */
STAGED_API staged_renderable *staged_rule_new(const staged_rule_options *options,
                                              const char *format, ...) STAGED_PRINTF(2, 3);
STAGED_API staged_renderable *staged_rule_new_v(const staged_rule_options *options,
                                                const char *format, va_list values)
    STAGED_PRINTF(2, 0);
STAGED_API staged_renderable *staged_rule_new_text(const staged_rule_options *options,
                                                   const char *title);

typedef struct staged_align_options {
    size_t size;       /* see STAGED_OPTIONS */
    const char *style; /* of the blanks; NULL: none */
    int width;         /* 0: that of the contents */
} staged_align_options;

/* A renderable at the left, centre or right of the available width.
 *   options  NULL: all defaults
 *   align    STAGED_ALIGN_DEFAULT: centred */
STAGED_API staged_renderable *staged_align_new(const staged_align_options *options,
                                               staged_align align, staged_renderable *child);

typedef struct staged_table_options {
    size_t size;                    /* see STAGED_OPTIONS */
    const char *title;              /* markup; NULL: none */
    const char *caption;            /* markup, below; NULL: none */
    staged_justify title_justify;   /* DEFAULT: centred */
    staged_justify caption_justify; /* DEFAULT: centred */
    const char *title_style;        /* NULL: "table.title" */
    const char *caption_style;      /* NULL: "table.caption" */
    const char *style;              /* of the whole table; NULL: none */
    const char *border_style;       /* NULL: none */
    const char *header_style;       /* NULL: "table.header" */
    const char *footer_style;       /* NULL: "table.footer" */
    const char *const *row_styles;  /* alternating, ended with NULL; NULL: none */
    staged_box box;
    staged_pad padding; /* of a cell; default: a blank on both sides */
    int width;          /* 0: that of the contents; otherwise implies `expand` */
    int min_width;      /* 0: none */
    int leading;        /* blank lines between rows */
    bool expand;        /* use the whole width */
    bool show_footer;
    bool show_lines;           /* between rows */
    bool collapse_padding;     /* between cells */
    bool highlight;            /* highlight what staged_markup_new made */
    staged_choice show_header; /* AUTO: yes */
    staged_choice show_edge;   /* AUTO: yes */
    staged_choice pad_edge;    /* AUTO: yes */
} staged_table_options;

typedef struct staged_column_options {
    size_t size;        /* see STAGED_OPTIONS */
    const char *header; /* markup; NULL: none */
    const char *footer; /* markup; NULL: none */
    /* In place of those; taken over.  NULL: none, so check a constructor's result before. */
    staged_renderable *header_renderable, *footer_renderable;
    const char *header_style, *footer_style, *style; /* NULL: none */
    staged_justify justify;                          /* DEFAULT: left */
    staged_vertical vertical;
    staged_overflow overflow; /* DEFAULT: ellipsis */
    int width;                /* 0: that of the contents; other columns grow and shrink first */
    int min_width, max_width; /* 0: none */
    int ratio;                /* share of the remaining width of an expanded table; 0: none */
    bool no_wrap;
    bool highlight;
} staged_column_options;

typedef struct staged_row_options {
    size_t size;       /* see STAGED_OPTIONS */
    const char *style; /* NULL: none */
    bool end_section;  /* draw a line below */
} staged_row_options;

/* An empty table.  Options NULL: all defaults. */
STAGED_API staged_renderable *staged_table_new(const staged_table_options *options);
/* Adds a column.  Returns STAGED_NO_MEMORY (also when `table` is NULL) or STAGED_BAD_USE when it is
 * not a table. */
STAGED_API staged_status staged_table_add_column(staged_renderable *table,
                                                 const staged_column_options *options);
/* Adds a row.
 *   options       NULL: all defaults
 *   cells, count  taken over, except for the array; columns are added if there are more cells than
 *                 columns, and missing cells are empty.  An item is NULL only if its constructor
 *                 ran out of memory: then the row is not added
 * Returns STAGED_NO_MEMORY (also when `table` is NULL) or STAGED_BAD_USE when it is not a table. */
STAGED_API staged_status staged_table_add_row(staged_renderable *table,
                                              const staged_row_options *options,
                                              staged_renderable *const *cells, size_t count);

typedef struct staged_columns_options {
    size_t size;        /* see STAGED_OPTIONS */
    const char *title;  /* markup, above; NULL: none */
    staged_pad padding; /* of each item; default: a blank on both sides */
    staged_align align; /* of the items in their columns; DEFAULT: none */
    int width;          /* of a column; 0: that of the items */
    bool expand;        /* use the whole width */
    bool equal;         /* count the columns as if every item were as wide as the widest */
    bool column_first;  /* fill column by column, not row by row */
    bool right_to_left; /* start at the right */
} staged_columns_options;

/* An empty set of columns: as many as fit.
 *   options  NULL: all defaults
 * Source: rich.columns.Columns. */
STAGED_API staged_renderable *staged_columns_new(const staged_columns_options *options);
/* Adds an item, as staged_render_group_add. */
STAGED_API staged_status staged_columns_add(staged_renderable *columns, staged_renderable *child);

typedef struct staged_tree_options {
    size_t size; /* see STAGED_OPTIONS */
    const char
        *style; /* of the label and everything below it; NULL: inherited, at the root "tree" */
    const char *guide_style; /* of the lines below it; NULL: inherited, at the root "tree.line".
                                `bold` makes the lines heavy, `underline2` double */
    bool collapsed;          /* do not show its branches */
    /* Only for the root of what is drawn: */
    bool hide_root; /* the label is not shown */
    bool highlight; /* highlight labels that staged_markup_new made */
} staged_tree_options;

/* A tree without branches.
 *   options  NULL: all defaults
 *   label    taken over, even on failure
 * Source: rich.tree.Tree. */
STAGED_API staged_renderable *staged_tree_new(const staged_tree_options *options,
                                              staged_renderable *label);
/* Adds a branch to a tree, or to a branch.
 *   options, label  as for staged_tree_new
 * Returns the branch, itself a tree to which you can add more; it belongs to its parent: do not
 * free it or put it elsewhere.  NULL when out of memory, if `tree` is not a tree, or below 99
 * levels; drawing the tree reports the first and the last, so one check at the end is enough. */
STAGED_API staged_renderable *staged_tree_add(staged_renderable *tree,
                                              const staged_tree_options *options,
                                              staged_renderable *label);

/* A renderable limited to `width` columns; 0: 80.
 *   child  taken over, even on failure
 * Source: rich.constrain.Constrain. */
STAGED_API staged_renderable *staged_constrain_new(int width, staged_renderable *child);

/* Makes the renderable each time it is drawn.
 *   context  as passed to staged_dynamic_new
 *   width    the available columns
 * Returns a new renderable, which is freed after drawing.  It must not print on the console that
 * draws it. */
typedef staged_renderable *staged_render_function(void *context, int width);

/* Your own renderable.
 *   make     see above
 *   context  passed to `make`; taken over if `release` is set
 *   release  frees the context with the renderable; may be NULL */
STAGED_API staged_renderable *staged_dynamic_new(staged_render_function *make, void *context,
                                                 void (*release)(void *context));

/* A copy of a text, escaped to be part of markup.  The caller frees it; NULL when out of memory.
 * Source: rich.markup.escape. */
STAGED_API char *staged_markup_escape(const char *text);

STAGED_END_DECLS

#endif
