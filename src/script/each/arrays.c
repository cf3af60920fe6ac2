/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/each/arrays.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void stg_arrays_remove_file(const char *folder, const char *name)
{
    stg_buf path = {0};
    stg_buf_addf(&path, "%s/%s", folder, name);
    if (stg_buf_status(&path) == STAGED_OK)
        (void)unlink(path.data);
    stg_buf_free(&path);
}

static void free_array(stg_array *array)
{
    if (array == NULL)
        return;
    for (size_t i = 0; i < array->count; i++) {
        stg_task_remove(array->folder, array->tasks[i].number);
        free(array->tasks[i].jobs);
        free(array->tasks[i].message);
    }
    stg_arrays_remove_file(array->folder, "common");
    stg_arrays_remove_file(array->folder, "job");
    stg_arrays_remove_file(array->folder, "ended");
    (void)rmdir(array->folder);
    free(array->tasks);
    free(array->folder);
    free(array->job);
    free(array);
}

stg_array *stg_arrays_new(struct stg_arrays *arrays)
{
    stg_buf folder = {0};
    stg_array *array = calloc(1, sizeof *array);
    stg_buf_addf(&folder, "%s/%u", arrays->folder, ++arrays->made);
    if (array != NULL)
        array->folder = stg_buf_take(&folder);
    stg_buf_free(&folder);
    int error = array == NULL || array->folder == NULL ? ENOMEM : 0;
    if (error == 0 && mkdir(array->folder, 0700) != 0)
        error = errno;
    if (error == 0)
        error = stg_task_write_common(array->folder, &arrays->manner);
    if (error == 0)
        return array;
    if (array != NULL && array->folder != NULL)
        free_array(array);
    else
        free(array);
    errno = error;
    return NULL;
}

void stg_arrays_drop(struct stg_arrays *arrays)
{
    for (stg_array **link = &arrays->first; *link != NULL;) {
        stg_array *array = *link;
        if (array->left > 0 || array->unshown > 0 || !array->is_gone) {
            link = &array->next;
            continue;
        }
        *link = array->next;
        free_array(array);
    }
}

bool stg_arrays_expect(const stg_each *each, int code)
{
    const staged_process_options *options = each->options->process;
    return stg_code_is_expected(options->expected_codes, options->expected_count, code);
}

size_t stg_arrays_left(const struct stg_arrays *arrays)
{
    size_t left = 0;
    for (const stg_array *array = arrays->first; array != NULL; array = array->next)
        left += array->left;
    return left;
}

void stg_arrays_free(struct stg_arrays *arrays)
{
    if (arrays == NULL)
        return;
    while (arrays->first != NULL) {
        stg_array *array = arrays->first;
        arrays->first = array->next;
        free_array(array);
    }
    free_array(arrays->pending);
    stg_buf_free(&arrays->program);
    stg_buf_free(&arrays->listed);
    stg_buf_free(&arrays->reason);
    free(arrays->directory);
    free(arrays->prologue);
    free(arrays);
}
