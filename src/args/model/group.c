/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/model/group.h"

#include <string.h>

#include "base/memory/grow.h"

static staged_argument_group *new_group_in(staged_parser *parser, staged_argument_group ***groups,
                                           size_t *count, size_t *capacity)
{
    staged_argument_group *group = stg_arena_alloc(&parser->arena, sizeof *group);
    if (group == NULL || !stg_grow(groups, capacity, *count + 1, sizeof **groups)) {
        parser->no_memory = true;
        return NULL;
    }
    group->parser = parser;
    group->index = *count;
    (*groups)[(*count)++] = group;
    return group;
}

staged_argument_group *stg_new_group(staged_parser *parser, const char *title,
                                     const char *description)
{
    staged_argument_group *group =
        new_group_in(parser, &parser->groups, &parser->group_count, &parser->group_capacity);
    if (group != NULL) {
        group->title = stg_parser_suppressible(parser, title);
        group->description = stg_parser_suppressible(parser, description);
    }
    return group;
}

staged_argument_group *staged_parser_add_group(staged_parser *parser, const char *title,
                                               const char *description)
{
    return parser == NULL ? NULL : stg_new_group(parser, title, description);
}

static staged_argument_group *add_exclusive(staged_parser *parser, staged_argument_group *container,
                                            bool required)
{
    staged_argument_group *set = new_group_in(parser, &parser->exclusives, &parser->exclusive_count,
                                              &parser->exclusive_capacity);
    if (set != NULL) {
        set->exclusive = true;
        set->required = required;
        set->container = container;
    }
    return set;
}

staged_argument_group *staged_parser_add_exclusive(staged_parser *parser, bool required)
{
    return parser == NULL ? NULL : add_exclusive(parser, NULL, required);
}

staged_argument_group *staged_argument_group_add_exclusive(staged_argument_group *group,
                                                           bool required)
{
    return group == NULL ? NULL : add_exclusive(group->parser, group, required);
}

bool stg_group_append(staged_argument_group *group, staged_argument *argument)
{
    if (!stg_grow(&group->arguments, &group->capacity, group->count + 1,
                  sizeof *group->arguments)) {
        group->parser->no_memory = true;
        return false;
    }
    group->arguments[group->count++] = argument;
    return true;
}

staged_argument_group *staged_parser_find_group(staged_parser *parser, const char *title)
{
    for (size_t i = 0; parser != NULL && i < parser->group_count; i++) {
        const char *here = parser->groups[i]->title.text;
        if (here != NULL && strcmp(here, title) == 0)
            return parser->groups[i];
    }
    return NULL;
}

void staged_argument_group_set_title(staged_argument_group *group, const char *title)
{
    if (group != NULL)
        group->title = stg_parser_suppressible(group->parser, title);
}

void staged_argument_group_set_description(staged_argument_group *group, const char *description)
{
    if (group != NULL)
        group->description = stg_parser_suppressible(group->parser, description);
}

void staged_argument_group_set_replace_flags(staged_argument_group *group, bool replace)
{
    if (group != NULL)
        group->replace_flags = replace ? STAGED_YES : STAGED_NO;
}
