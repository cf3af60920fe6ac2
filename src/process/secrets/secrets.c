/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A set of secrets. */
#include "process/secrets/secrets.h"

#include <stdlib.h>
#include <string.h>

#include "base/failure/error.h"
#include "base/text/buf.h"
#include "process/framework.h"
#include "process/secrets/mask.h"

struct staged_secrets {
    stg_forms forms;
    stg_error error;
};

staged_secrets *staged_secrets_new(void)
{
    return calloc(1, sizeof(staged_secrets));
}

void staged_secrets_free(staged_secrets *secrets)
{
    if (secrets == NULL)
        return;
    stg_forms_free(&secrets->forms);
    stg_error_free(&secrets->error);
    free(secrets);
}

const char *staged_secrets_error(const staged_secrets *secrets)
{
    return stg_error_text(&secrets->error);
}

const stg_forms *stg_secrets_forms(const staged_secrets *secrets)
{
    return secrets == NULL ? NULL : &secrets->forms;
}

static void wipe_and_free(stg_buf *buf)
{
    if (buf->data != NULL)
        stg_wipe(buf->data, buf->capacity);
    stg_buf_free(buf);
}

static void add_base64(stg_buf *out, const unsigned char *bytes, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        const unsigned second = i + 1 < length ? bytes[i + 1] : 0;
        const unsigned third = i + 2 < length ? bytes[i + 2] : 0;
        const unsigned three = (unsigned)bytes[i] << 16 | second << 8 | third;
        stg_buf_add_char(out, digits[three >> 18]);
        stg_buf_add_char(out, digits[three >> 12 & 63]);
        stg_buf_add_char(out, i + 1 < length ? digits[three >> 6 & 63] : '=');
        stg_buf_add_char(out, i + 2 < length ? digits[three & 63] : '=');
    }
}

/* In base64 a text has three forms, after 0, 1 or 2 other bytes (modulo 3); digits that encode
 * other bytes, too, are left out.
 *   times   how often it may have been encoded: Kubernetes encodes secrets, some of which were
 *           encoded before
 */
static bool add_base64_forms(stg_forms *forms, const char *value, size_t length, int times)
{
    bool worked = true;
    stg_buf shifted = {0}, encoded = {0};
    for (size_t before = 0; before < 3 && worked; before++) {
        stg_buf_clear(&shifted);
        stg_buf_clear(&encoded);
        stg_buf_add_repeated(&shifted, '\0', before);
        stg_buf_add(&shifted, value, length);
        add_base64(&encoded, (const unsigned char *)stg_buf_text(&shifted), shifted.length);
        worked = stg_buf_status(&shifted) == STAGED_OK && stg_buf_status(&encoded) == STAGED_OK;
        const size_t padding = (3 - (before + length) % 3) % 3;
        if (worked && before == 0)
            worked = stg_forms_add(forms, STG_FORM_BASE64, encoded.data, encoded.length) &&
                     stg_forms_add(forms, STG_FORM_BASE64, encoded.data, encoded.length - padding);
        const size_t first = (before * 8 + 5) / 6, end = (before + length) * 8 / 6;
        if (worked && end - first >= STAGED_SECRET_SHORTEST)
            worked = stg_forms_add(forms, STG_FORM_BASE64, encoded.data + first, end - first) &&
                     (times == 1 ||
                      add_base64_forms(forms, encoded.data + first, end - first, times - 1));
    }
    wipe_and_free(&shifted);
    wipe_and_free(&encoded);
    return worked;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void trim(const char **text, size_t *length)
{
    for (; *length > 0 && is_blank(**text); (*length)--)
        (*text)++;
    while (*length > 0 && is_blank((*text)[*length - 1]))
        (*length)--;
}

/* For a value given with the escapes of JSON or a shell, programs print the unescaped text. */
static bool add_unescaped(stg_forms *forms, const char *line, size_t length)
{
    stg_buf plain = {0};
    for (size_t i = 0; i < length; i++) {
        i += line[i] == '\\' && i + 1 < length ? 1 : 0;
        stg_buf_add_char(&plain, line[i]);
    }
    bool worked = stg_buf_status(&plain) == STAGED_OK;
    if (worked && plain.length < length && plain.length >= STAGED_SECRET_SHORTEST)
        worked = stg_forms_add(forms, STG_FORM_TEXT, plain.data, plain.length);
    wipe_and_free(&plain);
    return worked;
}

/* Adds each line that is long enough; returns false when out of memory. */
static bool add_lines(stg_forms *forms, const char *value, size_t length, size_t *count)
{
    for (const char *end = value + length; value < end;) {
        const char *newline = memchr(value, '\n', (size_t)(end - value));
        const char *line = value;
        size_t line_length = (size_t)((newline == NULL ? end : newline) - value);
        value += line_length + (newline != NULL);
        trim(&line, &line_length);
        if (line_length < STAGED_SECRET_SHORTEST)
            continue;
        (*count)++;
        if (!stg_forms_add(forms, STG_FORM_TEXT, line, line_length) ||
            !stg_forms_add(forms, STG_FORM_HEX, line, line_length) ||
            !add_unescaped(forms, line, line_length))
            return false;
    }
    return true;
}

staged_status staged_secrets_add(staged_secrets *secrets, const char *value, size_t length)
{
    size_t count = 0;
    stg_error_clear(&secrets->error);
    trim(&value, &length);
    if (!add_lines(&secrets->forms, value, length, &count) ||
        (count > 0 && !add_base64_forms(&secrets->forms, value, length, 2)))
        return stg_error_set(&secrets->error, STAGED_NO_MEMORY, "out of memory");
    if (count == 0)
        return stg_error_set(&secrets->error, STAGED_BAD_INPUT,
                             "a secret of fewer than %d characters cannot be masked: ordinary text "
                             "would be masked, too",
                             STAGED_SECRET_SHORTEST);
    return STAGED_OK;
}

staged_status staged_secrets_add_variable(staged_secrets *secrets, const char *name)
{
    const char *value = getenv(name);
    if (value == NULL || *value == '\0')
        return stg_error_set(&secrets->error, STAGED_NOT_FOUND,
                             "the environment variable %s is not set", name);
    const staged_status status = staged_secrets_add(secrets, value, strlen(value));
    if (status == STAGED_BAD_INPUT)
        return stg_error_set(&secrets->error, status, "%s: %s", name,
                             stg_error_text(&secrets->error));
    return status;
}

static void add_to_buf(void *context, const char *bytes, size_t length)
{
    stg_buf_add(context, bytes, length);
}

static char *masked_copy(stg_mask mask, const char *text, size_t length, size_t *result_length)
{
    stg_buf masked = {0};
    const bool failed = mask.failed;
    stg_mask_add(&mask, text, length, add_to_buf, &masked);
    stg_mask_end(&mask, add_to_buf, &masked);
    if (result_length != NULL)
        *result_length = masked.length;
    if (failed) {
        stg_buf_free(&masked);
        return NULL;
    }
    return stg_buf_take(&masked);
}

char *staged_secrets_mask(const staged_secrets *secrets, const char *text, size_t length,
                          size_t *result_length)
{
    return masked_copy(stg_mask_begin(stg_secrets_forms(secrets)), text, length, result_length);
}

char *stg_secrets_mask_wrapped(const staged_secrets *secrets, const char *text, size_t length)
{
    stg_mask mask = stg_mask_begin(stg_secrets_forms(secrets));
    mask.is_wrapped = true;
    return masked_copy(mask, text, length, NULL);
}

bool stg_secrets_find(const staged_secrets *secrets, const char *text, size_t length, size_t from,
                      size_t *start, size_t *end)
{
    const stg_forms *forms = &secrets->forms;
    size_t match = 0;
    bool longer;
    for (*start = stg_forms_find(forms, text, from, length); *start < length;
         *start = stg_forms_find(forms, text, *start + 1, length)) {
        match = stg_forms_match(forms, text + *start, length - *start, false, &longer);
        if (match > 0)
            break;
    }
    if (match == 0)
        return false;
    *end = *start + match;
    /* Overlapping and adjacent secrets belong to it. */
    for (size_t at = *start + 1; at <= *end && at < length; at++) {
        match = stg_forms_match(forms, text + at, length - at, false, &longer);
        if (at + match > *end)
            *end = at + match;
    }
    return true;
}
