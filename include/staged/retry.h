/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef STAGED_RETRY_H
#define STAGED_RETRY_H

#include <staged/status.h>

#endif
