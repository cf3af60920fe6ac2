/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/job/command.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "place/remote/variables.h"
#include "process/framework.h"

/* ---- What a place cannot have ---- */

/* What of the options is about processes here; NULL: nothing. */
static const char *first_that_stays_here(const staged_process_options *options)
{
    const staged_process_options *o = options;
    if (o->user != NULL || o->group != NULL || o->extra_groups != NULL || o->groups_of_user)
        return "another user or group: have the place log in as that user, or use sudo there";
    if (o->limit_count > 0)
        return "limits: set them in the command, with ulimit";
    if (o->nice != 0)
        return "another niceness: put nice before the command";
    if (o->set_umask || o->umask != 0)
        return "another umask: set it in the command";
    if (o->keep_count > 0)
        return "other descriptors than the three standard ones";
    if (o->process_group == STAGED_PROCESS_GROUP_JOIN)
        return "a process group of this machine";
    if (o->leaves_daemon)
        return "daemons: what it leaves running there is ended";
    return NULL;
}

staged_status stg_place_check(const stg_place *place, const staged_process_options *options,
                              stg_error *error)
{
    const char *what = first_that_stays_here(options);
    if (what != NULL)
        return stg_error_set(error, STAGED_FAILED, "a command at '%s' cannot have %s",
                             stg_place_name(place), what);
    if (isnan(options->timeout_s) || isnan(options->grace_s))
        return stg_error_set(error, STAGED_BAD_USE, "a timeout must be a number, not NaN");
    if ((options->command == NULL) == (options->arguments == NULL))
        return stg_error_set(error, STAGED_BAD_USE, "give either `.command` or `.arguments`");
    return stg_check_environment(options, error);
}

staged_status stg_place_check_variables(const staged_process_options *options, stg_error *error)
{
    bool failed;
    char *problem = stg_remote_problem(options->environment, options->without, &failed);
    if (failed)
        return stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
    if (problem == NULL)
        return STAGED_OK;
    (void)stg_error_set(error, STAGED_FAILED, "%s", problem);
    free(problem);
    return STAGED_FAILED;
}

bool stg_place_has_input(const staged_process_options *options)
{
    return options->input != NULL && options->input->kind != STAGED_STREAM_INHERIT &&
           options->input->kind != STAGED_STREAM_DISCARD;
}

/* ---- Words ---- */

static bool has_secret(const staged_secrets *secrets, const char *text)
{
    size_t start, end;
    return secrets != NULL && stg_secrets_find(secrets, text, strlen(text), 0, &start, &end);
}

static size_t count_of(const char *const *texts)
{
    size_t count = 0;
    while (texts != NULL && texts[count] != NULL)
        count++;
    return count;
}

/* Everybody can see the words of a process, but not its environment. */
static bool hide_line(stg_placed_words *made, const char *line)
{
    stg_buf text = {0};
    stg_buf_addf(&text, "STAGED_LINE=%s", line);
    made->line = stg_buf_take(&text);
    return made->line != NULL;
}

static bool make_line(stg_placed_words *made, const staged_process_options *options)
{
    const char *line = options->command;
    if (has_secret(options->secrets, line)) {
        if (!hide_line(made, line))
            return false;
        line = "eval \"unset STAGED_LINE; $STAGED_LINE\"";
    }
    made->words = calloc(4, sizeof *made->words);
    if (made->words == NULL)
        return false;
    made->words[0] = options->shell == NULL ? "/bin/sh" : options->shell;
    made->words[1] = "-c";
    made->words[2] = line;
    return true;
}

static bool make_words(stg_placed_words *made, const staged_process_options *options)
{
    const size_t count = count_of(options->arguments);
    made->words = calloc(count + 1, sizeof *made->words);
    for (size_t i = 0; i < count && made->words != NULL; i++)
        made->words[i] = options->arguments[i];
    if (made->words != NULL && options->program != NULL && count > 0)
        made->words[0] = options->program;
    return made->words != NULL;
}

bool stg_placed_words_make(stg_placed_words *made, const staged_process_options *options)
{
    if (options->command == NULL ? !make_words(made, options) : !make_line(made, options))
        return false;
    const size_t count = count_of(options->environment);
    made->environment = calloc(count + 2, sizeof *made->environment);
    for (size_t i = 0; i < count && made->environment != NULL; i++)
        made->environment[i] = options->environment[i];
    if (made->environment != NULL)
        made->environment[count] = made->line;
    return made->environment != NULL;
}

void stg_placed_words_free(stg_placed_words *made)
{
    free(made->words);
    free(made->environment);
    free(made->line);
    *made = (stg_placed_words){0};
}
