/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/consoles.h"

enum { LENGTH = 40, SPANS = 60 };

static stg_style random_style(uint64_t *random)
{
    *random = *random * UINT64_C(6364136223846793005) + 1442695040888963407u;
    const uint16_t set = (uint16_t)(*random >> 40 & 0x1FFF);
    return (stg_style){.set = set, .on = (uint16_t)(set & *random >> 20)};
}

/* A text with spans of all kinds, many of them over each other. */
static stg_text random_text(stg_draw *draw, uint64_t seed)
{
    stg_text text = text_of(draw, "0123456789abcdefghijklmnopqrstuvwxyzABCD");
    uint64_t random = seed;
    for (int i = 0; i < SPANS; i++) {
        const stg_style style = random_style(&random);
        const size_t start = (size_t)(random >> 33) % LENGTH;
        stg_text_add_span(draw, &text, start, start + (size_t)(random >> 13) % LENGTH, &style);
    }
    return text;
}

static stg_style style_at(const stg_text *text, size_t at)
{
    stg_style style = {0};
    for (size_t i = 0; i < text->span_count; i++) {
        if (text->spans[i].start <= at && at < text->spans[i].end)
            style = stg_style_combine(&style, &text->spans[i].style);
    }
    return style;
}

typedef struct expectation {
    const stg_text *text;
    size_t position;
} expectation;

static void check_piece(void *context, const stg_span *piece, bool is_covered)
{
    expectation *e = context;
    assert_int_equal(piece->start, e->position);
    assert_true(piece->end > piece->start);
    for (size_t i = piece->start; i < piece->end; i++) {
        bool any = false;
        for (size_t k = 0; k < e->text->span_count; k++) {
            const stg_span *span = &e->text->spans[k];
            any = any || (span->start <= i && i < span->end);
            assert_true(i == piece->start || (span->start != i && span->end != i));
        }
        const stg_style wanted = style_at(e->text, i);
        assert_true(stg_style_equal(&piece->style, &wanted));
        assert_int_equal(is_covered, any);
    }
    e->position = piece->end;
}

static void test_styles_of_pieces(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    for (uint64_t seed = 1; seed <= 50; seed++) {
        const stg_text text = random_text(draw, seed);
        expectation e = {.text = &text};
        stg_text_pieces(draw, &text, &(stg_style){0}, check_piece, &e);
        assert_int_equal(e.position, LENGTH);
    }
    end_drawing(&d);
}

/* Many spans over many parts: what is cut looks the same. */
static void test_cut_with_many_spans(void **state)
{
    (void)state;
    drawing d;
    stg_draw *draw = begin_drawing(&d);
    for (uint64_t seed = 1; seed <= 50; seed++) {
        const stg_text text = random_text(draw, seed);
        stg_range ranges[LENGTH];
        stg_texts parts = {0};
        for (size_t i = 0; i < LENGTH; i++)
            ranges[i] = (stg_range){i, i + 1};
        stg_text_cut(draw, &text, ranges, LENGTH, &parts);
        for (size_t i = 0; i < LENGTH; i++) {
            const stg_style wanted = style_at(&text, i);
            const stg_style got = style_at(&parts.items[i], 0);
            assert_true(stg_style_equal(&got, &wanted));
            assert_true(parts.items[i].span_count <= 1);
        }
    }
    end_drawing(&d);
}

TEST_GROUP(text_pieces)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_styles_of_pieces),
        cmocka_unit_test(test_cut_with_many_spans),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
