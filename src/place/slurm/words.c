/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/slurm/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/text/buf.h"
#include "place/remote/times.h"

typedef struct refusal {
    const char *name; /* the long form */
    char letter;      /* the short form; 0: none */
    const char *why;
} refusal;

static const char captured[] = "the output of a command is kept and shown by the script";
static const char own_job[] = "each command gets a job of its own";
static const char terminal[] = "a command there has no terminal";

/* Options of srun that we set ourselves, or that would break what we do. */
static const refusal refusals[] = {
    {"output", 'o', captured},
    {"error", 'e', captured},
    {"open-mode", 0, captured},
    {"input", 'i', "a command there has nothing to read"},
    {"chdir", 'D', "give the command its directory instead"},
    {"export", 0, "give the command its environment instead"},
    {"export-file", 0, "give the command its environment instead"},
    {"multi-prog", 0, "have the command choose what each task does, by SLURM_PROCID"},
    {"bcast", 0, "have the command copy what it needs"},
    {"pty", 0, terminal},
    {"x11", 0, terminal},
    {"jobid", 0, own_job},
    {"no-allocate", 'Z', own_job},
    {"attach", 'a', own_job},
    {"het-group", 0, own_job},
    {"test-only", 0, "the command would not run"},
    {"help", 'h', "the command would not run"},
    {"usage", 0, "the command would not run"},
    {"version", 'V', "the command would not run"},
    {"quiet", 'Q', "what srun says is needed"},
    {"clusters", 'M', "choose the cluster by SLURM_CONF"},
};
enum { REFUSALS = sizeof refusals / sizeof refusals[0] };

/* Options of srun whose value is not the next word: they have none, or it follows a `=`. */
static const char *const flags[] = {
    "accel-bind",
    "contiguous",
    "core-spec",
    "disable-status",
    "exact",
    "exclusive",
    "get-user-env",
    "hold",
    "immediate",
    "interactive",
    "kill-on-bad-exit",
    "label",
    "nice",
    "no-kill",
    "no-shell",
    "overcommit",
    "overlap",
    "oversubscribe",
    "preserve-env",
    "propagate",
    "quit-on-interrupt",
    "reboot",
    "resv-ports",
    "send-libs",
    "share",
    "spread-job",
    "stepmgr",
    "unbuffered",
    "use-min-nodes",
    "verbose",
    "whole",
    "external",
    "treewidth",
    "segment",
    "consolidate-segments",
};
enum { FLAGS = sizeof flags / sizeof flags[0] };
static const char flag_letters[] = "EHIkKlOqsuvX";

/* getopt takes the beginning of a name for the whole. */
enum { SHORTEST_BEGINNING = 3 };

static staged_status refuse(char **problem, const char *format, const char *word, const char *why)
{
    stg_buf text = {0};
    stg_buf_addf(&text, format, word, why);
    *problem = stg_buf_take(&text);
    return *problem == NULL ? STAGED_NO_MEMORY : STAGED_BAD_INPUT;
}

static const refusal *find_refusal(const char *word)
{
    if (word[1] != '-') {
        for (size_t i = 0; i < REFUSALS; i++) {
            if (refusals[i].letter != 0 && refusals[i].letter == word[1])
                return &refusals[i];
        }
        return NULL;
    }
    const char *name = word + 2;
    const size_t length = strcspn(name, "=");
    for (size_t i = 0; i < REFUSALS; i++) {
        if (length >= SHORTEST_BEGINNING && strncmp(refusals[i].name, name, length) == 0)
            return &refusals[i];
    }
    return NULL;
}

static bool is_flag(const char *word)
{
    if (word[1] != '-')
        return word[2] != '\0' || strchr(flag_letters, word[1]) != NULL;
    if (strchr(word, '=') != NULL)
        return true;
    for (size_t i = 0; i < FLAGS; i++) {
        if (strcmp(flags[i], word + 2) == 0)
            return true;
    }
    return false;
}

/* The value of one of our options, which stands behind `=` or in the next word; NULL: it is not
 * this option, or has no value. */
static const char *own_value(const char *const **at, const char *name)
{
    const char *word = **at;
    const size_t length = strlen(name);
    if (strncmp(word, name, length) != 0)
        return NULL;
    if (word[length] == '=')
        return word + length + 1;
    if (word[length] != '\0' || (*at)[1] == NULL)
        return NULL;
    (*at)++;
    return **at;
}

static staged_status read_wait(stg_slurm_place *place, const char *value, char **problem)
{
    const char *at = value;
    if (stg_remote_read_seconds(&at, &place->wait_ns) && *at == '\0')
        return STAGED_OK;
    return refuse(problem, "--wait must be a number of seconds, not '%s'%s", value, "");
}

static staged_status read_folder(stg_slurm_place *place, const char *value, char **problem)
{
    if (*value != '/')
        return refuse(problem, "--folder must be an absolute path, not '%s'%s", value, "");
    if (strchr(value, '%') != NULL)
        return refuse(problem, "--folder must not contain '%%', which srun would replace: '%s'%s",
                      value, "");
    free(place->folder);
    place->folder = strdup(value);
    return place->folder == NULL ? STAGED_NO_MEMORY : STAGED_OK;
}

static staged_status add(stg_slurm_place *place, const char *word)
{
    place->words[place->count] = strdup(word);
    return place->words[place->count++] == NULL ? STAGED_NO_MEMORY : STAGED_OK;
}

/* Takes an option of srun with its value. */
static staged_status take(stg_slurm_place *place, const char *const **at, char **problem)
{
    const char *word = **at;
    if (*word != '-' || word[1] == '\0' || strcmp(word, "--") == 0)
        return refuse(problem,
                      "'%s' is not an option of srun%s; a partition is chosen by --partition NAME",
                      word, "");
    const refusal *found = find_refusal(word);
    if (found != NULL)
        return refuse(problem, "srun's option %s cannot be used: %s", word, found->why);
    place->has_name |= strncmp(word, "-J", 2) == 0 || strncmp(word, "--job-name", 10) == 0;
    STAGED_TRY(add(place, word));
    if (is_flag(word))
        return STAGED_OK;
    if ((*at)[1] == NULL)
        return refuse(problem, "srun's option %s needs a value%s", word, "");
    (*at)++;
    return add(place, **at);
}

static staged_status read_all(const char *const *words, stg_slurm_place *place, char **problem)
{
    for (const char *const *at = words; *at != NULL; at++) {
        const char *value;
        if ((value = own_value(&at, "--wait")) != NULL)
            STAGED_TRY(read_wait(place, value, problem));
        else if ((value = own_value(&at, "--folder")) != NULL)
            STAGED_TRY(read_folder(place, value, problem));
        else
            STAGED_TRY(take(place, &at, problem));
    }
    return STAGED_OK;
}

staged_status stg_slurm_words_read(const char *const *words, stg_slurm_place **place,
                                   char **problem)
{
    static const char *const none[] = {NULL};
    size_t count = 0;
    *problem = NULL;
    words = words == NULL ? none : words;
    while (words[count] != NULL)
        count++;
    stg_slurm_place *made = calloc(1, sizeof *made);
    staged_status status = STAGED_NO_MEMORY;
    if (made != NULL) {
        (void)pthread_mutex_init(&made->mutex, NULL);
        made->words = calloc(count + 1, sizeof *made->words);
    }
    if (made != NULL && made->words != NULL) {
        made->wait_ns = INT64_MAX;
        made->oversee_s = 30;
        made->notice_s = 10;
        status = read_all(words, made, problem);
    }
    if (status != STAGED_OK) {
        stg_slurm_place_free(made);
        made = NULL;
    }
    *place = made;
    return status;
}

void stg_slurm_place_free(stg_slurm_place *place)
{
    if (place == NULL)
        return;
    for (size_t i = 0; i < place->count; i++)
        free(place->words[i]);
    (void)pthread_mutex_destroy(&place->mutex);
    stg_arena_free(&place->messages);
    free(place->words);
    free(place->folder);
    free(place);
}
