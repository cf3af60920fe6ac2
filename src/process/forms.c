/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The texts that secrets may appear as. */
#include "process/forms.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

void stg_wipe(void *memory, size_t size)
{
    /* A compiler drops the writing to what is released next, unless it is volatile. */
    for (volatile char *at = memory; size > 0; size--)
        *at++ = 0;
}

static int compare(const char *a, size_t a_length, const char *b, size_t b_length)
{
    const int order = memcmp(a, b, a_length < b_length ? a_length : b_length);
    return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

/* How many forms come before a text. */
static size_t count_before(const stg_forms *forms, const char *text, size_t length)
{
    size_t low = 0, high = forms->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const stg_form *form = &forms->items[middle];
        if (compare(form->text, form->length, text, length) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static unsigned pair_of(const char *text)
{
    return (unsigned)(unsigned char)text[0] << 8 | (unsigned char)text[1];
}

bool stg_forms_add(stg_forms *forms, const char *text, size_t length)
{
    if (length < 2)
        return true;
    const size_t at = count_before(forms, text, length);
    if (at < forms->count && forms->items[at].length == length &&
        memcmp(forms->items[at].text, text, length) == 0)
        return true;
    char *copy = malloc(length);
    if (copy == NULL ||
        !stg_grow(&forms->items, &forms->capacity, forms->count + 1, sizeof *forms->items)) {
        free(copy);
        return false;
    }
    memcpy(copy, text, length);
    memmove(forms->items + at + 1, forms->items + at, (forms->count - at) * sizeof *forms->items);
    forms->items[at] = (stg_form){.text = copy, .length = length};
    forms->count++;
    if (length > forms->longest)
        forms->longest = length;
    forms->pairs[pair_of(text) / 64] |= UINT64_C(1) << pair_of(text) % 64;
    forms->firsts[(unsigned char)text[0]] = true;
    return true;
}

void stg_forms_free(stg_forms *forms)
{
    for (size_t i = 0; i < forms->count; i++) {
        stg_wipe(forms->items[i].text, forms->items[i].length);
        free(forms->items[i].text);
    }
    free(forms->items);
    *forms = (stg_forms){0};
}

static bool has_pair(const stg_forms *forms, const char *bytes)
{
    const unsigned pair = pair_of(bytes);
    return (forms->pairs[pair / 64] >> pair % 64 & 1) != 0;
}

size_t stg_forms_find(const stg_forms *forms, const char *bytes, size_t at, size_t end)
{
    for (; at < end; at++) {
        if (forms->firsts[(unsigned char)bytes[at]] &&
            (at + 1 == end || has_pair(forms, bytes + at)))
            break;
    }
    return at;
}

size_t stg_forms_match(const stg_forms *forms, const char *bytes, size_t length, bool *longer)
{
    *longer = false;
    if (length < 2) {
        *longer = length == 1 && forms->firsts[(unsigned char)bytes[0]];
        return 0;
    }
    if (!has_pair(forms, bytes))
        return 0;
    size_t best = 0;
    for (size_t i = count_before(forms, bytes, 2);
         i < forms->count && memcmp(forms->items[i].text, bytes, 2) == 0; i++) {
        const stg_form *form = &forms->items[i];
        const size_t common = form->length < length ? form->length : length;
        if (memcmp(form->text, bytes, common) != 0)
            continue;
        if (form->length > length)
            *longer = true;
        else if (form->length > best)
            best = form->length;
    }
    return best;
}
