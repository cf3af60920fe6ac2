/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/system/letters.h"

#include <sys/random.h>
#include <unistd.h>

bool stg_random_letters(char *letters, size_t count)
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    const unsigned size = sizeof alphabet - 1;
    unsigned char bytes[64];
    for (size_t drawn = 0; drawn < count;) {
        if (getentropy(bytes, sizeof bytes) != 0)
            return false;
        for (size_t i = 0; i < sizeof bytes && drawn < count; i++) {
            /* Those past the last whole alphabet would make its first letters more likely. */
            if (bytes[i] < 256 - 256 % size)
                letters[drawn++] = alphabet[bytes[i] % size];
        }
    }
    letters[count] = '\0';
    return true;
}
