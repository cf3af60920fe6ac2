/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The programs of tasks.  They need a POSIX shell, `timeout` where items have a timeout, and no
 * process of their own for an item besides its command. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "base/system/duration.h"
#include "base/system/file.h"
#include "base/text/quote.h"
#include "script/each/task.h"

/* A task begins nothing before we have written down that its job is the one: what a killed script
 * has not, or what was submitted although nobody said so, nobody could end.  A variable of ours may
 * be one of the environment's only if it has our name; IFS may be the environment's. */
static const char before_all[] = "stg_wait=0\n"
                                 "until [ -e \"$stg_folder/job\" ]; do\n"
                                 "  stg_wait=$((stg_wait + 1))\n"
                                 "  [ \"$stg_wait\" -le 600 ] || exit 0\n"
                                 "  sleep 0.1 2>/dev/null || sleep 1\n"
                                 "done\n"
                                 "read -r stg_job <\"$stg_folder/job\"\n"
                                 "[ \"$stg_job\" = \"$STAGED_ARRAY\" ] || exit 0\n"
                                 "unset STAGED_ARRAY\n"
                                 "[ ! -e \"$stg_folder/ended\" ] || exit 0\n"
                                 "stg_files=$stg_folder/$stg_task\n"
                                 "exec 2>>\"$stg_files.says\"\n"
                                 "stg_end=\n"
                                 "trap stg_end=1 TERM INT HUP\n"
                                 "if [ -r /proc/uptime ]; then\n"
                                 "  stg_clock() {\n"
                                 "    IFS=' ' read -r stg_now stg_rest </proc/uptime\n"
                                 "  }\n"
                                 "else\n"
                                 "  stg_clock() { stg_now=$(date +%s); }\n"
                                 "fi\n"
                                 "stg_give_up() {\n"
                                 "  rm -f \"$stg_files\"\n"
                                 "  exit 0\n"
                                 "}\n"
                                 "stg_refuse() {\n"
                                 "  printf '0 1 0 0 0\\n' >>\"$stg_files.results\" || stg_give_up\n"
                                 "  exit 0\n"
                                 "}\n";

/* A task that is ended survives until everything in it has, so that the place still finds that;
 * what it ran has no end of its own then.  The signal may come a moment after the end of the
 * command. */
static const char ends_if_ended[] = "  case $stg_code in 137 | 143)\n"
                                    "    sleep 0.3 2>/dev/null || sleep 1 ;;\n"
                                    "  esac\n"
                                    "  [ -z \"$stg_end\" ] || exit 0\n";

/* A place may start a task late, when its array has been ended and is in no list any more: Slurm
 * does on a busy node.  Nobody would end its items.
 *
 * Where it cannot be written how an item ended, no other one begins: nobody would know of it, and
 * have it run once more.
 *
 * `exec` runs programs alone, no builtins and no functions of ours.  What the shell itself says is
 * of signals, which tells them from exit codes above 128; of SIGINT and SIGPIPE it says nothing. */
static const char before_item[] = "stg_item() {\n"
                                  "  stg_number=$1\n"
                                  "  shift\n"
                                  "  if [ -e \"$stg_folder/ended\" ]; then\n"
                                  "    rm -f \"$stg_files.says\"\n"
                                  "    exit 0\n"
                                  "  fi\n"
                                  "  [ -e \"$stg_folder/job\" ] || exit 0\n"
                                  "  stg_clock\n"
                                  "  stg_began=$stg_now\n"
                                  "  (exec ";
static const char after_item[] =
    "  stg_signal=0\n"
    "  if [ \"$stg_code\" -gt 128 ]; then\n"
    "    case $stg_code in 130 | 141) stg_signal=1 ;; esac\n"
    "    [ ! -s \"$stg_files.says\" ] || stg_signal=1\n"
    "    : >\"$stg_files.says\"\n"
    "  fi\n"
    "  printf '%s\\n' \"$stg_mark\" >>\"$stg_files.out\" || stg_give_up\n"
    "  [ -z \"$stg_apart\" ] || printf '%s\\n' \"$stg_mark\" >>\"$stg_files.err\" || stg_give_up\n"
    "  printf '%s %s %s %s %s\\n' \"$stg_number\" \"$stg_code\" \"$stg_began\" \"$stg_now\" "
    "\"$stg_signal\" >>\"$stg_files.results\" || stg_give_up\n"
    "}\n";

static void add_file_name(stg_buf *out, const char *folder, const char *name)
{
    stg_buf path = {0};
    stg_buf_addf(&path, "%s/%s", folder, name);
    stg_quote_always(out, stg_buf_text(&path), path.length);
    stg_buf_free(&path);
}

int stg_task_write_file(const char *folder, const char *name, const stg_buf *text)
{
    stg_buf path = {0};
    stg_buf_addf(&path, "%s/%s", folder, name);
    const int error = stg_buf_status(text) == STAGED_OK && stg_buf_status(&path) == STAGED_OK
                          ? stg_file_make(path.data, O_EXCL, stg_buf_text(text), text->length)
                          : ENOMEM;
    stg_buf_free(&path);
    return error;
}

void stg_task_close(const char *folder)
{
    const stg_buf nothing = {0};
    (void)stg_task_write_file(folder, "ended", &nothing);
}

static void add_item_function(stg_buf *text, const stg_task_manner *manner)
{
    char seconds[STG_SECONDS_TEXT_SIZE];
    stg_buf_add_text(text, before_item);
    if (manner->timeout_s > 0) {
        stg_buf_addf(text, "timeout -k %s ",
                     stg_seconds_text(stg_seconds_ns(manner->grace_s), seconds));
        stg_buf_addf(text, "%s ", stg_seconds_text(stg_seconds_ns(manner->timeout_s), seconds));
    }
    stg_buf_addf(text, "\"$@\") </dev/null >>\"$stg_files.out\" 2>%s\n",
                 manner->joins ? "&1" : ">\"$stg_files.err\"");
    stg_buf_add_text(text, "  stg_code=$?\n  stg_clock\n");
    stg_buf_add_text(text, ends_if_ended);
    stg_buf_add_text(text, after_item);
}

int stg_task_write_common(const char *folder, const stg_task_manner *manner)
{
    stg_buf text = {0};
    stg_buf_addf(&text, "stg_mark=%s\nstg_apart=%s\nstg_folder=", manner->mark,
                 manner->joins ? "" : "yes");
    stg_quote_always(&text, folder, strlen(folder));
    stg_buf_add_char(&text, '\n');
    stg_buf_add_text(&text, before_all);
    add_item_function(&text, manner);
    stg_buf_add_text(&text, manner->prologue);
    const int error = stg_task_write_file(folder, "common", &text);
    stg_buf_free(&text);
    return error;
}

void stg_task_add_head(stg_buf *program, const char *folder, size_t number)
{
    stg_buf_addf(program, "stg_task=%zu\n. ", number);
    add_file_name(program, folder, "common");
    stg_buf_add_char(program, '\n');
}

void stg_task_add_item(stg_buf *program, size_t number, const char *const *words)
{
    stg_buf_addf(program, "stg_item %zu", number);
    for (; *words != NULL; words++) {
        stg_buf_add_char(program, ' ');
        stg_quote_always(program, *words, strlen(*words));
    }
    stg_buf_add_char(program, '\n');
}

int stg_task_write(const char *folder, size_t number, const stg_buf *program, const stg_buf *items)
{
    static const char *const ends[] = {".results", ".out", ".err", ".items", ""};
    const stg_buf nothing = {0};
    const stg_buf *const contents[] = {&nothing, &nothing, &nothing, items, program};
    int error = 0;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0] && error == 0; i++) {
        stg_buf name = {0};
        stg_buf_addf(&name, "%zu%s", number, ends[i]);
        error = stg_buf_status(&name) == STAGED_OK
                    ? stg_task_write_file(folder, stg_buf_text(&name), contents[i])
                    : ENOMEM;
        stg_buf_free(&name);
    }
    return error;
}
