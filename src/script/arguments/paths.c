/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "script/state/bugs.h"
#include "script/state/fail.h"
#include "script/state/object.h"

/* Adds the part of a path that does not exist: "." and empty components are dropped, and ".."
 * removes the component before it. */
static void add_rest(stg_buf *path, const char *rest)
{
    while (*rest != '\0') {
        rest += strspn(rest, "/");
        const size_t length = strcspn(rest, "/");
        if (length == 2 && strncmp(rest, "..", 2) == 0) {
            const char *slash = strrchr(stg_buf_text(path), '/');
            stg_buf_truncate(path, slash == NULL ? 0 : (size_t)(slash - path->data));
        } else if (length > 0 && !(length == 1 && *rest == '.')) {
            stg_buf_add_char(path, '/');
            stg_buf_add(path, rest, length);
        }
        rest += length;
    }
    if (path->length == 0)
        stg_buf_add_char(path, '/');
}

/* Resolves the longest existing beginning of `path`, and appends the rest. */
static staged_status resolve(const char *path, stg_buf *resolved)
{
    stg_buf beginning = {0};
    stg_buf_addf(&beginning, "%s%s", *path == '/' ? "" : "./", path);
    char *real = NULL;
    size_t length = beginning.length;
    while (stg_buf_status(&beginning) == STAGED_OK) {
        real = realpath(stg_buf_text(&beginning), NULL);
        if (real != NULL || length <= 1)
            break;
        while (length > 1 && beginning.data[length - 1] == '/')
            length--;
        while (length > 1 && beginning.data[length - 1] != '/')
            length--;
        stg_buf_truncate(&beginning, length);
    }
    const staged_status status = real != NULL      ? STAGED_OK
                                 : errno == ENOMEM ? STAGED_NO_MEMORY
                                                   : STAGED_IO;
    if (real != NULL) {
        stg_buf_add_text(resolved, strcmp(real, "/") == 0 ? "" : real);
        const size_t added = *path == '/' ? 0 : 2;
        add_rest(resolved, length > added ? path + length - added : path);
    }
    free(real);
    stg_buf_free(&beginning);
    return status == STAGED_OK ? stg_buf_status(resolved) : status;
}

static staged_status unknown_destination(staged_script *script, const staged_location *where,
                                         const char *dest)
{
    stg_search search = stg_search_for(dest);
    const char *name;
    for (size_t i = 0; (name = staged_namespace_name(script->arguments.args, i)) != NULL; i++)
        stg_search_look(&search, name);
    return stg_bug(script, where, "cannot resolve a path: no argument has the destination '%s'%s",
                   dest, stg_hint(script, &search));
}

staged_status staged_args_resolve_path_at(staged_script *script, const staged_location *where,
                                          const char *dest)
{
    if (script->arguments.args == NULL)
        return stg_bug(script, where,
                       "the path '%s' cannot be resolved before the arguments are parsed", dest);
    const staged_value *value = staged_namespace_value(script->arguments.args, dest);
    if (value == NULL)
        return unknown_destination(script, where, dest);
    if (value->kind == STAGED_VALUE_NONE)
        return STAGED_OK;
    if (value->kind != STAGED_VALUE_TEXT && value->kind != STAGED_VALUE_PATH)
        return stg_bug(script, where, "'%s' does not hold a path", dest);
    const char *path = value->as.text;
    stg_buf resolved = {0};
    staged_status status = resolve(path, &resolved);
    if (status == STAGED_IO)
        status = staged_fail_at(script, where, "cannot resolve the path '%s': %s", path,
                                strerror(errno));
    if (status == STAGED_OK)
        status = staged_namespace_set(script->arguments.args, dest,
                                      staged_value_path(stg_buf_text(&resolved)));
    stg_buf_free(&resolved);
    return status;
}
