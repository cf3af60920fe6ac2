/* SPDX-License-Identifier: BSD-3-Clause */
#include "ian_sim_deploy.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gmskube.h"
#include "gmskube_wrapper.h"
#include "simulator_mixin.h"

/* In the checkout of GMS that the script is run in. */
static const char simulator_values[] = "deploy/custom-values/ORG/simulator.yaml";

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

static void add_init_arguments(staged_parser *parser)
{
    staged_argument_group *group = staged_parser_add_group(
        parser, "init", "Additional options for initializing the simulator.");
    staged_argument_group_add_argument(
        group, "--seed-start-time", .default_text = "2019-01-05T16:00:00Z", .convert = convert_time,
        .help = "The start time for the seed data when initializing the simulator.");
    staged_argument_group_add_argument(
        group, "--seed-end-time", .default_text = "2019-01-05T22:00:00Z", .convert = convert_time,
        .help = "The end time for the seed data when initializing the simulator.");
    staged_argument_group_add_argument(
        group, "--sim-start-time", .convert = convert_time,
        .help = "The simulation start time for initializing the simulator.  Must be specified in "
                "UTC in 'YYYY-MM-DDTHH:MM:SSZ' format, e.g., '2023-01-23T16:56:07Z'.  Defaults to "
                "8 hours ago, rounded back to the top of the hour.");
    staged_argument_group_add_argument(group, "--op-time-period", .default_text = "PT24H",
                                       .convert = convert_period,
                                       .help = "The simulator's operational time period.");
    staged_argument_group_add_argument(group, "--calib-update-freq", .default_text = "PT6H",
                                       .convert = convert_period,
                                       .help = "The simulator's calibration update frequency.");
}

static staged_status build_parser(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    staged_parser *parser = staged_script_parser(c->script);
    staged_argument_group *group = staged_parser_add_group(
        parser, "install", "Additional options to pass on to `gmskube install`.");
    gmskube_add_istio_argument(group);
    gmskube_add_set_arguments(group);
    gmskube_add_timeout_argument(group);
    gmskube_add_values_argument(group);
    add_init_arguments(parser);
    staged_parser_set_default(parser, "install_retry_attempts", staged_value_int(2));
    staged_parser_set_default(parser, "install_retry_timeout", staged_value_int(600));
    /* Who only uses the class may have registered no stages. */
    if (*staged_script_stages(c->script, NULL) != NULL)
        staged_parser_set_default_list(parser, "stage",
                                       STAGED_TEXTS("install", "wait", "init", "start"));
    staged_parser_set_default(parser, "timeout", staged_value_int(15));
    staged_parser_set_default(parser, "wait_timeout", staged_value_int(900));
    return STAGED_OK;
}

/* Eight hours ago, at the top of the hour; kept among the arguments, so that the summary names it.
 */
static staged_status choose_sim_start_time(staged_script *script)
{
    const time_t then =
        (time_t)(staged_script_start_time_ns(script) / 1000000000) - (time_t)8 * 60 * 60;
    struct tm utc;
    char text[32];
    if (gmtime_r(&then, &utc) == NULL ||
        strftime(text, sizeof text, "%Y-%m-%dT%H:00:00Z", &utc) == 0)
        return staged_fail(script, "cannot tell the time");
    return staged_namespace_set(staged_script_args(script), "sim_start_time",
                                staged_value_text(text));
}

static staged_status parse_args(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    staged_namespace *args = staged_script_args(c->script);
    const gmskube_data *gmskube = gmskube_of(c->script);
    if (gmskube->instance == NULL)
        return staged_fail_usage(c->script,
                                 "You must specify an instance name with `--instance INSTANCE`.");
    if (gmskube->tag == NULL && staged_stage_is_selected(c->script, "install"))
        return staged_fail_usage(c->script, "You must specify `--tag` to install an instance.");
    if (!staged_namespace_is_set(args, "sim_start_time"))
        STAGED_TRY(choose_sim_start_time(c->script));
    *simulator_settings_of(c->script) = (simulator_settings){
        .seed_start_time = staged_namespace_text(args, "seed_start_time"),
        .seed_end_time = staged_namespace_text(args, "seed_end_time"),
        .sim_start_time = staged_namespace_text(args, "sim_start_time"),
        .op_time_period = staged_namespace_text(args, "op_time_period"),
        .calib_update_freq = staged_namespace_text(args, "calib_update_freq"),
        .state_timeout_min = (int)staged_namespace_int(args, "state_timeout"),
    };
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
    staged_namespace *args = staged_script_args(c->script);
    const gmskube_data *gmskube = gmskube_of(c->script);
    char node_env[64];
    char timeout[32];
    (void)snprintf(node_env, sizeof node_env, "interactive-analysis-ui.env.NODE_ENV=%s",
                   staged_namespace_text(args, "node_env"));
    (void)snprintf(timeout, sizeof timeout, "%lld",
                   (long long)staged_namespace_int(args, "timeout"));
    gmskube_command command;
    gmskube_begin(&command, "gmskube install");
    gmskube_add(&command, "--augment", "bridged-data-source-simulator");
    gmskube_add(&command, "--augment", "oracle");
    gmskube_add(&command, NULL, staged_namespace_bool(args, "istio") ? "--istio" : "--no-istio");
    gmskube_add(&command, "--set", node_env);
    if (!staged_namespace_bool(args, "keycloak"))
        gmskube_add(&command, "--set",
                    "interactive-analysis-ui.env.GMS_DISABLE_KEYCLOAK_AUTH=true");
    gmskube_add_all(&command, "--set", staged_namespace_list(args, "sets"));
    gmskube_add_all(&command, "--set-string", staged_namespace_list(args, "set_strings"));
    gmskube_add(&command, "--tag", gmskube->tag);
    gmskube_add(&command, "--timeout", timeout);
    gmskube_add(&command, "--type", "ian");
    gmskube_add(&command, "--values", simulator_values);
    gmskube_add_all(&command, "--values", staged_namespace_list(args, "values"));
    gmskube_add(&command, NULL, gmskube->instance);
    return gmskube_run(c->script, &command);
}

static staged_status summarize(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    const gmskube_data *gmskube = gmskube_of(c->script);
    if (!gmskube->instance_exists || staged_script_is_dry_run(c->script))
        return STAGED_OK;
    char *address = NULL;
    staged_status status =
        gmskube_address(c->script, "interactive-analysis-ui", gmskube->instance, &address);
    if (status == STAGED_OK && *address != '\0')
        status = staged_summary_set_section_text(c->script, "UI URL", address);
    free(address);
    return status == STAGED_FAILED ? STAGED_OK : status;
}

const staged_class ian_sim_deploy = {
    .name = "IANSimDeploy",
    .bases = STAGED_BASES(&simulator_mixin, &gmskube_wrapper),
    .description = description,
    .epilog = epilog,
    .arguments = STAGED_ARGUMENTS(
        STAGED_ARGUMENT("--keycloak", .action = STAGED_ARG_BOOLEAN,
                        .default_value = {.kind = STAGED_VALUE_BOOL, .as.boolean = true},
                        .help = "Whether to use KeyCloak authentication."),
        STAGED_ARGUMENT("--node-env", .default_text = "production",
                        .choices = STAGED_TEXTS("production", "development"),
                        .help = "What Node environment to use."),
        STAGED_ARGUMENT("--state-timeout", .type = STAGED_ARG_INT, .default_text = "5",
                        .help = "How long to wait (in minutes) for the simulator to transition to "
                                "a desired state.")),
    .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_BUILD_PARSER, build_parser),
                              STAGED_ON(STAGED_HOOK_PARSE_ARGS, parse_args),
                              STAGED_ON(STAGED_HOOK_MAIN, run),
                              STAGED_ON(GMSKUBE_RUN_INSTALL_COMMANDS, run_install_commands),
                              STAGED_ON(STAGED_HOOK_SUMMARY, summarize)),
};
