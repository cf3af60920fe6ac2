/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Shells, and reading scripts. */
#include <string.h>
#include <unistd.h>

#include "tool/script/build.h"
#include "tool/verbs/verb.h"

/* ---- Shells ---- */

/* What scripts declare is in use until the program ends, which then frees everything at once. */
static sh_shell *latest;

sh_shell *sh_new_shell(void)
{
    sh_shell *shell = sh_alloc(sizeof *shell);
    shell->before = latest;
    shell->do_request = sh_do_request;
    latest = shell;
    return shell;
}

void sh_stop_all(void)
{
    for (sh_shell *shell = latest; shell != NULL; shell = shell->before) {
        sh_bash_stop(&shell->bash);
        sh_show_output(shell, true);
        sh_close_screens(shell);
    }
}

/* ---- Reading ---- */

static void check_streams(sh_shell *shell, const staged_location *file)
{
    char text[80];
    const ssize_t length = read(shell->bash.printed.read_end, text, sizeof text - 1);
    text[length > 0 ? length : 0] = '\0';
    if (length > 0)
        sh_mistake(&shell->source, file,
                   "it prints while it is read: '%.*s'; only functions may print",
                   (int)strcspn(text, "\n"), text);
    if (sh_bytes_in(shell->bash.probe.read_end) == 0)
        sh_mistake(&shell->source, file,
                   "it reads its standard input while it is read; only functions may do that");
}

bool sh_start_reading(sh_shell *shell, const char *path, char *const *argv)
{
    if (!sh_bash_start(&shell->bash, path, argv))
        return false;
    shell->requests.descriptor = shell->bash.up.read_end;
    return true;
}

bool sh_read_file(sh_shell *shell, const char *path)
{
    const staged_location file = {.file = path};
    (void)sh_source_begin(&shell->source, path);
    sh_serve(shell, &shell->is_read);
    if (shell->too_old != NULL) {
        sh_text_addf(&shell->source.mistakes,
                     "staged: shell scripts need bash 4.4 or later; the one on PATH is %s\n",
                     shell->too_old);
    } else if (shell->is_read) {
        check_streams(shell, &file);
        sh_build(shell);
    } else if (shell->source.mistakes.length == 0) {
        sh_mistake(&shell->source, &(staged_location){.file = path, .line = shell->left_line},
                   "it exits while it is read, with status %d",
                   shell->ended_early ? shell->left_status : shell->bash.exit_code);
    }
    return shell->source.mistakes.length == 0;
}
