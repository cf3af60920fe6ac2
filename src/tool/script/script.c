/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/script/script.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tool/common/verb.h"
#include "tool/script/build.h"
#include "tool/verbs/verb.h"

/* EX_SOFTWARE of sysexits.h: the script has mistakes. */
enum { EXIT_BUG = 70, NO_BASH = 127 };

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

/* Reads the file.  Returns whether all is well so far. */
static bool read_file(sh_shell *shell, const char *path)
{
    const staged_location file = {.file = path};
    (void)sh_source_begin(&shell->source, path);
    sh_serve(shell, &shell->is_read);
    if (shell->too_old != NULL) {
        fprintf(stderr, "staged: shell scripts need bash 4.4 or later; the one on PATH is %s\n",
                shell->too_old);
        return false;
    }
    if (shell->is_read) {
        check_streams(shell, &file);
        sh_build(shell);
    } else if (shell->source.mistakes.length == 0) {
        sh_mistake(&shell->source, &(staged_location){.file = path, .line = shell->left_line},
                   "it exits while it is read, with status %d",
                   shell->ended_early ? shell->left_status : shell->bash.exit_code);
    }
    fputs(sh_text_of(&shell->source.mistakes), stderr);
    return shell->source.mistakes.length == 0;
}

/* ---- Running ---- */

static int run(sh_shell *shell, int argc, char **argv)
{
    const sh_file *file = sh_source_file(&shell->source);
    return staged_main_with(
        &file->made,
        STAGED_OPTIONS(staged_script_options, .user = shell,
                       .run_arguments = file->shows_run_arguments ? STAGED_YES : STAGED_AUTO),
        argc, argv);
}

/* ---- Checking ---- */

/* In place of the author's functions. */
static staged_status do_nothing_more(staged_call *call)
{
    return staged_super(call);
}

static void leave_functions_out(sh_source *source)
{
    for (size_t i = 0; i < source->file_count; i++) {
        for (size_t k = 0; k < source->files[i]->row_count; k++)
            source->files[i]->rows[k].function = do_nothing_more;
    }
}

/* What only the library finds: classes that cannot be put in line, flags that exclude each other.
 */
static int check(sh_shell *shell, int argc, char **argv)
{
    (void)argc;
    leave_functions_out(&shell->source);
    staged_script *script =
        staged_script_new(&sh_source_file(&shell->source)->made,
                          STAGED_OPTIONS(staged_script_options, .user = shell, .name = argv[0]));
    int exit_status = EXIT_BUG;
    if (script == NULL)
        fputs("staged check: out of memory\n", stderr);
    else if (*staged_script_bugs(script) != '\0')
        fputs(staged_script_bugs(script), stderr);
    else if (staged_parser_check(staged_script_parser(script)) != STAGED_OK)
        fputs(staged_parser_error(staged_script_parser(script)), stderr);
    else
        exit_status = TOOL_OK;
    staged_script_free(script);
    return exit_status;
}

/* ---- Both ---- */

/* A path that bash does not look for along PATH. */
static char *path_of(const char *name)
{
    sh_text path = {0};
    sh_text_addf(&path, "%s%s", strchr(name, '/') == NULL ? "./" : "", name);
    return path.bytes;
}

static bool is_file(const char *path)
{
    struct stat facts;
    if (stat(path, &facts) != 0 || access(path, R_OK) != 0) {
        fprintf(stderr, "staged: cannot read '%s': %s\n", path, strerror(errno));
        return false;
    }
    if (S_ISREG(facts.st_mode))
        return true;
    fprintf(stderr,
            "staged: '%s' is not a file: a script cannot be read from where its stages read\n",
            path);
    return false;
}

/* What scripts declare is in use until the program ends, which then releases all of it at once. */
static sh_shell *new_shell(void)
{
    static sh_shell *latest;
    sh_shell *shell = sh_alloc(sizeof *shell);
    shell->before = latest;
    shell->do_request = sh_do_request;
    latest = shell;
    return shell;
}

/* Reads the script and does something with it, where it can be read.  Returns the exit status. */
static int read_and(int (*use)(sh_shell *shell, int argc, char **argv), int argc, char **argv)
{
    if (!is_file(argv[0]))
        return TOOL_BAD_USAGE;
    sh_shell *shell = new_shell();
    char *path = path_of(argv[0]);
    int exit_status = NO_BASH;
    if (sh_bash_start(&shell->bash, path, argv)) {
        shell->requests.descriptor = shell->bash.up.read_end;
        exit_status = read_file(shell, path) ? use(shell, argc, argv) : EXIT_BUG;
    }
    sh_bash_stop(&shell->bash);
    sh_show_output(shell, true);
    free(path);
    return exit_status;
}

int tool_script(int argc, char **argv)
{
    return read_and(run, argc, argv);
}

int tool_check_script(const char *path)
{
    char *name = sh_copy(path);
    char *argv[] = {name, NULL};
    const int exit_status = read_and(check, 1, argv);
    free(name);
    return exit_status;
}
