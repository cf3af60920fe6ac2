/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A command at a place, as the files of this room share it. */
#ifndef STG_PLACE_JOB_JOB_H
#define STG_PLACE_JOB_JOB_H

#include "place/framework.h"

/* The texts of a look: job, node, reason. */
enum { STG_LOOK_TEXTS = 3 };

/* A command at a place.
 *   options        of the client
 *   is_begun       the kind has a job for it; otherwise `failure` says why not
 *   look, texts    what is known
 *   runs_since_ns  INT64_MAX: it has not begun to run
 *   stopped_ns     when it was first asked to end; INT64_MAX: it was not
 *   timed_out, waited_out   why */
struct stg_place_job {
    stg_place *place;
    staged_place_client client;
    staged_process_options options;
    bool is_begun;
    staged_place_end *failure;
    stg_place_limits limits;
    double grace_s, stop_grace_s;
    staged_place_look look;
    char *texts[STG_LOOK_TEXTS];
    bool has_looked;
    int64_t began_ns, runs_since_ns, next_look_ns, stopped_ns;
    bool timed_out, waited_out;
};

#endif
