/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a command at an ssh place costs over a bare ssh with a shared connection: place_ssh CONFIG
 * SOCKET [ROUNDS], as bench/place_ssh.py runs it.  Both take turns in one run; the medians count.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "place/framework.h"

static double now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static bool run_bare(const char *config, const char *socket)
{
    const char *const words[] = {"ssh", "-S", socket, "-F", config, "box", "true", NULL};
    staged_completed_process *result;
    const staged_status status =
        staged_process_run(STAGED_OPTIONS(staged_process_options, .arguments = words,
                                          .input = STAGED_STREAM(STAGED_STREAM_DISCARD),
                                          .process_group = STAGED_PROCESS_GROUP_NEW),
                           &result);
    const bool worked = status == STAGED_OK && result->exit_code == 0;
    staged_completed_process_free(result);
    return worked;
}

static bool run_there(stg_place *place)
{
    static const char *const words[] = {"true", NULL};
    const stg_place_limits limits = {.timeout_ns = INT64_MAX, .wait_ns = INT64_MAX};
    stg_place_job *job = NULL;
    stg_error error = {0};
    staged_completed_process *result = NULL;
    staged_status status =
        stg_place_begin(place, STAGED_OPTIONS(staged_process_options, .arguments = words), "/tmp",
                        "bench", NULL, &limits, NULL, &job, &error);
    if (status == STAGED_OK)
        status = stg_place_run(job, NULL, NULL, &result);
    const bool worked = status == STAGED_OK && result->exit_code == 0;
    if (!worked)
        (void)fprintf(stderr, "%s\n", stg_error_text(&error));
    staged_completed_process_free(result);
    stg_place_job_free(job);
    stg_error_free(&error);
    return worked;
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    const size_t rounds = argc > 3 ? (size_t)atol(argv[3]) : 300;
    const char *const words[] = {"box", "--config", argv[1], NULL};
    double *bare = calloc(rounds, sizeof *bare), *there = calloc(rounds, sizeof *there);
    stg_places *places = stg_places_new();
    stg_place *place = NULL;
    stg_error error = {0};
    bool worked = bare != NULL && there != NULL && rounds > 0 && places != NULL &&
                  stg_places_add(places, "box", "ssh", words, &error) == STAGED_OK &&
                  stg_places_find(places, "box", &place, &error) == STAGED_OK && run_there(place) &&
                  run_bare(argv[1], argv[2]);
    for (size_t i = 0; i < rounds && worked; i++) {
        const double begun = now_ms();
        worked = run_bare(argv[1], argv[2]);
        const double between = now_ms();
        worked = worked && run_there(place);
        bare[i] = between - begun;
        there[i] = now_ms() - between;
    }
    if (worked) {
        qsort(bare, rounds, sizeof *bare, compare);
        qsort(there, rounds, sizeof *there, compare);
        printf("%zu rounds, medians (and the tenth part that is fastest)\n", rounds);
        printf("bare ssh, shared connection %7.2f ms (%.2f)\n", bare[rounds / 2],
               bare[rounds / 10]);
        printf("at an ssh place             %7.2f ms (%.2f)\n", there[rounds / 2],
               there[rounds / 10]);
        printf("more                        %7.2f ms (%.2f)\n",
               there[rounds / 2] - bare[rounds / 2], there[rounds / 10] - bare[rounds / 10]);
    }
    stg_places_free(places);
    stg_error_free(&error);
    free(bare);
    free(there);
    return worked ? 0 : 1;
}
