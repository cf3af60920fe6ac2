/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/shell/surroundings.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Lists ---- */

void sh_list_add(sh_list *list, char *item)
{
    list->items = sh_grown(list->items, list->count, sizeof *list->items);
    list->items[list->count++] = item;
    list->items = sh_grown(list->items, list->count, sizeof *list->items);
    list->items[list->count] = NULL;
}

void sh_list_free(sh_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    *list = (sh_list){0};
}

static const char *const *texts_of(const sh_list *list)
{
    return list->count == 0 ? NULL : (const char *const *)list->items;
}

/* ---- What bash prints ---- */

/* Reads a character of $'...' after its backslash, and moves behind it. */
static char read_escape(const char **at)
{
    static const char letters[] = "a\ab\be\033E\033f\fn\nr\rt\tv\v";
    const char letter = *(*at)++;
    for (size_t i = 0; i < sizeof letters - 1; i += 2) {
        if (letters[i] == letter)
            return letters[i + 1];
    }
    if (letter < '0' || letter > '7')
        return letter;
    int code = letter - '0';
    for (int digits = 1; digits < 3 && **at >= '0' && **at <= '7'; digits++)
        code = code * 8 + *(*at)++ - '0';
    return (char)code;
}

/* Reads a value as quoted by `declare -p`, and moves behind it. */
static void read_value(const char **at, sh_text *value)
{
    const bool has_escapes = strncmp(*at, "$'", 2) == 0;
    const char quote = has_escapes ? '\'' : **at == '"' ? '"' : '\0';
    *at += has_escapes ? 2 : quote != '\0';
    while (**at != '\0' && **at != (quote == '\0' ? '\n' : quote)) {
        char byte = *(*at)++;
        if (byte == '\\' && has_escapes)
            byte = read_escape(at);
        else if (byte == '\\' && quote == '"' && **at != '\0' && strchr("\"\\$`", **at) != NULL)
            byte = *(*at)++;
        sh_text_add(value, &byte, 1);
    }
    if (quote != '\0' && **at == quote)
        (*at)++;
}

/* Reads a declaration, "declare -x NAME=VALUE", and moves to the next.  Variables without a value
 * and arrays are not passed to commands. */
static void read_declaration(const char **at, sh_list *exported)
{
    const char *flags = *at + strcspn(*at, " \n") + 1;
    const char *name = flags + strcspn(flags, " \n") + 1;
    const size_t length = strcspn(name, "=\n");
    *at = name + length;
    if (**at == '=') {
        sh_text pair = {0};
        sh_text_add(&pair, name, length + 1);
        (*at)++;
        const bool is_array = **at == '(';
        read_value(at, &pair);
        if (is_array)
            sh_text_free(&pair);
        else
            sh_list_add(exported, pair.bytes);
    }
    *at += strcspn(*at, "\n");
    *at += **at == '\n';
}

/* ---- What differs ---- */

extern char **environ;

static size_t name_length(const char *pair)
{
    return strcspn(pair, "=");
}

static bool is_one_of(const char *pair, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(names[i]) == name_length(pair) &&
            strncmp(names[i], pair, name_length(pair)) == 0)
            return true;
    }
    return false;
}

/* Variables that every shell sets for itself. */
static bool is_of_shell(const char *pair)
{
    static const char *const names[] = {"_", "OLDPWD", "PWD", "SHLVL", "STAGED", "BASHOPTS"};
    return is_one_of(pair, names, sizeof names / sizeof *names);
}

/* Bash has values of its own for these, whatever it was given. */
static bool is_replaced(const char *pair)
{
    static const char *const names[] = {
        "SHELLOPTS",     "PPID",         "UID",         "EUID",          "BASH_VERSINFO",
        "BASHPID",       "BASH_ALIASES", "BASH_ARGC",   "BASH_ARGV",     "BASH_CMDS",
        "BASH_COMMAND",  "BASH_LINENO",  "BASH_SOURCE", "BASH_SUBSHELL", "DIRSTACK",
        "EPOCHREALTIME", "EPOCHSECONDS", "FUNCNAME",    "GROUPS",        "HISTCMD",
        "LINENO",        "OPTIND",       "RANDOM",      "SECONDS",       "SRANDOM"};
    return is_one_of(pair, names, sizeof names / sizeof *names);
}

/* Whether the author may have unset it: neither has bash replaced it by one of its own, nor does it
 * pass it on without listing it, as it does with what is no variable (`A.B`, an exported function).
 */
static bool can_be_unset(const char *pair)
{
    char *name = sh_copy(pair);
    name[name_length(name)] = '\0';
    const bool is_name = sh_is_name(name);
    free(name);
    return is_name && !is_replaced(pair) && !is_of_shell(pair);
}

static int by_name(const void *a, const void *b)
{
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    const size_t length_x = name_length(x), length_y = name_length(y);
    const int order = strncmp(x, y, length_x < length_y ? length_x : length_y);
    return order != 0 ? order : (length_x > length_y) - (length_x < length_y);
}

static char *find(const sh_list *sorted, const char *pair)
{
    char *const *found = sorted->count == 0 ? NULL
                                            : bsearch(&pair, sorted->items, sorted->count,
                                                      sizeof *sorted->items, by_name);
    return found == NULL ? NULL : *found;
}

static void sort(sh_list *list)
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, by_name);
}

static void compare(sh_surroundings *surroundings, sh_list *exported)
{
    sh_list ours = {0};
    for (char **pair = environ; pair != NULL && *pair != NULL; pair++)
        sh_list_add(&ours, sh_copy(*pair));
    sort(&ours);
    sort(exported);
    for (size_t i = 0; i < exported->count; i++) {
        const char *pair = exported->items[i];
        const char *before = find(&ours, pair);
        const bool is_new = before == NULL || (strcmp(before, pair) != 0 && !is_replaced(pair));
        if (is_new && !is_of_shell(pair))
            sh_list_add(&surroundings->environment, sh_copy(pair));
    }
    for (size_t i = 0; i < ours.count; i++) {
        char *pair = ours.items[i];
        if (can_be_unset(pair) && find(exported, pair) == NULL) {
            char *name = sh_copy(pair);
            name[name_length(name)] = '\0';
            sh_list_add(&surroundings->without, name);
        }
    }
    sh_list_free(&ours);
}

/* ---- All of it ---- */

/* Whether it is the directory in which the script was started, by either of its names. */
static bool is_ours(const char *directory)
{
    const char *logical = getenv("PWD");
    char *physical = getcwd(NULL, 0);
    const bool is_same = (logical != NULL && strcmp(logical, directory) == 0) ||
                         (physical != NULL && strcmp(physical, directory) == 0);
    free(physical);
    return is_same;
}

void sh_surroundings_read(sh_surroundings *surroundings, const sh_text *said)
{
    if (said->length == 0 || (said->length == surroundings->told.length &&
                              memcmp(said->bytes, surroundings->told.bytes, said->length) == 0))
        return;
    sh_text_clear(&surroundings->told);
    sh_text_add(&surroundings->told, said->bytes, said->length);
    free(surroundings->directory);
    sh_list_free(&surroundings->environment);
    sh_list_free(&surroundings->without);
    surroundings->directory = is_ours(said->bytes) ? NULL : sh_copy(said->bytes);
    sh_list exported = {0};
    const char *at = said->bytes + strlen(said->bytes);
    at += at < said->bytes + said->length;
    while (*at != '\0')
        read_declaration(&at, &exported);
    compare(surroundings, &exported);
    sh_list_free(&exported);
}

/* The directory of a command that runs elsewhere; it belongs to `all`. */
static const char *directory_below(const char *directory, const char *below, sh_list *all)
{
    sh_text path = {0};
    if (*below == '/' || directory == NULL)
        sh_text_addf(&path, "%s", below);
    else
        sh_text_addf(&path, "%s/%s", directory, below);
    sh_list_add(all, path.bytes);
    return path.bytes;
}

staged_surroundings sh_surroundings_of(const sh_surroundings *surroundings, const char *directory,
                                       const char *const *pairs, sh_list *all)
{
    staged_surroundings found = {.directory = surroundings->directory,
                                 .environment = texts_of(&surroundings->environment),
                                 .without = texts_of(&surroundings->without)};
    const char *own =
        directory == NULL ? NULL : directory_below(surroundings->directory, directory, all);
    if (own != NULL)
        found.directory = own;
    if (pairs == NULL || *pairs == NULL)
        return found;
    const size_t first = all->count;
    for (size_t i = 0; i < surroundings->environment.count; i++)
        sh_list_add(all, sh_copy(surroundings->environment.items[i]));
    for (; *pairs != NULL; pairs++)
        sh_list_add(all, sh_copy(*pairs));
    found.environment = (const char *const *)all->items + first;
    return found;
}
