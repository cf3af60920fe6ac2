/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Running commands of `run`: found, watched, ended. */
#include <signal.h>
#include <stdlib.h>

#include "tool/common/clock.h"
#include "tool/shell/shell.h"

/* How long a command has to end by itself after its timeout. */
static const double grace_s = 5;

/* Bash reports a signal as this plus its number. */
enum { SIGNALLED = 128, HIGHEST_SIGNAL = 64 };

static int outside_code(int exit_code)
{
    return exit_code > SIGNALLED && exit_code <= SIGNALLED + HIGHEST_SIGNAL ? SIGNALLED - exit_code
                                                                            : exit_code;
}

static void free_command(sh_command *command)
{
    staged_family_free(command->family);
    free(command->expected_codes);
    free(command->text);
    free(command);
}

/* Kills what is left of a command that was ended. */
static void end_rest(const sh_command *command)
{
    if (command->kill_s != 0 && command->family != NULL)
        (void)staged_family_signal(command->family, SIGKILL);
}

void sh_end_commands(sh_frame *frame, int64_t pid, int exit_code, char **failure, char **text)
{
    *failure = *text = NULL;
    for (sh_command **link = &frame->commands; *link != NULL;) {
        sh_command *command = *link;
        if (pid != 0 && command->pid != pid) {
            link = &command->next;
            continue;
        }
        *link = command->next;
        free(*failure);
        free(*text);
        end_rest(command);
        staged_outside_command_end(command->outside, outside_code(exit_code), command->timed_out,
                                   failure);
        *text = command->text;
        command->text = NULL;
        free_command(command);
    }
}

void sh_watch_commands(sh_frame *frame)
{
    const double now_s = tool_now_s();
    for (sh_command *command = frame->commands; command != NULL; command = command->next) {
        if (command->family == NULL)
            continue;
        if (command->kill_s != 0 && now_s >= command->kill_s) {
            (void)staged_family_signal(command->family, SIGKILL);
        } else if (command->kill_s == 0 && command->until_s > 0 && now_s >= command->until_s) {
            command->timed_out = true;
            command->kill_s = now_s + grace_s;
            (void)staged_family_signal(command->family, SIGTERM);
        }
    }
}

void sh_keep_failed(sh_frame *frame, int64_t pid, int exit_code, char *how, char *command)
{
    free(frame->failed_how);
    free(frame->failed_command);
    frame->failed_pid = exit_code == 0 ? 0 : pid;
    frame->failed_code = exit_code;
    frame->failed_how = how;
    frame->failed_command = command;
}

void sh_take_failed(sh_frame *frame, sh_trouble *trouble)
{
    if (frame->failed_pid != trouble->pid || frame->failed_code != trouble->exit_code)
        return;
    trouble->failure = frame->failed_how;
    trouble->command = frame->failed_command;
    frame->failed_how = frame->failed_command = NULL;
    frame->failed_pid = 0;
}

sh_command *sh_command_of(const sh_frame *frame, int64_t pid)
{
    sh_command *command = frame->commands;
    while (command != NULL && command->pid != pid)
        command = command->next;
    return command;
}
