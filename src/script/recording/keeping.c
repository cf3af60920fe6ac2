/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/recording/keeping.h"
#include "base/failure/options.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <staged/bridge.h>

#include "script/recording/rest.h"
#include "script/recording/shown.h"
#include "script/state/events.h"
#include "script/state/owner.h"

/* ---- While it runs ---- */

static bool keep(void *context, staged_output which, const char *bytes, size_t length)
{
    stg_keeping *keeping = context;
    stg_tap *tap = &keeping->taps[which - 1];
    if (keeping->output != NULL)
        stg_record_output_add(keeping->output, bytes, length);
    if (!tap->is_shown || tap->is_over)
        return true;
    tap->is_over = tap->show != NULL ? !tap->show(tap->context, which, bytes, length)
                                     : !stg_show_printed(keeping->script, which, bytes, length);
    return !tap->is_over;
}

/* ---- Which outputs can be kept ---- */

/* Whether an output can pass through us.  A command behaves differently if it writes to a terminal,
 * or if it cannot write.
 *   also_terminal  it may get another terminal instead */
static bool is_through_us(int descriptor, bool also_terminal)
{
    const int flags = fcntl(descriptor, F_GETFL);
    return flags >= 0 && (flags & O_ACCMODE) != O_RDONLY &&
           (also_terminal || isatty(descriptor) == 0);
}

static bool is_same_file(int a, int b)
{
    struct stat of_a, of_b;
    return fstat(a, &of_a) == 0 && fstat(b, &of_b) == 0 && of_a.st_dev == of_b.st_dev &&
           of_a.st_ino == of_b.st_ino;
}

/* Makes an output pass through `keep`.  Returns whether it does. */
static bool tap_into(stg_tap *tap, staged_stream *stream, const staged_process_options *given)
{
    const staged_stream_kind kind = stream->kind;
    if (kind != STAGED_STREAM_CAPTURE && kind != STAGED_STREAM_TEE && kind != STAGED_STREAM_SHOW)
        return false;
    *tap = (stg_tap){.is_shown = kind != STAGED_STREAM_CAPTURE,
                     .show = given->show,
                     .context = given->show_context};
    if (kind == STAGED_STREAM_CAPTURE)
        stream->kind = STAGED_STREAM_TEE;
    return true;
}

/* Replaces inherited outputs with ones that we read and show.  Not for commands that leave a
 * daemon, whose output would have nowhere to go after the command's end. */
static void show_inherited(staged_stream *output, staged_stream *error_output, bool also_terminal)
{
    const staged_stream shown = {
        .size = sizeof shown, .kind = STAGED_STREAM_SHOW, .terminal = also_terminal};
    const staged_stream joined = {.size = sizeof joined, .kind = STAGED_STREAM_STDOUT};
    const bool is_out = output->kind == STAGED_STREAM_INHERIT && is_through_us(1, also_terminal);
    const bool is_error =
        error_output->kind == STAGED_STREAM_INHERIT && is_through_us(2, also_terminal);
    if (is_out)
        *output = shown;
    /* Outputs that share a destination keep their order. */
    if (is_error)
        *error_output = is_out && is_same_file(1, 2) ? joined : shown;
}

/* ---- The file ---- */

/* Opens the stage's file, or, while another command writes to that, a new one. */
static void open_output(staged_script *script, const char *stage, stg_keeping *keeping)
{
    stg_recorder *recorder = script->run->recorder;
    stg_lock(script);
    if (recorder->record == NULL) {
        stg_unlock(script);
        return;
    }
    if (recorder->output_user != NULL) {
        keeping->output = stg_record_output_new(recorder->record, stage);
    } else {
        keeping->output = stg_recorder_output(recorder, stage);
        recorder->output_user = keeping->output == NULL ? NULL : keeping;
    }
    if (keeping->output != NULL)
        keeping->offset = stg_record_output_length(keeping->output);
    stg_unlock(script);
}

/* Whether we already read the stream. */
static bool is_read(const staged_stream *stream)
{
    return stream->kind == STAGED_STREAM_CAPTURE || stream->kind == STAGED_STREAM_TEE ||
           stream->kind == STAGED_STREAM_SHOW;
}

/* Processes that the command leaves running may go on writing to inherited outputs, and nothing
 * waits for them.
 *   waits  the author's own streams are waited for */
static void hand_on_inherited(stg_keeping *keeping, const staged_process_options *given,
                              staged_process_options *kept, bool waits)
{
    const double at_once_s = 1e-9;
    const bool is_out = given->output == NULL || given->output->kind == STAGED_STREAM_INHERIT;
    const bool is_error =
        given->error_output == NULL || given->error_output->kind == STAGED_STREAM_INHERIT;
    if (given->held_outputs != NULL || (!is_out && !is_error))
        return;
    kept->held_outputs = keeping->held;
    if (!waits && kept->drain_s == 0)
        kept->drain_s = at_once_s;
}

/* Copies a stream, or makes an inherited one if there is none; returns whether it can be used. */
static bool copy_stream(staged_stream *copy, const staged_stream *given)
{
    *copy = (staged_stream){.size = sizeof *copy};
    return given == NULL || STG_READ_OPTIONS(copy, given, staged_stream) == NULL;
}

/* If the author masks other secrets than the run's, the output might contain the run's. */
static bool may_be_kept(const staged_script *script, const staged_process_options *process)
{
    return script->run->recorder != NULL && process->secrets == script->run->secrets;
}

void stg_keeping_begin(staged_script *script, const staged_event *event,
                       staged_process_options *process, stg_keeping *keeping)
{
    *keeping = (stg_keeping){.script = script, .held = {-1, -1}};
    const bool is_kept = event != NULL && may_be_kept(script, process);
    if (!is_kept && !stg_marks_are_defused(script))
        return;
    staged_process_options kept = *process;
    staged_stream *output = &keeping->streams[0], *error_output = &keeping->streams[1];
    if (!copy_stream(output, process->output) || !copy_stream(error_output, process->error_output))
        return;
    kept.output = output;
    kept.error_output = error_output;
    const bool waits = is_read(output) || is_read(error_output);
    if (!process->leaves_daemon)
        show_inherited(output, error_output, script->run->keeps_terminal_output);
    const bool is_out = tap_into(&keeping->taps[0], output, process);
    const bool is_error = tap_into(&keeping->taps[1], error_output, process);
    if (!is_out && !is_error)
        return;
    if (is_kept)
        open_output(script, event->stage, keeping);
    if (keeping->output == NULL && !stg_marks_are_defused(script))
        return;
    kept.show = keep;
    kept.show_context = keeping;
    hand_on_inherited(keeping, process, &kept, waits);
    *process = kept;
}

void stg_keeping_hand_on(stg_keeping *keeping)
{
    for (int i = 0; i < 2; i++)
        stg_rest_add(keeping->script, i == 0 ? STAGED_OUTPUT_STDOUT : STAGED_OUTPUT_STDERR,
                     keeping->held[i]);
}

void stg_keeping_begin_pieces(staged_script *script, stg_keeping *keeping)
{
    *keeping = (stg_keeping){.script = script, .held = {-1, -1}};
    if (script->run->recorder == NULL)
        return;
    stg_lock(script);
    const char *stage = stg_frame_stage(stg_at_a_stage(script)->frame);
    stg_unlock(script);
    open_output(script, stage, keeping);
}

void stg_keeping_begin_piece(stg_keeping *keeping)
{
    if (keeping->output != NULL)
        keeping->offset = stg_record_output_length(keeping->output);
}

void stg_keeping_add(stg_keeping *keeping, const char *bytes, size_t length)
{
    if (keeping->output != NULL)
        stg_record_output_add(keeping->output, bytes, length);
}

void stg_keeping_end(stg_keeping *keeping, staged_event *event)
{
    stg_keeping_hand_on(keeping);
    if (keeping->output == NULL)
        return;
    stg_recorder *recorder = keeping->script->run->recorder;
    stg_lock(keeping->script);
    if (recorder->record != NULL)
        stg_record_output_check(recorder->record, keeping->output);
    stg_unlock(keeping->script);
    const uint64_t length = stg_record_output_length(keeping->output);
    if (length == keeping->offset)
        return;
    event->output_file = stg_record_output_name(keeping->output);
    event->output_offset = keeping->offset;
    event->output_length = length - keeping->offset;
}

void stg_keeping_release(stg_keeping *keeping)
{
    if (keeping->output == NULL)
        return;
    stg_lock(keeping->script);
    stg_recorder *recorder = keeping->script->run->recorder;
    if (recorder->output_user == keeping)
        recorder->output_user = NULL;
    else
        stg_record_output_free(keeping->output);
    stg_unlock(keeping->script);
    keeping->output = NULL;
}

/* ---- The output of functions and others ---- */

bool staged_script_keeps_output(const staged_script *script)
{
    stg_lock(script);
    const stg_recorder *recorder = script->run->recorder;
    const bool keeps = recorder != NULL && recorder->record != NULL;
    stg_unlock(script);
    return keeps;
}

bool staged_script_keeps_terminal_output(const staged_script *script)
{
    return script->run->keeps_terminal_output && staged_script_keeps_output(script);
}

void staged_script_keep_output(staged_script *script, const char *bytes, size_t length)
{
    stg_lock(script);
    stg_recorder *recorder = script->run->recorder;
    if (recorder != NULL && recorder->record != NULL && length > 0) {
        const char *stage = stg_frame_stage(stg_at_a_stage(script)->frame);
        stg_record_output *output = stg_recorder_output(recorder, stage);
        if (output != NULL) {
            stg_record_output_add(output, bytes, length);
            stg_record_output_check(recorder->record, output);
            recorder->is_printed = true;
        }
    }
    stg_unlock(script);
}

bool staged_script_takes_output(const staged_script *script)
{
    return stg_marks_are_defused(script) || staged_script_keeps_output(script);
}

void staged_script_show_output(staged_script *script, staged_output which, const char *bytes,
                               size_t length)
{
    (void)stg_show_printed(script, which, bytes, length);
    staged_script_keep_output(script, bytes, length);
}

stg_printed stg_printed_so_far(staged_script *script)
{
    stg_lock(script);
    const stg_recorder *recorder = script->run->recorder;
    stg_printed printed = {0};
    if (recorder != NULL && recorder->record != NULL) {
        /* The next file will have the next number. */
        printed.number = recorder->output_number + (recorder->output == NULL);
        printed.length = recorder->output == NULL ? 0 : stg_record_output_length(recorder->output);
    }
    stg_unlock(script);
    return printed;
}

void stg_add_printed(staged_script *script, const stg_printed *before, staged_event *event)
{
    stg_lock(script);
    const stg_recorder *recorder = script->run->recorder;
    if (recorder != NULL && recorder->output != NULL && before->number == recorder->output_number) {
        const uint64_t length = stg_record_output_length(recorder->output);
        if (length > before->length) {
            event->output_file = stg_record_output_name(recorder->output);
            event->output_offset = before->length;
            event->output_length = length - before->length;
        }
    }
    stg_unlock(script);
}
