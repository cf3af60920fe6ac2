/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/remote/end.h"

#include <string.h>

#include "place/remote/times.h"

/* Reads digits; returns false if there are none, or too many. */
static bool read_number(const char **at, int64_t *number)
{
    const char *const begin = *at;
    *number = 0;
    while (**at >= '0' && **at <= '9' && *at - begin < 15)
        *number = *number * 10 + (*(*at)++ - '0');
    return *at != begin;
}

/* 0: it is none. */
static int64_t read_time(const char **at)
{
    int64_t ns;
    return stg_remote_read_minutes(at, &ns) ? ns : 0;
}

static bool is_word(const char *line, const char *word)
{
    const size_t length = strlen(word);
    return strncmp(line, word, length) == 0 && (line[length] == '\0' || line[length] == '\n');
}

bool stg_remote_end_read(const char *line, stg_remote_end *end)
{
    *end = (stg_remote_end){0};
    const bool is_signal = strncmp(line, "signal ", 7) == 0;
    if (is_word(line, "directory"))
        end->kind = STG_REMOTE_NO_DIRECTORY;
    else if (is_word(line, "program"))
        end->kind = STG_REMOTE_NO_PROGRAM;
    if (end->kind != STG_REMOTE_NOT_ENDED)
        return true;
    if (!is_signal && strncmp(line, "exit ", 5) != 0)
        return false;
    const char *at = line + (is_signal ? 7 : 5);
    int64_t code = 0;
    if (!read_number(&at, &code) || code > 255 || (is_signal && code == 0))
        return false;
    end->kind = STG_REMOTE_ENDED;
    end->exit_code = (int)(is_signal ? -code : code);
    end->user_ns = read_time(&at);
    end->system_ns = read_time(&at);
    return true;
}
