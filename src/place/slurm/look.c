/* SPDX-License-Identifier: BSD-3-Clause
 *
 * How far a command in a job has come; and ending it. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/system/now.h"
#include "place/slurm/job.h"
#include "place/slurm/states.h"

/* How the pauses between looks, and between questions to Slurm, grow, in seconds. */
#define LONGEST_LOOK_S 0.5
#define LONGEST_RUNNING_LOOK_S 2.0
#define LONGEST_QUERY_S 10.0
/* When the controller counts as away. */
#define QUERY_TIMEOUT_S 5.0
/* The longest pause between two questions whether a job that runs still does. */
#define LONGEST_OVERSEEING_S 300.0
/* How often to ask again whether what was ended is gone. */
#define STOPPED_LOOK_S 0.05

/* ---- The keeper ---- */

bool stg_slurm_has_ended(stg_slurm_job *job, int *code)
{
    stg_buf text = {0};
    int found = 0;
    char dot = '\0';
    job->has_ended = stg_slurm_read(job->folder, "code", 64, &text) &&
                     sscanf(stg_buf_text(&text), "%d %c", &found, &dot) == 2 && dot == '.';
    stg_buf_free(&text);
    if (code != NULL)
        *code = found;
    return job->has_ended;
}

/* A signal that comes just before it waits for srun would be overlooked, so it is sent again. */
void stg_slurm_urge(stg_slurm_job *job)
{
    if (stg_slurm_has(job->folder, "stopping"))
        return;
    pid_t keeper = 0;
    if (job->keeper == NULL)
        keeper = stg_slurm_keeper_of(job->folder);
    else if (!staged_process_has_ended(job->keeper) && stg_slurm_has(job->folder, "pids"))
        keeper = (pid_t)staged_process_pid(job->keeper);
    if (keeper > 1)
        (void)kill(keeper, SIGUSR1);
}

void stg_slurm_stop(void *job, double grace_s)
{
    stg_slurm_job *j = job;
    char tenths[32];
    const double most_s = 1e6;
    grace_s = grace_s > most_s ? most_s : grace_s;
    (void)snprintf(tenths, sizeof tenths, "%ld\n", grace_s > 0 ? (long)(grace_s * 10) : 0L);
    (void)stg_slurm_write(j->folder, "stop", tenths, strlen(tenths));
    stg_slurm_remove(j->folder, "stopping");
    j->is_stopped = true;
    j->grace_s = grace_s > 0 ? grace_s : 0;
    j->look_pause_s = STOPPED_LOOK_S;
    stg_slurm_urge(j);
}

/* A keeper that somebody has killed tells nothing: its client would wait for ever. */
static void heed_keeper(stg_slurm_job *job)
{
    const bool lives = job->keeper != NULL ? !staged_process_has_ended(job->keeper)
                                           : stg_slurm_keeper_of(job->folder) != 0;
    if (!lives && !stg_slurm_has_ended(job, NULL))
        (void)stg_slurm_write(job->folder, "code", "1 .\n", 4);
}

/* ---- What it waits for ---- */

static void say(stg_slurm_job *job, staged_place_state state, const char *reason)
{
    job->waiting = state;
    (void)snprintf(job->reason, sizeof job->reason, "%s", reason == NULL ? "" : reason);
}

/* Asks Slurm about the job when that is due, without waiting for the reply; while the number of the
 * job is unknown, only whether Slurm replies at all.  Returns whether there is a reply; then the
 * caller ends the question. */
static bool ask(stg_slurm_job *job, int64_t now_ns, stg_slurm_answer *answer)
{
    if (job->query == NULL && now_ns >= job->next_query_ns) {
        const char *words[] = {"scontrol", "-o", "show", "job", job->log.job, NULL};
        const char *ping[] = {"scontrol", "-o", "show", "config", NULL};
        job->query = stg_slurm_query_start(job->log.job[0] == '\0' ? ping : words, QUERY_TIMEOUT_S);
    }
    return job->query != NULL && stg_slurm_query_is_done(job->query, answer);
}

/* Has the next question come after a pause; later ones come after longer and longer pauses. */
static void end_question(stg_slurm_job *job, int64_t now_ns, double pause_s, double longest_s)
{
    stg_slurm_query_free(job->query);
    job->query = NULL;
    job->next_query_ns = now_ns + (int64_t)(pause_s * 1e9);
    job->query_pause_s = job->query_pause_s * 2 < longest_s ? job->query_pause_s * 2 : longest_s;
}

/* Learns what a job waits for. */
static void ask_why(stg_slurm_job *job, int64_t now_ns)
{
    stg_slurm_answer answer;
    char reason[96];
    if (!ask(job, now_ns, &answer))
        return;
    if (answer.is_away || answer.is_missing)
        say(job, STAGED_PLACE_STATE_AWAY, stg_slurm_away);
    else if (answer.exit_code == 0 && job->log.job[0] != '\0' &&
             stg_slurm_field(answer.output, "Reason", reason, sizeof reason))
        say(job, STAGED_PLACE_STATE_WAITS, stg_slurm_reason(reason));
    else
        say(job, STAGED_PLACE_STATE_WAITS, "");
    end_question(job, now_ns, job->query_pause_s, LONGEST_QUERY_S);
}

static void heed_wait(stg_slurm_job *job, int64_t now_ns)
{
    if (job->is_stopped || now_ns - job->began_ns < job->place->wait_ns)
        return;
    job->was_waited_for = true;
    stg_slurm_stop(job, 0);
}

/* ---- Looking ---- */

static void see(stg_slurm_job *job, int64_t now_ns)
{
    char earlier[STG_SLURM_JOB_SIZE];
    memcpy(earlier, job->log.job, sizeof earlier);
    stg_slurm_log_read(job->folder, &job->log);
    if (job->log.job[0] == '\0')
        memcpy(job->log.job, earlier, sizeof earlier);
    if (!job->log.is_started)
        return;
    job->runs = true;
    job->queue_ns = now_ns - job->began_ns;
    job->look_pause_s = job->is_stopped ? STOPPED_LOOK_S : job->look_pause_s;
    say(job, STAGED_PLACE_STATE_WAITS, "");
    stg_slurm_query_free(job->query);
    job->query = NULL;
    job->query_pause_s = job->place->oversee_s;
    job->next_query_ns = now_ns + (int64_t)(job->query_pause_s * 1e9);
}

/* Its keeper then tells its end, and Slurm how it was. */
static void kill_srun(const stg_slurm_job *job)
{
    const pid_t srun = stg_slurm_srun_of(job->folder);
    if (srun > 0)
        (void)kill(srun, SIGKILL);
}

/* srun of a job that is ended while its tasks are being started may wait for ever. */
static void oversee(stg_slurm_job *job, int64_t now_ns)
{
    stg_slurm_answer answer;
    char state[32];
    if (!ask(job, now_ns, &answer))
        return;
    const bool was_over = job->is_over;
    job->is_over = answer.exit_code == 0 &&
                   stg_slurm_field(answer.output, "JobState", state, sizeof state) &&
                   stg_slurm_phase_of(state) == STG_SLURM_ENDED;
    if (was_over && job->is_over)
        kill_srun(job);
    end_question(job, now_ns, job->is_over ? job->place->notice_s : job->query_pause_s,
                 LONGEST_OVERSEEING_S);
}

static void grow_pause(stg_slurm_job *job)
{
    const double most_s = job->is_stopped ? STOPPED_LOOK_S
                          : job->runs     ? LONGEST_RUNNING_LOOK_S
                                          : LONGEST_LOOK_S;
    job->look_pause_s *= 1.5;
    if (job->look_pause_s > most_s)
        job->look_pause_s = most_s;
}

void stg_slurm_look(void *job, staged_place_look *look)
{
    stg_slurm_job *j = job;
    const int64_t now_ns = stg_now_ns();
    if (!j->runs)
        see(j, now_ns);
    /* Its client ends by itself, once it has copied everything. */
    const bool has_ended = stg_slurm_has_ended(j, NULL);
    if (!has_ended)
        heed_keeper(j);
    if (!j->runs && !has_ended) {
        ask_why(j, now_ns);
        heed_wait(j, now_ns);
    }
    if (j->runs && !has_ended && !j->is_stopped && j->log.job[0] != '\0')
        oversee(j, now_ns);
    if (j->is_stopped && !has_ended)
        stg_slurm_urge(j);
    grow_pause(j);
    const bool waits = !j->runs;
    *look = (staged_place_look){
        .size = look->size,
        .state = waits ? j->waiting : STAGED_PLACE_STATE_RUNS,
        .job = j->log.job[0] == '\0' ? NULL : j->log.job,
        .node = j->log.nodes[0] == '\0' ? NULL : j->log.nodes,
        .reason = waits && j->reason[0] != '\0' ? j->reason : NULL,
        .queue_ns = waits ? 0 : j->queue_ns,
        .next_s = j->look_pause_s,
    };
}
