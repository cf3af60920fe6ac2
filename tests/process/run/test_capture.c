/* SPDX-License-Identifier: BSD-3-Clause */
#include "process/run/capture.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <staged/secrets.h>

#include "base/text/buf.h"
#include "process/system/fd.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

/* Writes to a pipe and has it captured, piece by piece. */
static void feed(stg_capture *capture, const char *bytes, size_t length, size_t piece)
{
    int from, to;
    assert_int_equal(stg_fd_pipe(&from, &to), 0);
    assert_int_equal(stg_fd_set_nonblocking(from), 0);
    for (size_t at = 0; at < length; at += piece) {
        const size_t n = length - at < piece ? length - at : piece;
        assert_int_equal(write(to, bytes + at, n), n);
        while (stg_capture_read(capture, from) == STG_READ_SOME)
            ;
    }
    assert_int_equal(stg_capture_read(capture, from), STG_READ_NOTHING);
    stg_fd_close(&to);
    assert_int_equal(stg_capture_read(capture, from), STG_READ_END);
    stg_fd_close(&from);
}

static void assert_kept(staged_stream stream, size_t piece, const char *expected, uint64_t lost)
{
    stg_capture capture;
    size_t length;
    uint64_t actually_lost;
    assert_true(stg_capture_init(&capture, &stream, NULL));
    feed(&capture, "0123456789abcdefghij", 20, piece);
    assert_int_equal(capture.total, 20);
    char *data = stg_capture_take(&capture, &length, &actually_lost);
    assert_string_equal(data, expected);
    assert_int_equal(length, strlen(expected));
    assert_int_equal(actually_lost, lost);
    free(data);
    stg_capture_free(&capture);
}

/* A limit leaves no part of a secret, however the output comes. */
static void test_a_limit_parts_no_secret(void **state)
{
    (void)state;
    staged_secrets *secrets = staged_secrets_new();
    assert_int_equal(staged_secrets_add(secrets, "secret", 6), STAGED_OK);
    static const char text[] = "ab secret cd secret ef secret gh";
    const size_t length = strlen(text);
    for (size_t limit = 1; limit < length; limit++) {
        for (size_t piece = 1; piece <= length; piece += 3) {
            for (int keep_last = 0; keep_last <= 1; keep_last++) {
                stg_capture capture;
                size_t kept;
                uint64_t lost;
                const staged_stream stream = {.limit = limit, .keep_last = keep_last == 1};
                assert_true(stg_capture_init(&capture, &stream, secrets));
                feed(&capture, text, length, piece);
                char *data = stg_capture_take(&capture, &kept, &lost);
                assert_true(kept <= limit && kept + 6 > limit);
                assert_int_equal(kept + lost, length);
                assert_memory_equal(data, keep_last == 1 ? text + length - kept : text, kept);
                char *masked = staged_secrets_mask(secrets, data, kept, NULL);
                assert_null(strpbrk(masked, "srt"));
                free(masked);
                free(data);
                stg_capture_free(&capture);
            }
        }
    }
    staged_secrets_free(secrets);
}

static void test_kept_output(void **state)
{
    (void)state;
    for (size_t piece = 1; piece <= 20; piece++) {
        assert_kept((staged_stream){0}, piece, "0123456789abcdefghij", 0);
        assert_kept((staged_stream){.limit = 20}, piece, "0123456789abcdefghij", 0);
        assert_kept((staged_stream){.limit = 7}, piece, "0123456", 13);
        assert_kept((staged_stream){.limit = 7, .keep_last = true}, piece, "defghij", 13);
        assert_kept((staged_stream){.limit = 20, .keep_last = true}, piece, "0123456789abcdefghij",
                    0);
    }
}

static void test_nothing_was_written(void **state)
{
    (void)state;
    stg_capture capture = {0};
    size_t length;
    uint64_t lost;
    char *data = stg_capture_take(&capture, &length, &lost);
    assert_string_equal(data, "");
    assert_int_equal(length, 0);
    free(data);
}

static void test_memory_stays_within_the_limit(void **state)
{
    (void)state;
    static char bytes[60000];
    for (int last = 0; last < 2; last++) {
        stg_capture capture;
        const staged_stream stream = {.limit = 1000, .keep_last = last == 1};
        assert_true(stg_capture_init(&capture, &stream, NULL));
        for (int i = 0; i < 200; i++)
            feed(&capture, bytes, sizeof bytes, sizeof bytes);
        assert_true(capture.capacity <= 1024 * 1024);
        assert_int_equal(capture.total, 200 * sizeof bytes);
        stg_capture_free(&capture);
    }
}

static void test_the_rest_goes_to_a_file(void **state)
{
    (void)state;
    char path[] = "staged-rest-XXXXXX";
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    for (size_t piece = 1; piece <= 20; piece++) {
        char text[40] = "";
        assert_kept((staged_stream){.limit = 5, .rest_path = path}, piece, "01234", 15);
        assert_int_equal(pread(fd, text, sizeof text, 0), 20);
        assert_string_equal(text, "0123456789abcdefghij");
    }
    /* Not made when it is not needed. */
    assert_kept((staged_stream){.limit = 20, .rest_path = "/nowhere/file"}, 3,
                "0123456789abcdefghij", 0);
    stg_capture capture;
    assert_true(stg_capture_init(&capture,
                                 &(staged_stream){.limit = 5, .rest_path = "/nowhere/file"}, NULL));
    feed(&capture, "0123456789", 10, 3);
    assert_int_equal(capture.error, ENOENT);
    assert_int_equal(capture.length, 5);
    stg_capture_free(&capture);
    close(fd);
    unlink(path);
}

static bool count_shown(void *context, staged_output which, const char *bytes, size_t length)
{
    (void)bytes;
    *(size_t *)context += length;
    return which == STAGED_OUTPUT_STDOUT;
}

/* Without memory everything is still read and shown. */
static staged_status use(void *context)
{
    (void)context;
    size_t shown = 0;
    stg_show show = {.which = STAGED_OUTPUT_STDOUT, .show = count_shown, .context = &shown};
    stg_capture capture;
    if (!stg_capture_init(&capture, &(staged_stream){.limit = 5, .rest_path = "/dev/null"}, NULL))
        return STAGED_NO_MEMORY;
    capture.show = &show;
    feed(&capture, "0123456789", 10, 4);
    assert_int_equal(shown, 10);
    assert_int_equal(capture.total, 10);
    size_t length;
    uint64_t lost;
    char *data = stg_capture_take(&capture, &length, &lost);
    const staged_status status =
        data == NULL || capture.error == ENOMEM ? STAGED_NO_MEMORY : STAGED_OK;
    free(data);
    stg_capture_free(&capture);
    return status;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    assert_int_equal(torture(use, NULL), 4);
}

TEST_GROUP(capture)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept_output),
        cmocka_unit_test(test_a_limit_parts_no_secret),
        cmocka_unit_test(test_nothing_was_written),
        cmocka_unit_test(test_memory_stays_within_the_limit),
        cmocka_unit_test(test_the_rest_goes_to_a_file),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("process capture", tests, NULL, NULL);
}
