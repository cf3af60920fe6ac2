/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A script whose record has something of everything. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <staged/staged.h>

static const char secret[] = "s3cret \"value\" of it";

static staged_status hide(staged_script *script)
{
    return staged_script_add_secret(script, secret);
}

/* Needs nothing but what is there already. */
static staged_status only_log(staged_call *c)
{
    return staged_log(c->script, "Nothing is run.");
}

static staged_status print_much(staged_call *c)
{
    const char *answer;
    STAGED_TRY(staged_run(c->script, "echo to output; echo to error >&2; echo and back"));
    STAGED_TRY(staged_ask(c->script, &answer, "echo captured; echo aside >&2"));
    STAGED_TRY(staged_run(c->script, "printf '%s in %s\\n' \"$GREETING\" \"$PWD\"",
                          .directory = "/", .environment = STAGED_TEXTS("GREETING=hello  world"),
                          .timeout_s = 60, .expected_codes = STAGED_CODES(0, 2)));
    STAGED_TRY(staged_run_words(c->script, "printf", "%s", "\xff\xfe words\n"));
    return staged_log(c->script, "[bold]%s[/] \\[stays]", "[data]");
}

static staged_status tell_secrets(staged_call *c)
{
    STAGED_TRY(hide(c->script));
    STAGED_TRY(staged_runf(c->script, "echo %s; printf %%s %s | base64", secret, secret));
    STAGED_TRY(staged_run(c->script, "env | grep ^HIDDEN",
                          .environment = STAGED_TEXTS("HIDDEN=s3cret \"value\" of it")));
    STAGED_TRY(staged_log(c->script, "It is %s.", secret));
    const char *answer;
    STAGED_TRY(staged_ask(c->script, &answer, "echo %s", secret));
    STAGED_TRY(staged_run_words(c->script, "echo", "--pass", secret));
    return staged_fail(c->script, "not %s again", secret);
}

static staged_status try_again(staged_call *c)
{
    const char *tried;
    STAGED_TRY(staged_ask(c->script, &tried, "ls tried 2>/dev/null || : >tried"));
    return *tried == '\0' ? staged_retry(c->script, "not yet") : STAGED_OK;
}

/* What it leaves running prints once more, to where the stage's output goes. */
static staged_status leave_running(staged_call *c)
{
    STAGED_TRY(staged_run(c->script, "(read -r go <go; echo from what is left; echo >gone) &"));
    STAGED_TRY(staged_run(c->script, "echo >go"));
    return staged_run(c->script, "read -r done <gone");
}

static staged_status run_many(staged_call *c)
{
    const char *count = getenv("RECORDED_COMMANDS");
    for (long i = count == NULL ? 20 : atol(count); i > 0; i--)
        STAGED_TRY(staged_run(c->script, ":", .print_command = STAGED_NO));
    return STAGED_OK;
}

/* What the test wants to be run. */
static staged_status run_given(staged_call *c)
{
    return staged_run(c->script, getenv("RECORDED_COMMAND"), .print_command = STAGED_NO);
}

/* What the test does to the record while the script goes on. */
static staged_status break_record(staged_call *c)
{
    const char *how = getenv("RECORDED_BREAK");
    const struct rlimit full = {1000, 1000};
    if (how != NULL && strcmp(how, "full") == 0) {
        /* As in a program that runs scripts without staged_main. */
        (void)signal(SIGXFSZ, SIG_DFL);
        (void)setrlimit(RLIMIT_FSIZE, &full);
    } else if (how != NULL) {
        STAGED_TRY(staged_run_words(c->script, "rm", "-rf", "--", how));
    }
    return STAGED_OK;
}

static const staged_class recorded = {
    STAGED_CLASS("Recorded"),
    .methods = STAGED_METHODS(STAGED_STAGE("print", "Printing", print_much),
                              STAGED_STAGE("break", "Breaking", break_record),
                              STAGED_STAGE("log", "Logging", only_log),
                              STAGED_STAGE("again", "Trying again", try_again, .retry_attempts = 2),
                              STAGED_STAGE("leave", "Leaving something running", leave_running),
                              STAGED_STAGE("given", "Running what is given", run_given),
                              STAGED_STAGE("many", "Running many", run_many),
                              STAGED_STAGE("secret", "Keeping secrets", tell_secrets)),
};

int main(int argc, char **argv)
{
    /* By now the program has been loaded, which takes some. */
    const char *most = getenv("RECORDED_DESCRIPTORS");
    const rlim_t count = most == NULL ? 0 : strtoul(most, NULL, 10);
    const struct rlimit limit = {count, count};
    if (most != NULL)
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    return staged_main_with(&recorded, STAGED_OPTIONS(staged_script_options, .record = STAGED_YES),
                            argc, argv);
}
