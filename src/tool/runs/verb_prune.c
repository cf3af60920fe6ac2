/* SPDX-License-Identifier: BSD-3-Clause
 *
 * `staged prune`: removes records of runs. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <staged/clock.h>

#include "tool/common/verb.h"
#include "tool/record/moment.h"
#include "tool/record/place.h"
#include "tool/runs/rows.h"

/* Folders within folders: what a record has, and no more of what it should not have. */
enum { DEEPEST = 16 };

/* What was removed, or would be. */
typedef struct pruned {
    int64_t runs;
    int64_t bytes;
    bool has_failed;
} pruned;

/* ---- Removing one run ---- */

/* Removes an entry of a folder, with all that is in it; its bytes are counted.  Returns an errno.
 */
static int remove_entry(int parent, const char *name, int depth, int64_t *bytes);

/* Removes what is in a folder, except for one entry of it. */
static int remove_contents(int fd, const char *except, int depth, int64_t *bytes)
{
    const int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = copy < 0 ? NULL : fdopendir(copy);
    int error = folder == NULL ? errno : 0;
    for (const struct dirent *entry; error == 0 && (entry = readdir(folder)) != NULL;) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            (except == NULL || strcmp(entry->d_name, except) != 0))
            error = remove_entry(fd, entry->d_name, depth + 1, bytes);
    }
    if (folder != NULL)
        (void)closedir(folder);
    else if (copy >= 0)
        (void)close(copy);
    return error;
}

static int remove_entry(int parent, const char *name, int depth, int64_t *bytes)
{
    struct stat status;
    if (depth > DEEPEST)
        return ELOOP;
    if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return errno;
    if (!S_ISDIR(status.st_mode)) {
        *bytes += status.st_size;
        return unlinkat(parent, name, 0) == 0 ? 0 : errno;
    }
    const int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int error = fd < 0 ? errno : remove_contents(fd, NULL, depth, bytes);
    if (fd >= 0)
        (void)close(fd);
    if (error == 0 && unlinkat(parent, name, AT_REMOVEDIR) != 0)
        error = errno;
    return error;
}

/* Removes a run, its events last: until then it can be found, and removed, again.
 *   stem  the folder of its script */
static int remove_run(int stem, const char *id, int64_t *bytes)
{
    static const char events[] = "events.jsonl";
    const int fd = openat(stem, id, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return errno;
    /* Whoever writes it holds the lock: a run that seems over is not touched either. */
    const int lock = openat(fd, events, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    int error =
        lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK ? EBUSY : 0;
    if (error == 0)
        error = remove_contents(fd, events, 0, bytes);
    if (error == 0)
        error = remove_contents(fd, NULL, 0, bytes);
    if (error == 0 && unlinkat(stem, id, AT_REMOVEDIR) != 0)
        error = errno;
    if (lock >= 0)
        (void)close(lock);
    (void)close(fd);
    return error;
}

/* Whether a folder has nothing but the durations of runs that are gone. */
static bool has_only(int fd, const char *name)
{
    const int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = copy < 0 ? NULL : fdopendir(copy);
    bool has_others = folder == NULL;
    for (const struct dirent *entry; !has_others && (entry = readdir(folder)) != NULL;)
        has_others = strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
                     strcmp(entry->d_name, name) != 0;
    if (folder != NULL)
        (void)closedir(folder);
    else if (copy >= 0)
        (void)close(copy);
    return !has_others;
}

/* A link to a run that is gone goes, too, and so does the folder of a script without runs. */
static void tidy_stem(int runs, const char *name)
{
    struct stat status;
    const int stem = openat(runs, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (stem < 0)
        return;
    if (fstatat(stem, "latest", &status, 0) != 0 && errno == ENOENT)
        (void)unlinkat(stem, "latest", 0);
    if (has_only(stem, "durations"))
        (void)unlinkat(stem, "durations", 0);
    (void)close(stem);
    (void)unlinkat(runs, name, AT_REMOVEDIR);
}

/* ---- Which ones ---- */

static staged_status convert_age(staged_conversion *conversion, const char *text, void *context)
{
    int64_t duration_ns;
    (void)context;
    if (tool_duration_read(text, &duration_ns))
        return staged_conversion_set(conversion, staged_value_int(duration_ns));
    return staged_conversion_refuse(conversion, "must be a time such as 12h, 30d or 8w: '%s'",
                                    text);
}

static staged_status convert_count(staged_conversion *conversion, const char *text, void *context)
{
    (void)context;
    if (*text != '\0' && text[strspn(text, "0123456789")] == '\0' && strlen(text) <= 9)
        return staged_conversion_set(conversion, staged_value_int(atol(text)));
    return staged_conversion_refuse(conversion, "must be a number of runs: '%s'", text);
}

static void add_arguments(staged_parser *parser)
{
    staged_parser_add_argument(parser, "scripts", .nargs = STAGED_NARGS_ZERO_OR_MORE,
                               .metavar = "SCRIPT", .help = "only runs of these scripts");
    staged_parser_add_argument(parser, "--keep", .convert = convert_count, .metavar = "N",
                               .help = "keep the latest N runs of each script");
    staged_parser_add_argument(
        parser, "--older-than", .convert = convert_age, .metavar = "TIME",
        .help = "remove only runs that began longer ago than this: 12h, 30d, 8w");
    staged_parser_add_argument(parser, "--dry-run", .action = STAGED_ARG_STORE_TRUE,
                               .help = "only list what would be removed");
}

static bool is_wanted(const char *const *scripts, const char *stem)
{
    if (*scripts == NULL)
        return true;
    while (*scripts != NULL && strcmp(*scripts, stem) != 0)
        scripts++;
    return *scripts != NULL;
}

/* How many runs of its script began after this one; rows are the latest first. */
static int64_t later_ones(const tool_rows *rows, size_t index)
{
    int64_t count = 0;
    for (size_t i = 0; i < index; i++)
        count += strcmp(rows->items[i].stem, rows->items[index].stem) == 0;
    return count;
}

/* Whether a run that is kept goes on from this one; rows are the latest first. */
static bool is_resumed(const tool_rows *rows, const bool *is_kept, size_t index)
{
    const tool_row *row = &rows->items[index];
    for (size_t i = 0; i < index; i++) {
        if (is_kept[i] && strcmp(rows->items[i].resumes, row->id) == 0 &&
            strcmp(rows->items[i].stem, row->stem) == 0)
            return true;
    }
    return false;
}

static void prune_row(const tool_index *index, const tool_row *row, bool is_dry, pruned *result)
{
    int error = 0;
    if (!is_dry) {
        const int stem =
            openat(index->lock, row->stem, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        error = stem < 0 ? errno : remove_run(stem, row->id, &result->bytes);
        if (stem >= 0)
            (void)close(stem);
    }
    if (error == 0 && is_dry)
        printf("%s/%s\n", row->stem, row->id);
    if (error != 0 && error != EBUSY) {
        fprintf(stderr, "staged prune: cannot remove '%s/%s/%s': %s\n", index->folder, row->stem,
                row->id, strerror(error));
        result->has_failed = true;
    }
    result->runs += error == 0;
}

static pruned prune(tool_index *index, const tool_rows *rows, staged_namespace *arguments)
{
    pruned result = {0};
    const staged_clock *clock = staged_clock_system();
    const bool is_dry = staged_namespace_bool(arguments, "dry_run");
    const char *const *scripts = staged_namespace_list(arguments, "scripts");
    const int64_t keep =
        staged_namespace_is_set(arguments, "keep") ? staged_namespace_int(arguments, "keep") : 0;
    const int64_t latest_ns =
        staged_namespace_is_set(arguments, "older_than")
            ? clock->wall_ns(clock->context) - staged_namespace_int(arguments, "older_than")
            : INT64_MAX;
    bool *is_kept = sh_alloc((rows->count + 1) * sizeof *is_kept);
    for (size_t i = 0; i < rows->count; i++) {
        const tool_row *row = &rows->items[i];
        is_kept[i] = row->outcome == TOOL_RUN_RUNNING || row->began_ns >= latest_ns ||
                     !is_wanted(scripts, row->stem) || (keep > 0 && later_ones(rows, i) < keep) ||
                     is_resumed(rows, is_kept, i);
        if (!is_kept[i])
            prune_row(index, row, is_dry, &result);
    }
    free(is_kept);
    for (size_t i = 0; !is_dry && i < rows->count; i++)
        tidy_stem(index->lock, rows->items[i].stem);
    return result;
}

static void say(const pruned *result, bool is_dry)
{
    const char *runs = result->runs == 1 ? "run" : "runs";
    if (is_dry)
        printf("%" PRId64 " %s would be removed.\n", result->runs, runs);
    else
        printf("Removed %" PRId64 " %s, %.1f MB.\n", result->runs, runs,
               (double)result->bytes / 1e6);
}

static int run(staged_parser *parser, staged_namespace *arguments)
{
    tool_index index;
    tool_rows rows = {0};
    tool_query query = {.sql = "SELECT * FROM runs ORDER BY began_ns DESC, id DESC"};
    if (!staged_namespace_is_set(arguments, "keep") &&
        !staged_namespace_is_set(arguments, "older_than")) {
        (void)staged_parser_fail(parser, "which runs? Give --keep, --older-than, or both");
        fputs(staged_parser_error(parser), stderr);
        return TOOL_BAD_USAGE;
    }
    if (!tool_index_open(&index))
        return TOOL_FAILED;
    int exit_status = TOOL_FAILED;
    if (tool_rows_read(&rows, &index, &query)) {
        const pruned result = prune(&index, &rows, arguments);
        say(&result, staged_namespace_bool(arguments, "dry_run"));
        exit_status = result.has_failed ? TOOL_FAILED : TOOL_OK;
    }
    tool_rows_free(&rows);
    tool_index_close(&index);
    return exit_status;
}

const tool_verb tool_verb_prune = {
    .name = "prune",
    .help = "remove records of old runs",
    .parser = {.description =
                   "Removes the records of runs, with their output: all but the latest N "
                   "of each script, those that are older than a time, or those to which "
                   "both apply.  A run that goes on is never removed, nor one that "
                   "a run that is kept resumes.",
               .usage = "%(prog)s [--keep N] [--older-than TIME] [--dry-run] [SCRIPT ...]"},
    .add_arguments = add_arguments,
    .run = run,
};
