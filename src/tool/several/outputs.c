/* SPDX-License-Identifier: BSD-3-Clause
 *
 * In what the output of two runs differs: of commands with the same words, and of stages. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tool/record/json.h"
#include "tool/report/escape.h"
#include "tool/report/page.h"
#include "tool/report/terminal.h"
#include "tool/several/pages.h"

/* How much of each output is compared, of its end, in bytes and in lines; how many outputs are
 * shown, and open at first; how many lines of one; and how many lines that are the same stand
 * around others. */
enum {
    MOST_BYTES = 64 * 1024,
    MOST_COMPARED = 2000,
    MOST_SHOWN = 200,
    MOST_OPEN = 20,
    MOST_LINES = 400,
    CONTEXT = 3
};

/* An output, as lines of HTML.
 *   total     how many bytes there are; `bytes` are the last of them
 *   compared  how many of those the lines are made of */
typedef struct output {
    const char *file;
    char *bytes;
    size_t length, total, compared;
    sh_text html;
    char **lines;
    size_t count;
} output;

typedef struct line {
    char side;
    size_t a, b;
} line;

/* Two outputs that are compared. */
typedef struct both {
    output outputs[2];
    line *lines;
    size_t count;
    size_t removed, added;
} both;

/* A part of a file of a record. */
typedef struct range {
    const char *file;
    int64_t begin, end;
} range;

typedef struct ranges {
    range *items;
    size_t count;
} ranges;

/* The section while it is written.
 *   done  what of each run's files was compared as a whole: what a stage printed has the output of
 *         its commands in it */
typedef struct section {
    sh_text *out;
    const tool_comparison *comparison;
    ranges done[2];
    size_t differences;
    size_t same;
} section;

/* ---- Reading ---- */

/* Reads the end of what was kept.
 *   place  {"file", "offset", "length"}; NULL: nothing was */
static void read_output(output *o, const tool_record *record, const json_t *place)
{
    json_t *end = json_object();
    const int64_t size = tool_json_int(place, "length", 0);
    (void)json_object_set_new(end, "output", json_deep_copy(place));
    *o =
        (output){.file = tool_json_text(place, "file", NULL), .total = size < 0 ? 0 : (size_t)size};
    o->bytes = tool_record_output(record, end, MOST_BYTES, &o->length);
    json_decref(end);
}

/* Where the lines begin that are compared: without one that was cut. */
static const char *first_line(const output *o)
{
    const char *end = o->bytes + o->length;
    const char *newline = o->length < o->total ? memchr(o->bytes, '\n', o->length) : NULL;
    const char *first = newline == NULL ? o->bytes : newline + 1;
    size_t lines = 0;
    for (const char *at = end; at > first; at--) {
        /* The end of the last line begins none. */
        if (at[-1] == '\n' && at < end && ++lines == MOST_COMPARED)
            return at;
    }
    return first;
}

/* Makes lines of it, as a terminal would show them. */
static void make_lines(output *o)
{
    if (o->bytes == NULL)
        return;
    const char *begin = first_line(o);
    o->compared = o->length - (size_t)(begin - o->bytes);
    tool_terminal_add(&o->html, begin, o->compared, TOOL_TERMINAL_ESCAPED);
    for (char *at = o->html.bytes; at != NULL && *at != '\0';) {
        char *end = strchr(at, '\n');
        o->lines = sh_grown(o->lines, o->count, sizeof *o->lines);
        o->lines[o->count++] = at;
        if (end != NULL)
            *end = '\0';
        at = end == NULL ? NULL : end + 1;
    }
}

static void free_output(output *o)
{
    free(o->bytes);
    free(o->lines);
    sh_text_free(&o->html);
}

static void take_line(void *context, char side, size_t a, size_t b)
{
    both *o = context;
    o->lines = sh_grown(o->lines, o->count, sizeof *o->lines);
    o->lines[o->count++] = (line){side, a, b};
    o->removed += side == '-';
    o->added += side == '+';
}

/* Where the beginning was cut, what comes before the first line that both have is only what one of
 * them still has of it. */
static void forget_beginning(both *o)
{
    size_t first = 0, kept = 0;
    while (first < o->count && o->lines[first].side != ' ')
        first++;
    if (first == o->count)
        return;
    for (size_t i = 0; i < first; i++) {
        o->removed -= o->lines[i].side == '-';
        o->added -= o->lines[i].side == '+';
    }
    for (size_t i = first; i < o->count; i++)
        o->lines[kept++] = o->lines[i];
    o->count = kept;
}

/* ---- Showing ---- */

/* Whether a line differs, or is near one that does. */
static bool is_near(const both *o, size_t at)
{
    const size_t first = at < CONTEXT ? 0 : at - CONTEXT;
    for (size_t i = first; i < o->count && i <= at + CONTEXT; i++) {
        if (o->lines[i].side != ' ')
            return true;
    }
    return false;
}

static void add_line(sh_text *out, const both *o, const line *l)
{
    const char *tag = l->side == '-' ? "del" : l->side == '+' ? "ins" : "span";
    const char *text = l->side == '+' ? o->outputs[1].lines[l->b] : o->outputs[0].lines[l->a];
    sh_text_addf(out, "<%s>%s %s</%s>\n", tag,
                 l->side == '-'   ? "−"
                 : l->side == '+' ? "+"
                                  : " ",
                 text, tag);
}

static void add_lines(sh_text *out, const both *o)
{
    size_t shown = 0, left_out = 0;
    sh_text_addf(out, "<pre class=\"out\" tabindex=\"0\">");
    for (size_t i = 0; i < o->count && shown < MOST_LINES; i++) {
        if (!is_near(o, i)) {
            left_out++;
            continue;
        }
        if (left_out > 0)
            sh_text_addf(out, "<i>… %zu line%s the same</i>\n", left_out,
                         left_out == 1 ? " is" : "s are");
        left_out = 0;
        add_line(out, o, &o->lines[i]);
        shown++;
    }
    sh_text_addf(out, "%s</pre>\n", shown == MOST_LINES ? "<i>… and more</i>" : "");
}

static void add_files(const section *s, const both *o)
{
    sh_text_addf(s->out, "<p class=\"note\">");
    for (size_t side = 0; side < 2; side++) {
        const output *one = &o->outputs[side];
        sh_text_addf(s->out, "%c: ", side == 0 ? 'A' : 'B');
        if (one->file == NULL)
            sh_text_addf(s->out, "nothing was kept");
        else
            tool_page_add_link(s->out, s->comparison->records[side]->folder, one->file, one->file);
        if (one->compared < one->total)
            sh_text_addf(s->out, " (the last %zu of %zu bytes are compared)", one->compared,
                         one->total);
        sh_text_addf(s->out, "%s", side == 0 ? "; " : "</p>\n");
    }
}

static void add_both(const section *s, const both *o, const char *name, bool is_command,
                     const json_t *event)
{
    const char *stage = tool_json_text(event, "stage", "");
    const int64_t attempt = tool_json_int(event, "attempt", 0);
    sh_text_addf(s->out, "<details class=\"both-outputs\"%s><summary><code>",
                 s->differences <= MOST_OPEN ? " open" : "");
    tool_escape_text(s->out, name);
    sh_text_addf(s->out, "</code> <span class=\"heading\">");
    if (is_command && *stage != '\0') {
        sh_text_addf(s->out, "stage ");
        tool_escape_text(s->out, stage);
    }
    if (attempt > 1)
        sh_text_addf(s->out, ", attempt %" PRId64, attempt);
    sh_text_addf(
        s->out,
        "</span> <span><b class=\"bad\">−%zu</b> <b class=\"good\">+%zu</b></span></summary>\n",
        o->removed, o->added);
    add_files(s, o);
    if (o->removed + o->added > 0)
        add_lines(s->out, o);
    else
        sh_text_addf(s->out, "<p class=\"note\">They differ before what is compared.</p>\n");
    sh_text_addf(s->out, "</details>\n");
}

/* ---- Comparing ---- */

static range range_of(const json_t *place)
{
    const int64_t begin = tool_json_int(place, "offset", 0);
    return (range){.file = tool_json_text(place, "file", ""),
                   .begin = begin,
                   .end = begin + tool_json_int(place, "length", 0)};
}

static void add_done(ranges *done, const json_t *place)
{
    done->items = sh_grown(done->items, done->count, sizeof *done->items);
    done->items[done->count++] = range_of(place);
}

static bool is_done(const ranges *done, const json_t *place)
{
    const range wanted = range_of(place);
    for (size_t i = 0; i < done->count; i++) {
        const range *one = &done->items[i];
        if (one->begin <= wanted.begin && wanted.end <= one->end &&
            strcmp(one->file, wanted.file) == 0)
            return true;
    }
    return false;
}

/* Finds in what two outputs differ, if they do. */
static bool find_lines(both *o)
{
    output *a = &o->outputs[0], *b = &o->outputs[1];
    make_lines(a);
    make_lines(b);
    tool_sequence_compare((const char *const *)a->lines, a->count, (const char *const *)b->lines,
                          b->count, take_line, o);
    const bool is_cut = a->compared < a->total || b->compared < b->total;
    if (is_cut)
        forget_beginning(o);
    /* Colours alone are no difference. */
    return o->removed + o->added > 0 || is_cut;
}

/* Compares two outputs, and shows in what they differ, if they do.  Returns whether that was done
 * as a whole. */
static bool compare(section *s, const json_t *const places[2], const char *name, bool is_command,
                    const json_t *event)
{
    both o = {0};
    for (size_t side = 0; side < 2; side++)
        read_output(&o.outputs[side], s->comparison->records[side], places[side]);
    const output *a = &o.outputs[0], *b = &o.outputs[1];
    bool differ = a->total != b->total || a->length != b->length ||
                  (a->length > 0 && memcmp(a->bytes, b->bytes, a->length) != 0);
    bool is_whole = !differ && a->length == a->total;
    if (differ && s->differences < MOST_SHOWN) {
        differ = find_lines(&o);
        is_whole = a->compared == a->total && b->compared == b->total;
    }
    s->differences += differ;
    s->same += !differ && a->total > 0;
    if (differ && s->differences <= MOST_SHOWN)
        add_both(s, &o, name, is_command, event);
    free(o.lines);
    free_output(&o.outputs[0]);
    free_output(&o.outputs[1]);
    return is_whole;
}

static void take_command(void *context, char side, size_t a, size_t b)
{
    section *s = context;
    if (side != ' ' && side != '~')
        return;
    const tool_command *const commands[] = {&s->comparison->records[0]->commands[a],
                                            &s->comparison->records[1]->commands[b]};
    const json_t *const places[] = {json_object_get(commands[0]->end, "output"),
                                    json_object_get(commands[1]->end, "output")};
    if (!is_done(&s->done[0], places[0]) || !is_done(&s->done[1], places[1]))
        (void)compare(s, places, s->comparison->words[0][a], true, commands[0]->begin);
}

/* What stages of shell scripts printed, with a name each. */
typedef struct stage_outputs {
    section *section;
    const json_t **events[2];
    char **names[2];
    size_t counts[2];
} stage_outputs;

static void find_stage_outputs(stage_outputs *all, size_t side)
{
    const json_t *events = all->section->comparison->records[side]->events;
    for (size_t i = 0; i < json_array_size(events); i++) {
        const json_t *event = json_array_get(events, i);
        sh_text name = {0};
        if (!tool_json_is(event, "stage_output"))
            continue;
        const size_t count = all->counts[side]++;
        sh_text_addf(&name, "%s %" PRId64, tool_json_text(event, "stage", ""),
                     tool_json_int(event, "attempt", 0));
        all->events[side] = sh_grown(all->events[side], count, sizeof *all->events[side]);
        all->events[side][count] = event;
        all->names[side] = sh_grown(all->names[side], count, sizeof *all->names[side]);
        all->names[side][count] = name.bytes;
    }
}

static void take_stage_output(void *context, char side, size_t a, size_t b)
{
    const stage_outputs *all = context;
    if (side != ' ')
        return;
    const json_t *const places[] = {all->events[0][a], all->events[1][b]};
    sh_text name = {0};
    sh_text_addf(&name, "stage %s", tool_json_text(places[0], "stage", ""));
    if (compare(all->section, places, sh_text_of(&name), false, places[0])) {
        add_done(&all->section->done[0], places[0]);
        add_done(&all->section->done[1], places[1]);
    }
    sh_text_free(&name);
}

static void compare_stage_outputs(section *s)
{
    stage_outputs all = {.section = s};
    find_stage_outputs(&all, 0);
    find_stage_outputs(&all, 1);
    tool_sequence_compare((const char *const *)all.names[0], all.counts[0],
                          (const char *const *)all.names[1], all.counts[1], take_stage_output,
                          &all);
    for (size_t side = 0; side < 2; side++) {
        for (size_t i = 0; i < all.counts[side]; i++)
            free(all.names[side][i]);
        free(all.names[side]);
        free(all.events[side]);
    }
}

size_t tool_comparison_add_outputs(sh_text *out, const tool_comparison *comparison)
{
    section s = {.out = out, .comparison = comparison};
    compare_stage_outputs(&s);
    tool_comparison_match(comparison, take_command, &s);
    if (s.differences > MOST_SHOWN)
        sh_text_addf(out, "<p class=\"note\">%zu more outputs that differ are not shown.</p>\n",
                     s.differences - MOST_SHOWN);
    if (s.differences > 0 && s.same > 0)
        sh_text_addf(out, "<p class=\"note\">%zu other output%s the same.</p>\n", s.same,
                     s.same == 1 ? " is" : "s are");
    free(s.done[0].items);
    free(s.done[1].items);
    return s.differences;
}
