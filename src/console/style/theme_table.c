/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The default theme: the names that Rich 14.3.3 knows. */
#include "console/style/theme.h"

const stg_theme_entry stg_default_theme[] = {
#include "rich_theme.h"
};

const size_t stg_default_theme_count = sizeof stg_default_theme / sizeof *stg_default_theme;
