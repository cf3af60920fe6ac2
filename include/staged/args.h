/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef STAGED_ARGS_H
#define STAGED_ARGS_H

#include <staged/status.h>

#endif
