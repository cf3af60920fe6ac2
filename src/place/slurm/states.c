/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/slurm/states.h"

#include <ctype.h>
#include <string.h>

typedef struct state_row {
    const char *name;
    stg_slurm_phase phase;
    stg_slurm_verdict verdict;
} state_row;

/* Source: squeue(1), JOB STATE CODES, of Slurm 22.05 to 24.11. */
static const state_row states[] = {
    {"PENDING", STG_SLURM_WAITS, {0}},
    {"CONFIGURING", STG_SLURM_WAITS, {0}},
    {"REQUEUED", STG_SLURM_WAITS, {0}},
    {"REQUEUE_FED", STG_SLURM_WAITS, {0}},
    {"REQUEUE_HOLD", STG_SLURM_WAITS, {0}},
    {"RESV_DEL_HOLD", STG_SLURM_WAITS, {0}},
    {"SPECIAL_EXIT", STG_SLURM_WAITS, {0}},
    {"POWER_UP_NODE", STG_SLURM_WAITS, {0}},
    {"RUNNING", STG_SLURM_RUNS, {0}},
    {"SUSPENDED", STG_SLURM_RUNS, {0}},
    {"STOPPED", STG_SLURM_RUNS, {0}},
    {"RESIZING", STG_SLURM_RUNS, {0}},
    {"SIGNALING", STG_SLURM_RUNS, {0}},
    {"COMPLETING", STG_SLURM_ENDS, {0}},
    {"STAGE_OUT", STG_SLURM_ENDS, {0}},
    {"COMPLETED", STG_SLURM_ENDED, {0}},
    {"FAILED", STG_SLURM_ENDED, {0}},
    {"LAUNCH_FAILED",
     STG_SLURM_ENDED,
     {STAGED_PLACE_NODE, "could not be started on its node", true}},
    {"RECONFIG_FAIL",
     STG_SLURM_ENDED,
     {STAGED_PLACE_NODE, "could not begin: its node could not be set up", true}},
    {"NODE_FAIL", STG_SLURM_ENDED, {STAGED_PLACE_NODE, "was lost: its node failed", true}},
    {"BOOT_FAIL",
     STG_SLURM_ENDED,
     {STAGED_PLACE_NODE, "could not begin: its node did not boot", true}},
    {"PREEMPTED",
     STG_SLURM_ENDED,
     {STAGED_PLACE_PREEMPTED, "was preempted: it had to make room for another job", true}},
    {"REVOKED",
     STG_SLURM_ENDED,
     {STAGED_PLACE_CANCELLED, "was revoked: another cluster runs it", false}},
    {"CANCELLED", STG_SLURM_ENDED, {STAGED_PLACE_CANCELLED, "was cancelled by somebody", true}},
    {"TIMEOUT",
     STG_SLURM_ENDED,
     {STAGED_PLACE_TIME_LIMIT, "exceeded its time limit in Slurm: ask for more with --time",
      false}},
    {"DEADLINE",
     STG_SLURM_ENDED,
     {STAGED_PLACE_TIME_LIMIT, "passed its deadline in Slurm (--deadline)", false}},
    {"OUT_OF_MEMORY",
     STG_SLURM_ENDED,
     {STAGED_PLACE_MEMORY, "exceeded its memory: ask for more with --mem", false}},
};

static bool is_word(const char *text, const char *word)
{
    const size_t length = strlen(word);
    return strncmp(text, word, length) == 0 && !isupper((unsigned char)text[length]) &&
           text[length] != '_';
}

static const state_row *find(const char *state)
{
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        if (is_word(state, states[i].name))
            return &states[i];
    }
    return NULL;
}

stg_slurm_phase stg_slurm_phase_of(const char *state)
{
    const state_row *row = find(state);
    return row == NULL ? STG_SLURM_UNKNOWN : row->phase;
}

stg_slurm_verdict stg_slurm_judge(const char *state)
{
    const state_row *row = find(state);
    return row == NULL ? (stg_slurm_verdict){0} : row->verdict;
}

typedef struct reason_row {
    const char *name;
    const char *words;
} reason_row;

/* A name is the beginning of a reason.  Source: squeue(1), JOB REASON CODES. */
static const reason_row reasons[] = {
    {"Resources", "for free nodes"},
    {"Priority", "for jobs of higher priority"},
    {"Dependency", "for other jobs (--dependency)"},
    {"BeginTime", "for its start time (--begin)"},
    {"JobHeldUser", "to be released: it is held (scontrol release)"},
    {"JobHeldAdmin", "to be released: an administrator holds it"},
    {"JobHoldMaxRequeue", "to be released: it was requeued too often"},
    {"ReqNodeNotAvail", "for requested nodes that are not available"},
    {"Nodes_required_for_job_are_DOWN", "for nodes that are down, drained or reserved"},
    {"NodeDown", "for a node that is down"},
    {"PartitionDown", "for its partition, which is down"},
    {"PartitionInactive", "for its partition, which is inactive"},
    {"PartitionNodeLimit", "although it asks for more nodes than its partition has"},
    {"PartitionTimeLimit", "although it asks for more time than its partition allows"},
    {"PartitionConfig", "although its partition does not allow what it asks for"},
    {"BadConstraints", "although no node has what it asks for"},
    {"AccountNotAllowed", "although its account may not use the partition"},
    {"InvalidAccount", "although its account is not valid"},
    {"InvalidQOS", "although its quality of service is not valid"},
    {"Licenses", "for licenses"},
    {"Reservation", "for its reservation"},
    {"Cleaning", "for its earlier run to be cleaned up"},
    {"Prolog", "for its nodes to be prepared"},
    {"Assoc", "for a limit of its account"},
    {"QOS", "for a limit of its quality of service"},
    {"JobArrayTaskLimit", "for other tasks of its array"},
};

/* squeue writes blanks where scontrol writes '_'. */
static bool begins_with(const char *reason, const char *name)
{
    while (*name != '\0' && (*reason == *name || (*reason == ' ' && *name == '_'))) {
        reason++;
        name++;
    }
    return *name == '\0';
}

const char *stg_slurm_reason(const char *reason)
{
    if (reason == NULL || *reason == '\0' || strcmp(reason, "None") == 0 ||
        strcmp(reason, "(null)") == 0)
        return NULL;
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        if (begins_with(reason, reasons[i].name))
            return reasons[i].words;
    }
    return reason;
}

bool stg_slurm_field(const char *line, const char *name, char *value, size_t size)
{
    const size_t length = strlen(name);
    const char *at = line;
    *value = '\0';
    for (; (at = strstr(at, name)) != NULL; at += length) {
        if ((at == line || at[-1] == ' ' || at[-1] == '\n') && at[length] == '=')
            break;
    }
    if (at == NULL)
        return false;
    at += length + 1;
    size_t n = strcspn(at, " \n");
    n = n < size ? n : size - 1;
    memcpy(value, at, n);
    value[n] = '\0';
    return n > 0 && strcmp(value, "(null)") != 0;
}
