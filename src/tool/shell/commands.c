/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Running commands of `run`: found, watched, ended. */
#include <math.h>
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

static bool is_elsewhere(const sh_command *command)
{
    return staged_outside_command_place(command->outside) != NULL;
}

static void send_signal(const sh_command *command, int number)
{
    if (command->family != NULL)
        (void)staged_family_signal(command->family, number);
}

/* Kills what is left of a command that was ended. */
static void end_rest(const sh_command *command)
{
    if (command->kill_s != 0)
        send_signal(command, SIGKILL);
}

/* ---- At a place ---- */

const staged_completed_process *sh_judge_command(sh_command *command, int exit_code)
{
    if (!is_elsewhere(command))
        return NULL;
    command->is_judged = true;
    /* A client ends with such a code, too, if the command was ended by a signal there. */
    return staged_outside_command_judge(command->outside,
                                        command->kill_s == 0 ? exit_code : outside_code(exit_code));
}

void sh_stop_commands(const sh_frame *frame)
{
    for (const sh_command *command = frame->commands; command != NULL; command = command->next)
        staged_outside_command_stop(command->outside);
}

/* No command at a place outlives the function: a job that nobody waits for is ended with it. */
static void end_at_place(const sh_command *command)
{
    if (!is_elsewhere(command) || command->is_judged)
        return;
    staged_outside_command_stop(command->outside);
    send_signal(command, SIGKILL);
}

static void watch_at_place(sh_command *command, double now_s)
{
    /* The client may not have begun. */
    const double soon_s = 0.02;
    bool ends_client;
    if (now_s < command->until_s)
        return;
    const double wait_s = staged_outside_command_watch(command->outside, &ends_client);
    command->until_s = isinf(wait_s) ? INFINITY : tool_now_s() + wait_s;
    if (!ends_client)
        return;
    if (command->family == NULL) {
        command->until_s = now_s + soon_s;
        return;
    }
    command->kill_s = now_s + grace_s;
    send_signal(command, SIGTERM);
}

/* ---- The end ---- */

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
        end_at_place(command);
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
        if (command->kill_s != 0 && now_s >= command->kill_s)
            send_signal(command, SIGKILL);
        else if (command->kill_s == 0 && is_elsewhere(command))
            watch_at_place(command, now_s);
        else if (command->family == NULL)
            continue;
        else if (command->kill_s == 0 && command->until_s > 0 && now_s >= command->until_s) {
            command->timed_out = true;
            command->kill_s = now_s + grace_s;
            send_signal(command, SIGTERM);
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
    frame->failed_at_place = false;
}

void sh_take_failed(sh_frame *frame, sh_trouble *trouble)
{
    if (frame->failed_pid != trouble->pid || frame->failed_code != trouble->exit_code)
        return;
    trouble->failure = frame->failed_how;
    trouble->command = frame->failed_command;
    trouble->is_of_place = frame->failed_at_place;
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
