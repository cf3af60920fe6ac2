/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef STG_CONSOLE_STYLE_COLOR_NAMES_H
#define STG_CONSOLE_STYLE_COLOR_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Looks up a colour's number, 0..255, by its name in lower case; false when there is none. */
bool stg_color_number(const char *name, size_t length, uint8_t *number);

#endif
