/* SPDX-License-Identifier: BSD-3-Clause
 *
 * GitHub's workflow commands as text.  Source of their form and escapes: actions/runner,
 * ActionCommand.cs. */
#ifndef STG_SCRIPT_FACE_ANNOTATION_H
#define STG_SCRIPT_FACE_ANNOTATION_H

#include <stddef.h>

#include <staged/location.h>

#include "base/text/buf.h"

/* A message that is shown at a place in the source and on the page of the run.
 *   kind     error, warning or notice
 *   title, message  plain text, which is escaped, and cut if too long for one write */
typedef struct stg_annotation {
    const char *kind;
    staged_location where; /* all zero: unknown */
    const char *title;
    const char *message;
} stg_annotation;

/* Adds a command with only a value, such as "::group::TITLE", and the end of the line. */
void stg_add_workflow_command(stg_buf *out, const char *name, const char *value);
/* Adds an annotation, and the end of the line. */
void stg_add_annotation(stg_buf *out, const stg_annotation *annotation);
/* Adds a file's path relative to the repository if it is below $GITHUB_WORKSPACE. */
void stg_add_path_in_repository(stg_buf *out, const char *file);

#endif
