/* SPDX-License-Identifier: BSD-3-Clause
 *
 * `staged replay`: the commands of a run as a shell script. */
#include <stdio.h>
#include <string.h>

#include "tool/common/verb.h"
#include "tool/record/json.h"
#include "tool/runs/page.h"
#include "tool/runs/replay.h"
#include "tool/runs/rows.h"

static void add_arguments(staged_parser *parser)
{
    tool_run_add_argument(parser, "run", "the run, as for `staged show`", true);
    staged_parser_add_argument(parser, "--stage", .metavar = "STAGE",
                               .help = "only the commands of this stage");
    staged_parser_add_argument(
        parser, "--keep-going", .action = STAGED_ARG_STORE_TRUE,
        .help = "let the script go on after a command that ends differently than in the run");
}

/* Whether there is such a stage in the record; a script without a command would say nothing. */
static bool has_stage(const tool_record *record, const char *stage)
{
    if (stage == NULL)
        return true;
    for (size_t i = 0; i < json_array_size(record->events); i++) {
        const json_t *event = json_array_get(record->events, i);
        if (tool_json_is(event, "stage_begin") &&
            strcmp(tool_json_text(event, "stage", ""), stage) == 0)
            return true;
    }
    fprintf(stderr, "staged replay: no stage '%s' ran in run %s; `staged show` lists its stages\n",
            stage, record->digest.id);
    return false;
}

static int run(staged_parser *parser, staged_namespace *arguments)
{
    (void)parser;
    tool_record record;
    int exit_status = TOOL_BAD_USAGE;
    const char *stage = staged_namespace_is_set(arguments, "stage")
                            ? staged_namespace_text(arguments, "stage")
                            : NULL;
    if (tool_record_read(&record, tool_run_find(staged_namespace_text(arguments, "run"))) &&
        has_stage(&record, stage)) {
        const tool_replay_options options = {
            .stage = stage, .goes_on = staged_namespace_bool(arguments, "keep_going")};
        sh_text script = tool_replay_script(&record, &options);
        exit_status = tool_page_write(sh_text_of(&script), script.length);
        sh_text_free(&script);
    }
    tool_record_free(&record);
    return exit_status;
}

const tool_verb tool_verb_replay = {
    .name = "replay",
    .help = "write the commands of a run as a shell script",
    .parser = {.description =
                   "Writes a shell script that runs the commands of a run again: the same words in "
                   "the same directories, with the same changes of the environment.  It stops at "
                   "the first command that ends differently than in the run.",
               .usage = "%(prog)s [options] [RUN]",
               .epilog = "Read it before you run it: `staged replay failed | less`."},
    .add_arguments = add_arguments,
    .run = run,
};
