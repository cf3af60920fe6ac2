/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How a command in a job ended. */
#include <poll.h>
#include <signal.h>
#include <string.h>

#include "base/system/now.h"
#include "place/slurm/job.h"
#include "place/slurm/states.h"

/* How long to wait beyond the grace time until what was ended is gone, */
#define PATIENCE_NS INT64_C(15000000000)
/* until Slurm says how a job ended, while the controller may be away, */
#define TRUTH_NS INT64_C(60000000000)
/* until files that another machine has written are seen here, */
#define LAG_NS INT64_C(3000000000)
/* and until a job that goes on without its srun is cancelled. */
#define ORPHAN_NS INT64_C(1000000000)
#define QUERY_TIMEOUT_S 5.0

enum { SHORT_PAUSE_MS = 5, PAUSE_MS = 200 };

static void pause_for(int ms)
{
    (void)poll(NULL, 0, ms);
}

/* ---- Until it is certain ---- */

/* Whether srun is gone. */
static bool wait_for_keeper(stg_slurm_job *job, int *code)
{
    /* The client ends when the file is there, which may be before its text is. */
    const int64_t told_ns = stg_now_ns() + LAG_NS;
    while (!stg_slurm_has_ended(job, code) && stg_slurm_has(job->folder, "code") &&
           stg_now_ns() < told_ns)
        pause_for(SHORT_PAUSE_MS);
    if (job->has_ended)
        return true;
    /* Its client was ended, though nobody has asked for its end yet. */
    if (!job->is_stopped)
        stg_slurm_stop(job, -1);
    const int64_t until_ns = stg_now_ns() + (int64_t)(job->grace_s * 1e9) + PATIENCE_NS;
    while (!stg_slurm_has_ended(job, code) && stg_now_ns() < until_ns) {
        stg_slurm_urge(job);
        pause_for(SHORT_PAUSE_MS);
    }
    return job->has_ended;
}

/* ---- What Slurm says ---- */

/* What became of a job; `failure` is STAGED_PLACE_OK if it came to its own end.
 *   goes_on   it runs, or waits, though its srun is gone
 *   has_code  it has an exit code or a signal, other than 0 */
typedef struct truth {
    enum { TRUTH_KNOWN, TRUTH_FORGOTTEN, TRUTH_AWAY } how;
    stg_slurm_verdict verdict;
    bool goes_on;
    bool has_code;
} truth;

/* Asks once.  Returns whether that settles it. */
static bool ask_once(const stg_slurm_job *job, truth *found)
{
    const char *words[] = {"scontrol", "-o", "show", "job", job->log.job, NULL};
    stg_slurm_answer answer;
    stg_slurm_query *query = stg_slurm_ask(words, NULL, NULL, QUERY_TIMEOUT_S, &answer);
    found->how = TRUTH_AWAY;
    found->goes_on = false;
    if (query == NULL)
        return false;
    char state[32], code[32];
    bool is_settled = false;
    if (answer.exit_code != 0 && !answer.is_away && !answer.is_missing) {
        found->how = TRUTH_FORGOTTEN;
        is_settled = true;
    } else if (answer.exit_code == 0 &&
               stg_slurm_field(answer.output, "JobState", state, sizeof state)) {
        found->how = TRUTH_KNOWN;
        found->verdict = stg_slurm_judge(state);
        found->has_code = stg_slurm_field(answer.output, "ExitCode", code, sizeof code) &&
                          strcmp(code, "0:0") != 0;
        is_settled = stg_slurm_phase_of(state) == STG_SLURM_ENDED;
        found->goes_on = strcmp(state, "RUNNING") == 0 || strcmp(state, "PENDING") == 0;
    }
    stg_slurm_query_free(query);
    return is_settled;
}

/* Nobody takes what it prints any more, or gives it back. */
static void cancel_orphan(stg_slurm_job *job)
{
    const char *words[] = {"scancel", "--quiet", job->log.job, NULL};
    stg_slurm_answer answer;
    stg_slurm_query *query = stg_slurm_ask(words, NULL, NULL, QUERY_TIMEOUT_S, &answer);
    if (query == NULL)
        return;
    stg_slurm_query_free(query);
    job->is_lost = true;
}

static truth ask_slurm(stg_slurm_job *job)
{
    truth found = {.how = TRUTH_AWAY};
    const int64_t begin_ns = stg_now_ns();
    for (int ms = SHORT_PAUSE_MS; !ask_once(job, &found) && stg_now_ns() < begin_ns + TRUTH_NS;
         ms = ms * 2 < PAUSE_MS ? ms * 2 : PAUSE_MS) {
        pause_for(ms);
        if (found.goes_on && !job->is_lost && stg_now_ns() > begin_ns + ORPHAN_NS)
            cancel_orphan(job);
    }
    return found;
}

/* ---- Saying it ---- */

static void fail(stg_slurm_job *job, staged_place_end *end, staged_place_failure failure,
                 bool may_pass)
{
    end->failure = failure;
    end->may_pass = may_pass;
    end->message = stg_buf_text(&job->message);
}

/* The first line that begins so; NULL: none. */
static const char *find_line(const char *text, const char *beginning)
{
    for (const char *at = text; (at = strstr(at, beginning)) != NULL; at++) {
        if (at == text || at[-1] == '\n')
            return at;
    }
    return NULL;
}

/* Finds the reason among all that srun has said; returns its length. */
static size_t find_complaint(const char *log, const char **complaint)
{
    static const char *const beginnings[] = {
        "srun: error: Unable to allocate resources: ", "srun: fatal: ", "srun: error: "};
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        const char *line = find_line(log, beginnings[i]);
        if (line != NULL) {
            *complaint = line + strlen(beginnings[i]);
            return strcspn(*complaint, "\n");
        }
    }
    /* getopt speaks of the program by its path: "/usr/bin/srun: unrecognized option ...". */
    const char *after_name = strstr(log, "/srun: ");
    *complaint = after_name != NULL ? after_name + strlen("/srun: ") : "nothing";
    return strcspn(*complaint, "\n");
}

/* It got no job. */
static void tell_refusal(stg_slurm_job *job, int code, staged_place_end *end)
{
    stg_buf log = {0};
    const char *complaint;
    (void)stg_slurm_read(job->folder, "log", 1 << 16, &log);
    const char *text = stg_buf_text(&log);
    const size_t length = find_complaint(text, &complaint);
    if (stg_slurm_says_missing(text)) {
        stg_buf_add_text(&job->message, "Slurm is not set up here: srun finds no configuration, "
                                        "neither by SLURM_CONF nor in its usual place");
        fail(job, end, STAGED_PLACE_UNREACHABLE, false);
    } else if (stg_slurm_says_away(text)) {
        stg_buf_add_text(&job->message, stg_slurm_away);
        fail(job, end, STAGED_PLACE_UNREACHABLE, true);
    } else {
        stg_buf_addf(&job->message, "Slurm refused the job; srun (exit code %d) says: %.*s", code,
                     (int)length, complaint);
        fail(job, end, STAGED_PLACE_REFUSED, false);
    }
    stg_buf_free(&log);
}

/* Whether srun has said one of these, about the job that it runs. */
static bool srun_says(const stg_slurm_job *job, const char *const *parts)
{
    stg_buf log = {0};
    (void)stg_slurm_read(job->folder, "log", 1 << 20, &log);
    bool is_said = false;
    for (; *parts != NULL && !is_said; parts++)
        is_said = strstr(stg_buf_text(&log), *parts) != NULL;
    stg_buf_free(&log);
    return is_said;
}

static const char *node_of(const stg_slurm_job *job, const stg_slurm_tasks *tasks)
{
    if (job->log.nodes[0] != '\0')
        return job->log.nodes;
    return tasks->node[0] != '\0' ? tasks->node : "the node";
}

/* Slurm says that it came to its own end, but no task has.  One that could not write has an exit
 * code all the same; one that was killed has not. */
static void tell_silence(stg_slurm_job *job, const stg_slurm_tasks *tasks, staged_place_end *end)
{
    static const char *const exited[] = {" Exited with exit code ", NULL};
    const char *node = node_of(job, tasks);
    const bool was_stopped =
        stg_slurm_has(job->folder, "stop") || stg_slurm_has(job->folder, "stopping");
    if (tasks->begun == 0 && !was_stopped && srun_says(job, exited)) {
        stg_buf_addf(
            &job->message,
            "%s cannot write to '%s': declare the place with --folder and a directory that "
            "all nodes share",
            node, job->folder);
        fail(job, end, STAGED_PLACE_REFUSED, false);
    } else {
        stg_buf_addf(&job->message, "the job %s ended on %s without an exit code: it was killed",
                     job->log.job, node);
        fail(job, end, STAGED_PLACE_NODE, true);
    }
}

static void tell_left(stg_slurm_job *job, staged_place_end *end)
{
    job->is_left = true;
    stg_buf_addf(&job->left, "%s %s", job->log.job[0] == '\0' ? "a job named by the script" : "job",
                 job->log.job);
    end->left = stg_buf_text(&job->left);
}

static void tell_lost(stg_slurm_job *job, staged_place_end *end)
{
    stg_buf_addf(&job->message,
                 "srun was killed, so the output of the job %s is lost: the job was cancelled",
                 job->log.job);
    fail(job, end, STAGED_PLACE_LOST, true);
}

/* What srun leaves behind cancels the job when somebody kills it, which looks as if somebody had
 * cancelled the job; but srun would have said that. */
static bool srun_was_killed(const stg_slurm_job *job, const truth *found)
{
    static const char *const of_its_end[] = {"srun: error: ", "srun: Complete ", "srun: Force ",
                                             " aborted",      " revoked",        NULL};
    return found->how == TRUTH_KNOWN && found->verdict.failure == STAGED_PLACE_CANCELLED &&
           job->log.is_started && !found->has_code && !srun_says(job, of_its_end);
}

/* Where no control group ends what takes too much memory (JobAcctGatherParams=OverMemoryKill), the
 * job has just failed, and srun alone says why. */
static bool exceeded_memory(const stg_slurm_job *job, const truth *found)
{
    static const char *const of_memory[] = {"Exceeded job memory limit", NULL};
    return found->how == TRUTH_KNOWN && found->verdict.failure == STAGED_PLACE_OK &&
           srun_says(job, of_memory);
}

static void tell_truth(stg_slurm_job *job, const stg_slurm_tasks *tasks, staged_place_end *end)
{
    truth found = ask_slurm(job);
    if (exceeded_memory(job, &found))
        found.verdict = stg_slurm_judge("OUT_OF_MEMORY");
    if (found.goes_on)
        tell_left(job, end);
    if (job->is_lost || found.goes_on || srun_was_killed(job, &found))
        tell_lost(job, end);
    else if (found.how == TRUTH_AWAY) {
        stg_buf_addf(&job->message, "nobody knows how the job %s ended: %s", job->log.job,
                     stg_slurm_away);
        fail(job, end, STAGED_PLACE_UNREACHABLE, true);
    } else if (found.how == TRUTH_FORGOTTEN) {
        stg_buf_addf(
            &job->message,
            "nobody knows how the job %s ended: it left no exit code, and Slurm no longer knows "
            "it",
            job->log.job);
        fail(job, end, STAGED_PLACE_OTHER, true);
    } else if (found.verdict.failure != STAGED_PLACE_OK) {
        stg_buf_addf(&job->message, "the job %s on %s %s", job->log.job, node_of(job, tasks),
                     found.verdict.words);
        fail(job, end, found.verdict.failure, found.verdict.may_pass);
    } else if (!stg_slurm_are_complete(tasks)) {
        tell_silence(job, tasks, end);
    }
}

static void tell_lack(stg_slurm_job *job, const stg_slurm_tasks *tasks, staged_place_end *end)
{
    if (strcmp(tasks->lacks, "directory") == 0)
        stg_buf_addf(&job->message, "%s has no directory '%s'", node_of(job, tasks),
                     job->directory);
    else
        stg_buf_addf(&job->message, "%s has no program '%s'", node_of(job, tasks), job->program);
    fail(job, end, STAGED_PLACE_REFUSED, false);
}

static void tell_stopped(stg_slurm_job *job, bool is_gone, const stg_slurm_tasks *tasks,
                         staged_place_end *end)
{
    /* The shell that would have told was killed with it. */
    if (tasks->begun > 0 && !stg_slurm_are_complete(tasks))
        end->exit_code = -SIGKILL;
    if (!is_gone)
        tell_left(job, end);
    if (job->is_lost) {
        tell_lost(job, end);
        return;
    }
    if (!job->was_waited_for && tasks->begun == 0) {
        stg_buf_add_text(&job->message, "it was ended before it began");
        fail(job, end, STAGED_PLACE_CANCELLED, true);
    }
    if (!job->was_waited_for)
        return;
    stg_buf_addf(&job->message, "it waited longer than its place allows (--wait)%s%s",
                 job->reason[0] == '\0' ? "" : ": ", job->reason);
    fail(job, end, STAGED_PLACE_WAITED, true);
}

/* Reads what the tasks say; on a shared file system that may come late. */
static void read_tasks(const stg_slurm_job *job, stg_slurm_tasks *tasks)
{
    const int64_t until_ns = stg_now_ns() + (job->is_stopped ? 0 : LAG_NS);
    stg_slurm_tasks_read(job->folder, tasks);
    while (job->log.is_started && !stg_slurm_are_complete(tasks) && stg_now_ns() < until_ns) {
        pause_for(PAUSE_MS);
        stg_slurm_tasks_read(job->folder, tasks);
    }
}

static void take_figures(stg_slurm_job *job, const stg_slurm_tasks *tasks, staged_place_end *end)
{
    const int64_t submitted_ns = stg_slurm_written_ns(job->folder, "program");
    end->exit_code = tasks->exit_code;
    end->job = job->log.job[0] == '\0' ? NULL : job->log.job;
    end->node = job->log.nodes[0] == '\0' ? NULL : job->log.nodes;
    end->queue_ns = job->queue_ns;
    if (submitted_ns > 0 && tasks->begin_wall_ns > submitted_ns)
        end->queue_ns = tasks->begin_wall_ns - submitted_ns;
    end->duration_ns = tasks->duration_ns;
    end->user_ns = tasks->user_ns;
    end->system_ns = tasks->system_ns;
    end->max_rss_kib = tasks->peak_kib;
}

void stg_slurm_end(void *job, int exit_code, staged_place_end *end)
{
    stg_slurm_job *j = job;
    int code = 0;
    (void)exit_code;
    *end = (staged_place_end){.size = end->size};
    const bool is_gone = wait_for_keeper(j, &code);
    stg_slurm_tasks tasks;
    stg_slurm_log log;
    stg_slurm_log_read(j->folder, &log);
    if (log.job[0] != '\0')
        j->log = log;
    read_tasks(j, &tasks);
    if (j->log.job[0] == '\0')
        memcpy(j->log.job, tasks.job, sizeof j->log.job);
    take_figures(j, &tasks, end);
    if (j->is_stopped)
        tell_stopped(j, is_gone, &tasks, end);
    else if (tasks.lacks != NULL)
        tell_lack(j, &tasks, end);
    else if (stg_slurm_are_complete(&tasks) && tasks.exit_code >= 0 && !tasks.was_told)
        return;
    else if (j->log.job[0] == '\0')
        tell_refusal(j, code, end);
    else
        tell_truth(j, &tasks, end);
}
