/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Splitting commands into words, and joining them. */
#include <staged/words.h>

#include <stdlib.h>
#include <string.h>

#include "base/memory/grow.h"
#include "base/text/buf.h"
#include "base/text/closest.h"
#include "base/text/quote.h"
#include "process/words/scan.h"

static staged_status fail(staged_words *words, const char *error)
{
    staged_words_free(words);
    words->error = error;
    return error == NULL ? STAGED_NO_MEMORY : STAGED_BAD_INPUT;
}

staged_status staged_words_split(const char *command, size_t length, staged_words *words)
{
    *words = (staged_words){0};
    if (length > 0 && memchr(command, '\0', length) != NULL)
        return fail(words, "embedded null byte");
    /* A word is never longer than its source, and blanks leave room for the NULs. */
    words->text = malloc(length + 1);
    size_t capacity = 0;
    if (words->text == NULL || !stg_grow(&words->items, &capacity, 8, sizeof(char *)))
        return fail(words, NULL);
    stg_scan scan = stg_scan_begin(command, length, words->text);
    stg_scan_result result;
    while ((result = stg_scan_next(&scan)) == STG_SCAN_WORD) {
        if (!stg_grow(&words->items, &capacity, words->count + 2, sizeof(char *)))
            return fail(words, NULL);
        words->items[words->count++] = scan.word;
    }
    if (result != STG_SCAN_END)
        return fail(words, result == STG_SCAN_OPEN_QUOTE ? "No closing quotation"
                                                         : "No escaped character");
    words->items[words->count] = NULL;
    return STAGED_OK;
}

void staged_words_free(staged_words *words)
{
    free(words->items);
    free(words->text);
    *words = (staged_words){0};
}

char *staged_word_quote(const char *word)
{
    return staged_words_join(&word, 1);
}

char *staged_words_join(const char *const *words, size_t count)
{
    stg_buf command = {0};
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            stg_buf_add_char(&command, ' ');
        stg_quote_word(&command, words[i], strlen(words[i]));
    }
    return stg_buf_take(&command);
}

const char *staged_word_closest(const char *word, const char *const *candidates)
{
    stg_search search = stg_search_for(word);
    for (; *candidates != NULL; candidates++)
        stg_search_look(&search, *candidates);
    return search.found;
}
