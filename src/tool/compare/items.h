/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Items that passed in one of two runs and failed in the other. */
#ifndef TOOL_COMPARE_ITEMS_H
#define TOOL_COMPARE_ITEMS_H

#include "tool/record/record.h"

/* Is told of one.
 *   name   its stage and itself
 *   texts  how it ended in each run: "passed", "failed (exit code 2)" */
typedef void tool_items_function(void *context, const char *name, const char *const texts[2]);

/* Calls a function for each of them.  An item is known by its text and by the place of its each in
 * the stage; what counts is the last attempt of that, and of equal items that one failed.  Items
 * with a secret in them cannot be told apart, and are passed over. */
void tool_items_compare(const tool_record *a, const tool_record *b, tool_items_function *take,
                        void *context);

#endif
