/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A script for test_place_runs.py.  What it does is in its environment:
 *   HPC      words of its place "hpc", see local_kind.h; NONE: it declares no place
 *   COMMAND  what its stages run
 *   VARIABLE a variable of that, NAME=value
 *   OWN      where that is to run, by `.place` of the command
 *   SCRIPT   where all is to run, by `.place` of the script
 *   CHECK    no: a failing command is fine
 *   TIMEOUT  of the command, in seconds
 *   LIMIT    of its stages, in seconds
 *   STAGES   which it has; otherwise all
 *   RETRY    yes: by `.retry_on_place` of the script, its stages are tried again
 *   FAST     yes: nobody really sleeps */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/staged.h>

#include "local_kind.h"

static const char *setting(const char *name, const char *usual)
{
    const char *value = getenv(name);
    return value == NULL || *value == '\0' ? usual : value;
}

static staged_status init(staged_call *c)
{
    const char *words = setting("HPC", "");
    STAGED_TRY(staged_script_add_place_kind(c->script, &local_kind));
    if (strcmp(words, "NONE") == 0)
        return STAGED_OK;
    char *copy = strdup(words);
    const char *split[16] = {NULL};
    size_t count = 0;
    char *rest = copy;
    for (char *word; count < 15 && (word = strtok_r(rest, " ", &rest)) != NULL;)
        split[count++] = word;
    const staged_status status = staged_script_add_place(c->script, "hpc", "local", split);
    free(copy);
    return status;
}

static staged_status run_command(staged_script *script)
{
    const bool checks = strcmp(setting("CHECK", "yes"), "yes") == 0;
    const char *const variables[] = {setting("VARIABLE", NULL), NULL};
    return staged_run(script, setting("COMMAND", "echo at work"), .place = setting("OWN", NULL),
                      .environment = variables, .check = checks ? STAGED_AUTO : STAGED_NO,
                      .timeout_s = atof(setting("TIMEOUT", "0")));
}

static staged_status work(staged_call *c)
{
    const double limit_s = atof(setting("LIMIT", "0"));
    if (limit_s > 0)
        STAGED_TRY(staged_stage_set_time_limit(c->script, c->stage, limit_s));
    return run_command(c->script);
}

static staged_status is_there(staged_script *script, void *context)
{
    (void)context;
    return staged_run(script, "test -d /", .print_command = STAGED_YES);
}

static staged_status ask(staged_call *c)
{
    const char *answer;
    STAGED_TRY(staged_ask(c->script, &answer, "echo %s", "asked"));
    STAGED_TRY(staged_poll(c->script, "the root", is_there));
    return staged_log(c->script, "The answer is %s", answer);
}

static staged_status in_background(staged_background *background, void *context)
{
    staged_call *c = context;
    (void)background;
    return staged_run(c->script, "echo beside");
}

static staged_status threads(staged_call *c)
{
    staged_background *works[4];
    for (size_t i = 0; i < 4; i++)
        works[i] = staged_background_start(c->script, "beside", in_background, c);
    staged_status status = STAGED_OK;
    for (size_t i = 0; i < 4; i++) {
        const staged_status joined =
            works[i] == NULL ? STAGED_FAILED : staged_background_join(works[i]);
        status = status == STAGED_OK ? joined : status;
    }
    return status;
}

static const staged_class within = {
    STAGED_CLASS("Within"),
    .methods = STAGED_METHODS(STAGED_STAGE("within", "Within", work, .by_default = true)),
};

static staged_status inner(staged_call *c)
{
    staged_script *script = staged_script_new_inner(c->script, NULL, &within);
    if (script == NULL)
        return STAGED_FAILED;
    STAGED_TRY(staged_script_parse_args(script, STAGED_TEXTS("--stage", "within")));
    return staged_stage_run(script, "within");
}

static staged_status twice(staged_call *c)
{
    STAGED_TRY(run_command(c->script));
    return run_command(c->script);
}

static staged_status forgiving(staged_call *c)
{
    staged_completed_process *done;
    const staged_status status =
        staged_run(c->script, setting("COMMAND", "exit 3"), .check = STAGED_NO, .result = &done);
    (void)staged_log(c->script, "status %d, result %s", (int)status,
                     done == NULL ? "none" : "there");
    staged_completed_process_free(done);
    return status;
}

static staged_status cannot(staged_call *c)
{
    return staged_run(c->script, "true",
                      .process = STAGED_OPTIONS(staged_process_options, .nice = 5));
}

static staged_status stubborn(staged_call *c)
{
    return staged_retry(c->script, "not yet");
}

static const staged_class placed = {
    STAGED_CLASS("Placed"),
    .methods = STAGED_METHODS(
        STAGED_ON(STAGED_HOOK_INIT, init), STAGED_STAGE("plain", "Somewhere", work),
        STAGED_STAGE("solve", "Solving", work, .place = "hpc"),
        STAGED_STAGE("twice", "Twice", twice, .place = "hpc"),
        STAGED_STAGE("lost", "At a place that nobody knows", work, .place = "hcp"),
        STAGED_STAGE("ask", "Asking", ask, .place = "hpc"),
        STAGED_STAGE("threads", "Side by side", threads, .place = "hpc"),
        STAGED_STAGE("inner", "A script within", inner, .place = "hpc"),
        STAGED_STAGE("forgiving", "Forgiving", forgiving, .place = "hpc"),
        STAGED_STAGE("cannot", "More than it can have", cannot, .place = "hpc"),
        STAGED_STAGE("again", "Again", work, .place = "hpc", .retry_on_place = STAGED_YES),
        STAGED_STAGE("excepted", "Never again", work, .place = "hpc", .retry_on_place = STAGED_NO),
        STAGED_STAGE("configured", "As configured", work, .place = "hpc",
                     .retry_on_place = STAGED_YES, .retry_attempts = 1),
        STAGED_STAGE("stubborn", "Stubborn", stubborn, .place = "hpc",
                     .retry_on_place = STAGED_YES)),
};

/* ---- A clock on which sleeping takes no time ---- */

static int64_t skipped_ns;

static int64_t fast_monotonic_ns(void *context)
{
    return staged_clock_system()->monotonic_ns(context) + skipped_ns;
}

static int64_t fast_wall_ns(void *context)
{
    return staged_clock_system()->wall_ns(context) + skipped_ns;
}

static staged_status fast_sleep_ns(void *context, int64_t nanoseconds)
{
    (void)context;
    skipped_ns += nanoseconds;
    return STAGED_OK;
}

static const staged_clock fast = {fast_monotonic_ns, fast_wall_ns, fast_sleep_ns, NULL};

int main(int argc, char **argv)
{
    const char *stages[16] = {NULL};
    char *names = strdup(setting("STAGES", ""));
    size_t count = 0;
    char *rest = names;
    for (char *name; count < 15 && (name = strtok_r(rest, " ", &rest)) != NULL;)
        stages[count++] = name;
    const bool is_fast = strcmp(setting("FAST", "no"), "yes") == 0;
    const int exit_status = staged_main_with(
        &placed,
        STAGED_OPTIONS(staged_script_options, .place = setting("SCRIPT", NULL),
                       .retry_on_place =
                           strcmp(setting("RETRY", "no"), "yes") == 0 ? STAGED_YES : STAGED_NO,
                       .stages = count == 0 ? NULL : stages, .clock = is_fast ? &fast : NULL),
        argc, argv);
    free(names);
    return exit_status;
}
