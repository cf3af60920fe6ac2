/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a console can draw: texts, panels, tables, rules, and groups of them.
 *
 * A renderable is made once and can be drawn as often as one likes, by any console.  A constructor
 * takes over the renderables that it is given, also when it fails; what prints or logs one takes
 * over none.  NULL stands for "memory ran
 * out" and goes through all constructors, so that calls can be nested and one check at the end is
 * enough; to print NULL returns STAGED_NO_MEMORY.
 *
 * Markup is what authors write ("[bold red]No![/] See [link=https://...]here[/link]").  In the
 * printf-like functions only the format is markup: what the values bring in is shown as it is (but
 * for the address in "[link=%s]").  Markup that cannot be read is reported when the renderable is
 * drawn. */
#ifndef STAGED_RENDERABLE_H
#define STAGED_RENDERABLE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include <staged/choice.h>
#include <staged/status.h>

STAGED_BEGIN_DECLS

typedef struct staged_renderable staged_renderable;

/* How lines are filled up to the width there is. */
typedef enum staged_justify {
    STAGED_JUSTIFY_DEFAULT = 0, /* not at all */
    STAGED_JUSTIFY_LEFT,
    STAGED_JUSTIFY_CENTER,
    STAGED_JUSTIFY_RIGHT,
    STAGED_JUSTIFY_FULL
} staged_justify;

/* What happens to words that are longer than a line. */
typedef enum staged_overflow {
    STAGED_OVERFLOW_DEFAULT = 0, /* as for what is around; in the end fold */
    STAGED_OVERFLOW_FOLD,        /* they go on in the next line */
    STAGED_OVERFLOW_CROP,
    STAGED_OVERFLOW_ELLIPSIS,
    STAGED_OVERFLOW_IGNORE /* the line is longer, then */
} staged_overflow;

typedef enum staged_align {
    STAGED_ALIGN_DEFAULT = 0, /* centred, unless said otherwise */
    STAGED_ALIGN_LEFT,
    STAGED_ALIGN_CENTER,
    STAGED_ALIGN_RIGHT
} staged_align;

typedef enum staged_vertical {
    STAGED_VERTICAL_TOP = 0,
    STAGED_VERTICAL_MIDDLE,
    STAGED_VERTICAL_BOTTOM
} staged_vertical;

/* The characters of borders.  Where the output takes only ASCII, all become STAGED_BOX_ASCII. */
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

/* Blank lines and columns around something.  All zero means the default; a padding of nothing has
 * `given` set. */
typedef struct staged_pad {
    bool given;
    int top, right, bottom, left;
} staged_pad;

/* Releases a renderable and all that it holds.  NULL: nothing. */
STAGED_API void staged_renderable_free(staged_renderable *renderable);

/* A text from a printf-like format: the format is markup, the values are data.  Numbers, paths and
 * such are highlighted where the console does that.
 * Source: what Rich does with a str. */
STAGED_API staged_renderable *staged_markup_new(const char *format, ...) STAGED_PRINTF(1, 2);
STAGED_API staged_renderable *staged_markup_new_v(const char *format, va_list values)
    STAGED_PRINTF(1, 0);

typedef struct staged_text_options {
    const char *style; /* of the whole text; NULL: none */
    bool markup;       /* the text is markup; else it is shown as it is */
    staged_justify justify;
    staged_overflow overflow;
    staged_choice no_wrap; /* AUTO: as for what is around */
} staged_text_options;

/* A text that is shown as it is, and not highlighted.
 *   options  NULL: all defaults
 *   text     copied
 * Source: Rich's Text, and Text.from_markup. */
STAGED_API staged_renderable *staged_text_new(const staged_text_options *options, const char *text);

/* What another program wrote to a terminal: the lines that it showed in the end, with colours,
 * attributes and links.  Carriage returns, backspaces, and codes that erase or move the cursor
 * within its line are obeyed; what follows a carriage return takes the place of all before it, as
 * with Rich, unless the cursor is moved over that.  Whatever else a terminal obeys is left out, and
 * what is not text becomes visible: no byte reaches the terminal as a control.
 *   bytes, length  copied
 * Source: Rich's Text.from_ansi. */
STAGED_API staged_renderable *staged_ansi_new(const char *bytes, size_t length);

/* Several renderables, one after another. */
STAGED_API staged_renderable *staged_render_group_new(void);
/* Adds to a group.
 *   child  taken over, also when it fails
 * Returns STAGED_NO_MEMORY, also when `group` or `child` is NULL, and STAGED_BAD_USE if `group` is
 * not one; the group is then drawn without the child. */
STAGED_API staged_status staged_render_group_add(staged_renderable *group,
                                                 staged_renderable *child);

typedef struct staged_padding_options {
    staged_pad pad;       /* default: none */
    const char *style;    /* NULL: none */
    staged_choice expand; /* AUTO: yes, over the whole width */
} staged_padding_options;

/* A renderable with blanks around it. */
STAGED_API staged_renderable *staged_padding_new(const staged_padding_options *options,
                                                 staged_renderable *child);

typedef struct staged_panel_options {
    const char *title;    /* markup; NULL: none */
    const char *subtitle; /* markup, in the lower border; NULL: none */
    staged_align title_align;
    staged_align subtitle_align;
    const char *style;        /* of the contents; NULL: none */
    const char *border_style; /* NULL: none */
    staged_box box;
    staged_pad padding;   /* default: a blank on both sides */
    int width;            /* 0: as wide as there is room */
    staged_choice expand; /* AUTO: yes; NO: as narrow as the contents allow */
    bool highlight;       /* highlight what staged_markup_new made */
} staged_panel_options;

/* A renderable in a frame. */
STAGED_API staged_renderable *staged_panel_new(const staged_panel_options *options,
                                               staged_renderable *child);

typedef struct staged_rule_options {
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

typedef struct staged_align_options {
    const char *style; /* of the blanks; NULL: none */
    int width;         /* 0: as wide as the contents are */
} staged_align_options;

/* A renderable moved to the left, the middle or the right of the width there is.
 *   options  NULL: all defaults
 *   align    STAGED_ALIGN_DEFAULT: to the middle */
STAGED_API staged_renderable *staged_align_new(const staged_align_options *options,
                                               staged_align align, staged_renderable *child);

typedef struct staged_table_options {
    const char *title;              /* markup; NULL: none */
    const char *caption;            /* markup, below; NULL: none */
    staged_justify title_justify;   /* DEFAULT: centred */
    staged_justify caption_justify; /* DEFAULT: centred */
    const char *title_style;        /* NULL: "table.title" */
    const char *caption_style;      /* NULL: "table.caption" */
    const char *style;              /* of all of it; NULL: none */
    const char *border_style;       /* NULL: none */
    const char *header_style;       /* NULL: "table.header" */
    const char *footer_style;       /* NULL: "table.footer" */
    const char *const *row_styles;  /* taken in turn, ended with NULL; NULL: none */
    staged_box box;
    staged_pad padding; /* of a cell; default: a blank on both sides */
    int width;          /* 0: as the contents need; otherwise also like `expand` */
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
    const char *header; /* markup; NULL: none */
    const char *footer; /* markup; NULL: none */
    /* Instead of those; taken over.  NULL: none, so look out for a constructor's NULL here. */
    staged_renderable *header_renderable, *footer_renderable;
    const char *header_style, *footer_style, *style; /* NULL: none */
    staged_justify justify;                          /* DEFAULT: left */
    staged_vertical vertical;
    staged_overflow overflow; /* DEFAULT: ellipsis */
    int width;                /* 0: as the contents need; other columns give and take first */
    int min_width, max_width; /* 0: none */
    int ratio;                /* share of the width that an expanded table has left; 0: none */
    bool no_wrap;
    bool highlight;
} staged_column_options;

typedef struct staged_row_options {
    const char *style; /* NULL: none */
    bool end_section;  /* draw a line below */
} staged_row_options;

/* A table, at first without columns and rows.  Options NULL: all defaults. */
STAGED_API staged_renderable *staged_table_new(const staged_table_options *options);
/* Adds a column.  Returns STAGED_NO_MEMORY (also when `table` is NULL) or STAGED_BAD_USE when it is
 * not a table. */
STAGED_API staged_status staged_table_add_column(staged_renderable *table,
                                                 const staged_column_options *options);
/* Adds a row.
 *   options       NULL: all defaults
 *   cells, count  taken over, the array is not; columns are added when there are more cells than
 *                 columns, and cells that are missing are empty.  An item must not be NULL, but for
 *                 what a constructor returned when memory ran out: the row is not added then
 * Returns STAGED_NO_MEMORY (also when `table` is NULL) or STAGED_BAD_USE when it is not a table. */
STAGED_API staged_status staged_table_add_row(staged_renderable *table,
                                              const staged_row_options *options,
                                              staged_renderable *const *cells, size_t count);

typedef struct staged_columns_options {
    const char *title;  /* markup, above; NULL: none */
    staged_pad padding; /* of each item; default: a blank on both sides */
    staged_align align; /* of the items in their columns; DEFAULT: as they are */
    int width;          /* of a column; 0: as the items need */
    bool expand;        /* use the whole width */
    bool equal;         /* count columns as if all items were as wide as the widest */
    bool column_first;  /* fill one column after another, not one row after another */
    bool right_to_left; /* begin at the right */
} staged_columns_options;

/* Renderables in as many columns as there is room for, at first none.
 *   options  NULL: all defaults
 * Source: rich.columns.Columns. */
STAGED_API staged_renderable *staged_columns_new(const staged_columns_options *options);
/* Adds to them; as staged_render_group_add. */
STAGED_API staged_status staged_columns_add(staged_renderable *columns, staged_renderable *child);

typedef struct staged_tree_options {
    const char *style; /* of the label and of all that grows from it; NULL: as the tree that
                          it grows from has it, in the end "tree" */
    const char
        *guide_style; /* of the lines to what grows from it; NULL: the same, in the end
                         "tree.line".  A bold one makes heavy lines, underline2 twofold ones */
    bool collapsed;   /* what grows from it is not shown */
    /* Of what a tree grows from they count only where they are drawn by themselves: */
    bool hide_root; /* the label is not shown */
    bool highlight; /* highlight labels that staged_markup_new made */
} staged_tree_options;

/* A tree, at first without branches.
 *   options  NULL: all defaults
 *   label    taken over, also when it fails
 * Source: rich.tree.Tree. */
STAGED_API staged_renderable *staged_tree_new(const staged_tree_options *options,
                                              staged_renderable *label);
/* Adds a branch to a tree, or to a branch.
 *   options, label  as for staged_tree_new
 * Returns the branch, a tree to which more can be added, and which belongs to the one that it grows
 * from: it is not to be released, nor put elsewhere.  NULL when out of memory, when `tree` is
 * not one, or when it is more than 99 levels deep; the first and the last are told when the tree is
 * drawn, so that one check at the end is enough. */
STAGED_API staged_renderable *staged_tree_add(staged_renderable *tree,
                                              const staged_tree_options *options,
                                              staged_renderable *label);

/* A renderable that is given no more than `width` columns; 0: 80.
 *   child  taken over, also when it fails
 * Source: rich.constrain.Constrain. */
STAGED_API staged_renderable *staged_constrain_new(int width, staged_renderable *child);

/* Makes what is to be drawn, each time that it is drawn.
 *   context  as given to staged_dynamic_new
 *   width    the columns that there are
 * Returns a renderable of its own, which is released after it was drawn.  Must not print on the
 * console that draws it. */
typedef staged_renderable *staged_render_function(void *context, int width);

/* A renderable of one's own.
 *   make     see above
 *   context  handed to `make`; taken over if `release` is given
 *   release  NULL, or releases the context together with the renderable */
STAGED_API staged_renderable *staged_dynamic_new(staged_render_function *make, void *context,
                                                 void (*release)(void *context));

/* A copy of a text in which nothing is markup, to be put together with markup by hand.  NULL when
 * there is no memory; released with free().  Source: rich.markup.escape. */
STAGED_API char *staged_markup_escape(const char *text);

STAGED_END_DECLS

#endif
