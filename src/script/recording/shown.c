/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/recording/shown.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/text/buf.h"
#include "process/framework.h"

/* What precedes the last letter of a mark, K. */
static const char before_end[] = "\x1b[0";
enum { BEFORE_END = sizeof before_end - 1 };

/* How much of `before_end` each log ends with.  If both outputs go to the same place, the log is
 * what they make together; otherwise each is a log of its own. */
typedef struct stg_defusal {
    pthread_mutex_t lock;
    size_t of_output[STAGED_OUTPUT_STDERR];
    size_t of_both;
} stg_defusal;

bool stg_defuse_marks(staged_script *script)
{
    if (script->run->defusal != NULL)
        return true;
    stg_defusal *defusal = calloc(1, sizeof *defusal);
    if (defusal != NULL && pthread_mutex_init(&defusal->lock, NULL) != 0) {
        free(defusal);
        defusal = NULL;
    }
    script->run->defusal = defusal;
    return defusal != NULL;
}

void stg_defusal_free(stg_defusal *defusal)
{
    if (defusal == NULL)
        return;
    (void)pthread_mutex_destroy(&defusal->lock);
    free(defusal);
}

bool stg_marks_are_defused(const staged_script *script)
{
    return script->run->defusal != NULL;
}

static void advance(size_t *seen, char byte)
{
    *seen = *seen < BEFORE_END && byte == before_end[*seen] ? *seen + 1 : byte == before_end[0];
}

/* The number of bytes before the one that would complete a mark. */
static size_t harmless(stg_defusal *defusal, staged_output which, const char *bytes, size_t length)
{
    size_t *own = &defusal->of_output[which - 1];
    size_t *both = &defusal->of_both;
    for (size_t i = 0; i < length; i++) {
        if (*own == 0 && *both == 0) {
            const char *escape = memchr(bytes + i, before_end[0], length - i);
            if (escape == NULL)
                return length;
            i = (size_t)(escape - bytes);
        }
        const bool is_end = bytes[i] == 'K' && (*own == BEFORE_END || *both == BEFORE_END);
        advance(own, bytes[i]);
        advance(both, bytes[i]);
        if (is_end)
            return i;
    }
    return length;
}

/* Writes it in one piece: the console may write at the same time. */
static bool show_defused(stg_defusal *defusal, staged_output which, const char *bytes,
                         size_t length)
{
    static const char harmless_end[] = ";K";
    size_t first = harmless(defusal, which, bytes, length);
    if (first == length)
        return stg_show_bytes(which, bytes, length);
    stg_buf text = {0};
    for (;;) {
        stg_buf_add(&text, bytes, first);
        if (first == length)
            break;
        stg_buf_add_text(&text, harmless_end);
        bytes += first + 1;
        length -= first + 1;
        first = harmless(defusal, which, bytes, length);
    }
    /* Out of memory, nothing is shown. */
    const bool is_read = stg_buf_status(&text) != STAGED_OK ||
                         stg_show_bytes(which, stg_buf_text(&text), text.length);
    stg_buf_free(&text);
    return is_read;
}

bool stg_show_printed(staged_script *script, staged_output which, const char *bytes, size_t length)
{
    stg_defusal *defusal = script->run->defusal;
    if (defusal == NULL)
        return stg_show_bytes(which, bytes, length);
    (void)pthread_mutex_lock(&defusal->lock);
    const bool is_read = show_defused(defusal, which, bytes, length);
    (void)pthread_mutex_unlock(&defusal->lock);
    return is_read;
}
