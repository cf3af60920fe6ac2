/* SPDX-License-Identifier: BSD-3-Clause */
#include "place/remote/variables.h"

#include <string.h>

#include "base/text/buf.h"
#include "base/text/quote.h"

/* bash refuses to change them, and ends. */
static const char *const fixed_names[] = {"UID",      "EUID",      "PPID",
                                          "BASHOPTS", "SHELLOPTS", "BASH_VERSINFO"};

/* bash has values of its own for these, whatever they are set to; dash ends if OPTIND gets a value
 * that is not a number. */
static const char *const own_names[] = {
    "BASHPID",      "BASH_ALIASES", "BASH_ARGC",   "BASH_ARGV",     "BASH_CMDS",
    "BASH_COMMAND", "BASH_LINENO",  "BASH_SOURCE", "BASH_SUBSHELL", "DIRSTACK",
    "FUNCNAME",     "GROUPS",       "HISTCMD",     "EPOCHREALTIME", "EPOCHSECONDS",
    "LINENO",       "OPTIND",       "RANDOM",      "SECONDS",       "SRANDOM"};

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static bool is_among(const char *const *names, size_t count, const char *name, size_t length)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0)
            return true;
    }
    return false;
}

static void check(const char *variable, bool is_set, bool is_passed, stg_buf *problem)
{
    const size_t length = strcspn(variable, "=");
    if (!stg_is_variable_name(variable, length))
        stg_buf_addf(problem,
                     "the shell that starts the command there cannot have a variable '%.*s': use "
                     "letters, digits and '_' in its name",
                     (int)length, variable);
    else if (!is_passed && (is_among(fixed_names, COUNT(fixed_names), variable, length) ||
                            (is_set && is_among(own_names, COUNT(own_names), variable, length))))
        stg_buf_addf(problem,
                     "the shell that starts the command there uses the variable '%.*s' itself, so "
                     "it cannot be %s: choose another name",
                     (int)length, variable, is_set ? "set" : "unset");
}

static char *take(stg_buf *problem, bool *failed)
{
    *failed = stg_buf_status(problem) != STAGED_OK;
    if (!*failed && problem->length > 0)
        return stg_buf_take(problem);
    stg_buf_free(problem);
    return NULL;
}

char *stg_remote_problem(const char *const *environment, const char *const *without, bool *failed)
{
    stg_buf problem = {0};
    for (; environment != NULL && *environment != NULL && problem.length == 0; environment++)
        check(*environment, true, false, &problem);
    for (; without != NULL && *without != NULL && problem.length == 0; without++)
        check(*without, false, false, &problem);
    return take(&problem, failed);
}

char *stg_remote_passing_problem(const char *const *environment, bool *failed)
{
    stg_buf problem = {0};
    for (; environment != NULL && *environment != NULL && problem.length == 0; environment++)
        check(*environment, true, true, &problem);
    return take(&problem, failed);
}
