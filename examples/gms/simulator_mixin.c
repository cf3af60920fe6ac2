/* SPDX-License-Identifier: BSD-3-Clause */
#include "simulator_mixin.h"

#include <string.h>

#include "gmskube.h"
#include "gmskube_wrapper.h"

typedef struct simulator_data {
    simulator_settings settings;
    const char *address; /* NULL: not asked for yet */
    const char *state;   /* as it was answered last */
    const char *desired;
} simulator_data;

static simulator_data *data_of(staged_script *script)
{
    return staged_script_data(script, &simulator_mixin);
}

simulator_settings *simulator_settings_of(staged_script *script)
{
    return &data_of(script)->settings;
}

/* ---- Talking to it ---- */

static staged_status find_address(staged_script *script)
{
    static const char service[] = "bridged-data-source-simulator";
    simulator_data *self = data_of(script);
    if (self->address != NULL)
        return STAGED_OK;
    if (staged_script_is_dry_run(script)) {
        self->address = "https://dry-run.dummy.url/bridged-data-source-simulator";
        return staged_log_dry_run(script, 0, "Assuming a dummy ingress URL.");
    }
    STAGED_TRY(staged_log(script, "Getting the ingress URL for the simulator."));
    const char *instance = gmskube_of(script)->instance;
    STAGED_TRY(gmskube_address(script, service, instance, &self->address));
    if (*self->address != '\0')
        return STAGED_OK;
    self->address = NULL;
    return staged_fail(script, "Unable to determine the simulator URL for instance '%s'.",
                       instance);
}

/* Asks for something.  A service that is not there yet gets some time. */
static staged_status post(staged_script *script, const char *request, const char *json)
{
    STAGED_TRY(find_address(script));
    return staged_runf_with(
        script, STAGED_RUN_OPTIONS(.pretty_print = true, .output = STAGED_STREAM_DISCARD),
        "curl --fail --silent --show-error --retry 3 --request POST "
        "--header 'Content-Type: application/json' --data %s %s/%s",
        json, data_of(script)->address, request);
}

/* Takes a state out of the quotes in which the simulator answers. */
static staged_status keep_state(staged_script *script, const char *answer)
{
    simulator_data *self = data_of(script);
    const char *begin = answer + (*answer == '"');
    self->state = staged_format(script, "%.*s", (int)strcspn(begin, "\"\n"), begin);
    return self->state == NULL ? STAGED_NO_MEMORY : STAGED_OK;
}

static staged_status get_state(staged_script *script)
{
    STAGED_TRY(find_address(script));
    const char *answer;
    STAGED_TRY(staged_ask(script, &answer,
                          "curl --fail --silent --show-error --retry 3 --request GET %s/status",
                          data_of(script)->address));
    return keep_state(script, answer);
}

/* ---- Its states ---- */

/* The states end with NULL. */
static staged_status ensure_state(staged_script *script, const char *const *desired)
{
    const bool one = desired[1] == NULL;
    const char *states = "";
    for (size_t i = 0; desired[i] != NULL; i++)
        states = staged_format(script, "%s%s'%s'", states, i == 0 ? "" : ", ", desired[i]);
    STAGED_TRY(one ? staged_log(script, "Ensuring the simulator is in the %s state.", states)
                   : staged_log(script,
                                "Ensuring the simulator is in one of the following states:  %s",
                                states));
    if (staged_script_is_dry_run(script))
        return staged_log_dry_run(script, 0, "Assuming the simulator is in the correct state.");
    STAGED_TRY(get_state(script));
    const char *state = data_of(script)->state;
    for (; *desired != NULL; desired++) {
        if (strcmp(state, *desired) == 0)
            return STAGED_OK;
    }
    return one ? staged_fail(script, "The simulator is in the '%s' state instead of the %s state.",
                             state, states)
               : staged_fail(script,
                             "The simulator is currently in the '%s' state instead of one of the "
                             "following:  %s",
                             state, states);
}

static staged_status is_in_desired_state(staged_script *script, void *context)
{
    const simulator_data *self = context;
    STAGED_TRY(get_state(script));
    if (strcmp(self->state, "ERROR") == 0)
        return staged_fail(script, "The simulator wound up in the `ERROR` state.  Consider using "
                                   "`--stage clean` to return it to the `UNINITIALIZED` state "
                                   "before proceeding.");
    return strcmp(self->state, self->desired) == 0 ? STAGED_OK : STAGED_RETRY;
}

static staged_status wait_for_state(staged_script *script, const char *desired)
{
    simulator_data *self = data_of(script);
    self->desired = desired;
    const char *what = staged_format(script, "the simulator to reach the '%s' state", desired);
    const staged_status status = staged_poll(script, what, is_in_desired_state, .context = self,
                                             .interval_s = gmskube_of(script)->poll_interval_s,
                                             .timeout_s = 60.0 * self->settings.state_timeout_min);
    if (status != STAGED_TIMED_OUT)
        return status;
    return staged_fail(script, "The simulator never reached the '%s' state.  Current state:  '%s'",
                       desired, self->state);
}

/* ---- The stages ---- */

static staged_status initialize(staged_call *c)
{
    const simulator_settings *settings = simulator_settings_of(c->script);
    const char *json =
        staged_format(c->script,
                      "{\"seedDataStartTime\": \"%s\", \"seedDataEndTime\": \"%s\", "
                      "\"simulationStartTime\": \"%s\", \"operationalTimePeriod\": \"%s\", "
                      "\"calibUpdateFrequency\": \"%s\"}",
                      settings->seed_start_time, settings->seed_end_time, settings->sim_start_time,
                      settings->op_time_period, settings->calib_update_freq);
    STAGED_TRY(ensure_state(c->script, STAGED_TEXTS("UNINITIALIZED")));
    STAGED_TRY(post(c->script, "initialize", json));
    return wait_for_state(c->script, "INITIALIZED");
}

static staged_status start(staged_call *c)
{
    STAGED_TRY(ensure_state(c->script, STAGED_TEXTS("INITIALIZED", "STOPPED")));
    STAGED_TRY(post(c->script, "start", "\"\""));
    return wait_for_state(c->script, "STARTED");
}

static staged_status stop(staged_call *c)
{
    STAGED_TRY(ensure_state(c->script, STAGED_TEXTS("STARTED")));
    STAGED_TRY(post(c->script, "stop", "\"\""));
    return wait_for_state(c->script, "STOPPED");
}

static staged_status clean(staged_call *c)
{
    STAGED_TRY(
        ensure_state(c->script, STAGED_TEXTS("ERROR", "INITIALIZED", "STOPPED", "UNINITIALIZED")));
    STAGED_TRY(post(c->script, "cleanup", "\"\""));
    return wait_for_state(c->script, "UNINITIALIZED");
}

static staged_status status(staged_call *c)
{
    STAGED_TRY(find_address(c->script));
    /* This time the command is what the user wants to see. */
    simulator_data *self = c->data;
    staged_completed_process *done;
    staged_status status = staged_runf_with(
        c->script,
        STAGED_RUN_OPTIONS(.pretty_print = true, .output = STAGED_STREAM_CAPTURE, .result = &done),
        "curl --fail --silent --show-error --retry 3 --request GET %s/status", self->address);
    if (status == STAGED_OK)
        status = keep_state(c->script, done->output);
    staged_completed_process_free(done);
    if (status != STAGED_OK || staged_script_is_dry_run(c->script))
        return status;
    return staged_log(c->script, "The simulator is currently in the '%s' state.", self->state);
}

const staged_class simulator_mixin = {
    STAGED_CLASS("SimulatorMixin"),
    .data_size = sizeof(simulator_data),
    .methods = STAGED_METHODS(
        STAGED_STAGE("init", "Initializing the simulator...", initialize),
        STAGED_STAGE("start", "Starting the simulator...", start),
        STAGED_STAGE("stop", "Stopping the simulator...", stop),
        STAGED_STAGE("clean", "Cleaning up the simulator...", clean),
        STAGED_STAGE("status", "Checking the simulator status...", status, .may_fail = true),
        STAGED_ON_STAGE(STAGED_HOOK_PRE_STAGE, "init", gmskube_check_instance),
        STAGED_ON_STAGE(STAGED_HOOK_PRE_STAGE, "start", gmskube_check_instance),
        STAGED_ON_STAGE(STAGED_HOOK_PRE_STAGE, "stop", gmskube_check_instance),
        STAGED_ON_STAGE(STAGED_HOOK_PRE_STAGE, "clean", gmskube_check_instance),
        STAGED_ON_STAGE(STAGED_HOOK_PRE_STAGE, "status", gmskube_check_instance)),
};
