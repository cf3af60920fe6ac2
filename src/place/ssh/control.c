/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/ssh/control.h"

#include "place/remote/program.h"

/* Only a shell that obeys `command eval` reads what stands behind it; others say that they know no
 * such command, and go on.  A bash that is as it comes reads programs as well as `sh` does, and
 * need not start one; but its startup files may have changed what words mean, or made variables
 * that cannot be changed or do not take every value. */
const char stg_ssh_control_shell[] =
    "command eval 'test -n \"$BASH_VERSION\" && test \"$-\" = hBc && "
    "test \"${IFS}x\" = \"$(printf \" \\t\\nx\")\" && "
    "test -z \"$(declare -F; alias; trap; enable -n; "
    "declare -p | grep -E \"^declare -x*[^x -]\" | "
    "grep -Evx \"declare -[A-Za-z]* (BASHOPTS|BASHPID|"
    "BASH_(ALIASES|ARGC|ARGV|CMDS|LINENO|REMATCH|SOURCE|VERSINFO)|DIRSTACK|EUID|FUNCNAME|GROUPS|"
    "HISTCMD|OPTIND|PIPESTATUS|PPID|RANDOM|SECONDS|SHELLOPTS|SRANDOM|UID)(=.*)?\")\" && "
    "export STAGED_LOGIN_SHELL=plain || :'; exec sh";

/* `T` is the token, `home` the folder as programs know it, `d` where it is now.
 *
 * A command's processes are those of its process group, as long as the shell that leads it lives,
 * and those with its mark in their environment: `leaders` sets `groups`, `marked` sets `found`. */
static const char functions[] =
    "nap() { sleep \"0.0$1\" || sleep 1; }\n"
    "marked() {\n"
    "found=\n"
    "for p in $(grep -lsF -e \"" STG_REMOTE_MARK "=$1\" /proc/[0-9]*/environ); do\n"
    "p=${p#/proc/} found=\"$found ${p%/environ}\"\n"
    "done\n"
    "}\n"
    "leaders() {\n"
    "groups=\n"
    "for n in \"$@\"; do\n"
    "read -r group rest <\"$d/$n.job\" || continue\n"
    "case $group in *[!0-9]* | '') continue ;; esac\n"
    "if [ -d /proc/self ]; then grep -qsF -e \"$home/$n.job\" \"/proc/$group/cmdline\"\n"
    "else kill -s 0 \"$group\"\n"
    "fi && groups=\"$groups $group\"\n"
    "done\n"
    "}\n"
    /* SIGNAL PREFIX GROUP...: nothing gets it twice. */
    "send() {\n"
    "s=$1\n"
    "marked \"$2\"\n"
    "shift 2\n"
    "for g in \"$@\"; do kill -s \"$s\" -- \"-$g\"; done\n"
    "for p in $found; do\n"
    "read -r stat <\"/proc/$p/stat\" || continue\n"
    "stat=${stat##*) }\n"
    "stat=${stat#* }\n"
    "stat=${stat#* }\n"
    "case \" $* \" in *\" ${stat%% *} \"*) ;; *) kill -s \"$s\" \"$p\" ;; esac\n"
    "done\n"
    "}\n"
    "lives() {\n"
    "marked \"$1\"\n"
    "[ -z \"$found\" ] || return 0\n"
    "shift\n"
    "leaders \"$@\"\n"
    "[ -n \"$groups\" ]\n"
    "}\n"
    /* PREFIX MILLISECONDS SLOT...: ends them; `found` is what is left. */
    "finish() {\n"
    "m=$1 t=$2 k=0\n"
    "shift 2\n"
    "leaders \"$@\"\n"
    "all=$groups\n"
    "if [ \"$t\" -gt 0 ]; then\n"
    "send TERM \"$m\" $all\n"
    "send CONT \"$m\" $all\n"
    "nap 2\n"
    "while lives \"$m\" \"$@\" && [ \"$t\" -gt 0 ]; do nap 5; t=$((t - 50)); done\n"
    "fi\n"
    "for g in $all; do kill -s KILL -- \"-$g\"; done\n"
    "while lives \"$m\" \"$@\" && [ $k -lt 40 ]; do send KILL \"$m\" $all; nap 5; k=$((k + 1)); "
    "done\n"
    "marked \"$m\"\n"
    "}\n"
    /* SLOT: whether its command has begun; `ended` is the line of its end. */
    "progress() {\n"
    "ended=\n"
    "read -r group rest <\"$d/$1.job\" || return 1\n"
    "case $group in *[!0-9]* | '') return 1 ;; esac\n"
    "while read -r line; do\n"
    "case $line in 'end '*) ended=${line#end } ;; esac\n"
    "done <\"$d/$1.job\"\n"
    "}\n"
    /* The slots whose commands have begun and not ended. */
    "unended() {\n"
    "unended=\n"
    "for f in \"$d\"/*.job; do\n"
    "n=${f##*/} n=${n%.job}\n"
    "progress \"$n\" && [ -z \"$ended\" ] && unended=\"$unended $n\"\n"
    "done\n"
    "}\n";

static const char requests[] =
    "keep() {\n"
    "printf '%s' \"$3\" >\"$d/$2.job\" && echo \"$1\" >\"$d/$2.kept\" && echo \"kept $1\" || "
    "echo \"unkept $1\"\n"
    "}\n"
    "state() {\n"
    "leaders \"$2\"\n"
    "if ! progress \"$2\"; then echo \"state $1 new\"\n"
    "elif [ -n \"$ended\" ]; then echo \"state $1 ended $ended\"\n"
    "elif [ -n \"$groups\" ]; then echo \"state $1 runs\"\n"
    "else echo \"state $1 gone\"\n"
    "fi\n"
    "}\n"
    "stop() {\n"
    "echo >\"$d/$1.stop\"\n"
    "found=\n"
    "progress \"$2\" && finish \"$T.$1.\" \"$3\" \"$2\"\n"
    "echo \"stopped $1$found\"\n"
    "}\n"
    "held() { marked \"$T.$1.\"; [ -z \"$found\" ] || echo \"held $1\"; }\n"
    /* With another name for the folder, no program begins any more. */
    "clean() {\n"
    "trap - EXIT\n"
    "mv \"$d\" \"$d.gone\" || exit 0\n"
    "d=$d.gone\n"
    "unended\n"
    "finish \"$T.\" 2000 $unended\n"
    "kill -s KILL \"$reader\"\n"
    "rm -rf \"$d\"\n"
    "}\n";

/* What a startup file has printed before may lack the end of its line.
 *
 * The folder is best in memory: files of a disk, emptied and written again for each command, can
 * take longer than all else, and texts of commands are better off there, too.  Where there are
 * logins that have a folder in memory of their own, what lies in /dev/shm may be removed with the
 * last of them.
 *
 * What programs tell comes through a FIFO, so that it needs no request.  If this shell is killed,
 * nobody writes to the FIFO any more, and what reads it tells that nothing is obeyed here: the
 * connection itself would go on, with all that runs. */
static const char beginning[] =
    "echo\n"
    "shared=/dev/shm\n"
    "[ ! -d /run/systemd/system ] || shared=\n"
    "d=\n"
    "for f in \"$XDG_RUNTIME_DIR\" \"$shared\" \"$TMPDIR\" /tmp; do\n"
    "case $f in *[!A-Za-z0-9/._-]*) continue ;; /*) ;; *) continue ;; esac\n"
    "d=$(mktemp -d \"$f/staged-XXXXXXXXXX\") && break\n"
    "d=\n"
    "done\n"
    "[ -n \"$d\" ] || {\n"
    "echo 'problem no folder can be made in /tmp there'\n"
    "exit 1\n"
    "}\n"
    "home=$d\n"
    "mkfifo \"$d/events\" || {\n"
    "rm -rf \"$d\"\n"
    "echo \"problem no FIFO can be made in $d there\"\n"
    "exit 1\n"
    "}\n"
    "trap clean EXIT\n"
    "echo \"$starter\" >\"$d/begin\"\n"
    "exec 7<>\"$d/events\"\n"
    "{ STAGED_PLACE_KEEPER=$T cat; echo lost; } <\"$d/events\" 7<&- &\n"
    "reader=$!\n"
    "echo $$ >\"$d/pid\"\n"
    "echo \"ready $d $(uname -n) $STAGED_LOGIN_SHELL\"\n";

/* FILE NUMBER: runs the program in FILE once it is that of this command, for a client does not wait
 * until its program is kept. */
static const char starter[] =
    "starter='staged_naps=0\n"
    "until read -r staged_kept <\"${1%.job}.kept\" && [ \"$staged_kept\" = \"$2\" ]; do\n"
    "[ ! -e \"${1%/*}/$2.stop\" ] || exit 143\n"
    "[ -d \"${1%/*}\" ] && [ \"$staged_naps\" -lt 6000 ] || exit 125\n"
    "staged_naps=$((staged_naps + 1))\n"
    "sleep 0.01 || sleep 1\n"
    "done 2>/dev/null\n"
    ". \"$1\"'\n";

static const char settings[] = "trap '' HUP INT QUIT TERM PIPE USR1 USR2 ALRM\n"
                               "exec 2>/dev/null\n"
                               "umask 077\n"
                               "LC_ALL=C\n"
                               "export LC_ALL\n";

/* The control session may be at it, or may not have noticed yet. */
static const char sweeping[] =
    "n=0\n"
    "while { [ -d \"$d\" ] && [ $n -lt 20 ]; } || { [ -d \"$d.gone\" ] && [ $n -lt 120 ]; }; do\n"
    "nap 5\n"
    "n=$((n + 1))\n"
    "done\n"
    "mv \"$d\" \"$d.gone\"\n"
    "d=$d.gone\n"
    "if [ -d \"$d\" ]; then\n"
    "read -r keeper <\"$d/pid\"\n"
    "[ \"$d/events\" -ef \"/proc/$keeper/fd/7\" ] && kill -s KILL \"$keeper\"\n"
    "fi\n"
    "unended\n"
    "finish \"$T.\" 2000 $unended\n"
    "for p in $(grep -lsF -e \"STAGED_PLACE_KEEPER=$T\" /proc/[0-9]*/environ); do\n"
    "p=${p#/proc/}\n"
    "kill -s KILL \"${p%/environ}\"\n"
    "done\n"
    "rm -rf \"$d\"\n"
    "echo \"swept$found\"\n"
    "exit 0\n";

void stg_ssh_add_control(stg_buf *out, const char *token)
{
    stg_buf_addf(out, "{\nT=%s\n", token);
    stg_buf_add_text(out, settings);
    stg_buf_add_text(out, functions);
    stg_buf_add_text(out, requests);
    stg_buf_add_text(out, starter);
    stg_buf_add_text(out, beginning);
    stg_buf_add_text(out, "}\n");
}

void stg_ssh_add_sweep(stg_buf *out, const char *token, const char *folder)
{
    stg_buf_addf(out, "{\nT=%s d=%s\nhome=$d\n", token, folder);
    stg_buf_add_text(out, settings);
    stg_buf_add_text(out, functions);
    stg_buf_add_text(out, sweeping);
    stg_buf_add_text(out, "}\n");
}
