/* SPDX-License-Identifier: BSD-3-Clause */
#include "test_reports.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "gmskube.h"
#include "gmskube_wrapper.h"

static const char service[] = "minio-test-reports";
static const char bucket[] = "reports";

staged_status test_reports_install(staged_script *script, test_reports *reports)
{
    const gmskube_data *gmskube = gmskube_of(script);
    if (reports->access_key == NULL) {
        enum { KEY_LENGTH = 32 };
        reports->access_key = staged_unique_name(script, "", KEY_LENGTH);
        reports->secret_key = staged_unique_name(script, "", KEY_LENGTH);
        if (reports->access_key == NULL || reports->secret_key == NULL)
            return STAGED_FAILED;
        STAGED_TRY(staged_script_add_secret(script, reports->secret_key));
    }
    staged_shell_line *command = staged_shell_line_new(script, "gmskube augment apply");
    staged_shell_line_add(command, "--tag %s --name %s", gmskube->tag, service);
    staged_shell_line_add(command, "--set minioReportBucket=%s", bucket);
    staged_shell_line_add(command, "--set minioAccessKey=%s", reports->access_key);
    staged_shell_line_add(command, "--set minioSecretKey=%s", reports->secret_key);
    staged_shell_line_add(command, "%s", gmskube->instance);
    return gmskube_run(command);
}

/* ---- What is there ---- */

/* A place in the bucket, and how to get there. */
typedef struct store {
    staged_script *script;
    const test_reports *reports;
    const char *address;
} store;

static staged_status open_store(store *s, staged_script *script, const test_reports *reports)
{
    *s = (store){.script = script, .reports = reports};
    if (reports->access_key == NULL)
        return staged_fail(script,
                           "No results can be retrieved:  the keys of '%s' are only known "
                           "to the script that installed the instance.",
                           service);
    STAGED_TRY(gmskube_address(script, service, gmskube_of(script)->instance, &s->address));
    return *s->address != '\0'
               ? STAGED_OK
               : staged_fail(script, "Failed to locate the `%s` endpoint.", service);
}

/* Has curl do something with an object of the bucket. */
static staged_status request(const store *s, const char *method, const char *object,
                             const char *output, const char **answer)
{
    return staged_ask(s->script, answer,
                      "curl --fail --silent --show-error --retry 3 "
                      "--aws-sigv4 aws:amz:us-east-1:s3 --user %s:%s --request %s --output %s "
                      "%s/%s/%s",
                      s->reports->access_key, s->reports->secret_key, method, output, s->address,
                      bucket, object);
}

typedef staged_status for_object(const store *s, const char *object, void *context);

/* Does something with each object whose name has that of the test in it: the list is XML with the
 * names between <Key> and </Key>. */
static staged_status for_each_report(staged_script *script, const test_reports *reports,
                                     const char *test, for_object *action, void *context)
{
    store s;
    STAGED_TRY(open_store(&s, script, reports));
    const char *list;
    STAGED_TRY(request(&s, "GET", "?list-type=2", "-", &list));
    for (const char *key = list; (key = strstr(key, "<Key>")) != NULL;) {
        key += strlen("<Key>");
        const char *name = staged_format(script, "%.*s", (int)strcspn(key, "<"), key);
        if (name == NULL)
            return STAGED_NO_MEMORY;
        if (strstr(name, test) != NULL)
            STAGED_TRY(action(&s, name, context));
    }
    return STAGED_OK;
}

/* ---- Collecting them ---- */

typedef struct collection {
    const char *directory;
    int count;
    int passed;
} collection;

/* Reads a file and looks for what the pod said of its result. */
static staged_status read_result(staged_script *script, const char *path, bool *passed)
{
    static const char label[] = "TEST AUGMENTATION POD RESULT:  ";
    char line[1024];
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return staged_fail(script, "cannot read '%s': %s", path, strerror(errno));
    const char *result = NULL;
    while (result == NULL && fgets(line, sizeof line, file) != NULL)
        result = strstr(line, label);
    (void)fclose(file);
    if (result == NULL)
        return staged_fail(script, "Didn't find 'TEST AUGMENTATION POD RESULT' in '%s'.", path);
    *passed = strncmp(result + strlen(label), "SUCCESS", strlen("SUCCESS")) == 0;
    return STAGED_OK;
}

static staged_status collect(const store *s, const char *object, void *context)
{
    collection *into = context;
    const char *path = staged_format(s->script, "%s/%s", into->directory, object);
    const char *answer;
    STAGED_TRY(request(s, "GET", object, path, &answer));
    STAGED_TRY(
        staged_ask(s->script, &answer, "tar -xzf %s -C %s && rm %s", path, into->directory, path));
    path = staged_format(s->script, "%s/%.*s/testrun.txt", into->directory,
                         (int)strcspn(object, "."), object);
    bool passed = false;
    STAGED_TRY(read_result(s->script, path, &passed));
    into->count++;
    into->passed += passed;
    return STAGED_OK;
}

staged_status test_reports_collect(staged_script *script, const test_reports *reports,
                                   const char *test, const char *directory, int expected,
                                   bool *passed)
{
    collection into = {.directory = directory};
    if (mkdir(directory, 0777) != 0)
        return staged_fail(script, "cannot create the directory '%s': %s", directory,
                           strerror(errno));
    STAGED_TRY(for_each_report(script, reports, test, collect, &into));
    if (into.count < expected)
        return staged_fail(script,
                           "Expecting %d results objects in the '%s' MinIO bucket; only found %d.",
                           expected, bucket, into.count);
    *passed = into.passed == into.count;
    return STAGED_OK;
}

static staged_status remove_report(const store *s, const char *object, void *context)
{
    const char *answer;
    (void)context;
    return request(s, "DELETE", object, "-", &answer);
}

staged_status test_reports_remove(staged_script *script, const test_reports *reports,
                                  const char *test)
{
    return for_each_report(script, reports, test, remove_report, NULL);
}
