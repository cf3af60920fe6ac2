/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The user and groups of a command.  Names become numbers here, where errors can still be reported.
 */
#include "process/run/identity.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* An entry of the user and group databases has a few hundred bytes; a group of thousands of members
 * has more, and no system states a maximum. */
enum { USUAL_ENTRY = 4096, LARGEST_ENTRY = 16 * 1024 * 1024 };

/* What getgrouplist fills in. */
#ifdef __APPLE__
typedef int listed_group;
#else
typedef gid_t listed_group;
#endif

bool stg_identity_is_asked_for(const staged_process_options *options)
{
    return options->user != NULL || options->group != NULL || options->extra_groups != NULL;
}

/* Looks up an entry by name in `memory`; returns an errno, and ERANGE when it needs more. */
typedef int look_up(const char *name, char *memory, size_t size, stg_identity *found);

static int look_up_user(const char *name, char *memory, size_t size, stg_identity *found)
{
    struct passwd entry, *result = NULL;
    const int error = getpwnam_r(name, &entry, memory, size, &result);
    if (result != NULL)
        *found = (stg_identity){.has_user = true, .user = entry.pw_uid, .group = entry.pw_gid};
    return error;
}

static int look_up_group(const char *name, char *memory, size_t size, stg_identity *found)
{
    struct group entry, *result = NULL;
    const int error = getgrnam_r(name, &entry, memory, size, &result);
    if (result != NULL)
        *found = (stg_identity){.has_group = true, .group = entry.gr_gid};
    return error;
}

static int look_up_with_memory(look_up *function, const char *name, stg_identity *found)
{
    int error = ERANGE;
    for (size_t size = USUAL_ENTRY; error == ERANGE && size <= LARGEST_ENTRY; size *= 4) {
        char *memory = malloc(size);
        if (memory == NULL)
            return ENOMEM;
        error = function(name, memory, size, found);
        free(memory);
    }
    return error;
}

/* A number as text; to the system, the highest one means "no change". */
static bool read_number(const char *text, uint32_t *number)
{
    uint64_t value = 0;
    if (*text == '\0')
        return false;
    for (; *text >= '0' && *text <= '9' && value < UINT32_MAX; text++)
        value = value * 10 + (uint64_t)(*text - '0');
    *number = (uint32_t)value;
    return *text == '\0' && value < UINT32_MAX;
}

/* Some systems have an errno for a missing entry. */
static bool is_real(int error)
{
    return error == EIO || error == EMFILE || error == ENFILE || error == ERANGE || error == EINTR;
}

static staged_status refuse(const char *what, const char *name, int code, stg_error *error)
{
    if (code == ENOMEM)
        return stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
    if (is_real(code))
        return stg_error_set(error, STAGED_IO, "cannot look up the %s '%s': %s", what, name,
                             strerror(code));
    return stg_error_set(error, STAGED_NOT_FOUND, "there is no %s '%s'", what, name);
}

static staged_status find_group(const char *name, gid_t *group, stg_error *error)
{
    stg_identity found = {0};
    uint32_t number;
    const int code = look_up_with_memory(look_up_group, name, &found);
    if (found.has_group)
        *group = found.group;
    else if (code != ENOMEM && read_number(name, &number))
        *group = (gid_t)number;
    else
        return refuse("group", name, code, error);
    return STAGED_OK;
}

static staged_status find_extra_groups(const char *const *names, stg_identity *identity,
                                       stg_error *error)
{
    size_t count = 0;
    while (names[count] != NULL)
        count++;
    identity->has_groups = true;
    identity->groups = malloc((count + 1) * sizeof *identity->groups);
    if (identity->groups == NULL)
        return stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
    for (; identity->group_count < count; identity->group_count++)
        STAGED_TRY(find_group(names[identity->group_count],
                              &identity->groups[identity->group_count], error));
    return STAGED_OK;
}

/* All groups of a user, including the primary one. */
static staged_status find_groups_of(const char *user, gid_t own, stg_identity *identity,
                                    stg_error *error)
{
    listed_group *groups = NULL;
    int count, capacity = 32;
    do {
        capacity *= 2;
        count = capacity;
        free(groups);
        groups = malloc((size_t)capacity * sizeof *groups);
        if (groups == NULL)
            return stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
    } while (getgrouplist(user, (listed_group)own, groups, &count) < 0 && capacity < 1 << 20);
    identity->has_groups = true;
    identity->groups = malloc(((size_t)count + 1) * sizeof *identity->groups);
    for (int i = 0; identity->groups != NULL && i < count; i++)
        identity->groups[identity->group_count++] = (gid_t)groups[i];
    free(groups);
    return identity->groups == NULL ? stg_error_set(error, STAGED_NO_MEMORY, "out of memory")
                                    : STAGED_OK;
}

static staged_status find_user(const staged_process_options *options, stg_identity *identity,
                               stg_error *error)
{
    stg_identity found = {0};
    uint32_t number;
    const char *name = options->user;
    const int code = look_up_with_memory(look_up_user, name, &found);
    identity->has_user = true;
    identity->user = found.user;
    if (!found.has_user) {
        if (code == ENOMEM || !read_number(name, &number))
            return refuse("user", name, code, error);
        identity->user = (uid_t)number;
    }
    if (!options->groups_of_user)
        return STAGED_OK;
    if (!found.has_user)
        return stg_error_set(error, STAGED_NOT_FOUND,
                             "cannot take the groups of user '%s': there is no such user", name);
    identity->has_group = true;
    identity->group = found.group;
    return options->extra_groups != NULL ? STAGED_OK
                                         : find_groups_of(name, found.group, identity, error);
}

staged_status stg_identity_find(const staged_process_options *options, stg_identity *identity,
                                stg_error *error)
{
    *identity = (stg_identity){0};
    if (options->user != NULL)
        STAGED_TRY(find_user(options, identity, error));
    if (options->group != NULL) {
        identity->has_group = true;
        STAGED_TRY(find_group(options->group, &identity->group, error));
    }
    return options->extra_groups == NULL
               ? STAGED_OK
               : find_extra_groups(options->extra_groups, identity, error);
}

int stg_identity_assume(const stg_identity *identity)
{
    /* The user comes last: afterwards we may not change anything. */
    if (identity->has_groups && setgroups(identity->group_count, identity->groups) != 0)
        return errno;
    if (identity->has_group && setregid(identity->group, identity->group) != 0)
        return errno;
    if (identity->has_user && setreuid(identity->user, identity->user) != 0)
        return errno;
    return 0;
}

void stg_identity_free(stg_identity *identity)
{
    free(identity->groups);
    *identity = (stg_identity){0};
}
