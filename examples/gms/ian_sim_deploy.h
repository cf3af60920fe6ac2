/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Deploys an IAN instance of GMS with its simulator: a script by itself, and of use to others, who
 * let it parse arguments and run its install commands. */
#ifndef IAN_SIM_DEPLOY_H
#define IAN_SIM_DEPLOY_H

#include <staged/staged.h>

extern const staged_class ian_sim_deploy;

#endif
