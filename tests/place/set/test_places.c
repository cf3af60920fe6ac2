/* SPDX-License-Identifier: BSD-3-Clause */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "place/framework.h"
#include "support/cmocka_all.h"
#include "support/runner.h"
#include "support/torture.h"

/* ---- A kind that takes any words but "bad" ---- */

static int opened;

static staged_status open_box(const char *const *words, void **place, char **problem)
{
    for (; *words != NULL; words++) {
        if (strcmp(*words, "bad") == 0) {
            *problem = strdup("'bad' is bad");
            return STAGED_FAILED;
        }
    }
    *place = malloc(1);
    opened += *place != NULL;
    return *place == NULL ? STAGED_NO_MEMORY : STAGED_OK;
}

static void close_box(void *place)
{
    opened--;
    free(place);
}

static staged_status begin_box(void *place, const staged_place_command *command,
                               staged_place_client *client, staged_place_end *failure)
{
    (void)place;
    (void)command;
    (void)client;
    (void)failure;
    return STAGED_FAILED;
}

static const staged_place_kind box = {
    .size = sizeof box, .name = "box", .open = open_box, .close = close_box, .begin = begin_box};
static const staged_place_kind plain = {.size = sizeof plain, .name = "plain", .begin = begin_box};

static stg_places *with_kinds(void)
{
    stg_places *places = stg_places_new();
    stg_error error = {0};
    assert_non_null(places);
    assert_int_equal(stg_places_add_kind(places, &box, &error), STAGED_OK);
    assert_int_equal(stg_places_add_kind(places, &plain, &error), STAGED_OK);
    return places;
}

static const char *const none[] = {NULL};

/* What adding a place says. */
static void assert_refused(stg_places *places, const char *name, const char *kind,
                           const char *const *words, const char *message)
{
    stg_error error = {0};
    assert_int_not_equal(stg_places_add(places, name, kind, words, &error), STAGED_OK);
    assert_string_equal(stg_error_text(&error), message);
    stg_error_free(&error);
}

static void test_places_are_found(void **state)
{
    (void)state;
    stg_places *places = with_kinds();
    stg_error error = {0};
    stg_place *place;
    assert_int_equal(stg_places_find(places, "here", &place, &error), STAGED_OK);
    assert_null(place);
    assert_string_equal(stg_place_name(place), "here");
    assert_int_equal(stg_places_find(places, "far", &place, &error), STAGED_NOT_FOUND);
    assert_string_equal(stg_error_text(&error),
                        "unknown place 'far'; no places are declared: see docs/places.md");
    assert_int_equal(stg_places_add(places, "far", "box", NULL, &error), STAGED_OK);
    assert_int_equal(stg_places_add(places, "far-2", "plain", none, &error), STAGED_OK);
    assert_int_equal(stg_places_find(places, "far", &place, &error), STAGED_OK);
    assert_string_equal(stg_place_name(place), "far");
    assert_null(stg_place_file(place));
    assert_int_equal(stg_places_find(places, "fat", &place, &error), STAGED_NOT_FOUND);
    assert_string_equal(stg_error_text(&error), "unknown place 'fat'; did you mean 'far'?");
    assert_int_equal(stg_places_find(places, "elsewhere", &place, &error), STAGED_NOT_FOUND);
    assert_string_equal(stg_error_text(&error),
                        "unknown place 'elsewhere'; known are 'far', 'far-2', and 'here'");
    assert_int_equal(opened, 1);
    stg_places_free(places);
    assert_int_equal(opened, 0);
    stg_error_free(&error);
    stg_places_free(NULL);
}

static void test_mistakes(void **state)
{
    (void)state;
    stg_places *places = with_kinds();
    static const char *const bad[] = {"good", "bad", NULL};
    static const char *const some[] = {"some", NULL};
    assert_refused(places, "here", "box", NULL,
                   "'here' is this machine; a place needs another name");
    assert_refused(places, "a b", "box", NULL,
                   "the name of a place may have letters, digits, '-' and '_', not 'a b'");
    assert_refused(places, "", "box", NULL,
                   "the name of a place may have letters, digits, '-' and '_', not ''");
    assert_refused(places, "-x", "box", NULL,
                   "the name of a place may have letters, digits, '-' and '_', not '-x'");
    assert_refused(places, "far", "bax", NULL, "unknown kind of places 'bax'; did you mean 'box'?");
    assert_refused(places, "far", "box", bad, "place 'far': 'bad' is bad");
    assert_refused(places, "far", "plain", some, "place 'far': plain takes no words: 'some'");
    stg_error error = {0};
    assert_int_equal(stg_places_add(places, "far", "box", NULL, &error), STAGED_OK);
    assert_refused(places, "far", "box", NULL, "place 'far' is declared twice");
    assert_int_equal(stg_places_add_kind(places, &box, &error), STAGED_BAD_USE);
    assert_string_equal(stg_error_text(&error), "there is already a kind of places 'box'");
    const staged_place_kind nothing = {.size = sizeof nothing, .name = "nothing"};
    assert_int_equal(stg_places_add_kind(places, &nothing, &error), STAGED_BAD_USE);
    assert_string_equal(stg_error_text(&error), "a kind of places needs `.name` and `.begin`");
    stg_error_free(&error);
    stg_places_free(places);
    assert_int_equal(opened, 0);
}

/* ---- Files ---- */

static char *write_file(const char *text)
{
    char *path = strdup("places-XXXXXX");
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    return path;
}

static void remove_file(char *path)
{
    unlink(path);
    free(path);
}

static void test_files(void **state)
{
    (void)state;
    stg_places *places = with_kinds();
    stg_error error = {0};
    stg_place *place;
    char *nearer = write_file("# mine\n\nfar box 'a word' # no comment\n  other plain\r\n");
    char *farther = write_file("far plain\nthird box");
    assert_int_equal(stg_places_read(places, "no such file", &error), STAGED_OK);
    assert_int_equal(stg_places_read(places, nearer, &error), STAGED_OK);
    assert_int_equal(stg_places_read(places, farther, &error), STAGED_OK);
    assert_int_equal(stg_places_find(places, "far", &place, &error), STAGED_OK);
    assert_string_equal(stg_place_file(place), nearer);
    assert_int_equal(stg_places_find(places, "third", &place, &error), STAGED_OK);
    assert_string_equal(stg_place_file(place), farther);
    /* The operator's word comes before the script's. */
    assert_int_equal(stg_places_add(places, "far", "plain", NULL, &error), STAGED_OK);
    assert_int_equal(stg_places_find(places, "far", &place, &error), STAGED_OK);
    assert_string_equal(stg_place_file(place), nearer);
    stg_places_free(places);
    remove_file(nearer);
    remove_file(farther);
}

static void assert_unreadable(const char *text, const char *message)
{
    stg_places *places = with_kinds();
    stg_error error = {0};
    char *path = write_file(text);
    char expected[512];
    (void)snprintf(expected, sizeof expected, "%s:%s", path, message);
    assert_int_not_equal(stg_places_read(places, path, &error), STAGED_OK);
    assert_string_equal(stg_error_text(&error), expected);
    stg_error_free(&error);
    stg_places_free(places);
    remove_file(path);
}

static void test_files_with_mistakes(void **state)
{
    (void)state;
    assert_unreadable("\nfar\n", "2: a line of places has a name, a kind, and words for it, as in "
                                 "'hpc slurm --partition main'");
    assert_unreadable("far box 'open\n", "1: No closing quotation");
    assert_unreadable("far box\nfar box\n", "2: place 'far' is declared twice");
    assert_unreadable("far box bad", "1: place 'far': 'bad' is bad");
    assert_unreadable("far bax\nfar box\n", "2: place 'far' is declared twice");
}

/* Where the operator's files are read before the script has added its kinds. */
static void test_kinds_that_come_later(void **state)
{
    (void)state;
    stg_places *places = stg_places_new();
    stg_error error = {0};
    stg_place *place;
    char *path = write_file("far box\nwrong box bad\nnear plain\n");
    assert_int_equal(stg_places_read(places, path, &error), STAGED_OK);
    assert_int_equal(stg_places_find(places, "far", &place, &error), STAGED_BAD_INPUT);
    assert_non_null(strstr(stg_error_text(&error), ": place 'far': unknown kind of places 'box'"));
    assert_int_equal(stg_places_add_kind(places, &box, &error), STAGED_OK);
    assert_int_equal(stg_places_find(places, "far", &place, &error), STAGED_OK);
    assert_int_equal(opened, 1);
    assert_int_equal(stg_places_find(places, "near", &place, &error), STAGED_BAD_INPUT);
    assert_int_equal(stg_places_find(places, "wrong", &place, &error), STAGED_BAD_INPUT);
    assert_non_null(strstr(stg_error_text(&error), ": place 'wrong': 'bad' is bad"));
    stg_error_free(&error);
    stg_places_free(places);
    assert_int_equal(opened, 0);
    remove_file(path);
}

static void test_files_of_everybody(void **state)
{
    (void)state;
    stg_places *places = with_kinds();
    stg_error error = {0};
    char *path = write_file("far box\n");
    assert_int_equal(chmod(path, 0666), 0);
    assert_int_equal(stg_places_read(places, path, &error), STAGED_NOT_ALLOWED);
    assert_non_null(strstr(stg_error_text(&error), "everybody can write"));
    assert_non_null(strstr(stg_error_text(&error), "chmod o-w"));
    assert_int_equal(chmod(path, 0664), 0);
    assert_int_equal(stg_places_read(places, path, &error), STAGED_OK);
    assert_int_equal(stg_places_read(places, ".", &error), STAGED_BAD_INPUT);
    stg_error_free(&error);
    stg_places_free(places);
    remove_file(path);
}

static void test_fifo(void **state)
{
    (void)state;
    stg_places *places = with_kinds();
    stg_error error = {0};
    char *path = write_file("");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    (void)alarm(20); /* ends a test that waits for somebody to write to it */
    assert_int_equal(stg_places_read(places, path, &error), STAGED_BAD_INPUT);
    (void)alarm(0);
    assert_non_null(strstr(stg_error_text(&error), "not a regular file"));
    stg_error_free(&error);
    stg_places_free(places);
    remove_file(path);
}

TEST_GROUP(places)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places_are_found),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_files_with_mistakes),
        cmocka_unit_test(test_kinds_that_come_later),
        cmocka_unit_test(test_files_of_everybody),
        cmocka_unit_test(test_fifo),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
