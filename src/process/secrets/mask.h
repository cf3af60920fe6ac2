/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A text with its secrets masked, piece by piece: a secret may be cut anywhere. */
#ifndef STG_PROCESS_SECRETS_MASK_H
#define STG_PROCESS_SECRETS_MASK_H

#include <stdbool.h>
#include <stddef.h>

#include <staged/secrets.h>

#include "process/secrets/forms.h"

typedef struct stg_mask {
    const stg_forms *forms; /* NULL: nothing is secret */
    char *held;             /* bytes that may begin a secret */
    size_t held_length;
    size_t touched;  /* how much of `held` is in use */
    size_t covered;  /* how many of the next bytes belong to a secret that was found */
    bool is_wrapped; /* lines may be broken anywhere; set it before the first bytes */
    bool inside;     /* the last byte belonged to one */
    bool failed;     /* out of memory to hold bytes back: nothing is shown */
} stg_mask;

/* Receives what may be shown. */
typedef void stg_mask_out(void *context, const char *bytes, size_t length);

/* End it with stg_mask_end.
 *   forms   borrowed; NULL: nothing is secret */
stg_mask stg_mask_begin(const stg_forms *forms);
void stg_mask_add(stg_mask *mask, const char *bytes, size_t length, stg_mask_out *out,
                  void *context);
/* Passes on what was held back, and frees the mask's memory. */
void stg_mask_end(stg_mask *mask, stg_mask_out *out, void *context);

#endif
