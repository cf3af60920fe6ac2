/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The widths of all characters, in blocks of 256: first which block, then two bits a character. */
#ifndef STG_BASE_UNICODE_CELL_TABLE_H
#define STG_BASE_UNICODE_CELL_TABLE_H

#include <stdint.h>

#define STG_CELL_BLOCKS 3600
/* One cell, and two when variation selector 16 follows. */
#define STG_CELL_WIDENS 3u

extern const uint8_t stg_cell_blocks[STG_CELL_BLOCKS];
extern const uint8_t stg_cell_widths[][64];

#endif
