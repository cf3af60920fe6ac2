/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/slurm/arrays.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text/quote.h"
#include "place/slurm/array_words.h"
#include "place/slurm/keeper.h"
#include "place/slurm/program.h"
#include "place/slurm/query.h"
#include "place/slurm/states.h"

/* How long the controller may take to answer. */
#define PATIENCE_S 10.0
/* How many tasks an array may have where the configuration does not say.  Source: slurm.conf(5). */
enum { USUAL_MOST = 1000 };

static stg_slurm_query *ask(stg_slurm_list *list, stg_slurm_answer *answer)
{
    stg_slurm_query *query =
        list->failed ? NULL : stg_slurm_ask(list->words, NULL, NULL, PATIENCE_S, answer);
    stg_slurm_list_free(list);
    return query;
}

static const char not_set_up[] = "Slurm is not set up here: %s is not in PATH, or finds no "
                                 "configuration, neither by SLURM_CONF nor in its usual place";

/* What it says first, without who says it.
 *   what  was asked for */
static char *describe(const stg_slurm_answer *answer, const char *program, const char *what)
{
    static const char *const speakers[] = {"sbatch: ", "error: ", "Batch job submission failed: "};
    stg_buf text = {0};
    const char *errors = answer->errors;
    for (size_t i = 0; i < sizeof speakers / sizeof speakers[0]; i++) {
        const size_t length = strlen(speakers[i]);
        errors += strncmp(errors, speakers[i], length) == 0 ? length : 0;
    }
    if (answer->is_away)
        stg_buf_add_text(&text, stg_slurm_away);
    else if (answer->is_missing)
        stg_buf_addf(&text, not_set_up, program);
    else if (*errors != '\0')
        stg_buf_addf(&text, "Slurm refused %s: %.*s", what, (int)strcspn(errors, "\n"), errors);
    else
        stg_buf_addf(&text, "%s failed with exit code %d, and said nothing", program,
                     answer->exit_code);
    return stg_buf_take(&text);
}

/* ---- Measuring ---- */

static size_t most_tasks(const char *config)
{
    static const char name[] = "MaxArraySize";
    const char *found = strstr(config, name);
    if (found == NULL)
        return USUAL_MOST;
    found += strlen(name);
    const unsigned long long size = strtoull(found + strspn(found, " ="), NULL, 10);
    /* The highest number is one less. */
    return size > 1 ? (size_t)size - 1 : USUAL_MOST;
}

/* What is allocated and idle of lines "ALLOCATED/IDLE/OTHER/TOTAL". */
static size_t processors(const char *lines)
{
    size_t all = 0;
    for (const char *line = lines; line != NULL && *line != '\0';) {
        char *end;
        const unsigned long long allocated = strtoull(line, &end, 10);
        const unsigned long long idle = *end == '/' ? strtoull(end + 1, NULL, 10) : 0;
        all += (size_t)(allocated + idle);
        line = strchr(line, '\n');
        line = line == NULL ? NULL : line + 1;
    }
    return all;
}

static size_t number_of(const char *value)
{
    const unsigned long long number = value == NULL ? 1 : strtoull(value, NULL, 10);
    return number == 0 ? 1 : (size_t)number;
}

/* How many tasks there is room for. */
static size_t measure_room(const stg_slurm_place *place)
{
    static const char *const first[] = {"sinfo", "--noheader", "--format=%C", NULL};
    const char *partition = stg_slurm_place_value(place, 'p', "partition");
    stg_slurm_list list = {0};
    stg_slurm_list_add_all(&list, first);
    if (partition != NULL) {
        stg_slurm_list_add(&list, "--partition");
        stg_slurm_list_add(&list, partition);
    }
    stg_slurm_answer answer;
    stg_slurm_query *query = ask(&list, &answer);
    const size_t all = query != NULL && answer.exit_code == 0 ? processors(answer.output) : 0;
    stg_slurm_query_free(query);
    /* One after the other: their product may be too big for a number. */
    return all / number_of(stg_slurm_place_value(place, 'c', "cpus-per-task")) /
           number_of(stg_slurm_place_value(place, 'n', "ntasks"));
}

static staged_status measure(void *place, stg_array_limits *limits, char **problem)
{
    static const char *const config[] = {"scontrol", "show", "config", NULL};
    if (stg_slurm_lacks_configuration()) {
        *problem = strdup("Slurm is not set up here: SLURM_CONF names a file that is not there");
        return STAGED_FAILED;
    }
    stg_slurm_list list = {0};
    stg_slurm_list_add_all(&list, config);
    stg_slurm_answer answer;
    stg_slurm_query *query = ask(&list, &answer);
    if (query == NULL)
        return STAGED_NO_MEMORY;
    const bool is_known = answer.exit_code == 0;
    if (is_known)
        limits->most_tasks = most_tasks(answer.output);
    else
        *problem = describe(&answer, "scontrol", "to show its configuration");
    stg_slurm_query_free(query);
    if (!is_known)
        return STAGED_FAILED;
    limits->processors = measure_room(place);
    limits->wait_ns = ((const stg_slurm_place *)place)->wait_ns;
    limits->folder = ((const stg_slurm_place *)place)->folder;
    return STAGED_OK;
}

/* ---- Submitting ---- */

/* The job is submitted in its folder, by which its keeper finds it; the programs are to see where
 * we are, as by hand. */
static char *make_program(const char *folder)
{
    char here[PATH_MAX];
    stg_buf text = {0};
    stg_buf_add_text(&text, "#!/bin/sh\n");
    if (getcwd(here, sizeof here) != NULL) {
        stg_buf_add_text(&text, "SLURM_SUBMIT_DIR=");
        stg_quote_always(&text, here, strlen(here));
        stg_buf_add_char(&text, '\n');
    }
    stg_buf_add_text(&text, "STAGED_ARRAY=$SLURM_ARRAY_JOB_ID\n"
                            "export STAGED_ARRAY\n"
                            "exec sh ");
    stg_quote_always(&text, folder, strlen(folder));
    stg_buf_add_text(&text, "/\"$SLURM_ARRAY_TASK_ID\"\n");
    return stg_buf_take(&text);
}

/* "4711", or "4711;cluster". */
static char *read_id(const char *output)
{
    const size_t length = strspn(output, "0123456789");
    char *id = length == 0 ? NULL : malloc(length + 1);
    if (id != NULL) {
        memcpy(id, output, length);
        id[length] = '\0';
    }
    return id;
}

/* Whether it is not refused for ever. */
static bool may_pass(const stg_slurm_answer *answer)
{
    static const char *const limits[] = {"MaxSubmit", "temporarily", "MaxJobCount", "try again",
                                         "Required partition not available"};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        if (strstr(answer->errors, limits[i]) != NULL)
            return true;
    }
    return answer->is_away;
}

static staged_status send(const stg_slurm_list *list, const char *program, const char *folder,
                          char **job, staged_place_end *failure, char **problem)
{
    stg_slurm_answer answer;
    stg_slurm_query *query = list->failed || program == NULL
                                 ? NULL
                                 : stg_slurm_ask(list->words, program, folder, PATIENCE_S, &answer);
    if (query == NULL)
        return STAGED_NO_MEMORY;
    *job = answer.exit_code == 0 ? read_id(answer.output) : NULL;
    if (*job == NULL) {
        *problem = describe(&answer, "sbatch", "the job array");
        failure->may_pass = may_pass(&answer);
        failure->failure = answer.is_away || answer.is_missing ? STAGED_PLACE_UNREACHABLE
                           : failure->may_pass                 ? STAGED_PLACE_OTHER
                                                               : STAGED_PLACE_REFUSED;
    }
    stg_slurm_query_free(query);
    return *job == NULL ? STAGED_FAILED : STAGED_OK;
}

static staged_status submit(void *place, const stg_array_request *request, char **job,
                            staged_place_end *failure, char **problem)
{
    static const char *const first[] = {"sbatch", "--parsable", "--output=/dev/null",
                                        "--error=/dev/null", NULL};
    const stg_slurm_place *own = place;
    stg_slurm_list list = {0};
    stg_buf array = {0}, name = {0};
    stg_buf_addf(&array, "--array=1-%zu", request->count);
    if (request->at_a_time > 0)
        stg_buf_addf(&array, "%%%zu", request->at_a_time);
    stg_buf_addf(&name, "--job-name=%s", request->name);
    stg_slurm_list_add_all(&list, first);
    if (!own->has_name)
        stg_slurm_list_add(&list, stg_buf_text(&name));
    stg_slurm_list_add_place(&list, own);
    /* A task that began again would run its items twice. */
    stg_slurm_list_add(&list, "--no-requeue");
    stg_slurm_list_add(&list, stg_buf_text(&array));
    char *program = make_program(request->folder);
    const staged_status status = send(&list, program, request->folder, job, failure, problem);
    free(program);
    stg_slurm_list_free(&list);
    stg_buf_free(&array);
    stg_buf_free(&name);
    return status;
}

/* ---- Looking ---- */

enum { FIELDS = 5 };

/* Cuts "ID|TASK|STATE|NODE|REASON". */
static bool cut(char *line, char *fields[FIELDS])
{
    for (size_t i = 0; i < FIELDS; i++) {
        if (line == NULL)
            return false;
        fields[i] = line;
        line = strchr(line, '|');
        if (line != NULL)
            *line++ = '\0';
    }
    return true;
}

static void tell_line(char *line, stg_array_tell *tell, void *context)
{
    char *fields[FIELDS];
    if (!cut(line, fields))
        return;
    const stg_slurm_phase phase = stg_slurm_phase_of(fields[2]);
    const stg_slurm_verdict verdict = stg_slurm_judge(fields[2]);
    stg_buf message = {0};
    if (verdict.failure != STAGED_PLACE_OK)
        stg_buf_addf(&message, "the job %s_%s %s", fields[0], fields[1], verdict.words);
    const stg_array_task task = {
        .job = fields[0],
        .number = (size_t)strtoull(fields[1], NULL, 10),
        .state = phase == STG_SLURM_WAITS   ? STAGED_PLACE_STATE_WAITS
                 : phase == STG_SLURM_ENDED ? STAGED_PLACE_STATE_GONE
                                            : STAGED_PLACE_STATE_RUNS,
        .node = *fields[3] == '\0' ? NULL : fields[3],
        .reason = stg_slurm_reason(fields[4]),
        .failure = verdict.failure,
        .message = message.length == 0 ? NULL : stg_buf_text(&message),
        .may_pass = verdict.may_pass,
    };
    tell(context, &task);
    stg_buf_free(&message);
}

static void tell_lines(const char *output, stg_array_tell *tell, void *context)
{
    while (*output != '\0') {
        const size_t length = strcspn(output, "\n");
        stg_buf line = {0};
        stg_buf_add(&line, output, length);
        if (length > 0 && stg_buf_status(&line) == STAGED_OK)
            tell_line(line.data, tell, context);
        stg_buf_free(&line);
        output += length + (output[length] == '\n');
    }
}

static staged_status look(void *place, const char *const *jobs, stg_array_tell *tell, void *context)
{
    static const char *const first[] = {
        "squeue", "--array", "--noheader", "--states=all", "--format=%F|%K|%T|%N|%r",
        "--jobs", NULL};
    (void)place;
    stg_slurm_list list = {0};
    stg_buf ids = {0};
    for (size_t i = 0; jobs[i] != NULL; i++)
        stg_buf_addf(&ids, "%s%s", i == 0 ? "" : ",", jobs[i]);
    stg_slurm_list_add_all(&list, first);
    stg_slurm_list_add(&list, stg_buf_text(&ids));
    stg_slurm_answer answer;
    stg_slurm_query *query = ask(&list, &answer);
    staged_status status = query == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    if (query != NULL && answer.exit_code == 0)
        tell_lines(answer.output, tell, context);
    else if (query != NULL && strstr(answer.errors, "Invalid job id") == NULL)
        status = STAGED_FAILED;
    stg_slurm_query_free(query);
    stg_buf_free(&ids);
    return status;
}

/* ---- Ending ---- */

static staged_status end(const char *const *first, const char *const *jobs)
{
    stg_slurm_list list = {0};
    stg_slurm_list_add_all(&list, first);
    stg_slurm_list_add_all(&list, jobs);
    stg_slurm_answer answer;
    stg_slurm_query *query = ask(&list, &answer);
    const bool is_taken = query != NULL && answer.exit_code == 0;
    stg_slurm_query_free(query);
    return is_taken ? STAGED_OK : STAGED_FAILED;
}

static staged_status cancel(void *place, const char *const *jobs, bool at_once)
{
    static const char *const to_end[] = {"scancel", "--quiet", NULL};
    static const char *const to_kill[] = {"scancel", "--quiet", "--full", "--signal=KILL", NULL};
    (void)place;
    const staged_status status = end(to_end, jobs);
    if (at_once)
        (void)end(to_kill, jobs);
    return status;
}

static staged_status keep(void *place, const char *folder, staged_process **keeper)
{
    const char *const words[] = {"/bin/sh", "-c", stg_slurm_array_keeper, "sh", folder, NULL};
    const char **without = stg_slurm_unwanted(NULL);
    (void)place;
    *keeper = NULL;
    if (without == NULL)
        return STAGED_NO_MEMORY;
    const staged_status status = stg_slurm_keeper_start(words, NULL, without, false, keeper);
    free(without);
    return status;
}

const stg_array_kind stg_slurm_arrays = {.kind = "slurm",
                                         .measure = measure,
                                         .submit = submit,
                                         .look = look,
                                         .cancel = cancel,
                                         .keep = keep};
