/* SPDX-License-Identifier: BSD-3-Clause */
#include "gmskube.h"

#include <ctype.h>
#include <stdlib.h>
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

void gmskube_add_istio_argument(staged_argument_group *group)
{
    staged_argument_group_add_argument(
        group, "--istio", .action = STAGED_ARG_BOOLEAN, .default_value = staged_value_bool(true),
        .help = "Whether to enable the Istio service mesh in the namespace.");
}

void gmskube_add_set_arguments(staged_argument_group *group)
{
    staged_argument_group_add_argument(
        group, "--set", .dest = "sets", .action = STAGED_ARG_APPEND,
        .convert = gmskube_convert_setting,
        .help = "Set a value in the chart to the specified value.  May be specified multiple times "
                "for different values.  Examples:  `--set foo=bar` to set value `foo` to `bar`; "
                "`--set global.env.GLOBAL_VAR=Hello` to set the `GLOBAL_VAR` environment variable "
                "to `Hello` in all application Pods within the instance; `--set "
                "bastion.replicas=0` to set the `replicas` chart value in the `bastion` chart to "
                "`0`.");
    staged_argument_group_add_argument(group, "--set-string", .dest = "set_strings",
                                       .action = STAGED_ARG_APPEND,
                                       .convert = gmskube_convert_setting,
                                       .help = "Similar to `--set` but forces a string value.");
}

void gmskube_add_timeout_argument(staged_argument_group *group)
{
    staged_argument_group_add_argument(
        group, "--timeout", .type = STAGED_ARG_INT, .default_value = staged_value_int(5),
        .help = "Specify the max time in minutes (integer) that `gmskube` "
                "should wait for various actions to complete.");
}

void gmskube_add_values_argument(staged_argument_group *group)
{
    staged_argument_group_add_argument(
        group, "--values", .action = STAGED_ARG_APPEND,
        .help = "Set override values in the chart using a YAML file.  The chart `values.yaml` is "
                "always included first, existing values second (for upgrade), followed by any "
                "override file(s).  This file should only include the specific values you want to "
                "override; it should not be the entire `values.yaml` from the chart.  This flag "
                "can be used multiple times to specify multiple files.  The priority will be given "
                "to the last (right-most) file specified.");
}

/* ---- Commands ---- */

void gmskube_begin(gmskube_command *command, const char *beginning)
{
    *command = (gmskube_command){.stream = NULL};
    command->stream = open_memstream(&command->text, &command->length);
    command->failed = command->stream == NULL || fputs(beginning, command->stream) < 0;
}

void gmskube_add(gmskube_command *command, const char *option, const char *value)
{
    char *word = staged_word_quote(value);
    if (command->failed || word == NULL ||
        fprintf(command->stream, " %s%s%s", option == NULL ? "" : option, option == NULL ? "" : " ",
                word) < 0)
        command->failed = true;
    free(word);
}

void gmskube_add_all(gmskube_command *command, const char *option, const char *const *values)
{
    for (; *values != NULL; values++)
        gmskube_add(command, option, *values);
}

staged_status gmskube_run(staged_script *script, gmskube_command *command)
{
    if (command->stream != NULL && fclose(command->stream) != 0)
        command->failed = true;
    staged_status status = STAGED_NO_MEMORY;
    if (!command->failed)
        status = staged_run(script, command->text, .pretty_print = true);
    free(command->text);
    if (status != STAGED_FAILED)
        return status;
    STAGED_TRY(staged_log(script, "[red]%s", staged_script_error(script)));
    return STAGED_RETRY;
}

staged_status gmskube_address(staged_script *script, const char *service, const char *instance,
                              char **address)
{
    STAGED_TRY(staged_ask(script, address, "gmskube ingress --service %s %s", service, instance));
    /* What it has to say comes before the address. */
    char *newline = strrchr(*address, '\n');
    if (newline != NULL)
        memmove(*address, newline + 1, strlen(newline));
    return STAGED_OK;
}
