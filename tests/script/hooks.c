/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A script one of whose hooks does something beside the stages, for test_ends.py: HOOK says which,
 * DO says what.  What a command runs is told by COMMAND, a line for the shell; DESCRIPTORS=none
 * leaves it no descriptor. */
#include <staged/staged.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *setting(const char *name)
{
    const char *value = getenv(name);
    return value == NULL ? "" : value;
}

static int *volatile nowhere;

static unsigned overflow(unsigned depth)
{
    volatile char much[4096];
    much[depth % sizeof much] = (char)depth;
    return depth == 0 ? 0 : overflow(depth + 1) + (unsigned)much[0];
}

static staged_status act(staged_script *script)
{
    const char *what = setting("DO");
    if (strcmp(what, "sleep") == 0) {
        STAGED_TRY(staged_run(script, setting("COMMAND")));
        return staged_sleep(script, 1000);
    }
    STAGED_TRY(staged_run(script, setting("COMMAND"),
                          .process = STAGED_OPTIONS(staged_process_options, .grace_s = 0.2)));
    if (strcmp(what, "fail") == 0)
        return staged_fail(script, "as it was told to");
    if (strcmp(what, "refuse") == 0)
        return staged_fail_usage(script, "as it was told to");
    if (strcmp(what, "leave") == 0)
        return staged_exit(script, 3);
    if (strcmp(what, "exit") == 0)
        exit(4);
    if (strcmp(what, "_exit") == 0)
        _exit(5);
    if (strcmp(what, "abort") == 0)
        abort();
    if (strcmp(what, "crash") == 0)
        *(volatile int *)nowhere = 1;
    if (strcmp(what, "overflow") == 0)
        return overflow(1) == 0 ? STAGED_OK : STAGED_FAILED;
    /* As authors do who have started something by themselves. */
    while (strcmp(what, "wait") == 0 && wait(NULL) > 0)
        ;
    return STAGED_OK;
}

/* Every hook; which one a call is for is told by its argument. */
static staged_status in_hook(const char *hook, staged_call *c)
{
    STAGED_TRY(staged_super(c));
    return strcmp(setting("HOOK"), hook) == 0 ? act(c->script) : STAGED_OK;
}

static staged_status stage(staged_call *c)
{
    return strcmp(setting("HOOK"), "stage") == 0 ? act(c->script) : STAGED_OK;
}

static staged_status init(staged_call *c)
{
    return in_hook("init", c);
}

static staged_status parse_args(staged_call *c)
{
    return in_hook("parse_args", c);
}

static staged_status summary(staged_call *c)
{
    return in_hook("summary", c);
}

static staged_status clean_up(staged_call *c)
{
    return in_hook("clean_up", c);
}

static staged_status build_parser(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    staged_parser_set_default_list(staged_script_parser(c->script), "stage",
                                   staged_script_stages(c->script, NULL));
    return STAGED_OK;
}

static const staged_class hooks = {
    STAGED_CLASS("Hooks"),
    .methods = STAGED_METHODS(
        STAGED_STAGE("work", "Working", stage), STAGED_ON(STAGED_HOOK_INIT, init),
        STAGED_ON(STAGED_HOOK_BUILD_PARSER, build_parser),
        STAGED_ON(STAGED_HOOK_PARSE_ARGS, parse_args), STAGED_ON(STAGED_HOOK_SUMMARY, summary),
        STAGED_ON(STAGED_HOOK_CLEAN_UP, clean_up)),
};

static void take_all_descriptors(void)
{
    (void)setrlimit(RLIMIT_NOFILE, &(struct rlimit){16, 16});
    while (dup(STDERR_FILENO) >= 0)
        ;
}

int main(int argc, char **argv)
{
    if (strcmp(setting("DESCRIPTORS"), "none") == 0)
        take_all_descriptors();
    return staged_main(&hooks, argc, argv);
}
