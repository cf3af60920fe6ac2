/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Private headers: no cluster is needed to have `sh` run what a task is. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "script/each/each_fixture.h"
#include "script/each/task.h"
#include "support/cmocka_all.h"
#include "support/torture.h"

enum { MOST = 8 };

static struct {
    stg_task_result results[MOST];
    size_t count;
} taken;

static void take(void *context, stg_task *task, const stg_task_result *result)
{
    (void)context;
    (void)task;
    assert_true(taken.count < MOST);
    taken.results[taken.count++] = *result;
}

static void run_shell(const char *job)
{
    char line[256];
    (void)snprintf(line, sizeof line, "STAGED_ARRAY=%s sh '%s/1'", job, each_folder);
    assert_int_equal(system(line), 0);
}

static void forget(void)
{
    char line[256];
    (void)snprintf(line, sizeof line, "cd '%s' && rm -f 1* common job ended", each_folder);
    assert_int_equal(system(line), 0);
    memset(&taken, 0, sizeof taken);
}

static void note_job(const char *job)
{
    stg_buf text = {0};
    stg_buf_addf(&text, "%s\n", job);
    assert_int_equal(stg_task_write_file(each_folder, "job", &text), 0);
    stg_buf_free(&text);
}

/* A file of the task in which nothing can be written; NULL: there is room for all. */
static const char *full;

static void fill_disk(void)
{
    char line[256];
    (void)snprintf(line, sizeof line, "ln -sf /dev/full '%s/%s'", each_folder, full);
    assert_int_equal(system(line), 0);
}

/* Runs items, each a list of words, and reads what became of them. */
static stg_task run_task(const stg_task_manner *manner, size_t count,
                         const char *const *const *items)
{
    stg_buf program = {0}, names = {0};
    forget();
    assert_int_equal(stg_task_write_common(each_folder, manner), 0);
    stg_task_add_head(&program, each_folder, 1);
    for (size_t i = 0; i < count; i++) {
        stg_task_add_item(&program, i + 1, items[i]);
        stg_buf_addf(&names, "item %zu", i + 1);
        stg_buf_add_char(&names, '\0');
    }
    assert_int_equal(stg_task_write(each_folder, 1, &program, &names), 0);
    stg_buf_free(&program);
    stg_buf_free(&names);
    note_job("7");
    if (full != NULL)
        fill_disk();
    run_shell("7");
    stg_task task = {.number = 1, .count = count};
    stg_task_read(each_folder, &task, manner, take, NULL);
    return task;
}
#define RUN_TASK(manner, ...)                                                                      \
    run_task(manner, sizeof(const char *const *[]){__VA_ARGS__} / sizeof(const char *const *),     \
             (const char *const *[]){__VA_ARGS__})

static const char *output_of(const stg_task_result *result, int which)
{
    static char text[256];
    char path[128];
    (void)snprintf(path, sizeof path, "%s/copy", each_folder);
    FILE *file = fopen(path, "w+");
    assert_non_null(file);
    assert_int_equal(stg_task_copy(each_folder, 1, which, result->from[which],
                                   result->length[which], fileno(file)),
                     0);
    rewind(file);
    const size_t length = fread(text, 1, sizeof text - 1, file);
    text[length] = '\0';
    (void)fclose(file);
    return text;
}

static const stg_task_manner apart = {.mark = "the-mark", .prologue = ""};

static void test_ends(void **state)
{
    (void)state;
    RUN_TASK(&apart, STAGED_TEXTS("true"), STAGED_TEXTS("sh", "-c", "exit 3"),
             STAGED_TEXTS("sh", "-c", "kill -9 $$"), STAGED_TEXTS("sh", "-c", "exit 137"),
             STAGED_TEXTS("sh", "-c", "kill -2 $$"));
    static const int codes[] = {0, 3, 137, 137, 130};
    static const bool signals[] = {false, false, true, false, true};
    assert_int_equal(taken.count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(taken.results[i].number, i + 1);
        assert_int_equal(taken.results[i].code, codes[i]);
        assert_int_equal(taken.results[i].is_signal, signals[i]);
        assert_true(taken.results[i].ended_s >= taken.results[i].began_s);
    }
}

/* Where a folder of PATH may not be searched, dash says 126. */
static bool is_not_found(int code)
{
    return code == 127 || code == 126;
}

/* Programs, and nothing of the shell that runs them. */
static void test_words(void **state)
{
    (void)state;
    RUN_TASK(&apart, STAGED_TEXTS("exit", "0"), STAGED_TEXTS("stg_item", "x"),
             STAGED_TEXTS("printf", "%s|", "a b", "it's", "", "$HOME", "-n\n"));
    assert_int_equal(taken.count, 3);
    assert_true(is_not_found(taken.results[0].code));
    assert_true(is_not_found(taken.results[1].code));
    assert_int_equal(taken.results[2].code, 0);
    assert_string_equal(output_of(&taken.results[2], 0), "a b|it's||$HOME|-n\n|");
}

static void test_outputs(void **state)
{
    (void)state;
    const stg_task_manner joined = {.mark = "the-mark", .joins = true, .prologue = ""};
    RUN_TASK(&apart, STAGED_TEXTS("sh", "-c", "echo out; echo error >&2; printf the-mar"),
             STAGED_TEXTS("true"), STAGED_TEXTS("echo", "last"));
    assert_int_equal(taken.count, 3);
    assert_string_equal(output_of(&taken.results[0], 0), "out\nthe-mar");
    assert_string_equal(output_of(&taken.results[0], 1), "error\n");
    assert_string_equal(output_of(&taken.results[1], 0), "");
    assert_string_equal(output_of(&taken.results[2], 0), "last\n");
    RUN_TASK(&joined, STAGED_TEXTS("sh", "-c", "echo out; echo error >&2; echo more"));
    assert_string_equal(output_of(&taken.results[0], 0), "out\nerror\nmore\n");
}

/* More than what is read at a time. */
static void test_long_output(void **state)
{
    (void)state;
    RUN_TASK(&apart, STAGED_TEXTS("head", "-c", "1000000", "/dev/zero"), STAGED_TEXTS("echo", "x"));
    assert_int_equal(taken.count, 2);
    assert_int_equal(taken.results[0].length[0], 1000000);
    assert_string_equal(output_of(&taken.results[1], 0), "x\n");
    /* The mark stands across the end of a piece. */
    RUN_TASK(&apart, STAGED_TEXTS("head", "-c", "65532", "/dev/zero"));
    assert_int_equal(taken.count, 1);
    assert_int_equal(taken.results[0].length[0], 65532);
}

static bool is_there(const char *name)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", each_folder, name);
    return access(path, F_OK) == 0;
}

static void test_timeout(void **state)
{
    (void)state;
    stg_task_manner limited = {
        .mark = "the-mark", .prologue = "", .timeout_s = 0.2, .grace_s = 60};
    RUN_TASK(&limited, STAGED_TEXTS("sleep", "600"));
    assert_int_equal(taken.count, 1);
    assert_int_equal(taken.results[0].code, 124);
    assert_true(taken.results[0].ended_s - taken.results[0].began_s >= 0.18);

    limited.grace_s = 0.1;
    /* On a busy machine its time may be up before it ignores the signal. */
    char ignore[200];
    (void)snprintf(ignore, sizeof ignore, "trap '' TERM; : >'%s/1.ignores'; sleep 60; sleep 60",
                   each_folder);
    do {
        limited.timeout_s *= 2;
        RUN_TASK(&limited, STAGED_TEXTS("sh", "-c", ignore));
    } while (!is_there("1.ignores") && limited.timeout_s < 60);
    assert_int_equal(taken.count, 1);
    assert_int_equal(taken.results[0].code, 137);

    limited.timeout_s = 60;
    RUN_TASK(&limited, STAGED_TEXTS("true"));
    assert_int_equal(taken.results[0].code, 0);
}

static void test_prologue(void **state)
{
    (void)state;
    const stg_task_manner set = {.mark = "the-mark",
                                 .prologue = "NAME='a b'\nexport NAME\ncd -- / || stg_refuse\n"};
    RUN_TASK(&set, STAGED_TEXTS("sh", "-c", "echo \"$NAME $PWD ${STAGED_ARRAY-none}\""));
    assert_string_equal(output_of(&taken.results[0], 0), "a b / none\n");
    /* What the program itself reads does not depend on how items are to split words. */
    const stg_task_manner splits = {.mark = "the-mark", .prologue = "IFS=:\nexport IFS\n"};
    RUN_TASK(&splits, STAGED_TEXTS("printenv", "IFS"), STAGED_TEXTS("false"));
    assert_int_equal(taken.count, 2);
    assert_string_equal(output_of(&taken.results[0], 0), ":\n");
    assert_int_equal(taken.results[1].code, 1);
    assert_false(taken.results[1].is_signal);
    const stg_task_manner refusing = {.mark = "the-mark",
                                      .prologue = "cd -- /no/such 2>/dev/null || stg_refuse\n"};
    RUN_TASK(&refusing, STAGED_TEXTS("true"));
    assert_int_equal(taken.count, 1);
    assert_int_equal(taken.results[0].number, 0);
}

/* What was submitted although nobody was told so does nothing. */
static void test_another_job(void **state)
{
    (void)state;
    const stg_task task = RUN_TASK(&apart, STAGED_TEXTS("true"));
    assert_true(stg_task_has_begun(each_folder, task.number));
    assert_int_equal(taken.count, 1);
    run_shell("8");
    stg_task again = {.number = 1, .count = 1};
    stg_task_read(each_folder, &again, &apart, take, NULL);
    assert_int_equal(taken.count, 2);
}

/* What the place starts late, when the array has been ended, does nothing, nor does it go on then,
 * or when the array's files are being removed. */
static void test_late_start(void **state)
{
    (void)state;
    stg_task task = RUN_TASK(&apart, STAGED_TEXTS("true"));
    assert_int_equal(taken.count, 1);
    stg_task_close(each_folder);
    stg_task_close(each_folder);
    run_shell("7");
    stg_task_read(each_folder, &task, &apart, take, NULL);
    assert_int_equal(taken.count, 1);
    /* None of its items has begun. */
    char path[128];
    (void)snprintf(path, sizeof path, "%s/1.says", each_folder);
    assert_int_equal(unlink(path), 0);
    run_shell("7");
    assert_false(stg_task_has_begun(each_folder, 1));

    RUN_TASK(&apart, STAGED_TEXTS("sh", "-c", ": >\"$0\"/ended", each_folder), STAGED_TEXTS("true"));
    assert_int_equal(taken.count, 1);
    assert_false(stg_task_has_begun(each_folder, 1));
    RUN_TASK(&apart, STAGED_TEXTS("sh", "-c", "rm \"$0\"/job", each_folder), STAGED_TEXTS("true"));
    assert_int_equal(taken.count, 1);
    assert_false(is_there("job"));
}

/* Half a line, and one whose output is not seen yet. */
static void test_late_files(void **state)
{
    (void)state;
    stg_task task = RUN_TASK(&apart, STAGED_TEXTS("true"));
    char path[128];
    (void)snprintf(path, sizeof path, "%s/1.results", each_folder);
    FILE *file = fopen(path, "a");
    assert_non_null(file);
    (void)fputs("1 0 1.5", file);
    (void)fflush(file);
    stg_task_read(each_folder, &task, &apart, take, NULL);
    assert_int_equal(taken.count, 1);
    (void)fputs(" 2.5 0\n", file);
    (void)fclose(file);
    stg_task_read(each_folder, &task, &apart, take, NULL);
    assert_int_equal(taken.count, 1);
    (void)snprintf(path, sizeof path, "cd '%s' && echo the-mark >>1.out && echo the-mark >>1.err",
                   each_folder);
    assert_int_equal(system(path), 0);
    stg_task_read(each_folder, &task, &apart, take, NULL);
    assert_int_equal(taken.count, 2);
    assert_true(taken.results[1].began_s == 1.5);
}

static void take_ended(void *context, const char *item, int code)
{
    stg_buf_addf(context, "%s=%d;", item, code);
}

static void test_read_by_another_run(void **state)
{
    (void)state;
    RUN_TASK(&apart, STAGED_TEXTS("true"), STAGED_TEXTS("false"));
    stg_buf text = {0};
    assert_true(stg_task_read_ended(each_folder, 1, take_ended, &text));
    assert_string_equal(stg_buf_text(&text), "item 1=0;item 2=1;");
    assert_false(stg_task_read_ended(each_folder, 2, take_ended, &text));
    stg_buf_free(&text);
    stg_task_remove(each_folder, 1);
    assert_false(stg_task_has_begun(each_folder, 1));
}

/* Nobody would know of what runs then, and have it run once more. */
static void test_full_disk_there(void **state)
{
    (void)state;
    const char *const at = each_folder;
    char path[128];
    (void)snprintf(path, sizeof path, "%s/1trace", at);
    static const char *const files[] = {"1.results", "1.err", "1.out"};
    for (size_t i = 0; i < 3; i++) {
        full = files[i];
        const stg_task task =
            RUN_TASK(&apart, STAGED_TEXTS("sh", "-c", "echo x >>$0; exit 3", path),
                     STAGED_TEXTS("sh", "-c", "echo y >>$0", path));
        full = NULL;
        assert_int_equal(taken.count, 0);
        assert_int_equal(task.ended, 0);
        assert_true(stg_task_has_given_up(at, 1));
        FILE *trace = fopen(path, "r");
        assert_non_null(trace);
        assert_int_equal(fgetc(trace), 'x');
        assert_int_equal(fgetc(trace), '\n');
        assert_int_equal(fgetc(trace), EOF);
        (void)fclose(trace);
    }
    RUN_TASK(&apart, STAGED_TEXTS("true"));
    assert_false(stg_task_has_given_up(at, 1));
}

static void test_full_disk_here(void **state)
{
    (void)state;
    RUN_TASK(&apart, STAGED_TEXTS("echo", "x"));
    FILE *nowhere = fopen("/dev/full", "w");
    assert_non_null(nowhere);
    assert_int_equal(stg_task_copy(each_folder, 1, 0, 0, 2, fileno(nowhere)), ENOSPC);
    assert_int_equal(stg_task_copy(each_folder, 1, 0, 0, 100, fileno(nowhere)), ENOSPC);
    (void)fclose(nowhere);
    nowhere = fopen("/dev/null", "w");
    assert_int_equal(stg_task_copy(each_folder, 1, 0, 0, 1000, fileno(nowhere)), EIO);
    assert_int_equal(stg_task_copy(each_folder, 2, 0, 0, 2, fileno(nowhere)), ENOENT);
    (void)fclose(nowhere);
}

/* Of an item whose end is not known, without the mark behind it. */
static void test_rest_of_output(void **state)
{
    (void)state;
    RUN_TASK(&apart, STAGED_TEXTS("echo", "one"), STAGED_TEXTS("echo", "three"));
    assert_int_equal(stg_task_rest_of_output(each_folder, 1, 0, 0, apart.mark), 4);
    assert_int_equal(stg_task_rest_of_output(each_folder, 1, 0, 13, apart.mark), 6);
    assert_int_equal(stg_task_rest_of_output(each_folder, 1, 0, 13, "another"), 15);
    assert_int_equal(stg_task_rest_of_output(each_folder, 1, 0, 100, apart.mark), 0);
    assert_int_equal(stg_task_rest_of_output(each_folder, 2, 0, 0, apart.mark), 0);
}

static void note_taken(void *context, stg_task *task, const stg_task_result *result)
{
    (void)task;
    (void)result;
    ++*(int *)context;
}

/* What could not be read is read the next time. */
static staged_status run_once(void *context)
{
    (void)context;
    stg_buf program = {0}, names = {0}, text = {0};
    stg_task task = {.number = 1, .count = 1};
    int count = 0;
    char line[128];
    (void)snprintf(line, sizeof line, "%s/fresh", each_folder);
    (void)mkdir(line, 0700);
    stg_task_add_head(&program, line, 2);
    stg_task_add_item(&program, 1, STAGED_TEXTS("true"));
    stg_buf_add(&names, "a", 2);
    const bool is_written =
        stg_task_write_common(line, &apart) == 0 && stg_task_write(line, 2, &program, &names) == 0;
    stg_task_remove(line, 2);
    stg_task_remove(line, 2);
    (void)snprintf(line, sizeof line, "%s/fresh/common", each_folder);
    (void)unlink(line);
    stg_task_read(each_folder, &task, &apart, note_taken, &count);
    const bool is_read = stg_task_read_ended(each_folder, 1, take_ended, &text);
    const staged_status status = stg_buf_status(&text);
    stg_buf_free(&program);
    stg_buf_free(&names);
    stg_buf_free(&text);
    return is_written && is_read && count == 1 ? status : STAGED_NO_MEMORY;
}

static void test_out_of_memory(void **state)
{
    (void)state;
    RUN_TASK(&apart, STAGED_TEXTS("true"));
    assert_true(torture_forgiving(run_once, NULL) > 0);
}

TEST_GROUP(task)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_outputs),
        cmocka_unit_test(test_long_output),
        cmocka_unit_test(test_timeout),
        cmocka_unit_test(test_prologue),
        cmocka_unit_test(test_another_job),
        cmocka_unit_test(test_late_start),
        cmocka_unit_test(test_late_files),
        cmocka_unit_test(test_read_by_another_run),
        cmocka_unit_test(test_full_disk_there),
        cmocka_unit_test(test_full_disk_here),
        cmocka_unit_test(test_rest_of_output),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, each_make_folder, each_remove_folder);
}
