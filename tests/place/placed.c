/* SPDX-License-Identifier: BSD-3-Clause
 *
 * placed [OPTION...] KIND WORD... -- COMMAND WORD...: runs a command at a place, which the kind and
 * its words declare, as scripts do.  Prints to a descriptor what it learns of it, a line each; all
 * fields are separated by `|`:
 *
 *   begun                       it was begun, or could not be
 *   look STATE|JOB|NODE|REASON  news of it
 *   end NAME=VALUE|...          how it ended; the last one, `error`, may contain anything
 *   problem TEXT                why there is no such place
 *
 *   -r DESCRIPTOR  where it prints that; by default standard error
 *   -n COUNT       how many times it runs the command, by default once; -j THREADS at once
 *   -s             reads a byte of our input before each further command
 *   -t SECONDS     time limit of the command; -w SECONDS: of its wait to begin
 *   -g SECONDS     from SIGTERM to SIGKILL
 *   -d DIR, -e NAME=VALUE, -u NAME, -c
 *                  directory; a variable more; one less; none but those of -e
 *   -i             the command reads our input
 *   -o             its error output goes where its output goes
 *   -f FOLDER      for its files
 *   -p SECONDS     of Slurm: when to ask whether a job still runs, and for srun to notice
 *   -k JOB         takes over the job that an earlier run has left in the folder */
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <staged/signals.h>

#include "place/framework.h"
#include "place/set/place.h"
#include "place/slurm/words.h"
#include "process/framework.h"

enum { MOST = 64 };

/* What the words of the command line ask for. */
typedef struct wish {
    staged_process_options options;
    stg_place_limits limits;
    const char *folder, *taken_over;
    const char *environment[MOST], *without[MOST];
    size_t variables, names;
    size_t threads;
    bool steps;
    double oversee_s; /* 0: as the place has it */
} wish;

static wish wanted = {
    .options = {.size = sizeof wanted.options},
    .limits = {.timeout_ns = INT64_MAX, .wait_ns = INT64_MAX},
    .threads = 1,
};
static int results = STDERR_FILENO;
static stg_place *place;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static long left_to_run = 1; /* under the mutex */

static bool take_one(void)
{
    (void)pthread_mutex_lock(&mutex);
    const bool is_left = left_to_run > 0;
    left_to_run -= is_left;
    (void)pthread_mutex_unlock(&mutex);
    return is_left;
}

static void say(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    (void)pthread_mutex_lock(&mutex);
    if (vdprintf(results, format, values) < 0)
        exit(3);
    (void)pthread_mutex_unlock(&mutex);
    va_end(values);
}

static const char *or_nothing(const char *text)
{
    return text == NULL ? "" : text;
}

static void tell(void *context, const stg_place_news *news)
{
    static const char *const states[] = {"waits", "runs", "away", "gone"};
    (void)context;
    say("look %s|%s|%s|%s\n", states[news->look.state], or_nothing(news->look.job),
        or_nothing(news->look.node), or_nothing(news->look.reason));
}

/*   result  NULL: it could not be begun
 *   error   why */
static void say_end(const staged_completed_process *result, const char *error)
{
    static const staged_completed_process nothing;
    static const staged_place_end none = {.failure = STAGED_PLACE_OTHER};
    const staged_completed_process *r = result == NULL ? &nothing : result;
    const staged_place_end *end = r->place == NULL ? &none : r->place;
    say("end failure=%d|exit=%d|timed_out=%d|interrupted=%d|may_pass=%d|queue_ms=%ld|run_ms=%ld|"
        "cpu_ms=%ld|left=%s|job=%s|node=%s|error=%s\n",
        (int)end->failure, r->exit_code, r->timed_out, r->interrupted, end->may_pass,
        (long)(end->queue_ns / 1000000), (long)(r->duration_ns / 1000000),
        (long)((end->user_ns + end->system_ns) / 1000000), or_nothing(end->left),
        or_nothing(end->job), or_nothing(end->node), r->error != NULL ? r->error : error);
}

static void run_one(void)
{
    stg_place_job *job = NULL;
    stg_error error = {0};
    staged_completed_process *result = NULL;
    const stg_place_teller teller = {tell, NULL};
    (void)stg_place_begin(place, &wanted.options, wanted.folder, "placed", wanted.taken_over,
                          &wanted.limits, &teller, &job, &error);
    say("begun\n");
    if (job != NULL)
        (void)stg_place_run(job, tell, NULL, &result);
    say_end(result, stg_error_text(&error));
    staged_completed_process_free(result);
    stg_place_job_free(job);
    stg_error_free(&error);
}

static void *run_many(void *context)
{
    (void)context;
    char byte;
    for (bool is_first = true; take_one(); is_first = false) {
        if (wanted.steps && !is_first && read(STDIN_FILENO, &byte, 1) != 1)
            break;
        run_one();
    }
    return NULL;
}

static void run_all(void)
{
    pthread_t ids[MOST];
    for (size_t i = 0; i < wanted.threads; i++)
        (void)pthread_create(&ids[i], NULL, run_many, NULL);
    for (size_t i = 0; i < wanted.threads; i++)
        (void)pthread_join(ids[i], NULL);
}

static int64_t read_ns(void)
{
    return (int64_t)(atof(optarg) * 1e9);
}

static bool take_option(int option)
{
    static const staged_stream input = {
        .size = sizeof input, .kind = STAGED_STREAM_DESCRIPTOR, .descriptor = STDIN_FILENO};
    static const staged_stream joined = {.size = sizeof joined, .kind = STAGED_STREAM_STDOUT};
    switch (option) {
    case 'r':
        results = atoi(optarg);
        return fcntl(results, F_SETFD, FD_CLOEXEC) == 0;
    case 'n':
        left_to_run = atol(optarg);
        return true;
    case 'j':
        wanted.threads = (size_t)atol(optarg);
        return wanted.threads <= MOST;
    case 's':
        wanted.steps = true;
        return true;
    case 't':
        wanted.limits.timeout_ns = read_ns();
        return true;
    case 'w':
        wanted.limits.wait_ns = read_ns();
        return true;
    case 'g':
        wanted.options.grace_s = atof(optarg);
        return true;
    case 'd':
        wanted.options.directory = optarg;
        return true;
    case 'e':
        wanted.environment[wanted.variables++] = optarg;
        return wanted.variables < MOST;
    case 'u':
        wanted.without[wanted.names++] = optarg;
        return wanted.names < MOST;
    case 'c':
        wanted.options.clear_environment = true;
        return true;
    case 'i':
        wanted.options.input = &input;
        return true;
    case 'o':
        wanted.options.error_output = &joined;
        return true;
    case 'f':
        wanted.folder = optarg;
        return true;
    case 'p':
        wanted.oversee_s = atof(optarg);
        return true;
    case 'k':
        wanted.taken_over = optarg;
        return true;
    default:
        return false;
    }
}

/* Returns the words of the place, kind first, with NULL in place of "--"; NULL: wrong words. */
static const char *const *read_words(int argc, char **argv)
{
    int option;
    while ((option = getopt(argc, argv, "+r:n:j:st:w:g:d:e:u:ciof:p:k:")) >= 0) {
        if (!take_option(option))
            return NULL;
    }
    char **words = argv + optind;
    char **end = words;
    while (*end != NULL && strcmp(*end, "--") != 0)
        end++;
    if (*end == NULL || end == words)
        return NULL;
    *end = NULL;
    wanted.options.arguments = (const char *const *)(end + 1);
    wanted.options.environment = wanted.environment;
    wanted.options.without = wanted.without;
    return (const char *const *)words;
}

int main(int argc, char **argv)
{
    const char *const *words = read_words(argc, argv);
    if (words == NULL)
        return 2;
    stg_places *places = stg_places_new();
    stg_error error = {0};
    stg_guard guard;
    (void)staged_signals_install();
    (void)stg_guard_start(&guard);
    const bool is_declared =
        stg_places_add(places, "there", words[0], words + 1, &error) == STAGED_OK &&
        stg_places_find(places, "there", &place, &error) == STAGED_OK;
    if (is_declared && wanted.oversee_s > 0) {
        stg_slurm_place *slurm = place->opened;
        slurm->oversee_s = slurm->notice_s = wanted.oversee_s;
    }
    if (is_declared)
        run_all();
    else
        say("problem %s\n", stg_error_text(&error));
    stg_error_free(&error);
    (void)staged_signals_acknowledge();
    stg_places_free(places);
    stg_guard_dismiss(&guard);
    staged_signals_uninstall();
    return is_declared ? 0 : 1;
}
