/* SPDX-License-Identifier: BSD-3-Clause */
#include "tool/source/uses.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <staged/words.h>

#include "tool/common/text.h"

/* What of a command its next word may be. */
typedef enum part {
    BEHIND = 0, /* nothing more matters */
    AT_VERB,
    AT_VARIABLE, /* of `ask` */
    AT_NAME,     /* of `background` */
    AT_OPTION,
    AT_VALUE, /* of an option that does not matter */
    AT_PLACE
} part;

/* A command that is being read. */
typedef struct command {
    part at;
    const char *verb;
} command;

typedef struct reading {
    command *nested; /* one for each depth so far */
    size_t count;
    bool (*takes_word)(const char *verb, const char *option);
    sh_use_told *told;
    void *context;
} reading;

static void take_verb(command *c, const char *word)
{
    static const struct {
        const char *name;
        part then;
    } verbs[] = {
        {"run", AT_OPTION}, {"each", AT_OPTION}, {"ask", AT_VARIABLE}, {"background", AT_NAME}};
    c->at = BEHIND;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0] && word != NULL; i++) {
        if (strcmp(word, verbs[i].name) == 0)
            *c = (command){.at = verbs[i].then, .verb = verbs[i].name};
    }
}

/* bash makes other words of patterns, braces and tildes.  In quotes it does not; but no place has
 * such a name. */
static void tell_place(const reading *r, const command *c, const char *place, int line)
{
    if (*place != '\0' && strpbrk(place, "*?[{~") == NULL)
        r->told(r->context, c->verb, place, line);
}

static void take_option(const reading *r, command *c, const staged_bash_word *word)
{
    static const char joined[] = "--on=";
    const size_t length = sizeof joined - 1;
    const char *text = word->text;
    if (text == NULL || *text != '-' || strcmp(text, "--") == 0)
        c->at = BEHIND;
    else if (strcmp(text, "--on") == 0)
        c->at = AT_PLACE;
    else if (strncmp(text, joined, length) == 0)
        tell_place(r, c, text + length, word->line);
    else if (strchr(text, '=') == NULL && r->takes_word(c->verb, text))
        c->at = AT_VALUE;
}

static void take_word(void *of_reading, const staged_bash_word *word)
{
    reading *r = of_reading;
    for (; r->count <= word->depth; r->count++) {
        r->nested = sh_grown(r->nested, r->count, sizeof *r->nested);
        r->nested[r->count] = (command){BEHIND, NULL};
    }
    command *c = &r->nested[word->depth];
    if (word->may_be_command)
        c->at = AT_VERB;
    switch (c->at) {
    case AT_VERB:
        take_verb(c, word->text);
        break;
    case AT_NAME:
        c->at = AT_VERB;
        break;
    case AT_OPTION:
        take_option(r, c, word);
        break;
    case AT_PLACE:
        if (word->text != NULL)
            tell_place(r, c, word->text, word->line);
        c->at = AT_OPTION;
        break;
    case AT_VARIABLE:
    case AT_VALUE:
        c->at = AT_OPTION;
        break;
    case BEHIND:
        break;
    }
}

bool sh_find_uses(const char *text, size_t length,
                  bool (*takes_word)(const char *verb, const char *option), sh_use_told *told,
                  void *context)
{
    reading r = {.takes_word = takes_word, .told = told, .context = context};
    const staged_status status = staged_words_read_bash(text, length, take_word, &r);
    free(r.nested);
    return status != STAGED_NO_MEMORY;
}
