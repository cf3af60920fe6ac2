/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/remote/program.h"

#include <string.h>

#include "base/text/quote.h"

static size_t name_length(const char *variable)
{
    return strcspn(variable, "=");
}

static void add_word(stg_buf *out, const char *word)
{
    stg_quote_word(out, word, strlen(word));
}

/* Its file, behind an operator of the shell. */
static void add_file(stg_buf *out, const char *operator, const stg_remote_program * program,
                     const char *behind)
{
    stg_buf_add_text(out, operator);
    stg_quote_always(out, program->file, strlen(program->file));
    stg_buf_add_text(out, behind);
}

/* How a line reaches those who want to know.  A FIFO that is opened for both is there at once, also
 * if nobody reads it any more. */
static void add_telling(stg_buf *out, const stg_remote_program *program)
{
    add_file(out, "staged_tell() {\necho \"end $1\" >>", program, "\n");
    stg_buf_addf(out, "echo 'end %s '\"$1\" 1<>", program->name);
    add_word(out, program->events);
    stg_buf_add_text(out, "\n}\n");
}

/* A relative directory is not looked up in CDPATH. */
static void add_directory(stg_buf *out, const char *directory)
{
    if (directory == NULL || directory[0] == '\0')
        return;
    stg_buf_add_text(out, "cd -- ");
    if (directory[0] == '~' && (directory[1] == '/' || directory[1] == '\0')) {
        stg_buf_add_text(out, "\"$HOME\"/");
        directory += directory[1] == '/' ? 2 : 1;
    } else if (directory[0] != '/') {
        stg_buf_add_text(out, "./");
    }
    stg_quote_always(out, directory, strlen(directory));
    stg_buf_add_text(out, " || { staged_tell directory; exit 126; }\n");
}

/* What a shell adds by itself to an empty environment, and what it was given to find directories.
 */
static const char shells_own[] = "unset -v PWD OLDPWD SHLVL HOME\n";

/* Without a PATH the command is looked up where all systems have theirs. */
static const char default_path[] = "PATH=${PATH-/usr/local/bin:/usr/bin:/bin}\n";

static void add_environment(stg_buf *out, const stg_remote_program *program)
{
    const staged_place_command *command = program->command;
    if (command->clear_environment)
        stg_buf_add_text(out, shells_own);
    for (const char *const *name = command->without; name != NULL && *name != NULL; name++)
        stg_buf_addf(out, "unset -v %s\n", *name);
    for (const char *const *v = command->environment; v != NULL && *v != NULL; v++) {
        const size_t length = name_length(*v);
        const char *value = *v + length + ((*v)[length] == '=' ? 1 : 0);
        stg_buf_addf(out, "export %.*s=", (int)length, *v);
        stg_quote_always(out, value, strlen(value));
        stg_buf_add_char(out, '\n');
    }
    stg_buf_add_text(out, "export " STG_REMOTE_MARK "=");
    stg_quote_always(out, program->mark, strlen(program->mark));
    stg_buf_add_char(out, '\n');
    stg_buf_add_text(out, default_path);
}

/* The command as a child, in a subshell so that no built-in command has its name. */
static void add_running(stg_buf *out, const stg_remote_program *program)
{
    const staged_place_command *command = program->command;
    stg_buf_add_text(out, "set --");
    for (const char *const *word = command->words; *word != NULL; word++) {
        stg_buf_add_char(out, ' ');
        stg_quote_always(out, *word, strlen(*word));
    }
    stg_buf_add_text(out,
                     "\ncommand -v -- \"$1\" >/dev/null || { staged_tell program; exit 127; }\n");
    add_file(out, "echo runs >>", program, "\n(exec \"$@\"");
    if (!command->has_input)
        stg_buf_add_text(out, " </dev/null");
    stg_buf_add_text(out, command->joins_outputs ? " 2>&1 4>&-)\n" : " 2>&4 4>&-)\n");
}

/* Reads its own file: the shell's error output goes there, and what it said since the last "runs"
 * is about the command. */
static void add_reading(stg_buf *out, const stg_remote_program *program)
{
    stg_buf_add_text(out, "staged_read() {\nstaged_said= staged_times=\n"
                          "while read -r staged_line; do\n"
                          "case $staged_line in\n"
                          "runs) staged_said= ;;\n"
                          "[0-9]*m[0-9]*s) staged_times=$staged_line ;;\n"
                          "*) staged_said=$staged_line ;;\n"
                          "esac\n");
    add_file(out, "done <", program, "\n}\n");
}

/* A shell tells death by a signal and an exit code of that size apart only in what it says on its
 * error output, and it says nothing about SIGINT and SIGPIPE (some: about none).  Where it is
 * silent, it is asked whether it would be about that signal; then it was the signal, as everybody
 * means by such a code.  Signals from 1 to 15 end a process on all systems. */
static void add_judging(stg_buf *out, const stg_remote_program *program)
{
    add_file(out, "staged_code=$?\ntimes >>", program, "\n");
    add_reading(out, program);
    stg_buf_add_text(out,
                     "staged_read\nstaged_kind=exit\n"
                     "if [ \"$staged_code\" -gt 256 ]; then\n"
                     "staged_kind=signal staged_code=$((staged_code & 127))\n"
                     "elif [ \"$staged_code\" -gt 128 ] && [ -n \"$staged_said\" ]; then\n"
                     "staged_kind=signal staged_code=$((staged_code - 128))\n"
                     "elif [ \"$staged_code\" -gt 128 ] && [ \"$staged_code\" -le 143 ]; then\n");
    add_file(out, "echo runs >>", program,
             "\n(ulimit -c 0; exec /bin/sh -c 'kill -\"$0\" \"$$\"' "
             "\"$((staged_code - 128))\")\n"
             "if [ $? -eq \"$staged_code\" ]; then\nstaged_read\n"
             "[ -n \"$staged_said\" ] || staged_kind=signal staged_code=$((staged_code - 128))\n"
             "fi\n");
    stg_buf_add_text(out, "fi\nstaged_tell \"$staged_kind $staged_code $staged_times\"\n"
                          "[ $staged_kind = exit ] || staged_code=$((staged_code + 128))\n"
                          "exit \"$staged_code\"\n");
}

void stg_remote_add_program(stg_buf *out, const stg_remote_program *program)
{
    stg_buf_add_text(out, "{\n");
    if (program->command->clear_environment)
        add_file(out, "[ \"${1-}\" = clear ] || exec env -i HOME=\"$HOME\" sh ", program,
                 " clear\n");
    add_file(out, "exec 4>&2\necho $$ >", program, " || exit 125\n");
    add_file(out, "exec 2>>", program, "\ntrap : HUP INT QUIT TERM USR1 USR2 ALRM\n");
    stg_buf_add_text(out, "[ ! -e ");
    add_word(out, program->stop);
    stg_buf_add_text(out, " ] || exit 143\n");
    add_telling(out, program);
    add_directory(out, program->base);
    add_directory(out, program->command->directory);
    add_environment(out, program);
    add_running(out, program);
    add_judging(out, program);
    stg_buf_add_text(out, "}\n");
}
