/* SPDX-License-Identifier: BSD-3-Clause
 *
 * FNV-1a: short, the same on every machine, and good enough to tell a few thousand texts apart. */
#ifndef STG_BASE_MEMORY_HASH_H
#define STG_BASE_MEMORY_HASH_H

#include <stddef.h>
#include <stdint.h>

#define STG_HASH_BEGIN UINT32_C(2166136261)

/* Continues a hash that starts as STG_HASH_BEGIN. */
static inline uint32_t stg_hash(uint32_t hash, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * UINT32_C(16777619);
    return hash;
}

#endif
