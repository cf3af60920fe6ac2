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

/* A function of the author's.
 *   name   as the author calls it
 *   runs   as bash knows it: another name if another file has a function of that name
 *   text   its text, of a file that is extended; NULL: not needed */
typedef struct sh_function {
    char *name;
    char *runs;
    staged_location where;
    char *text;
} sh_function;

typedef struct sh_stage {
    staged_method row; /* without its function */
} sh_stage;

/* What is done to a parser, in the order in which it was declared. */
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
    /* Of groups and commands. */
    char *title;
    char *description;
    char *help;
    const char **aliases;
    bool required;
} sh_argument;

/* One file: one class. */
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
    double notify_after_s; /* 0: it says nothing of that */
    const char **order;    /* of all stages; NULL: that in which they are declared */
    bool runs_all;         /* of these, unless the command line selects some */
    staged_location order_where;
    struct sh_file **bases;
    size_t base_count;
    sh_stage *stages;
    size_t stage_count;
    char **methods;
    size_t method_count;
    sh_argument *arguments;
    size_t argument_count;
    sh_function *functions;
    size_t function_count;
    char **early; /* names of functions that it has before a file that it extends is read */
    size_t early_count;
    /* What is made of them. */
    staged_class made;
    const staged_class **made_bases;
    staged_method *rows;
    size_t row_count;
} sh_file;

/* The script: all its files, bases first but for the one that is being read. */
typedef struct sh_source {
    sh_file **files;
    size_t file_count;
    sh_file **reading; /* the innermost last */
    size_t reading_count;
    sh_text mistakes;  /* a line each */
    char **highlights; /* patterns, each followed by its style, ended by NULL; NULL: none */
    size_t highlight_count;
} sh_source;

/* The file that is being read; the main one when all were. */
sh_file *sh_source_file(const sh_source *source);
sh_file *sh_source_find(const sh_source *source, const char *path);
/* Begins to read a file. */
sh_file *sh_source_begin(sh_source *source, const char *path);
/* The innermost file was read. */
void sh_source_end(sh_source *source);

/* Keeps a mistake, for all to be told at once. */
void sh_mistake(sh_source *source, const staged_location *where, const char *format, ...)
    STAGED_PRINTF(3, 4);
/* A place whose file's name lives as long as the program. */
staged_location sh_keep_place(const staged_location *where);

/* A function of a file; NULL: it has none of that name. */
const sh_function *sh_find_function(const sh_file *file, const char *name);
/* The file whose function of that name was there before the innermost one was read; NULL: none's.
 */
const sh_file *sh_find_early(const sh_source *source, const char *name);
/* The function that runs under that name because another file overrides it; NULL: it is none. */
const sh_function *sh_find_renamed(const sh_source *source, const char *runs);
/* The stage of that name that this file or one of its bases declares; NULL: none. */
const sh_stage *sh_find_stage(const sh_source *source, const char *name);
/* Whether a file has a function of that name. */
bool sh_has_function(const sh_source *source, const char *name);
/* The file whose order of stages counts; NULL: none has said one. */
const sh_file *sh_find_order(const sh_source *source);
bool sh_find_method(const sh_source *source, const char *name);

/* The name of an argument's variable: "some_file" of "--some-file" or "-f --some-file".  To be
 * freed. */
char *sh_dest_of(const staged_argument_options *options);

#endif
