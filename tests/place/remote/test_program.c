/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/remote/program.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <staged/process.h>

#include "place/remote/end.h"
#include "support/cmocka_all.h"

/* Those that are there are used. */
static const char *const shells[] = {"dash", "bash --posix", "busybox sh", "zsh --emulate sh",
                                     "bash -c '. \"$0\"'"};
enum { SHELLS = sizeof shells / sizeof shells[0] };

static char folder[] = "/tmp/staged program-XXXXXX";

static void path_in_folder(char *path, size_t size, const char *name)
{
    (void)snprintf(path, size, "%s/%s", folder, name);
}

static int make_folder(void **state)
{
    (void)state;
    char events[100];
    if (mkdtemp(folder) == NULL)
        return -1;
    path_in_folder(events, sizeof events, "events");
    return mkfifo(events, 0600);
}

static int remove_folder(void **state)
{
    (void)state;
    staged_completed_process *result;
    const char *const words[] = {"rm", "-rf", folder, NULL};
    const staged_status status =
        staged_process_run(STAGED_OPTIONS(staged_process_options, .arguments = words), &result);
    staged_completed_process_free(result);
    return status == STAGED_OK ? 0 : -1;
}

/* A run of a program. */
typedef struct run {
    staged_completed_process *result;
    char told[1000]; /* what its file says afterwards */
    stg_remote_end end;
} run;

static void read_file(const char *name, char *text, size_t size)
{
    char path[100];
    path_in_folder(path, sizeof path, name);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    const size_t length = fread(text, 1, size - 1, file);
    text[length] = '\0';
    (void)fclose(file);
}

static void write_program(const stg_remote_program *program)
{
    char path[100];
    stg_buf text = {0};
    path_in_folder(path, sizeof path, "j");
    stg_remote_add_program(&text, program);
    assert_int_equal(stg_buf_status(&text), STAGED_OK);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(fwrite(text.data, 1, text.length, file), text.length);
    assert_int_equal(fclose(file), 0);
    stg_buf_free(&text);
}

static void run_program(const char *shell, const stg_remote_program *program, run *made)
{
    char command[200];
    write_program(program);
    (void)snprintf(command, sizeof command, "exec %s '%s/j'", shell, folder);
    const staged_process_options options = {
        .size = sizeof options,
        .command = command,
        .input = STAGED_STREAM(STAGED_STREAM_BYTES, .bytes = "input", .length = 5),
        .output = STAGED_STREAM(STAGED_STREAM_CAPTURE),
        .error_output = STAGED_STREAM(STAGED_STREAM_CAPTURE)};
    assert_int_equal(staged_process_run(&options, &made->result), STAGED_OK);
    read_file("j", made->told, sizeof made->told);
    const char *end = strstr(made->told, "\nend ");
    (void)stg_remote_end_read(end == NULL ? "" : end + 5, &made->end);
}

static stg_remote_program program_of(const staged_place_command *command)
{
    static char file[100], stop[100], events[100];
    path_in_folder(file, sizeof file, "j");
    path_in_folder(stop, sizeof stop, "stop");
    path_in_folder(events, sizeof events, "events");
    return (stg_remote_program){.command = command,
                                .file = file,
                                .stop = stop,
                                .events = events,
                                .name = "j",
                                .mark = "mark.1"};
}

static bool is_there(const char *shell)
{
    char command[60];
    (void)snprintf(command, sizeof command, "command -v %.*s >/dev/null", (int)strcspn(shell, " "),
                   shell);
    staged_completed_process *result;
    const bool ran = staged_process_run(STAGED_OPTIONS(staged_process_options, .command = command),
                                        &result) == STAGED_OK &&
                     result->exit_code == 0;
    staged_completed_process_free(result);
    return ran;
}

/* Runs it with each shell that is there; the caller's lines follow for each. */
#define WITH_EACH_SHELL(program, made)                                                             \
    for (size_t i_ = 0; i_ < SHELLS; i_++)                                                         \
        if (is_there(shells[i_]))                                                                  \
            for (run made = {0};                                                                   \
                 made.result == NULL && (run_program(shells[i_], (program), &made), true);         \
                 staged_completed_process_free(made.result))

/* zsh says nothing about any signal, so that codes of that size are taken for one. */
static bool is_ambiguous(const char *shell, int exit_code)
{
    return strncmp(shell, "zsh", 3) == 0 && exit_code > 128 && exit_code <= 143;
}

static void expect_end(const char *script, int exit_code)
{
    const char *const words[] = {"sh", "-c", script, NULL};
    const staged_place_command command = {.words = words};
    const stg_remote_program program = program_of(&command);
    WITH_EACH_SHELL(&program, made)
    {
        assert_int_equal(made.end.kind, STG_REMOTE_ENDED);
        if (is_ambiguous(shells[i_], exit_code))
            continue;
        assert_int_equal(made.end.exit_code, exit_code);
        assert_int_equal(made.result->exit_code, exit_code >= 0 ? exit_code : 128 - exit_code);
        assert_string_equal(made.result->error_output, "");
    }
}

static void test_exit_codes(void **state)
{
    (void)state;
    static const int codes[] = {0, 1, 127, 128, 129, 137, 143, 150, 255};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        char script[20];
        (void)snprintf(script, sizeof script, "exit %d", codes[i]);
        expect_end(script, codes[i]);
    }
}

static void test_signals(void **state)
{
    (void)state;
    static const int signals[] = {SIGHUP, SIGINT, SIGKILL, SIGPIPE, SIGTERM, SIGSEGV};
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        char script[40];
        (void)snprintf(script, sizeof script, "ulimit -c 0; kill -%d $$", signals[i]);
        expect_end(script, -signals[i]);
    }
}

/* All bytes but NUL, which no word can have. */
static char *all_bytes(const char *before)
{
    char *text = calloc(1, strlen(before) + 257);
    assert_non_null(text);
    memcpy(text, before, strlen(before));
    for (int i = 1; i < 256; i++)
        text[strlen(before) + (size_t)i - 1] = (char)i;
    return text;
}

static void test_words_and_values_keep_all_bytes(void **state)
{
    (void)state;
    char *word = all_bytes("");
    char *variable = all_bytes("ALL=");
    const char *const words[] = {"printenv", "ALL", NULL};
    const char *const echo[] = {"printf", "%s", word, "", "'$x'\n`", NULL};
    const char *const environment[] = {variable, NULL};
    staged_place_command command = {.words = words, .environment = environment};
    stg_remote_program program = program_of(&command);
    WITH_EACH_SHELL(&program, made)
    {
        assert_int_equal(made.result->output_length, 256);
        assert_memory_equal(made.result->output, word, 255);
    }
    command.words = echo;
    WITH_EACH_SHELL(&program, made)
    {
        assert_int_equal(made.result->output_length, 255 + 6);
        assert_memory_equal(made.result->output, word, 255);
        assert_string_equal(made.result->output + 255, "'$x'\n`");
    }
    free(word);
    free(variable);
}

static void test_environment(void **state)
{
    (void)state;
    static const char script[] = "echo ${HOME+home} ${PATH+path} ${MINE-none} $STAGED_PLACE_JOB";
    const char *const words[] = {"/bin/sh", "-c", script, NULL};
    const char *const without[] = {"HOME", "MINE", NULL};
    const char *const environment[] = {"MINE=a b", NULL};
    staged_place_command command = {.words = words, .without = without};
    stg_remote_program program = program_of(&command);
    WITH_EACH_SHELL(&program, made)
    assert_string_equal(made.result->output, "path none mark.1\n");
    command.environment = environment;
    WITH_EACH_SHELL(&program, made)
    assert_string_equal(made.result->output, "path a b mark.1\n");
    const char *const env[] = {"env", NULL};
    command =
        (staged_place_command){.words = env, .clear_environment = true, .environment = environment};
    run made = {0};
    run_program("sh", &program, &made);
    assert_string_equal(made.result->output, "MINE=a b\nSTAGED_PLACE_JOB=mark.1\n");
    staged_completed_process_free(made.result);
}

static void test_directories(void **state)
{
    (void)state;
    const char *const words[] = {"pwd", NULL};
    staged_place_command command = {.words = words, .directory = "bin"};
    stg_remote_program program = program_of(&command);
    program.base = "/usr";
    WITH_EACH_SHELL(&program, made)
    assert_string_equal(made.result->output, "/usr/bin\n");
    command.directory = "/usr/no such";
    WITH_EACH_SHELL(&program, made)
    {
        assert_int_equal(made.end.kind, STG_REMOTE_NO_DIRECTORY);
        assert_string_equal(made.result->output, "");
        assert_string_equal(made.result->error_output, "");
    }
    command.directory = NULL;
    program.base = "~/";
    const char *const home[] = {"sh", "-c", "[ . -ef \"$HOME\" ]", NULL};
    command.words = home;
    WITH_EACH_SHELL(&program, made)
    assert_int_equal(made.end.exit_code, 0);
}

static void test_no_program(void **state)
{
    (void)state;
    const char *const words[] = {"no-such-program", NULL};
    const staged_place_command command = {.words = words};
    const stg_remote_program program = program_of(&command);
    WITH_EACH_SHELL(&program, made)
    {
        assert_int_equal(made.end.kind, STG_REMOTE_NO_PROGRAM);
        assert_string_equal(made.result->error_output, "");
    }
}

static void test_streams(void **state)
{
    (void)state;
    const char *const words[] = {"sh", "-c", "cat; echo; echo out; echo error >&2", NULL};
    staged_place_command command = {.words = words, .has_input = true};
    stg_remote_program program = program_of(&command);
    WITH_EACH_SHELL(&program, made)
    {
        assert_string_equal(made.result->output, "input\nout\n");
        assert_string_equal(made.result->error_output, "error\n");
    }
    command.has_input = false;
    command.joins_outputs = true;
    WITH_EACH_SHELL(&program, made)
    assert_string_equal(made.result->output, "\nout\nerror\n");
}

static void test_one_that_is_stopped_before_it_begins(void **state)
{
    (void)state;
    char stop[100];
    path_in_folder(stop, sizeof stop, "stop");
    FILE *file = fopen(stop, "we");
    assert_non_null(file);
    (void)fclose(file);
    const char *const words[] = {"echo", "ran", NULL};
    const staged_place_command command = {.words = words};
    const stg_remote_program program = program_of(&command);
    WITH_EACH_SHELL(&program, made)
    {
        assert_int_equal(made.end.kind, STG_REMOTE_NOT_ENDED);
        assert_string_equal(made.result->output, "");
    }
    (void)unlink(stop);
}

static void test_its_file(void **state)
{
    (void)state;
    const char *const words[] = {"sh", "-c", "kill -TERM $PPID; exit 3", NULL};
    const staged_place_command command = {.words = words};
    const stg_remote_program program = program_of(&command);
    WITH_EACH_SHELL(&program, made)
    {
        assert_int_equal(made.end.exit_code, 3); /* it outlives SIGTERM to tell */
        assert_int_equal(strtoll(made.told, NULL, 10), made.result->pid);
        assert_null(strstr(made.told, "exec"));
    }
}

static void test_events(void **state)
{
    (void)state;
    const char *const words[] = {"sh", "-c", "exit 3", NULL};
    const staged_place_command command = {.words = words};
    const stg_remote_program program = program_of(&command);
    const int events = open(program.events, O_RDWR | O_CLOEXEC | O_NONBLOCK);
    char line[10000];
    while (read(events, line, sizeof line) > 0)
        ;
    WITH_EACH_SHELL(&program, made)
    {
        memset(line, 0, 100);
        assert_true(read(events, line, 99) > 0);
        assert_int_equal(strncmp(line, "end j exit 3 ", 13), 0);
    }
    (void)close(events);
}

TEST_GROUP(program)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exit_codes),
        cmocka_unit_test(test_signals),
        cmocka_unit_test(test_words_and_values_keep_all_bytes),
        cmocka_unit_test(test_environment),
        cmocka_unit_test(test_directories),
        cmocka_unit_test(test_no_program),
        cmocka_unit_test(test_streams),
        cmocka_unit_test(test_one_that_is_stopped_before_it_begins),
        cmocka_unit_test(test_its_file),
        cmocka_unit_test(test_events),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
