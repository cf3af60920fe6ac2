/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a parser is made of; the files of this folder share it. */
#ifndef STG_ARGS_MODEL_PARSER_H
#define STG_ARGS_MODEL_PARSER_H

#include <staged/args.h>

#include "args/framework.h"
#include "args/values/value.h"
#include "base/failure/error.h"
#include "base/memory/arena.h"
#include "base/memory/names.h"
#include "base/text/buf.h"

/* Actions that are not for authors, after the public ones. */
enum {
    STG_COMMANDS = STAGED_ARG_VERSION + 1, /* the place of a sub-command */
    STG_PRINT_COMPLETION,
    STG_PRINT_MAN
};

/* A text of an argument, group or parser that can be left out on purpose. */
typedef struct stg_text {
    const char *text; /* NULL: none */
    bool suppressed;
} stg_text;

struct staged_argument {
    staged_parser *parser;
    staged_argument_group *group;
    staged_argument_group *exclusive; /* NULL: in none */
    size_t index;                     /* in the parser's arguments */
    const char **flags;               /* none: a positional */
    size_t flag_count;
    const char *dest; /* NULL: has no entry in the namespace */
    staged_argument *next_same_dest;
    int action; /* a staged_argument_action or one of the above */
    int nargs;
    bool wordless; /* takes no words, whatever `nargs` says */
    staged_argument_type type;
    staged_convert_function *convert;
    void *convert_context;
    const char *type_name;
    uint32_t path_checks;     /* staged_path_check, joined */
    staged_act_function *act; /* the author's own action; NULL: `action` */
    void *act_context;
    const staged_value *default_value;   /* never NULL; may be &stg_none, &stg_suppressed */
    const staged_value *const_value;     /* never NULL */
    const staged_value *choices;         /* a list, or NULL */
    const staged_value **sorted_choices; /* see choices.c; NULL: those of commands, which grow */
    stg_offer_function *offers;          /* see framework.h; NULL: the choices are offered */
    void *offers_context;
    bool required;
    bool is_exact; /* its flags cannot be abbreviated */
    stg_text help;
    const char *metavar;
    const char **metavars; /* NULL: `metavar` */
    size_t metavar_count;
    const char *version;
    const char *environment;
    staged_argument_target store;
    staged_commands *commands; /* of STG_COMMANDS */
    staged_location where;
};

struct staged_argument_group {
    staged_parser *parser;
    size_t index;                     /* among the groups of its kind */
    staged_argument_group *container; /* of an exclusive set: the group that it is in, or NULL */
    bool exclusive;
    bool required;
    staged_choice replace_flags; /* STAGED_AUTO: as the parser */
    stg_text title;
    stg_text description;
    staged_argument **arguments;
    size_t count;
    size_t capacity;
};

typedef struct stg_command {
    const char *name;
    const char **aliases; /* ended with NULL; or NULL */
    const char *help;     /* NULL: not listed */
    staged_parser *parser;
} stg_command;

struct staged_commands {
    staged_argument *argument;
    const char *prog; /* what the commands' prog begins with */
    stg_command **items;
    size_t count;
    size_t capacity;
    stg_names by_name;  /* to stg_command, aliases too */
    staged_value names; /* all of them in order, the argument's choices */
    staged_value *name_items;
    size_t name_capacity;
};

typedef struct stg_flag {
    const char *flag;
    staged_argument *argument;
    size_t order; /* among all flags of the parser */
} stg_flag;

/* A default that was set by destination. */
typedef struct stg_default {
    const char *dest;
    const staged_value *value;
    bool as_words;         /* read with the type of the argument it is for */
    staged_location where; /* where the author set it */
} stg_default;

struct staged_parser {
    stg_arena arena;
    bool no_memory; /* something could not be added: nothing can be parsed any more */

    const char *prog;
    stg_text usage;
    stg_text description;
    stg_text epilog;
    staged_help_formatter formatter;
    const char *prefix_chars;
    const char *file_prefix_chars;
    bool allow_abbrev;
    const staged_value *argument_default; /* NULL: none but that of the action */
    int help_column;                      /* where help begins at the latest; 0: 24 */
    bool suggest;
    staged_color_when color_when;
    staged_help_colors colors;
    bool permissive;            /* what argparse lets pass is no bug */
    bool keep_unknown;          /* words that nothing takes are no error */
    bool intermixed;            /* positionals may stand between options */
    bool replace_flags;         /* one that is added again is taken from its first owner */
    bool negative_number_flags; /* a flag looks like a negative number: `-1` is no number then */

    staged_argument **arguments;
    size_t count;
    size_t capacity;
    stg_names by_flag; /* to stg_flag */
    stg_names by_dest; /* to the first staged_argument of a destination */
    stg_flag **flags;  /* all of them, oldest first */
    size_t flag_count;
    size_t flag_capacity;

    staged_argument_group **groups; /* the positionals, the options, then the author's own */
    size_t group_count;
    size_t group_capacity;
    staged_argument_group **exclusives;
    size_t exclusive_count;
    size_t exclusive_capacity;

    stg_default **defaults;
    size_t default_count;
    size_t default_capacity;
    stg_names defaults_by_dest;
    bool defaults_are_known; /* each has to be that of an argument */
    stg_names spare_names;   /* names that arguments could have, but have not here */

    staged_commands *commands; /* NULL: none */

    stg_buf bugs; /* found while the parser was built; a line each */
    stg_error error;
    stg_buf output;
};

/* Copies into the parser's arena; NULL stays NULL.  Without memory the parser remembers it. */
const char *stg_parser_text(staged_parser *parser, const char *text);
const staged_value *stg_parser_value(staged_parser *parser, const staged_value *value);
const char **stg_parser_texts(staged_parser *parser, const char *const *texts, size_t *count);
stg_text stg_parser_suppressible(staged_parser *parser, const char *text);
/* Lets pass what argparse lets pass, as recorded cases and random parsers need it, also in commands
 * that are added from now on: defaults that the type or the choices do not allow, STAGED_ARG_EXTEND
 * of texts; and a default of a command replaces what was given before the command. */
void stg_parser_permit(staged_parser *parser);
/* Whether the text begins with one of the characters; `*used` is how many bytes that one has. */
bool stg_begins_with_one_of(const char *text, const char *characters, size_t *used);

#endif
