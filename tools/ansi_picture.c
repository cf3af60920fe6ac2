/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Turns what a program wrote to a terminal (standard input) into a picture, a page or plain text
 * (standard output).  tools/make_pictures makes the pictures of the documentation with it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <staged/export.h>

static int usage(void)
{
    fputs("usage: ansi_picture [-f svg|html|text] [-t TITLE] [-w COLUMNS] [-c THEME]\n", stderr);
    return 2;
}

/* All of standard input; NULL when there is no memory or it cannot be read. */
static char *read_all(size_t *length)
{
    char *bytes = NULL;
    size_t capacity = 0;
    *length = 0;
    do {
        if (*length == capacity) {
            capacity = capacity == 0 ? 65536 : capacity * 2;
            char *grown = realloc(bytes, capacity);
            if (grown == NULL) {
                free(bytes);
                return NULL;
            }
            bytes = grown;
        }
        *length += fread(bytes + *length, 1, capacity - *length, stdin);
    } while (!feof(stdin) && !ferror(stdin));
    return bytes;
}

static bool set_format(staged_export_options *options, const char *name)
{
    static const char *const names[] = {"text", "ansi", "html", "svg"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0) {
            options->format = (staged_export_format)i;
            return true;
        }
    }
    return false;
}

static bool set_theme(staged_export_options *options, const char *name)
{
    options->theme = staged_terminal_theme_find(name);
    return options->theme != NULL;
}

int main(int argc, char **argv)
{
    staged_export_options options = {.size = sizeof options, .format = STAGED_EXPORT_SVG};
    bool right = true;
    for (int option; right && (option = getopt(argc, argv, "f:t:w:c:")) != -1;) {
        if (option == 't')
            options.title = optarg;
        else if (option == 'w')
            right = (options.width = atoi(optarg)) > 0;
        else if (option == 'f')
            right = set_format(&options, optarg);
        else
            right = option == 'c' && set_theme(&options, optarg);
    }
    if (!right || optind < argc)
        return usage();
    size_t length;
    char *bytes = read_all(&length);
    char *picture = bytes == NULL ? NULL : staged_export_ansi(&options, bytes, length);
    const bool written = picture != NULL && fputs(picture, stdout) >= 0 && fflush(stdout) == 0;
    free(bytes);
    free(picture);
    if (!written)
        perror("ansi_picture");
    return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
