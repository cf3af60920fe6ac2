/* SPDX-License-Identifier: BSD-3-Clause */
#include "ian_sim_deploy.h"

#include <ctype.h>
#include <string.h>
#include <time.h>

#include "gmskube.h"
#include "gmskube_wrapper.h"
#include "simulator_mixin.h"

typedef struct ian_data {
    bool keycloak;
    bool istio;
    int timeout_min;
    const char *node_env;
    const char *const *sets;
    const char *const *set_strings;
    simulator_settings simulation;
} ian_data;

/* ---- The command line ---- */

/* Whether the text is like the pattern, in which 0 stands for any digit. */
static bool is_like(const char *text, const char *pattern)
{
    for (; *pattern != '\0'; text++, pattern++) {
        if (*pattern == '0' ? !isdigit((unsigned char)*text) : *text != *pattern)
            return false;
    }
    return *text == '\0';
}

static staged_status convert_time(staged_conversion *conversion, const char *text, void *context)
{
    (void)context;
    if (!is_like(text, "0000-00-00T00:00:00Z"))
        return staged_conversion_refuse(
            conversion, "Times must be specified in the 'YYYY-MM-DDTHH:MM:SSZ' format, e.g., "
                        "'2019-01-05T16:00:00Z'.");
    return staged_conversion_set(conversion, staged_value_text(text));
}

static staged_status convert_period(staged_conversion *conversion, const char *text, void *context)
{
    enum { LONGEST = 32 };
    const size_t length = strlen(text);
    (void)context;
    if (*text != 'P' || length > LONGEST || strspn(text, "PYMWDTHS.0123456789") != length)
        return staged_conversion_refuse(
            conversion, "Periods must be specified as ISO 8601 durations, e.g., 'PT24H'.");
    return staged_conversion_set(conversion, staged_value_text(text));
}

static const char description[] =
    "This script deploys an IAN instance of GMS using the simulator and containerized Oracle "
    "augmentations.  It's composed of the following stages:\n\n"
    "* install:  Install an IAN instance.\n"
    "* wait:  Wait for all the pods to be ready.\n"
    "* init:  Initialize the simulator.\n"
    "* start:  Start the simulator.\n"
    "* stop:  Stop the simulator.\n"
    "* clean:  Clean up the simulator.\n"
    "* status:  Check the simulator status.\n"
    "* uninstall:  Uninstall the instance.\n\n"
    "Any stages called out on the command line via the ``--stage`` flag are executed in the order "
    "above.";

static const char epilog[] =
    "examples:\n"
    "  Here are a handful of standard use cases.\n\n"
    "  Install an instance, wait for the pods to be ready, and initialize and start the "
    "simulator::\n\n"
    "      %(prog)s --tag <branch/tag/sha1> --instance <name>\n\n"
    "  Initialize and start the simulator for a standing instance::\n\n"
    "      %(prog)s --instance <name> --stage init start\n\n"
    "  Check the simulator status::\n\n"
    "      %(prog)s --instance <name> --stage status\n\n"
    "  Shut down the simulator::\n\n"
    "      %(prog)s --instance <name> --stage stop clean\n\n"
    "  If an instance appears to be misbehaving, grab all the container logs::\n\n"
    "      %(prog)s --instance <name> --stage status --save-logs";

static staged_status build_parser(staged_call *c)
{
    staged_parser *parser = staged_script_parser(c->script);
    staged_parser_set_default(parser, "install_retry_attempts", staged_value_int(2));
    staged_parser_set_default(parser, "install_retry_timeout", staged_value_int(600));
    /* Who only uses the class may have registered no stages. */
    if (*staged_script_stages(c->script, NULL) != NULL)
        staged_parser_set_default_list(parser, "stage",
                                       STAGED_TEXTS("install", "wait", "init", "start"));
    staged_parser_set_default(parser, "wait_timeout", staged_value_int(900));
    return STAGED_OK;
}

/* Eight hours ago, at the top of the hour; kept among the arguments, so that the summary names it.
 */
static staged_status choose_sim_start_time(staged_script *script, simulator_settings *settings)
{
    const time_t then =
        (time_t)(staged_script_start_time_ns(script) / 1000000000) - (time_t)8 * 60 * 60;
    struct tm utc;
    char text[32];
    if (gmtime_r(&then, &utc) == NULL ||
        strftime(text, sizeof text, "%Y-%m-%dT%H:00:00Z", &utc) == 0)
        return staged_fail(script, "cannot tell the time");
    settings->sim_start_time = staged_format_text(script, text);
    return staged_namespace_set(staged_script_args(script), "sim_start_time",
                                staged_value_text(text));
}

static staged_status parse_args(staged_call *c)
{
    ian_data *self = c->data;
    const gmskube_data *gmskube = gmskube_of(c->script);
    if (gmskube->instance == NULL)
        return staged_fail_usage(c->script,
                                 "You must specify an instance name with `--instance INSTANCE`.");
    if (gmskube->tag == NULL && staged_stage_is_selected(c->script, "install"))
        return staged_fail_usage(c->script, "You must specify `--tag` to install an instance.");
    if (self->simulation.sim_start_time == NULL)
        STAGED_TRY(choose_sim_start_time(c->script, &self->simulation));
    *simulator_settings_of(c->script) = self->simulation;
    return STAGED_OK;
}

/* ---- What it does ---- */

/* Beside other stages the simulator's state is a courtesy; by itself it is what was asked for. */
static void judge_status(staged_script *script)
{
    const bool others = staged_script_duration(script, 1) != NULL;
    if (!others && staged_stage_outcome(script, "status") == STAGED_OUTCOME_FAILED)
        staged_script_set_success(script, false);
}

/* Only what was asked for; stages that were not are not even mentioned. */
static staged_status run(staged_call *c)
{
    static const char *const order[] = {"install", "wait",  "init",   "start",
                                        "stop",    "clean", "status", "uninstall"};
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        if (staged_stage_is_selected(c->script, order[i]))
            STAGED_TRY(staged_stage_run(c->script, order[i]));
    }
    judge_status(c->script);
    const gmskube_data *gmskube = gmskube_of(c->script);
    return gmskube->save_logs && gmskube->instance_exists ? gmskube_save_logs(c->script, NULL)
                                                          : STAGED_OK;
}

static staged_status run_install_commands(staged_call *c)
{
    const ian_data *self = c->data;
    const gmskube_data *gmskube = gmskube_of(c->script);
    staged_shell_line *command = staged_shell_line_new(c->script, "gmskube install");
    staged_shell_line_add(command, "--augment bridged-data-source-simulator --augment oracle");
    staged_shell_line_add(command, self->istio ? "--istio" : "--no-istio");
    staged_shell_line_add(command, "--set interactive-analysis-ui.env.NODE_ENV=%s", self->node_env);
    if (!self->keycloak)
        staged_shell_line_add(command,
                              "--set interactive-analysis-ui.env.GMS_DISABLE_KEYCLOAK_AUTH=true");
    staged_shell_line_add_options(command, "--set", self->sets);
    staged_shell_line_add_options(command, "--set-string", self->set_strings);
    staged_shell_line_add(command, "--tag %s --timeout %d --type ian", gmskube->tag,
                          self->timeout_min);
    staged_shell_line_add(command, "--values deploy/custom-values/ORG/simulator.yaml");
    staged_shell_line_add_options(command, "--values", staged_args_list(c->script, "values"));
    staged_shell_line_add(command, "%s", gmskube->instance);
    return gmskube_run(command);
}

static staged_status summarize(staged_call *c)
{
    const gmskube_data *gmskube = gmskube_of(c->script);
    if (!gmskube->instance_exists || staged_script_is_dry_run(c->script))
        return STAGED_OK;
    const char *address;
    const staged_status status =
        gmskube_address(c->script, "interactive-analysis-ui", gmskube->instance, &address);
    if (status == STAGED_OK && *address != '\0')
        return staged_summary_set_section_text(c->script, "UI URL", address);
    return status == STAGED_FAILED ? STAGED_OK : status;
}

const staged_class ian_sim_deploy = {
    STAGED_CLASS("IANSimDeploy"),
    .bases = STAGED_BASES(&simulator_mixin, &gmskube_wrapper),
    .data_size = sizeof(ian_data),
    .description = description,
    .epilog = epilog,
    .arguments = STAGED_ARGUMENTS(
        STAGED_ARGUMENT("--keycloak", STAGED_INTO(ian_data, keycloak), .action = STAGED_ARG_BOOLEAN,
                        .default_value = {.kind = STAGED_VALUE_BOOL, .as.boolean = true},
                        .help = "Whether to use KeyCloak authentication."),
        STAGED_ARGUMENT("--node-env", STAGED_INTO(ian_data, node_env), .default_text = "production",
                        .choices = STAGED_TEXTS("production", "development"),
                        .help = "What Node environment to use."),
        STAGED_ARGUMENT("--state-timeout", STAGED_INTO(ian_data, simulation.state_timeout_min),
                        .default_text = "5",
                        .help = "How long to wait (in minutes) for the simulator to transition to "
                                "a desired state."),
        STAGED_GROUP("install", "Additional options to pass on to `gmskube install`."),
        STAGED_ARGUMENT("--istio", STAGED_INTO(ian_data, istio), .action = STAGED_ARG_BOOLEAN,
                        .default_value = {.kind = STAGED_VALUE_BOOL, .as.boolean = true},
                        .help = "Whether to enable the Istio service mesh in the namespace."),
        STAGED_ARGUMENT("--set", STAGED_INTO(ian_data, sets), .dest = "sets",
                        .action = STAGED_ARG_APPEND, .convert = gmskube_convert_setting,
                        .help = "Set a value in the chart to the specified value.  May be "
                                "specified multiple times for different values.  Examples:  `--set "
                                "foo=bar` to set value `foo` to `bar`; `--set "
                                "global.env.GLOBAL_VAR=Hello` to set the `GLOBAL_VAR` environment "
                                "variable to `Hello` in all application Pods within the instance; "
                                "`--set bastion.replicas=0` to set the `replicas` chart value in "
                                "the `bastion` chart to `0`."),
        STAGED_ARGUMENT("--set-string", STAGED_INTO(ian_data, set_strings), .dest = "set_strings",
                        .action = STAGED_ARG_APPEND, .convert = gmskube_convert_setting,
                        .help = "Similar to `--set` but forces a string value."),
        STAGED_ARGUMENT("--timeout", STAGED_INTO(ian_data, timeout_min), .default_text = "15",
                        .help = "Specify the max time in minutes (integer) that `gmskube` should "
                                "wait for various actions to complete."),
        STAGED_ARGUMENT("--values", .action = STAGED_ARG_APPEND, .help = GMSKUBE_VALUES_HELP),
        STAGED_GROUP("init", "Additional options for initializing the simulator."),
        STAGED_ARGUMENT("--seed-start-time", STAGED_INTO(ian_data, simulation.seed_start_time),
                        .default_text = "2019-01-05T16:00:00Z", .convert = convert_time,
                        .help = "The start time for the seed data when initializing the "
                                "simulator."),
        STAGED_ARGUMENT("--seed-end-time", STAGED_INTO(ian_data, simulation.seed_end_time),
                        .default_text = "2019-01-05T22:00:00Z", .convert = convert_time,
                        .help = "The end time for the seed data when initializing the simulator."),
        STAGED_ARGUMENT("--sim-start-time", STAGED_INTO(ian_data, simulation.sim_start_time),
                        .convert = convert_time,
                        .help = "The simulation start time for initializing the simulator.  Must "
                                "be specified in UTC in 'YYYY-MM-DDTHH:MM:SSZ' format, e.g., "
                                "'2023-01-23T16:56:07Z'.  Defaults to 8 hours ago, rounded back to "
                                "the top of the hour."),
        STAGED_ARGUMENT("--op-time-period", STAGED_INTO(ian_data, simulation.op_time_period),
                        .default_text = "PT24H", .convert = convert_period,
                        .help = "The simulator's operational time period."),
        STAGED_ARGUMENT("--calib-update-freq", STAGED_INTO(ian_data, simulation.calib_update_freq),
                        .default_text = "PT6H", .convert = convert_period,
                        .help = "The simulator's calibration update frequency.")),
    .methods =
        STAGED_METHODS(STAGED_ON(STAGED_HOOK_BUILD_PARSER, build_parser, .after = staged_super),
                       STAGED_ON(STAGED_HOOK_PARSE_ARGS, parse_args, .after = staged_super),
                       STAGED_ON(STAGED_HOOK_MAIN, run),
                       STAGED_ON(GMSKUBE_RUN_INSTALL_COMMANDS, run_install_commands),
                       STAGED_ON(STAGED_HOOK_SUMMARY, summarize, .after = staged_super)),
};
