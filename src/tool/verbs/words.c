/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The words of verbs, and what is wrong with them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/words.h>

#include "tool/verbs/verb.h"

void sh_trouble_of_request(const sh_request *request, sh_trouble *trouble)
{
    trouble->depth = request->depth;
    trouble->pid = request->pid;
    trouble->stack = sh_alloc(sizeof *trouble->stack);
    trouble->stack[0] =
        (sh_stack_entry){.function = sh_copy(request->function), .where = request->where};
    trouble->stack_count = 1;
}

/* For an item, whose failure is one of many. */
static void keep_reason(const sh_shell *shell, const sh_frame *frame, sh_trouble *trouble)
{
    if (frame->is_item)
        trouble->reason = sh_copy(staged_script_error(shell->script));
}

int sh_keep_failure(sh_shell *shell, const sh_request *request, staged_status status)
{
    enum { ASKS_FOR_RETRY = 75, TIMED_OUT = 124 };
    sh_frame *frame = sh_find_frame(shell, request->frame);
    if (frame == NULL)
        return 1;
    sh_trouble trouble = {.kind = SH_TROUBLE_INHERITED,
                          .status = status,
                          .exit_code = status == STAGED_RETRY       ? ASKS_FOR_RETRY
                                       : status == STAGED_TIMED_OUT ? TIMED_OUT
                                                                    : 1};
    sh_trouble_of_request(request, &trouble);
    keep_reason(shell, frame, &trouble);
    const int exit_code = trouble.exit_code;
    sh_trouble_set(frame, &trouble);
    return exit_code;
}

void sh_fail_verb(sh_shell *shell, const sh_request *request, staged_status status)
{
    sh_answer(shell, status == STAGED_OK ? 0 : sh_keep_failure(shell, request, status));
}

void sh_bad_verb(sh_shell *shell, const sh_request *request, const char *format, ...)
{
    enum { EXIT_BUG = 70 };
    char text[1024];
    va_list values;
    va_start(values, format);
    (void)vsnprintf(text, sizeof text, format, values);
    va_end(values);
    sh_frame *frame = sh_find_frame(shell, request->frame);
    if (shell->script == NULL || frame == NULL) {
        sh_mistake(&shell->source, &request->where, "%s", text);
        if (!request->is_told)
            sh_answer(shell, 0);
        return;
    }
    sh_trouble trouble = {.kind = SH_TROUBLE_INHERITED, .exit_code = EXIT_BUG};
    trouble.status = staged_fail_bug_at(shell->script, &request->where, "%s", text);
    sh_trouble_of_request(request, &trouble);
    keep_reason(shell, frame, &trouble);
    sh_trouble_set(frame, &trouble);
    sh_answer_exit(shell, EXIT_BUG);
}

/* ---- Words ---- */

/* The text after "PROG: error: " in a parser's message. */
static const char *reason_of(const char *message)
{
    static const char mark[] = "error: ";
    const char *at = strstr(message, mark);
    return at == NULL ? message : at + sizeof mark - 1;
}

/* The option that an unknown one was probably meant to be; NULL: none is close, or something else
 * is wrong. */
static const char *meant_option(const char *reason, const staged_argument_options *table,
                                size_t count)
{
    static const char mark[] = "unrecognized arguments: ";
    if (strncmp(reason, mark, sizeof mark - 1) != 0)
        return NULL;
    const char **flags = sh_alloc((count + 1) * sizeof *flags);
    size_t flag_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (table[i].flags[0] == '-')
            flags[flag_count++] = table[i].flags;
    }
    char *word = sh_copy(reason + sizeof mark - 1);
    word[strcspn(word, " \n")] = '\0';
    const char *meant = staged_word_closest(word, flags);
    free(word);
    free(flags);
    return meant;
}

typedef struct sh_parser {
    const staged_argument_options *table;
    staged_parser *parser;
} sh_parser;

/* Parsers are kept: making one takes longer than everything else that a verb does. */
static staged_parser *parser_of(sh_shell *shell, const sh_request *request,
                                const staged_argument_options *table, size_t count)
{
    for (size_t i = 0; i < shell->parser_count; i++) {
        if (shell->parsers[i].table == table)
            return shell->parsers[i].parser;
    }
    staged_parser *parser = staged_parser_new(
        STAGED_OPTIONS(staged_parser_options, .prog = request->verb, .add_help = STAGED_NO,
                       .allow_abbrev = STAGED_NO, .suggest = STAGED_YES));
    staged_parser_add_arguments(parser, table, count);
    shell->parsers = sh_grown(shell->parsers, shell->parser_count, sizeof *shell->parsers);
    shell->parsers[shell->parser_count++] = (sh_parser){.table = table, .parser = parser};
    return parser;
}

staged_namespace *sh_read_words(sh_shell *shell, const sh_request *request,
                                const staged_argument_options *table, size_t count)
{
    staged_parser *parser = parser_of(shell, request, table, count);
    staged_namespace *words = NULL;
    if (staged_parser_parse(parser, (int)request->word_count, request->words, &words) !=
        STAGED_OK) {
        const char *reason = reason_of(staged_parser_error(parser));
        const char *meant = meant_option(reason, table, count);
        sh_bad_verb(shell, request, "%s: %.*s%s%s%s", request->verb, (int)strcspn(reason, "\n"),
                    reason, meant == NULL ? "" : "; did you mean '", meant == NULL ? "" : meant,
                    meant == NULL ? "" : "'?");
    }
    return words;
}

/* ---- Calls, and seconds ---- */

sh_frame *sh_calling_frame(sh_shell *shell, const sh_request *request)
{
    if (shell->frame->id == request->frame)
        return shell->frame;
    sh_bad_verb(shell, request, "'%s' cannot be used beside another function that runs",
                request->verb);
    return NULL;
}

void sh_answer_call(sh_shell *shell, const sh_request *request, const sh_frame *frame,
                    staged_status status)
{
    if (!frame->done)
        sh_fail_verb(shell, request, status);
}

double sh_seconds_of(sh_shell *shell, const sh_request *request, size_t number)
{
    char *end = NULL;
    const double seconds = number < request->word_count ? strtod(request->words[number], &end) : -1;
    if (end != NULL && *end == '\0' && end != request->words[number] && seconds >= 0)
        return seconds;
    sh_bad_verb(shell, request, "%s needs a number of seconds", request->verb);
    return -1;
}
