/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Values that must not be shown, and texts with *** in their place. */
#ifndef STAGED_SECRETS_H
#define STAGED_SECRETS_H

#include <stddef.h>

#include <staged/status.h>

STAGED_BEGIN_DECLS

/* What is shown instead of a secret. */
#define STAGED_SECRET_MASK "***"
/* The fewest bytes that a secret may have: a shorter one would mask ordinary text, too. */
#define STAGED_SECRET_SHORTEST 4

/* A set of secrets.  Several threads may mask with it at once, while none adds to it. */
typedef struct staged_secrets staged_secrets;

/* Makes an empty set.  NULL: out of memory. */
STAGED_API staged_secrets *staged_secrets_new(void);
/* Releases it, and wipes the values.  NULL: nothing. */
STAGED_API void staged_secrets_free(staged_secrets *secrets);
/* Why the last addition failed; "" when it did not. */
STAGED_API const char *staged_secrets_error(const staged_secrets *secrets);

/* Adds a value: it is found as it stands, as shells, JSON, XML and URLs write it, one within
 * another, in base64 and in hexadecimal digits, also as a part of a longer text, with a terminal's
 * colours in it, and over several lines in base64; docs/commands.md has the list.  Of a value of
 * several lines each line that is long enough is a secret.  Blank space at its beginning and end
 * does not count.
 *   value, length   any bytes
 * Returns STAGED_BAD_INPUT when it is too short, or STAGED_NO_MEMORY. */
STAGED_API staged_status staged_secrets_add(staged_secrets *secrets, const char *value,
                                            size_t length);
/* Adds the value of an environment variable.  Returns STAGED_NOT_FOUND when it is not set or empty:
 * nothing to hide, but perhaps a mistake. */
STAGED_API staged_status staged_secrets_add_variable(staged_secrets *secrets, const char *name);

/* A copy of a text with each secret masked, ended with NUL, which the caller frees.  NULL: out
 * of memory.
 *   secrets         NULL: none
 *   result_length   receives the copy's length; may be NULL */
STAGED_API char *staged_secrets_mask(const staged_secrets *secrets, const char *text, size_t length,
                                     size_t *result_length);

STAGED_END_DECLS

#endif
