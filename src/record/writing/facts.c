/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The first line of a record: what runs, where, and as whom. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <staged/version.h>

#include "base/system/file.h"
#include "base/system/resource.h"
#include "base/system/system.h"
#include "record/writing/environment.h"
#include "record/writing/git.h"
#include "record/writing/program.h"

enum { FORMAT = 1 };

static const char *text_or_null(const stg_buf *text)
{
    return text->length == 0 ? NULL : stg_buf_text(text);
}

/* ---- The process ---- */

#if STG_ON_LINUX
/* Asking for it any other way sets it, which other threads would notice. */
static unsigned long mask_of_new_files(void)
{
    stg_buf status = {0};
    (void)stg_file_read("/proc/self/status", 1024, &status);
    const char *line = strstr(stg_buf_text(&status), "\nUmask:");
    const unsigned long mask = line == NULL ? 022 : strtoul(line + sizeof "\nUmask:" - 1, NULL, 8);
    stg_buf_free(&status);
    return mask;
}
#else
static unsigned long mask_of_new_files(void)
{
    const mode_t mask = umask(077);
    (void)umask(mask);
    return mask;
}
#endif

static void add_mask(stg_record *record)
{
    char text[8] = "0000";
    unsigned long mask = mask_of_new_files();
    for (size_t i = 4; i-- > 0; mask >>= 3)
        text[i] = (char)('0' + (mask & 7));
    stg_record_text(record, "umask", text);
}

static void add_limit(stg_record *record, rlim_t limit)
{
    if (limit == RLIM_INFINITY)
        stg_record_text(record, NULL, NULL);
    else
        stg_record_number(record, NULL, (int64_t)limit);
}

static void add_limits(stg_record *record)
{
    static const struct {
        const char *name;
        stg_resource resource;
    } all[] = {
        {"as", RLIMIT_AS},       {"core", RLIMIT_CORE},   {"cpu", RLIMIT_CPU},
        {"data", RLIMIT_DATA},   {"fsize", RLIMIT_FSIZE}, {"nofile", RLIMIT_NOFILE},
#ifdef RLIMIT_NPROC
        {"nproc", RLIMIT_NPROC},
#endif
        {"stack", RLIMIT_STACK},
    };
    stg_record_open_object(record, "limits");
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        struct rlimit limit;
        if (getrlimit(all[i].resource, &limit) != 0)
            continue;
        stg_record_open_list(record, all[i].name);
        add_limit(record, limit.rlim_cur);
        add_limit(record, limit.rlim_max);
        stg_record_close_list(record);
    }
    stg_record_close_object(record);
}

static void add_process(stg_record *record)
{
    char name[256];
    char here[4096];
    const bool has_name = gethostname(name, sizeof name - 1) == 0;
    name[sizeof name - 1] = '\0';
    const char *user = getenv("LOGNAME");
    stg_record_text(record, "directory", getcwd(here, sizeof here));
    stg_record_text(record, "host", has_name ? name : NULL);
    stg_record_text(record, "user", user != NULL ? user : getenv("USER"));
    stg_record_number(record, "uid", (int64_t)geteuid());
    stg_record_number(record, "pid", (int64_t)getpid());
    add_mask(record);
    add_limits(record);
}

/* ---- The script ---- */

static void add_git(stg_record *record, const char *path)
{
    char here[4096];
    stg_buf commit = {0};
    stg_buf tree = {0};
    bool found = *path == '/' && stg_git_find(path, &commit, &tree);
    if (!found && getcwd(here, sizeof here) != NULL) {
        stg_buf_clear(&commit);
        stg_buf_clear(&tree);
        found = stg_git_find(here, &commit, &tree);
    }
    if (found) {
        stg_record_open_object(record, "git");
        stg_record_text(record, "commit", stg_buf_text(&commit));
        stg_record_text(record, "tree", stg_buf_text(&tree));
        stg_record_close_object(record);
    } else {
        stg_record_text(record, "git", NULL);
    }
    stg_buf_free(&commit);
    stg_buf_free(&tree);
}

static void add_script(stg_record *record, const stg_record_facts *facts, const char *path)
{
    stg_buf hash = {0};
    stg_program_add_hash(&hash, path, facts->file != NULL);
    stg_record_text(record, "script", facts->stem);
    stg_record_text(record, "path", *path == '\0' ? NULL : path);
    stg_record_text(record, "hash", text_or_null(&hash));
    stg_record_text(record, "staged", staged_version());
    stg_record_open_list(record, "arguments");
    for (size_t i = 0; i < facts->count; i++)
        stg_record_text(record, NULL, facts->arguments[i]);
    stg_record_close_list(record);
    stg_record_bool(record, "dry_run", facts->dry_run);
    stg_buf_free(&hash);
}

void stg_record_write_facts(stg_record *record, const stg_record_facts *facts)
{
    stg_buf path = {0};
    stg_program_add_path(&path, facts->file, facts->count == 0 ? NULL : facts->arguments[0]);
    stg_record_begin(record, "run", facts->wall_ns, facts->elapsed_ns);
    stg_record_number(record, "format", FORMAT);
    stg_record_text(record, "id", record->id);
    add_script(record, facts, stg_buf_text(&path));
    add_process(record);
    add_git(record, stg_buf_text(&path));
    stg_record_environment(record);
    stg_record_text(record, "resumes", facts->resumes);
    stg_record_bool(record, "lock", record->is_locked);
    stg_record_end(record);
    stg_buf_free(&path);
}
