/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/face/github.h"

#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/system/letters.h"
#include "console/framework.h"

/* The runner reads standard error separately.  Waits a short while until that pipe is empty, so
 * that its contents are not read while commands may pass. */
static void wait_for_errors(const stg_github *github)
{
    enum { LOOKS = 200 };
    const struct timespec a_millisecond = {.tv_nsec = 1000000};
    int waiting = 0;
    for (int i = 0; i < LOOKS && github->errors_are_apart; i++) {
        if (ioctl(STDERR_FILENO, FIONREAD, &waiting) != 0 || waiting == 0)
            return;
        (void)nanosleep(&a_millisecond, NULL);
    }
}

/* The output so far may lack a final newline, and a command must start a line. */
static const char new_line[] = "\n";

static void add_stop(const stg_github *github, stg_buf *text)
{
    stg_add_workflow_command(text, "stop-commands", github->token);
}

static void add_resume(const stg_github *github, stg_buf *text)
{
    stg_buf_add_text(text, new_line);
    stg_add_workflow_command(text, github->token, "");
}

static void write_and_free(const stg_github *github, stg_buf *text)
{
    if (stg_buf_status(text) == STAGED_OK)
        (void)stg_console_write(github->console, stg_buf_text(text), text->length);
    stg_buf_free(text);
}

/* Writes commands, which are released, and lets nothing else pass. */
static void pass(const stg_github *github, stg_buf *commands)
{
    stg_buf text = {0};
    add_resume(github, &text);
    stg_buf_add(&text, stg_buf_text(commands), commands->length);
    add_stop(github, &text);
    if (text.failure == STAGED_OK)
        text.failure = stg_buf_status(commands);
    stg_buf_free(commands);
    wait_for_errors(github);
    write_and_free(github, &text);
}

bool stg_github_begin(stg_github *github, staged_console *console)
{
    *github =
        (stg_github){.console = console, .errors_are_apart = stg_console_errors_are_apart(console)};
    if (!stg_random_letters(github->token, STG_TOKEN_LENGTH))
        return false;
    stg_buf text = {0};
    stg_buf_add_text(&text, new_line);
    add_stop(github, &text);
    write_and_free(github, &text);
    return true;
}

void stg_github_end(stg_github *github)
{
    stg_buf text = {0};
    add_resume(github, &text);
    if (github->group_is_open)
        stg_add_workflow_command(&text, "endgroup", "");
    wait_for_errors(github);
    write_and_free(github, &text);
}

void stg_github_begin_group(stg_github *github, const char *title)
{
    stg_buf commands = {0};
    if (github->group_is_open)
        stg_add_workflow_command(&commands, "endgroup", "");
    stg_add_workflow_command(&commands, "group", title);
    github->group_is_open = true;
    pass(github, &commands);
}

void stg_github_end_group(stg_github *github)
{
    if (!github->group_is_open)
        return;
    stg_buf commands = {0};
    stg_add_workflow_command(&commands, "endgroup", "");
    github->group_is_open = false;
    pass(github, &commands);
}

void stg_github_leave_group(stg_github *github)
{
    github->group_is_open = false;
}

void stg_github_annotate(stg_github *github, const stg_annotation *annotation)
{
    stg_buf commands = {0};
    stg_add_annotation(&commands, annotation);
    pass(github, &commands);
}
