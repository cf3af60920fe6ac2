/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/slurm/program.h"

#include <string.h>

#include "base/text/quote.h"

static void quote(stg_buf *out, const char *word)
{
    stg_quote_always(out, word, strlen(word));
}

/* Up to the start of the command, here and in the keeper, variables of ours have our name: one that
 * the author exports would reach the command with our value.
 *
 * The shell's own error output is the file, so what it says of a signal tells that from an exit
 * code above 128.  It survives the signals that end a job, for long enough to write how the command
 * ended, but the command itself gets them.  What `read` and `echo` do costs no process. */
static const char before[] =
    /* Slurm may start a job late, when it has been ended already: on a busy node it does. */
    "[ ! -e \"$staged_folder/stop\" ] && [ ! -e \"$staged_folder/stopping\" ] || exit 143\n"
    "staged_task=${SLURM_PROCID-0} staged_told=0 staged_peak=0\n"
    "exec 4>&2 2>\"$staged_folder/task.$staged_task\"\n"
    "read -r staged_up staged_rest </proc/uptime || staged_up=0\n"
    "echo \"start ${SLURM_JOB_ID-0} ${SLURMD_NODENAME-?} ${SLURM_STEP_NUM_TASKS-1} "
    "$staged_up\" >&2\n"
    "lacks() { echo \"lacks $1\" >&2; echo done >&2; exit 127; }\n"
    "trap staged_told=1 TERM INT HUP QUIT\n";

/* Peak memory is the job's own only in a control group of the job. */
static const char after[] =
    "C=$?\n"
    "trap '' TERM INT HUP QUIT\n"
    "read -r V staged_rest </proc/uptime || V=0\n"
    "peak() { [ $staged_peak = 0 ] && [ -r \"$1\" ] && read -r staged_peak <\"$1\" || :; }\n"
    "while IFS=: read -r A B G; do\n"
    "    case $B,$G in\n"
    "    ,*/job_$SLURM_JOB_ID/"
    "*) for P in \"$G\" \"${G%/*}\" \"${G%/*/*}\"; do\n"
    "            peak \"/sys/fs/cgroup$P/memory.peak\"\n"
    "        done ;;\n"
    "    memory,*/job_$SLURM_JOB_ID/"
    "*)\n"
    "        peak \"/sys/fs/cgroup/memory$G/memory.max_usage_in_bytes\" ;;\n"
    "    esac\n"
    "done </proc/self/cgroup\n"
    "echo \"end $C $V $staged_told $staged_peak\" >&2\n"
    "times >&2\n"
    "echo done >&2\n"
    "exit $C\n";

void stg_slurm_program_write(stg_buf *out, const staged_place_command *command, const char *folder,
                             const char *directory, bool hides_conf)
{
    stg_buf_add_text(out, "staged_folder=");
    quote(out, folder);
    stg_buf_add_char(out, '\n');
    stg_buf_add_text(out, before);
    if (hides_conf)
        stg_buf_add_text(out, "unset SLURM_CONF\n");
    stg_buf_add_text(out, "cd -- ");
    quote(out, directory);
    stg_buf_add_text(out, " 2>/dev/null || lacks directory\ncommand -v -- ");
    quote(out, command->words[0]);
    stg_buf_add_text(out, " >/dev/null || lacks program\n(exec");
    for (const char *const *word = command->words; *word != NULL; word++) {
        stg_buf_add_char(out, ' ');
        quote(out, *word);
    }
    stg_buf_add_text(out, command->joins_outputs ? " 2>&1 4>&-)\n" : " 2>&4 4>&-)\n");
    stg_buf_add_text(out, after);
}

/* SIGTERM has srun end what runs on the nodes, and give back the job; scancel does so where srun
 * cannot. */
const char stg_slurm_keeper[] =
    "cd \"$1\" || exit 1\n"
    "staged_folder=$1 staged_path=$2 staged_ends= staged_ending=; shift 2\n"
    "trap '' HUP\n"
    "trap staged_ends=1 USR1\n"
    /* Who started us tells in a line that it leaves.  A signal that comes just before the wait for
     * srun would be overlooked. */
    "exec 8<&0 </dev/null\n"
    "{ read -r X <&8 && PATH=$staged_path && until [ -e stopping ] || [ -e code ]; do\n"
    "    kill -USR1 $$ || exit\n"
    "    sleep 0.1\n"
    "done; } >/dev/null 2>&1 &\n"
    "staged_listens=$!\n"
    "exec 8<&- 9<>bell\n"
    "job() { sed -n 's/^srun: job\\(id\\)\\{0,1\\} \\([0-9]\\{1,\\}\\).*/\\2/p' log | sed 1q; }\n"
    "drop() {\n"
    "    J=$(job); [ -z \"$J\" ] || { timeout 5 scancel -Q \"$J\"; return; }\n"
    /* It got a job, perhaps, but had no time to say so. */
    "    sleep 0.1\n"
    "    timeout 5 squeue -h -o '%i %Z' | while read -r I W; do\n"
    "        [ \"$W\" != \"$staged_folder\" ] || timeout 5 scancel -Q \"$I\"\n"
    "    done\n"
    "}\n"
    "end() {\n"
    "    trap - USR1\n"
    "    G=0; read -r G <stop\n"
    "    echo >stopping\n"
    "    if [ \"$G\" -gt 0 ] && grep -q '^srun: launching' log; then\n"
    "        timeout 10 scancel -Q -s TERM \"$(job)\" &\n"
    "        while [ \"$G\" -gt 0 ] && kill -0 $staged_srun; do sleep 0.1; G=$((G-1)); done\n"
    "    fi\n"
    "    kill -TERM $staged_srun\n"
    "    sleep 0.2\n"
    "    while kill -0 $staged_srun; do drop; sleep 0.5; done\n"
    "}\n"
    "while :; do\n"
    "    \"$@\" </dev/null >/dev/null 2>>log 9>&- &\n"
    "    staged_srun=$!\n"
    "    echo \"$$ $staged_srun .\" >pids\n"
    "    while :; do\n"
    "        wait $staged_srun; staged_code=$?\n"
    "        [ \"$staged_ends\" = 1 ] || break\n"
    "        [ -z \"$staged_ending\" ] || kill $staged_ending 2>/dev/null\n"
    "        staged_ends=2; (PATH=$staged_path; end) 9>&- >/dev/null 2>&1 & staged_ending=$!\n"
    "    done\n"
    "    [ -z \"$staged_ending\" ] || {\n"
    "        kill $staged_ending; (PATH=$staged_path; drop) 9>&-\n"
    "    } >/dev/null 2>&1\n"
    /* A controller that is away is waited for. */
    "    [ -z \"$staged_ends\" ] && [ $staged_code != 0 ] && [ ! -e task.0 ] || break\n"
    "    (PATH=$staged_path; ! grep -q '^srun: job' log &&\n"
    "        grep -q 'Unable to contact slurm controller' log) 9>&- || break\n"
    "    (PATH=$staged_path; exec sleep 2) 9>&- & wait $!\n"
    "    [ -z \"$staged_ends\" ] || break\n"
    "    : >log\n"
    "done\n"
    "echo \"$staged_code .\" >code\n"
    "kill $staged_listens 2>/dev/null\n"
    "echo >&9\n";

/* A request that was under way when we left may become a job a moment later.  A controller that is
 * away is waited for, for hours, unless its cluster is gone.  `:`, a special builtin, would end the
 * shell where it cannot write. */
const char stg_slurm_array_keeper[] =
    "F=$1 N=0 M=0\n"
    "trap '' HUP INT QUIT TERM\n"
    "read -r X || exit 0\n"
    "exec </dev/null\n"
    "for D in \"$F\"/*/; do true >\"${D}ended\"; done\n"
    "while [ $N -lt 10 ] && [ $M -lt 9999 ]; do\n"
    "    M=$((M+1))\n"
    "    [ -z \"$SLURM_CONF\" ] || [ -e \"$SLURM_CONF\" ] || exit 0\n"
    "    if A=$(timeout 10 squeue -h -o '%F %Z'); then\n"
    "        N=$((N+1)) J=\n"
    "        while read -r I W; do\n"
    "            case $W in \"$F\"/*) case \"$J \" in *\" $I "
    "\"*) ;; *) J=\"$J $I\" ;; esac ;; esac\n"
    "        done <<END\n"
    "$A\n"
    "END\n"
    "        if [ -n \"$J\" ]; then\n"
    "            N=0\n"
    "            timeout 10 scancel -Q $J\n"
    "            timeout 10 scancel -Q --full --signal=KILL $J\n"
    "        fi\n"
    "    fi\n"
    "    sleep 0.5\n"
    "done\n";

const char stg_slurm_waiter[] = "while :; do\n"
                                "    X=$(timeout 10 squeue -h -j \"$1\" -o %i 2>&1)\n"
                                "    case $?,$X in 0, | *'Invalid job id'*) exit 0 ;; esac\n"
                                "    sleep 1\n"
                                "done\n";

/* The keeper rings the bell at the end; meanwhile the files are looked at, more often while they
 * grow. */
const char stg_slurm_follower[] =
    "cd \"$1\" || exit 1\n"
    "exec 3<out 4<err 5<>bell\n"
    "D=200 O=\n"
    "while :; do\n"
    "    E=; [ -e code ] && E=1\n"
    "    [ -s out ] && cat <&3\n"
    "    [ -s err ] && cat <&4 >&2\n"
    "    [ -z \"$E\" ] || exit 0\n"
    "    W=$O\n"
    "    { read -r X A; } </proc/$$/fdinfo/3 && { read -r X B; } </proc/$$/fdinfo/4 && O=$A,$B\n"
    "    [ \"$W\" = \"$O\" ] || D=50\n"
    "    case $D in [0-9][0-9]) W=0.0$D ;; *) W=0.$D ;; esac\n"
    "    if [ -p bell ]; then timeout $W dd bs=1 count=1 <&5 >/dev/null 2>&1; else sleep $W; fi\n"
    "    D=$((D*3/2)); [ $D -lt 500 ] || D=500\n"
    "done\n";
