/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/run/options.h"

#include <stdlib.h>
#include <string.h>

/* ---- Reading words ---- */

/* Reads digits with at most one point, and nothing else that strtod accepts.  Returns where the
 * number ends; NULL: there is none. */
static const char *read_number(const char *text, double *number)
{
    const size_t length = strspn(text, "0123456789.");
    char *end;
    *number = length == 0 ? 0 : strtod(text, &end);
    return length == 0 || end != text + length ? NULL : end;
}

static staged_status convert_duration(staged_conversion *conversion, const char *text,
                                      void *context)
{
    static const struct {
        const char *unit;
        double seconds;
    } units[] = {{"", 1}, {"s", 1}, {"ms", 0.001}, {"m", 60}, {"h", 3600}, {"d", 86400}};
    (void)context;
    double number;
    const char *unit = read_number(text, &number);
    for (size_t i = 0; unit != NULL && i < sizeof units / sizeof units[0]; i++) {
        if (strcmp(unit, units[i].unit) == 0)
            return staged_conversion_set(conversion, staged_value_float(number * units[i].seconds));
    }
    return staged_conversion_refuse(conversion,
                                    "must be a time such as 5, 500ms, 2m, 1h or 1d: '%s'", text);
}

static staged_status convert_attempts(staged_conversion *conversion, const char *text,
                                      void *context)
{
    (void)context;
    if (*text != '\0' && text[strspn(text, "0123456789")] == '\0' && strlen(text) <= 9)
        return staged_conversion_set(conversion, staged_value_int(atol(text)));
    return staged_conversion_refuse(conversion,
                                    "must be a number of attempts, or 0 for no limit: '%s'", text);
}

static staged_status convert_factor(staged_conversion *conversion, const char *text, void *context)
{
    (void)context;
    double number;
    const char *end = read_number(text, &number);
    if (end != NULL && *end == '\0' && number >= 1)
        return staged_conversion_set(conversion, staged_value_float(number));
    return staged_conversion_refuse(conversion, "must be a number, 1 or larger: '%s'", text);
}

static staged_status convert_codes(staged_conversion *conversion, const char *text, void *context)
{
    (void)context;
    if (tool_codes_add(NULL, text) == TOOL_CODES_READ)
        return staged_conversion_set(conversion, staged_value_text(text));
    return staged_conversion_refuse(conversion,
                                    "must be exit statuses up to 255, such as 0,3-5: '%s'", text);
}

/* The pattern in the value of --retry-on, which the caller frees: what is between slashes, or all
 * of it. */
static char *pattern_of(const char *text)
{
    const size_t length = strlen(text);
    if (length > 2 && text[0] == '/' && text[length - 1] == '/')
        return strndup(text + 1, length - 2);
    return strdup(text);
}

static staged_status convert_retry_on(staged_conversion *conversion, const char *text,
                                      void *context)
{
    (void)context;
    switch (tool_codes_add(NULL, text)) {
    case TOOL_CODES_READ:
        return staged_conversion_set(conversion, staged_value_text(text));
    case TOOL_CODES_TOO_LARGE:
        return staged_conversion_refuse(
            conversion, "exit statuses go up to 255; to search the output for it, write '/%s/'",
            text);
    case TOOL_CODES_NONE:
        break;
    }
    tool_patterns patterns = {0};
    char message[128] = "out of memory";
    char *pattern = pattern_of(text);
    const bool is_read =
        pattern != NULL && tool_patterns_add(&patterns, pattern, message, sizeof message);
    free(pattern);
    tool_patterns_free(&patterns);
    return is_read ? staged_conversion_set(conversion, staged_value_text(text))
                   : staged_conversion_refuse(conversion, "invalid regular expression: '%s': %s",
                                              text, message);
}

/* ---- The arguments ---- */

#define DURATION .convert = convert_duration, .metavar = "TIME"

static void add_retry_arguments(staged_parser *parser)
{
    staged_argument_group *retry = staged_parser_add_group(parser, "attempts", NULL);
    staged_argument_group_add_argument(
        retry, "--attempts", .convert = convert_attempts, .metavar = "N", .default_text = "1",
        .help = "run the command up to N times, until it succeeds; 0: until --deadline");
    staged_argument_group_add_argument(retry, "--delay", DURATION,
                                       .help = "time before the next attempt (default: 1)");
    staged_argument_group_add_argument(
        retry, "--backoff", .convert = convert_factor, .metavar = "FACTOR",
        .help = "multiply the delay by this after each attempt (default: 1)");
    staged_argument_group_add_argument(retry, "--max-delay", DURATION, .help = "longest delay");
    staged_argument_group_add_argument(
        retry, "--jitter", DURATION, .help = "add a random time of up to this much to each delay");
    staged_argument_group_add_argument(
        retry, "--retry-on", .action = STAGED_ARG_APPEND, .convert = convert_retry_on,
        .metavar = "CODES|REGEX",
        .help = "retry only after these exit statuses, such as 1,7-9, or if a line of the output "
                "matches this extended regular expression; may be repeated.  Exit status 75 is "
                "always retried");
}

void tool_run_add_arguments(staged_parser *parser)
{
    staged_parser_add_argument(parser, "command", .nargs = STAGED_NARGS_COMMAND_AND_REST,
                               .metavar = "COMMAND",
                               .help = "the program and its arguments, run without a shell");
    add_retry_arguments(parser);
    staged_argument_group *time = staged_parser_add_group(parser, "time", NULL);
    staged_argument_group_add_argument(
        time, "--timeout", DURATION,
        .help = "end an attempt, and everything it started, after this time (exit status 124)");
    staged_argument_group_add_argument(time, "--deadline", DURATION,
                                       .help = "the same for all attempts and delays together");
    staged_argument_group_add_argument(time, "--grace", DURATION,
                                       .help = "time from SIGTERM to SIGKILL (default: 5)");
    staged_argument_group *output = staged_parser_add_group(parser, "output", NULL);
    staged_argument_group_add_argument(output, "--quiet-unless-failed",
                                       .action = STAGED_ARG_STORE_TRUE,
                                       .help = "show output only if the last attempt fails");
    staged_argument_group_add_argument(
        output, "--secret", .action = STAGED_ARG_APPEND, .metavar = "NAME",
        .help = "show *** in place of the value of this environment variable; may be repeated");
    staged_argument_group_add_argument(output, "--log", .type = STAGED_ARG_PATH, .metavar = "FILE",
                                       .help = "append all output to this file, too");
    staged_argument_group *result = staged_parser_add_group(parser, "result", NULL);
    staged_argument_group_add_argument(
        result, "--ok", .convert = convert_codes, .metavar = "CODES",
        .help = "exit statuses that count as success, such as 0,3-5; staged run then exits with 0");
}

/* ---- Reading options ---- */

static staged_status read_retry_on(tool_run_options *o, staged_parser *parser,
                                   const char *const *texts)
{
    o->retries_some = *texts != NULL;
    for (; *texts != NULL; texts++) {
        if (tool_codes_add(&o->retry_codes, *texts) == TOOL_CODES_READ)
            continue;
        char message[128] = "out of memory";
        char *pattern = pattern_of(*texts);
        const bool is_added = pattern != NULL && tool_patterns_add(&o->retry_patterns, pattern,
                                                                   message, sizeof message);
        free(pattern);
        if (!is_added)
            return staged_parser_fail(parser, "argument --retry-on: %s", message);
    }
    return STAGED_OK;
}

static staged_status read_secrets(tool_run_options *o, staged_parser *parser,
                                  const char *const *names)
{
    for (; *names != NULL; names++) {
        if (o->secrets == NULL)
            o->secrets = staged_secrets_new();
        switch (o->secrets == NULL ? STAGED_NO_MEMORY
                                   : staged_secrets_add_variable(o->secrets, *names)) {
        case STAGED_OK:
            break;
        case STAGED_NOT_FOUND:
            return staged_parser_fail(
                parser, "argument --secret: the environment variable '%s' is not set, or empty",
                *names);
        default:
            return staged_parser_fail(parser, "argument --secret: '%s': %s", *names,
                                      o->secrets == NULL ? "out of memory"
                                                         : staged_secrets_error(o->secrets));
        }
    }
    return STAGED_OK;
}

/* Options that mean nothing without others are errors. */
static staged_status check_together(const tool_run_options *o, staged_parser *parser,
                                    staged_namespace *arguments)
{
    static const char *const names[][2] = {{"delay", "--delay"},
                                           {"backoff", "--backoff"},
                                           {"max_delay", "--max-delay"},
                                           {"jitter", "--jitter"},
                                           {"retry_on", "--retry-on"}};
    for (size_t i = 0; o->attempts == 1 && i < sizeof names / sizeof names[0]; i++) {
        if (staged_namespace_is_set(arguments, names[i][0]))
            return staged_parser_fail(parser, "%s needs --attempts", names[i][1]);
    }
    return STAGED_OK;
}

static double seconds_of(staged_namespace *arguments, const char *name, double otherwise)
{
    return staged_namespace_is_set(arguments, name) ? staged_namespace_float(arguments, name)
                                                    : otherwise;
}

staged_status tool_run_options_read(tool_run_options *options, staged_parser *parser,
                                    staged_namespace *arguments)
{
    tool_run_options *o = options;
    *o = (tool_run_options){
        .command = staged_namespace_list(arguments, "command"),
        .attempts = staged_namespace_int(arguments, "attempts"),
        .delay_s = seconds_of(arguments, "delay", 1),
        .backoff = seconds_of(arguments, "backoff", 1),
        .longest_delay_s = seconds_of(arguments, "max_delay", 0),
        .jitter_s = seconds_of(arguments, "jitter", 0),
        .timeout_s = seconds_of(arguments, "timeout", 0),
        .grace_s = seconds_of(arguments, "grace", 5),
        .deadline_s = seconds_of(arguments, "deadline", 0),
        .is_quiet = staged_namespace_bool(arguments, "quiet_unless_failed"),
        .log_path = staged_namespace_path(arguments, "log"),
    };
    const char *ok = staged_namespace_text(arguments, "ok");
    (void)tool_codes_add(&o->ok, ok == NULL ? "0" : ok);
    STAGED_TRY(check_together(o, parser, arguments));
    STAGED_TRY(read_retry_on(o, parser, staged_namespace_list(arguments, "retry_on")));
    return read_secrets(o, parser, staged_namespace_list(arguments, "secret"));
}

void tool_run_options_free(tool_run_options *options)
{
    tool_patterns_free(&options->retry_patterns);
    staged_secrets_free(options->secrets);
}
