/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A script as its files declare it. */
#ifndef TOOL_SOURCE_SOURCE_H
#define TOOL_SOURCE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include <staged/args.h>
#include <staged/class.h>
#include <staged/script.h>

#include "tool/bash/request.h"
#include "tool/common/text.h"

/* A function of the author.
 *   name   as the author calls it
 *   runs   its name in bash, which differs if another file has a function with that name
 *   text   its source, if its file is extended; NULL: not needed */
typedef struct sh_function {
    char *name;
    char *runs;
    staged_location where;
    char *text;
} sh_function;

typedef struct sh_stage {
    staged_method row; /* without its function */
} sh_stage;

/* A place where commands can run.
 *   words  for its kind, terminated by NULL */
typedef struct sh_declared_place {
    char *name;
    char *kind;
    const char *const *words;
    staged_location where;
} sh_declared_place;

/* Something done to a parser; kept in the order of declaration. */
typedef enum sh_argument_kind {
    SH_ARGUMENT,
    SH_GROUP,
    SH_EXCLUSIVE,
    SH_COMMANDS,
    SH_COMMAND,
    SH_DEFAULT
} sh_argument_kind;

typedef struct sh_argument {
    sh_argument_kind kind;
    staged_argument_options options;
    bool is_secret;
    char *convert; /* the author's function; NULL: none */
    /* For groups and commands. */
    char *title;
    char *description;
    char *help;
    const char **aliases;
    bool required;
} sh_argument;

/* A file, which becomes a class. */
typedef struct sh_file {
    char *path;
    char *class_name;
    char *description;
    char *epilog;
    bool hides_retry_arguments;
    bool has_time_limit_arguments;
    bool shows_run_arguments;
    bool has_question_arguments;
    char *lock; /* NULL: none */
    double lock_wait_s;
    bool hides_places;
    staged_ci ci;
    staged_choice window_title;
    double notify_after_s; /* 0: not set */
    sh_declared_place *places;
    size_t place_count;
    bool retries_on_place; /* all stages do */
    char *default_place;   /* where commands run; NULL: not set */
    staged_location default_where;
    const char **order; /* of all stages; NULL: as declared */
    bool runs_all;      /* of these, unless the command line selects some */
    staged_location order_where;
    struct sh_file **bases;
    size_t base_count;
    sh_stage *stages;
    size_t stage_count;
    char **refused; /* the names of stages whose declaration has a mistake */
    size_t refused_count;
    char **methods;
    size_t method_count;
    sh_argument *arguments;
    size_t argument_count;
    sh_function *functions;
    size_t function_count;
    char **early; /* the functions that it had before reading a file that it extends */
    size_t early_count;
    /* What is made of the file. */
    staged_class made;
    const staged_class **made_bases;
    staged_method *rows;
    size_t row_count;
} sh_file;

/* The script: all its files, bases first, except the one being read. */
typedef struct sh_source {
    sh_file **files;
    size_t file_count;
    sh_file **reading; /* the innermost last */
    size_t reading_count;
    sh_text mistakes;  /* one per line */
    char **highlights; /* patterns, each followed by its style, terminated by NULL; NULL: none */
    size_t highlight_count;
} sh_source;

/* The file being read; the main one once all have been read. */
sh_file *sh_source_file(const sh_source *source);
sh_file *sh_source_find(const sh_source *source, const char *path);
/* Begins reading a file. */
sh_file *sh_source_begin(sh_source *source, const char *path);
/* Ends reading the innermost file. */
void sh_source_end(sh_source *source);

/* Keeps a mistake, so that all can be reported at once. */
void sh_mistake(sh_source *source, const staged_location *where, const char *format, ...)
    STAGED_PRINTF(3, 4);
/* A place whose file name lives as long as the program. */
staged_location sh_keep_place(const staged_location *where);

/* A function of a file; NULL: it has none with that name. */
const sh_function *sh_find_function(const sh_file *file, const char *name);
/* The file that had a function with that name before the innermost one was read; NULL: none. */
const sh_file *sh_find_early(const sh_source *source, const char *name);
/* The function renamed to `runs` because another file overrides it; NULL: none. */
const sh_function *sh_find_renamed(const sh_source *source, const char *runs);
/* The stage with that name, declared by this file or one of its bases; NULL: none. */
const sh_stage *sh_find_stage(const sh_source *source, const char *name);
/* Whether any file has a function with that name. */
bool sh_has_function(const sh_source *source, const char *name);
/* The file whose order of stages applies; NULL: none sets one. */
const sh_file *sh_find_order(const sh_source *source);
/* Where commands run unless something else is said, by the nearest file that says it; NULL: none
 * does. */
const char *sh_find_default_place(const sh_source *source);
/* Whether any file has all stages tried again when a place fails. */
staged_choice sh_retries_on_place(const sh_source *source);
bool sh_find_method(const sh_source *source, const char *name);

/* The name of an argument's variable: "some_file" for "--some-file" or "-f --some-file".  The
 * caller frees it. */
char *sh_dest_of(const staged_argument_options *options);

#endif
