/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Files of places, by which the operator declares them. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <staged/words.h>

#include "place/set/places.h"

/* Whoever can write the file can run commands as us. */
static staged_status check_owner(FILE *file, const char *path, stg_error *error)
{
    struct stat about;
    if (fstat(fileno(file), &about) != 0)
        return stg_error_set(error, STAGED_IO, "cannot read '%s': %s", path, strerror(errno));
    if (!S_ISREG(about.st_mode))
        return stg_error_set(error, STAGED_BAD_INPUT, "'%s' is not a regular file", path);
    if (about.st_uid != geteuid() && about.st_uid != 0)
        return stg_error_set(error, STAGED_NOT_ALLOWED,
                             "'%s' belongs to another user, who could run commands in your name "
                             "with it; remove it, or make yourself its owner",
                             path);
    if ((about.st_mode & S_IWOTH) != 0)
        return stg_error_set(error, STAGED_NOT_ALLOWED,
                             "everybody can write '%s', and so run commands in your name; "
                             "try: chmod o-w '%s'",
                             path, path);
    return STAGED_OK;
}

static staged_status add_line(stg_places *places, const char *path, const staged_words *words,
                              stg_error *error)
{
    if (words->count < 2)
        return stg_error_set(error, STAGED_BAD_INPUT,
                             "a line of places has a name, a kind, and words for it, as in "
                             "'hpc slurm --partition main'");
    /* One of an earlier file wins. */
    if (stg_places_has_of(places, path, words->items[0]))
        return stg_error_set(error, STAGED_BAD_INPUT, "place '%s' is declared twice",
                             words->items[0]);
    return stg_places_add_of(places, path, words->items[0], words->items[1],
                             (const char *const *)(uintptr_t)(words->items + 2), error);
}

static staged_status read_line(stg_places *places, const char *path, int number, const char *line,
                               size_t length, stg_error *error)
{
    const size_t blanks = strspn(line, " \t\r\n");
    if (blanks >= length || line[blanks] == '#')
        return STAGED_OK;
    staged_words words;
    stg_error own = {0};
    staged_status status = staged_words_split(line, length, &words);
    if (status != STAGED_OK)
        status = stg_error_set(&own, status, "%s",
                               words.error == NULL ? staged_status_text(status) : words.error);
    else
        status = add_line(places, path, &words, &own);
    staged_words_free(&words);
    if (status != STAGED_OK)
        stg_error_set(error, status, "%s:%d: %s", path, number, stg_error_text(&own));
    stg_error_free(&own);
    return status;
}

/* A FIFO is refused by what it is, without waiting for somebody to write to it. */
static FILE *open_file(const char *path)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "r");
    if (file == NULL && fd >= 0)
        (void)close(fd);
    return file;
}

staged_status stg_places_read(stg_places *places, const char *path, stg_error *error)
{
    FILE *file = open_file(path);
    if (file == NULL && (errno == ENOENT || errno == ENOTDIR))
        return STAGED_OK;
    if (file == NULL)
        return stg_error_set(error, STAGED_IO, "cannot read '%s': %s", path, strerror(errno));
    staged_status status = check_owner(file, path, error);
    char *line = NULL;
    size_t capacity = 0;
    for (int number = 1; status == STAGED_OK; number++) {
        const ssize_t length = getline(&line, &capacity, file);
        if (length < 0)
            break;
        status = read_line(places, path, number, line, (size_t)length, error);
    }
    /* Without memory for a line the file has not come to its end, and has no error. */
    if (status == STAGED_OK && !feof(file))
        status = stg_error_set(error, STAGED_IO, "cannot read '%s': %s", path, strerror(errno));
    free(line);
    fclose(file);
    return status;
}
