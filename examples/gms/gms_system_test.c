/* SPDX-License-Identifier: BSD-3-Clause */
#include "gms_system_test.h"

#include <string.h>

#include "gmskube.h"
#include "gmskube_wrapper.h"
#include "ian_sim_deploy.h"
#include "simulator_mixin.h"
#include "test_reports.h"

typedef struct system_test {
    const char *type; /* of the instance; NULL: unknown */
    const char *test; /* its name */
    int parallel;
    int sleep_s;
    int attempt;
    bool passed;
    const char *reports_dir; /* NULL: there is none */
    test_reports reports;    /* where the test leaves its reports */
    staged_script *ian;      /* an IANSimDeploy, for instances of that type */
} system_test;

/* ---- The command line ---- */

static const char description[] =
    "This script:\n"
    "* stands up a temporary instance of the GMS system,\n"
    "* waits for all the pods to be up and running,\n"
    "* sleeps a given amount of time to wait for the application to be ready,\n"
    "* runs a test augmentation against it, and\n"
    "* tears down the temporary instance after testing completes.\n\n"
    "Test augmentations, which run in a pod on a Kubernetes cluster, copy their test results to a "
    "MinIO test reporting service so that they can be gathered back to the machine on which this "
    "script was executed.  Final reports will be gathered in a "
    "``gms_system_test-reports-{timestamp}-{unique-str}`` directory under the current working "
    "directory.  Additionally a ``gms_system_test-container-logs-{timestamp}-{unique-str}`` "
    "directory will contain logs from all the containers run as part of the testing.";

static const char epilog[] =
    "examples:\n"
    "  Here are some standard use cases.\n\n"
    "  Run the ``jest`` test against a ``sb`` instance deployed from the ``develop`` "
    "branch::\n\n"
    "      %(prog)s --type sb --tag develop --test jest\n\n"
    "  Verify that it's possible to install/uninstall ``ian``, but don't test anything::\n\n"
    "      %(prog)s --type ian --tag develop --stage install wait init start uninstall";

static staged_status build_parser(staged_call *c)
{
    staged_parser *parser = staged_script_parser(c->script);
    staged_parser_set_default(parser, "install_retry_attempts", staged_value_int(2));
    staged_parser_set_default(parser, "install_retry_timeout", staged_value_int(600));
    staged_parser_set_default(parser, "save_logs", staged_value_bool(true));
    staged_parser_set_default_set(parser, "stage", staged_script_stages(c->script, NULL));
    staged_parser_set_default(parser, "test_retry_attempts", staged_value_int(5));
    staged_parser_set_default(parser, "test_retry_timeout", staged_value_int(1200));
    staged_parser_set_default(parser, "wait_timeout", staged_value_int(900));
    return STAGED_OK;
}

static staged_status parse_args(staged_call *c)
{
    const system_test *self = c->data;
    if (self->test == NULL && staged_stage_is_selected(c->script, "test"))
        return staged_fail_usage(
            c->script, "You must specify which test to run via the `--test` flag.  Run `gmskube "
                       "augment catalog --tag <reference>` to see the available tests.");
    if ((gmskube_of(c->script)->tag == NULL || self->type == NULL) &&
        staged_stage_is_selected(c->script, "install"))
        return staged_fail_usage(c->script,
                                 "You must specify `--tag` and `--type` to install an instance.");
    if (self->type != NULL && strcmp(self->type, "ian") != 0 && strcmp(self->type, "sb") != 0)
        return staged_fail_usage(c->script, "The `--type` must be either `ian` or `sb`.");
    return STAGED_OK;
}

/* ---- install ---- */

/* An IANSimDeploy knows how to install such an instance, and what its simulator needs. */
static staged_status use_ian_sim_deploy(staged_script *script, system_test *self)
{
    const gmskube_data *gmskube = gmskube_of(script);
    self->ian = staged_script_new_inner(
        script, STAGED_OPTIONS(staged_script_options, .stages = STAGED_TEXTS(NULL)),
        &ian_sim_deploy);
    if (self->ian == NULL)
        return STAGED_NO_MEMORY;
    STAGED_TRY(staged_script_parse_args(
        self->ian,
        STAGED_TEXTS("--no-keycloak", "--node-env", "development", "--instance", gmskube->instance,
                     gmskube->tag == NULL ? NULL : "--tag", gmskube->tag)));
    *simulator_settings_of(script) = *simulator_settings_of(self->ian);
    return staged_namespace_set(staged_script_args(self->ian), "values",
                                *staged_namespace_value(staged_script_args(script), "values"));
}

static bool is_ian(const system_test *self)
{
    return self->type != NULL && strcmp(self->type, "ian") == 0;
}

/* By the run that is resumed. */
static bool is_installed_earlier(const staged_script *script)
{
    return staged_script_kept(script, GMSKUBE_KEPT_INSTANCE) != NULL;
}

static staged_status before_install(staged_call *c)
{
    system_test *self = c->data;
    gmskube_data *gmskube = gmskube_of(c->script);
    if (gmskube->instance == NULL && staged_stage_is_selected(c->script, c->stage)) {
        gmskube->instance = staged_unique_name(c->script, "gms-system-test-", 10);
        if (gmskube->instance == NULL)
            return STAGED_FAILED;
        STAGED_TRY(staged_log(c->script,
                              "`GMSSystemTest` will create an instance named `%s` for testing "
                              "purposes.",
                              gmskube->instance));
    }
    if (gmskube->instance != NULL && is_ian(self))
        return use_ian_sim_deploy(c->script, self);
    return STAGED_OK;
}

static staged_status install_sb(staged_script *script)
{
    const gmskube_data *gmskube = gmskube_of(script);
    staged_shell_line *command =
        staged_shell_line_new(script, "gmskube install --type sb --augment oracle");
    staged_shell_line_add(command, "--tag %s", gmskube->tag);
    staged_shell_line_add(command,
                          "--set interactive-analysis-ui.env.GMS_DISABLE_KEYCLOAK_AUTH=true");
    staged_shell_line_add_options(command, "--values", staged_args_list(script, "values"));
    staged_shell_line_add(command, "%s", gmskube->instance);
    return gmskube_run(command);
}

static staged_status run_install_commands(staged_call *c)
{
    system_test *self = c->data;
    STAGED_TRY(self->ian != NULL ? staged_script_call(self->ian, GMSKUBE_RUN_INSTALL_COMMANDS, NULL)
                                 : install_sb(c->script));
    return test_reports_install(c->script, &self->reports);
}

/* ---- sleep ---- */

static staged_status sleep_a_while(staged_call *c)
{
    const system_test *self = c->data;
    return staged_pause(c->script, self->sleep_s, "Sleeping");
}

/* ---- test ---- */

static staged_status find_tag(staged_script *script)
{
    gmskube_data *gmskube = gmskube_of(script);
    if (gmskube->tag != NULL || staged_script_is_dry_run(script))
        return STAGED_OK;
    const char *tag;
    const staged_status status =
        staged_ask(script, &tag, "kubectl get configmap gms --namespace %s --output %s",
                   gmskube->instance, "jsonpath={.metadata.labels.gms/image-tag}");
    if (status == STAGED_FAILED || (status == STAGED_OK && *tag == '\0'))
        return staged_fail(script, "Unable to determine the instance tag, which is needed for "
                                   "future stages.");
    STAGED_TRY(status);
    gmskube->tag = tag;
    return staged_namespace_set(staged_script_args(script), "tag", staged_value_text(tag));
}

static staged_status before_test(staged_call *c)
{
    system_test *self = c->data;
    if (!staged_stage_is_selected(c->script, c->stage))
        return STAGED_OK;
    STAGED_TRY(find_tag(c->script));
    /* Keys are secret, and no record keeps them. */
    if (self->reports.access_key == NULL && is_installed_earlier(c->script))
        STAGED_TRY(test_reports_install(c->script, &self->reports));
    const char *prefix = staged_format(c->script, "%s-reports", staged_script_stem(c->script));
    return staged_unique_directory(c->script, prefix, &self->reports_dir);
}

/* "--env FOO=bar" is for every test, "--env jest.FOO=bar" for that one only. */
static void add_environment(staged_script *script, staged_shell_line *command, const char *test,
                            const char *const *settings)
{
    const size_t length = strlen(test);
    for (; *settings != NULL; settings++) {
        const char *setting = *settings;
        const char *dot = strchr(setting, '.');
        if (dot != NULL && dot < strchr(setting, '=')) {
            if ((size_t)(dot - setting) != length || strncmp(setting, test, length) != 0)
                continue;
            setting = dot + 1;
        }
        staged_shell_line_add(command, "--set %s", staged_format(script, "env.%s", setting));
    }
}

static staged_status apply_test(staged_script *script, const system_test *self)
{
    const gmskube_data *gmskube = gmskube_of(script);
    staged_shell_line *command = staged_shell_line_new(script, "gmskube augment apply");
    if (gmskube->tag != NULL)
        staged_shell_line_add(command, "--tag %s", gmskube->tag);
    staged_shell_line_add(command, "--name %s", self->test);
    add_environment(script, command, self->test, staged_args_list(script, "env"));
    if (self->parallel > 1)
        staged_shell_line_add(command, "--set numIdenticalPods=%d", self->parallel);
    staged_shell_line_add(command, "%s", gmskube->instance);
    const staged_status status = gmskube_run(command);
    return status == STAGED_RETRY ? STAGED_FAILED : status;
}

/* The job's condition: "", "Complete" or "Failed"; STAGED_RETRY while there is no such job. */
static staged_status ask_for_condition(staged_script *script, const system_test *self,
                                       const char **condition)
{
    const staged_status status = staged_ask(
        script, condition, "kubectl get job/%s --namespace %s --output %s", self->test,
        gmskube_of(script)->instance, "jsonpath={.status.conditions[?(@.status==\"True\")].type}");
    return status == STAGED_FAILED ? STAGED_RETRY : status;
}

static staged_status has_started(staged_script *script, void *context)
{
    const char *condition;
    return ask_for_condition(script, context, &condition);
}

static staged_status is_over(staged_script *script, void *context)
{
    const char *condition;
    STAGED_TRY(ask_for_condition(script, context, &condition));
    return strstr(condition, "Complete") != NULL || strstr(condition, "Failed") != NULL
               ? STAGED_OK
               : STAGED_RETRY;
}

static staged_status wait_for_test(staged_script *script, system_test *self)
{
    const double interval_s = gmskube_of(script)->poll_interval_s;
    staged_status status =
        staged_poll(script, staged_format(script, "'%s' to start", self->test), has_started,
                    .context = self, .interval_s = interval_s, .timeout_s = 10 * interval_s);
    if (status == STAGED_TIMED_OUT)
        return staged_fail(script, "'%s' failed to start; aborting.", self->test);
    STAGED_TRY(status);
    status = staged_poll(script, staged_format(script, "'%s' to be over", self->test), is_over,
                         .context = self, .interval_s = interval_s,
                         .timeout_s = staged_stage_retry(script, "test").timeout_s);
    /* Then there are no reports, which is found out next. */
    return status == STAGED_TIMED_OUT ? STAGED_OK : status;
}

static staged_status test(staged_call *c)
{
    system_test *self = c->data;
    self->attempt++;
    STAGED_TRY(apply_test(c->script, self));
    if (staged_script_is_dry_run(c->script)) {
        self->passed = true;
        return STAGED_OK;
    }
    STAGED_TRY(wait_for_test(c->script, self));
    STAGED_TRY(staged_log(c->script, "Collecting results from '%s'", self->test));
    const char *directory =
        staged_format(c->script, "%s/%s-%d", self->reports_dir, self->test, self->attempt);
    STAGED_TRY(test_reports_collect(c->script, &self->reports, self->test, directory,
                                    self->parallel, &self->passed));
    if (self->passed) {
        STAGED_TRY(staged_keep(c->script, "reports_dir", self->reports_dir));
        STAGED_TRY(staged_keep(c->script, "passed", "yes"));
        return staged_log(c->script, "[bold green]%s PASSED", self->test);
    }
    STAGED_TRY(staged_log(c->script, "[bold red]%s FAILED", self->test));
    return STAGED_RETRY;
}

/* A failed test leaves its logs, and makes room for the next attempt. */
static staged_status prepare_to_retry_test(staged_call *c)
{
    system_test *self = c->data;
    const gmskube_data *gmskube = gmskube_of(c->script);
    STAGED_TRY(gmskube_save_logs(c->script, self->test));
    staged_shell_line *command = staged_shell_line_new(c->script, "gmskube augment delete");
    staged_shell_line_add(command, "--tag %s --name %s %s", gmskube->tag, self->test,
                          gmskube->instance);
    const staged_status status = gmskube_run(command);
    STAGED_TRY(status == STAGED_RETRY ? STAGED_FAILED : status);
    STAGED_TRY(test_reports_remove(c->script, &self->reports, self->test));
    return staged_log(c->script, "[bold yellow]Retrying the failed test...");
}

static staged_status after_test(staged_call *c)
{
    const system_test *self = c->data;
    if (staged_stage_is_selected(c->script, c->stage))
        staged_script_set_success(c->script, gmskube_of(c->script)->pods_ready && self->passed);
    return STAGED_OK;
}

/* ---- All stages ---- */

/* What the run that is resumed has found out in stages that do not run again. */
static staged_status take_up(staged_script *script, system_test *self)
{
    self->reports_dir = staged_script_kept(script, "reports_dir");
    self->passed = staged_script_kept(script, "passed") != NULL;
    return is_installed_earlier(script) && is_ian(self) ? use_ian_sim_deploy(script, self)
                                                        : STAGED_OK;
}

static staged_status run(staged_call *c)
{
    system_test *self = c->data;
    STAGED_TRY(take_up(c->script, self));
    STAGED_TRY(staged_stage_run(c->script, "install"));
    STAGED_TRY(staged_stage_run(c->script, "wait"));
    if (is_ian(self)) {
        STAGED_TRY(staged_stage_run(c->script, "init"));
        STAGED_TRY(staged_stage_run(c->script, "start"));
    }
    STAGED_TRY(staged_stage_run(c->script, "sleep"));
    STAGED_TRY(staged_stage_run(c->script, "test"));
    return staged_stage_run(c->script, "uninstall");
}

/* ---- The end ---- */

static staged_status on_interrupt(staged_call *c)
{
    if (!gmskube_of(c->script)->instance_exists ||
        !staged_stage_is_selected(c->script, "uninstall"))
        return STAGED_OK;
    return staged_log(c->script,
                      "[yellow]Attempting to tear down the testing instance so we don't leave it "
                      "lying around.  If you hit CTRL+C again, you'll need to manually delete this "
                      "instance.");
}

static staged_status summarize(staged_call *c)
{
    const system_test *self = c->data;
    return self->reports_dir == NULL || staged_script_is_dry_run(c->script)
               ? STAGED_OK
               : staged_summary_set_section_text(c->script, "Test reports", self->reports_dir);
}

const staged_class gms_system_test = {
    STAGED_CLASS("GMSSystemTest"),
    .bases = STAGED_BASES(&simulator_mixin, &gmskube_wrapper),
    .data_size = sizeof(system_test),
    .description = description,
    .epilog = epilog,
    .arguments = STAGED_ARGUMENTS(
        STAGED_ARGUMENT("--type", STAGED_INTO(system_test, type), .help = "The type of instance.",
                        .choices = STAGED_TEXTS("ian", "keycloak", "sb", "logging")),
        STAGED_ARGUMENT("--sleep", STAGED_INTO(system_test, sleep_s), .default_text = "0",
                        .help = "How long to wait between the pods reaching a 'Ready' state and "
                                "starting the test."),
        STAGED_ARGUMENT("--test", STAGED_INTO(system_test, test),
                        .help = "The name of a test to run (see ``gmskube augment catalog --tag "
                                "<reference>``)."),
        STAGED_ARGUMENT(
            "--env", .action = STAGED_ARG_APPEND, .convert = gmskube_convert_setting,
            .help = "Set environment variables in the test environment.  This argument can be "
                    "specified multiple times to specify multiple values.  Example:  ``--env "
                    "FOO=bar`` will set ``FOO=bar`` for the test."),
        STAGED_ARGUMENT("--parallel", STAGED_INTO(system_test, parallel), .default_text = "1",
                        .choices = STAGED_TEXTS("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"),
                        .help = "How many identical test augmentation pods to launch in parallel."),
        STAGED_GROUP("install", "Additional options to pass on to ``gmskube install``."),
        STAGED_ARGUMENT("--values", .action = STAGED_ARG_APPEND, .help = GMSKUBE_VALUES_HELP)),
    .methods = STAGED_METHODS(
        STAGED_STAGE("sleep", "Sleeping to allow the application to be ready...", sleep_a_while),
        STAGED_STAGE("test", "Running the specified test...", test, .retries = STAGED_YES),
        STAGED_ON(STAGED_HOOK_BUILD_PARSER, build_parser, .after = staged_super),
        STAGED_ON(STAGED_HOOK_PARSE_ARGS, parse_args, .after = staged_super),
        STAGED_ON(STAGED_HOOK_MAIN, run),
        STAGED_ON(GMSKUBE_RUN_INSTALL_COMMANDS, run_install_commands),
        STAGED_ON_STAGE(STAGED_HOOK_PRE_STAGE, "install", before_install, .after = staged_general),
        STAGED_ON_STAGE(STAGED_HOOK_PRE_STAGE, "test", before_test,
                        .after = gmskube_check_instance),
        STAGED_ON_STAGE(STAGED_HOOK_PREPARE_TO_RETRY, "test", prepare_to_retry_test,
                        .after = staged_general),
        STAGED_ON_STAGE(STAGED_HOOK_POST_STAGE, "test", after_test, .after = staged_general),
        STAGED_ON(STAGED_HOOK_INTERRUPT, on_interrupt, .after = staged_super),
        STAGED_ON(STAGED_HOOK_SUMMARY, summarize, .after = staged_super)),
};
