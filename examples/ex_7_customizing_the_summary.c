/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A section of its own in the summary. */
#include <errno.h>
#include <string.h>

#include <sys/utsname.h>

#include <staged/staged.h>

/* What this class keeps for each script; zeroed when the script is made. */
struct my_script {
    const char *some_file;
    bool some_flag;
    int times_flaky_run;
};

static staged_status say_hello(staged_call *c)
{
    const struct my_script *self = c->data;
    STAGED_TRY(staged_run(c->script, "echo 'Hello World'"));
    return staged_log(c->script, "Processing file:  %s", self->some_file);
}

static staged_status try_error_prone_operation(staged_call *c)
{
    struct my_script *self = c->data;
    const int times_to_fail = 2;
    if (++self->times_flaky_run <= times_to_fail) {
        staged_log(c->script, "[red]Oh no!  Something went horribly wrong!");
        return STAGED_RETRY;
    }
    return staged_log(c->script, "[green]Thank goodness, everything worked this time.");
}

static staged_status say_goodbye(staged_call *c)
{
    const struct my_script *self = c->data;
    STAGED_TRY(staged_run(c->script, "echo 'Goodbye World'"));
    return staged_log(c->script, "Some flag was %sset!", self->some_flag ? "" : "not ");
}

static staged_status add_machine_details(staged_call *c)
{
    struct utsname machine;
    if (uname(&machine) < 0)
        return staged_fail(c->script, "uname: %s", strerror(errno));
    return staged_summary_set_section(c->script, "Machine details",
                                      "hostname:  %s\nplatform:  %s-%s-%s", machine.nodename,
                                      machine.sysname, machine.release, machine.machine);
}

static const staged_class my_script = {
    STAGED_CLASS("MyScript"),
    .description = "Demonstrate adding arguments to the parser.",
    .data_size = sizeof(struct my_script),
    .arguments = STAGED_ARGUMENTS(
        STAGED_ARGUMENT("--some-file", STAGED_INTO(struct my_script, some_file), .required = true,
                        .type = STAGED_ARG_PATH, .resolve = true,
                        .help = "Some file your users need to point to for the script to run."),
        STAGED_ARGUMENT("--some-flag", STAGED_INTO(struct my_script, some_flag),
                        .help = "Some flag your users can toggle on if they like.")),
    .methods = STAGED_METHODS(
        STAGED_STAGE("hello", "Greeting the user", say_hello, .by_default = true),
        STAGED_STAGE("flaky", "Trying an error-prone operation", try_error_prone_operation,
                     .by_default = true, .retry_attempts = 5, .retry_delay_s = 1),
        STAGED_STAGE("goodbye", "Bidding farewell", say_goodbye, .by_default = true),
        /* What the base class does first, then more; skip_stage is replaced. */
        STAGED_ON_LOG(STAGED_HOOK_PRE_STAGE, "Checking to make sure it's safe to run a stage...",
                      .after = staged_super),
        STAGED_ON_LOG(STAGED_HOOK_SKIP_STAGE, "You didn't tell me to run the '%(stage)s' stage."),
        STAGED_ON_LOG(STAGED_HOOK_END_STAGE, "Finished stage '%(stage)s'.", .in_panel = true,
                      .after = staged_super),
        STAGED_ON_LOG(STAGED_HOOK_POST_STAGE,
                      "Checking to make sure all is well after running the stage...",
                      .after = staged_super),
        /* For one stage: after what is done for all, by this class (staged_general) or by its
         * bases alone (staged_super_general). */
        STAGED_ON_STAGE_LOG(STAGED_HOOK_BEGIN_STAGE, "hello", "The first stage is underway...",
                            .after = staged_general),
        STAGED_ON_STAGE_LOG(STAGED_HOOK_END_STAGE, "goodbye",
                            "Finished the final stage:  %(stage)s", .in_panel = true,
                            .after = staged_super_general),
        STAGED_ON(STAGED_HOOK_SUMMARY, add_machine_details, .after = staged_super)),
};

int main(int argc, char **argv)
{
    return staged_main(&my_script, argc, argv);
}
