/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/text/utf8.h"

static size_t sequence_length(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    if (lead >= 0xF0 && lead <= 0xF4)
        return 4;
    return 0;
}

/* Decodes a whole character, or returns 0. */
static size_t decode_strictly(const char *bytes, size_t length, uint32_t *codepoint)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char lead = (unsigned char)bytes[0];
    const size_t wanted = sequence_length(lead);
    if (wanted == 0 || wanted > length)
        return 0;
    uint32_t value = wanted == 1 ? lead : lead & (0x7Fu >> wanted);
    for (size_t i = 1; i < wanted; i++) {
        const unsigned char next = (unsigned char)bytes[i];
        if ((next & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (next & 0x3Fu);
    }
    if (value < smallest[wanted] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *codepoint = value;
    return wanted;
}

size_t stg_utf8_decode(const char *bytes, size_t length, uint32_t *codepoint)
{
    const size_t used = decode_strictly(bytes, length, codepoint);
    if (used > 0)
        return used;
    *codepoint = STG_UTF8_REPLACEMENT;
    return 1;
}

size_t stg_utf8_encode(uint32_t codepoint, char bytes[4])
{
    if (codepoint > 0x10FFFF || (codepoint >= 0xD800 && codepoint <= 0xDFFF))
        codepoint = STG_UTF8_REPLACEMENT;
    if (codepoint < 0x80) {
        bytes[0] = (char)codepoint;
        return 1;
    }
    const size_t length = codepoint < 0x800 ? 2 : codepoint < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (codepoint & 0x3F));
        codepoint >>= 6;
    }
    bytes[0] = (char)((0xF00u >> length & 0xF0u) | codepoint);
    return length;
}

size_t stg_utf8_count(const char *bytes, size_t length)
{
    size_t count = 0;
    uint32_t codepoint;
    for (size_t i = 0; i < length; count++)
        i += stg_utf8_decode(bytes + i, length - i, &codepoint);
    return count;
}
