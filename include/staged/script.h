/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef STAGED_SCRIPT_H
#define STAGED_SCRIPT_H

#include <staged/status.h>

#endif
