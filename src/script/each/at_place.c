/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Where the items of an each run. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/system/folders.h"
#include "base/system/letters.h"
#include "base/text/quote.h"
#include "script/each/arrays.h"
#include "script/place/places.h"
#include "script/state/bugs.h"
#include "script/state/fail.h"

/* How many run at a time at a place that does not say how many it has room for. */
enum { AT_A_TIME = 8, MOST_BEGUN = 4096 };

/* ---- Which one ---- */

static staged_status check(stg_each *each)
{
    const staged_each_options *options = each->options;
    static const char *const any[] = {"true", NULL};
    staged_process_options process = *options->process;
    stg_error error = {0};
    void *opened;
    if (each->runner == &stg_outsiders)
        return staged_fail_at(each->script, &options->where,
                              "'%s' is a function of the script, which cannot run at '%s': give a "
                              "program, or have it run here",
                              each->name, each->place_name);
    process.command = NULL;
    process.arguments = any;
    staged_status status = stg_place_check(each->place, &process, &error);
    if (status == STAGED_OK && stg_place_arrays(each->place, &opened) != NULL)
        status = stg_place_check_variables(&process, &error);
    if (status != STAGED_OK)
        status = staged_fail_at(each->script, &options->where, "%s", stg_error_text(&error));
    stg_error_free(&error);
    return status;
}

staged_status stg_each_find_place(stg_each *each)
{
    const staged_each_options *options = each->options;
    void *opened;
    STAGED_TRY(stg_place_of_command(each->script, &options->where, options->place, &each->place));
    each->window = each->jobs;
    if (each->place == NULL)
        return STAGED_OK;
    each->place_name = stg_place_name(each->place);
    STAGED_TRY(check(each));
    if (stg_place_arrays(each->place, &opened) != NULL) {
        each->runner = &stg_arrayed;
        each->jobs = options->jobs;
        return STAGED_OK;
    }
    each->runner = &stg_placed;
    const size_t room = stg_place_room(each->place);
    each->jobs = options->jobs > 0 ? options->jobs : room > 0 ? room : AT_A_TIME;
    each->window = each->jobs;
    return STAGED_OK;
}

/* ---- What a task does before its items ---- */

static void add_environment(stg_buf *text, const staged_process_options *options)
{
    if (options->clear_environment)
        stg_buf_add_text(
            text, "for stg_name in $(env | sed -n 's/^\\([A-Za-z_][A-Za-z_0-9]*\\)=.*/\\1/p'); do\n"
                  "  unset \"$stg_name\" 2>/dev/null || :\n"
                  "done\n");
    for (size_t i = 0; options->without != NULL && options->without[i] != NULL; i++)
        stg_buf_addf(text, "unset -v %s\n", options->without[i]);
    for (size_t i = 0; options->environment != NULL && options->environment[i] != NULL; i++) {
        const char *setting = options->environment[i];
        const size_t length = strcspn(setting, "=");
        stg_buf_add(text, setting, length + 1);
        stg_quote_always(text, setting + length + 1, strlen(setting + length + 1));
        stg_buf_addf(text, "\nexport %.*s\n", (int)length, setting);
    }
}

static char *find_directory(const staged_process_options *options)
{
    stg_buf directory = {0};
    char *here = getcwd(NULL, 0);
    const bool is_absolute = options->directory != NULL && *options->directory == '/';
    if (!is_absolute)
        stg_buf_add_text(&directory, here == NULL ? "/" : here);
    if (options->directory != NULL)
        stg_buf_addf(&directory, "%s%s", is_absolute ? "" : "/", options->directory);
    free(here);
    return stg_buf_take(&directory);
}

static char *make_prologue(const staged_process_options *options, const char *directory)
{
    stg_buf text = {0};
    add_environment(&text, options);
    stg_buf_add_text(&text, "cd -- ");
    stg_quote_always(&text, directory, strlen(directory));
    stg_buf_add_text(&text, " 2>/dev/null || stg_refuse\n");
    return stg_buf_take(&text);
}

/* A mark that no item can guess, which stands behind what each printed. */
static bool make_mark(char mark[STG_MARK_SIZE])
{
    static const char beginning[] = "staged-";
    memcpy(mark, beginning, sizeof beginning);
    return stg_random_letters(mark + sizeof beginning - 1, STG_MARK_SIZE - sizeof beginning);
}

/* ---- Opening ---- */

/* A folder below what the place says, or in the record of the run, or else in one that goes with
 * it. */
static staged_status make_folder(stg_each *each, const char *wanted)
{
    stg_error error = {0};
    staged_status status = STAGED_OK;
    if (!stg_job_folder_make_for(each->script, wanted, each->state.number, &each->folder, &error))
        status = staged_fail_at(each->script, &each->options->where, "%s", stg_error_text(&error));
    stg_error_free(&error);
    return status;
}

/* For a run that resumes this one, wherever that runs its items. */
static staged_status note_place(stg_each *each)
{
    stg_buf name = {0};
    stg_buf_addf(&name, "%s\n", each->place_name);
    const int error = stg_task_write_file(each->folder.path, "place", &name);
    stg_buf_free(&name);
    return error == 0
               ? STAGED_OK
               : staged_fail_at(each->script, &each->options->where, "cannot write in '%s': %s",
                                each->folder.path, strerror(error));
}

static staged_status open_arrays(stg_each *each)
{
    const staged_process_options *process = each->options->process;
    struct stg_arrays *arrays = calloc(1, sizeof *arrays);
    char *problem = NULL;
    if (arrays == NULL)
        return STAGED_NO_MEMORY;
    each->arrays = arrays;
    arrays->kind = stg_place_arrays(each->place, &arrays->opened);
    arrays->lanes = each->options->jobs;
    arrays->directory = find_directory(process);
    if (arrays->directory != NULL)
        arrays->prologue = make_prologue(process, arrays->directory);
    arrays->manner.joins = each->joins_outputs;
    arrays->manner.prologue = arrays->prologue;
    arrays->manner.timeout_s = each->options->timeout_s;
    arrays->manner.grace_s = stg_each_grace_s(each);
    if (arrays->prologue == NULL || !make_mark(arrays->manner.mark))
        return STAGED_NO_MEMORY;
    staged_status status = arrays->kind->measure(arrays->opened, &arrays->limits, &problem);
    if (status != STAGED_OK)
        status =
            staged_fail_at(each->script, &each->options->where, "at '%s':  %s", each->place_name,
                           problem == NULL ? "it does not respond" : problem);
    free(problem);
    return status;
}

static staged_status start_keeper(stg_each *each)
{
    struct stg_arrays *arrays = each->arrays;
    const staged_status status =
        arrays->kind->keep(arrays->opened, arrays->folder, &arrays->keeper);
    /* Then nothing begins. */
    if (status == STAGED_INTERRUPTED)
        return STAGED_OK;
    return status == STAGED_OK || status == STAGED_NO_MEMORY
               ? status
               : staged_fail_at(each->script, &each->options->where, "at '%s':  %s",
                                each->place_name, staged_process_error(arrays->keeper));
}

staged_status stg_each_open_place(stg_each *each)
{
    if (each->place == NULL)
        return STAGED_OK;
    if (each->runner != &stg_arrayed)
        return make_folder(each, NULL);
    STAGED_TRY(open_arrays(each));
    STAGED_TRY(make_folder(each, each->arrays->limits.folder));
    STAGED_TRY(note_place(each));
    each->arrays->folder = each->folder.path;
    STAGED_TRY(start_keeper(each));
    const size_t room = stg_arrays_at_a_time(each->arrays);
    each->jobs = room;
    each->window = room * 2 > MOST_BEGUN ? room * 2 : MOST_BEGUN;
    each->state.jobs = (int64_t)each->jobs;
    return STAGED_OK;
}

void stg_each_close_place(stg_each *each)
{
    if (each->arrays != NULL) {
        stg_arrays_finish(each);
        stg_arrays_remove_file(each->folder.path, "place");
    }
    stg_each_tell_left(each);
    stg_arrays_free(each->arrays);
    each->arrays = NULL;
    stg_job_folder_leave(&each->folder);
}
