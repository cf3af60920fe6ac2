/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/ssh/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/system/programs.h"
#include "base/text/buf.h"
#include "base/text/quote.h"
#include "place/remote/times.h"

/* sshd's default of MaxSessions. */
enum { DEFAULT_SESSIONS = 10, MOST_SESSIONS = 10000 };

typedef struct reading {
    stg_ssh_settings *settings;
    const char *const *word; /* the next one */
    stg_arena *arena;
    char **problem;
} reading;

static staged_status refuse(const reading *r, const char *format, const char *what)
{
    stg_buf text = {0};
    stg_buf_addf(&text, "%s '%s'", format, what);
    *r->problem = stg_buf_take(&text);
    return *r->problem == NULL ? STAGED_NO_MEMORY : STAGED_BAD_INPUT;
}

static const char *keep(const reading *r, const char *text)
{
    return stg_arena_text(r->arena, text);
}

/* Adds words of ssh that its user has asked for. */
static staged_status give(const reading *r, const char *option, const char *value)
{
    const char **given = r->settings->given;
    given[r->settings->given_count++] = option;
    given[r->settings->given_count] = keep(r, value);
    return given[r->settings->given_count++] == NULL ? STAGED_NO_MEMORY : STAGED_OK;
}

static staged_status read_wait(const reading *r, const char *value)
{
    const char *at = value;
    if (stg_remote_read_seconds(&at, &r->settings->wait_ns) && *at == '\0')
        return STAGED_OK;
    return refuse(r, "ssh: --wait takes a number of seconds, not", value);
}

static staged_status read_sessions(const reading *r, const char *value)
{
    char *end;
    const unsigned long number = strtoul(value, &end, 10);
    if (*value < '0' || *value > '9' || *end != '\0' || number < 2 || number > MOST_SESSIONS)
        return refuse(r, "ssh: --sessions takes a number from 2 to 10000, not", value);
    r->settings->sessions = number;
    return STAGED_OK;
}

static staged_status read_option(const reading *r, const char *option, const char *value)
{
    stg_ssh_settings *s = r->settings;
    if (strcmp(option, "--directory") == 0) {
        s->directory = keep(r, value);
        return s->directory == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    }
    if (strcmp(option, "--config") == 0) {
        s->config = keep(r, value);
        return s->config == NULL ? STAGED_NO_MEMORY : give(r, "-F", value);
    }
    if (strcmp(option, "--option") == 0) {
        if (strpbrk(value, "= ") == NULL)
            return refuse(r, "ssh: --option takes KEY=VALUE, not", value);
        return give(r, "-o", value);
    }
    return strcmp(option, "--wait") == 0 ? read_wait(r, value) : read_sessions(r, value);
}

/* Whether a word is an option, with its value behind `=` or in the next word. */
static bool takes_option(reading *r, const char **option, const char **value)
{
    static const char *const options[] = {"--directory", "--config", "--option", "--wait",
                                          "--sessions"};
    const char *word = *r->word;
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        const size_t length = strlen(options[i]);
        if (strncmp(word, options[i], length) != 0 || (word[length] != '\0' && word[length] != '='))
            continue;
        *option = options[i];
        *value = word[length] == '=' ? word + length + 1 : *++r->word;
        return true;
    }
    return false;
}

/* Along our PATH, as it is now.  What is not found is left to fail with the words of the system. */
static const char *find_ssh(stg_arena *arena)
{
    char *path;
    if (!stg_find_program("ssh", getenv("PATH"), true, &path))
        return NULL;
    const char *kept = stg_arena_text(arena, path == NULL ? "ssh" : path);
    free(path);
    return kept;
}

staged_status stg_ssh_settings_read(stg_ssh_settings *settings, const char *const *words,
                                    stg_arena *arena, char **problem)
{
    size_t count = 0;
    while (words != NULL && words[count] != NULL)
        count++;
    reading r = {.settings = settings, .word = words, .arena = arena, .problem = problem};
    *settings = (stg_ssh_settings){.sessions = DEFAULT_SESSIONS};
    settings->hosts = stg_arena_alloc(arena, (count + 1) * sizeof *settings->hosts);
    settings->given = stg_arena_alloc(arena, (2 * count + 1) * sizeof *settings->given);
    settings->program = find_ssh(arena);
    if (settings->hosts == NULL || settings->given == NULL || settings->program == NULL)
        return STAGED_NO_MEMORY;
    for (; words != NULL && *r.word != NULL; r.word++) {
        const char *option, *value;
        if (takes_option(&r, &option, &value)) {
            if (value == NULL)
                return refuse(&r, "ssh: no value follows", option);
            STAGED_TRY(read_option(&r, option, value));
            continue;
        }
        if ((*r.word)[0] == '-' || (*r.word)[0] == '\0')
            return refuse(&r, "ssh: neither a host nor an option:", *r.word);
        settings->hosts[settings->host_count] = keep(&r, *r.word);
        if (settings->hosts[settings->host_count++] == NULL)
            return STAGED_NO_MEMORY;
    }
    return settings->host_count > 0 ? STAGED_OK : refuse(&r, "ssh: name at least one", "HOST");
}

/* What its user asks for comes first, since ssh takes the first value of an option.  Nobody is
 * there to type a password.  What a connection is configured to do besides commands is left to the
 * user's own connections. */
static const char *const always[] = {
    "-T",
    "-o",
    "BatchMode=yes",
    "-o",
    "ConnectTimeout=20",
    "-o",
    "ServerAliveInterval=15",
    "-o",
    "ServerAliveCountMax=4",
    "-o",
    "RemoteCommand=none",
    "-o",
    "PermitLocalCommand=no",
    "-o",
    "ClearAllForwardings=yes",
    "-o",
    "EscapeChar=none",
    "-o",
    "ControlPersist=no",
};
enum { ALWAYS = sizeof always / sizeof always[0], MOST_OTHERS = 16 };

const char **stg_ssh_words(const stg_ssh_settings *settings, stg_ssh_use use, const char *host,
                           const char *socket, const char *log, const char *more, const char *there,
                           stg_arena *arena)
{
    const char **words =
        stg_arena_alloc(arena, (settings->given_count + ALWAYS + MOST_OTHERS) * sizeof *words);
    size_t n = 0;
    if (words == NULL)
        return NULL;
    words[n++] = settings->program;
    if (use == STG_SSH_MASTER)
        words[n++] = "-M";
    words[n++] = "-S";
    words[n++] = use == STG_SSH_ALONE ? "none" : socket;
    if (use != STG_SSH_MASTER) {
        words[n++] = "-o";
        words[n++] = "ControlMaster=no";
    }
    if (log != NULL) {
        words[n++] = "-E";
        words[n++] = log;
    }
    for (size_t i = 0; i < settings->given_count; i++)
        words[n++] = settings->given[i];
    for (size_t i = 0; i < ALWAYS; i++)
        words[n++] = always[i];
    if (more != NULL)
        words[n++] = more;
    words[n++] = "--";
    words[n++] = host;
    words[n++] = there;
    return words;
}

const char *stg_ssh_check_words(const stg_ssh_settings *settings, const char *host, stg_buf *out)
{
    stg_buf_add_text(out, "ssh");
    for (size_t i = 0; i < settings->given_count; i++) {
        const char *word = settings->given[i];
        stg_buf_add_char(out, ' ');
        stg_quote_word(out, word, strlen(word));
    }
    stg_buf_add_char(out, ' ');
    stg_quote_word(out, host, strlen(host));
    stg_buf_add_text(out, " true");
    return stg_buf_text(out);
}
