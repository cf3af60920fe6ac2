/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Options of the framework that give way to the author's. */
#include "args/declaring/declaring.h"
#include "args/model/parser.h"

staged_argument *stg_parser_add_spare_argument(staged_parser *parser, staged_argument_group *group,
                                               const staged_argument_options *options,
                                               const staged_argument *like)
{
    if (stg_names_get_text(&parser->by_flag, options->flags) != NULL)
        return NULL;
    staged_argument *argument = stg_add_argument(parser, group, options, (int)options->action);
    if (argument == NULL)
        return NULL;
    argument->is_exact = true;
    if (like != NULL) {
        argument->choices = like->choices;
        argument->sorted_choices = like->sorted_choices;
    }
    return argument;
}

void stg_argument_set_offers(staged_argument *argument, stg_offer_function *offers, void *context)
{
    if (argument == NULL)
        return;
    argument->offers = offers;
    argument->offers_context = context;
}
