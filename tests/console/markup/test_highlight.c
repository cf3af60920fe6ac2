/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/work.h"
#include "support/consoles.h"
#include "support/torture.h"

static const char *const names[STG_REPR_KINDS] = {
    "tag_start", "tag_name", "tag_contents", "tag_end", "attrib_name", "attrib_value",
    "brace",     "ipv4",     "ipv6",         "eui64",   "eui48",       "uuid",
    "call",      "true",     "false",        "none",    "ellipsis",    "complex",
    "number",    "path",     "filename",     "str",     "url",
};

/* Compares what is found with "kind:text kind:text ...", in the order in which it is found. */
static void assert_found(const char *text, const char *expected)
{
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    stg_text subject = text_of(draw, text);
    d.highlighter.ready = true;
    for (int kind = 0; kind < STG_REPR_KINDS; kind++)
        d.highlighter.styles[kind].set = (uint16_t)(kind + 1);
    stg_highlight(draw, &subject);
    stg_buf found = {0};
    for (size_t i = 0; i < subject.span_count; i++) {
        const stg_span *span = &subject.spans[i];
        stg_buf_addf(&found, "%s%s:%.*s", i == 0 ? "" : " ", names[span->style.set - 1],
                     (int)(span->end - span->start), subject.data + span->start);
    }
    assert_string_equal(stg_buf_text(&found), expected);
    stg_buf_free(&found);
    end_drawing(&d);
}

static void test_finds_highlights(void **state)
{
    (void)state;
    assert_found("", "");
    assert_found("nothing here", "");
    assert_found("42 -7 3.14", "number:42 number:-7 number:3.14");
    assert_found("True False None Nonesuch", "true:True false:False none:None");
    assert_found("a ... b", "ellipsis:...");
    assert_found("f(x, obj.method())", "brace:( brace:( brace:) brace:) call:f call:obj.method");
    assert_found("say 'hi' and b\"x\"", "str:'hi' str:b\"x\"");
    assert_found("/usr/lib/file.txt", "path:/usr/lib/ filename:file.txt");
    assert_found("https://a.b/c?d=e", "attrib_name:d attrib_value:e url:https://a.b/c?d=e");
    assert_found("at 127.0.0.1:80", "ipv4:127.0.0.1 number:80");
    assert_found("key=value n=\"x\"",
                 "attrib_name:key attrib_value:value attrib_name:n attrib_value:\"x\" str:\"x\"");
    assert_found("123e4567-e89b-12d3-a456-426614174000",
                 "uuid:123e4567-e89b-12d3-a456-426614174000");
}

static void test_the_tag_goes_to_the_last_bracket(void **state)
{
    (void)state;
    assert_found("<Foo bar> and <x>",
                 "tag_start:< tag_name:Foo tag_contents: bar> and <x tag_end:>");
    assert_found("a > b < c", "");
    assert_found("<>", "tag_start:< tag_end:>");
}

static void test_attribute_names_have_fifty_characters_at_most(void **state)
{
    (void)state;
    assert_found("x12345678901234567890123456789012345678901234567890=1",
                 "attrib_name:12345678901234567890123456789012345678901234567890 attrib_value:1 "
                 "number:1");
    assert_found("a=b=c", "attrib_name:a attrib_value:b");
    assert_found("= =x", "");
    assert_found("é=ü", "attrib_name:é attrib_value:ü");
}

static void test_other_scripts(void **state)
{
    (void)state;
    assert_found("größe(1)", "brace:( brace:) call:größe number:1");
    assert_found("日本 5", "number:5");
    assert_found("日5", "");
    assert_found("─(", "brace:(");
}

/* A pattern, again and again. */
static void highlight_repeated(size_t n, void *context)
{
    const char *pattern = context;
    const size_t length = strlen(pattern);
    char *bytes = malloc(n);
    assert_non_null(bytes);
    for (size_t k = 0; k < n; k++)
        bytes[k] = pattern[k % length];
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    stg_text subject = stg_text_of(draw, bytes, n);
    stg_highlight(draw, &subject);
    assert_int_equal(draw->status, STAGED_OK);
    end_drawing(&d);
    free(bytes);
}

static void test_work_is_linear(void **state)
{
    (void)state;
    char patterns[][5] = {"a.", "'\\", "/a", "1", "a=", "<", "[x", "e1", "\"'", "é.", "日 "};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        assert_linear(highlight_repeated, 1 << 14, patterns[i]);
}

static staged_status highlight(void *context)
{
    (void)context;
    drawing d;
    memset(&d, 0, sizeof d);
    stg_draw draw = {.arena = &d.arena,
                     .error = &d.error,
                     .status = STAGED_OK,
                     .highlighter = &d.highlighter,
                     .styled = true};
    stg_text text = text_of(&draw, "1 2 3 4 5 6 7 8 9 10 11 12 'x' /a/b f(x)");
    stg_highlight(&draw, &text);
    stg_error_free(&d.error);
    stg_arena_free(&d.arena);
    return draw.status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_true(torture(highlight, NULL) > 0);
}

TEST_GROUP(highlight)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finds_highlights),
        cmocka_unit_test(test_the_tag_goes_to_the_last_bracket),
        cmocka_unit_test(test_attribute_names_have_fifty_characters_at_most),
        cmocka_unit_test(test_other_scripts),
        cmocka_unit_test(test_work_is_linear),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
