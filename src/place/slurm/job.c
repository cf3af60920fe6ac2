/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Beginning a command in a job, and taking one over. */
#include "place/slurm/job.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/failure/error.h"
#include "base/system/now.h"
#include "base/system/programs.h"
#include "place/remote/here.h"
#include "place/remote/variables.h"
#include "place/slurm/keeper.h"
#include "place/slurm/program.h"

/* The first pauses between two looks, and two questions to Slurm, in seconds. */
#define FIRST_LOOK_S 0.01
#define FIRST_QUERY_S 1.0

/* The file in the folder that the framework gave which says where the files are. */
static const char where_file[] = "where";

void stg_slurm_release(void *job)
{
    stg_slurm_job *j = job;
    if (j == NULL)
        return;
    stg_slurm_query_free(j->query);
    staged_process_free(j->keeper);
    if (j->has_ended && !j->is_left && j->folder != NULL) {
        stg_slurm_folder_clear(j->folder);
        if (j->owns_folder) {
            (void)rmdir(j->folder);
            (void)unlink(j->where);
        }
    }
    free(j->folder);
    free(j->where);
    free(j->directory);
    free(j->program);
    stg_buf_free(&j->message);
    stg_buf_free(&j->left);
    free(j);
}

/* ---- Where ---- */

/* The directory of the command on the nodes: that of ours, if none is given. */
static char *absolute(const char *directory)
{
    char here[PATH_MAX];
    if (directory != NULL && *directory == '/')
        return strdup(directory);
    if (getcwd(here, sizeof here) == NULL)
        return NULL;
    return directory == NULL ? strdup(here) : stg_slurm_path(here, directory);
}

/* A folder of its own below the one of --folder, whose name is kept where an earlier run is looked
 * for.  NULL, with errno: there is none. */
static char *make_folder(const stg_slurm_place *place, const staged_place_command *command)
{
    char *folder = stg_slurm_path(place->folder, "staged-XXXXXX");
    if (folder == NULL) {
        errno = ENOMEM;
        return NULL;
    }
    bool is_made = mkdtemp(folder) != NULL;
    if (is_made) {
        const int error = stg_slurm_write(command->folder, where_file, folder, strlen(folder));
        is_made = error == 0;
        if (!is_made)
            (void)rmdir(folder);
        errno = error;
    }
    if (is_made)
        return folder;
    free(folder);
    return NULL;
}

/* NULL, with errno: there is none. */
static char *find_folder(const stg_slurm_place *place, const staged_place_command *command,
                         bool *is_own)
{
    stg_buf where = {0};
    *is_own = true;
    errno = ENOMEM;
    if (stg_slurm_read(command->folder, where_file, PATH_MAX, &where) && where.length > 0 &&
        (command->job != NULL || place->folder != NULL))
        return stg_buf_take(&where);
    stg_buf_free(&where);
    if (place->folder != NULL && command->job == NULL)
        return make_folder(place, command);
    *is_own = false;
    errno = ENOMEM;
    return strdup(command->folder);
}

/* ---- The words of srun ---- */

typedef struct words {
    const char **items;
    size_t count;
} words;

static void add(words *all, const char *word)
{
    all->items[all->count++] = word;
}

static const char *our_path(void)
{
    const char *path = getenv("PATH");
    return path == NULL ? "/usr/local/bin:/usr/bin:/bin" : path;
}

/* The keeper's own words, up to those of what it runs. */
static bool begin_words(words *all, const stg_slurm_job *job, size_t more)
{
    *all = (words){.items = calloc(more + 8, sizeof *all->items)};
    if (all->items == NULL)
        return false;
    add(all, "/bin/sh");
    add(all, "-c");
    add(all, stg_slurm_keeper);
    add(all, "sh");
    add(all, job->folder);
    add(all, our_path());
    return true;
}

/* ---- Its environment ---- */

static bool has_name(const char *const *names, const char *name)
{
    for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return false;
}

/* srun needs to know its cluster, whatever the command is to know. */
static bool hides_conf(const staged_place_command *command)
{
    if (getenv("SLURM_CONF") == NULL)
        return false;
    for (size_t i = 0; command->environment != NULL && command->environment[i] != NULL; i++) {
        if (strncmp(command->environment[i], "SLURM_CONF=", 11) == 0)
            return false;
    }
    return command->clear_environment || has_name(command->without, "SLURM_CONF");
}

static const char **make_environment(const staged_place_command *command, stg_buf *conf)
{
    size_t count = 0;
    while (command->environment != NULL && command->environment[count] != NULL)
        count++;
    const char **environment = calloc(count + 2, sizeof *environment);
    if (environment == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        environment[i] = command->environment[i];
    if (hides_conf(command)) {
        stg_buf_addf(conf, "SLURM_CONF=%s", getenv("SLURM_CONF"));
        environment[count] = stg_buf_text(conf);
    }
    return environment;
}

/* ---- Beginning ---- */

/* Starts the keeper, which is not ended with us, so that a job outlives a script that is killed,
 * and a later one can take it over. */
static staged_status start_keeper(stg_slurm_job *job, const staged_place_command *command,
                                  const char *const *keeper_words)
{
    stg_buf conf = {0};
    const char **environment = make_environment(command, &conf);
    const char **without = stg_slurm_unwanted(command->without);
    staged_status status = STAGED_NO_MEMORY;
    if (environment != NULL && without != NULL && stg_buf_status(&conf) == STAGED_OK)
        status = stg_slurm_keeper_start(keeper_words, environment, without,
                                        command->clear_environment, &job->keeper);
    free(environment);
    free(without);
    stg_buf_free(&conf);
    return status;
}

static staged_status fail(staged_place_end *failure, staged_place_failure kind, const char *message)
{
    failure->failure = kind;
    failure->message = message;
    return STAGED_FAILED;
}

/* Of what could not be done here.
 *   refused  what to say if that would be the same the next time; otherwise `passing` */
static staged_status fail_by(staged_place_end *failure, staged_status status, const char *refused,
                             const char *passing)
{
    if (status == STAGED_NO_MEMORY || status == STAGED_INTERRUPTED)
        return status;
    stg_place_end_of_status(failure, status);
    return fail(failure, failure->failure, failure->may_pass ? passing : refused);
}

/* Writes all that the job needs. */
static staged_status write_files(const stg_slurm_job *job, const staged_place_command *command,
                                 staged_place_end *failure)
{
    stg_buf program = {0};
    stg_slurm_program_write(&program, command, job->folder, job->directory, hides_conf(command));
    staged_status status = stg_buf_status(&program);
    char *bell = stg_slurm_path(job->folder, "bell");
    if (status == STAGED_OK && bell == NULL)
        status = STAGED_NO_MEMORY;
    static const char *const empty[] = {"out", "err", "log"};
    int error = 0;
    if (status == STAGED_OK)
        error = stg_slurm_write(job->folder, "program", program.data, program.length);
    for (size_t i = 0; i < sizeof empty / sizeof empty[0] && status == STAGED_OK && error == 0; i++)
        error = stg_slurm_write(job->folder, empty[i], "", 0);
    if (error != 0)
        status =
            fail_by(failure, stg_status_of_errno(error),
                    "the folder of the command cannot be written: choose another with --folder",
                    "the folder of the command cannot be written now: is there room?");
    /* Where none can be made, the client looks more often. */
    if (status == STAGED_OK)
        (void)mkfifo(bell, 0600);
    free(bell);
    stg_wipe(program.data, program.length);
    stg_buf_free(&program);
    return status;
}

static staged_status begin_keeper(stg_slurm_job *job, const staged_place_command *command,
                                  const char *const *keeper_words, staged_place_end *failure)
{
    const staged_status status = start_keeper(job, command, keeper_words);
    return status == STAGED_OK
               ? STAGED_OK
               : fail_by(
                     failure, status,
                     status == STAGED_BAD_INPUT
                         ? "its environment variables are too long for this system: write "
                           "their values to a file that the command reads"
                         : "a process for srun cannot be started",
                     "a process for srun could not be started now: there are too many, or there "
                     "is too little memory");
}

static staged_status run_srun(stg_slurm_job *job, const staged_place_command *command,
                              staged_place_end *failure)
{
    char *srun = NULL;
    /* The command's own PATH need not lead there. */
    if (!stg_find_program("srun", our_path(), true, &srun))
        return STAGED_NO_MEMORY;
    if (srun == NULL)
        return fail(failure, STAGED_PLACE_UNREACHABLE,
                    "Slurm is not installed here: there is no program 'srun' in PATH");
    if (stg_slurm_lacks_configuration()) {
        free(srun);
        return fail(failure, STAGED_PLACE_UNREACHABLE,
                    "Slurm is not set up here: SLURM_CONF names a file that is not there");
    }
    words all;
    stg_buf name = {0}, output = {0}, errors = {0}, program = {0}, directory = {0};
    stg_buf_addf(&directory, STG_SLURM_FOLDER_WORD "%s", job->folder);
    stg_buf_addf(&name, "--job-name=%s", command->name == NULL ? "staged" : command->name);
    stg_buf_addf(&output, "--output=%s/out", job->folder);
    stg_buf_addf(&errors, "--error=%s/err", job->folder);
    stg_buf_addf(&program, "%s/program", job->folder);
    staged_status status = STAGED_NO_MEMORY;
    if (begin_words(&all, job, job->place->count + 16)) {
        add(&all, srun);
        if (!job->place->has_name)
            add(&all, stg_buf_text(&name));
        add(&all, "-v");
        add(&all, "--input=none");
        add(&all, stg_buf_text(&output));
        add(&all, stg_buf_text(&errors));
        /* The program goes to the directory of the command itself: srun would go on in another one.
         * By this one the keeper finds a job whose number is not known, and we find srun. */
        add(&all, stg_buf_text(&directory));
        add(&all, "--export=ALL");
        for (size_t i = 0; i < job->place->count; i++)
            add(&all, job->place->words[i]);
        add(&all, "/bin/sh");
        add(&all, stg_buf_text(&program));
        if (stg_buf_status(&name) == STAGED_OK && stg_buf_status(&output) == STAGED_OK &&
            stg_buf_status(&errors) == STAGED_OK && stg_buf_status(&directory) == STAGED_OK &&
            stg_buf_status(&program) == STAGED_OK)
            status = begin_keeper(job, command, all.items, failure);
        free(all.items);
    }
    stg_buf_free(&name);
    stg_buf_free(&output);
    stg_buf_free(&errors);
    stg_buf_free(&directory);
    stg_buf_free(&program);
    free(srun);
    return status;
}

/* Ends the job of an earlier run, whose srun is gone, as with the machine that it ran on: what the
 * command prints goes nowhere. */
static staged_status run_waiter(stg_slurm_job *job, const staged_place_command *command,
                                staged_place_end *failure)
{
    words all;
    if (!begin_words(&all, job, 8))
        return STAGED_NO_MEMORY;
    add(&all, "/bin/sh");
    add(&all, "-c");
    add(&all, stg_slurm_waiter);
    add(&all, "sh");
    add(&all, job->log.job);
    /* It is told to stop once it has written its number. */
    stg_slurm_remove(job->folder, "pids");
    const staged_place_command plain = {.size = sizeof plain, .without = command->without};
    const staged_status status = begin_keeper(job, &plain, all.items, failure);
    free(all.items);
    if (status != STAGED_OK)
        return status;
    job->is_lost = true;
    stg_slurm_stop(job, -1);
    return STAGED_OK;
}

/* The keeper reads the job's number in what srun said. */
static bool tell_job(const stg_slurm_job *job, bool is_known)
{
    stg_buf line = {0};
    stg_buf_addf(&line, "srun: jobid %s\n", job->log.job);
    const bool is_told =
        is_known || stg_slurm_write(job->folder, "log", stg_buf_text(&line), line.length) == 0;
    stg_buf_free(&line);
    return is_told;
}

static staged_status take_over(stg_slurm_job *job, const staged_place_command *command,
                               staged_place_end *failure)
{
    stg_slurm_log_read(job->folder, &job->log);
    const bool is_known = job->log.job[0] != '\0';
    if (!stg_slurm_has(job->folder, "out")) {
        failure->may_pass = true;
        return fail(failure, STAGED_PLACE_OTHER,
                    "nothing is left of the earlier run's command in its folder");
    }
    if (!is_known)
        (void)snprintf(job->log.job, sizeof job->log.job, "%s", command->job);
    if (stg_slurm_has_ended(job, NULL))
        return STAGED_OK;
    if (stg_slurm_keeper_of(job->folder) != 0) {
        /* The script was killed before it could have the keeper end the job, which is wanted now.
         */
        if (!stg_slurm_has(job->folder, "stopping"))
            stg_slurm_remove(job->folder, "stop");
        return STAGED_OK;
    }
    stg_slurm_tasks tasks;
    stg_slurm_tasks_read(job->folder, &tasks);
    if (stg_slurm_are_complete(&tasks))
        return stg_slurm_write(job->folder, "code", "0 .\n", 4) == 0 ? STAGED_OK : STAGED_IO;
    if (job->log.job[0] == '\0')
        return stg_slurm_write(job->folder, "code", "1 .\n", 4) == 0 ? STAGED_OK : STAGED_IO;
    return tell_job(job, is_known) ? run_waiter(job, command, failure) : STAGED_IO;
}

static void make_client(stg_slurm_job *job, staged_place_client *client)
{
    size_t n = 0;
    job->client[n++] = "/bin/sh";
    job->client[n++] = "-c";
    job->client[n++] = stg_slurm_follower;
    job->client[n++] = "sh";
    job->client[n++] = job->folder;
    client->job = job;
    client->words = job->client;
    client->takes_input = false;
}

/* Variables come through the shells that start srun, and the command on its nodes. */
static staged_status check_variables(stg_slurm_place *place, const staged_place_command *command,
                                     staged_place_end *failure)
{
    bool failed;
    char *problem = stg_remote_passing_problem(command->environment, &failed);
    if (problem == NULL)
        return failed ? STAGED_NO_MEMORY : STAGED_OK;
    (void)pthread_mutex_lock(&place->mutex);
    const char *message = stg_arena_text(&place->messages, problem);
    (void)pthread_mutex_unlock(&place->mutex);
    free(problem);
    return message == NULL ? STAGED_NO_MEMORY : fail(failure, STAGED_PLACE_REFUSED, message);
}

staged_status stg_slurm_begin(void *place, const staged_place_command *command,
                              staged_place_client *client, staged_place_end *failure)
{
    if (command->job == NULL)
        STAGED_TRY(check_variables(place, command, failure));
    stg_slurm_job *job = calloc(1, sizeof *job);
    if (job == NULL)
        return STAGED_NO_MEMORY;
    job->place = place;
    job->began_ns = stg_now_ns();
    job->look_pause_s = FIRST_LOOK_S;
    job->query_pause_s = FIRST_QUERY_S;
    job->next_query_ns = job->began_ns + (int64_t)(FIRST_QUERY_S * 1e9);
    job->folder = find_folder(place, command, &job->owns_folder);
    const int error = job->folder == NULL ? errno : 0;
    job->where = stg_slurm_path(command->folder, where_file);
    job->directory = absolute(command->directory);
    job->program = strdup(command->words[0]);
    staged_status status = STAGED_OK;
    if (job->folder == NULL && error != ENOMEM)
        status = fail_by(failure, stg_status_of_errno(error),
                         "no folder for the command can be made in the one of --folder",
                         "no folder for the command could be made now in the one of --folder: is "
                         "there room?");
    else if (job->folder == NULL || job->directory == NULL || job->program == NULL ||
             job->where == NULL)
        status = STAGED_NO_MEMORY;
    else if (strchr(job->folder, '%') != NULL)
        status = fail(failure, STAGED_PLACE_REFUSED,
                      "the folder of the run has a '%', which srun replaces: choose another "
                      "with --folder");
    else if (command->job != NULL)
        status = take_over(job, command, failure);
    else if ((status = write_files(job, command, failure)) == STAGED_OK)
        status = run_srun(job, command, failure);
    if (status == STAGED_OK) {
        make_client(job, client);
        return STAGED_OK;
    }
    if (status != STAGED_FAILED)
        status = fail_by(failure, status, "the files of the command cannot be used",
                         "the files of the command cannot be used now");
    job->has_ended = command->job == NULL;
    stg_slurm_release(job);
    return status;
}
