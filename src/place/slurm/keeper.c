/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/slurm/keeper.h"

#include "process/framework.h"

staged_status stg_slurm_keeper_start(const char *const *words, const char *const *environment,
                                     const char *const *without, bool clear_environment,
                                     staged_process **keeper)
{
    static const staged_stream nowhere = {.size = sizeof nowhere, .kind = STAGED_STREAM_DISCARD};
    const int leaving = stg_signals_leaving_descriptor();
    const staged_stream told = {
        .size = sizeof told, .kind = STAGED_STREAM_DESCRIPTOR, .descriptor = leaving};
    const staged_process_options options = {
        .size = sizeof options,
        .arguments = words,
        .environment = environment,
        .without = without,
        .clear_environment = clear_environment,
        .input = leaving < 0 ? &nowhere : &told,
        .output = &nowhere,
        .error_output = &nowhere,
        .process_group = STAGED_PROCESS_GROUP_SESSION,
        .leaves_daemon = true,
    };
    return staged_process_start(&options, keeper);
}
