/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/each/items.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 65536 };

/* An empty line is no item; what two NULs have between them is. */
static bool is_item(const stg_items *items, size_t length)
{
    return length > 0 || items->separator == '\0';
}

static ssize_t read_some(int fd, char *bytes, size_t size)
{
    ssize_t length;
    do {
        length = read(fd, bytes, size);
    } while (length < 0 && errno == EINTR);
    return length;
}

/* Reads ahead, and goes back.  What cannot be read is found out later, when it is. */
static void count(stg_items *items)
{
    char bytes[CHUNK];
    struct stat facts;
    const off_t here = lseek(items->fd, 0, SEEK_CUR);
    items->may_wait = fstat(items->fd, &facts) != 0 || !S_ISREG(facts.st_mode);
    if (items->may_wait || here < 0)
        return;
    int64_t total = 0;
    size_t length = 0; /* of the item so far */
    ssize_t read_now;
    while ((read_now = read_some(items->fd, bytes, sizeof bytes)) > 0) {
        for (ssize_t i = 0; i < read_now; i++) {
            const bool ends = bytes[i] == items->separator;
            total += ends && is_item(items, length);
            length = ends ? 0 : length + 1;
        }
    }
    if (lseek(items->fd, here, SEEK_SET) == here && read_now == 0)
        items->total = total + (length > 0);
}

staged_status stg_items_open(stg_items *items, const staged_each_options *options, stg_error *error)
{
    *items = (stg_items){.list = options->items,
                         .fd = options->reads ? options->descriptor : -1,
                         .separator = options->null_separated ? '\0' : '\n',
                         .total = -1};
    if (items->list != NULL) {
        items->total = 0;
        while (items->list[items->total] != NULL)
            items->total++;
        return STAGED_OK;
    }
    if (options->file != NULL) {
        items->fd = open(options->file, O_RDONLY | O_CLOEXEC);
        items->owns = items->fd >= 0;
        if (items->fd < 0)
            return stg_error_set(error, STAGED_IO, "cannot read the items in '%s': %s",
                                 options->file, strerror(errno));
    }
    count(items);
    return STAGED_OK;
}

void stg_items_close(stg_items *items)
{
    if (items->owns)
        (void)close(items->fd);
    stg_buf_free(&items->bytes);
    *items = (stg_items){.fd = -1};
}

/* What was taken makes room for what comes. */
static void drop_taken(stg_items *items)
{
    stg_buf *bytes = &items->bytes;
    if (items->at == 0)
        return;
    memmove(bytes->data, bytes->data + items->at, bytes->length - items->at);
    stg_buf_truncate(bytes, bytes->length - items->at);
    items->scanned -= items->at;
    items->at = 0;
}

static stg_next_item fail_to_read(stg_error *error, int code)
{
    stg_error_set(error, STAGED_IO, "cannot read the items: %s", strerror(code));
    return STG_NEXT_FAILED;
}

/* Reads more, unless that would have to wait. */
static stg_next_item read_more(stg_items *items, stg_error *error)
{
    struct pollfd look = {.fd = items->fd, .events = POLLIN};
    if (items->may_wait && poll(&look, 1, 0) == 0)
        return STG_NEXT_LATER;
    drop_taken(items);
    char *room = stg_buf_reserve(&items->bytes, CHUNK);
    if (room == NULL)
        return fail_to_read(error, ENOMEM);
    const ssize_t length = read_some(items->fd, room, CHUNK);
    if (length < 0)
        return errno == EAGAIN ? STG_NEXT_LATER : fail_to_read(error, errno);
    items->bytes.length += (size_t)length;
    stg_buf_end(&items->bytes);
    items->is_over = length == 0;
    return STG_NEXT_ITEM;
}

/* The next piece among what was read, ended with NUL; NULL: its end is not there yet. */
static char *piece(stg_items *items, size_t *length)
{
    stg_buf *bytes = &items->bytes;
    if (bytes->data == NULL)
        return NULL;
    char *begin = bytes->data + items->at;
    const size_t left = bytes->length - items->scanned;
    char *end = memchr(bytes->data + items->scanned, items->separator, left);
    items->scanned = bytes->length;
    if (end == NULL && (!items->is_over || items->at == bytes->length))
        return NULL;
    *length = end == NULL ? bytes->length - items->at : (size_t)(end - begin);
    items->at += *length + (end != NULL);
    items->scanned = items->at;
    if (end != NULL)
        *end = '\0';
    return begin;
}

static stg_next_item take_from_list(stg_items *items, const char **item)
{
    *item = *items->list;
    items->list += *item != NULL;
    return *item == NULL ? STG_NEXT_NONE : STG_NEXT_ITEM;
}

stg_next_item stg_items_take(stg_items *items, const char **item, stg_error *error)
{
    if (items->list != NULL)
        return take_from_list(items, item);
    for (;;) {
        size_t length = 0;
        char *found = piece(items, &length);
        if (found != NULL && strlen(found) != length) {
            stg_error_set(error, STAGED_BAD_INPUT, "an item contains a NUL byte: %s...", found);
            return STG_NEXT_FAILED;
        }
        if (found != NULL && is_item(items, length)) {
            *item = found;
            return STG_NEXT_ITEM;
        }
        if (found != NULL)
            continue;
        if (items->is_over)
            return STG_NEXT_NONE;
        const stg_next_item more = read_more(items, error);
        if (more != STG_NEXT_ITEM)
            return more;
    }
}
