/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/ssh/trouble.h"

#include <stddef.h>
#include <string.h>

/* What ssh says, and what it means.  The first that is found counts. */
static const struct {
    const char *words;
    staged_place_failure failure;
} meanings[] = {
    {"REMOTE HOST IDENTIFICATION HAS CHANGED", STAGED_PLACE_HOST_KEY},
    {"Host key verification failed", STAGED_PLACE_HOST_KEY},
    {"no hostkey alg", STAGED_PLACE_HOST_KEY},
    {"Permission denied", STAGED_PLACE_LOGIN},
    {"Too many authentication failures", STAGED_PLACE_LOGIN},
    {"No supported authentication methods", STAGED_PLACE_LOGIN},
    {"Bad configuration option", STAGED_PLACE_REFUSED},
    {"bad configuration options", STAGED_PLACE_REFUSED},
    {"Bad owner or permissions", STAGED_PLACE_REFUSED},
    {"Can't open user config file", STAGED_PLACE_REFUSED},
    {"command-line line 0", STAGED_PLACE_REFUSED},
    {"command-line: line 0", STAGED_PLACE_REFUSED},
    {"hostname contains invalid characters", STAGED_PLACE_REFUSED},
    {"too long for Unix domain socket", STAGED_PLACE_REFUSED},
};

static bool says(const char *said, const char *words)
{
    return strstr(said, words) != NULL;
}

bool stg_ssh_is_full(const char *said)
{
    return says(said, "Session open refused by peer") ||
           says(said, "open failed: administratively prohibited") ||
           says(said, "session request failed");
}

bool stg_ssh_may_pass(staged_place_failure failure)
{
    return failure == STAGED_PLACE_UNREACHABLE || failure == STAGED_PLACE_LOST ||
           failure == STAGED_PLACE_OTHER;
}

void stg_ssh_add_last_words(stg_buf *out, const char *said)
{
    size_t length = strlen(said);
    while (length > 0 && (said[length - 1] == '\n' || said[length - 1] == '\r'))
        length--;
    size_t begin = length;
    while (begin > 0 && said[begin - 1] != '\n')
        begin--;
    if (length > begin)
        stg_buf_addf(out, "; ssh says: %.*s", (int)(length - begin), said + begin);
}

/* The one line of several that says why. */
static void add_line_with(stg_buf *out, const char *said, const char *words)
{
    const char *at = words == NULL ? NULL : strstr(said, words);
    if (at == NULL) {
        stg_ssh_add_last_words(out, said);
        return;
    }
    while (at > said && at[-1] != '\n')
        at--;
    stg_buf_addf(out, "; ssh says: %.*s", (int)strcspn(at, "\r\n"), at);
}

static void add_host_key(stg_buf *message, const char *said, const char *host, const char *check)
{
    if (says(said, "HAS CHANGED"))
        stg_buf_addf(message,
                     "the host key of %s has changed: it was reinstalled, or another machine has "
                     "its address now; ask who runs it, then remove the old key with ssh-keygen -R",
                     host);
    else
        stg_buf_addf(
            message,
            "the host key of %s is not known: connect once by hand, compare the key and accept "
            "it: %s",
            host, check);
}

staged_place_failure stg_ssh_trouble(const char *said, const char *host, const char *check,
                                     stg_buf *message)
{
    staged_place_failure failure = STAGED_PLACE_UNREACHABLE;
    const char *words = NULL;
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0] && words == NULL; i++) {
        if (says(said, meanings[i].words)) {
            failure = meanings[i].failure;
            words = meanings[i].words;
        }
    }
    if (failure == STAGED_PLACE_HOST_KEY) {
        add_host_key(message, said, host, check);
        return failure;
    }
    stg_buf_addf(message,
                 failure == STAGED_PLACE_LOGIN     ? "%s accepts none of our keys"
                 : failure == STAGED_PLACE_REFUSED ? "ssh is not set up to connect to %s"
                                                   : "%s cannot be reached",
                 host);
    add_line_with(message, said, words);
    stg_buf_addf(message, "; check with: %s", check);
    return failure;
}
