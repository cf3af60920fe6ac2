/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Words that are read from files: `@FILE`. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args/reading/errors.h"
#include "args/reading/parse.h"
#include "args/values/wrap.h"
#include "base/memory/grow.h"
#include "base/unicode/unicode.h"

/* A file may name files; one that names itself must end somewhere.  What is read is bounded, too:
 * a file that names two files twice over grows fast. */
enum { DEEPEST = 16, MOST_WORDS = 1000000, LARGEST_FILE = 64 * 1024 * 1024 };

typedef struct expansion {
    staged_parser *top;
    const staged_parser *parser;
    stg_arena *scratch;
    stg_extras words;
} expansion;

static staged_status fail(expansion *e, const char *path, int number, const char *problem)
{
    stg_buf message = {0};
    if (number != 0)
        stg_buf_addf(&message, "[Errno %d] ", number);
    stg_buf_addf(&message, "%s: ", problem);
    stg_add_repr(&message, path, strlen(path));
    const staged_status status = stg_buf_status(&message) == STAGED_OK
                                     ? stg_fail(e->top, e->parser, stg_buf_text(&message))
                                     : STAGED_NO_MEMORY;
    stg_buf_free(&message);
    return status;
}

static staged_status read_file(expansion *e, const char *path, stg_buf *contents)
{
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return fail(e, path, errno, strerror(errno));
    size_t got = 1;
    while (got > 0) {
        char *space = stg_buf_reserve(contents, 4096);
        if (space == NULL)
            break;
        errno = 0;
        got = fread(space, 1, 4096, file);
        contents->length += got;
        stg_buf_end(contents);
    }
    const int number = ferror(file) ? errno : 0;
    fclose(file);
    if (number != 0)
        return fail(e, path, number, strerror(number));
    if (contents->failure == STAGED_BAD_INPUT)
        return fail(e, path, 0, "the file is too large");
    if (contents->failure == STAGED_OK && contents->length > 0 &&
        memchr(contents->data, '\0', contents->length) != NULL)
        return fail(e, path, 0, "the file contains a NUL byte, which an argument cannot");
    return stg_buf_status(contents);
}

static staged_status add_word(expansion *e, const char *word, int depth);

static staged_status add_file(expansion *e, const char *path, int depth)
{
    if (depth == DEEPEST)
        return fail(e, path, 0, "argument files nest too deeply");
    stg_buf contents = {.maximum = LARGEST_FILE};
    staged_status status = read_file(e, path, &contents);
    const char *rest = stg_buf_text(&contents);
    while (status == STAGED_OK && *rest != '\0') {
        size_t length;
        size_t full_length;
        const char *line = stg_next_line(&rest, &length, &full_length);
        const char *word = stg_arena_copy(e->scratch, line, length);
        status = word == NULL ? STAGED_NO_MEMORY : add_word(e, word, depth + 1);
    }
    stg_buf_free(&contents);
    return status;
}

static staged_status add_word(expansion *e, const char *word, int depth)
{
    size_t used;
    if (e->top == NULL && stg_begins_with_one_of(word, e->parser->file_prefix_chars, &used))
        return STAGED_BAD_INPUT;
    if (stg_begins_with_one_of(word, e->parser->file_prefix_chars, &used))
        return add_file(e, word + used, depth);
    if (e->words.count >= MOST_WORDS && depth > 0)
        return fail(e, word, 0, "the files contain too many arguments");
    if (!stg_grow(&e->words.words, &e->words.capacity, e->words.count + 1, sizeof *e->words.words))
        return STAGED_NO_MEMORY;
    e->words.words[e->words.count++] = word;
    return STAGED_OK;
}

staged_status stg_expand_files(staged_parser *top, const staged_parser *parser, stg_arena *scratch,
                               const char *const **words, size_t *count)
{
    if (parser->file_prefix_chars[0] == '\0')
        return STAGED_OK;
    expansion e = {.top = top, .parser = parser, .scratch = scratch};
    staged_status status = STAGED_OK;
    for (size_t i = 0; i < *count && status == STAGED_OK; i++)
        status = add_word(&e, (*words)[i], 0);
    const char **kept = NULL;
    if (status == STAGED_OK) {
        kept = stg_arena_alloc(scratch, (e.words.count + 1) * sizeof *kept);
        status = kept == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    }
    if (kept != NULL && e.words.count > 0)
        memcpy(kept, e.words.words, e.words.count * sizeof *kept);
    if (kept != NULL) {
        *words = kept;
        *count = e.words.count;
    }
    free(e.words.words);
    return status;
}
