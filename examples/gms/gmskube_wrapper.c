/* SPDX-License-Identifier: BSD-3-Clause */
#include "gmskube_wrapper.h"

#include <stdlib.h>
#include <string.h>

#include "gmskube.h"
#include "kubectl.h"

gmskube_data *gmskube_of(staged_script *script)
{
    return staged_script_data(script, &gmskube_wrapper);
}

staged_console_options gmskube_console_options(void)
{
    return (staged_console_options){
        .size = sizeof(staged_console_options),
        .force_terminal = getenv("CI") == NULL ? STAGED_AUTO : STAGED_YES,
        .log_path = getenv("GMS_LOG_PATH") == NULL ? STAGED_NO : STAGED_YES,
    };
}

static staged_status init(staged_call *c)
{
    gmskube_data *self = c->data;
    const char *interval = getenv("GMS_POLL_INTERVAL");
    self->poll_interval_s = interval == NULL ? 1 : strtod(interval, NULL);
    return STAGED_OK;
}

/* ---- The command line ---- */

/* The default is named after the script. */
static staged_status build_parser(staged_call *c)
{
    staged_argument_set_help(
        staged_parser_find(staged_script_parser(c->script), "--log-dir"),
        staged_format(c->script,
                      "The directory in which to save the container logs.  Defaults to "
                      "`%s-container-logs-<timestamp>-<unique-str>`.",
                      staged_script_stem(c->script)));
    return STAGED_OK;
}

/* What the run that is resumed has found out in stages that do not run again. */
static void take_up(staged_script *script, gmskube_data *self)
{
    const char *instance = staged_script_kept(script, GMSKUBE_KEPT_INSTANCE);
    if (instance != NULL) {
        self->instance = instance;
        self->install_tried = true;
    }
    self->pods_ready = staged_script_kept(script, "pods_ready") != NULL;
}

static staged_status parse_args(staged_call *c)
{
    gmskube_data *self = c->data;
    take_up(c->script, self);
    if (self->log_dir != NULL && !self->save_logs)
        return staged_fail_usage(c->script,
                                 "You're specifying `--log-dir` and `--no-save-logs`, which "
                                 "doesn't make sense.");
    if (self->wait_timeout_s <= 0)
        return staged_fail_usage(c->script, "`--wait-timeout` has to be more than 0.");
    return STAGED_OK;
}

/* ---- Before stages ---- */

static staged_status ensure_instance_exists(staged_script *script)
{
    gmskube_data *self = gmskube_of(script);
    if (self->instance_exists || staged_script_is_dry_run(script))
        return STAGED_OK;
    STAGED_TRY(staged_log(script, "Ensuring the '%s' instance exists.", self->instance));
    const char *answer;
    const staged_status status = staged_ask(script, &answer, "gmskube ls %s", self->instance);
    if (status == STAGED_FAILED)
        return staged_fail(script, "The '%s' instance doesn't exist.", self->instance);
    self->instance_exists = status == STAGED_OK;
    return status;
}

staged_status gmskube_check_instance(staged_call *c)
{
    STAGED_TRY(staged_general(c));
    if (!staged_stage_is_selected(c->script, c->stage))
        return STAGED_OK;
    if (gmskube_of(c->script)->instance == NULL)
        return staged_fail(c->script,
                           "Name the instance (`--instance`) before the '%s' stage executes.",
                           c->stage);
    return ensure_instance_exists(c->script);
}

/* ---- install ---- */

static staged_status no_install_commands(staged_call *c)
{
    return staged_fail(c->script, "A script that installs has to override '%s'.",
                       GMSKUBE_RUN_INSTALL_COMMANDS);
}

static staged_status install(staged_call *c)
{
    gmskube_data *self = c->data;
    self->install_tried = true;
    STAGED_TRY(staged_script_call(c->script, GMSKUBE_RUN_INSTALL_COMMANDS, NULL));
    self->instance_exists = true;
    return staged_keep(c->script, GMSKUBE_KEPT_INSTANCE, self->instance);
}

/* What a failed installation left would be in the next one's way. */
static staged_status prepare_to_retry_install(staged_call *c)
{
    const gmskube_data *self = c->data;
    return staged_runf_with(c->script, STAGED_RUN_OPTIONS(.check = STAGED_NO),
                            "gmskube uninstall %s", self->instance);
}

/* ---- wait ---- */

static staged_renderable *pod_panel(staged_script *script, const gmskube_data *self)
{
    const char *title = staged_format(script, "Pods for Instance '%s'", self->instance);
    return staged_panel_new(
        STAGED_OPTIONS(staged_panel_options, .title = title, .expand = STAGED_NO),
        staged_text_new(NULL, self->pod_table));
}

/* For people the whole table; in CI, whose log keeps everything, what is waited for. */
static staged_renderable *show_pods(staged_script *script, void *context)
{
    const gmskube_data *self = context;
    char waiting[256];
    if (self->pod_table == NULL)
        return NULL;
    if (getenv("CI") != NULL && !kubectl_all_ready(self->pod_table, waiting, sizeof waiting))
        return staged_markup_new("Waiting for pod:  %s", waiting);
    return pod_panel(script, self);
}

static staged_status look_at_pods(staged_script *script, void *context)
{
    gmskube_data *self = context;
    const char *table;
    const staged_status status = kubectl_pods(script, self->instance, &table);
    /* A cluster that does not answer may do so the next time. */
    if (status != STAGED_OK)
        return status == STAGED_FAILED ? STAGED_RETRY : status;
    self->pod_table = table;
    char waiting[256];
    return kubectl_all_ready(table, waiting, sizeof waiting) ? STAGED_OK : STAGED_RETRY;
}

static staged_status wait(staged_call *c)
{
    gmskube_data *self = c->data;
    const staged_status status = staged_poll(
        c->script, "all pods to be ready", look_at_pods, .context = self, .show = show_pods,
        .interval_s = self->poll_interval_s, .timeout_s = self->wait_timeout_s);
    self->pods_ready = status == STAGED_OK;
    if (status == STAGED_OK) {
        STAGED_TRY(staged_keep(c->script, "pods_ready", "yes"));
        return staged_log(c->script, "[green]All pods are ready.");
    }
    if (status != STAGED_TIMED_OUT)
        return status;
    /* There is no other attempt, so that what follows is skipped. */
    STAGED_TRY(staged_log(c->script, "[red]Not all pods are ready."));
    return STAGED_RETRY;
}

static staged_status skip_wait(staged_call *c)
{
    gmskube_data *self = c->data;
    self->pods_ready = true;
    return STAGED_OK;
}

/* ---- uninstall ---- */

/* Whether the script did not get as far as what it was to install. */
static bool is_nothing_to_uninstall(staged_script *script)
{
    return staged_stage_is_selected(script, "install") && !gmskube_of(script)->install_tried;
}

static staged_status before_uninstall(staged_call *c)
{
    gmskube_data *self = c->data;
    if (self->install_tried || is_nothing_to_uninstall(c->script))
        STAGED_TRY(staged_general(c));
    else
        STAGED_TRY(gmskube_check_instance(c));
    if (!self->save_logs || !self->instance_exists || self->saving_tried)
        return STAGED_OK;
    self->saving_tried = true;
    return gmskube_save_logs(c->script, NULL);
}

static staged_status log_pods(staged_script *script, const gmskube_data *self)
{
    if (self->pod_table == NULL)
        return STAGED_OK;
    staged_renderable *panel = pod_panel(script, self);
    const staged_status status = staged_log_renderable(script, panel);
    staged_renderable_free(panel);
    return status;
}

static staged_status uninstall(staged_call *c)
{
    gmskube_data *self = c->data;
    if (is_nothing_to_uninstall(c->script))
        return staged_log(c->script, "There is no instance to uninstall.");
    if (!staged_script_success(c->script) && self->instance_exists &&
        !staged_script_is_dry_run(c->script)) {
        /* What the pods were like when something went wrong. */
        if (look_at_pods(c->script, self) == STAGED_INTERRUPTED)
            return STAGED_INTERRUPTED;
        STAGED_TRY(log_pods(c->script, self));
    }
    STAGED_TRY(staged_runf(c->script, "gmskube uninstall %s", self->instance));
    self->instance_exists = false;
    return STAGED_OK;
}

/* ---- Logs ---- */

static staged_renderable *show_log_files(staged_script *script, void *context)
{
    const gmskube_data *self = context;
    const char *names;
    /* The file that was written to last is at the end. */
    if (staged_ask_read_only(script, &names, "ls -tr %s", self->log_dir) != STAGED_OK)
        return NULL;
    if (getenv("CI") == NULL)
        return staged_panel_new(
            STAGED_OPTIONS(staged_panel_options, .title = "Saving Logs", .expand = STAGED_NO),
            staged_text_new(NULL, names));
    const char *newline = strrchr(names, '\n');
    return staged_markup_new("Saving logs:  %s", newline == NULL ? names : newline + 1);
}

static staged_status ensure_log_dir(staged_script *script)
{
    gmskube_data *self = gmskube_of(script);
    if (self->log_dir != NULL)
        return staged_run(script, NULL, .argv = STAGED_TEXTS("mkdir", "-p", self->log_dir),
                          .print_command = STAGED_NO, .record_command = STAGED_NO);
    const char *prefix = staged_format(script, "%s-container-logs", staged_script_stem(script));
    return staged_unique_directory(script, prefix, &self->log_dir);
}

static staged_status has_ended(staged_script *script, void *context)
{
    const gmskube_data *self = context;
    (void)script;
    return staged_background_running(self->saving) ? STAGED_RETRY : STAGED_OK;
}

/* In a thread of its own, so that there is something to see meanwhile. */
static staged_status save_and_show(staged_script *script, kubectl_logs *logs)
{
    gmskube_data *self = gmskube_of(script);
    logs->directory = self->log_dir;
    self->saving = staged_background_start(script, "saving logs", kubectl_save_logs, logs);
    if (self->saving == NULL)
        return STAGED_FAILED;
    const staged_status shown =
        staged_poll(script, "the container logs to be saved", has_ended, .context = self,
                    .show = show_log_files, .interval_s = self->poll_interval_s);
    /* Whatever happened: the thread uses what is ours. */
    if (shown != STAGED_OK)
        staged_background_cancel(self->saving);
    const staged_status saved = staged_background_join(self->saving);
    return shown == STAGED_OK ? saved : shown;
}

staged_status gmskube_save_logs(staged_script *script, const char *job)
{
    gmskube_data *self = gmskube_of(script);
    kubectl_logs logs = {.script = script, .namespace = self->instance, .job = job};
    if (staged_script_is_dry_run(script))
        return STAGED_OK;
    staged_status status = ensure_log_dir(script);
    if (status == STAGED_OK)
        status = save_and_show(script, &logs);
    if (status == STAGED_FAILED)
        return staged_log(script, "[yellow]Not all logs are saved:[/]  %s",
                          staged_script_error(script));
    self->logs_saved = self->logs_saved || status == STAGED_OK;
    return status;
}

/* ---- The summary ---- */

static staged_status summarize(staged_call *c)
{
    const gmskube_data *self = c->data;
    if (self->logs_saved)
        STAGED_TRY(staged_summary_set_section_text(c->script, "Container logs", self->log_dir));
    const char *cluster;
    const staged_status status = staged_ask(c->script, &cluster, "kubectl config current-context");
    if (status == STAGED_OK && *cluster != '\0')
        return staged_summary_set_section_text(c->script, "Cluster", cluster);
    return status == STAGED_FAILED || status == STAGED_UNKNOWN ? STAGED_OK : status;
}

const staged_class gmskube_wrapper = {
    STAGED_CLASS("GMSKubeWrapper"),
    .data_size = sizeof(gmskube_data),
    .arguments = STAGED_ARGUMENTS(
        STAGED_ARGUMENT("--instance", STAGED_INTO(gmskube_data, instance),
                        .help = "The name of the GMS instance."),
        STAGED_ARGUMENT("--log-dir", STAGED_INTO(gmskube_data, log_dir), .type = STAGED_ARG_PATH),
        STAGED_ARGUMENT("--save-logs", STAGED_INTO(gmskube_data, save_logs),
                        .action = STAGED_ARG_BOOLEAN, .default_value = {.kind = STAGED_VALUE_BOOL},
                        .help = "Whether to save the container logs."),
        STAGED_ARGUMENT("--tag", STAGED_INTO(gmskube_data, tag), .convert = gmskube_convert_tag,
                        .help = GMSKUBE_TAG_HELP),
        STAGED_ARGUMENT("--wait-timeout", STAGED_INTO(gmskube_data, wait_timeout_s),
                        .default_text = "60",
                        .help = "How long to wait (in seconds) for all the pods in the instance to "
                                "be ready.")),
    .methods = STAGED_METHODS(
        STAGED_STAGE("install", "Installing an instance of GMS...", install, .needed = true,
                     .retries = STAGED_YES),
        STAGED_STAGE("wait", "Waiting for all the pods to be ready...", wait, .needed = true),
        STAGED_STAGE("uninstall", "Uninstalling the instance...", uninstall, .always = true),
        STAGED_METHOD(GMSKUBE_RUN_INSTALL_COMMANDS, no_install_commands),
        STAGED_ON(STAGED_HOOK_INIT, init, .after = staged_super),
        STAGED_ON(STAGED_HOOK_BUILD_PARSER, build_parser, .after = staged_super),
        STAGED_ON(STAGED_HOOK_PARSE_ARGS, parse_args, .after = staged_super),
        STAGED_ON_STAGE(STAGED_HOOK_PREPARE_TO_RETRY, "install", prepare_to_retry_install,
                        .after = staged_general),
        STAGED_ON_STAGE(STAGED_HOOK_PRE_STAGE, "wait", gmskube_check_instance),
        STAGED_ON_STAGE(STAGED_HOOK_SKIP_STAGE, "wait", skip_wait, .after = staged_general),
        STAGED_ON_STAGE(STAGED_HOOK_PRE_STAGE, "uninstall", before_uninstall),
        STAGED_ON(STAGED_HOOK_SUMMARY, summarize, .after = staged_super)),
};
