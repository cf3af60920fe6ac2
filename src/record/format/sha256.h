/* SPDX-License-Identifier: BSD-3-Clause
 *
 * SHA-256, as FIPS 180-4 defines it: a library for it alone would be a dependency of every program.
 */
#ifndef STG_RECORD_FORMAT_SHA256_H
#define STG_RECORD_FORMAT_SHA256_H

#include <stddef.h>
#include <stdint.h>

typedef struct stg_sha256 {
    uint32_t state[8];
    uint64_t length; /* bytes so far */
    unsigned char block[64];
} stg_sha256;

/* 64 digits and a NUL. */
enum { STG_SHA256_HEX_SIZE = 65 };

void stg_sha256_begin(stg_sha256 *hash);
void stg_sha256_add(stg_sha256 *hash, const void *bytes, size_t length);
/* Writes the hash in hexadecimal. */
void stg_sha256_end(stg_sha256 *hash, char hex[STG_SHA256_HEX_SIZE]);

#endif
