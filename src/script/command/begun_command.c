/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The beginning and the end of a command, however it is run: what is logged, shown and recorded. */
#include "script/command/begun_command.h"

#include <stdlib.h>
#include <string.h>

#include <staged/signals.h>

#include "base/failure/options.h"
#include "base/system/duration.h"
#include "process/framework.h"
#include "script/log/command_text.h"
#include "script/log/log.h"
#include "script/recording/recorder.h"
#include "script/state/attributes.h"
#include "script/state/events.h"
#include "script/state/fail.h"
#include "script/state/mask.h"
#include "script/state/object.h"

static size_t count_words(const char *const *words)
{
    size_t count = 0;
    while (words[count] != NULL)
        count++;
    return count;
}

static char *join_words(const char *const *words, size_t count)
{
    stg_buf command = {0};
    if (count > 0)
        stg_show_words(&command, words, count);
    return stg_buf_take(&command);
}

staged_status stg_read_run_options(staged_script *script, const staged_run_options *given,
                                   staged_run_options *own, staged_process_options *process)
{
    STAGED_TRY(stg_refuse_options(script, STG_READ_OPTIONS(own, given, staged_run_options)));
    STAGED_TRY(stg_refuse_options(script,
                                  STG_READ_OPTIONS(process, own->process, staged_process_options)));
    own->process = process;
    return STAGED_OK;
}

const char *stg_directory_of_command(const staged_run_options *options)
{
    return options->directory != NULL ? options->directory : options->process->directory;
}

static staged_status make_texts(const staged_run_options *options, stg_command_texts *texts)
{
    const size_t indent = 4;
    if (options->argv != NULL) {
        const size_t count = count_words(options->argv);
        texts->shown = join_words(options->argv, count);
        texts->recorded = options->pretty_print ? staged_words_pretty(options->argv, count, indent)
                                                : join_words(options->argv, count);
    } else {
        texts->shown = strdup(options->command);
        texts->recorded = options->pretty_print ? staged_command_pretty(options->command, indent)
                                                : strdup(options->command);
    }
    if (texts->shown == NULL || texts->recorded == NULL)
        return STAGED_NO_MEMORY;
    const char *directory = stg_directory_of_command(options);
    if (directory != NULL) {
        texts->before = stg_text_of_change(directory);
        return texts->before == NULL ? STAGED_NO_MEMORY : STAGED_OK;
    }
    return STAGED_OK;
}

static staged_status mask_texts(const staged_script *script, stg_command_texts *texts)
{
    if (script->run->secrets == NULL)
        return STAGED_OK;
    const stg_command_texts plain = *texts;
    texts->shown = stg_masked(script, plain.shown);
    texts->recorded = stg_masked(script, plain.recorded);
    texts->before = stg_masked(script, plain.before);
    free(plain.shown);
    free(plain.recorded);
    free(plain.before);
    return texts->shown == NULL || texts->recorded == NULL ||
                   (texts->before == NULL && plain.before != NULL)
               ? STAGED_NO_MEMORY
               : STAGED_OK;
}

staged_status stg_make_command_texts(const staged_script *script, const staged_run_options *options,
                                     stg_command_texts *texts)
{
    const staged_status status = make_texts(options, texts);
    return status == STAGED_OK ? mask_texts(script, texts) : status;
}

void stg_free_command_texts(stg_command_texts *texts)
{
    free(texts->shown);
    free(texts->recorded);
    free(texts->before);
}

static stg_command_text_options shell_text_of(const stg_command_texts *texts)
{
    return (stg_command_text_options){.command = texts->shown, .before = texts->before};
}

staged_status stg_show_command_only(staged_script *script, const staged_run_options *options,
                                    const char *place, const stg_command_texts *texts)
{
    const char *command = texts->shown;
    if (options->result != NULL) {
        staged_completed_process *done = calloc(1, sizeof *done);
        if (done == NULL)
            return STAGED_NO_MEMORY;
        *options->result = done;
        done->expected = true;
        done->output = strdup(command);
        if (done->output == NULL)
            return STAGED_NO_MEMORY;
        done->output_length = strlen(command);
    }
    stg_command_text_options shown = shell_text_of(texts);
    shown.indent = STG_COMMAND_INDENT;
    return stg_print_dry_run_command(script, &options->where, place, &shown);
}

/* ---- Its beginning ---- */

static staged_status log_command(staged_script *script, const staged_run_options *options,
                                 const char *place, const stg_command_texts *texts)
{
    stg_command_text_options shown = shell_text_of(texts);
    stg_buf lead = {0};
    stg_buf_addf(&lead, "Executing%s%s:  ", place == NULL ? "" : " on ",
                 place == NULL ? "" : place);
    shown.lead = stg_buf_text(&lead);
    shown.highlight = true;
    const staged_status status = stg_log_command(script, &options->where, &shown);
    stg_buf_free(&lead);
    return status;
}

bool stg_is_command_logged(const staged_script *script, const staged_run_options *options)
{
    return options->print_command == STAGED_YES ||
           (options->print_command == STAGED_AUTO && script->print_commands);
}

bool stg_is_command_shown_only(const staged_script *script, const staged_run_options *options)
{
    return stg_is_dry_run(script) && !options->reads_only;
}

staged_status stg_begin_command(staged_script *script, const staged_run_options *options,
                                const staged_process_options *process,
                                const stg_command_texts *texts, staged_event *event)
{
    *event = (staged_event){.kind = STAGED_EVENT_COMMAND_BEGIN,
                            .command = texts->recorded,
                            .unlisted = options->record_command == STAGED_NO,
                            .options = process,
                            .where = options->where,
                            .surroundings = event->surroundings,
                            .place = event->place};
    stg_emit(script, event);
    event->surroundings = NULL;
    return stg_is_command_logged(script, options)
               ? log_command(script, options, event->place, texts)
               : STAGED_OK;
}

/* ---- What came of it ---- */

/* Rounds to what readers need: hundredths of a second, or seconds from 100 s on. */
static int64_t rounded_ns(int64_t nanoseconds)
{
    const int64_t step_ns = nanoseconds < INT64_C(100000000000) ? 10000000 : 1000000000;
    return (nanoseconds + step_ns / 2) / step_ns * step_ns;
}

void stg_describe_failure(stg_buf *text, staged_status status, const staged_completed_process *done)
{
    char took[STG_SECONDS_TEXT_SIZE];
    if (done == NULL)
        stg_buf_addf(text, "%s", staged_completed_process_error(done));
    else if (done->timed_out)
        stg_buf_addf(text, "timed out after %s s",
                     stg_seconds_text(rounded_ns(done->duration_ns), took));
    else if (status == STAGED_INTERRUPTED)
        stg_buf_add_text(text, "interrupted");
    else if (status != STAGED_OK)
        stg_buf_addf(text, "%s", staged_completed_process_error(done));
    else if (done->expected)
        return;
    else if (done->signal != 0)
        stg_buf_addf(text, "killed by signal %d (%s)", done->signal,
                     staged_signal_name(done->signal));
    else
        stg_buf_addf(text, "exit code %d", done->exit_code);
}

void stg_end_command(staged_script *script, staged_event *event, staged_status status,
                     const staged_completed_process *done, stg_buf *failure)
{
    stg_describe_failure(failure, status, done);
    event->kind = STAGED_EVENT_COMMAND_END;
    static const staged_completed_process not_started = {0};
    event->process = done == NULL ? &not_started : done;
    event->duration_ns = event->process->duration_ns;
    char *masked = stg_masked(script, stg_buf_text(failure));
    event->message = masked == NULL ? "out of memory" : masked;
    stg_emit(script, event);
    free(masked);
    event->message = NULL;
    stg_recorder_tell(script);
}
