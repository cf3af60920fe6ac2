/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef STG_PROCESS_SECRETS_SECRETS_H
#define STG_PROCESS_SECRETS_SECRETS_H

#include <staged/secrets.h>

#include "process/secrets/forms.h"

/* NULL: no secrets. */
const stg_forms *stg_secrets_forms(const staged_secrets *secrets);

#endif
