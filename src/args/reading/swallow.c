/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/reading/swallow.h"

#include <string.h>

#include "args/model/argument.h"
#include "args/reading/suggest.h"

static bool is_command(const staged_parser *parser, const char *word)
{
    return parser->commands != NULL && stg_names_get_text(&parser->commands->by_name, word) != NULL;
}

static staged_status tell_swallowed(const stg_parse *parse, const char *flag, const char *word)
{
    stg_buf hint = {0};
    stg_buf_addf(&hint, "%s took '%s' as one of its values; write -- before it", flag, word);
    const staged_status status =
        hint.failure != STAGED_OK
            ? STAGED_NO_MEMORY
            : stg_add_hint(parse->top, parse->parser, "", stg_buf_text(&hint), "");
    stg_buf_free(&hint);
    return status;
}

/* The first word of an option that could have been the command or, for another positional, its last
 * word; NULL: none. */
static const char *swallowed_by(const stg_parse *parse, size_t option, bool command)
{
    const char *last = NULL;
    for (size_t i = option + 1; i < parse->count && parse->pattern[i] == 'A'; i++) {
        last = parse->words[i];
        if (command && is_command(parse->parser, last))
            return last;
    }
    return command ? NULL : last;
}

/* Reports the last option with a list that took a missing positional's word, if there is one.
 *   told  receives whether */
static staged_status explain_swallowed(const stg_parse *parse, bool command, bool *told)
{
    *told = false;
    for (size_t i = parse->count; i-- > 0;) {
        const staged_argument *option =
            parse->pattern[i] == 'O' ? parse->options[i].argument : NULL;
        const char *word =
            option != NULL && stg_takes_list(option) ? swallowed_by(parse, i, command) : NULL;
        if (word == NULL)
            continue;
        *told = true;
        return tell_swallowed(parse, parse->options[i].flag, word);
    }
    return STAGED_BAD_INPUT;
}

staged_status stg_explain_missing(const stg_parse *parse, const staged_argument *missing)
{
    bool told;
    if (parse->top == NULL || !parse->parser->suggest || !stg_is_positional(missing))
        return STAGED_BAD_INPUT;
    return explain_swallowed(parse, missing->action == STG_COMMANDS, &told);
}

/* An unknown option before the word that was read as the command. */
static const char *unknown_option(const stg_parse *parse, const char *word)
{
    for (size_t i = 1; i < parse->count; i++) {
        if (parse->pattern[i - 1] == 'O' && parse->options[i - 1].argument == NULL &&
            strcmp(parse->words[i], word) == 0)
            return parse->words[i - 1];
    }
    return NULL;
}

staged_status stg_explain_choice(const stg_parse *parse, const staged_argument *argument,
                                 const staged_value *value)
{
    const staged_parser *parser = parse->parser;
    if (parse->top == NULL || !parser->suggest || value->kind != STAGED_VALUE_TEXT)
        return STAGED_BAD_INPUT;
    const char *word = value->as.text;
    if (argument->action != STG_COMMANDS)
        return is_command(parser, word) && stg_takes_list(argument)
                   ? tell_swallowed(parse, argument->flags[0], word)
                   : stg_suggest_choice(parse->top, argument, value);
    bool told;
    const staged_status status = explain_swallowed(parse, true, &told);
    if (told)
        return status;
    const char *option = unknown_option(parse, word);
    if (option == NULL)
        return stg_suggest_choice(parse->top, argument, value);
    if (stg_add_hint(parse->top, parser, "there is no option ", option,
                     ", so the word after it was taken for the command") == STAGED_NO_MEMORY)
        return STAGED_NO_MEMORY;
    return stg_suggest_flag(parse->top, parse->ns, option);
}
