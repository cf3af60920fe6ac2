/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A shell script run inside another one. */
#include <stdlib.h>
#include <string.h>

#include "tool/script/build.h"
#include "tool/script/script.h"
#include "tool/verbs/verb.h"

/* Whether a stage that always runs has not run yet. */
static bool is_owed(staged_script *script, const sh_source *source, const char *stage)
{
    const sh_stage *declared = sh_find_stage(source, stage);
    if (declared == NULL || !declared->row.always || !staged_stage_is_selected(script, stage))
        return false;
    const staged_outcome outcome = staged_stage_outcome(script, stage);
    return outcome == STAGED_OUTCOME_NONE || outcome == STAGED_OUTCOME_INTERRUPTED;
}

/* Does what the inner script does once its arguments are parsed.  The summary is the outer
 * script's, at whose end the framework calls the clean-up hook. */
static staged_status run_stages(staged_script *script, const sh_source *source,
                                const staged_location *where)
{
    const staged_status status = staged_script_call(script, STAGED_HOOK_MAIN, NULL);
    if (status == STAGED_OK)
        return STAGED_OK;
    /* A failure of these stages does not replace the reason. */
    char *reason = sh_copy(staged_script_error(script));
    size_t count;
    const char *const *stages = staged_script_stages(script, &count);
    for (size_t i = 0; i < count; i++) {
        if (is_owed(script, source, stages[i]))
            (void)!staged_stage_run(script, stages[i]);
    }
    if (status == STAGED_FAILED && *reason != '\0')
        (void)!staged_fail_at(script, where, "%s", reason);
    free(reason);
    return status;
}

/* Runs a script that has been read, with the words of a command line. */
static staged_status run_read(const sh_shell *outer, sh_shell *inner, const sh_request *request,
                              const char *name, const char *const *words)
{
    staged_script *script = staged_script_new_inner(
        outer->script,
        STAGED_OPTIONS(staged_script_options, .user = inner, .name = name,
                       .place = sh_find_default_place(&inner->source),
                       .retry_on_place = sh_retries_on_place(&inner->source)),
        &sh_source_file(&inner->source)->made);
    if (script == NULL)
        return STAGED_FAILED;
    STAGED_TRY(staged_script_parse_args(script, words));
    return run_stages(script, &inner->source, &request->where);
}

/* A mistake in the inner script is a mistake of the outer one's author, too. */
static staged_status refuse(const sh_shell *outer, const sh_shell *inner,
                            const staged_location *where)
{
    const char *mistakes = sh_text_of(&inner->source.mistakes);
    return staged_fail_bug_at(outer->script, where, "%.*s",
                              (int)(strlen(mistakes) - (*mistakes != '\0')), mistakes);
}

staged_status sh_run_inner(sh_shell *outer, const sh_request *request, char *path,
                           const char *const *words)
{
    char *const argv[] = {path, NULL};
    sh_shell *inner = sh_new_shell();
    inner->run_inner = outer->run_inner;
    if (!sh_start_reading(inner, path, argv))
        return staged_fail_at(outer->script, &request->where, "cannot start bash for '%s'", path);
    staged_status status = sh_share_secrets(outer, inner);
    if (status == STAGED_OK)
        status = sh_read_file(inner, path) ? run_read(outer, inner, request, path, words)
                                           : refuse(outer, inner, &request->where);
    if (!sh_has_function(&inner->source, STAGED_HOOK_CLEAN_UP))
        sh_bash_stop(&inner->bash);
    inner->script = outer->script;
    sh_show_output(inner, true);
    inner->script = NULL;
    const staged_status shared = sh_share_secrets(inner, outer);
    return status == STAGED_OK ? shared : status;
}
