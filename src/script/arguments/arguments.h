/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The command line of a script. */
#ifndef STG_SCRIPT_ARGUMENTS_ARGUMENTS_H
#define STG_SCRIPT_ARGUMENTS_ARGUMENTS_H

#include "script/state/object.h"

/* ---- parser.c, reading.c ---- */

/* The defaults of STAGED_HOOK_BUILD_PARSER and STAGED_HOOK_PARSE_ARGS. */
staged_status stg_build_parser(staged_script *script);
staged_status stg_parse_args(staged_script *script, int argc, char *const *argv);

/* The effective command line, its secrets masked, which the caller frees; NULL: out of memory.
 *   indent  of each argument's line; negative: all on one line */
char *stg_effective_command_line(const staged_script *script, int indent);

/* ---- retry_arguments.c ---- */

/* Adds those of all stages to the parser. */
void stg_add_retry_arguments(staged_script *script);

/* ---- class_arguments.c ---- */

/* Adds the arguments of the classes to the parser, bases first. */
staged_status stg_add_class_arguments(staged_script *script);
/* Makes the paths absolute that are to be. */
staged_status stg_resolve_class_paths(staged_script *script);

/* ---- time_limit_arguments.c ---- */

/* The part of STAGED_HOOK_PARSE_ARGS for the arguments of staged_script_add_time_limit_arguments.
 */
staged_status stg_take_over_time_limits(staged_script *script);

/* ---- run_arguments.c, selection.c, assume.c ---- */

/* Adds the arguments about a run that the author does not have himself, after all of his. */
void stg_add_run_arguments(staged_script *script);
/* What was given for one of them; NULL: nothing, or the script does not have it. */
const staged_value *stg_run_argument_value(const staged_script *script, stg_run_argument which);
/* Selects the stages that --from, --until and --skip leave; behind what --stage says. */
staged_status stg_take_over_selection(staged_script *script);
/* What --resume and --resume-anyway say, once the run is found. */
staged_status stg_take_over_resume(staged_script *script);
/* What --keep-output says. */
staged_status stg_take_over_keep_output(staged_script *script);
/* What --report says. */
staged_status stg_take_over_reports(staged_script *script);
/* What --lock and --lock-wait say. */
staged_status stg_take_over_lock(staged_script *script);
/* What --assume says; behind --dry-run. */
staged_status stg_take_over_assumptions(staged_script *script);

/* ---- help_colors.c ---- */

/* When a script's help has colours, as its console is made so; and which, for a parser that was
 * just made. */
staged_color_when stg_when_colored(const staged_script *script,
                                   const staged_console_options *console);
void stg_set_help_colors(staged_script *script);

#endif
