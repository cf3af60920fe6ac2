/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "script/each/each_fixture.h"
#include "support/cmocka_all.h"

staged_each_options each_options;
const staged_each_result *each_result;
staged_status each_answer;
char each_folder[64];

staged_status each_body(staged_call *c)
{
    each_options.size = sizeof each_options;
    each_options.result = &each_result;
    return each_answer = staged_each_with(c->script, &each_options);
}

const staged_class eaching = {
    STAGED_CLASS("Eaching"),
    .methods = STAGED_METHODS(STAGED_STAGE("go", "Going", each_body)),
};

staged_script *each_run_on(virtual_clock *clock, const char *const *words, int exit_status)
{
    staged_script *script = fixture_script(&eaching, NULL, clock);
    assert_int_equal(fixture_run(script, words), exit_status);
    return script;
}

/* The result belongs to its script: until the next one. */
static staged_script *kept;

void each_keep(staged_script *script)
{
    staged_script_free(kept);
    kept = script;
}

staged_script *each_run(const staged_each_options *wanted, int exit_status)
{
    each_options = *wanted;
    return each_run_on(NULL, STAGED_TEXTS("--stage", "go"), exit_status);
}

/* In one line, without the frames of panels and what fills lines. */
static char *plain(const char *text)
{
    static const char frame[] = "\xe2\x94\x82";
    char *line = malloc(strlen(text) + 1);
    size_t length = 0;
    while (*text != '\0') {
        const bool is_frame = strncmp(text, frame, sizeof frame - 1) == 0;
        const bool is_blank = is_frame || *text == ' ' || *text == '\n';
        if (!is_blank)
            line[length++] = *text;
        else if (length > 0 && line[length - 1] != ' ')
            line[length++] = ' ';
        text += is_frame ? sizeof frame - 1 : 1;
    }
    line[length] = '\0';
    return line;
}

bool each_shows(staged_script *script, const char *text)
{
    char *all = plain(fixture_output(script));
    char *wanted = plain(text);
    const bool found = strstr(all, wanted) != NULL;
    free(all);
    free(wanted);
    return found;
}

void each_assert_counts(size_t passed, size_t failed, size_t not_run)
{
    assert_int_equal(staged_each_result_passed(each_result), passed);
    assert_int_equal(staged_each_result_failed(each_result), failed);
    assert_int_equal(staged_each_result_not_run(each_result), not_run);
    assert_int_equal(staged_each_result_earlier(each_result), 0);
}

/* ---- A folder of the test's own ---- */

int each_make_folder(void **state)
{
    (void)state;
    strcpy(each_folder, "/tmp/staged-test-XXXXXX");
    return mkdtemp(each_folder) == NULL || setenv("F", each_folder, 1) != 0;
}

int each_remove_folder(void **state)
{
    (void)state;
    each_keep(NULL);
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", each_folder);
    return system(command);
}

void each_make_pipe(const char *name)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", each_folder, name);
    assert_int_equal(mkfifo(path, 0600), 0);
}

const char *each_make_file(const char *bytes, size_t length)
{
    static char path[128];
    (void)snprintf(path, sizeof path, "%s/items", each_folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    (void)fclose(file);
    return path;
}

const char *each_make_numbers(int last)
{
    char text[4096] = "";
    size_t length = 0;
    for (int i = 1; i <= last; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%d\n", i);
    return each_make_file(text, length);
}
