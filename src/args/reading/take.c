/* SPDX-License-Identifier: BSD-3-Clause
 *
 * From the words of one argument to the entry in the namespace.  Source: argparse, _get_values and
 * the actions. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "args/help/help.h"
#include "args/model/argument.h"
#include "args/model/convert.h"
#include "args/reading/errors.h"
#include "args/reading/parse.h"
#include "args/reading/swallow.h"
#include "base/utf8.h"

static stg_taken take_origin(const staged_value *origin)
{
    return (stg_taken){*origin, origin};
}

static staged_status fail_argument(stg_parse *parse, const staged_argument *argument,
                                   staged_status status, const stg_buf *message)
{
    if (status != STAGED_BAD_INPUT)
        return status;
    return stg_fail_argument(parse->top, argument, stg_buf_text(message));
}

static staged_status check_choice(stg_parse *parse, const staged_argument *argument,
                                  const staged_value *value)
{
    if (parse->top == NULL && argument->convert != NULL)
        return STAGED_OK;
    stg_buf message = {0};
    staged_status status = stg_check_choice(argument, value, &message);
    status = fail_argument(parse, argument, status, &message);
    if (status == STAGED_BAD_INPUT)
        status = stg_explain_choice(parse, argument, value);
    stg_buf_free(&message);
    return status;
}

static staged_status convert(stg_parse *parse, const staged_argument *argument, const char *word,
                             staged_value *value)
{
    if (parse->top == NULL && argument->convert != NULL) {
        *value = staged_value_text(stg_arena_text(&parse->ns->arena, word));
        value->given = value->as.text;
        return value->kind == STAGED_VALUE_TEXT ? STAGED_OK : STAGED_NO_MEMORY;
    }
    stg_buf message = {0};
    staged_status status = stg_convert(argument, &parse->ns->arena, word, value, &message);
    if (status == STAGED_OK && parse->top != NULL)
        status = stg_check_path(argument, value, &message);
    status = fail_argument(parse, argument, status, &message);
    stg_buf_free(&message);
    return status;
}

/* Whether it is a declared list whose words the author's function has to read yet. */
static bool is_unread_list(const staged_argument *argument, const staged_value *value)
{
    return argument->convert != NULL && value == argument->default_value &&
           value->kind == STAGED_VALUE_LIST && value->count > 0 && value->as.items[0].given != NULL;
}

static staged_status read_list(stg_parse *parse, const staged_argument *argument,
                               const staged_value *words, stg_taken *result)
{
    staged_value *items = stg_arena_alloc(&parse->ns->arena, words->count * sizeof *items);
    if (items == NULL)
        return STAGED_NO_MEMORY;
    for (size_t i = 0; i < words->count; i++)
        STAGED_TRY(convert(parse, argument, words->as.items[i].as.text, &items[i]));
    *result = (stg_taken){staged_value_list(items, words->count), NULL};
    result->value.unordered = words->unordered;
    return STAGED_OK;
}

/* A value that was declared: text is read with the type now, as if it had been given. */
static staged_status read_declared(stg_parse *parse, const staged_argument *argument,
                                   const staged_value *declared, stg_taken *result)
{
    if (is_unread_list(argument, declared))
        return read_list(parse, argument, declared, result);
    *result = take_origin(declared);
    if (declared->kind != STAGED_VALUE_TEXT || declared == &stg_suppressed)
        return STAGED_OK;
    STAGED_TRY(convert(parse, argument, declared->as.text, &result->value));
    /* Reading a text as a text gives the same text. */
    if (argument->convert != NULL || result->value.kind != STAGED_VALUE_TEXT)
        result->origin = NULL;
    return STAGED_OK;
}

/* Which of several words are compared with the choices. */
typedef enum checked { CHECK_ALL, CHECK_FIRST, CHECK_NONE } checked;

static staged_status convert_all(stg_parse *parse, const staged_argument *argument,
                                 const char *const *words, size_t count, checked which,
                                 stg_taken *result)
{
    staged_value *items = stg_arena_alloc(&parse->ns->arena, count * sizeof *items);
    if (items == NULL)
        return STAGED_NO_MEMORY;
    /* All words are read before one is compared: the first error is one of reading. */
    for (size_t i = 0; i < count; i++)
        STAGED_TRY(convert(parse, argument, words[i], &items[i]));
    const size_t compared = which == CHECK_ALL ? count : which == CHECK_FIRST && count > 0;
    for (size_t i = 0; i < compared; i++)
        STAGED_TRY(check_choice(parse, argument, &items[i]));
    *result = (stg_taken){staged_value_list(items, count), NULL};
    return STAGED_OK;
}

/* An argument without words. */
static staged_status read_nothing(stg_parse *parse, const staged_argument *argument,
                                  stg_taken *result)
{
    const staged_value *standard = parse->defaults[argument->index];
    if (argument->nargs == STAGED_NARGS_OPTIONAL) {
        const staged_value *declared =
            stg_is_positional(argument) ? standard : argument->const_value;
        return read_declared(parse, argument, declared, result);
    }
    *result = (stg_taken){staged_value_list(NULL, 0), NULL};
    if (argument->nargs != STAGED_NARGS_ZERO_OR_MORE || !stg_is_positional(argument) ||
        standard->kind == STAGED_VALUE_NONE)
        return STAGED_OK;
    if (is_unread_list(argument, standard))
        return read_list(parse, argument, standard, result);
    *result = take_origin(standard);
    return STAGED_OK;
}

static staged_status read_words(stg_parse *parse, const staged_argument *argument,
                                const char *const *words, size_t count, stg_taken *result)
{
    if (argument->wordless) {
        *result = (stg_taken){staged_value_list(NULL, 0), NULL};
        return STAGED_OK;
    }
    if (count == 0)
        return read_nothing(parse, argument, result);
    if (count == 1 && !stg_takes_list(argument)) {
        *result = (stg_taken){stg_none, NULL};
        STAGED_TRY(convert(parse, argument, words[0], &result->value));
        return check_choice(parse, argument, &result->value);
    }
    const checked which = argument->nargs == STAGED_NARGS_REMAINDER          ? CHECK_NONE
                          : argument->nargs == STAGED_NARGS_COMMAND_AND_REST ? CHECK_FIRST
                                                                             : CHECK_ALL;
    return convert_all(parse, argument, words, count, which, result);
}

/* ---- Exclusive sets ---- */

/* Notes that a member was given.  A positional without words was not. */
static staged_status note_in_set(stg_parse *parse, const staged_argument *argument, size_t count)
{
    if (argument->exclusive == NULL || (stg_is_positional(argument) && count == 0))
        return STAGED_OK;
    const staged_argument **given = &parse->given_of_set[argument->exclusive->index];
    if (*given == NULL || *given == argument) {
        *given = argument;
        return STAGED_OK;
    }
    stg_buf message = {0};
    stg_buf_add_text(&message, "not allowed with argument ");
    stg_add_argument_name(&message, *given);
    staged_status status = stg_buf_status(&message);
    if (status == STAGED_OK)
        status = stg_fail_argument(parse->top, argument, stg_buf_text(&message));
    stg_buf_free(&message);
    return status;
}

/* ---- Actions ---- */

static staged_status set(stg_parse *parse, const staged_argument *argument, const stg_taken *result)
{
    stg_entry *entry = stg_namespace_entry(parse->ns, argument->dest);
    if (entry == NULL)
        return STAGED_NO_MEMORY;
    entry->value = result->value;
    entry->origin = result->origin;
    entry->items = NULL;
    entry->texts = NULL;
    return STAGED_OK;
}

/* The entry that is to be added to: what it begins with is read by now. */
static staged_status entry_of_list(stg_parse *parse, const staged_argument *argument,
                                   stg_entry **entry)
{
    *entry = stg_namespace_entry(parse->ns, argument->dest);
    if (*entry == NULL)
        return STAGED_NO_MEMORY;
    if ((*entry)->origin == NULL)
        return STAGED_OK;
    const staged_argument *owner = stg_names_get_text(&parse->parser->by_dest, argument->dest);
    while (owner != NULL && owner->default_value != (*entry)->origin)
        owner = owner->next_same_dest;
    stg_taken read;
    if (owner == NULL || !is_unread_list(owner, (*entry)->origin))
        return STAGED_OK;
    STAGED_TRY(read_list(parse, owner, (*entry)->origin, &read));
    return set(parse, argument, &read);
}

static staged_status append(stg_parse *parse, const staged_argument *argument,
                            const staged_value *item)
{
    stg_entry *entry;
    staged_value copy;
    const bool declared = argument->action == STAGED_ARG_APPEND_CONST;
    STAGED_TRY(entry_of_list(parse, argument, &entry));
    if (declared && !stg_value_copy(&parse->ns->arena, &copy, item))
        return STAGED_NO_MEMORY;
    return stg_namespace_append(parse->ns, entry, declared ? &copy : item) ? STAGED_OK
                                                                           : STAGED_NO_MEMORY;
}

/* A text has its characters for items, as in Python. */
static staged_status append_characters(stg_parse *parse, const staged_argument *argument,
                                       const char *text)
{
    size_t used;
    for (; *text != '\0'; text += used) {
        uint32_t character;
        used = stg_utf8_decode(text, strnlen(text, 4), &character);
        const staged_value item = staged_value_text(stg_arena_copy(&parse->ns->arena, text, used));
        if (item.kind == STAGED_VALUE_NONE)
            return STAGED_NO_MEMORY;
        STAGED_TRY(append(parse, argument, &item));
    }
    return STAGED_OK;
}

static staged_status extend(stg_parse *parse, const staged_argument *argument,
                            const staged_value *value)
{
    stg_entry *entry;
    STAGED_TRY(entry_of_list(parse, argument, &entry));
    /* Also without items there is a list now. */
    if (!stg_namespace_append(parse->ns, entry, NULL))
        return STAGED_NO_MEMORY;
    if (value->kind == STAGED_VALUE_TEXT)
        return append_characters(parse, argument, value->as.text);
    const bool list = value->kind == STAGED_VALUE_LIST;
    const size_t count = list ? value->count : value->kind != STAGED_VALUE_NONE;
    for (size_t i = 0; i < count; i++)
        STAGED_TRY(append(parse, argument, list ? &value->as.items[i] : value));
    return STAGED_OK;
}

static staged_status count_up(stg_parse *parse, const staged_argument *argument)
{
    const stg_entry *entry = stg_namespace_entry(parse->ns, argument->dest);
    if (entry == NULL)
        return STAGED_NO_MEMORY;
    stg_taken next = {staged_value_int(1), NULL};
    const staged_value *now = &entry->value;
    if (now->kind == STAGED_VALUE_FLOAT)
        next.value = staged_value_float(now->as.number + 1.0);
    else if (now->kind == STAGED_VALUE_BOOL)
        next.value = staged_value_int(now->as.boolean + 1);
    else if (now->kind == STAGED_VALUE_INT && now->as.integer < INT64_MAX)
        next.value = staged_value_int(now->as.integer + 1);
    return set(parse, argument, &next);
}

static staged_status show(stg_parse *parse, char *text)
{
    if (text == NULL)
        return STAGED_NO_MEMORY;
    stg_buf_clear(&parse->top->output);
    stg_buf_add_text(&parse->top->output, text);
    free(text);
    return stg_buf_status(&parse->top->output) == STAGED_OK ? STAGED_EXIT : STAGED_NO_MEMORY;
}

static staged_status show_help(stg_parse *parse)
{
    const stg_colors colors = stg_colors_for(parse->top, STDOUT_FILENO);
    return show(parse, stg_help(parse->parser, 0, &colors));
}

static staged_status show_version(stg_parse *parse, const staged_argument *argument)
{
    stg_buf_clear(&parse->top->output);
    const staged_status status = stg_add_version(&parse->top->output, argument);
    return status == STAGED_OK ? STAGED_EXIT : status;
}

/* ---- Sub-commands ---- */

/* What the command's parser found goes before what is there.  A default of a command does not
 * replace what was given before the command: argparse lets it, with `permissive` so do we. */
static bool merge(staged_namespace *ns, const staged_namespace *inner, bool permissive)
{
    for (size_t i = 0; i < inner->count; i++) {
        const stg_entry *from = inner->entries[i];
        stg_entry *to = stg_namespace_entry(ns, from->name);
        if (to == NULL)
            return false;
        if (from->value.kind == STAGED_VALUE_UNSET || (to->given && !from->given && !permissive))
            continue;
        to->given = from->given;
        /* The value itself may be a copy that goes with the inner namespace. */
        if (from->origin != NULL)
            to->value = *from->origin;
        else if (!stg_value_copy(&ns->arena, &to->value, &from->value))
            return false;
        to->origin = from->origin;
        to->items = NULL;
        to->texts = NULL;
    }
    for (size_t i = 0; i < inner->given_count; i++) {
        const stg_given_words *given = inner->given[i];
        if (!stg_namespace_add_given(ns, given->argument, given->flag, given->words, given->count))
            return false;
    }
    /* The first mistake of an author's function explains the others. */
    if (ns->error.status == STAGED_OK && inner->error.status != STAGED_OK)
        stg_error_set(&ns->error, inner->error.status, "%s", stg_error_text(&inner->error));
    for (size_t i = 0; i < inner->command_count; i++) {
        if (!stg_namespace_add_command(ns, inner->commands[i]))
            return false;
    }
    return true;
}

static staged_status run_parser(stg_parse *parse, const stg_command *command,
                                const char *const *words, size_t count)
{
    staged_namespace *inner = stg_namespace_new();
    if (inner == NULL)
        return STAGED_NO_MEMORY;
    staged_status status = stg_parse_words(parse->top, command->parser, inner, parse->scratch,
                                           words, count, &parse->inner_extras);
    if (status == STAGED_OK && !merge(parse->ns, inner, parse->parser->permissive))
        status = STAGED_NO_MEMORY;
    staged_namespace_free(inner);
    return status;
}

static staged_status take_command(stg_parse *parse, const staged_argument *argument,
                                  const staged_value *values, const char *const *words,
                                  size_t count)
{
    const char *name = values->as.items[0].as.text;
    if (argument->dest != NULL) {
        const stg_taken chosen = {values->as.items[0], NULL};
        STAGED_TRY(set(parse, argument, &chosen));
    }
    if (!stg_namespace_add_command(parse->ns, name))
        return STAGED_NO_MEMORY;
    const stg_command *command = stg_names_get_text(&argument->commands->by_name, name);
    return run_parser(parse, command, words + 1, count - 1);
}

staged_status stg_act(stg_parse *parse, const staged_argument *argument, const stg_taken *result,
                      const stg_given *given)
{
    const stg_taken constant = take_origin(argument->const_value);
    const bool shows = argument->action == STAGED_ARG_HELP ||
                       argument->action == STAGED_ARG_VERSION || argument->action > STG_COMMANDS;
    if (shows && parse->top == NULL)
        return STAGED_BAD_INPUT;
    switch (argument->action) {
    case STAGED_ARG_STORE:
        return set(parse, argument, result);
    case STAGED_ARG_STORE_CONST:
    case STAGED_ARG_STORE_TRUE:
    case STAGED_ARG_STORE_FALSE:
        return set(parse, argument, &constant);
    case STAGED_ARG_APPEND:
        return append(parse, argument, &result->value);
    case STAGED_ARG_APPEND_CONST:
        return append(parse, argument, argument->const_value);
    case STAGED_ARG_EXTEND:
        return extend(parse, argument, &result->value);
    case STAGED_ARG_COUNT:
        return count_up(parse, argument);
    case STAGED_ARG_BOOLEAN: {
        const bool yes = given->flag == NULL || strncmp(given->flag, "--no-", 5) != 0;
        const stg_taken boolean = {staged_value_bool(yes), NULL};
        return set(parse, argument, &boolean);
    }
    case STAGED_ARG_HELP:
        return show_help(parse);
    case STAGED_ARG_VERSION:
        return show_version(parse, argument);
    case STG_COMMANDS:
        return take_command(parse, argument, &result->value, given->words, given->count);
    case STG_PRINT_COMPLETION:
        return show(parse, staged_parser_completion(parse->top, result->value.as.text));
    case STG_PRINT_MAN:
        return show(parse, staged_parser_man_page(parse->top));
    default:
        return STAGED_BAD_USE;
    }
}

staged_status stg_note_given(stg_parse *parse, const staged_argument *argument)
{
    stg_entry *entry =
        argument->dest == NULL ? NULL : stg_namespace_entry(parse->ns, argument->dest);
    if (entry != NULL)
        entry->given = true;
    return entry == NULL && argument->dest != NULL ? STAGED_NO_MEMORY : STAGED_OK;
}

staged_status stg_take(stg_parse *parse, const staged_argument *argument, const char *const *words,
                       size_t count, const char *flag)
{
    parse->seen[argument->index] = true;
    stg_taken result = {stg_none, NULL};
    const stg_given given = {words, count, flag};
    STAGED_TRY(read_words(parse, argument, words, count, &result));
    STAGED_TRY(note_in_set(parse, argument, count));
    if (result.origin == &stg_suppressed)
        return STAGED_OK;
    const bool given_words = flag != NULL || count > 0;
    if (given_words)
        STAGED_TRY(stg_note_given(parse, argument));
    /* A rehearsal compares only what authors' functions were given. */
    const bool recorded = given_words && argument->commands == NULL && parse->top != NULL;
    if ((recorded || argument->act != NULL) &&
        !stg_namespace_add_given(parse->ns, argument, flag, words, count))
        return STAGED_NO_MEMORY;
    return argument->act == NULL ? stg_act(parse, argument, &result, &given)
                                 : stg_run_act(parse, argument, &result, &given);
}

/* A default is used: what it names has to be what a word would have to name. */
static staged_status check_default(stg_parse *parse, const staged_argument *argument,
                                   const staged_value *standard)
{
    const stg_entry *entry =
        argument->dest == NULL ? NULL : stg_namespace_find(parse->ns, argument->dest);
    if (argument->path_checks == 0 || parse->top == NULL || entry == NULL ||
        entry->origin != standard)
        return STAGED_OK;
    stg_buf message = {0};
    staged_status status = stg_check_path(argument, standard, &message);
    status = fail_argument(parse, argument, status, &message);
    stg_buf_free(&message);
    return status;
}

staged_status stg_take_default(stg_parse *parse, const staged_argument *argument)
{
    const staged_value *standard = parse->defaults[argument->index];
    if (standard == &stg_suppressed)
        return STAGED_OK;
    if (standard->kind != STAGED_VALUE_TEXT && !is_unread_list(argument, standard))
        return check_default(parse, argument, standard);
    const stg_entry *entry =
        argument->dest == NULL ? NULL : stg_namespace_find(parse->ns, argument->dest);
    if (entry == NULL ||
        (entry->origin != standard && !stg_value_is_shared(&entry->value, standard)))
        return STAGED_OK;
    stg_taken result;
    STAGED_TRY(read_declared(parse, argument, standard, &result));
    return set(parse, argument, &result);
}
