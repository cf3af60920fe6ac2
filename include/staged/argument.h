/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The arguments of a command line: their values, and all that can be said of one.  Parsers are in
 * <staged/args.h>. */
#ifndef STAGED_ARGUMENT_H
#define STAGED_ARGUMENT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/choice.h>
#include <staged/location.h>
#include <staged/status.h>

STAGED_BEGIN_DECLS

typedef struct staged_argument staged_argument;
typedef struct staged_namespace staged_namespace;
typedef struct staged_conversion staged_conversion;
typedef struct staged_occurrence staged_occurrence;

/* As a help text, a description, a group's title or description, or a usage: leaves it out.  As a
 * default: the namespace has no entry unless the argument is given. */
#define STAGED_ARG_SUPPRESS "==SUPPRESS=="

/* ---- Values ---------------------------------------------------------------------------------- */

typedef enum staged_value_kind {
    STAGED_VALUE_UNSET = 0, /* in options: not set, unlike None */
    STAGED_VALUE_NONE,
    STAGED_VALUE_BOOL,
    STAGED_VALUE_INT,
    STAGED_VALUE_FLOAT,
    STAGED_VALUE_TEXT,
    STAGED_VALUE_PATH,
    STAGED_VALUE_LIST
} staged_value_kind;

/* One value of a namespace, or of a table of arguments.  All zero is STAGED_VALUE_UNSET. */
typedef struct staged_value {
    staged_value_kind kind;
    union {
        bool boolean;
        int64_t integer;
        double number;                    /* STAGED_VALUE_FLOAT */
        const char *text;                 /* STAGED_VALUE_TEXT and STAGED_VALUE_PATH */
        const struct staged_value *items; /* STAGED_VALUE_LIST */
    } as;
    size_t count;      /* how many items a list has */
    bool unordered;    /* a list whose order means nothing: shown in braces, as Python's sets */
    const char *given; /* the word it was converted from, by the author's own function; or NULL */
} staged_value;

/* Values for options and setters.  They do not copy texts and items; whatever receives the value
 * does. */
STAGED_API staged_value staged_value_none(void);
STAGED_API staged_value staged_value_bool(bool boolean);
STAGED_API staged_value staged_value_int(int64_t integer);
STAGED_API staged_value staged_value_float(double number);
STAGED_API staged_value staged_value_text(const char *text);
STAGED_API staged_value staged_value_path(const char *path);
STAGED_API staged_value staged_value_list(const staged_value *items, size_t count);

/* ---- Arguments ------------------------------------------------------------------------------- */

/* What an argument does with its words.  Source: argparse's actions. */
typedef enum staged_argument_action {
    STAGED_ARG_STORE = 0,
    STAGED_ARG_STORE_CONST,  /* takes no word, stores `const_text` or `const_value` */
    STAGED_ARG_STORE_TRUE,   /* default false */
    STAGED_ARG_STORE_FALSE,  /* default true */
    STAGED_ARG_APPEND,       /* may be repeated: a list with an item per occurrence */
    STAGED_ARG_APPEND_CONST, /* may be repeated: a list of constants */
    STAGED_ARG_EXTEND,       /* may be repeated: one list of all words */
    STAGED_ARG_COUNT,        /* how often it was given */
    STAGED_ARG_BOOLEAN,      /* `--cache` also makes `--no-cache` */
    STAGED_ARG_HELP,         /* parsing ends with STAGED_EXIT and the help text */
    STAGED_ARG_VERSION       /* the same with the option's `version` */
} staged_argument_action;

/* How a word becomes a value.  Numbers are read as Python reads them. */
typedef enum staged_argument_type {
    STAGED_ARG_TEXT = 0,
    STAGED_ARG_STR, /* as STAGED_ARG_TEXT, but named "str" where a text shows the type */
    STAGED_ARG_INT, /* 64 bits; a larger number is an error */
    STAGED_ARG_FLOAT,
    STAGED_ARG_PATH /* normalized as pathlib does: "a//b/./" is "a/b" */
} staged_argument_type;

/* How many words an argument takes, if not a fixed number. 0: one word, stored as a value; 1 or
 * more: that many, stored as a list. */
enum {
    STAGED_NARGS_OPTIONAL = -1, /* one or none: the constant (option), the default (positional) */
    STAGED_NARGS_ZERO_OR_MORE = -2,    /* a list */
    STAGED_NARGS_ONE_OR_MORE = -3,     /* a list, never empty */
    STAGED_NARGS_REMAINDER = -4,       /* everything that follows, options too */
    STAGED_NARGS_COMMAND_AND_REST = -5 /* one word and everything that follows */
};

/* The author's own type: reads `text` and sets a value, which is copied.
 *   conversion  receives the value (`staged_conversion_set`) or the reason for refusing the word
 *               (`staged_conversion_refuse`)
 *   context     `convert_context` of the options
 * Returns STAGED_OK, or STAGED_BAD_INPUT, which shows the reason or, without one, "invalid NAME
 * value: 'TEXT'", where NAME is `type_name`. */
typedef staged_status staged_convert_function(staged_conversion *conversion, const char *text,
                                              void *context);
STAGED_API staged_status staged_conversion_set(staged_conversion *conversion, staged_value value);
STAGED_API staged_status staged_conversion_refuse(staged_conversion *conversion, const char *format,
                                                  ...) STAGED_PRINTF(2, 3);
STAGED_API staged_status staged_conversion_refuse_v(staged_conversion *conversion,
                                                    const char *format, va_list values)
    STAGED_PRINTF(2, 0);
STAGED_API staged_status staged_conversion_refuse_text(staged_conversion *conversion,
                                                       const char *text);

/* Checks of a path, joined with `|`; 0: none.  They run when a word, or a default in use, is read;
 * the program must still expect that the file changes. */
typedef enum staged_path_check {
    STAGED_PATH_EXISTS = 1,
    STAGED_PATH_FILE = 2, /* it exists, and is not a directory */
    STAGED_PATH_DIRECTORY = 4,
    STAGED_PATH_READABLE = 8,
    STAGED_PATH_WRITABLE = 16, /* or can be created: its directory exists and is writable */
    STAGED_PATH_NEW = 32,      /* it does not exist */
    STAGED_PATH_DASH = 64      /* "-" passes whatever the others say: a standard stream */
} staged_path_check;

/* The author's own action: called each time the argument is given, after its words were converted
 * and checked against the choices.
 *   occurrence  what was given (see below); invalid after the function returns
 *   context     `act_context` of the options
 * Returns STAGED_OK; STAGED_BAD_INPUT, usually from `staged_occurrence_refuse`, to end parsing with
 * that error; or STAGED_EXIT from `staged_occurrence_show`.
 * Source: argparse's Action.__call__. */
typedef staged_status staged_act_function(staged_occurrence *occurrence, void *context);
/* The flag, as declared; NULL for a positional. */
STAGED_API const char *staged_occurrence_flag(const staged_occurrence *occurrence);
/* The converted words: a value or a list; an empty list for an action without words. */
STAGED_API const staged_value *staged_occurrence_value(const staged_occurrence *occurrence);
/* The argument's name in the namespace; never NULL. */
STAGED_API const char *staged_occurrence_dest(const staged_occurrence *occurrence);
/* The namespace so far, with the defaults of everything not given yet; you can read and set it.  A
 * command's parser has its own. */
STAGED_API staged_namespace *staged_occurrence_namespace(staged_occurrence *occurrence);
/* Does what `action` in the options says: stores, appends, counts. */
STAGED_API staged_status staged_occurrence_store(staged_occurrence *occurrence);
/* Makes the error "argument NAME: ..." and returns STAGED_BAD_INPUT. */
STAGED_API staged_status staged_occurrence_refuse(staged_occurrence *occurrence, const char *format,
                                                  ...) STAGED_PRINTF(2, 3);
STAGED_API staged_status staged_occurrence_refuse_v(staged_occurrence *occurrence,
                                                    const char *format, va_list values)
    STAGED_PRINTF(2, 0);
STAGED_API staged_status staged_occurrence_refuse_text(staged_occurrence *occurrence,
                                                       const char *text);
/* Ends parsing with a text to show, like help, and returns STAGED_EXIT. */
STAGED_API staged_status staged_occurrence_show(staged_occurrence *occurrence, const char *format,
                                                ...) STAGED_PRINTF(2, 3);
STAGED_API staged_status staged_occurrence_show_v(staged_occurrence *occurrence, const char *format,
                                                  va_list values) STAGED_PRINTF(2, 0);
STAGED_API staged_status staged_occurrence_show_text(staged_occurrence *occurrence,
                                                     const char *text);

/* Where to store a value besides the namespace; at most one is set.  Written only after the whole
 * command line was parsed without error; None leaves the variable as it is.  Texts belong to the
 * namespace. */
typedef struct staged_argument_target {
    bool *boolean;
    int *integer; /* a value that does not fit is the user's mistake */
    int64_t *integer64;
    double *number;
    const char **text;        /* text and path */
    const char *const **list; /* texts, ended with NULL */
} staged_argument_target;

/* The member of a class's data block that receives the parsed value; made by STAGED_INTO. */
typedef enum staged_into_kind {
    STAGED_INTO_NONE = 0,
    STAGED_INTO_BOOL,
    STAGED_INTO_INT,
    STAGED_INTO_INT64,
    STAGED_INTO_DOUBLE,
    STAGED_INTO_TEXT, /* text and path */
    STAGED_INTO_LIST  /* texts, ended with NULL */
} staged_into_kind;

typedef struct staged_into {
    staged_into_kind kind;
    size_t offset;
} staged_into;

/* Declares an argument.  All texts and lists are copied. */
typedef struct staged_argument_options {
    size_t size;       /* see STAGED_OPTIONS */
    const char *flags; /* "--some-file", "-f --foo" (blanks between), or a positional's one name */
    /* In STAGED_ARGUMENTS of a class: the member of its data block that receives the value, as in
     * STAGED_INTO(struct my_script, some_file).  Without an action a bool makes it
     * STAGED_ARG_STORE_TRUE; without a type a number makes it STAGED_ARG_INT or _FLOAT. */
    staged_into into;
    const char *group; /* of a row without flags, see STAGED_GROUP: a group's title */
    staged_argument_action action;
    staged_argument_type type;
    bool resolve;     /* in STAGED_ARGUMENTS, for a path: made absolute, links and ".." resolved */
    int nargs;        /* 0: one word; see STAGED_NARGS_OPTIONAL and the others */
    bool required;    /* an option that must be given */
    const char *help; /* "%(default)s", "%(prog)s" and the like are filled in; "%%" is "%" */
    const char *metavar; /* the name of a word in help; NULL: made from the flag */
    const char *dest;    /* the name in the namespace; NULL: "--some-file" gives "some_file" */
    /* Its value if it is not given; at most one of the three.  NULL and UNSET: None. */
    const char *default_text;        /* as on a command line, converted to the type */
    const char *const *default_list; /* the same for a list, ended with NULL */
    staged_value default_value;      /* taken as it is; text is converted to the type when used */
    /* What the actions for constants store, and what an option with STAGED_NARGS_OPTIONAL is
     * without a word. */
    const char *const_text;
    staged_value const_value;
    /* The allowed values, ended with NULL and converted to the type; or a list of values. */
    const char *const *choices;
    staged_value choice_values;
    const char *const *metavars; /* a name for each word, ended with NULL; NULL: `metavar` */
    const char *version;         /* the text of STAGED_ARG_VERSION */
    /* An environment variable that, if set and not empty, replaces the default: a word, the words
     * of a list separated by blanks, or yes or no for a flag.  Help names it. */
    const char *environment;
    staged_convert_function *convert; /* the author's own type; NULL: `type` */
    void *convert_context;            /* passed to `convert` */
    const char *type_name;            /* its name for messages; NULL: "value" */
    uint32_t path_checks;             /* of STAGED_ARG_PATH: staged_path_check, joined with `|` */
    staged_act_function *act;         /* the author's own action; NULL: `action` alone */
    void *act_context;                /* passed to `act` */
    staged_argument_target store;     /* the author's own variable */
    staged_location where;            /* where the argument is declared, for bug reports */
} staged_argument_options;

/* A list of texts for `choices` and the like, ended with NULL.  In the rows of a class it lives
 * as long as the program; elsewhere, as long as the block that it stands in, and in C++ until the
 * statement is over. */
#define STAGED_TEXTS(...) STAGED_TEXTS_(__VA_ARGS__)

STAGED_END_DECLS

#endif
