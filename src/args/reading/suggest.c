/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/reading/suggest.h"

#include <string.h>

#include "base/text/closest.h"

static void look_at_flags(stg_search *s, const staged_parser *parser)
{
    for (size_t i = 0; i < parser->flag_count && s->distance > 0; i++) {
        if (!parser->flags[i]->argument->help.suppressed)
            stg_search_look(s, parser->flags[i]->flag);
    }
}

staged_status stg_add_hint(staged_parser *top, const staged_parser *parser, const char *before,
                           const char *word, const char *after)
{
    stg_error_set(&top->error, STAGED_BAD_INPUT, "%s%s: %s%s%s\n", stg_error_text(&top->error),
                  parser->prog, before, word, after);
    return top->error.text == NULL ? STAGED_NO_MEMORY : STAGED_BAD_INPUT;
}

static staged_status add_closest(staged_parser *top, const staged_parser *parser,
                                 const stg_search *s)
{
    return s->found == NULL ? STAGED_BAD_INPUT
                            : stg_add_hint(top, parser, "did you mean ", s->found, "?");
}

static bool has_flag(const staged_parser *parser, const char *flag)
{
    return stg_names_get_text(&parser->by_flag, flag) != NULL;
}

static staged_status suggest_flag(staged_parser *top, const staged_namespace *ns, const char *flag)
{
    stg_search s = stg_search_for(flag);
    const staged_parser *parser = top;
    look_at_flags(&s, parser);
    for (size_t i = 0; i < ns->command_count && parser->commands != NULL; i++) {
        if (has_flag(parser, flag))
            return stg_add_hint(top, top, flag, " goes before ", ns->commands[i]);
        const stg_command *command =
            stg_names_get_text(&parser->commands->by_name, ns->commands[i]);
        if (command == NULL)
            break;
        parser = command->parser;
        look_at_flags(&s, parser);
    }
    return has_flag(parser, flag) ? STAGED_BAD_INPUT : add_closest(top, top, &s);
}

staged_status stg_suggest_flag(staged_parser *top, const staged_namespace *ns, const char *word)
{
    if (!top->suggest)
        return STAGED_BAD_INPUT;
    stg_buf flag = {0};
    stg_buf_add(&flag, word, strcspn(word, "="));
    const staged_status status =
        flag.failure != STAGED_OK ? STAGED_NO_MEMORY : suggest_flag(top, ns, stg_buf_text(&flag));
    stg_buf_free(&flag);
    return status;
}

staged_status stg_suggest_choice(staged_parser *top, const staged_argument *argument,
                                 const staged_value *value)
{
    if (top == NULL || !argument->parser->suggest || argument->choices == NULL ||
        value->kind != STAGED_VALUE_TEXT)
        return STAGED_BAD_INPUT;
    stg_search s = stg_search_for(value->as.text);
    for (size_t i = 0; i < argument->choices->count && s.distance > 0; i++) {
        const staged_value *choice = &argument->choices->as.items[i];
        if (choice->kind == STAGED_VALUE_TEXT)
            stg_search_look(&s, choice->as.text);
    }
    return add_closest(top, argument->parser, &s);
}
