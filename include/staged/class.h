/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Classes of scripts: the stages of a script, and what it overrides of its bases.
 *
 * A class is one constant record.  Its bases are linearized as in Python (C3), and each class in
 * that line, mixins included, owns one block of data per script. */
#ifndef STAGED_CLASS_H
#define STAGED_CLASS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/args.h>
#include <staged/choice.h>
#include <staged/location.h>
#include <staged/retry.h>
#include <staged/status.h>

STAGED_BEGIN_DECLS

typedef struct staged_script staged_script;
typedef struct staged_class staged_class;
typedef struct staged_call staged_call;
typedef struct staged_method staged_method;

/* What a class does: the body of a stage, a phase of a stage, or any other overridable method. */
typedef staged_status staged_function(staged_call *call);

/* One call of a method.  A function reads its arguments here.
 *   script    the script
 *   data      the data block of the class whose table names the function (see `data_size`).  A
 *             class without data gets zeros; changing them is reported as a bug
 *   method    the method's name; for a stage's function, STAGED_HOOK_BODY
 *   context   the `context` of the row
 *   stage     the current stage; "" outside of stages
 *   heading   the current stage's heading; "" outside of stages
 *   retry     in STAGED_HOOK_PREPARE_TO_RETRY, STAGED_HOOK_RETRY_ERROR and methods that they call:
 *             the attempts so far; otherwise NULL
 *   argc      STAGED_HOOK_PARSE_ARGS and STAGED_HOOK_MAIN: the words after the program's name;
 *   argv      otherwise 0 and NULL
 *   argument  the `argument` of staged_script_call; otherwise NULL */
struct staged_call {
    staged_script *script;
    void *data;
    const char *method;
    void *context;
    const char *stage;
    const char *heading;
    const staged_retry_state *retry;
    int argc;
    char *const *argv;
    void *argument;
    /* The place of the running row: only for staged_super and the like. */
    const staged_method *method_;
    size_t layer_;
};

/* The phases of a stage, in the order in which they run.  Those between begin-stage and end-stage
 * are inside the retry loop, the others outside.  Source: staged-script, StagedScript.stage. */
#define STAGED_HOOK_PRE_STAGE "pre_stage"     /* _run_pre_stage_actions */
#define STAGED_HOOK_BEGIN_STAGE "begin_stage" /* _begin_stage: prints the heading */
#define STAGED_HOOK_BODY "body"               /* the decorated function */
#define STAGED_HOOK_SKIP_STAGE "skip_stage"   /* _skip_stage: instead of the body */
#define STAGED_HOOK_END_STAGE "end_stage"     /* _end_stage: takes and prints the duration */
#define STAGED_HOOK_PREPARE_TO_RETRY "prepare_to_retry" /* _prepare_to_retry_stage */
#define STAGED_HOOK_RETRY_ERROR "retry_error"           /* _handle_stage_retry_error */
#define STAGED_HOOK_POST_STAGE "post_stage"             /* _run_post_stage_actions */

/* The other methods. */
#define STAGED_HOOK_INIT "init"                 /* __init__, after the script's own set-up */
#define STAGED_HOOK_BUILD_PARSER "build_parser" /* parser */
#define STAGED_HOOK_PARSE_ARGS "parse_args"     /* parse_args */
#define STAGED_HOOK_MAIN "main"           /* main: by default, every registered stage in order */
#define STAGED_HOOK_INTERRUPT "interrupt" /* after `main`, if a signal ended it: for teardown */
#define STAGED_HOOK_SUMMARY "summary"   /* print_script_execution_summary: collects its sections */
#define STAGED_HOOK_CLEAN_UP "clean_up" /* when the script is freed */

typedef enum staged_method_kind {
    STAGED_METHOD_KIND_NONE = 0, /* the end of a table */
    STAGED_METHOD_KIND_STAGE,    /* declares a stage, or replaces a base's stage */
    STAGED_METHOD_KIND_METHOD,   /* declares a method that derived classes can override */
    STAGED_METHOD_KIND_OVERRIDE  /* overrides a method, for all stages or for one */
} staged_method_kind;

/* A row of a class's table; written with the macros below, or built at run time to run scripts in
 * another language.
 *   kind            what the row does
 *   name            the method's name; for a stage, STAGED_HOOK_BODY
 *   stage           the stage's name, or the one stage for which a method is overridden; NULL: all
 *   heading         for a stage: markup
 *   file, line      the place of the row, for messages and the log's place column
 *   function        the implementation
 *   command         instead of a function: a line for the shell, as staged_run takes it
 *   log             the same: a text to log, which is markup; "%(stage)s" is the current stage
 *   in_panel        of `log`: whether it is logged in a panel, as by staged_log_heading
 *   after           what is run before, and unless it returns STAGED_OK instead: staged_super,
 *                   staged_general or staged_super_general, to add to what is overridden; or a
 *                   function of the author's.  NULL: nothing
 *   context         passed to `function` in its call
 *
 * The rest is for stages; all zero is the default.
 *   by_default      whether it runs when the command line names no stages
 *   always          it runs even if the script fails or is interrupted: for teardown.  Only the
 *                   command line can skip it.  If `main` ended before it ran, or a signal cut it
 *                   short, it runs after `main` (and after STAGED_HOOK_INTERRUPT, if a signal ended
 *                   `main`) and before the summary; several run in the order of registration
 *   needed          the stages after it depend on it: when its retries are exhausted, or it fails
 *                   with `may_fail`, they are skipped, except those that always run. (Any other
 *                   failure ends `main` anyway.)
 *   may_fail        its failure or exhausted retries appear in the log, the timing table and the
 *                   script's result, but the script continues and can succeed
 *   retries         STAGED_YES: it has retry arguments, and stages that do not say so have none.
 *                   STAGED_NO: it has none.  STAGED_AUTO: it has them; help hides them if other
 *                   stages have retry settings and this one has none
 *   retry_attempts  default of --STAGE-retry-attempts: attempts after the first
 *   retry_delay_s   default of --STAGE-retry-delay: seconds between attempts
 *   retry_timeout_s default of --STAGE-retry-timeout: seconds after which no attempt begins; 0: 60
 *   retry_policy    a policy in place of these three; see staged_stage_set_retry_policy
 *   time_limit_s    its time limit; see staged_stage_set_time_limit; 0: none
 *   expected_s      seconds that an attempt is expected to take at most: if it takes longer, the
 *                   log and the summary say so, and nothing fails; 0: any time
 *   place           where its commands run (docs/places.md): the name of a place; NULL: where the
 *                   script's do.  --on STAGE=PLACE of the command line comes first
 *   retry_on_place  whether it is tried again when it fails because the place of a command did, in
 *                   a way that may pass (a node failed, a connection was lost): as its retry
 *                   settings say or, without any, three times more; STAGED_AUTO: as the script
 *                   says.  --retry-on place of the command line says so of all stages
 *
 * A number that is negative or NaN is a bug, as is an invalid policy (staged_retry_state_error). */
struct staged_method {
    staged_method_kind kind;
    const char *name;
    const char *stage;
    const char *heading;
    const char *file;
    int line;
    staged_function *function;
    const char *command;
    const char *log;
    bool in_panel;
    staged_function *after;
    void *context;
    bool by_default;
    bool always;
    bool needed;
    bool may_fail;
    staged_choice retries;
    int64_t retry_attempts;
    double retry_delay_s;
    double retry_timeout_s;
    const staged_retry_policy *retry_policy;
    double time_limit_s;
    double expected_s;
    const char *place;
    staged_choice retry_on_place;
};

/* A class's rows, the last one all zero, and the size of a row, so that rows can grow.  To fill it
 * in at run time: `(staged_methods){rows, sizeof rows[0]}`. */
typedef struct staged_methods {
    const staged_method *rows;
    size_t row_size;
} staged_methods;
#define STAGED_METHODS(...)                                                                        \
    {                                                                                              \
        STAGED_ROWS_(staged_method, __VA_ARGS__, {.kind = STAGED_METHOD_KIND_NONE}),               \
            sizeof(staged_method)                                                                  \
    }
#define STAGED_METHOD_ROW_(row_kind, method, of_stage, its_heading, ...)                           \
    {                                                                                              \
        .kind = STAGED_METHOD_KIND_##row_kind, .name = method, .stage = of_stage,                  \
        .heading = its_heading, .file = __FILE__, .line = __LINE__, __VA_ARGS__                    \
    }

/* Declares a stage: its name (lowercase letters only), the heading that is printed when it begins,
 * the function that does the work, and settings in the order above, as in
 *     STAGED_STAGE("clean", "Cleaning up", clean, .always = true)
 * Source: staged-script, @StagedScript.stage. */
#define STAGED_STAGE(stage, heading, ...)                                                          \
    STAGED_METHOD_ROW_(STAGE, STAGED_HOOK_BODY, stage, heading, .function = __VA_ARGS__)
/* Declares a stage that is one command, a line for the shell:
 *     STAGED_STAGE_RUN("build", "Building", "make", .by_default = true) */
#define STAGED_STAGE_RUN(stage, heading, ...)                                                      \
    STAGED_METHOD_ROW_(STAGE, STAGED_HOOK_BODY, stage, heading, .command = __VA_ARGS__)
/* Overrides a method: for all stages, or for one.  `.after` and `.context` may follow the function,
 * as in
 *     STAGED_ON(STAGED_HOOK_PRE_STAGE, check_disk, .after = staged_super) */
#define STAGED_ON(method, ...)                                                                     \
    STAGED_METHOD_ROW_(OVERRIDE, method, NULL, NULL, .function = __VA_ARGS__)
#define STAGED_ON_STAGE(method, stage, ...)                                                        \
    STAGED_METHOD_ROW_(OVERRIDE, method, stage, NULL, .function = __VA_ARGS__)
/* The same, with a text to log instead of a function:
 *     STAGED_ON_LOG(STAGED_HOOK_SKIP_STAGE, "Nobody asked for '%(stage)s'.") */
#define STAGED_ON_LOG(method, ...)                                                                 \
    STAGED_METHOD_ROW_(OVERRIDE, method, NULL, NULL, .log = __VA_ARGS__)
#define STAGED_ON_STAGE_LOG(method, stage, ...)                                                    \
    STAGED_METHOD_ROW_(OVERRIDE, method, stage, NULL, .log = __VA_ARGS__)
/* Declares a new method, which derived classes can override with STAGED_ON and staged_script_call
 * calls. */
#define STAGED_METHOD(method, ...)                                                                 \
    STAGED_METHOD_ROW_(METHOD, method, NULL, NULL, .function = __VA_ARGS__)

/* A class of scripts: a constant at file scope, which begins with its size and its name:
 *     static const staged_class my_script = {STAGED_CLASS("MyScript"), .methods = ...};
 *   size         of this struct; STAGED_CLASS fills it in
 *   name         its name in messages
 *   bases        its base classes, the nearest first, ended with NULL, as in
 *                `.bases = STAGED_BASES(&simulator_mixin, &kube_wrapper)`; NULL: the base of all
 *                classes, which has the default of each method above
 *   data_size    bytes of the class's own data in each script, zeroed at creation; 0: none
 *   hide_retry_arguments
 *                help shows no retry arguments, which still work; derived classes inherit this
 *   description  what help shows before the arguments; NULL: a base's, or a default with the
 *                class's name
 *   epilog       what help shows after them; NULL: a base's, or none.  "%(prog)s" is filled in
 *   arguments    its command-line arguments, after those of its bases:
 *                    .arguments = STAGED_ARGUMENTS(
 *                        STAGED_ARGUMENT("--some-file", STAGED_INTO(struct my_script, some_file),
 *                                        .type = STAGED_ARG_PATH, .required = true)),
 *                The default of STAGED_HOOK_BUILD_PARSER adds them, that of STAGED_HOOK_PARSE_ARGS
 *                stores their values; texts live as long as the script.  None leaves the data block
 *                as it is.  The same flag twice is a bug
 *   methods      its table, as in `.methods = STAGED_METHODS(...)`; may be left out */
struct staged_class {
    size_t size;
    const char *name;
    const staged_class *const *bases;
    size_t data_size;
    bool hide_retry_arguments;
    const char *description;
    const char *epilog;
    staged_arguments arguments;
    staged_methods methods;
};
#define STAGED_CLASS(its_name) .size = sizeof(staged_class), .name = its_name
#define STAGED_BASES(...) STAGED_ROWS_(staged_class *const, __VA_ARGS__, NULL)

/* Runs what would have run without this override: the same method of the next class in line that
 * has it; from an override for one stage that no further class overrides for that stage, the method
 * for all stages.  Returns STAGED_OK if there is nothing further.
 *   call  the running function's own argument
 * Source: Python's super(). */
STAGED_API STAGED_MUST_CHECK staged_status staged_super(staged_call *call);

/* From an override for one stage: runs the method for all stages, as the script's own class has
 * it.  Source: `self._begin_stage(heading)` within `_begin_stage_hello`. */
STAGED_API STAGED_MUST_CHECK staged_status staged_general(staged_call *call);

/* From an override for one stage: runs the method for all stages, as the next class in line after
 * the override's has it.  Source: `super()._end_stage()` within `_end_stage_goodbye`. */
STAGED_API STAGED_MUST_CHECK staged_status staged_super_general(staged_call *call);

/* Calls a method, as the script's own class has it for the current stage: one declared with
 * STAGED_METHOD, or any other.
 *   script    the script
 *   method    its name
 *   argument  passed to it as `argument`; may be NULL
 * Returns what the method returns; STAGED_FAILED, with a message, if no class has that method. */
#define staged_script_call(script, ...) staged_script_call_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_script_call_at(staged_script *script,
                                                                 const staged_location *where,
                                                                 const char *method,
                                                                 void *argument);

/* The data block of `script_class` in `script`; NULL if that class is not in its line or has no
 * data. */
STAGED_API void *staged_script_data(staged_script *script, const staged_class *script_class);

STAGED_END_DECLS

#endif
