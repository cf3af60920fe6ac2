/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What commands may print, made up at random.  STAGED_TESTS_SEED chooses other cases than the usual
 * ones; a failure tells the seed of its case. */
#include <staged/console.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"

#include "base/text/buf.h"
#include "base/text/utf8.h"
#include "console/markup/ansi.h"
#include "console/text/chars.h"

enum { CASES = 3000, SCREEN = 256 };

static uint64_t first_seed(void)
{
    const char *chosen = getenv("STAGED_TESTS_SEED");
    return chosen == NULL ? 1 : strtoull(chosen, NULL, 10);
}

/* SplitMix64. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t value = *state += UINT64_C(0x9E3779B97F4A7C15);
    value = (value ^ value >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    value = (value ^ value >> 27) * UINT64_C(0x94D049BB133111EB);
    return value ^ value >> 31;
}

static unsigned below(uint64_t *state, unsigned limit)
{
    return (unsigned)(next_random(state) % limit);
}

/* The text that is read, without its styles. */
static void read_all(const stg_buf *bytes, stg_buf *out)
{
    stg_ansi ansi = {.text = stg_buf_text(bytes), .length = bytes->length};
    stg_ansi_run run;
    while (stg_ansi_next(&ansi, &run))
        stg_buf_add(out, run.length == 0 ? "\n" : run.text, run.length == 0 ? 1 : run.length);
    assert_false(ansi.failed);
    stg_ansi_free(&ansi);
}

static void free_all(stg_buf *a, stg_buf *b, stg_buf *c)
{
    stg_buf_free(a);
    stg_buf_free(b);
    stg_buf_free(c);
}

/* ---- nothing gets through but colours and links ---- */

static void add_anything(uint64_t *state, stg_buf *out)
{
    static const char *const parts[] = {"\x1b",     "\x1b[",    "\x1b]",    "\x1bP",
                                        "\x1b_",    "\x1b^",    "\x1bX",    "\x1b\\",
                                        "\x1b]8;;", "\x07",     "\xc2\x9b", "\xc2\x9c",
                                        "\x9b",     "\xe2",     "\x80",     "\xf0\x9f",
                                        "é",        "日",       "\u0301",   "\u200d",
                                        "\uFE0F",   "\r",       "\b",       "\n",
                                        "\t",       "31m",      "38;5;9m",  "2K",
                                        "K",        "1K",       "5C",       "9D",
                                        ";",        "m",        "?25h",     "http://a/b",
                                        "text",     "\x1b[0m",  "$",        "(B",
                                        "7",        "8",        "\x18",     "\xc2\x9d\x30;",
                                        "\x7f",     "\x1c\x1f", "\v\f",     "99G"};
    const unsigned which = below(state, (unsigned)(sizeof parts / sizeof *parts) + 1);
    if (which < sizeof parts / sizeof *parts)
        stg_buf_add_text(out, parts[which]);
    else
        stg_buf_add_char(out, (char)below(state, 256));
}

/* The length of a sequence that a console may write: a colour, or a link. */
static size_t allowed_sequence(const char *text)
{
    if (strncmp(text, "\x1b[", 2) == 0) {
        const size_t codes = strspn(text + 2, "0123456789;");
        return text[2 + codes] == 'm' ? codes + 3 : 0;
    }
    if (strncmp(text, "\x1b]8;", 4) != 0)
        return 0;
    size_t i = 4;
    while ((unsigned char)text[i] >= 0x20)
        i++;
    return strncmp(text + i, "\x1b\\", 2) == 0 ? i + 2 : 0;
}

static bool is_harmless(const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        const size_t sequence = text[i] == '\x1b' ? allowed_sequence(text + i) : 0;
        uint32_t codepoint;
        const size_t size = stg_utf8_decode(text + i, length - i, &codepoint);
        const bool is_control = codepoint < 0x20 || (codepoint >= 0x7F && codepoint < 0xA0);
        if (sequence == 0 &&
            ((is_control && codepoint != '\n') || (size == 1 && codepoint >= 0x80)))
            return false;
        i += sequence > 0 ? sequence : size;
    }
    return true;
}

static void test_harmless(void **state)
{
    (void)state;
    staged_console *console = staged_console_new(STAGED_OPTIONS(
        staged_console_options, .to_text = true, .width = 30, .force_terminal = STAGED_YES,
        .color_system = STAGED_COLOR_SYSTEM_TRUECOLOR, .ascii = STAGED_NO));
    for (uint64_t seed = first_seed(); seed < first_seed() + CASES; seed++) {
        uint64_t random = seed;
        stg_buf bytes = {0};
        for (unsigned i = below(&random, 40); i > 0; i--)
            add_anything(&random, &bytes);
        staged_renderable *item = staged_ansi_new(stg_buf_text(&bytes), bytes.length);
        assert_int_equal(staged_console_print_renderable(console, NULL, item), STAGED_OK);
        const char *text = staged_console_text(console);
        if (!is_harmless(text, strlen(text)))
            fail_msg("STAGED_TESTS_SEED=%llu: a control got through", (unsigned long long)seed);
        staged_renderable_free(item);
        staged_console_clear_text(console);
        stg_buf_free(&bytes);
    }
    staged_console_free(console);
}

/* ---- no text is lost ---- */

/* Whole sequences that leave the text alone. */
static const char *const silent[] = {"\x1b[31m",
                                     "\x1b[0;1;38;2;1;2;3m",
                                     "\x1b[?2004h",
                                     "\x1b(B",
                                     "\x1b]0;title\x07",
                                     "\x1b[6n",
                                     "\x1b]8;;http://x\x1b\\",
                                     "\x1bP1$r0m\x1b\\",
                                     "\x1b_Gx\x1b\\",
                                     "\x1b=",
                                     "\x07",
                                     "\x1b[3",
                                     "\x1b(",
                                     "\x1b\x1b[1m",
                                     "\x1b[1;1:2 q"};

static void test_nothing_lost(void **state)
{
    (void)state;
    static const char *const texts[] = {"a",    "Z9", " ",       "\t", "é",
                                        "日本", "🚀",  "e\u0301", "\n", "€"};
    for (uint64_t seed = first_seed(); seed < first_seed() + CASES; seed++) {
        uint64_t random = seed;
        stg_buf bytes = {0};
        stg_buf expected = {0};
        stg_buf found = {0};
        for (unsigned i = below(&random, 60); i > 0; i--) {
            const char *text = texts[below(&random, sizeof texts / sizeof *texts)];
            const char *sequence = silent[below(&random, sizeof silent / sizeof *silent)];
            /* One that is cut short ends where a character follows that it cannot hold. */
            const bool is_cut = strcmp(sequence, "\x1b[3") == 0 || strcmp(sequence, "\x1b(") == 0;
            if (below(&random, 2) == 0 && (!is_cut || (unsigned char)text[0] >= 0x80))
                stg_buf_add_text(&bytes, sequence);
            stg_buf_add_text(&bytes, text);
            stg_buf_add_text(&expected, text);
        }
        read_all(&bytes, &found);
        if (strcmp(stg_buf_text(&found), stg_buf_text(&expected)) != 0)
            fail_msg("STAGED_TESTS_SEED=%llu: '%s' is not '%s'", (unsigned long long)seed,
                     stg_buf_text(&found), stg_buf_text(&expected));
        free_all(&bytes, &expected, &found);
    }
}

/* ---- the line that a terminal shows ---- */

/* A line the simple way: each column is a byte, and is looked at whenever something happens. */
typedef struct model {
    char columns[SCREEN];
    size_t column;
} model;

static void model_erase(model *line, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < SCREEN; i++)
        line->columns[i] = ' ';
}

/* Does something at random to a line; carriage returns come as a movement, which keeps the text. */
static void step(uint64_t *random, model *line, stg_buf *bytes)
{
    const unsigned n = below(random, 12);
    const size_t distance = n == 0 ? 1 : n;
    const size_t column = line->column;
    switch (below(random, 11)) {
    case 0:
        stg_buf_addf(bytes, "\x1b[%uD", n);
        line->column -= distance < column ? distance : column;
        break;
    case 1:
        stg_buf_addf(bytes, "\x1b[%uC", n);
        line->column += distance;
        break;
    case 2:
        stg_buf_addf(bytes, "\x1b[%uG", n);
        line->column = distance - 1;
        break;
    case 3:
        stg_buf_add_char(bytes, '\b');
        line->column -= column > 0;
        break;
    case 4:
        stg_buf_add_text(bytes, "\x1b[K");
        model_erase(line, column, SCREEN);
        break;
    case 5:
        stg_buf_add_text(bytes, "\x1b[1K");
        model_erase(line, 0, column + 1);
        break;
    case 6:
        stg_buf_add_text(bytes, "\x1b[2K");
        model_erase(line, 0, SCREEN);
        break;
    case 7:
        stg_buf_addf(bytes, "\x1b[%uX", n);
        model_erase(line, column, column + distance);
        break;
    default:
        line->columns[line->column++] = (char)('a' + n);
        stg_buf_add_char(bytes, (char)('a' + n));
        break;
    }
}

static void test_lines(void **state)
{
    (void)state;
    for (uint64_t seed = first_seed(); seed < first_seed() + CASES; seed++) {
        uint64_t random = seed;
        model line = {.column = 0};
        model_erase(&line, 0, SCREEN);
        stg_buf bytes = {0};
        stg_buf found = {0};
        for (unsigned i = below(&random, 60); i > 0 && line.column < SCREEN - 20; i--)
            step(&random, &line, &bytes);
        read_all(&bytes, &found);
        const size_t length = stg_chars_trimmed(stg_buf_text(&found), found.length);
        const size_t expected = stg_chars_trimmed(line.columns, SCREEN);
        if (length != expected || memcmp(stg_buf_text(&found), line.columns, length) != 0)
            fail_msg("STAGED_TESTS_SEED=%llu: '%s' is not '%.*s'", (unsigned long long)seed,
                     stg_buf_text(&found), (int)expected, line.columns);
        stg_buf_free(&bytes);
        stg_buf_free(&found);
    }
}

TEST_GROUP(ansi_random)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_harmless),
        cmocka_unit_test(test_nothing_lost),
        cmocka_unit_test(test_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
