/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A man page.  Source: man(7) of groff. */
#include <limits.h>
#include <string.h>

#include "args/help/help.h"
#include "args/model/argument.h"
#include "args/values/wrap.h"
#include "base/unicode/unicode.h"

/* What a page is written with. */
typedef struct page {
    stg_buf *out;
    const staged_parser *parser;
} page;

/* Adds text so that roff shows it as it is.  At the beginning of a line a point or quote would be a
 * request. */
static void add_escaped(stg_buf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        const bool first = out->length == 0 || out->data[out->length - 1] == '\n';
        if (first && (text[i] == '.' || text[i] == '\''))
            stg_buf_add_text(out, "\\&");
        if (text[i] == '\\')
            stg_buf_add_text(out, "\\e");
        else if (text[i] == '-')
            stg_buf_add_text(out, "\\-");
        else if (text[i] == '\'')
            stg_buf_add_text(out, "\\(aq");
        else if (text[i] == '`')
            stg_buf_add_text(out, "\\(ga");
        else if (text[i] == '^')
            stg_buf_add_text(out, "\\(ha");
        else if (text[i] == '~')
            stg_buf_add_text(out, "\\(ti");
        else
            stg_buf_add_char(out, text[i]);
    }
}

static void add_text(stg_buf *out, const char *text)
{
    add_escaped(out, text, strlen(text));
}

/* Adds text with its white space squeezed, and ends the line. */
static void add_flowing_part(stg_buf *out, const char *text, size_t size)
{
    static const char white[] = " \t\n\r\f\v";
    const char *end = text + size;
    const char *between = "";
    while ((text += strspn(text, white)) < end) {
        const size_t length = strcspn(text, white);
        stg_buf_add_text(out, between);
        add_escaped(out, text, length);
        text += length;
        between = " ";
    }
    stg_buf_add_char(out, '\n');
}

static void add_flowing(stg_buf *out, const char *text)
{
    add_flowing_part(out, text, strlen(text));
}

static void add_raw(stg_buf *out, const char *text)
{
    stg_buf_add_text(out, ".nf\n");
    while (*text != '\0') {
        size_t length;
        size_t full_length;
        const char *line = stg_next_line(&text, &length, &full_length);
        add_escaped(out, line, length);
        stg_buf_add_char(out, '\n');
    }
    stg_buf_add_text(out, ".fi\n");
}

static void add_description(page *p, const staged_parser *parser, stg_text text)
{
    if (text.text == NULL || *text.text == '\0')
        return;
    stg_buf filled = {0};
    if (strstr(text.text, "%(prog)") != NULL)
        stg_add_with_prog(&filled, parser, text.text);
    else
        stg_buf_add_text(&filled, text.text);
    /* Lines matter only where there are several. */
    const bool raw =
        (parser->formatter & (STAGED_HELP_RAW_DESCRIPTION | STAGED_HELP_RAW_TEXT)) != 0 &&
        strchr(stg_buf_text(&filled), '\n') != NULL;
    if (raw)
        add_raw(p->out, stg_buf_text(&filled));
    else
        add_flowing(p->out, stg_buf_text(&filled));
    if (filled.failure != STAGED_OK)
        p->out->failure = filled.failure;
    stg_buf_free(&filled);
}

static void add_entry(page *p, const char *left, const char *help)
{
    stg_buf_add_text(p->out, ".TP\n\\fB");
    add_text(p->out, left);
    stg_buf_add_text(p->out, "\\fR\n");
    if (help == NULL || help[strspn(help, " \t\n")] == '\0')
        stg_buf_add_text(p->out, "\\&\n"); /* an entry needs a body */
    else
        add_flowing(p->out, help);
}

static void add_command_help(page *p, const staged_parser *parser, const stg_command *command)
{
    stg_buf help = {0};
    stg_add_command_help(&help, parser, command);
    add_flowing(p->out, stg_buf_text(&help));
    if (help.failure != STAGED_OK)
        p->out->failure = help.failure;
    stg_buf_free(&help);
}

static void add_command_entry(page *p, const stg_command *command)
{
    if (command->help == NULL)
        return;
    stg_buf help = {0};
    stg_add_command_help(&help, p->parser, command);
    add_entry(p, command->name, stg_buf_text(&help));
    if (help.failure != STAGED_OK)
        p->out->failure = help.failure;
    stg_buf_free(&help);
}

static void add_argument(page *p, const staged_argument *argument)
{
    stg_buf left = {0};
    stg_buf help = {0};
    stg_add_invocation(&left, argument, NULL);
    if (argument->help.text != NULL)
        stg_add_help_text(&help, argument);
    add_entry(p, stg_buf_text(&left), stg_buf_text(&help));
    if (left.failure != STAGED_OK || help.failure != STAGED_OK)
        p->out->failure = STAGED_NO_MEMORY;
    stg_buf_free(&help);
    stg_buf_free(&left);
    const staged_commands *commands = argument->commands;
    for (size_t i = 0; commands != NULL && i < commands->count; i++)
        add_command_entry(p, commands->items[i]);
}

static bool has_contents(const staged_argument_group *group)
{
    bool any = group->description.text != NULL;
    for (size_t i = 0; i < group->count; i++)
        any = any || !stg_is_hidden(group->arguments[i]);
    return any;
}

/* Headings are written in capitals in a man page. */
static void add_heading(page *p, const char *macro, const char *title)
{
    stg_buf heading = {0};
    stg_add_upper(&heading, title);
    stg_buf_addf(p->out, ".%s ", macro);
    add_text(p->out, stg_buf_text(&heading));
    stg_buf_add_char(p->out, '\n');
    if (heading.failure != STAGED_OK)
        p->out->failure = heading.failure;
    stg_buf_free(&heading);
}

static void add_groups(page *p, const staged_parser *parser, const char *macro)
{
    for (size_t i = 0; i < parser->group_count; i++) {
        const staged_argument_group *group = parser->groups[i];
        if (!has_contents(group))
            continue;
        if (group->title.text != NULL && *group->title.text != '\0')
            add_heading(p, macro, group->title.text);
        add_description(p, parser, group->description);
        for (size_t k = 0; k < group->count; k++) {
            if (!stg_is_hidden(group->arguments[k]))
                add_argument(p, group->arguments[k]);
        }
    }
}

static void add_synopsis(page *p, const staged_parser *parser)
{
    stg_buf usage = {0};
    stg_add_usage(&usage, parser, "", LONG_MAX, NULL);
    /* An author's own usage may have several lines. */
    const char *rest = stg_buf_text(&usage);
    const char *before = "";
    while (*rest != '\0') {
        size_t length;
        size_t full_length;
        const char *line = stg_next_line(&rest, &length, &full_length);
        if (length == 0)
            continue;
        stg_buf_add_text(p->out, before);
        before = ".br\n";
        add_flowing_part(p->out, line, length);
    }
    if (usage.failure != STAGED_OK)
        p->out->failure = usage.failure;
    stg_buf_free(&usage);
}

static void add_commands(page *p, const staged_parser *parser)
{
    if (parser->commands == NULL)
        return;
    for (size_t i = 0; i < parser->commands->count; i++) {
        const stg_command *command = parser->commands->items[i];
        if (command->help == NULL)
            continue;
        stg_buf_add_text(p->out, ".SH ");
        add_text(p->out, command->parser->prog);
        stg_buf_add_char(p->out, '\n');
        if (command->parser->description.text != NULL)
            add_description(p, command->parser, command->parser->description);
        else
            add_command_help(p, parser, command);
        stg_buf_add_text(p->out, ".PP\n");
        add_synopsis(p, command->parser);
        add_groups(p, command->parser, "SS");
        if (command->parser->epilog.text != NULL) {
            stg_buf_add_text(p->out, ".SS NOTES\n");
            add_description(p, command->parser, command->parser->epilog);
        }
        add_commands(p, command->parser);
    }
}

/* The name and, after a dash, the description's first sentence. */
static void add_name(page *p)
{
    stg_buf_add_text(p->out, ".SH NAME\n");
    add_text(p->out, p->parser->prog);
    const char *text = p->parser->description.text;
    const char *end = text == NULL ? NULL : strstr(text, ". ");
    stg_buf_add_text(p->out, " \\- ");
    if (text == NULL || strchr(text, '%') != NULL) {
        add_text(p->out, p->parser->prog);
        stg_buf_add_char(p->out, '\n');
        return;
    }
    stg_buf sentence = {0};
    stg_buf_add(&sentence, text, end == NULL ? strlen(text) : (size_t)(end - text));
    add_flowing(p->out, stg_buf_text(&sentence));
    if (sentence.failure != STAGED_OK)
        p->out->failure = sentence.failure;
    stg_buf_free(&sentence);
}

char *staged_parser_man_page(const staged_parser *parser)
{
    if (parser == NULL)
        return NULL;
    stg_buf out = {0};
    page p = {.out = &out, .parser = parser};
    stg_buf_add_text(&out, ".TH \"");
    stg_add_upper(&out, parser->prog);
    /* Words are neither divided nor set apart: flags are copied from here. */
    stg_buf_add_text(&out, "\" \"1\"\n.nh\n.ad l\n");
    add_name(&p);
    if (!parser->usage.suppressed) {
        stg_buf_add_text(&out, ".SH SYNOPSIS\n");
        add_synopsis(&p, parser);
    }
    if (parser->description.text != NULL) {
        stg_buf_add_text(&out, ".SH DESCRIPTION\n");
        add_description(&p, parser, parser->description);
    }
    add_groups(&p, parser, "SH");
    add_commands(&p, parser);
    if (parser->epilog.text != NULL) {
        stg_buf_add_text(&out, ".SH NOTES\n");
        add_description(&p, parser, parser->epilog);
    }
    return stg_buf_take(&out);
}
