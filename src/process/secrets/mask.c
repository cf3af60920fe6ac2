/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A text with its secrets masked. */
#include "process/secrets/mask.h"

#include <stdlib.h>
#include <string.h>

#include "base/text/buf.h"

stg_mask stg_mask_begin(const stg_forms *forms)
{
    stg_mask mask = {0};
    if (forms == NULL || forms->count == 0)
        return mask;
    mask.forms = forms;
    /* The held bytes are at most as many as are needed to decide, and are searched together with as
     * many new ones. */
    mask.held = malloc(2 * mask.forms->longest);
    mask.failed = mask.held == NULL;
    return mask;
}

/* Whether the byte at `at` belongs to a secret; overlapping secrets count as one. */
static bool is_covered(stg_mask *m, size_t match)
{
    if (match > m->covered)
        m->covered = match;
    if (m->covered == 0)
        return false;
    m->covered--;
    return true;
}

/* Passes on what can be decided of the first `until` of `length` bytes: all, or those before a
 * possible secret that ends past the bytes.  Returns how many. */
static size_t scan(stg_mask *m, const char *bytes, size_t length, size_t until, bool is_last,
                   stg_mask_out *out, void *context)
{
    size_t shown = 0, at = 0;
    for (; at < until; at++) {
        if (m->covered == 0) {
            const size_t next = stg_forms_find(m->forms, bytes, at, until);
            m->inside = m->inside && next == at;
            if ((at = next) == until)
                break;
        }
        bool longer;
        const size_t match =
            stg_forms_match(m->forms, bytes + at, length - at, m->is_wrapped, &longer);
        if (longer && !is_last)
            break;
        const bool was_inside = m->inside;
        m->inside = is_covered(m, match);
        if (!m->inside)
            continue;
        out(context, bytes + shown, at - shown);
        shown = at + 1;
        if (!was_inside)
            out(context, STAGED_SECRET_MASK, strlen(STAGED_SECRET_MASK));
    }
    out(context, bytes + shown, at - shown);
    return at;
}

/* Decides about the held bytes, with the bytes that follow.  Returns how many of those are done or
 * are held back now. */
static size_t scan_held(stg_mask *m, const char *bytes, size_t length, stg_mask_out *out,
                        void *context)
{
    const size_t before = m->held_length;
    const bool all = length <= m->forms->longest;
    const size_t taken = all ? length : m->forms->longest;
    memcpy(m->held + before, bytes, taken);
    m->touched = before + taken > m->touched ? before + taken : m->touched;
    const size_t until = all ? before + taken : before;
    const size_t done = scan(m, m->held, before + taken, until, false, out, context);
    if (!all) {
        m->held_length = 0;
        return 0;
    }
    m->held_length = before + taken - done;
    memmove(m->held, m->held + done, m->held_length);
    return taken;
}

void stg_mask_add(stg_mask *mask, const char *bytes, size_t length, stg_mask_out *out,
                  void *context)
{
    if (mask->forms == NULL) {
        out(context, bytes, length);
        return;
    }
    if (mask->failed)
        return;
    if (mask->held_length > 0) {
        const size_t done = scan_held(mask, bytes, length, out, context);
        bytes += done;
        length -= done;
    }
    const size_t done = scan(mask, bytes, length, length, false, out, context);
    mask->held_length += length - done;
    if (length > done)
        memcpy(mask->held, bytes + done, length - done);
    mask->touched = mask->held_length > mask->touched ? mask->held_length : mask->touched;
}

void stg_mask_end(stg_mask *mask, stg_mask_out *out, void *context)
{
    if (mask->held_length > 0)
        (void)scan(mask, mask->held, mask->held_length, mask->held_length, true, out, context);
    if (mask->held != NULL)
        stg_wipe(mask->held, mask->touched);
    free(mask->held);
    *mask = (stg_mask){0};
}
