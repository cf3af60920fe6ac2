/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Taking what was given, or a default, for one argument. */
#include "args/model/argument.h"
#include "args/model/convert.h"
#include "args/reading/errors.h"
#include "args/reading/parse.h"

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
    return stg_fail_argument_take(parse->top, argument, &message);
}

/* ---- Taking ---- */

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
    STAGED_TRY(stg_read_words(parse, argument, words, count, &result));
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
    const staged_status status = stg_check_path(argument, standard, &message);
    return stg_refuse(parse, argument, status, &message);
}

staged_status stg_take_default(stg_parse *parse, const staged_argument *argument)
{
    const staged_value *standard = parse->defaults[argument->index];
    if (standard == &stg_suppressed)
        return STAGED_OK;
    if (standard->kind != STAGED_VALUE_TEXT && !stg_is_unread_list(argument, standard))
        return check_default(parse, argument, standard);
    const stg_entry *entry =
        argument->dest == NULL ? NULL : stg_namespace_find(parse->ns, argument->dest);
    if (entry == NULL ||
        (entry->origin != standard && !stg_value_is_shared(&entry->value, standard)))
        return STAGED_OK;
    stg_taken result;
    STAGED_TRY(stg_read_declared(parse, argument, standard, &result));
    return stg_set(parse, argument, &result);
}
