/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Classes of scripts: which stages a script has, and what it overrides of its bases.
 *
 * A class is one constant record.  Its bases are put in one line as Python does (C3), and each
 * class in that line, mixins included, owns one block of data per script. */
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
 *   script    whom it is called for
 *   data      the data block of the class whose table names the function (see `data_size`); of a
 *             class that has none, some zeros, and to change them is a bug that is reported
 *   method    the method's name; of a stage's function, STAGED_HOOK_BODY
 *   context   that of the row that runs
 *   stage     the current stage; "" outside of stages
 *   heading   the current stage's heading; "" outside of stages
 *   retry     STAGED_HOOK_PREPARE_TO_RETRY and STAGED_HOOK_RETRY_ERROR, and methods that they call:
 *             what was tried so far; otherwise NULL
 *   argc      STAGED_HOOK_PARSE_ARGS and STAGED_HOOK_MAIN: the words after the program's name;
 *   argv      otherwise 0 and NULL
 *   argument  what staged_script_call was given; otherwise NULL */
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
    /* Where in line the running row stands: for staged_super and its relatives alone. */
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
#define STAGED_HOOK_INTERRUPT "interrupt" /* after `main`, when a signal ended it: to tear down */
#define STAGED_HOOK_SUMMARY "summary"   /* print_script_execution_summary: collects its sections */
#define STAGED_HOOK_CLEAN_UP "clean_up" /* when the script object is released */

typedef enum staged_method_kind {
    STAGED_METHOD_KIND_NONE = 0, /* the end of a table */
    STAGED_METHOD_KIND_STAGE,    /* declares a stage, or overrides a base's stage as a whole */
    STAGED_METHOD_KIND_METHOD,   /* declares a method that derived classes can override */
    STAGED_METHOD_KIND_OVERRIDE  /* overrides a method, for all stages or for one */
} staged_method_kind;

/* A row of a class's table; written with the macros below, or made at run time by whatever runs
 * scripts in another language.
 *   kind            what the row does
 *   name            of the method; of a stage: STAGED_HOOK_BODY
 *   stage           the stage's name, or the one stage for which a method is overridden; NULL: all
 *   heading         of a stage: markup
 *   file, line      where the row stands, for messages and the log's place column
 *   function        what the method does
 *   command         instead of a function: a line for the shell, as staged_run takes it
 *   log             the same: a text to log, which is markup; "%(stage)s" is the current stage
 *   in_panel        of `log`: whether it is logged in a panel, as by staged_log_heading
 *   after           what is run before, and unless it returns STAGED_OK instead: staged_super,
 *                   staged_general or staged_super_general, to add to what is overridden; or a
 *                   function of the author's.  NULL: nothing
 *   context         for `function`, which reads it from its call
 *
 * The rest is of stages; zero is a stage as the original has them.
 *   by_default      whether it runs when the command line names no stages
 *   always          its work has to be done even if the script fails or is interrupted: to tear
 *                   down.  Nothing skips it but the command line.  When `main` was left before it
 *                   had run, or a signal cut it short, it runs after `main` (and after
 *                   STAGED_HOOK_INTERRUPT, if a signal ended that) and before the summary; several,
 *                   in the order of registration
 *   needed          the stages that follow cannot do without it: once its retries are spent, or it
 *                   failed where it may, they are skipped, except those that always run.
 *                   (Otherwise a stage that fails leaves `main` anyway.)
 *   may_fail        its failure, or spent retries, are told in the log, the timing table and the
 *                   script's result, but the script goes on and can be a success
 *   retries         STAGED_YES: it may return STAGED_RETRY; then the other stages of the script,
 *                   unless they say so too, have no retry arguments.  STAGED_NO: it has none.
 *                   STAGED_AUTO: it has them; help hides them where other stages have
 *                   `retry_attempts` or a `retry_policy` and this one has neither
 *   retry_attempts  default of --STAGE-retry-attempts: how many after the first
 *   retry_delay_s   default of --STAGE-retry-delay: between two attempts
 *   retry_timeout_s default of --STAGE-retry-timeout: after which no attempt begins; 0: 60
 *   retry_policy    a rule in place of these three, as for staged_stage_set_retry_policy
 *   time_limit_s    how long it may take, see staged_stage_set_time_limit; 0: no limit
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
};

/* The rows of a class and the size of one, so that rows can grow; the last one is all zero.  To
 * fill it in at run time: `(staged_methods){rows, sizeof rows[0]}`. */
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
 * the function that does the work, and settings of a stage in the order above, as in
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
/* Declares a method of the class's own, which derived classes can override with STAGED_ON, and
 * which staged_script_call calls. */
#define STAGED_METHOD(method, ...)                                                                 \
    STAGED_METHOD_ROW_(METHOD, method, NULL, NULL, .function = __VA_ARGS__)

/* A class of scripts: a constant at file scope.
 *   name       for messages
 *   bases      the classes that it extends, the nearest first, ended by NULL, as in
 *              `.bases = STAGED_BASES(&simulator_mixin, &kube_wrapper)`; NULL: the base of all
 *              classes, which has the default for each method above
 *   data_size  bytes of the class's own data in each script, zeroed at creation; 0: none
 *   hide_retry_arguments  help shows no retry arguments, which are read all the same; so is it if
 *              a base says so
 *   description  what help shows before the arguments; NULL: that of a base, or one with the
 *              class's name
 *   epilog     what it shows after them; NULL: that of a base, or none.  "%(prog)s" is filled in
 *   arguments  what its scripts add to the command line, after those of its bases:
 *                  .arguments = STAGED_ARGUMENTS(
 *                      STAGED_ARGUMENT("--some-file", STAGED_INTO(struct my_script, some_file),
 *                                      .type = STAGED_ARG_PATH, .required = true)),
 *              They are added by the default of STAGED_HOOK_BUILD_PARSER, and stored by that of
 *              STAGED_HOOK_PARSE_ARGS; texts live as long as the script.  None leaves what is in
 *              the data block.  Two with one flag are a bug
 *   methods    its table, as in `.methods = STAGED_METHODS(...)`; none: nothing of its own */
struct staged_class {
    const char *name;
    const staged_class *const *bases;
    size_t data_size;
    bool hide_retry_arguments;
    const char *description;
    const char *epilog;
    staged_arguments arguments;
    staged_methods methods;
};
#define STAGED_BASES(...) STAGED_ROWS_(staged_class *const, __VA_ARGS__, NULL)

/* Runs what would have run had this override not existed: the same method of the next class in
 * line that has it; from an override for one stage that no further class overrides for that stage,
 * the method for all stages.  Returns STAGED_OK when there is nothing further.
 *   call  the running function's own argument
 * Source: Python's super(). */
STAGED_API STAGED_MUST_CHECK staged_status staged_super(staged_call *call);

/* From an override for one stage: runs the method for all stages, as the script's own class has
 * it.  Source: `self._begin_stage(heading)` within `_begin_stage_hello`. */
STAGED_API STAGED_MUST_CHECK staged_status staged_general(staged_call *call);

/* From an override for one stage: runs the method for all stages, as the next class in line after
 * the override's has it.  Source: `super()._end_stage()` within `_end_stage_goodbye`. */
STAGED_API STAGED_MUST_CHECK staged_status staged_super_general(staged_call *call);

/* Calls a method, as the script's own class has it for the current stage: one that a class declared
 * with STAGED_METHOD, or any other.
 *   script    whose method
 *   method    its name
 *   argument  handed over as `argument`; may be NULL
 * Returns what the method returns; STAGED_FAILED, with a message, if no class has one
 * of that name. */
#define staged_script_call(script, ...) staged_script_call_at(script, STAGED_HERE, __VA_ARGS__)
STAGED_API STAGED_MUST_CHECK staged_status staged_script_call_at(staged_script *script,
                                                                 const staged_location *where,
                                                                 const char *method,
                                                                 void *argument);

/* The data block that `script` has for `script_class`, or NULL when that class is not in its line
 * or has no data. */
STAGED_API void *staged_script_data(staged_script *script, const staged_class *script_class);

STAGED_END_DECLS

#endif
