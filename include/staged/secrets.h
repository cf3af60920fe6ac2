/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Secrets: values that are masked as ***. */
#ifndef STAGED_SECRETS_H
#define STAGED_SECRETS_H

#include <stddef.h>

#include <staged/status.h>

STAGED_BEGIN_DECLS

/* Shown in place of a secret. */
#define STAGED_SECRET_MASK "***"
/* The minimum length of a secret in bytes: a shorter one would mask ordinary text, too. */
#define STAGED_SECRET_SHORTEST 4

/* A set of secrets.  Several threads can mask with it at once while none adds to it. */
typedef struct staged_secrets staged_secrets;

/* Creates an empty set.  NULL: out of memory. */
STAGED_API staged_secrets *staged_secrets_new(void);
/* Frees it and wipes the values.  Takes NULL. */
STAGED_API void staged_secrets_free(staged_secrets *secrets);
/* Why the last addition failed; "" when it did not. */
STAGED_API const char *staged_secrets_error(const staged_secrets *secrets);

/* Adds a value.  It is found literally, as shells, JSON, XML and URLs spell it, even nested, in
 * base64 and hexadecimal, inside longer texts, with terminal colours in it, and in base64 over
 * several lines; docs/commands.md has the list.  In a value of several lines each line that is long
 * enough is a secret.  White space at its beginning and end is ignored.
 *   value, length   any bytes
 * Returns STAGED_BAD_INPUT when it is too short, or STAGED_NO_MEMORY. */
STAGED_API staged_status staged_secrets_add(staged_secrets *secrets, const char *value,
                                            size_t length);
/* Adds the value of an environment variable.  Returns STAGED_NOT_FOUND if it is unset or empty:
 * there is nothing to hide, but perhaps a mistake. */
STAGED_API staged_status staged_secrets_add_variable(staged_secrets *secrets, const char *name);

/* A copy of a text with each secret masked, ended with NUL, which the caller frees.  NULL: out
 * of memory.
 *   secrets         NULL: none
 *   result_length   receives the copy's length; may be NULL */
STAGED_API char *staged_secrets_mask(const staged_secrets *secrets, const char *text, size_t length,
                                     size_t *result_length);

STAGED_END_DECLS

#endif
