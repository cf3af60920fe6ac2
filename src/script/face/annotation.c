/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/face/annotation.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The maximum lengths of a title, a path and a message.  With all of them and what surrounds them,
 * a write stays below what a pipe takes in one piece (PIPE_BUF). */
enum { MOST_OF_TITLE = 300, MOST_OF_PATH = 500, MOST_OF_MESSAGE = 2400 };

static const char cut_mark[] = "...";

/* The escape of a character in a value; NULL: it stands for itself.  In properties, the characters
 * that end one are escaped, too. */
static const char *escape_of(char c, bool in_property)
{
    switch (c) {
    case '%':
        return "%25";
    case '\r':
        return "%0D";
    case '\n':
        return "%0A";
    case ':':
        return in_property ? "%3A" : NULL;
    case ',':
        return in_property ? "%2C" : NULL;
    default:
        return NULL;
    }
}

/* The length of a terminal's escape sequence at the beginning of a text; 0: there is none. */
static size_t sequence_at(const char *text)
{
    if (text[0] != '\x1b' || text[1] != '[')
        return 0;
    size_t length = 2;
    while (text[length] >= 0x20 && text[length] < 0x40)
        length++;
    return length + (text[length] != '\0');
}

/* Whether a byte continues a UTF-8 character. */
static bool goes_on(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

static void add_escaped(stg_buf *out, const char *text, size_t most, bool in_property)
{
    const size_t start = out->length;
    while (*text != '\0') {
        const size_t sequence = sequence_at(text);
        if (sequence > 0) {
            text += sequence;
            continue;
        }
        if (out->length - start > most && !goes_on(*text)) {
            stg_buf_add_text(out, cut_mark);
            return;
        }
        const char *escape = escape_of(*text, in_property);
        if (escape != NULL)
            stg_buf_add_text(out, escape);
        else if ((unsigned char)*text >= 0x20 || *text == '\t')
            stg_buf_add_char(out, *text);
        text++;
    }
}

void stg_add_workflow_command(stg_buf *out, const char *name, const char *value)
{
    stg_buf_addf(out, "::%s::", name);
    add_escaped(out, value, MOST_OF_MESSAGE, false);
    stg_buf_add_char(out, '\n');
}

/* The part of a relative path that leads to a file from the workspace on; all of it if none does.
 */
static const char *part_in_workspace(const char *workspace, const char *file)
{
    char path[PATH_MAX];
    for (const char *part = file; part != NULL; part = strchr(part, '/')) {
        part += *part == '/';
        const int length = snprintf(path, sizeof path, "%s/%s", workspace, part);
        if (length > 0 && (size_t)length < sizeof path && access(path, F_OK) == 0)
            return part;
    }
    return file;
}

void stg_add_path_in_repository(stg_buf *out, const char *file)
{
    char path[PATH_MAX], root[PATH_MAX];
    const char *workspace = getenv("GITHUB_WORKSPACE");
    const char *known = realpath(file, path) != NULL ? path : file;
    const size_t length = workspace != NULL && realpath(workspace, root) != NULL ? strlen(root) : 0;
    if (length > 0 && strncmp(known, root, length) == 0 && known[length] == '/')
        file = known + length + 1;
    /* Compilers record paths relative to where they ran, often a folder beside the sources. */
    while (strncmp(file, "./", 2) == 0 || strncmp(file, "../", 3) == 0)
        file = strchr(file, '/') + 1;
    if (length > 0 && *file != '/')
        file = part_in_workspace(root, file);
    stg_buf_add_text(out, file);
}

static void add_place(stg_buf *out, const staged_location *where)
{
    if (where->file == NULL)
        return;
    stg_buf path = {0};
    stg_add_path_in_repository(&path, where->file);
    stg_buf_add_text(out, "file=");
    add_escaped(out, stg_buf_text(&path), MOST_OF_PATH, true);
    stg_buf_free(&path);
    if (where->line > 0)
        stg_buf_addf(out, ",line=%d", where->line);
    stg_buf_add_char(out, ',');
}

void stg_add_annotation(stg_buf *out, const stg_annotation *annotation)
{
    stg_buf_addf(out, "::%s ", annotation->kind);
    add_place(out, &annotation->where);
    stg_buf_add_text(out, "title=");
    add_escaped(out, annotation->title, MOST_OF_TITLE, true);
    stg_buf_add_text(out, "::");
    add_escaped(out, annotation->message, MOST_OF_MESSAGE, false);
    stg_buf_add_char(out, '\n');
}
