/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The base of all scripts that work with an instance of GMS.  Its stages:
 *   install    installs the instance
 *   wait       waits until all its pods are ready
 *   uninstall  removes the instance, whatever happened before */
#ifndef GMSKUBE_WRAPPER_H
#define GMSKUBE_WRAPPER_H

#include <staged/staged.h>

extern const staged_class gmskube_wrapper;

/* What it knows of the instance.  Texts belong to the script. */
typedef struct gmskube_data {
    const char *instance; /* its name; NULL: none yet */
    const char *tag;      /* of the container images; NULL: unknown */
    const char *log_dir;  /* where container logs go; NULL: somewhere new */
    bool save_logs;
    int wait_timeout_s;
    double poll_interval_s; /* between two looks at something that takes its time */
    bool install_tried;     /* there may be something to uninstall */
    bool instance_exists;
    bool pods_ready;
    bool saving_tried;
    bool logs_saved;
    staged_background *saving;
    const char *pod_table; /* as kubectl showed it last; NULL: not yet */
} gmskube_data;
gmskube_data *gmskube_of(staged_script *script);

/* The value that is kept for a run that resumes this one: the instance, once it is installed. */
#define GMSKUBE_KEPT_INSTANCE "instance"

/* A method to be overridden: runs the commands that install the instance.  STAGED_RETRY: it failed,
 * and may be tried again. */
#define GMSKUBE_RUN_INSTALL_COMMANDS "run_install_commands"

/* For the pre-stage of stages that need an instance: there has to be one. */
staged_function gmskube_check_instance;

/* Saves container logs, shows meanwhile which there are, and goes on if that does not work.
 *   job  NULL: all of the instance */
staged_status gmskube_save_logs(staged_script *script, const char *job);

/* How the programs make their consoles. */
staged_console_options gmskube_console_options(void);

#endif
