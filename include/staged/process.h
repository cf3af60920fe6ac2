/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef STAGED_PROCESS_H
#define STAGED_PROCESS_H

#include <staged/status.h>
#include <staged/words.h>

#endif
