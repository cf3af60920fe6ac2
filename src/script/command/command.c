/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Runs the commands of a script: logs and records them.  Source: staged-script,
 * StagedScript.run. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <staged/live.h>

#include <staged/signals.h>

#include "base/failure/options.h"
#include "base/system/duration.h"
#include "base/system/location.h"
#include "process/framework.h"
#include "script/command/begun_command.h"
#include "script/command/formatted_command.h"
#include "script/command/leftover.h"
#include "script/command/time_limit.h"
#include "script/log/command_text.h"
#include "script/log/log.h"
#include "script/place/placed_command.h"
#include "script/place/places.h"
#include "script/recording/keeping.h"
#include "script/state/attributes.h"
#include "script/state/bugs.h"
#include "script/state/events.h"
#include "script/state/fail.h"
#include "script/state/mask.h"
#include "script/state/object.h"
#include "script/state/texts.h"

/* Adds the last lines of its error output, which may not have been shown.  Masks the whole before
 * cutting it, as a secret may have several lines. */
static void add_last_errors(const staged_script *script, stg_buf *text,
                            const staged_completed_process *done)
{
    enum { MOST_LINES = 10 };
    if (done == NULL || done->error_length == 0)
        return;
    size_t length;
    char *errors =
        staged_secrets_mask(script->run->secrets, done->error_output, done->error_length, &length);
    if (errors == NULL)
        return;
    const char *end = errors + length;
    while (end > errors && end[-1] == '\n')
        end--;
    const char *begin = end;
    for (int lines = 0; begin > errors; begin--) {
        if (begin[-1] == '\n' && ++lines == MOST_LINES)
            break;
    }
    stg_buf_add_char(text, '\n');
    stg_buf_add(text, begin, (size_t)(end - begin));
    free(errors);
}

static staged_status judge(staged_script *script, const staged_run_options *options,
                           const stg_command_texts *texts, staged_status status,
                           const char *failure, const staged_completed_process *done)
{
    if (*failure == '\0')
        stg_heed(script, &options->where);
    if (status == STAGED_INTERRUPTED || *failure == '\0' ||
        (status == STAGED_OK && options->check == STAGED_NO))
        return status;
    stg_note_failure_of_place(script, stg_place_has_failed(done) && done->place->may_pass);
    stg_buf errors = {0};
    stg_buf command = {0};
    add_last_errors(script, &errors, done);
    if (texts->before != NULL)
        stg_show_apart(&command, texts->before, texts->shown);
    else
        stg_buf_add_text(&command, texts->shown);
    const staged_status failed = stg_fail_command(script, &options->where, failure,
                                                  stg_buf_text(&command), stg_buf_text(&errors));
    stg_buf_free(&errors);
    stg_buf_free(&command);
    stg_note_command_failed(script);
    return failed;
}

/* A stream without its size is not ours: it is refused when the command is started. */
static bool is_ours(const staged_stream *stream)
{
    return stream == NULL || (stream->size > 0 && stream->kind == STAGED_STREAM_INHERIT);
}

/* Whether the stream's output is visible on the terminal. */
static bool is_shown(const staged_stream *stream)
{
    return is_ours(stream) || stream->kind == STAGED_STREAM_TEE ||
           stream->kind == STAGED_STREAM_SHOW;
}

/* Pauses live displays if the command writes to the terminal.  Returns whether it did. */
static bool stand_aside(staged_console *console, const staged_process_options *process)
{
    const bool is_seen = is_shown(process->output) || is_shown(process->error_output);
    if (is_seen)
        (void)staged_console_pause(console);
    /* What was logged before must precede what the command writes. */
    (void)staged_console_flush(console);
    return is_seen;
}

/* As events have it; NULL: here. */
static const char *name_of(const stg_place *place)
{
    return place == NULL ? NULL : stg_place_name(place);
}

/* Where it is to run, NULL being here, and how long at most. */
typedef struct where_to_run {
    stg_place *place;
    int64_t left_ns;
} where_to_run;

static staged_status run_process(staged_script *script, const staged_run_options *options,
                                 const staged_process_options *process,
                                 const where_to_run *where_to, const stg_command_texts *texts,
                                 staged_completed_process **result)
{
    staged_event event = {.place = name_of(where_to->place)};
    STAGED_TRY(stg_begin_command(script, options, process, texts, &event));
    staged_process_options kept = *process;
    stg_keeping keeping;
    stg_keeping_begin(script, &event, &kept, &keeping);
    const bool is_seen = stand_aside(script->console, &kept);
    const staged_status status =
        where_to->place == NULL
            ? staged_process_run(&kept, result)
            : stg_run_at_place(script, where_to->place, &event, &kept,
                               stg_is_command_logged(script, options), where_to->left_ns, result);
    if (is_seen)
        (void)staged_console_resume(script->console);
    const staged_completed_process *done = *result;
    stg_keeping_end(&keeping, &event);
    stg_buf failure = {0};
    stg_end_command(script, &event, status, done, &failure);
    stg_keeping_release(&keeping);
    const staged_location where = options->where;
    if (done != NULL)
        stg_log_killed(script, &where, done->ended, done->ended_count);
    const staged_status answer =
        judge(script, options, texts, status, stg_buf_text(&failure), done);
    stg_buf_free(&failure);
    return answer;
}

/* What is left of the stage's or the script's time and a little more, so that the time is over when
 * the command is ended. */
static int64_t time_left_ns(const staged_script *script)
{
    const int64_t little_ns = 1000000;
    const int64_t left_ns = stg_time_left_ns(script);
    return left_ns == INT64_MAX ? INT64_MAX : left_ns + little_ns;
}

/* The command's own timeout, or that. */
static double timeout_s(int64_t left_ns, double own_s)
{
    if (left_ns == INT64_MAX || isnan(own_s))
        return own_s;
    const double left_s = (double)left_ns / 1e9;
    return own_s > 0 && own_s < left_s ? own_s : left_s;
}

/* The options of the process, overridden by those in `options` itself.
 *   streams   room for streams given by kind only */
static staged_process_options process_of(const staged_run_options *options,
                                         staged_stream streams[2])
{
    streams[0] = (staged_stream){.size = sizeof streams[0], .kind = options->output};
    streams[1] = (staged_stream){.size = sizeof streams[1], .kind = options->error_output};
    staged_process_options process = *options->process;
    process.directory = stg_directory_of_command(options);
    if (options->environment != NULL)
        process.environment = options->environment;
    if (options->timeout_s != 0)
        process.timeout_s = options->timeout_s;
    if (options->output != STAGED_STREAM_INHERIT)
        process.output = &streams[0];
    if (options->error_output != STAGED_STREAM_INHERIT)
        process.error_output = &streams[1];
    if (options->expected_codes != NULL) {
        process.expected_codes = options->expected_codes;
        process.expected_count = 0;
        while (options->expected_codes[process.expected_count] >= 0)
            process.expected_count++;
    }
    return process;
}

static staged_status run(staged_script *script, const staged_run_options *options,
                         const stg_command_texts *texts)
{
    where_to_run where_to = {.left_ns = time_left_ns(script)};
    STAGED_TRY(stg_place_of_command(script, &options->where, options->place, &where_to.place));
    if (stg_is_command_shown_only(script, options))
        return stg_show_command_only(script, options, name_of(where_to.place), texts);
    staged_stream streams[2];
    staged_process_options process = process_of(options, streams);
    process.command = options->argv == NULL ? options->command : NULL;
    process.arguments = options->argv;
    if (process.secrets == NULL)
        process.secrets = script->run->secrets;
    /* Elsewhere its own counts from when it runs. */
    if (where_to.place == NULL)
        process.timeout_s = timeout_s(where_to.left_ns, process.timeout_s);
    staged_completed_process *own = NULL;
    const staged_status status = run_process(script, options, &process, &where_to, texts,
                                             options->result == NULL ? &own : options->result);
    staged_completed_process_free(own);
    return status;
}

static void forget_result(staged_completed_process **result)
{
    if (result == NULL)
        return;
    staged_completed_process_free(*result);
    *result = NULL;
}

/* Whether the result would say no more than STAGED_OK does. */
static bool captures_nothing(const staged_run_options *options)
{
    staged_stream streams[2];
    const staged_process_options process = process_of(options, streams);
    return options->result != NULL && options->check != STAGED_NO &&
           process.expected_codes == NULL && is_ours(process.output) &&
           is_ours(process.error_output);
}

/* Makes outputs that were not captured empty, so that nobody has to check for NULL. */
static staged_status give_texts(staged_completed_process *result)
{
    if (result->output == NULL)
        result->output = calloc(1, 1);
    if (result->error_output == NULL)
        result->error_output = calloc(1, 1);
    return result->output == NULL || result->error_output == NULL ? STAGED_NO_MEMORY : STAGED_OK;
}

staged_status staged_run_with(staged_script *script, const staged_run_options *options)
{
    staged_run_options own;
    staged_process_options process;
    STAGED_TRY(stg_read_run_options(script, options, &own, &process));
    if (own.result != NULL)
        *own.result = NULL;
    if ((own.command == NULL) == (own.argv == NULL))
        return stg_bug(script, &own.where,
                       "give a command either as a line for the shell or as `.argv`");
    if (isnan(own.timeout_s))
        return stg_bug(script, &own.where, "`.timeout_s` must be a number, not NaN");
    if (captures_nothing(&own))
        return stg_bug(script, &own.where,
                       "`.result` is set, but nothing is captured: add "
                       "`.output = STAGED_STREAM_CAPTURE`, or `.check = STAGED_NO` "
                       "if the exit code is enough");
    stg_command_texts texts = {0};
    staged_status status = stg_make_command_texts(script, &own, &texts);
    if (status == STAGED_OK)
        status = run(script, &own, &texts);
    if (status == STAGED_OK && own.result != NULL)
        status = give_texts(*own.result);
    stg_free_command_texts(&texts);
    /* So that the author may return a failure at once without leaking memory. */
    if (status != STAGED_OK)
        forget_result(own.result);
    return status;
}

staged_status staged_run_list_with(staged_script *script, const staged_run_options *options,
                                   const char *const *words, size_t count)
{
    staged_run_options own;
    STAGED_TRY(stg_refuse_options(script, STG_READ_OPTIONS(&own, options, staged_run_options)));
    stg_buf before = {0};
    for (size_t i = 0; i < count; i++) {
        if (words[i] == NULL) {
            const staged_status status = staged_fail_at(
                script, &own.where, "a value of the command is NULL:%s ...", stg_buf_text(&before));
            stg_buf_free(&before);
            return status;
        }
        stg_buf_addf(&before, " %s", words[i]);
    }
    stg_buf_free(&before);
    const char **argv = calloc(count + 1, sizeof *argv);
    if (argv == NULL)
        return STAGED_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        argv[i] = words[i];
    staged_run_options of_words = own;
    of_words.argv = argv;
    const staged_status status = staged_run_with(script, &of_words);
    free(argv);
    return status;
}

/* ---- Commands made of a format ---- */

staged_status staged_runf_v(staged_script *script, const staged_run_options *options,
                            const char *format, va_list values)
{
    staged_run_options own;
    STAGED_TRY(stg_refuse_options(script, STG_READ_OPTIONS(&own, options, staged_run_options)));
    stg_buf command = {0};
    staged_status status = stg_format_command(script, &own.where, &command, format, values);
    staged_run_options formatted = own;
    formatted.command = stg_buf_text(&command);
    if (status == STAGED_OK)
        status = staged_run_with(script, &formatted);
    stg_buf_free(&command);
    return status;
}

staged_status staged_runf_with(staged_script *script, const staged_run_options *options,
                               const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_runf_v(script, options, format, values);
    va_end(values);
    return status;
}

/* ---- Questions ---- */

/* Removes trailing newlines; NULL: out of memory. */
static const char *keep_answer(staged_script *script, const staged_completed_process *done)
{
    char *answer = done->output;
    size_t length = strlen(answer);
    while (length > 0 && answer[length - 1] == '\n')
        answer[--length] = '\0';
    return stg_keep_text(script, answer);
}

static staged_status ask(staged_script *script, const staged_location *where, bool reads_only,
                         const char *command, const char **answer)
{
    staged_completed_process *done;
    const staged_stream *capture = STAGED_STREAM(STAGED_STREAM_CAPTURE);
    const staged_status status = staged_run_with(
        script,
        STAGED_OPTIONS(staged_run_options, .command = command, .print_command = STAGED_NO,
                       .record_command = STAGED_NO, .reads_only = reads_only, .place = stg_here,
                       .process = STAGED_OPTIONS(staged_process_options, .output = capture,
                                                 .error_output = capture),
                       .result = &done, .where = stg_location_of(where)));
    if (status == STAGED_OK)
        *answer = keep_answer(script, done);
    else
        /* The caller learns of the failure from the status, so it has been heeded. */
        stg_heed(script, where);
    staged_completed_process_free(done);
    return status == STAGED_OK && *answer == NULL ? STAGED_NO_MEMORY : status;
}

/* A missing answer must not pass for a real one. */
static staged_status not_asked(staged_script *script, const staged_location *where,
                               const char *command)
{
    char *masked = stg_masked(script, command);
    stg_ignore(staged_fail_at(
        script, where,
        "a dry run does not run this command; if it only reads, use staged_ask_read_only: %s",
        masked == NULL ? "out of memory" : masked));
    free(masked);
    return STAGED_UNKNOWN;
}

static staged_status ask_unless_dry(staged_script *script, const staged_location *where,
                                    bool reads_only, const char **answer, const char *command)
{
    STAGED_TRY(stg_need_text(script, where, command, "the command to ask"));
    STAGED_TRY(stg_need_text(script, where, answer, "where an answer goes"));
    *answer = NULL;
    return stg_is_dry_run(script) && !reads_only ? not_asked(script, where, command)
                                                 : ask(script, where, reads_only, command, answer);
}

static staged_status ask_v(staged_script *script, const staged_location *where, bool reads_only,
                           const char **answer, const char *format, va_list values)
    STAGED_PRINTF(5, 0);

static staged_status ask_v(staged_script *script, const staged_location *where, bool reads_only,
                           const char **answer, const char *format, va_list values)
{
    if (answer != NULL)
        *answer = NULL;
    stg_buf command = {0};
    staged_status status = stg_format_command(script, where, &command, format, values);
    if (status == STAGED_OK)
        status = ask_unless_dry(script, where, reads_only, answer, stg_buf_text(&command));
    stg_buf_free(&command);
    return status;
}

staged_status staged_ask_v(staged_script *script, const staged_location *where, const char **answer,
                           const char *format, va_list values)
{
    return ask_v(script, where, false, answer, format, values);
}

staged_status staged_ask_text(staged_script *script, const staged_location *where,
                              const char **answer, const char *command)
{
    return ask_unless_dry(script, where, false, answer, command);
}

staged_status staged_ask_at(staged_script *script, const staged_location *where,
                            const char **answer, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_ask_v(script, where, answer, format, values);
    va_end(values);
    return status;
}

staged_status staged_ask_read_only_v(staged_script *script, const staged_location *where,
                                     const char **answer, const char *format, va_list values)
{
    return ask_v(script, where, true, answer, format, values);
}

staged_status staged_ask_read_only_text(staged_script *script, const staged_location *where,
                                        const char **answer, const char *command)
{
    return ask_unless_dry(script, where, true, answer, command);
}

staged_status staged_ask_read_only_at(staged_script *script, const staged_location *where,
                                      const char **answer, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const staged_status status = staged_ask_read_only_v(script, where, answer, format, values);
    va_end(values);
    return status;
}
