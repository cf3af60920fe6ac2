/* SPDX-License-Identifier: BSD-3-Clause */
#include "record/writing/environment.h"

#include <string.h>

#include "base/memory/search.h"
#include "record/format/json.h"
#include "record/format/sha256.h"
#include "record/writing/folder.h"

extern char **environ;

/* Whose values say where and how a run was, and nothing that is to be kept from those who may read
 * it.  Sorted. */
static const char *const harmless[] = {"BUILD_NUMBER",
                                       "BUILD_TAG",
                                       "CI",
                                       "CI_COMMIT_SHA",
                                       "CI_JOB_ID",
                                       "CI_JOB_NAME",
                                       "CI_PIPELINE_ID",
                                       "CI_PROJECT_PATH",
                                       "COLUMNS",
                                       "GITHUB_ACTIONS",
                                       "GITHUB_EVENT_NAME",
                                       "GITHUB_JOB",
                                       "GITHUB_REF",
                                       "GITHUB_REPOSITORY",
                                       "GITHUB_RUN_ATTEMPT",
                                       "GITHUB_RUN_ID",
                                       "GITHUB_RUN_NUMBER",
                                       "GITHUB_SHA",
                                       "GITHUB_WORKFLOW",
                                       "GITLAB_CI",
                                       "HOME",
                                       "JOB_NAME",
                                       "LANG",
                                       "LANGUAGE",
                                       "LOGNAME",
                                       "LSB_JOBID",
                                       "NO_COLOR",
                                       "PATH",
                                       "PBS_JOBID",
                                       "PWD",
                                       "SHELL",
                                       "SHLVL",
                                       "SLURM_JOB_ID",
                                       "SLURM_JOB_NAME",
                                       "STAGED_RUNS",
                                       "TERM",
                                       "TMPDIR",
                                       "TZ",
                                       "USER",
                                       "XDG_STATE_HOME"};

static bool is_harmless(const char *name, size_t length)
{
    bool found;
    (void)stg_search_name(harmless, sizeof harmless / sizeof harmless[0], sizeof harmless[0], name,
                          length, &found);
    return found || (length > 3 && memcmp(name, "LC_", 3) == 0);
}

/* What is in no table has no name. */
static size_t name_length(const char *entry)
{
    const char *equals = strchr(entry, '=');
    return equals == NULL ? 0 : (size_t)(equals - entry);
}

static void add_values(stg_record *record, stg_buf *name)
{
    stg_record_open_object(record, "environment");
    for (char *const *entry = environ; entry != NULL && *entry != NULL; entry++) {
        const size_t length = name_length(*entry);
        if (length == 0 || !is_harmless(*entry, length))
            continue;
        stg_buf_clear(name);
        stg_buf_add(name, *entry, length);
        stg_record_text(record, stg_buf_text(name), *entry + length + 1);
    }
    stg_record_close_object(record);
}

static void add_hash(stg_record *record, const char *salt, const char *entry, stg_buf *name)
{
    enum { SHOWN = 16 };
    char hex[STG_SHA256_HEX_SIZE];
    stg_sha256 hash;
    stg_sha256_begin(&hash);
    stg_sha256_add(&hash, salt, strlen(salt));
    stg_sha256_add(&hash, entry, strlen(entry));
    stg_sha256_end(&hash, hex);
    hex[SHOWN] = '\0';
    stg_buf_clear(name);
    stg_buf_add(name, entry, name_length(entry));
    stg_json_add_name(&record->line, stg_buf_text(name));
    stg_buf_addf(&record->line, "\"%s\"", hex);
}

static void add_hashes(stg_record *record, stg_buf *name)
{
    stg_buf salt = {0};
    stg_folder_add_salt(record, &salt);
    stg_record_open_object(record, "environment_hashes");
    /* Without a salt anybody could try values until one has the hash. */
    for (char *const *entry = environ; entry != NULL && *entry != NULL && salt.length > 0;
         entry++) {
        const size_t length = name_length(*entry);
        if (length > 0 && !is_harmless(*entry, length))
            add_hash(record, stg_buf_text(&salt), *entry, name);
    }
    stg_record_close_object(record);
    stg_buf_free(&salt);
}

void stg_record_environment(stg_record *record)
{
    stg_buf name = {0};
    add_values(record, &name);
    add_hashes(record, &name);
    stg_buf_free(&name);
}
