/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A script for test_ci.py: what a CI system's log gets to see of success, failure, retries,
 * interrupts, scripts within scripts, and of commands that would like to speak for it. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/bridge.h>
#include <staged/staged.h>

static staged_status be_good(staged_call *c)
{
    return staged_run(c->script, "echo done");
}

static staged_status be_bad(staged_call *c)
{
    return staged_run(c->script, "echo '100% lost'; exit 3");
}

static staged_status retry_once(staged_call *c)
{
    int *times = c->data;
    return (*times)++ == 0 ? staged_retry(c->script, "not ready: 50%%, still\nwaiting") : STAGED_OK;
}

static staged_status never_pass(staged_call *c)
{
    return staged_retry(c->script, "no pod is ready");
}

/* Also in the middle of a line, and to standard error. */
static staged_status be_wicked(staged_call *c)
{
    (void)fputs("::error::from printf\n", stdout);
    (void)fflush(stdout);
    STAGED_TRY(staged_log(c->script, "%s", "a value\n::error::from the log"));
    return staged_run(c->script, "echo '::error::from a command'; echo '##[error]as of old'; "
                                 "echo '::stop-commands::guess'; echo '::guess::'; "
                                 "echo '::error::from standard error' >&2; "
                                 "printf '::group::without an end'");
}

static staged_status log_marks(staged_call *c)
{
    return staged_log(c->script, "%s", "section_start:1:from_the_log\r\x1b[0Kheader");
}

/* Marks as commands may print them: whole, to standard error, by what goes on, and without an end,
 * which the next one of the script must not be. */
static staged_status print_marks(staged_call *c)
{
    STAGED_TRY(staged_run(c->script,
                          "mkfifo begin done; printf 'section_start:1:whole\\r\\033[0Kx\\n'; "
                          "printf 'section_start:1:e[a=b]\\r\\033[0Kx\\n' >&2; "
                          "{ read -r go <begin; printf 'section_end:1:late\\r\\033[0Kx\\n'; "
                          "echo >done; } &"));
    STAGED_TRY(staged_run(c->script, "echo >begin; read -r gone <done"));
    staged_completed_process *seen;
    STAGED_TRY(staged_run_with(
        c->script,
        STAGED_OPTIONS(staged_run_options, .command = "printf 'section_start:1:tee\\r\\033[0Kx\\n'",
                       .output = STAGED_STREAM_TEE, .result = &seen)));
    const bool is_whole = strstr(seen->output, "tee\r\033[0Kx") != NULL;
    staged_completed_process_free(seen);
    if (!is_whole)
        return staged_fail(c->script, "what is captured was changed");
    return staged_run(c->script, "printf 'section_start:1:open\\r'");
}

/* The same in pieces of one byte, at last through both outputs. */
static staged_status print_pieces(staged_call *c)
{
    static const char mark[] = "section_start:1:pieces\r\033[0K\033\033[0K\033[0mK\033[K[0K\n";
    for (const char *byte = mark; *byte != '\0'; byte++)
        staged_script_show_output(c->script, STAGED_OUTPUT_STDOUT, byte, 1);
    staged_script_show_output(c->script, STAGED_OUTPUT_STDOUT, "section_start:1:both\r\033[0", 24);
    staged_script_show_output(c->script, STAGED_OUTPUT_STDERR, "K\n", 2);
    return STAGED_OK;
}

static staged_status print_marks_of_items(staged_call *c)
{
    return staged_each(c->script, STAGED_TEXTS("printf", "section_start:1:{}\\r\\033[0Kx\\n"),
                       .items = STAGED_TEXTS("item"));
}

static staged_status be_interrupted(staged_call *c)
{
    (void)raise(SIGTERM);
    return staged_run(c->script, "sleep 1000");
}

/* ---- A stage that has a script of its own ---- */

static const staged_class inner_class = {
    STAGED_CLASS("Inner"),
    .methods = STAGED_METHODS(STAGED_STAGE("inner", "Inner", be_good)),
};

static staged_status run_inner(staged_call *c)
{
    staged_script *inner = staged_script_new_inner(c->script, NULL, &inner_class);
    STAGED_TRY(staged_script_parse_args(inner, STAGED_TEXTS("--stage", "inner")));
    STAGED_TRY(staged_log(c->script, "before"));
    STAGED_TRY(staged_stage_run(inner, "inner"));
    return staged_log(c->script, "after");
}

/* A script that a command runs is this program. */
static staged_status run_itself(staged_call *c)
{
    return staged_run(c->script, "\"$CI_SCRIPT\" --stage good");
}

/* ---- Many ---- */

static staged_status run_many(staged_call *c)
{
    const char *count = getenv("COMMANDS");
    for (int i = 0; i < (count == NULL ? 0 : atoi(count)); i++)
        STAGED_TRY(staged_run_words(c->script, "true"));
    return STAGED_OK;
}

/* With MANY set, a stage fails again and again. */
static staged_status run_stages(staged_call *c)
{
    const char *many = getenv("MANY");
    const int times = many == NULL ? 0 : atoi(many);
    for (int i = 0; i < times; i++) {
        if (staged_stage_run(c->script, "short") != STAGED_OK)
            staged_forget_failure(c->script);
    }
    return staged_super(c);
}

static staged_status fail_at_once(staged_call *c)
{
    return staged_fail(c->script, "%0300d", 0);
}

static const staged_class ci_class = {
    STAGED_CLASS("CI"),
    .data_size = sizeof(int),
    .methods = STAGED_METHODS(
        STAGED_STAGE("good", "Good", be_good), STAGED_STAGE("bad", "Bad", be_bad),
        STAGED_STAGE("allowed", "Allowed", be_bad, .may_fail = true),
        STAGED_STAGE("flaky", "Flaky", retry_once, .retry_attempts = 2),
        STAGED_STAGE("hopeless", "Hopeless", never_pass, .retry_attempts = 2),
        STAGED_STAGE("wicked", "Wicked", be_wicked), STAGED_STAGE("marks", "Marks", log_marks),
        STAGED_STAGE("last", "Last", be_good), STAGED_STAGE("defused", "Defused", print_marks),
        STAGED_STAGE("pieces", "Pieces", print_pieces),
        STAGED_STAGE("items", "Items", print_marks_of_items),
        STAGED_STAGE("interrupted", "Interrupted", be_interrupted),
        STAGED_STAGE("outer", "Outer", run_inner), STAGED_STAGE("itself", "Itself", run_itself),
        STAGED_STAGE("many", "Many", run_many), STAGED_STAGE("short", "Short", fail_at_once),
        STAGED_ON(STAGED_HOOK_MAIN, run_stages)),
};

/* It has the stages that its command line selects, and no others, which would be skipped. */
int main(int argc, char **argv)
{
    const bool is_told = argc > 2 && strcmp(argv[1], "--stage") == 0;
    const char *author = getenv("AUTHOR");
    return staged_main_with(
        &ci_class,
        STAGED_OPTIONS(staged_script_options, .name = "ci_script",
                       .stages = is_told ? (const char *const *)(argv + 2) : NULL,
                       .ci = author == NULL ? STAGED_CI_AUTO : STAGED_CI_NONE,
                       .console = STAGED_OPTIONS(staged_console_options, .log_time = STAGED_NO,
                                                 .log_path = STAGED_NO)),
        argc, argv);
}
