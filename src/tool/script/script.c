/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/script/script.h"

#include <errno.h>
#include <fcntl.h>
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
/* No exit status: a script has no mistake, but hints were told. */
enum { HAS_HINTS = -1 };

/* ---- Running ---- */

static const char *const *order_of(const sh_source *source)
{
    const sh_file *file = sh_find_order(source);
    return file == NULL ? NULL : file->order;
}

static bool hides_places(const sh_source *source)
{
    for (size_t i = 0; i < source->file_count; i++) {
        if (source->files[i]->hides_places)
            return true;
    }
    return false;
}

/* The setting of the nearest file that has one. */
static staged_ci ci_of(const sh_source *source)
{
    for (size_t i = source->file_count; i-- > 0;) {
        if (source->files[i]->ci != STAGED_CI_AUTO)
            return source->files[i]->ci;
    }
    return STAGED_CI_AUTO;
}

static staged_choice window_title_of(const sh_source *source)
{
    for (size_t i = source->file_count; i-- > 0;) {
        if (source->files[i]->window_title != STAGED_AUTO)
            return source->files[i]->window_title;
    }
    return STAGED_AUTO;
}

static double notify_after_of(const sh_source *source)
{
    for (size_t i = source->file_count; i-- > 0;) {
        if (source->files[i]->notify_after_s != 0)
            return source->files[i]->notify_after_s;
    }
    return 0;
}

static int run(sh_shell *shell, int argc, char **argv)
{
    const sh_file *file = sh_source_file(&shell->source);
    return staged_main_with(
        &file->made,
        STAGED_OPTIONS(staged_script_options, .user = shell, .stages = order_of(&shell->source),
                       .console = STAGED_OPTIONS(
                           staged_console_options,
                           .log_path = hides_places(&shell->source) ? STAGED_NO : STAGED_AUTO,
                           .highlights = (const char *const *)shell->source.highlights),
                       .run_arguments = file->shows_run_arguments ? STAGED_YES : STAGED_AUTO,
                       .record = STAGED_YES, .file = file->path, .lock = file->lock,
                       .lock_wait_s = file->lock_wait_s, .ci = ci_of(&shell->source),
                       .window_title = window_title_of(&shell->source),
                       .notify_after_s = notify_after_of(&shell->source),
                       .place = sh_find_default_place(&shell->source),
                       .retry_on_place = sh_retries_on_place(&shell->source)),
        argc, argv);
}

/* ---- Checking ---- */

/* Replaces the author's functions. */
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

/* Finds what only the library can: classes that cannot be linearized, conflicting flags. */
static int check(sh_shell *shell, int argc, char **argv)
{
    (void)argc;
    leave_functions_out(&shell->source);
    staged_script *script =
        staged_script_new(&sh_source_file(&shell->source)->made,
                          STAGED_OPTIONS(staged_script_options, .user = shell, .name = argv[0],
                                         .stages = order_of(&shell->source)));
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

/* A path that bash does not search PATH for. */
static char *path_of(const char *name)
{
    sh_text path = {0};
    sh_text_addf(&path, "%s%s", strchr(name, '/') == NULL ? "./" : "", name);
    return path.bytes;
}

/* Bash would name a line of the prelude. */
static bool is_program(const char *path)
{
    char begin[4] = "";
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    const ssize_t length = file < 0 ? 0 : read(file, begin, sizeof begin);
    if (file >= 0)
        (void)close(file);
    return length == (ssize_t)sizeof begin && memcmp(begin, "\177ELF", sizeof begin) == 0;
}

static bool is_file(const char *path)
{
    struct stat facts;
    if (stat(path, &facts) != 0 || access(path, R_OK) != 0) {
        fprintf(stderr, "staged: cannot read '%s': %s\n", path, strerror(errno));
        return false;
    }
    if (S_ISDIR(facts.st_mode))
        fprintf(stderr, "staged: '%s' is a directory, not a script\n", path);
    else if (!S_ISREG(facts.st_mode))
        fprintf(stderr,
                "staged: '%s' is not a file: a script cannot be read from where its stages read\n",
                path);
    else if (is_program(path))
        fprintf(stderr, "staged: '%s' is a program, not a shell script; run it without `staged`\n",
                path);
    else
        return true;
    return false;
}

/* Reads the script and, if that works, uses it.  Returns the exit status.
 *   hint  NULL: mistakes are all that is told */
static int read_and(int (*use)(sh_shell *shell, int argc, char **argv),
                    size_t (*hint)(sh_shell *shell), int argc, char **argv)
{
    if (!is_file(argv[0]))
        return TOOL_BAD_USAGE;
    sh_shell *shell = sh_new_shell();
    shell->run_inner = sh_run_inner;
    char *path = path_of(argv[0]);
    int exit_status = NO_BASH;
    if (sh_start_reading(shell, path, argv)) {
        const bool is_good = sh_read_file(shell, path);
        fputs(sh_text_of(&shell->source.mistakes), stderr);
        const bool has_hints = hint != NULL && shell->is_read && hint(shell) > 0;
        exit_status = is_good ? use(shell, argc, argv) : EXIT_BUG;
        if (exit_status == TOOL_OK && has_hints)
            exit_status = HAS_HINTS;
    }
    sh_stop_all();
    free(path);
    return exit_status;
}

int tool_script(int argc, char **argv)
{
    return read_and(run, NULL, argc, argv);
}

int tool_check_script(const char *path, bool is_strict)
{
    char *name = sh_copy(path);
    char *argv[] = {name, NULL};
    const int exit_status = read_and(check, sh_tell_hints, 1, argv);
    free(name);
    return exit_status == HAS_HINTS ? (is_strict ? EXIT_BUG : TOOL_OK) : exit_status;
}
