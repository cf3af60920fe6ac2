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

/* How an each went: made by the library, owned by the script, valid as long as the script is. */
typedef struct staged_each_result staged_each_result;

/* An item that failed; made by the library.
 *   item         the item, with secrets masked
 *   index        its position among all items, from 0
 *   attempts     how many it had
 *   exit_code    of the last attempt; -N: ended by signal N
 *   timed_out    whether the last attempt exceeded its timeout
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
 *   item     borrowed for the duration of the call
 *   context  as in the options
 * Returns a program and its arguments, ended with NULL, which stay valid until the next call.  To
 * fail, sets a message with staged_fail and returns NULL: then no further item begins. */
typedef const char *const *staged_item_words_function(staged_script *script, const char *item,
                                                      void *context);

/* The items, and what to do with them.  Required are `words` or `make_words`, and one of `items`,
 * `file` and `reads`.
 *   words           a program, found in PATH, and its arguments, ended with NULL; the item replaces
 *                   each `{}` in them, or is the last word if there is none
 *   make_words      in place of `words`: a function that makes them; see there
 *   context         passed to `make_words`
 *   items           the items, ended with NULL
 *   file            the path of a file with an item in each line
 *   descriptor      with `reads`: the descriptor that items come from, a line each; 0: standard
 *                   input.  It stays open
 *   reads           whether the items come from `descriptor`
 *   null_separated  in `file` and `descriptor`: NUL ends an item, not the end of a line
 *   name            for the log and the record; NULL: the program
 *   jobs            how many run at a time; 0: as many as there are processors; at a place, what
 *                   suits that (docs/each.md)
 *   attempts        how often an item is tried until it passes; 0: once
 *   delay_s         seconds between two attempts; 0: none
 *   timeout_s       seconds after which an attempt is ended, with everything it started; 0 and
 *                   negative: never
 *   halt_failures   how many failed items end the each; 0: any number may fail
 *   halt_percent    the same in percent of all items, or, while their number is not known, of those
 *                   that have ended, from ten on; 0: any number may fail
 *   keep_order      whether output comes in the order of the items; at most 100 wait for an earlier
 *                   one
 *   quiet           whether the output of items that pass is only kept in the record, not shown
 *   check           whether failed items make the call fail; STAGED_AUTO: yes
 *   process         how the commands run otherwise (directory, environment, expected codes,
 *                   limits); its commands, streams and timeout are ignored; NULL: all defaults
 *   result          receives how it went, or NULL if nothing began; NULL: not wanted
 *   where           in the author's source; the macro fills it in
 *   place           where the items run (docs/places.md): the name of a place, or "here"; NULL:
 *                   where the stage does */
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
    const char *place;
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
 * What an item prints is shown when it has ended, in one piece; until then it is in temporary
 * files, which the command writes to itself.  Commands have nothing to read.  On a terminal a line
 * shows the progress; in a log there is one every 30 seconds.  Failed items are listed at the end.
 * A dry run says how many items there are, and runs none.
 *
 * If the run is recorded, so are the items; a run that resumes it (--resume) runs only those that
 * have not passed in the last attempt of the stage.  An item that contains a secret runs again.
 *
 * For the thread that runs the script.  An interrupt, a time limit of the stage or the script, and
 * too many failures end everything that runs; the log says which items have not begun.
 *
 * Returns STAGED_OK; STAGED_FAILED, with a message as the script's error, if items failed or cannot
 * be read; STAGED_INTERRUPTED. */
#define staged_each(script, ...)                                                                   \
    staged_each_with(script, STAGED_OPTIONS(staged_each_options, .words = __VA_ARGS__,             \
                                            .where = {__FILE__, __LINE__}))
STAGED_API STAGED_MUST_CHECK staged_status staged_each_with(staged_script *script,
                                                            const staged_each_options *options);

/* How many items passed in this run; */
STAGED_API size_t staged_each_result_passed(const staged_each_result *result);
/* passed in the run that is resumed, and did not run again; */
STAGED_API size_t staged_each_result_earlier(const staged_each_result *result);
/* failed, including those that were cut short; */
STAGED_API size_t staged_each_result_failed(const staged_each_result *result);
/* and did not begin, as far as that is known. */
STAGED_API size_t staged_each_result_not_run(const staged_each_result *result);
/* How long the each took. */
STAGED_API int64_t staged_each_result_duration_ns(const staged_each_result *result);
/* One of the first 100 items that failed, in the order in which they did.
 *   index  from 0
 * Returns NULL past the last; it belongs to the result. */
STAGED_API const staged_failed_item *staged_each_result_failure(const staged_each_result *result,
                                                                size_t index);

STAGED_END_DECLS

#endif
