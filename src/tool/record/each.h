/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Commands for each of many items, as a record has them. */
#ifndef TOOL_RECORD_EACH_H
#define TOOL_RECORD_EACH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "tool/common/text.h"

/* One of them.  Events belong to the record.
 *   end      NULL: it goes on, or the run died
 *   items    of which the record says how they ended, in that order
 *   passed   in this run; `retried` of them after a retry
 *   earlier  passed in a run that this one resumed
 *   failed   also those that were ended because all was */
typedef struct tool_each {
    const json_t *begin;
    const json_t *end;
    const json_t **items;
    size_t item_count;
    size_t passed, retried, earlier, failed;
} tool_each;

/* Those of a record, in the order in which they began; all zero: none. */
typedef struct tool_eaches {
    tool_each *all;
    size_t count;
} tool_eaches;

/* Takes an event into account, in order, of any kind. */
void tool_eaches_add(tool_eaches *eaches, const json_t *event);
void tool_eaches_free(tool_eaches *eaches);

typedef struct tool_item_time {
    int64_t began_ns, duration_ns;
} tool_item_time;

/* How many items there are in all; -1: that is not known. */
int64_t tool_each_total(const tool_each *each);
/* How many items were not run, of those that are known of. */
int64_t tool_each_not_run(const tool_each *each);
/* Adds what became of them: "8 passed, 1 of them after a retry, 2 failed". */
void tool_each_add_totals(sh_text *text, const tool_each *each);

bool tool_item_has_failed(const json_t *item);
/* When an item ran, since the run began: its event tells of its end, and how long all of its
 * attempts took.  Never before its each. */
tool_item_time tool_item_ran(const tool_each *each, const json_t *item);
/* Adds what an item is called, as in the log: the beginning of a long one, and '' for an empty one.
 */
void tool_item_add_name(sh_text *text, const json_t *item);
/* The failed item after this place.
 *   at  receives the place after it, for the next call; 0 at first
 * NULL: there is no other one. */
const json_t *tool_each_next_failed(const tool_each *each, size_t *at);

#endif
