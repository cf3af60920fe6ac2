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

/* The effective command line with secrets masked, which the caller frees; NULL: out of memory.
 *   indent  before each argument's line; negative: everything on one line */
char *stg_effective_command_line(const staged_script *script, int indent);

/* ---- retry_arguments.c ---- */

/* Adds the retry arguments of all stages to the parser. */
void stg_add_retry_arguments(staged_script *script);

/* ---- class_arguments.c ---- */

/* Adds the arguments of the classes to the parser, bases first. */
staged_status stg_add_class_arguments(staged_script *script);
/* Makes absolute those paths whose arguments ask for it. */
staged_status stg_resolve_class_paths(staged_script *script);

/* ---- time_limit_arguments.c ---- */

/* The part of STAGED_HOOK_PARSE_ARGS that handles the arguments of
 * staged_script_add_time_limit_arguments. */
staged_status stg_take_over_time_limits(staged_script *script);

/* ---- run_arguments.c, selection.c, assume.c, place_arguments.c ---- */

/* Adds the arguments about a run, except those that the author's own arguments replace, after all
 * of the author's. */
void stg_add_run_arguments(staged_script *script);
/* The value given for one of them; NULL: none, or the script does not have the argument. */
const staged_value *stg_run_argument_value(const staged_script *script, stg_run_argument which);
/* Applies --from, --until and --skip, after --stage. */
staged_status stg_take_over_selection(staged_script *script);
/* Applies --resume and --resume-anyway, once the run has been found. */
staged_status stg_take_over_resume(staged_script *script);
/* Applies --keep-output. */
staged_status stg_take_over_keep_output(staged_script *script);
/* Applies --report. */
staged_status stg_take_over_reports(staged_script *script);
/* Applies --lock and --lock-wait. */
staged_status stg_take_over_lock(staged_script *script);
/* Applies --on and --retry-on. */
staged_status stg_take_over_places(staged_script *script);
/* Applies --assume, after --dry-run. */
staged_status stg_take_over_assumptions(staged_script *script);

/* ---- place_offers.c ---- */

/* What completion offers for --on of a script: an stg_offer_function. */
const staged_value *stg_offer_places(void *script, stg_arena *arena);

/* ---- help_colors.c ---- */

/* Whether a script's help is coloured, which follows its console; and a function that sets the
 * colours of a new parser. */
staged_color_when stg_when_colored(const staged_script *script,
                                   const staged_console_options *console);
void stg_set_help_colors(staged_script *script);

#endif
