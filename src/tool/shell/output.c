/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The output of functions and their commands.  If there are secrets, output is kept for the run's
 * record, or marks in it are defused, it comes through pipes, is masked line by line, and shown.
 * Otherwise functions write where this program does. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <staged/bridge.h>
#include <staged/secrets.h>

#include "tool/shell/shell.h"

static const int targets[2] = {STDOUT_FILENO, STDERR_FILENO};
static const staged_output outputs[2] = {STAGED_OUTPUT_STDOUT, STAGED_OUTPUT_STDERR};

static void write_all(int descriptor, const char *bytes, size_t length)
{
    while (length > 0) {
        const ssize_t written = write(descriptor, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return;
        bytes += written;
        length -= (size_t)written;
    }
}

/* A secret may arrive in two pieces: an incomplete line waits for its end, if there are secrets. */
static void show(sh_shell *shell, size_t which, bool also_rest)
{
    sh_text *text = &shell->shown[which];
    size_t length = text->length;
    also_rest = also_rest || shell->secrets == NULL;
    while (!also_rest && length > 0 && text->bytes[length - 1] != '\n')
        length--;
    if (length == 0)
        return;
    size_t masked_length = 0;
    char *masked = staged_secrets_mask(shell->secrets, text->bytes, length, &masked_length);
    if (masked != NULL) {
        if (shell->script != NULL)
            staged_script_show_output(shell->script, outputs[which], masked, masked_length);
        else
            write_all(targets[which], masked, masked_length);
    }
    free(masked);
    memmove(text->bytes, text->bytes + length, text->length - length);
    text->length -= length;
}

int sh_shown_descriptor(const sh_shell *shell, size_t which)
{
    return shell->screens[which] != NULL ? staged_pty_descriptor(shell->screens[which])
                                         : shell->bash.shown[which].read_end;
}

/* Returns whether anything has arrived. */
static bool show_all(sh_shell *shell, bool also_rest)
{
    char bytes[16384];
    bool has_come = false;
    if (shell->script != NULL)
        (void)staged_console_flush(staged_script_console(shell->script));
    for (size_t i = 0; i < 2; i++) {
        const int descriptor = sh_shown_descriptor(shell, i);
        ssize_t length;
        while (descriptor > 0 && (length = read(descriptor, bytes, sizeof bytes)) > 0) {
            sh_text_add(&shell->shown[i], bytes, (size_t)length);
            show(shell, i, false);
            has_come = true;
        }
        show(shell, i, also_rest);
    }
    return has_come;
}

void sh_show_output(sh_shell *shell, bool also_rest)
{
    if (sh_reads_output(shell))
        (void)show_all(shell, also_rest);
}

/* ---- Pseudo-terminals ---- */

static bool show_to_stop(void *context)
{
    return show_all(context, true);
}

int sh_begin_waits(sh_shell *shell)
{
    int wake = -1;
    for (size_t i = 0; i < 2 && wake < 0; i++) {
        if (shell->screens[i] != NULL)
            wake = staged_pty_begin_waits(shell->screens[i]);
    }
    return wake;
}

void sh_attend(sh_shell *shell)
{
    for (size_t i = 0; i < 2; i++) {
        if (shell->screens[i] != NULL)
            staged_pty_attend(shell->screens[i], show_to_stop, shell);
    }
}

void sh_end_waits(sh_shell *shell)
{
    for (size_t i = 0; i < 2; i++) {
        if (shell->screens[i] != NULL)
            staged_pty_end_waits(shell->screens[i]);
    }
}

bool sh_is_screen_changed(const sh_shell *shell)
{
    return (shell->screens[0] != NULL && staged_pty_is_changed(shell->screens[0])) ||
           (shell->screens[1] != NULL && staged_pty_is_changed(shell->screens[1]));
}

void sh_close_screens(sh_shell *shell)
{
    for (size_t i = 0; i < 2; i++) {
        staged_pty_free(shell->screens[i]);
        shell->screens[i] = NULL;
    }
}

/* ---- Where functions write ---- */

static bool is_same_file(int a, int b)
{
    struct stat of_a, of_b;
    return fstat(a, &of_a) == 0 && fstat(b, &of_b) == 0 && of_a.st_dev == of_b.st_dev &&
           of_a.st_ino == of_b.st_ino;
}

static void add_one_redirection(const sh_shell *shell, int descriptor, size_t which, sh_text *text)
{
    if (shell->screens[which] == NULL) {
        sh_bash_add_redirection(&shell->bash, descriptor, which, text);
        return;
    }
    sh_text_addf(text, "exec %d>", descriptor);
    sh_text_add_word(text, staged_pty_path(shell->screens[which]));
    sh_text_add(text, "\n", 1);
}

void sh_add_redirection(const sh_shell *shell, sh_text *text)
{
    /* Streams that share a destination keep their order. */
    const bool together = is_same_file(STDOUT_FILENO, STDERR_FILENO);
    if (shell->takes_output[0])
        add_one_redirection(shell, STDOUT_FILENO, 0, text);
    if (shell->takes_output[1])
        add_one_redirection(shell, STDERR_FILENO, together ? 0 : 1, text);
}

bool sh_reads_output(const sh_shell *shell)
{
    return shell->takes_output[0] || shell->takes_output[1];
}

/* Keeps what goes to a terminal, if wanted, by putting a pseudo-terminal in its place. */
static void begin_to_keep_terminals(sh_shell *shell)
{
    const bool together = is_same_file(STDOUT_FILENO, STDERR_FILENO);
    for (size_t i = 0; i < 2; i++) {
        if (shell->screens[i] != NULL || isatty(targets[i]) == 0)
            continue;
        if (i == 0 || !together)
            shell->screens[i] = staged_pty_new(targets[i]);
        if (shell->screens[i] != NULL || (i > 0 && together && shell->screens[0] != NULL))
            shell->takes_output[i] = true;
    }
}

/* Leaves other terminals alone: programs behave differently without one. */
void sh_begin_to_keep(sh_shell *shell)
{
    if (shell->script == NULL || !staged_script_takes_output(shell->script))
        return;
    if (staged_script_keeps_terminal_output(shell->script))
        begin_to_keep_terminals(shell);
    for (size_t i = 0; i < 2; i++) {
        if (isatty(targets[i]) == 0 && fcntl(targets[i], F_GETFD) >= 0)
            shell->takes_output[i] = true;
    }
}

/* ---- Secrets ---- */

/* Makes functions write through our pipes.
 *   secrets  NULL: a new set */
static staged_status begin_to_mask(sh_shell *shell, staged_secrets *secrets)
{
    if (shell->secrets != NULL)
        return STAGED_OK;
    shell->takes_output[0] = shell->takes_output[1] = true;
    shell->secrets = secrets == NULL ? staged_secrets_new() : secrets;
    return shell->secrets == NULL ? STAGED_NO_MEMORY : STAGED_OK;
}

staged_status sh_share_secrets(const sh_shell *from, sh_shell *to)
{
    return from->secrets == NULL ? STAGED_OK : begin_to_mask(to, from->secrets);
}

staged_status sh_add_secret(sh_shell *shell, const char *value)
{
    /* What cannot be masked must not be shown by mistake: the script reports a value that is too
     * short. */
    if (shell->script != NULL)
        STAGED_TRY(staged_script_add_secret(shell->script, value));
    STAGED_TRY(begin_to_mask(shell, NULL));
    return staged_secrets_add(shell->secrets, value, strlen(value));
}

/* Adds the secrets named while the file was read, once there is a script. */
staged_status sh_add_early_secrets(sh_shell *shell, staged_script *script)
{
    staged_script *before = shell->script;
    staged_status status = STAGED_OK;
    shell->script = script;
    for (size_t i = 0; i < shell->early_secret_count && status == STAGED_OK; i++)
        status = sh_add_secret(shell, shell->early_secrets[i]);
    shell->script = before;
    return status;
}
