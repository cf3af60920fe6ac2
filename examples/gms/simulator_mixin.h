/* SPDX-License-Identifier: BSD-3-Clause
 *
 * For scripts that are a GMSKubeWrapper, too: what there is to do with the simulator of an
 * instance, which makes up the data that tests need.  Its stages: init    initializes it, and waits
 * until it is INITIALIZED start   starts the flow of data, and waits until it is STARTED stop stops
 * the flow, and waits until it is STOPPED clean   cleans up, and waits until it is UNINITIALIZED
 *   status  says which state it is in, if that can be found out */
#ifndef SIMULATOR_MIXIN_H
#define SIMULATOR_MIXIN_H

#include <staged/staged.h>

extern const staged_class simulator_mixin;

/* What a simulation is about; set by the scripts.  Texts belong to them. */
typedef struct simulator_settings {
    const char *seed_start_time;
    const char *seed_end_time;
    const char *sim_start_time;
    const char *op_time_period;
    const char *calib_update_freq;
    int state_timeout_min; /* how long to wait for a state, in minutes */
} simulator_settings;
simulator_settings *simulator_settings_of(staged_script *script);

#endif
