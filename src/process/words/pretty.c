/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands laid out over several lines. */
#include <staged/words.h>

#include <stdlib.h>
#include <string.h>

#include "base/text/buf.h"
#include "base/text/quote.h"
#include "process/words/scan.h"

typedef struct layout {
    stg_buf text;
    size_t indent;
    bool begun;       /* there is a word */
    bool open_option; /* the last one is a long option, which may take a value */
} layout;

static bool is_option(const char *word)
{
    return word[0] == '-';
}

static bool is_long_option(const char *word)
{
    return word[0] == '-' && word[1] == '-';
}

static void add_word(layout *l, const char *word, const char *source, size_t length,
                     bool next_command)
{
    const bool is_first = !l->begun || next_command;
    if (l->open_option && !is_first && !is_option(word)) {
        stg_buf_add_char(&l->text, ' ');
    } else if (l->begun) {
        stg_buf_add_text(&l->text, next_command ? "\n" : " \\\n");
        stg_buf_add_repeated(&l->text, ' ', l->indent);
    }
    stg_buf_add(&l->text, source, length);
    l->begun = true;
    /* The first word is the program's name. */
    l->open_option = !is_first && is_long_option(word);
}

char *staged_words_pretty(const char *const *words, size_t count, size_t indent)
{
    layout l = {.indent = indent};
    stg_buf quoted = {0};
    for (size_t i = 0; i < count; i++) {
        stg_buf_clear(&quoted);
        stg_quote_word(&quoted, words[i], strlen(words[i]));
        if (stg_buf_status(&quoted) != STAGED_OK)
            l.text.failure = quoted.failure;
        add_word(&l, words[i], stg_buf_text(&quoted), quoted.length, false);
    }
    stg_buf_free(&quoted);
    return stg_buf_take(&l.text);
}

/* Whether a line break between two words could change what the command does: inside a
 * here-document, in a substitution between double quotes (whose own quotes are read as the end of
 * the outer ones), or where quotes follow other rules. */
static bool is_beyond_us(const char *command)
{
    if (strstr(command, "<<") != NULL || strstr(command, "$'") != NULL)
        return true;
    return strchr(command, '"') != NULL &&
           (strstr(command, "$(") != NULL || strchr(command, '`') != NULL);
}

/* A comment reaches to the end of its line. */
static void take_comment(stg_scan *scan)
{
    if (scan->source[0] != '#')
        return;
    while (scan->at < scan->end && *scan->at != '\n')
        scan->at++;
    scan->source_end = scan->at;
}

static bool lay_out(layout *l, const char *command, size_t length, char *scratch)
{
    stg_scan scan = stg_scan_begin(command, length, scratch);
    stg_scan_result result;
    while ((result = stg_scan_next(&scan)) == STG_SCAN_WORD) {
        take_comment(&scan);
        add_word(l, scan.word, scan.source, (size_t)(scan.source_end - scan.source),
                 l->begun && scan.begins_line);
    }
    return result == STG_SCAN_END;
}

char *staged_command_pretty(const char *command, size_t indent)
{
    const size_t length = strlen(command);
    layout l = {.indent = indent};
    char *scratch = malloc(length + 1);
    if (scratch == NULL)
        return NULL;
    if (is_beyond_us(command) || !lay_out(&l, command, length, scratch)) {
        stg_buf_clear(&l.text);
        stg_buf_add(&l.text, command, length);
    }
    free(scratch);
    return stg_buf_take(&l.text);
}
