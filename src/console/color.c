/* SPDX-License-Identifier: BSD-3-Clause */
#include "console/color.h"
