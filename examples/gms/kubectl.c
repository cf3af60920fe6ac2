/* SPDX-License-Identifier: BSD-3-Clause */
#include "kubectl.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- Pods ---- */

staged_status kubectl_pods(staged_script *script, const char *namespace, const char **table)
{
    return staged_ask(script, table, "kubectl get pods --namespace %s", namespace);
}

/* A line of the table: "kafka-0   1/1   Running   0   5s". */
static bool is_ready(const char *line, char *name)
{
    char status[64];
    int ready = 0;
    int total = 0;
    if (sscanf(line, "%255s %d/%d %63s", name, &ready, &total, status) != 4)
        return false;
    return strcmp(status, "Completed") == 0 || (strcmp(status, "Running") == 0 && ready == total);
}

bool kubectl_all_ready(const char *table, char *waiting, size_t size)
{
    waiting[0] = '\0';
    const char *line = strchr(table, '\n');
    if (line == NULL)
        return false;
    for (; line != NULL; line = strchr(line + 1, '\n')) {
        char name[256] = "";
        if (is_ready(line + 1, name))
            continue;
        (void)snprintf(waiting, size, "%s", name);
        return false;
    }
    return true;
}

/* ---- Logs ---- */

/* What runs beside the script, and where it puts things. */
typedef struct saving {
    staged_background *background;
    const kubectl_logs *logs;
} saving;

/* Runs kubectl.  What it cannot tell is not there; only a cancellation counts. */
static staged_status ask(const saving *s, const char *const *words, const staged_stream *output,
                         staged_completed_process **done)
{
    const staged_process_options options = {.size = sizeof options,
                                            .arguments = words,
                                            .output = output,
                                            .error_output = STAGED_STREAM(STAGED_STREAM_DISCARD)};
    const staged_status status = staged_background_run(s->background, &options, done);
    return status == STAGED_INTERRUPTED ? status : STAGED_OK;
}

/* Runs kubectl once for each word that another call of it answers. */
typedef staged_status for_name(const saving *s, const char *outer, const char *name);

static staged_status for_each(const saving *s, const char *const *words, const char *outer,
                              for_name *action)
{
    staged_completed_process *done;
    staged_status status = ask(s, words, STAGED_STREAM(STAGED_STREAM_CAPTURE), &done);
    char *rest = NULL;
    char *name = done == NULL ? NULL : strtok_r(done->output, " \n", &rest);
    for (; status == STAGED_OK && name != NULL; name = strtok_r(NULL, " \n", &rest))
        status = action(s, outer, name);
    staged_completed_process_free(done);
    return status;
}

/* Saves what kubectl answers as DIRECTORY/NAME.  Nothing makes no file. */
static staged_status save(const saving *s, const char *name, const char *const *words)
{
    const char *path = staged_format(s->logs->script, "%s/%s", s->logs->directory, name);
    if (path == NULL)
        return STAGED_NO_MEMORY;
    const staged_status status =
        ask(s, words, STAGED_STREAM(STAGED_STREAM_FILE, .path = path), NULL);
    struct stat saved;
    if (stat(path, &saved) == 0 && saved.st_size == 0)
        (void)unlink(path);
    return status;
}

static staged_status save_container(const saving *s, const char *pod, const char *container)
{
    staged_script *script = s->logs->script;
    const char *namespace = s->logs->namespace;
    STAGED_TRY(save(s, staged_format(script, "%s.%s.log.txt", pod, container),
                    STAGED_TEXTS("kubectl", "--namespace", namespace, "logs", pod, container)));
    return save(
        s, staged_format(script, "%s.%s.previous.log.txt", pod, container),
        STAGED_TEXTS("kubectl", "--namespace", namespace, "logs", pod, container, "--previous"));
}

static staged_status save_pod(const saving *s, const char *outer, const char *pod)
{
    const char *namespace = s->logs->namespace;
    (void)outer;
    STAGED_TRY(save(s, staged_format(s->logs->script, "%s.describe.txt", pod),
                    STAGED_TEXTS("kubectl", "describe", "pod", pod, "--namespace", namespace)));
    return for_each(s,
                    STAGED_TEXTS("kubectl", "--namespace", namespace, "get", "pods", pod,
                                 "--output", "jsonpath={.spec.containers[*].name}"),
                    pod, save_container);
}

static staged_status save_resource(const saving *s, const char *label, const char *resource)
{
    const char *selector = staged_format(s->logs->script, "--selector=%s=%s", label, resource);
    return for_each(s,
                    STAGED_TEXTS("kubectl", "--namespace", s->logs->namespace, "get", "pods",
                                 selector, "--output", "custom-columns=NAME:.metadata.name",
                                 "--no-headers"),
                    resource, save_pod);
}

staged_status kubectl_save_logs(staged_background *background, void *context)
{
    /* The label by which the pods of a kind of resource are found. */
    static const char *const labels[][2] = {
        {"deployment", "app"}, {"statefulset", "app.kubernetes.io/component"}, {"job", "job-name"}};
    const saving s = {background, context};
    if (s.logs->job != NULL)
        return save_resource(&s, "job-name", s.logs->job);
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        STAGED_TRY(
            for_each(&s,
                     STAGED_TEXTS("kubectl", "--namespace", s.logs->namespace, "get", labels[i][0],
                                  "--output", "custom-columns=NAME:.metadata.name", "--no-headers"),
                     labels[i][1], save_resource));
    return STAGED_OK;
}
