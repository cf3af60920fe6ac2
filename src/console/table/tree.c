/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Labels below each other, with lines that show the hierarchy.  A branch is itself a tree, owned by
 * the one that it grows from. */
#include <stdlib.h>

#include "base/failure/options.h"
#include "console/renderable/item.h"

/* The parts of the lines, and their cells. */
enum { SPACE, CONTINUE, FORK, END, GUIDES };
enum { GUIDE_CELLS = 4 };

typedef struct tree {
    staged_renderable base;
    staged_renderable *label;
    char *style, *guide_style; /* NULL: inherited from the tree that it grows from */
    stg_items branches;
    struct tree *parent; /* NULL: it is the root */
    int level;           /* of the root: 0 */
    bool collapsed, hide_root, highlight;
} tree;

/* The lines that lead down past a label. */
typedef struct guide {
    int part;
    stg_style style;
} guide;

typedef struct drawing {
    stg_draw *draw;
    const stg_draw_options *options;
    stg_segments *out;
    const tree *root; /* the root of what is drawn */
    guide guides[STG_DEEPEST + 1];
} drawing;

/* The styles of a tree, which its branches inherit. */
typedef struct styles {
    const char *own, *guide; /* definitions */
    stg_style label, guides; /* combined with those of the trees it grows from */
} styles;

static const char *guide_text(const drawing *d, const guide *g)
{
    static const char *const ascii[GUIDES] = {"    ", "|   ", "+-- ", "`-- "};
    static const char *const light[GUIDES] = {"    ", "│   ", "├── ", "└── "};
    static const char *const heavy[GUIDES] = {"    ", "┃   ", "┣━━ ", "┗━━ "};
    static const char *const twofold[GUIDES] = {"    ", "║   ", "╠══ ", "╚══ "};
    if (d->draw->ascii)
        return ascii[g->part];
    if ((g->style.on & STG_BOLD) != 0)
        return heavy[g->part];
    return (g->style.on & STG_UNDERLINE2) != 0 ? twofold[g->part] : light[g->part];
}

/* What precedes a line of a label: the guides of the levels from 1, or 2, to its own. */
static void draw_guides(const drawing *d, int first, int last, const stg_style *style)
{
    static const stg_style plain = {.set = STG_BOLD | STG_UNDERLINE2};
    const stg_style background = stg_style_background(style);
    for (int i = first; i <= last; i++) {
        const guide *g = &d->guides[i];
        const stg_style under = stg_style_combine(&background, &g->style);
        const stg_style shown = stg_style_combine(&under, &plain);
        stg_segments_add_text(d->draw, d->out, guide_text(d, g), &shown);
    }
}

/* Draws a label at its level. */
static void draw_label(drawing *d, const tree *t, const styles *s, int level, bool last)
{
    static const stg_style none = {0};
    const int first = d->root->hide_root ? 2 : 1;
    const int guides = level < first ? 0 : level - first + 1;
    stg_draw_options options =
        stg_draw_narrowed(d->options, d->options->width - guides * GUIDE_CELLS);
    options.highlight = d->root->highlight ? STAGED_YES : STAGED_NO;
    stg_segments segments = {0};
    stg_lines lines = {0};
    stg_item_draw(t->label, d->draw, &options, &segments);
    stg_segments_apply(&segments, 0, &s->label);
    stg_lines_of(d->draw, &segments, &lines);
    d->guides[level].part = last ? END : FORK;
    for (size_t i = 0; i < lines.count && !(level == 0 && d->root->hide_root); i++) {
        stg_line_fit(d->draw, &lines.items[i], options.width,
                     d->options->justify == STAGED_JUSTIFY_DEFAULT ? NULL : &none);
        draw_guides(d, first, level, &s->label);
        stg_segments_line(d->draw, d->out, &lines.items[i]);
        stg_segments_newline(d->draw, d->out);
        d->guides[level].part = last ? SPACE : CONTINUE;
    }
    d->guides[level].part = last ? SPACE : CONTINUE;
}

static styles inherit(stg_draw *draw, const styles *from, const tree *t)
{
    styles s = {.own = t->style != NULL ? t->style : from->own,
                .guide = t->guide_style != NULL ? t->guide_style : from->guide};
    const stg_style label = stg_draw_style(draw, s.own);
    const stg_style guides = stg_draw_style(draw, s.guide);
    s.label = stg_style_combine(&from->label, &label);
    s.guides = stg_style_combine(&from->guides, &guides);
    return s;
}

/* Draws a label and everything that grows from it.  No tree is deeper than STG_DEEPEST. */
static void draw_tree_at(drawing *d, const tree *t, const styles *from, int level, bool last)
{
    if (t->base.failure != STAGED_OK)
        stg_draw_fail(d->draw, t->base.failure, "%s", t->base.why);
    if (d->draw->status != STAGED_OK)
        return;
    const styles s = inherit(d->draw, from, t);
    draw_label(d, t, &s, level, last);
    if (t->collapsed)
        return;
    for (size_t i = 0; i < t->branches.count; i++) {
        d->guides[level + 1].style = s.guides;
        draw_tree_at(d, (const tree *)t->branches.items[i], &s, level + 1,
                     i + 1 == t->branches.count);
    }
}

/* The styles inherited from the trees that it grows from: it may be drawn by itself. */
static styles styles_above(const tree *t)
{
    styles s = {.own = "tree", .guide = "tree.line"};
    const char **missing[] = {&s.own, &s.guide};
    for (size_t i = 0; i < 2; i++) {
        for (const tree *above = t->parent; above != NULL; above = above->parent) {
            const char *definition = i == 0 ? above->style : above->guide_style;
            if (definition != NULL) {
                *missing[i] = definition;
                break;
            }
        }
    }
    return s;
}

static void draw_tree(const staged_renderable *self, stg_draw *draw,
                      const stg_draw_options *options, stg_segments *out)
{
    drawing *d = stg_draw_alloc(draw, sizeof *d);
    if (d == NULL)
        return;
    *d = (drawing){.draw = draw, .options = options, .out = out, .root = (const tree *)self};
    const styles above = styles_above(d->root);
    draw_tree_at(d, d->root, &above, 0, true);
}

static void measure_at(const tree *t, stg_draw *draw, const stg_draw_options *options, int level,
                       stg_measurement *widest)
{
    const stg_measurement own = stg_item_measure(t->label, draw, options);
    const int indent = level * GUIDE_CELLS;
    widest->minimum =
        own.minimum + indent > widest->minimum ? own.minimum + indent : widest->minimum;
    widest->maximum =
        own.maximum + indent > widest->maximum ? own.maximum + indent : widest->maximum;
    for (size_t i = 0; i < t->branches.count && !t->collapsed; i++)
        measure_at((const tree *)t->branches.items[i], draw, options, level + 1, widest);
}

static stg_measurement measure_tree(const staged_renderable *self, stg_draw *draw,
                                    const stg_draw_options *options)
{
    stg_measurement widest = {0, 0};
    measure_at((const tree *)self, draw, options, 0, &widest);
    return widest;
}

static void clear_tree(staged_renderable *self)
{
    tree *t = (tree *)self;
    staged_renderable_free(t->label);
    stg_items_free(&t->branches);
    free(t->style);
    free(t->guide_style);
}

static const stg_item_kind tree_kind = {draw_tree, measure_tree, clear_tree};

staged_renderable *staged_tree_new(const staged_tree_options *options, staged_renderable *label)
{
    staged_tree_options own;
    const char *problem = STG_READ_OPTIONS(&own, options, staged_tree_options);
    tree *t = (tree *)stg_item_new_around(&tree_kind, sizeof *t, label);
    if (t == NULL)
        return NULL;
    stg_item_refuse_options(&t->base, problem);
    t->label = label;
    t->collapsed = own.collapsed;
    t->hide_root = own.hide_root;
    t->highlight = own.highlight;
    if (!stg_item_copy_text(&t->style, own.style) ||
        !stg_item_copy_text(&t->guide_style, own.guide_style)) {
        staged_renderable_free(&t->base);
        return NULL;
    }
    return &t->base;
}

/* Notes a failure, which is reported when the tree, or what it grows from, is drawn. */
static void note_failure(tree *t, staged_status failure, const char *why)
{
    for (; t != NULL; t = t->parent) {
        if (t->base.failure == STAGED_OK) {
            t->base.failure = failure;
            t->base.why = why;
        }
    }
}

/* Has everything that a branch grows from adopt it. */
static void adopt_branch(tree *parent, tree *branch)
{
    branch->parent = parent;
    branch->level = parent->level + 1;
    for (tree *above = parent; above != NULL; above = above->parent)
        stg_item_adopt(&above->base, &branch->base);
}

staged_renderable *staged_tree_add(staged_renderable *renderable,
                                   const staged_tree_options *options, staged_renderable *label)
{
    if (renderable == NULL || renderable->kind != &tree_kind) {
        staged_renderable_free(label);
        return NULL;
    }
    tree *parent = (tree *)renderable;
    if (parent->level + 1 >= STG_DEEPEST) {
        staged_renderable_free(label);
        note_failure(parent, STAGED_BAD_USE, "the tree nests too deeply");
        return NULL;
    }
    staged_renderable *branch = staged_tree_new(options, label);
    if (stg_items_add(&parent->branches, renderable, &tree_kind, branch) != STAGED_OK) {
        note_failure(parent, STAGED_NO_MEMORY, staged_status_text(STAGED_NO_MEMORY));
        return NULL;
    }
    adopt_branch(parent, (tree *)branch);
    return branch;
}
