/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/record/brief.h"

#include <stdlib.h>
#include <string.h>

#include <staged/words.h>

#include "tool/record/json.h"

/* ---- Its members ---- */

typedef enum member_kind { TEXT, NUMBER, CHOICE } member_kind;

static const struct {
    const char *name;
    member_kind kind;
    size_t place;
} members[] = {
    {"event", TEXT, offsetof(tool_brief, event)},
    {"wall_ns", NUMBER, offsetof(tool_brief, wall_ns)},
    {"elapsed_ns", NUMBER, offsetof(tool_brief, elapsed_ns)},
    {"stage", TEXT, offsetof(tool_brief, stage)},
    {"attempt", NUMBER, offsetof(tool_brief, attempt)},
    {"number", NUMBER, offsetof(tool_brief, number)},
    {"command", TEXT, offsetof(tool_brief, command)},
    {"exit_code", NUMBER, offsetof(tool_brief, exit_code)},
    {"expected", CHOICE, offsetof(tool_brief, expected)},
    {"duration_ns", NUMBER, offsetof(tool_brief, duration_ns)},
    {"outcome", TEXT, offsetof(tool_brief, outcome)},
    {"earlier", CHOICE, offsetof(tool_brief, earlier)},
    {"message", TEXT, offsetof(tool_brief, message)},
    {"exit_status", NUMBER, offsetof(tool_brief, exit_status)},
    {"script", TEXT, offsetof(tool_brief, script)},
    {"id", TEXT, offsetof(tool_brief, id)},
    {"path", TEXT, offsetof(tool_brief, path)},
    {"host", TEXT, offsetof(tool_brief, host)},
    {"hash", TEXT, offsetof(tool_brief, hash)},
    {"pid", NUMBER, offsetof(tool_brief, pid)},
    {"resumes", TEXT, offsetof(tool_brief, resumes)},
    {"lock", CHOICE, offsetof(tool_brief, lock)},
};
enum { MEMBERS = sizeof members / sizeof members[0] };

static const char **text_at(tool_brief *brief, size_t index)
{
    return (const char **)(void *)((char *)brief + members[index].place);
}

static tool_brief_number *number_at(tool_brief *brief, size_t index)
{
    return (tool_brief_number *)(void *)((char *)brief + members[index].place);
}

static void add_word(tool_brief *brief, const char *word)
{
    char *quoted = staged_word_quote(word);
    sh_text_addf(&brief->words, "%s%s", brief->words.length > 0 ? " " : "",
                 quoted == NULL ? "" : quoted);
    free(quoted);
}

void tool_brief_clear(tool_brief *brief)
{
    sh_text words = brief->words, bytes = brief->bytes;
    sh_text_clear(&words);
    sh_text_clear(&bytes);
    *brief = (tool_brief){.words = words, .bytes = bytes};
}

void tool_brief_free(tool_brief *brief)
{
    sh_text_free(&brief->words);
    sh_text_free(&brief->bytes);
}

int64_t tool_brief_value(tool_brief_number number, int64_t otherwise)
{
    return number.is_there ? number.value : otherwise;
}

void tool_brief_take(tool_brief *brief, const json_t *event)
{
    for (size_t i = 0; i < MEMBERS; i++) {
        const json_t *value = json_object_get(event, members[i].name);
        if (members[i].kind == TEXT)
            *text_at(brief, i) = json_is_string(value) ? json_string_value(value) : NULL;
        else if (members[i].kind == NUMBER && json_is_integer(value))
            *number_at(brief, i) = (tool_brief_number){true, json_integer_value(value)};
        else if (members[i].kind == CHOICE && json_is_boolean(value))
            *number_at(brief, i) = (tool_brief_number){true, json_is_true(value)};
    }
    const json_t *words = json_object_get(event, "arguments");
    for (size_t i = 1; i < json_array_size(words); i++) {
        const char *word = json_string_value(json_array_get(words, i));
        add_word(brief, word == NULL ? "" : word);
    }
}

/* ---- From a line ---- */

/* Functions that read something return where it ends; NULL: it is not what most lines have. */

/* What stands for a character after a backslash; NUL: more than that. */
static char unescaped(char letter)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    const char *found = letter == '\0' ? NULL : strchr(letters, letter);
    return found == NULL ? '\0' : meanings[found - letters];
}

static bool is_plain(char letter)
{
    return (unsigned char)letter >= 0x20 && (unsigned char)letter < 0x7f;
}

/* Behind the quote that it begins with.  Only ASCII, as nobody checks the rest here.
 *   to  receives it with a NUL, and then points behind that; NULL: it is passed over */
static const char *read_text(const char *at, const char *end, char **to)
{
    for (; at < end && *at != '"'; at++) {
        char letter = *at;
        if (letter == '\\' && ++at < end)
            letter = unescaped(*at);
        if (at == end || letter == '\0' || !is_plain(*at))
            return NULL;
        if (to != NULL)
            *(*to)++ = letter;
    }
    if (at == end)
        return NULL;
    if (to != NULL)
        *(*to)++ = '\0';
    return at + 1;
}

static const char *read_number(const char *at, const char *end, int64_t *value)
{
    enum { MOST_DIGITS = 19 };
    const bool is_negative = at < end && *at == '-';
    const char *first = at += is_negative;
    uint64_t amount = 0;
    for (; at < end && at - first < MOST_DIGITS && *at >= '0' && *at <= '9'; at++)
        amount = amount * 10 + (uint64_t)(*at - '0');
    if (at == first || (at - first > 1 && *first == '0') || amount > INT64_MAX)
        return NULL;
    *value = is_negative ? -(int64_t)amount : (int64_t)amount;
    return at < end && (*at == ',' || *at == '}') ? at : NULL;
}

/* Passes over any value, also one that is made of others. */
static const char *read_any(const char *at, const char *end)
{
    size_t depth = 0;
    do {
        if (at == end || !is_plain(*at))
            return NULL;
        const char letter = *at++;
        if (letter == '"')
            at = read_text(at, end, NULL);
        depth += letter == '{' || letter == '[';
        if ((letter == '}' || letter == ']') && depth-- == 0)
            return NULL;
    } while (at != NULL && (depth > 0 || (at < end && *at != ',' && *at != '}')));
    return at;
}

static bool begins(const char *at, const char *end, const char *text)
{
    return (size_t)(end - at) > strlen(text) && memcmp(at, text, strlen(text)) == 0;
}

static const char *read_choice(const char *at, const char *end, int64_t *value)
{
    *value = begins(at, end, "true");
    return *value || begins(at, end, "false") ? at + (*value ? 4 : 5) : NULL;
}

static const char *read_value(tool_brief *brief, size_t index, const char *at, const char *end,
                              char **to)
{
    tool_brief_number number = {true, 0};
    if (begins(at, end, "null"))
        return at + 4;
    if (members[index].kind == TEXT) {
        if (*at != '"')
            return NULL;
        *text_at(brief, index) = *to;
        return read_text(at + 1, end, to);
    }
    at = members[index].kind == NUMBER ? read_number(at, end, &number.value)
                                       : read_choice(at, end, &number.value);
    *number_at(brief, index) = number;
    return at;
}

/* The arguments of the script. */
static const char *read_words(tool_brief *brief, const char *at, const char *end, char **to)
{
    bool is_first = true;
    do {
        const char *word = *to;
        if (!begins(++at, end, "\"") || (at = read_text(at + 1, end, to)) == NULL)
            return NULL;
        if (!is_first)
            add_word(brief, word);
        is_first = false;
    } while (at < end && *at == ',');
    return at < end && *at == ']' ? at + 1 : NULL;
}

static const char *read_member(tool_brief *brief, const char *at, const char *end, char **to)
{
    const char *name = at + 1;
    const char *quote = begins(at, end, "\"") ? memchr(name, '"', (size_t)(end - name)) : NULL;
    if (quote == NULL || end - quote < 3 || quote[1] != ':')
        return NULL;
    const size_t length = (size_t)(quote - name);
    at = quote + 2;
    for (size_t i = 0; i < MEMBERS; i++) {
        if (members[i].name[0] == *name && strncmp(members[i].name, name, length) == 0 &&
            members[i].name[length] == '\0')
            return read_value(brief, i, at, end, to);
    }
    if (length == strlen("arguments") && memcmp(name, "arguments", length) == 0 && *at == '[')
        return read_words(brief, at, end, to);
    return read_any(at, end);
}

/* Most of a record are commands, and most of what is said of one follows what matters. */
static bool is_enough(const tool_brief *brief)
{
    return brief->command != NULL && brief->event != NULL &&
           strcmp(brief->event, "command_begin") == 0;
}

bool tool_brief_read(tool_brief *brief, const char *line, size_t length)
{
    const char *end = line + length;
    tool_brief_clear(brief);
    if (length < 2 || *line != '{' || end[-1] != '}')
        return false;
    /* Decoded, texts are no longer, and each has a NUL in place of a quote. */
    if (brief->bytes.capacity < length) {
        sh_text_free(&brief->bytes);
        brief->bytes = (sh_text){.bytes = sh_alloc(2 * length), .capacity = 2 * length};
    }
    char *to = brief->bytes.bytes;
    const char *at = line;
    do
        at = read_member(brief, at + 1, end, &to);
    while (at != NULL && at < end && *at == ',' && !is_enough(brief));
    return at != NULL && at < end && brief->event != NULL && (at + 1 == end || is_enough(brief));
}
