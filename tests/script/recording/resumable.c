/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A script for test_resume.py.  What it does, and how it ends, is in its environment:
 *   TRACE  a file that each stage adds its name to
 *   END    "STAGE=kill": SIGKILL to itself in that stage, after what it does; "STAGE=fail";
 *          "STAGE=late": in its second attempt */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <staged/staged.h>

static bool ends(const staged_call *c, const char *how)
{
    char wanted[64];
    const char *end = getenv("END");
    const bool is_within = strcmp(c->heading, "Within") == 0;
    (void)snprintf(wanted, sizeof wanted, "%s=%s", is_within ? c->heading : c->stage, how);
    return end != NULL && strcmp(end, wanted) == 0;
}

static void trace(const char *text, const char *more)
{
    const char *path = getenv("TRACE");
    FILE *file = path == NULL ? NULL : fopen(path, "a");
    if (file == NULL)
        return;
    (void)fprintf(file, "%s%s\n", text, more);
    (void)fclose(file);
}

/* Each stage keeps a value that the next ones build on. */
static staged_status work(staged_call *c)
{
    static int attempts;
    const char *sum = staged_script_kept(c->script, "sum");
    trace(c->stage, "");
    STAGED_TRY(staged_run(c->script, "echo working"));
    STAGED_TRY(staged_keep(c->script, "sum",
                           staged_format(c->script, "%s %c", sum == NULL ? "" : sum, *c->stage)));
    if (ends(c, "kill"))
        (void)raise(SIGKILL);
    if (ends(c, "late") && attempts++ == 0)
        return staged_retry(c->script, "not yet");
    if (ends(c, "late"))
        (void)raise(SIGKILL);
    return ends(c, "fail") ? staged_fail(c->script, "as asked") : STAGED_OK;
}

/* A stage of the script within it has the name of one outside. */
static const staged_class within = {
    STAGED_CLASS("Within"),
    .methods = STAGED_METHODS(STAGED_STAGE("five", "Within", work)),
};

static staged_status three(staged_call *c)
{
    staged_script *inner = staged_script_new_inner(c->script, NULL, &within);
    if (inner == NULL)
        return STAGED_FAILED;
    STAGED_TRY(staged_script_parse_args(inner, STAGED_TEXTS("--stage", "five")));
    STAGED_TRY(staged_stage_run(inner, "five"));
    return work(c);
}

static staged_status last(staged_call *c)
{
    const char *sum = staged_script_kept(c->script, "sum");
    trace("last:", sum == NULL ? " nothing" : sum);
    return STAGED_OK;
}

static staged_status init(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    const char *secret = getenv("SECRET");
    return secret == NULL ? STAGED_OK : staged_script_add_secret(c->script, secret);
}

static staged_status values(staged_call *c)
{
    const char *bytes = getenv("BYTES");
    if (staged_keep(c->script, "../x", "") == STAGED_OK ||
        staged_keep(c->script, "", "") == STAGED_OK)
        return staged_fail(c->script, "a name that is none was taken");
    staged_forget_failure(c->script);
    if (getenv("SECRET") != NULL)
        return staged_keep(c->script, "secret", getenv("SECRET"));
    STAGED_TRY(staged_keep(c->script, "empty", ""));
    STAGED_TRY(staged_keep(c->script, "gone", "x"));
    STAGED_TRY(staged_keep(c->script, "gone", NULL));
    STAGED_TRY(staged_keep(c->script, "bytes", bytes == NULL ? "" : bytes));
    return staged_keep(c->script, "twice", "1") == STAGED_OK ? staged_keep(c->script, "twice", "2")
                                                             : STAGED_FAILED;
}

static staged_status main_hook(staged_call *c)
{
    for (const char *const *name = STAGED_TEXTS("empty", "gone", "bytes", "twice");
         *name != NULL && getenv("SHOW") != NULL; name++) {
        const char *value = staged_script_kept(c->script, *name);
        trace(*name, value == NULL ? " is not kept" : value);
    }
    return staged_super(c);
}

static const staged_class resumable = {
    STAGED_CLASS("Resumable"),
    .methods =
        STAGED_METHODS(STAGED_STAGE("one", "The first", work, .by_default = true),
                       STAGED_STAGE("two", "The second", work, .by_default = true),
                       STAGED_STAGE("three", "The third", three, .by_default = true),
                       STAGED_STAGE("four", "The fourth", work, .by_default = true,
                                    .retry_attempts = 3, .retry_delay_s = 0.01),
                       STAGED_STAGE("five", "The fifth", work, .by_default = true),
                       STAGED_STAGE("values", "Values", values),
                       STAGED_STAGE("last", "The last", last, .always = true, .by_default = true),
                       STAGED_ON(STAGED_HOOK_INIT, init), STAGED_ON(STAGED_HOOK_MAIN, main_hook)),
    .arguments = STAGED_ARGUMENTS(STAGED_ARGUMENT("--word", .help = "A word."),
                                  STAGED_ARGUMENT("target", .help = "What for.")),
};

int main(int argc, char **argv)
{
    return staged_main_with(&resumable,
                            STAGED_OPTIONS(staged_script_options, .record = getenv("AUTO") == NULL
                                                                                ? STAGED_YES
                                                                                : STAGED_AUTO),
                            argc, argv);
}
