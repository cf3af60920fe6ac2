/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef STAGED_CONSOLE_H
#define STAGED_CONSOLE_H

#include <staged/status.h>

#endif
