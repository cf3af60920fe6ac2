/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the parser costs for a script of 10, 100, 1,000 and 10,000 stages, each with its three retry
 * options: making it, reading a command line that gives one of every stage's options, help, usage,
 * and the effective command line.  Medians of several rounds, in time of the processor: on a busy
 * machine the longer steps are interrupted, the shorter ones are not.  The last column shows
 * whether the cost of a stage stays the same.  A second table is about `--stage` with all stages as
 * its values, in the order of the choices and in another: both have to cost the same.
 *
 *     ninja bench/bench_args && bench/bench_args
 *
 * `bench_args --help-only STAGES` writes the help once and ends: compare it with an empty program
 * (`bench_args --nothing`) by compare_runs. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <staged/args.h>

enum { ROUNDS = 15, NAME_SIZE = 32 };

/* A script's stages and a command line for them. */
typedef struct job {
    size_t stages;
    char (*names)[NAME_SIZE];
    const char **choices;
    char **words;
    int word_count;
} job;

static void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (memory == NULL)
        exit(1);
    return memory;
}

/* Lower case letters, as stages have them. */
static void name_stage(char *name, size_t number)
{
    (void)snprintf(name, NAME_SIZE, "stage");
    size_t length = strlen(name);
    do {
        name[length++] = (char)('a' + number % 26);
        number /= 26;
    } while (number > 0);
    name[length] = '\0';
}

static char *make_text(const char *before, const char *name, const char *after)
{
    const size_t size = strlen(before) + strlen(name) + strlen(after) + 1;
    char *text = allocate(size, 1);
    (void)snprintf(text, size, "%s%s%s", before, name, after);
    return text;
}

static job make_job(size_t stages)
{
    job j = {.stages = stages};
    j.names = allocate(stages, sizeof *j.names);
    j.choices = allocate(stages + 1, sizeof *j.choices);
    j.words = allocate(stages * 2 + 2, sizeof *j.words);
    j.words[j.word_count++] = make_text("--stage", "", "");
    for (size_t i = 0; i < stages; i++) {
        name_stage(j.names[i], i);
        j.choices[i] = j.names[i];
    }
    j.words[j.word_count++] = make_text("", j.names[0], "");
    for (size_t i = 0; i < stages; i++) {
        j.words[j.word_count++] = make_text("--", j.names[i], "-retry-attempts");
        j.words[j.word_count++] = make_text("5", "", "");
    }
    j.word_count -= 2;
    return j;
}

static void free_job(job *j)
{
    for (size_t i = 0; i < j->stages * 2 + 2; i++)
        free(j->words[i]);
    free(j->words);
    free(j->choices);
    free(j->names);
}

static void add_retry_option(staged_argument_group *group, const char *name, const char *what,
                             staged_argument_type type, const char *standard, const char *help)
{
    char flag[80];
    char text[120];
    (void)snprintf(flag, sizeof flag, "--%s-retry-%s", name, what);
    (void)snprintf(text, sizeof text, help, name);
    staged_argument_group_add_argument(group, flag, .type = type, .default_text = standard,
                                       .help = text);
}

static staged_parser *make_parser(const job *j)
{
    staged_parser *parser = staged_parser_new(STAGED_OPTIONS(staged_parser_options, .prog = "bench",
                                                             .description = "A script.",
                                                             .formatter = STAGED_HELP_SCRIPT));
    staged_parser_add_argument(parser, "--stage", .nargs = STAGED_NARGS_ONE_OR_MORE,
                               .choices = j->choices, .help = "Which stages to run.");
    staged_parser_add_argument(parser, "--dry-run", .action = STAGED_ARG_STORE_TRUE,
                               .help =
                                   "If specified, don't actually run the commands in the shell; "
                                   "instead print the commands that would have been executed.");
    staged_argument_group *group =
        staged_parser_add_group(parser, "retry", "Additional options for retrying stages.");
    for (size_t i = 0; i < j->stages; i++) {
        add_retry_option(group, j->names[i], "attempts", STAGED_ARG_INT, "0",
                         "How many times to retry the '%s' stage.");
        add_retry_option(group, j->names[i], "delay", STAGED_ARG_FLOAT, "0",
                         "How long to wait (in seconds) before retrying the '%s' stage.");
        add_retry_option(group, j->names[i], "timeout", STAGED_ARG_INT, "60",
                         "How long to wait (in seconds) before giving up on retrying the '%s' "
                         "stage.");
    }
    return parser;
}

static double now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

typedef enum step { MAKE, PARSE, COMMAND_LINE, HELP, USAGE, RELEASE, STEPS } step;

static void run_round(const job *j, double times[STEPS])
{
    double before = now_ms();
    double after;
#define MEASURE(which, what)                                                                       \
    do {                                                                                           \
        what;                                                                                      \
        after = now_ms();                                                                          \
        times[which] = after - before;                                                             \
        before = after;                                                                            \
    } while (0)
    staged_parser *parser;
    staged_namespace *ns = NULL;
    staged_status status;
    char *line;
    char *help;
    char *usage;
    MEASURE(MAKE, parser = make_parser(j));
    MEASURE(PARSE, status = staged_parser_parse(parser, j->word_count, j->words, &ns));
    if (status != STAGED_OK) {
        (void)fputs(staged_parser_error(parser), stderr);
        exit(1);
    }
    MEASURE(COMMAND_LINE, line = staged_parser_command_line(parser, ns, 4));
    MEASURE(HELP, help = staged_parser_help(parser, 80));
    MEASURE(USAGE, usage = staged_parser_usage(parser, 80));
    free(usage);
    free(help);
    free(line);
    before = now_ms();
    MEASURE(RELEASE, staged_namespace_free(ns); staged_parser_free(parser));
#undef MEASURE
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void run_size(size_t stages)
{
    static double times[ROUNDS][STEPS];
    job j = make_job(stages);
    for (int i = 0; i < ROUNDS; i++)
        run_round(&j, times[i]);
    free_job(&j);
    double medians[STEPS];
    double sum = 0.0;
    for (int s = 0; s < STEPS; s++) {
        double column[ROUNDS];
        for (int i = 0; i < ROUNDS; i++)
            column[i] = times[i][s];
        qsort(column, ROUNDS, sizeof column[0], by_size);
        medians[s] = column[ROUNDS / 2];
        sum += medians[s];
    }
    printf("%7zu", stages);
    for (int s = 0; s < STEPS; s++)
        printf(" %9.3f", medians[s]);
    printf("  %9.3f\n", sum * 1e3 / (double)stages);
}

/* Reads `--stage` with each stage once, `stride` choices apart, and returns the median in ms. */
static double read_stages(const job *j, size_t stride)
{
    double times[ROUNDS];
    char flag[] = "--stage";
    char **words = allocate(j->stages + 1, sizeof *words);
    words[0] = flag;
    for (size_t i = 0; i < j->stages; i++)
        words[i + 1] = j->names[i * stride % j->stages];
    staged_parser *parser = staged_parser_new(NULL);
    staged_parser_add_argument(parser, "--stage", .nargs = STAGED_NARGS_ONE_OR_MORE,
                               .choices = j->choices);
    for (int i = 0; i < ROUNDS; i++) {
        staged_namespace *ns = NULL;
        const double before = now_ms();
        if (staged_parser_parse(parser, (int)j->stages + 1, words, &ns) != STAGED_OK)
            exit(1);
        times[i] = now_ms() - before;
        staged_namespace_free(ns);
    }
    staged_parser_free(parser);
    free(words);
    qsort(times, ROUNDS, sizeof times[0], by_size);
    return times[ROUNDS / 2];
}

static void run_choices(size_t stages)
{
    enum { STRIDE = 7919 }; /* a prime, so that each stage comes once */
    job j = make_job(stages);
    const double in_order = read_stages(&j, 1);
    const double mixed = read_stages(&j, STRIDE);
    free_job(&j);
    printf("%7zu %12.3f %9.3f  %9.3f\n", stages, in_order, mixed, mixed * 1e3 / (double)stages);
}

static int write_help(size_t stages)
{
    job j = make_job(stages);
    staged_parser *parser = make_parser(&j);
    char *help = staged_parser_help(parser, 0);
    const bool written = help != NULL && fputs(help, stdout) >= 0;
    free(help);
    staged_parser_free(parser);
    free_job(&j);
    return written ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--nothing") == 0)
        return 0;
    if (argc == 3 && strcmp(argv[1], "--help-only") == 0)
        return write_help(strtoul(argv[2], NULL, 10));
    static const size_t sizes[] = {10, 100, 1000, 10000};
    printf("%7s %9s %9s %9s %9s %9s %9s  %9s\n", "stages", "make ms", "parse ms", "line ms",
           "help ms", "usage ms", "free ms", "us/stage");
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        run_size(sizes[i]);
    printf("\n%7s %12s %9s  %9s\n", "values", "in order ms", "mixed ms", "us/value");
    for (size_t i = 2; i < sizeof sizes / sizeof sizes[0]; i++)
        run_choices(sizes[i]);
    return 0;
}
