/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The command line of a script: a parser knows its arguments, parses a command line into a
 * namespace, and writes usage, help and error texts.  It behaves as Python's argparse (3.14) does;
 * this header says how to spell that in C.
 *
 *     staged_parser *parser = staged_parser_new(NULL);
 *     staged_parser_add_argument(parser, "--some-file", .required = true, .type = STAGED_ARG_PATH,
 *                         .help = "Some file to point to.");
 *     staged_parser_add_argument(parser, "-n --times", .type = STAGED_ARG_INT, .default_text = "1",
 *                         .help = "How often.");
 *     staged_namespace *arguments = NULL;
 *     staged_status status = staged_parser_parse(parser, argc - 1, argv + 1, &arguments);
 *     if (status == STAGED_EXIT)
 *         fputs(staged_parser_output(parser), stdout);
 *     else if (status != STAGED_OK)
 *         fputs(staged_parser_error(parser), stderr);
 *     else
 *         use(staged_namespace_path(arguments, "some_file"), ...);
 *
 * Nothing here prints or exits.  The author's mistakes (two arguments with one flag, an unknown
 * flag for `staged_parser_find`, a getter of the wrong type) never crash: they are collected, with
 * the file and line of each call, and reported together. */
#ifndef STAGED_ARGS_H
#define STAGED_ARGS_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/argument.h>
#include <staged/choice.h>
#include <staged/location.h>
#include <staged/status.h>

STAGED_BEGIN_DECLS

typedef struct staged_parser staged_parser;
typedef struct staged_argument_group staged_argument_group;
typedef struct staged_commands staged_commands;

/* ---- Parsers --------------------------------------------------------------------------------- */

/* How help is laid out; several can be joined with `|`. */
typedef enum staged_help_formatter {
    STAGED_HELP_DEFAULT = 0,
    STAGED_HELP_RAW_DESCRIPTION = 1, /* keeps the line breaks of descriptions and epilog */
    STAGED_HELP_RAW_TEXT = 2,        /* help texts too */
    STAGED_HELP_WITH_DEFAULTS = 4,   /* adds "(default: ...)" */
    STAGED_HELP_METAVAR_TYPES = 8,   /* uses the type as the metavar */
    STAGED_HELP_SCRIPT = 5           /* what scripts use: raw description, with defaults */
} staged_help_formatter;

/* Declares a parser; all zero is the default.  All texts are copied. */
typedef struct staged_parser_options {
    size_t size;             /* see STAGED_OPTIONS */
    const char *prog;        /* the program's name; NULL: "prog" */
    const char *description; /* shown before the arguments; NULL: none */
    const char *epilog;      /* shown after them; NULL: none */
    const char *usage;       /* replaces the usage line; "%(prog)s" is filled in; NULL: generated */
    staged_help_formatter formatter;
    staged_choice add_help;          /* STAGED_AUTO: yes; whether there is `-h, --help` */
    staged_choice allow_abbrev;      /* STAGED_AUTO: yes; whether `--verb` can be `--verbose` */
    const char *prefix_chars;        /* the first characters of options; NULL: "-" */
    const char *file_prefix_chars;   /* "@": `@FILE` is the words in FILE, one a line; NULL: off */
    staged_choice suppress_defaults; /* STAGED_AUTO: no; what is not given has no entry */
    staged_value argument_default;   /* for arguments without a default; UNSET, None: none */
    int help_column;                 /* the rightmost column where help texts begin; 0: 24 */
    staged_choice suggest;           /* STAGED_AUTO: no; adds "did you mean" to errors */
    staged_choice print_options;     /* STAGED_AUTO: no; hidden `--print-completion` and `-man` */
    staged_choice keep_unknown;  /* STAGED_AUTO: no, an unknown word is an error; yes: it goes to
                                    `staged_namespace_unknown` */
    staged_choice intermixed;    /* STAGED_AUTO: no; positionals may stand between options */
    staged_choice replace_flags; /* STAGED_AUTO: no, a flag that is added again is a bug;
                                    yes: it is taken from its first owner */
    const staged_parser *const *parents; /* parsers whose arguments, groups and defaults are copied
                                            into this one, ended with NULL; NULL: none */
} staged_parser_options;

/* Creates a parser.
 *   options  NULL: all defaults
 * Returns NULL when out of memory.  All functions here accept that NULL: they add and change
 * nothing, and parsing and formatting report that memory ran out. */
STAGED_API staged_parser *staged_parser_new(const staged_parser_options *options);
/* Frees a parser, its arguments, groups and commands; takes NULL. Namespaces stay valid. */
STAGED_API void staged_parser_free(staged_parser *parser);

/* Adds one argument.  Mistakes are kept for `staged_parser_check`.  Returns the argument, owned by
 * the parser; NULL after a mistake or out of memory, which every function here accepts. */
STAGED_API staged_argument *staged_parser_add_argument_with(staged_parser *parser,
                                                            const staged_argument_options *options);
/* Adds the `count` arguments of a table, in order. */
STAGED_API void staged_parser_add_arguments(staged_parser *parser,
                                            const staged_argument_options *table, size_t count);
STAGED_API staged_argument *
staged_argument_group_add_argument_with(staged_argument_group *group,
                                        const staged_argument_options *options);

#define STAGED_ARGUMENT_OPTIONS_(...)                                                              \
    STAGED_OPTIONS(staged_argument_options, .flags = __VA_ARGS__, .where = {__FILE__, __LINE__})
/* staged_parser_add_argument(parser, "--some-file", .required = true, .type = STAGED_ARG_PATH) */
#define staged_parser_add_argument(parser, ...)                                                    \
    staged_parser_add_argument_with((parser), STAGED_ARGUMENT_OPTIONS_(__VA_ARGS__))
/* The same for a group. */
#define staged_argument_group_add_argument(group, ...)                                             \
    staged_argument_group_add_argument_with((group), STAGED_ARGUMENT_OPTIONS_(__VA_ARGS__))
/* One entry of a table: STAGED_ARGUMENT("--some-file", .required = true) */
#define STAGED_ARGUMENT(...)                                                                       \
    {                                                                                              \
        .size = sizeof(staged_argument_options), .flags = __VA_ARGS__, .where = {                  \
            __FILE__,                                                                              \
            __LINE__                                                                               \
        }                                                                                          \
    }

/* In STAGED_ARGUMENTS: begins a group, a section of the help with a title, for the arguments after
 * it.  If a base has a group with this title, they join that.
 *   description  what help says below the title; NULL: nothing, or what the base says */
#define STAGED_GROUP(title, description)                                                           \
    {                                                                                              \
        .size = sizeof(staged_argument_options), .group = title, .help = description, .where = {   \
            __FILE__,                                                                              \
            __LINE__                                                                               \
        }                                                                                          \
    }

/* A class's arguments, ended with an empty row, and the size of a row. */
typedef struct staged_arguments {
    const staged_argument_options *rows;
    size_t row_size;
} staged_arguments;
#define STAGED_ARGUMENTS(...)                                                                      \
    {                                                                                              \
        STAGED_ROWS_(staged_argument_options, __VA_ARGS__, {.flags = NULL}),                       \
            sizeof(staged_argument_options)                                                        \
    }
/* In a row, after the flags: STAGED_ARGUMENT("--some-file", STAGED_INTO(struct my_script, file)).
 * The member is a bool, int, int64_t, double, const char * or, for a list, const char *const *. */
#define STAGED_INTO(type, member) .into = {STAGED_INTO_KIND_(type, member), offsetof(type, member)}
#ifdef __cplusplus
#define STAGED_INTO_KIND_(type, member)                                                            \
    staged_into_kind_of<decltype(static_cast<type *>(nullptr)->member)>::value
#else
#define STAGED_INTO_KIND_(type, member)                                                            \
    _Generic(((type *)0)->member,                                                                  \
        bool: STAGED_INTO_BOOL,                                                                    \
        int: STAGED_INTO_INT,                                                                      \
        int64_t: STAGED_INTO_INT64,                                                                \
        double: STAGED_INTO_DOUBLE,                                                                \
        const char *: STAGED_INTO_TEXT,                                                            \
        const char *const *: STAGED_INTO_LIST)
#endif

/* Copies what another parser has: arguments, groups (merged with those of the same title),
 * exclusive sets, commands and defaults.  Later changes to one do not affect the other.  Create the
 * parent with `.add_help = STAGED_NO`.  Source: argparse's parents. */
STAGED_API void staged_parser_add_parent(staged_parser *parser, const staged_parser *parent);

/* Adds a group: a section of the help, with a title and a description (NULL: none). */
STAGED_API staged_argument_group *staged_parser_add_group(staged_parser *parser, const char *title,
                                                          const char *description);
/* Adds a set of arguments of which at most one (`required`: exactly one) may be given; on its own,
 * or inside a group. */
STAGED_API staged_argument_group *staged_parser_add_exclusive(staged_parser *parser, bool required);
STAGED_API staged_argument_group *staged_argument_group_add_exclusive(staged_argument_group *group,
                                                                      bool required);

/* Sub-commands, each with its own parser. */
typedef struct staged_commands_options {
    size_t size;             /* see STAGED_OPTIONS */
    const char *dest;        /* the namespace's entry for the command's name; NULL: none */
    const char *title;       /* of the help section; NULL, no description: with the positionals */
    const char *description; /* NULL: none */
    const char *help;
    const char *metavar; /* NULL: the names of the commands */
    const char *prog;    /* the prefix of the commands' prog; NULL: the usage up to here */
    bool required;
    staged_location where; /* where they are declared, for bug reports */
} staged_commands_options;

typedef struct staged_command_options {
    size_t size;                         /* see STAGED_OPTIONS */
    const char *const *aliases;          /* other names, ended with NULL */
    const char *help;                    /* NULL: the command is not listed */
    const staged_parser_options *parser; /* NULL: all defaults */
} staged_command_options;

/* Adds the positional that selects a sub-command.  Options NULL: all defaults.  Owned by the
 * parser. */
STAGED_API staged_commands *staged_parser_add_commands(staged_parser *parser,
                                                       const staged_commands_options *options);
/* Adds a command.
 *   options  NULL: all defaults
 *   name     the word that selects it
 * Returns its parser, owned by the outer one; NULL when out of memory. */
STAGED_API staged_parser *staged_commands_add(staged_commands *commands,
                                              const staged_command_options *options,
                                              const char *name);

/* ---- Changing what was added ----------------------------------------------------------------- */

/* Finds an argument by one of its flags, a positional's name, or a destination.  For an unknown
 * one, returns NULL, and `staged_parser_check` reports a bug. */
#define staged_parser_find(parser, ...) staged_parser_find_at(parser, STAGED_HERE, __VA_ARGS__)
STAGED_API staged_argument *staged_parser_find_at(staged_parser *parser,
                                                  const staged_location *where, const char *flag);
/* Whether there is such an argument. */
STAGED_API bool staged_parser_has(const staged_parser *parser, const char *flag);
/* The group with this title, or NULL. */
STAGED_API staged_argument_group *staged_parser_find_group(staged_parser *parser,
                                                           const char *title);

/* Change an argument; a NULL argument is ignored.  A NULL text removes the text;
 * STAGED_ARG_SUPPRESS as `help` hides the argument. */
STAGED_API void staged_argument_set_help(staged_argument *argument, const char *help);
STAGED_API void staged_argument_set_metavar(staged_argument *argument, const char *metavar);
STAGED_API void staged_argument_set_required(staged_argument *argument, bool required);
STAGED_API void staged_argument_set_default(staged_argument *argument, staged_value value);
/* As on a command line, converted to the type. */
STAGED_API void staged_argument_set_default_text(staged_argument *argument, const char *text);
/* `choices` is ended with NULL and converted to the type; NULL: any value. */
STAGED_API void staged_argument_set_choices(staged_argument *argument, const char *const *choices);
STAGED_API void staged_argument_set_choice_values(staged_argument *argument, staged_value choices);
/* The argument's name in the namespace; never NULL. */
STAGED_API const char *staged_argument_dest(const staged_argument *argument);

/* Change a group; a NULL group is ignored.  A NULL text removes the text, as does
 * STAGED_ARG_SUPPRESS.  The texts are copied. */
STAGED_API void staged_argument_group_set_title(staged_argument_group *group, const char *title);
STAGED_API void staged_argument_group_set_description(staged_argument_group *group,
                                                      const char *description);

/* Set the default of a destination.  `_text` takes it as on a command line, `_list` and `_set` take
 * several such texts, ended with NULL. A set has no order: help shows it in braces, as Python's
 * sets.
 *   dest  the destination of an argument of this parser, of the parsers around it, or of its
 *         commands.  Any other name adds an entry to the namespace; one close to an argument's is a
 *         bug, which staged_parser_check reports with file and line.  In a script's parser every
 *         other name is a bug
 * Source: argparse's set_defaults. */
#define staged_parser_set_default(parser, ...)                                                     \
    staged_parser_set_default_at(parser, STAGED_HERE, __VA_ARGS__)
#define staged_parser_set_default_text(parser, ...)                                                \
    staged_parser_set_default_text_at(parser, STAGED_HERE, __VA_ARGS__)
#define staged_parser_set_default_list(parser, ...)                                                \
    staged_parser_set_default_list_at(parser, STAGED_HERE, __VA_ARGS__)
#define staged_parser_set_default_set(parser, ...)                                                 \
    staged_parser_set_default_set_at(parser, STAGED_HERE, __VA_ARGS__)
STAGED_API void staged_parser_set_default_at(staged_parser *parser, const staged_location *where,
                                             const char *dest, staged_value value);
STAGED_API void staged_parser_set_default_text_at(staged_parser *parser,
                                                  const staged_location *where, const char *dest,
                                                  const char *text);
STAGED_API void staged_parser_set_default_list_at(staged_parser *parser,
                                                  const staged_location *where, const char *dest,
                                                  const char *const *texts);
STAGED_API void staged_parser_set_default_set_at(staged_parser *parser,
                                                 const staged_location *where, const char *dest,
                                                 const char *const *texts);

/* The default of a destination: of the oldest argument that has one, or as set; NULL: none.  It
 * belongs to the parser.  Source: argparse's get_default. */
STAGED_API const staged_value *staged_parser_default(const staged_parser *parser, const char *dest);

/* Change a parser's options of the same names.  The texts are copied; a NULL `prog` is ignored, any
 * other NULL removes the text. */
STAGED_API void staged_parser_set_prog(staged_parser *parser, const char *prog);
STAGED_API void staged_parser_set_description(staged_parser *parser, const char *description);
STAGED_API void staged_parser_set_epilog(staged_parser *parser, const char *epilog);
STAGED_API void staged_parser_set_usage(staged_parser *parser, const char *usage);
STAGED_API void staged_parser_set_formatter(staged_parser *parser, staged_help_formatter formatter);
/* Whether unknown words are kept for `staged_namespace_unknown` instead of being an error
 * (argparse's parse_known_args); whether options may stand between the words of a positional
 * (argparse's parse_intermixed_args).  Both apply from the next use of the parser on. */
STAGED_API void staged_parser_set_keep_unknown(staged_parser *parser, bool keep);
STAGED_API void staged_parser_set_intermixed(staged_parser *parser, bool intermixed);
/* Whether flags that are added from now on are taken from their first owners instead of being
 * reported as bugs: for a group, or for all groups of a parser that have no setting of their own.
 * The owners keep their other flags; an option without any flag left is removed.
 * Source: argparse's conflict_handler="resolve". */
STAGED_API void staged_parser_set_replace_flags(staged_parser *parser, bool replace);
STAGED_API void staged_argument_group_set_replace_flags(staged_argument_group *group, bool replace);
/* The program's name; never NULL.  It belongs to the parser. */
STAGED_API const char *staged_parser_prog(const staged_parser *parser);

/* When a parser's output has colours. */
typedef enum staged_color_when {
    STAGED_COLOR_NEVER = 0,
    STAGED_COLOR_ON_TERMINAL, /* on a terminal, unless $NO_COLOR is set or $TERM is "dumb";
                                 elsewhere if $FORCE_COLOR is set */
    STAGED_COLOR_ALWAYS
} staged_color_when;

/* The style of each part of usage and help: the code between `ESC [` and `m`, such as "1;34" for
 * bold blue.  NULL: as in CPython 3.14; "": plain. */
typedef struct staged_help_colors {
    size_t size;            /* see STAGED_OPTIONS */
    const char *usage;      /* "usage: " */
    const char *prog;       /* the program's name */
    const char *prog_extra; /* the author's own usage, except for the program's name */
    const char *heading;    /* of groups */
    /* In the usage: */
    const char *summary_long_option;
    const char *summary_short_option;
    const char *summary_label;  /* an option's metavar */
    const char *summary_action; /* positionals */
    /* In the list: */
    const char *long_option;
    const char *short_option;
    const char *label;
    const char *action; /* positionals and commands */
} staged_help_colors;

/* Sets the colours of what parsing writes, also for the parser's commands: help (for standard
 * output) and the usage before an error (for standard error).  Scripts use colours on terminals.
 * Users have the last word: STAGED_COLORS="heading=1;33:label=" names members and codes.
 *   when    a new parser has STAGED_COLOR_NEVER
 *   colors  copied; NULL: all as in CPython
 * Source: CPython 3.14, argparse and _colorize. */
STAGED_API void staged_parser_set_colors(staged_parser *parser, staged_color_when when,
                                         const staged_help_colors *colors);

/* ---- Using a parser -------------------------------------------------------------------------- */

/* Checks for mistakes of the author.  Returns STAGED_OK or STAGED_BAD_USE; `staged_parser_error`
 * then lists all of them, one a line, each with file and line and what to change. */
STAGED_API STAGED_MUST_CHECK staged_status staged_parser_check(staged_parser *parser);

/* Reads a command line.
 *   argc, argv  the words, without the program's name
 *   name_space  receives the result; free it with `staged_namespace_free`.  NULL unless STAGED_OK
 *               is returned
 * Returns STAGED_OK; STAGED_EXIT if there is something to show (`staged_parser_output`: help,
 * version) before exiting with 0; STAGED_BAD_INPUT if the command line is wrong
 * (`staged_parser_error`: usage and error, for standard error; exit with 2); STAGED_BAD_USE as
 * `staged_parser_check`; STAGED_NO_MEMORY. */
STAGED_API STAGED_MUST_CHECK staged_status staged_parser_parse(staged_parser *parser, int argc,
                                                               char *const *argv,
                                                               staged_namespace **name_space);

/* What to write to standard output after STAGED_EXIT; valid until the next use of the parser. */
STAGED_API const char *staged_parser_output(const staged_parser *parser);
/* What to write to standard error after another failure; valid until the next use. */
STAGED_API const char *staged_parser_error(const staged_parser *parser);
/* Formats an error of your own, as if parsing had found it, and returns STAGED_BAD_INPUT:
 * `return staged_parser_fail(parser, "--to is before --from")`. */
STAGED_API staged_status staged_parser_fail(staged_parser *parser, const char *format, ...)
    STAGED_PRINTF(2, 3);
STAGED_API staged_status staged_parser_fail_v(staged_parser *parser, const char *format,
                                              va_list values) STAGED_PRINTF(2, 0);
STAGED_API staged_status staged_parser_fail_text(staged_parser *parser, const char *text);

/* Help and usage, without colours.
 *   columns  the width of the terminal; 0: $COLUMNS, then the terminal's, then 80
 * Both return text which the caller frees; NULL when out of memory. */
STAGED_API char *staged_parser_help(const staged_parser *parser, int columns);
STAGED_API char *staged_parser_usage(const staged_parser *parser, int columns);

/* The command line that produces a namespace, with every default, and quoted for a POSIX shell.
 *   indent  puts each argument on its own line, after so many spaces, and a backslash at the line
 *           ends; negative: all on one line
 * Returns text which the caller frees; NULL when out of memory.
 * Source: the package reverse_argparse, whose lines cannot always be pasted. */
STAGED_API char *staged_parser_command_line(const staged_parser *parser,
                                            const staged_namespace *name_space, int indent);

/* Whether this parser reads that line back into an equal namespace: always if everything came from
 * a command line, but not for every value that a program can set.  The author's functions are not
 * called; they are assumed to do the same for the same words.  Returns STAGED_OK, STAGED_BAD_INPUT
 * (it does not) or STAGED_NO_MEMORY. */
STAGED_API STAGED_MUST_CHECK staged_status
staged_parser_reads_back(const staged_parser *parser, const staged_namespace *name_space);

/* A completion script for "bash", "zsh" or "fish", and a man page (roff).  They return text
 * which the caller frees; NULL when out of memory or for an unknown shell. */
STAGED_API char *staged_parser_completion(const staged_parser *parser, const char *shell);
STAGED_API char *staged_parser_man_page(const staged_parser *parser);

/* ---- Namespaces ------------------------------------------------------------------------------ */

/* Frees a namespace, with all texts and lists that its getters returned; takes NULL. */
STAGED_API void staged_namespace_free(staged_namespace *name_space);

/* Getters.  None, an absent entry after STAGED_ARG_SUPPRESS, and every mistake return NULL, 0 or
 * false. An unknown name or the wrong type is a bug, which `staged_namespace_error` reports with
 * the file and line of the call.  Texts and lists belong to the namespace.
 *   text   a text or a path
 *   path   the same
 *   int    an integer
 *   float  a float or an integer
 *   bool   a boolean
 *   list   the items as texts, ended with NULL; never NULL itself
 *   count  how many items; 0 for None, 1 for any other value
 *   is_set whether it exists and is not None */
#define staged_namespace_text(name_space, ...)                                                     \
    staged_namespace_text_at(name_space, STAGED_HERE, __VA_ARGS__)
#define staged_namespace_path(name_space, ...)                                                     \
    staged_namespace_text_at(name_space, STAGED_HERE, __VA_ARGS__)
#define staged_namespace_int(name_space, ...)                                                      \
    staged_namespace_int_at(name_space, STAGED_HERE, __VA_ARGS__)
#define staged_namespace_float(name_space, ...)                                                    \
    staged_namespace_float_at(name_space, STAGED_HERE, __VA_ARGS__)
#define staged_namespace_bool(name_space, ...)                                                     \
    staged_namespace_bool_at(name_space, STAGED_HERE, __VA_ARGS__)
#define staged_namespace_list(name_space, ...)                                                     \
    staged_namespace_list_at(name_space, STAGED_HERE, __VA_ARGS__)
#define staged_namespace_count(name_space, ...)                                                    \
    staged_namespace_count_at(name_space, STAGED_HERE, __VA_ARGS__)
#define staged_namespace_is_set(name_space, ...)                                                   \
    staged_namespace_is_set_at(name_space, STAGED_HERE, __VA_ARGS__)
STAGED_API const char *staged_namespace_text_at(staged_namespace *name_space,
                                                const staged_location *where, const char *name);
STAGED_API int64_t staged_namespace_int_at(staged_namespace *name_space,
                                           const staged_location *where, const char *name);
STAGED_API double staged_namespace_float_at(staged_namespace *name_space,
                                            const staged_location *where, const char *name);
STAGED_API bool staged_namespace_bool_at(staged_namespace *name_space, const staged_location *where,
                                         const char *name);
STAGED_API const char *const *staged_namespace_list_at(staged_namespace *name_space,
                                                       const staged_location *where,
                                                       const char *name);
STAGED_API size_t staged_namespace_count_at(staged_namespace *name_space,
                                            const staged_location *where, const char *name);
STAGED_API bool staged_namespace_is_set_at(staged_namespace *name_space,
                                           const staged_location *where, const char *name);

/* The entry itself, of any type; NULL, without an error, if there is none. */
STAGED_API const staged_value *staged_namespace_value(const staged_namespace *name_space,
                                                      const char *name);
/* The names of the entries: `index` from 0, NULL past the last. */
STAGED_API const char *staged_namespace_name(const staged_namespace *name_space, size_t index);

/* The unknown words, if the parser keeps them: in order, the outermost parser's first, ended with
 * NULL; never NULL itself.  They belong to the namespace. */
STAGED_API const char *const *staged_namespace_unknown(const staged_namespace *name_space);

/* Setters, which also add entries; values are copied.  They return STAGED_OK or STAGED_NO_MEMORY,
 * which the namespace remembers; STAGED_BAD_USE without a namespace. */
STAGED_API staged_status staged_namespace_set(staged_namespace *name_space, const char *name,
                                              staged_value value);
STAGED_API staged_status staged_namespace_set_list(staged_namespace *name_space, const char *name,
                                                   const char *const *texts);

/* The first failure of a getter or setter: its status, STAGED_OK without one; its message, with the
 * file and line of the call, "" without one. */
STAGED_API staged_status staged_namespace_status(const staged_namespace *name_space);
STAGED_API const char *staged_namespace_error(const staged_namespace *name_space);

STAGED_END_DECLS

#ifdef __cplusplus
/* For STAGED_INTO. */
template <typename T> struct staged_into_kind_of;
template <> struct staged_into_kind_of<bool> {
    static constexpr staged_into_kind value = STAGED_INTO_BOOL;
};
template <> struct staged_into_kind_of<int> {
    static constexpr staged_into_kind value = STAGED_INTO_INT;
};
template <> struct staged_into_kind_of<int64_t> {
    static constexpr staged_into_kind value = STAGED_INTO_INT64;
};
template <> struct staged_into_kind_of<double> {
    static constexpr staged_into_kind value = STAGED_INTO_DOUBLE;
};
template <> struct staged_into_kind_of<const char *> {
    static constexpr staged_into_kind value = STAGED_INTO_TEXT;
};
template <> struct staged_into_kind_of<const char *const *> {
    static constexpr staged_into_kind value = STAGED_INTO_LIST;
};
#endif

#endif
