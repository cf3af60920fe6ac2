/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/theme.h"
