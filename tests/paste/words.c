/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Tells what it was called with, without any doubt: adds a line to the file $WORDS, with each word
 * in hexadecimal digits and the directory it ran in.  Its exit status is $WORDS_STATUS. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    char folder[4096];
    FILE *file = fopen(getenv("WORDS"), "a");
    if (file == NULL || getcwd(folder, sizeof folder) == NULL)
        return 99;
    (void)fprintf(file, "%s", folder);
    for (int i = 1; i < argc; i++) {
        (void)fputc(':', file);
        for (const char *at = argv[i]; *at != '\0'; at++)
            (void)fprintf(file, "%02x", (unsigned)(unsigned char)*at);
    }
    (void)fputc('\n', file);
    const char *status = getenv("WORDS_STATUS");
    return fclose(file) != 0 ? 99 : status == NULL ? 0 : atoi(status);
}
