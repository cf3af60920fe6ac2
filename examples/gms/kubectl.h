/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Questions to the cluster, asked with kubectl. */
#ifndef KUBECTL_H
#define KUBECTL_H

#include <staged/staged.h>

/* The table of the pods in a namespace. */
staged_status kubectl_pods(staged_script *script, const char *namespace, const char **table);
/* Whether the table says that there are pods, and that all of them are ready.  Otherwise `waiting`
 * (of so many bytes) receives the name of one that is not, if there is one. */
bool kubectl_all_ready(const char *table, char *waiting, size_t size);

/* Whose logs to save, and where: everything in a namespace, or (if `job` is not NULL) those of one
 * job. */
typedef struct kubectl_logs {
    staged_script *script;
    const char *namespace;
    const char *job;
    const char *directory;
} kubectl_logs;

/* Saves the logs and the descriptions of pods; `context` is a `kubectl_logs`. */
staged_work_function kubectl_save_logs;

#endif
