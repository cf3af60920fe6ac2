/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/run/watch.h"

#include <stdlib.h>
#include <string.h>

bool tool_patterns_add(tool_patterns *patterns, const char *pattern, char *message, size_t size)
{
    int code = REG_ESPACE;
    regex_t *items = realloc(patterns->items, (patterns->count + 1) * sizeof *items);
    if (items != NULL) {
        patterns->items = items;
        code = regcomp(&items[patterns->count], pattern, REG_EXTENDED | REG_NOSUB);
    }
    if (code == 0)
        patterns->count++;
    else
        (void)regerror(code, NULL, message, size);
    return code == 0;
}

void tool_patterns_free(tool_patterns *patterns)
{
    for (size_t i = 0; i < patterns->count; i++)
        regfree(&patterns->items[i]);
    free(patterns->items);
    *patterns = (tool_patterns){0};
}

bool tool_watch_begin(tool_watch *watch, const tool_patterns *patterns)
{
    *watch = (tool_watch){.patterns = patterns, .line = malloc(TOOL_WATCH_LONGEST + 1)};
    return watch->line != NULL;
}

void tool_watch_free(tool_watch *watch)
{
    free(watch->line);
    *watch = (tool_watch){0};
}

static bool matches(const tool_patterns *patterns, const char *text)
{
    for (size_t i = 0; i < patterns->count; i++) {
        if (regexec(&patterns->items[i], text, 0, NULL, 0) == 0)
            return true;
    }
    return false;
}

/* Searches what there is of the line.  In binary output NULs separate texts. */
static void look(tool_watch *w)
{
    if (w->length > 0 && w->line[w->length - 1] == '\r')
        w->length--;
    w->line[w->length] = '\0';
    const char *text = w->line;
    const char *end = w->line + w->length;
    do {
        w->has_found = matches(w->patterns, text);
        text += strlen(text);
        while (text < end && *text == '\0')
            text++;
    } while (text < end && !w->has_found);
}

/* Searches a piece of an overlong line, and keeps its second half. */
static void look_at_piece(tool_watch *w)
{
    const size_t half = TOOL_WATCH_LONGEST / 2;
    look(w);
    memmove(w->line, w->line + half, w->length - half);
    w->length -= half;
}

void tool_watch_add(tool_watch *w, const char *bytes, size_t length)
{
    while (length > 0 && !w->has_found) {
        const char *newline = memchr(bytes, '\n', length);
        size_t part = newline == NULL ? length : (size_t)(newline - bytes);
        const size_t room = TOOL_WATCH_LONGEST - w->length;
        const bool ends = newline != NULL && part <= room;
        if (part > room)
            part = room;
        memcpy(w->line + w->length, bytes, part);
        w->length += part;
        if (ends) {
            look(w);
            w->length = 0;
        } else if (w->length == TOOL_WATCH_LONGEST) {
            look_at_piece(w);
        }
        bytes += part + ends;
        length -= part + ends;
    }
}

bool tool_watch_end(tool_watch *watch)
{
    if (watch->length > 0 && !watch->has_found)
        look(watch);
    const bool has_found = watch->has_found;
    watch->has_found = false;
    watch->length = 0;
    return has_found;
}
