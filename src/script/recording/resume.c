/* SPDX-License-Identifier: BSD-3-Clause */
#include "script/recording/resume.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <staged/secrets.h>
#include <staged/words.h>

#include "script/recording/kept.h"
#include "script/state/attributes.h"
#include "script/state/stage_state.h"

/* ---- What the command line says ---- */

/* "RUN" of "--resume=RUN"; NULL: another word. */
static const char *run_in(const char *word)
{
    static const char flag[] = "--resume=";
    return strncmp(word, flag, sizeof flag - 1) == 0 ? word + sizeof flag - 1 : NULL;
}

/* Takes --report and its value.  Returns how many words that were; 0: it is another word. */
static size_t take_report(const staged_script *script, char *const *words, size_t count,
                          stg_resume_request *request)
{
    static const char flag[] = "--report";
    const size_t length = sizeof flag - 1;
    /* The author's own --report may mean anything. */
    if (script->arguments.run_arguments[STG_RUN_REPORT] == NULL ||
        strncmp(words[0], flag, length) != 0 ||
        (words[0][length] != '=' && words[0][length] != '\0'))
        return 0;
    const size_t taken = words[0][length] == '\0' && count > 1 ? 2 : 1;
    for (size_t i = 0; i < taken; i++)
        request->reports[request->report_count++] = words[i];
    return taken;
}

void stg_forget_resume_request(stg_resume_request *request)
{
    free(request->words);
    free(request->reports);
    *request = (stg_resume_request){0};
}

bool stg_read_resume_request(const staged_script *script, char *const *words, size_t count,
                             stg_resume_request *request)
{
    bool is_resumed = false;
    bool is_over = false; /* words after "--" are not options */
    *request = (stg_resume_request){.reports = calloc(count + 1, sizeof *request->reports),
                                    .words = calloc(count + 1, sizeof *request->words)};
    if (request->words == NULL || request->reports == NULL) {
        stg_forget_resume_request(request);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const char *word = words[i];
        const size_t reports = is_over ? 0 : take_report(script, words + i, count - i, request);
        if (reports > 0) {
            i += reports - 1;
            continue;
        }
        const char *run = run_in(word);
        is_over = is_over || strcmp(word, "--") == 0;
        if (!is_over && (run != NULL || strcmp(word, "--resume") == 0)) {
            is_resumed = true;
            if (run == NULL && i + 1 < count && words[i + 1][0] != '-')
                run = words[++i];
            request->run = run;
        } else if (!is_over && strcmp(word, "--resume-anyway") == 0) {
            request->anyway = true;
        } else if (!is_over && strcmp(word, "--dry-run") == 0) {
            request->dry_run = true;
        } else if (!is_over && strcmp(word, "--no-record") == 0) {
            request->no_record = true;
        } else if (!is_over && script->arguments.run_arguments[STG_RUN_KEEP_OUTPUT] != NULL &&
                   strcmp(word, "--keep-output") == 0) {
            request->keeps_output = true;
        } else {
            request->words[request->word_count++] = word;
        }
    }
    return is_resumed;
}

/* ---- Why not ---- */

/* Reasons, one per line.
 *   count  the number of reasons
 *   hard   how many of them --resume-anyway does not overrule */
typedef struct reasons {
    stg_buf lines;
    unsigned count;
    unsigned hard;
} reasons;

static stg_buf *begin_reason(reasons *why, bool is_hard)
{
    stg_buf_add_text(&why->lines, "  ");
    why->count++;
    why->hard += is_hard;
    return &why->lines;
}

static void add_reason(reasons *why, bool is_hard, const char *text)
{
    stg_buf_addf(begin_reason(why, is_hard), "%s\n", text);
}

/* Whether a word matches the recorded one, in which *** stands for secrets. */
static bool is_recorded_as(const char *word, const char *recorded)
{
    const char *mask = strstr(recorded, STAGED_SECRET_MASK);
    if (mask == NULL)
        return strcmp(word, recorded) == 0;
    const char *rest = mask;
    for (const char *next; (next = strstr(rest, STAGED_SECRET_MASK)) != NULL;)
        rest = next + strlen(STAGED_SECRET_MASK);
    const size_t begin = (size_t)(mask - recorded);
    const size_t end = strlen(rest);
    const size_t length = strlen(word);
    return length >= begin + end && strncmp(word, recorded, begin) == 0 &&
           strcmp(word + length - end, rest) == 0;
}

static bool are_recorded_as(const stg_resume_request *now, const stg_resume_request *then)
{
    bool are = now->word_count == then->word_count;
    for (size_t i = 0; are && i < now->word_count; i++)
        are = is_recorded_as(now->words[i], then->words[i]);
    return are;
}

/* Shows the recorded words, not those given, which may contain secrets that the script does not
 * know yet. */
static void add_words(stg_buf *out, const stg_resume_request *then)
{
    for (size_t i = 0; i < then->word_count; i++) {
        char *quoted = staged_word_quote(then->words[i]);
        stg_buf_addf(out, "%s%s", i == 0 ? "" : " ", quoted == NULL ? "?" : quoted);
        free(quoted);
    }
}

static void compare_words(reasons *why, const stg_resume_request *now,
                          const stg_resume_request *then)
{
    if (now->word_count > 0) {
        if (are_recorded_as(now, then))
            return;
        stg_buf *line = begin_reason(why, false);
        if (then->word_count == 0) {
            stg_buf_add_text(line, "it had no arguments\n");
            return;
        }
        stg_buf_add_text(line, "its arguments differ: ");
        add_words(line, then);
        stg_buf_add_text(line, "\n");
        return;
    }
    for (size_t i = 0; i < then->word_count; i++) {
        if (strstr(then->words[i], STAGED_SECRET_MASK) == NULL)
            continue;
        add_reason(why, true,
                   "its arguments have secrets, which are not recorded; give all arguments again");
        return;
    }
}

static void compare_script(reasons *why, const staged_script *script, const stg_past *past)
{
    stg_buf hash = {0};
    stg_record_add_hash(&hash, script->run->file,
                        script->title.program == NULL ? script->title.called_by
                                                      : script->title.program);
    if (past->script == NULL || strcmp(past->script, script->title.stem) != 0)
        stg_buf_addf(begin_reason(why, false), "it was a run of '%s'\n",
                     past->script == NULL ? "" : past->script);
    if (strcmp(stg_buf_text(&hash), past->hash == NULL ? "" : past->hash) != 0)
        add_reason(why, false, "the script has changed since");
    stg_buf_free(&hash);
}

static void compare_place(reasons *why, const stg_past *past)
{
    char here[4096];
    char host[256] = "";
    if (getcwd(here, sizeof here) == NULL)
        here[0] = '\0';
    if (gethostname(host, sizeof host - 1) != 0)
        host[0] = '\0';
    const char *directory = past->directory == NULL ? "" : past->directory;
    const char *other = past->host == NULL ? "" : past->host;
    if (!is_recorded_as(here, directory))
        stg_buf_addf(begin_reason(why, false), "it ran in the directory '%s'\n", directory);
    if (!is_recorded_as(host, other))
        stg_buf_addf(begin_reason(why, false), "it ran on the host '%s'\n", other);
}

static void find_reasons(reasons *why, const staged_script *script, const stg_past *past,
                         const stg_resume_request *now, const stg_resume_request *then)
{
    if (past->goes_on)
        add_reason(why, true, "it is still going on");
    if (past->has_passed)
        add_reason(why, true, "it has passed: nothing is left to run");
    if (past->is_dry_run)
        add_reason(why, true, "it was a dry run, which does nothing");
    if (past->is_foreign)
        add_reason(why, true, "its record belongs to another user");
    compare_script(why, script, past);
    compare_words(why, now, then);
    compare_place(why, past);
}

/* ---- Saying so ---- */

static staged_status refuse(staged_script *script, const char *text)
{
    (void)fprintf(stderr, "%s: %s; nothing was run\n", script->title.name, text);
    return staged_exit(script, STG_EXIT_USAGE);
}

static staged_status refuse_run(staged_script *script, const stg_past *past, const reasons *why)
{
    (void)fprintf(stderr, "%s: the run %s cannot be resumed; nothing was run:\n%s",
                  script->title.name, past->id, stg_buf_text(&why->lines));
    if (why->hard == 0)
        (void)fprintf(stderr, "Add --resume-anyway to resume it all the same.\n");
    return staged_exit(script, STG_EXIT_USAGE);
}

/* ---- Resuming ---- */

/* Makes the words that replace those given. */
static staged_status make_words(stg_resumed *resumed, const stg_resume_request *now,
                                const stg_resume_request *then)
{
    enum { OWN = 5 };
    const stg_resume_request *used = now->word_count > 0 ? now : then;
    const stg_resume_request *reported = now->report_count > 0 ? now : then;
    const bool keeps_output = now->keeps_output || (now->word_count == 0 && then->keeps_output);
    const size_t most = OWN + reported->report_count;
    resumed->words = calloc(most + used->word_count + 1, sizeof *resumed->words);
    if (resumed->words == NULL)
        return STAGED_NO_MEMORY;
    const char *const own[OWN] = {
        "--resume", resumed->past->id, now->anyway ? "--resume-anyway" : NULL,
        now->dry_run ? "--dry-run" : NULL, keeps_output ? "--keep-output" : NULL};
    for (size_t i = 0; i < most + used->word_count; i++) {
        const char *word = i < OWN    ? own[i]
                           : i < most ? reported->reports[i - OWN]
                                      : used->words[i - most];
        if (word == NULL)
            continue;
        char *copy = strdup(word);
        if (copy == NULL)
            return STAGED_NO_MEMORY;
        resumed->words[resumed->word_count++] = copy;
    }
    return STAGED_OK;
}

static staged_status check(staged_script *script, const stg_resume_request *now)
{
    stg_resumed *resumed = script->run->resumed;
    const stg_past *past = resumed->past;
    stg_resume_request then = {0};
    reasons why = {0};
    const bool has_words = past->argument_count > 1;
    (void)stg_read_resume_request(
        script, (char *const *)(uintptr_t)(has_words ? past->arguments + 1 : past->arguments),
        has_words ? past->argument_count - 1 : 0, &then);
    if (then.words != NULL)
        find_reasons(&why, script, past, now, &then);
    staged_status status = then.words == NULL ? STAGED_NO_MEMORY : stg_buf_status(&why.lines);
    if (status == STAGED_OK)
        status = why.hard > 0 || (why.count > 0 && !now->anyway) ? refuse_run(script, past, &why)
                                                                 : make_words(resumed, now, &then);
    stg_forget_resume_request(&then);
    stg_buf_free(&why.lines);
    return status;
}

staged_status stg_resume(staged_script *script, const stg_resume_request *request)
{
    stg_run *run = script->run;
    if (request->no_record)
        return refuse(script, "--resume needs the record that --no-record leaves out");
    if (run->record == STAGED_NO || !stg_record_is_wanted(run->record == STAGED_YES))
        return refuse(script, "--resume needs records of runs, and this script's are not recorded; "
                              "set STAGED_RUNS to a directory for them");
    run->resumed = calloc(1, sizeof *run->resumed);
    if (run->resumed == NULL)
        return STAGED_NO_MEMORY;
    stg_error error = {0};
    run->resumed->past = stg_past_read(script->title.stem, request->run, &error);
    staged_status status = STAGED_OK;
    if (run->resumed->past != NULL) {
        status = check(script, request);
    } else {
        stg_buf text = {0};
        stg_buf_addf(&text, "no run can be resumed: %s", stg_error_text(&error));
        status = refuse(script, stg_buf_text(&text));
        stg_buf_free(&text);
    }
    stg_error_free(&error);
    return status;
}

staged_status stg_take_over_resumed(staged_script *script)
{
    if (script->outer != NULL)
        return STAGED_OK;
    const stg_past *past = script->run->resumed == NULL ? NULL : script->run->resumed->past;
    for (size_t i = 0; i < script->stage_count; i++)
        script->stages[i].is_earlier = false;
    for (size_t i = 0; past != NULL && i < past->stage_count; i++) {
        stg_stage *stage = stg_stage_of(script, past->stages[i].name);
        if (stage == NULL || stage->declaration->always)
            continue;
        stage->is_earlier = past->stages[i].is_passed;
        stage->earlier_ns = past->stages[i].duration_ns;
    }
    return stg_kept_take_over(script, past);
}

void stg_tell_resumed(staged_script *script)
{
    if (script->outer != NULL || script->run->resumed == NULL)
        return;
    const staged_location where = stg_script_location(script);
    (void)staged_log_at(script, &where, "Resuming the run %s.", script->run->resumed->past->id);
}

void stg_forget_resumed(stg_run *run)
{
    stg_resumed *resumed = run->resumed;
    run->resumed = NULL;
    if (resumed == NULL)
        return;
    stg_past_free(resumed->past);
    for (int i = 0; i < resumed->word_count; i++)
        free(resumed->words[i]);
    free(resumed->words);
    free(resumed);
}
