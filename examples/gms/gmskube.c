/* SPDX-License-Identifier: BSD-3-Clause */
#include "gmskube.h"

#include <ctype.h>
#include <string.h>

/* ---- Arguments ---- */

/* A name as GitLab makes it of a branch (CI_COMMIT_REF_SLUG). */
staged_status gmskube_convert_tag(staged_conversion *conversion, const char *text, void *context)
{
    enum { LONGEST = 63 };
    char slug[LONGEST + 1];
    size_t length = 0;
    (void)context;
    while (*text != '\0' && !isalnum((unsigned char)*text))
        text++;
    for (; *text != '\0' && length < LONGEST; text++) {
        const char c = (char)tolower((unsigned char)*text);
        slug[length++] = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-';
    }
    while (*text == '\0' && length > 0 && slug[length - 1] == '-')
        length--;
    slug[length] = '\0';
    return staged_conversion_set(conversion, staged_value_text(slug));
}

staged_status gmskube_convert_setting(staged_conversion *conversion, const char *text,
                                      void *context)
{
    const char *equals = strchr(text, '=');
    (void)context;
    if (equals == NULL || equals == text)
        return staged_conversion_refuse(conversion,
                                        "When specifying `--set`, you must supply the Helm chart "
                                        "name/value pair as `Name=Value`.");
    if (strncmp(text, "env.", 4) == 0)
        return staged_conversion_refuse(
            conversion,
            "The old top-level `env` has been replaced with `global.env`. Please update "
            "any `--set env.foo=bar` arguments to `--set global.env.foo=bar`.");
    return staged_conversion_set(conversion, staged_value_text(text));
}

/* ---- Commands ---- */

staged_status gmskube_run(staged_shell_line *command)
{
    const staged_status status =
        staged_shell_line_run_with(command, STAGED_RUN_OPTIONS(.pretty_print = true));
    return status == STAGED_FAILED ? STAGED_RETRY : status;
}

staged_status gmskube_address(staged_script *script, const char *service, const char *instance,
                              const char **address)
{
    STAGED_TRY(staged_ask(script, address, "gmskube ingress --service %s %s", service, instance));
    /* What it has to say comes before the address. */
    const char *newline = strrchr(*address, '\n');
    if (newline != NULL)
        *address = newline + 1;
    return STAGED_OK;
}
