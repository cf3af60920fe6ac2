/* SPDX-License-Identifier: BSD-3-Clause */
#include "test_reports.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
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
    char settings[3][128];
    (void)snprintf(settings[0], sizeof settings[0], "minioReportBucket=%s", bucket);
    (void)snprintf(settings[1], sizeof settings[1], "minioAccessKey=%s", reports->access_key);
    (void)snprintf(settings[2], sizeof settings[2], "minioSecretKey=%s", reports->secret_key);
    gmskube_command command;
    gmskube_begin(&command, "gmskube augment apply");
    gmskube_add(&command, "--tag", gmskube->tag);
    gmskube_add(&command, "--name", service);
    for (size_t i = 0; i < 3; i++)
        gmskube_add(&command, "--set", settings[i]);
    gmskube_add(&command, NULL, gmskube->instance);
    return gmskube_run(script, &command);
}

/* ---- What is there ---- */

/* A place in the bucket, and how to get there. */
typedef struct store {
    staged_script *script;
    const test_reports *reports;
    char *address;
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
    if (*s->address != '\0')
        return STAGED_OK;
    free(s->address);
    return staged_fail(script, "Failed to locate the `%s` endpoint.", service);
}

/* Has curl do something with an object of the bucket. */
static staged_status request(const store *s, const char *method, const char *object,
                             const char *output, char **answer)
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
static staged_status for_each_report(const store *s, const char *test, for_object *action,
                                     void *context)
{
    char *list = NULL;
    staged_status status = request(s, "GET", "?list-type=2", "-", &list);
    char *key = list == NULL ? NULL : strstr(list, "<Key>");
    while (status == STAGED_OK && key != NULL) {
        key += strlen("<Key>");
        char *end = strstr(key, "</Key>");
        if (end == NULL)
            break;
        *end = '\0';
        if (strstr(key, test) != NULL)
            status = action(s, key, context);
        key = strstr(end + 1, "<Key>");
    }
    free(list);
    return status;
}

static staged_status do_for_each_report(staged_script *script, const test_reports *reports,
                                        const char *test, for_object *action, void *context)
{
    store s;
    STAGED_TRY(open_store(&s, script, reports));
    const staged_status status = for_each_report(&s, test, action, context);
    free(s.address);
    return status;
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
    const size_t stem = strcspn(object, ".");
    char path[PATH_MAX];
    char *answer = NULL;
    (void)snprintf(path, sizeof path, "%s/%s", into->directory, object);
    STAGED_TRY(request(s, "GET", object, path, &answer));
    free(answer);
    STAGED_TRY(
        staged_ask(s->script, &answer, "tar -xzf %s -C %s && rm %s", path, into->directory, path));
    free(answer);
    (void)snprintf(path, sizeof path, "%s/%.*s/testrun.txt", into->directory, (int)stem, object);
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
    STAGED_TRY(do_for_each_report(script, reports, test, collect, &into));
    if (into.count < expected)
        return staged_fail(script,
                           "Expecting %d results objects in the '%s' MinIO bucket; only found %d.",
                           expected, bucket, into.count);
    *passed = into.passed == into.count;
    return STAGED_OK;
}

static staged_status remove_report(const store *s, const char *object, void *context)
{
    char *answer = NULL;
    (void)context;
    STAGED_TRY(request(s, "DELETE", object, "-", &answer));
    free(answer);
    return STAGED_OK;
}

staged_status test_reports_remove(staged_script *script, const test_reports *reports,
                                  const char *test)
{
    return do_for_each_report(script, reports, test, remove_report, NULL);
}
