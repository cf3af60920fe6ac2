/* SPDX-License-Identifier: BSD-3-Clause
 *
 * One command for each of many things, several at a time. */
#ifndef STAGED_EACH_H
#define STAGED_EACH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/choice.h>
#include <staged/location.h>
#include <staged/process.h>
#include <staged/script.h>
#include <staged/status.h>

STAGED_BEGIN_DECLS

/* How an each went; made by the library, owned by the script and valid as long as it. */
typedef struct staged_each_result staged_each_result;

/* An item that failed; made by the library.
 *   item         the item, with secrets masked
 *   index        its place among all items, from 0
 *   attempts     how many there were
 *   exit_code    of the last one; -N: ended by signal N
 *   timed_out    the last one exceeded its timeout
 *   duration_ns  from the beginning of the first attempt to the end of the last
 *   failure      "exit code 3", "timed out after 5 s" or the like */
typedef struct staged_failed_item {
    const char *item;
    size_t index;
    int64_t attempts;
    int exit_code;
    bool timed_out;
    int64_t duration_ns;
    const char *failure;
} staged_failed_item;

/* Makes the words of an item's command.
 *   context  as in the options
 * Returns a program and its arguments, ended with NULL, valid until the next call; NULL: a failure,
 * whose message is set with staged_fail. */
typedef const char *const *staged_item_words_function(staged_script *script, const char *item,
                                                      void *context);

/* What to do with which items; required are `words` or `make_words`, and one kind of items.
 *   words           a program, found in PATH, and its arguments, ended with NULL; the item stands
 *                   in place of each `{}` in them; where there is none it is the last word
 *   make_words      in place of `words`; see there
 *   context         passed to `make_words`
 *   items           the items, ended with NULL
 *   file            a file with an item in each line
 *   descriptor      with `reads`: a descriptor that items come from, a line each; 0: standard input
 *   reads           whether the items come from `descriptor`
 *   null_separated  in files: NUL ends an item, not the end of a line
 *   name            for the log and the record; NULL: the program
 *   jobs            how many run at a time; 0: as many as there are processors
 *   attempts        how often an item is tried until it passes; 0: once
 *   delay_s         seconds between two attempts; 0: none
 *   timeout_s       seconds after which an attempt is ended, with everything it started; 0 and
 *                   negative: never
 *   halt_failures   how many items may fail until all ends; 0: any number
 *   halt_percent    the same in percent of all items, or, while their number is not known, of those
 *                   that have ended, from ten on; 0: none
 *   keep_order      output comes in the order of the items; at most 100 wait for an earlier one
 *   quiet           the output of items that pass is not shown, only kept in the record
 *   check           whether failed items make the call fail; STAGED_AUTO: yes
 *   process         how the commands run otherwise (directory, environment, expected codes,
 *                   limits); its commands, streams and timeout are ignored
 *   result          if not NULL, receives how it went; NULL if nothing began
 *   where           in the author's source; the macro fills it in */
typedef struct staged_each_options {
    size_t size; /* see STAGED_OPTIONS */
    const char *const *words;
    staged_item_words_function *make_words;
    void *context;
    const char *const *items;
    const char *file;
    int descriptor;
    bool reads;
    bool null_separated;
    const char *name;
    size_t jobs;
    int64_t attempts;
    double delay_s;
    double timeout_s;
    size_t halt_failures;
    double halt_percent;
    bool keep_order;
    bool quiet;
    staged_choice check;
    const staged_process_options *process;
    const staged_each_result **result;
    staged_location where;
} staged_each_options;

/* Runs a command for each item, as in
 *
 * @code
 * static staged_status compress(staged_call *c)
 * {
 *     return staged_each(c->script, STAGED_TEXTS("gzip", "--keep", "{}"),
 *                        .items = STAGED_TEXTS("a.log", "b.log"), .jobs = 2, .attempts = 3);
 * }
 * @endcode
 *
 * What an item prints is shown when it has ended, whole and apart from that of others; until then
 * it is in temporary files, as the command writes it.  Commands have nothing to read.  On a
 * terminal a line shows how far all is; in a log there is one now and then.  Failed items are
 * listed at the end.  A dry run says how many items there are, and runs none.
 *
 * Where the run is recorded, so are the items; a run that resumes it (--resume) runs only those
 * that have not passed in the last attempt of the stage.  An item that contains a secret runs
 * again.
 *
 * For the thread that runs the script.  An interrupt, a time limit of the stage or the script, and
 * too many failures end all that runs; the log says which items have not begun.
 *
 * Returns STAGED_OK; STAGED_FAILED, with a message as the script's error, if items failed, or
 * cannot be read; STAGED_INTERRUPTED. */
#define staged_each(script, ...)                                                                   \
    staged_each_with(script, STAGED_OPTIONS(staged_each_options, .words = __VA_ARGS__,             \
                                            .where = {__FILE__, __LINE__}))
STAGED_API STAGED_MUST_CHECK staged_status staged_each_with(staged_script *script,
                                                            const staged_each_options *options);

/* How many items passed now; passed in the run that is resumed; failed, those that were cut short
 * among them; and did not begin, if that is known. */
STAGED_API size_t staged_each_result_passed(const staged_each_result *result);
STAGED_API size_t staged_each_result_earlier(const staged_each_result *result);
STAGED_API size_t staged_each_result_failed(const staged_each_result *result);
STAGED_API size_t staged_each_result_not_run(const staged_each_result *result);
/* How long all took. */
STAGED_API int64_t staged_each_result_duration_ns(const staged_each_result *result);
/* One of the items that failed, in the order in which they did; the first 100 are known.
 *   index  from 0
 * Returns NULL past the last. */
STAGED_API const staged_failed_item *staged_each_result_failure(const staged_each_result *result,
                                                                size_t index);

STAGED_END_DECLS

#endif
