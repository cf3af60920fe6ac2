/* SPDX-License-Identifier: BSD-3-Clause
 *
 * `staged new`: creates a script to start from. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tool/common/verb.h"
#include "tool/script_c_txt.h"
#include "tool/script_shell_bash.h"

/* Stands for the script's name in a template. */
static const char placeholder[] = "@NAME@";

/* A kind of script.
 *   first_line  before the template; "": none
 *   suffix      of the file
 *   mode        as for open() */
typedef struct script_kind {
    const char *first_line;
    const char *template;
    const char *suffix;
    mode_t mode;
} script_kind;

static const script_kind c_script = {
    .first_line = "",
    .template = stg_script_c_txt,
    .suffix = ".c",
    .mode = 0666,
};

static const script_kind shell_script = {
    .first_line = "#!/usr/bin/env staged\n#",
    .template = stg_script_shell_bash,
    .suffix = "",
    .mode = 0777,
};

static void add_arguments(staged_parser *parser)
{
    staged_argument_group *kinds = staged_parser_add_exclusive(parser, false);
    staged_argument_group_add_argument(kinds, "--shell", .action = STAGED_ARG_STORE_TRUE,
                                       .help = "a script for bash, as without an option");
    staged_argument_group_add_argument(kinds, "--c", .action = STAGED_ARG_STORE_TRUE,
                                       .help = "a script in C");
    staged_parser_add_argument(parser, "name", .metavar = "NAME",
                               .help = "the script's name, which may have a path before it");
}

/* The name without the file's suffix, which is optional; the caller frees it. */
static char *stem_of(const char *name, const char *suffix)
{
    size_t length = strlen(name);
    const size_t suffix_length = strlen(suffix);
    if (length > suffix_length && strcmp(name + length - suffix_length, suffix) == 0)
        length -= suffix_length;
    return strndup(name, length);
}

/* The name becomes part of code and commands. */
static bool is_plain(const char *base)
{
    return *base != '\0' && *base != '-' &&
           base[strspn(
               base, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")] == '\0';
}

/* Writes the template, filling in the script's name.  Returns 0 or an errno. */
static int fill_in(FILE *file, const script_kind *kind, const char *name)
{
    const char *template = kind->template;
    (void)fputs(kind->first_line, file);
    for (const char *at; (at = strstr(template, placeholder)) != NULL;
         template = at + sizeof placeholder - 1)
        (void)fprintf(file, "%.*s%s", (int)(at - template), template, name);
    (void)fputs(template, file);
    errno = 0;
    return fflush(file) != 0 || ferror(file) != 0 ? (errno == 0 ? EIO : errno) : 0;
}

/* Creates the file, which must not exist.  Returns 0 or an errno. */
static int write_script(const script_kind *kind, const char *path, const char *name)
{
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kind->mode);
    if (fd < 0)
        return errno;
    FILE *file = fdopen(fd, "w");
    int error = file == NULL ? errno : fill_in(file, kind, name);
    if (file == NULL)
        (void)close(fd);
    else if (fclose(file) != 0 && error == 0)
        error = errno;
    if (error != 0)
        (void)unlink(path);
    return error;
}

static int make(const script_kind *kind, const char *stem)
{
    const char *slash = strrchr(stem, '/');
    const char *base = slash == NULL ? stem : slash + 1;
    const size_t size = strlen(stem) + strlen(kind->suffix) + 1;
    char *path = malloc(size);
    if (path == NULL) {
        fputs("staged new: out of memory\n", stderr);
        return TOOL_FAILED;
    }
    (void)snprintf(path, size, "%s%s", stem, kind->suffix);
    const int error = write_script(kind, path, base);
    if (error == 0 && kind == &shell_script) {
        printf("Wrote %s.  Run it with `%s%s --help`.\n", path, slash == NULL ? "./" : "", path);
    } else if (error == 0) {
        printf("Wrote %s.  Build it with `cc -o %s %s $(pkg-config --cflags --libs staged)`.\n",
               path, stem, path);
    } else if (error == EEXIST) {
        fprintf(stderr, "staged new: '%s' is there already; choose another name\n", path);
    } else {
        fprintf(stderr, "staged new: cannot write '%s': %s\n", path, strerror(error));
    }
    free(path);
    return error == 0 ? TOOL_OK : TOOL_FAILED;
}

static int run(staged_parser *parser, staged_namespace *arguments)
{
    const script_kind *kind = staged_namespace_bool(arguments, "c") ? &c_script : &shell_script;
    char *stem = stem_of(staged_namespace_text(arguments, "name"), kind->suffix);
    const char *slash = stem == NULL ? NULL : strrchr(stem, '/');
    int exit_status = TOOL_BAD_USAGE;
    if (stem != NULL && is_plain(slash == NULL ? stem : slash + 1)) {
        exit_status = make(kind, stem);
    } else {
        (void)staged_parser_fail(parser, "a name has letters, digits, '.', '_' and '-': '%s'",
                                 staged_namespace_text(arguments, "name"));
        fputs(staged_parser_error(parser), stderr);
    }
    free(stem);
    return exit_status;
}

const tool_verb tool_verb_new = {
    .name = "new",
    .help = "write a script to begin from",
    .parser = {.description = "Writes a script that runs, to begin from.  A file that is there "
                              "already stays as it is.",
               .usage = "%(prog)s [--shell | --c] NAME"},
    .add_arguments = add_arguments,
    .run = run,
};
