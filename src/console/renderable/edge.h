/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What goes out to the left edge of the output, over what stands there in other lines, when it does
 * not fit into its place. */
#ifndef STG_CONSOLE_RENDERABLE_EDGE_H
#define STG_CONSOLE_RENDERABLE_EDGE_H

#include <staged/renderable.h>

/*   child  taken over, also on failure
 * NULL: out of memory. */
staged_renderable *stg_edge_new(staged_renderable *child);

#endif
