/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/remote/here.h"

void stg_place_end_of_status(staged_place_end *end, staged_status status)
{
    const bool is_refused = status == STAGED_NOT_FOUND || status == STAGED_NOT_ALLOWED ||
                            status == STAGED_BAD_INPUT || status == STAGED_BAD_USE;
    end->failure = is_refused ? STAGED_PLACE_REFUSED : STAGED_PLACE_OTHER;
    end->may_pass = status == STAGED_IO || status == STAGED_NO_MEMORY;
}
