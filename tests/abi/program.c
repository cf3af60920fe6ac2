/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a program does with options, to be compiled with headers of other versions than the library
 * that it runs with.  With the name of a type it passes one of these without its size. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/staged.h>

/* Options of a type as they stand, or, if it is the one that was named, without their size. */
static const char *without_size = "";
#define GIVEN(type, ...)                                                                           \
    (strcmp(without_size, #type) == 0 ? &(const type){.size = 0}                                   \
                                      : STAGED_OPTIONS(type, __VA_ARGS__))

static void note(void *context, const staged_event *event)
{
    if (event->kind == STAGED_EVENT_STAGE_END)
        printf("%s %s\n", (const char *)context, event->stage);
}

static bool retries_failures(void *context, staged_status outcome)
{
    (void)context;
    return outcome == STAGED_FAILED;
}

static staged_status holds(staged_script *script, void *context)
{
    (void)script;
    return ++*(int *)context < 2 ? STAGED_RETRY : STAGED_OK;
}

static staged_status begin_there(void *place, const staged_place_command *command,
                                 staged_place_client *client, staged_place_end *failure)
{
    static const char *const words[] = {"sh", "-c", "echo there; exit 3", NULL};
    (void)place;
    (void)command;
    (void)failure;
    client->words = words;
    return STAGED_OK;
}

static staged_status there(staged_call *c)
{
    staged_completed_process *done;
    STAGED_TRY(
        staged_run_with(c->script, GIVEN(staged_run_options, .command = "true", .check = STAGED_NO,
                                         .output = STAGED_STREAM_CAPTURE, .result = &done)));
    printf("at a place: %sexit code %d\n", done->output, done->exit_code);
    staged_completed_process_free(done);
    return STAGED_OK;
}

static staged_status init(staged_call *c)
{
    static char told[] = "ended:";
    static staged_place_kind kind;
    kind = *GIVEN(staged_place_kind, .name = "kind", .begin = begin_there);
    STAGED_TRY(staged_script_add_place_kind(c->script, &kind));
    STAGED_TRY(staged_script_add_place(c->script, "there", "kind", NULL));
    return staged_script_add_observer(c->script,
                                      GIVEN(staged_observer, .notify = note, .context = told));
}

static staged_status let_pass(void *context, double seconds)
{
    (void)context;
    (void)seconds;
    return STAGED_OK;
}

static staged_status each(staged_call *c)
{
    const staged_each_result *result;
    STAGED_TRY(
        staged_each_through(c->script,
                            GIVEN(staged_each_options, .words = STAGED_TEXTS("true"),
                                  .items = STAGED_TEXTS("a", "b"), .jobs = 1, .result = &result),
                            GIVEN(staged_item_runner, .wait = let_pass)));
    printf("items: %d\n", (int)staged_each_result_passed(result));
    return STAGED_OK;
}

static staged_status work(staged_call *c)
{
    STAGED_TRY(each(c));
    int checks = 0;
    const staged_poll_report *report;
    STAGED_TRY(staged_poll_with(c->script,
                                GIVEN(staged_poll_options, .what = "the sun", .condition = holds,
                                      .context = &checks, .interval_s = 1e-9, .report = &report)));
    printf("checks: %d\n", (int)report->checks);
    STAGED_TRY(staged_stage_set_retry_policy(c->script, "work",
                                             GIVEN(staged_retry_policy,
                                                   .stop = staged_stop_after_attempts(2),
                                                   .retry_if = retries_failures)));
    char *answer;
    STAGED_TRY(staged_prompt_with(c->script,
                                  GIVEN(staged_question_options, .default_text = "an answer"),
                                  &answer, "What is it?"));
    free(answer);
    staged_completed_process *done;
    STAGED_TRY(staged_run_with(
        c->script,
        GIVEN(staged_run_options, .command = "echo a command", .result = &done,
              .process = GIVEN(
                  staged_process_options, .directory = "/", .grace_s = 1,
                  .output = GIVEN(staged_stream, .kind = STAGED_STREAM_CAPTURE, .limit = 9)))));
    printf("captured: %s, %d lost, exit code %d, %d ended\n", done->output, (int)done->output_lost,
           done->exit_code, (int)done->ended_count);
    staged_completed_process_free(done);
    return STAGED_OK;
}

static const staged_class worker = {
    STAGED_CLASS("Worker"),
    .methods =
        STAGED_METHODS(STAGED_ON(STAGED_HOOK_INIT, init),
                       STAGED_STAGE("work", "Working", work, .by_default = true),
                       STAGED_STAGE("there", "There", there, .by_default = true, .place = "there")),
};

static void tell(const char *what, const char *error)
{
    if (*error != '\0')
        printf("%s: %s\n", what, error);
}

/* A process that has to be ended, as it is handed out in an array. */
static void end_process(void)
{
    staged_completed_process *done;
    const staged_status status = staged_process_run(
        GIVEN(staged_process_options, .command = "exec sleep 600", .timeout_s = 0.01), &done);
    printf("%s:", staged_status_text(status));
    for (size_t i = 0; done != NULL && i < done->ended_count; i++)
        printf(" ended by signal %d", done->ended[i]->signal);
    printf("\n");
    staged_completed_process_free(done);
}

static void run_script(void)
{
    char *no_words[] = {NULL};
    staged_class its_class = worker;
    if (strcmp(without_size, "staged_class") == 0)
        its_class.size = 0;
    staged_script *script = staged_script_new(
        &its_class, GIVEN(staged_script_options, .name = "worker",
                          .console = GIVEN(staged_console_options, .to_text = true, .width = 60,
                                           .log_time = STAGED_NO, .log_path = STAGED_NO)));
    const int exit_status = staged_script_run(script, 0, no_words);
    printf("%s\nexit %d\n", staged_console_text(staged_script_console(script)), exit_status);
    tell("script", staged_script_error(script));
    tell("bugs", staged_script_bugs(script));
    staged_script_free(script);
}

static void draw(staged_console *console, staged_renderable *renderable)
{
    if (staged_console_print_renderable(
            console, GIVEN(staged_print_options, .justify = STAGED_JUSTIFY_LEFT, .width = 40),
            renderable) != STAGED_OK)
        tell("console", staged_console_error(console));
    staged_renderable_free(renderable);
}

static staged_renderable *text(const char *shown)
{
    return staged_text_new(GIVEN(staged_text_options, .style = "bold"), shown);
}

static void draw_all(staged_console *console)
{
#ifdef NEWER_MEMBER
    draw(console,
         staged_panel_new(STAGED_OPTIONS(staged_panel_options, .newer_ = {0, 1}), text("x")));
#endif
    draw(console,
         staged_panel_new(GIVEN(staged_panel_options, .title = "t", .width = 20), text("panel")));
    draw(console,
         staged_padding_new(GIVEN(staged_padding_options, .pad = {.given = true, .left = 2}),
                            text("padding")));
    draw(console, staged_rule_new(GIVEN(staged_rule_options, .characters = "="), "rule"));
    draw(console, staged_align_new(GIVEN(staged_align_options, .style = "red"), STAGED_ALIGN_RIGHT,
                                   text("align")));
    draw(console,
         staged_bar_new(GIVEN(staged_bar_options, .total = 4, .completed = 2, .width = 8)));
    draw(console, staged_spinner_new(GIVEN(staged_spinner_options, .name = "line"), "spinner"));
    staged_renderable *tree =
        staged_tree_new(GIVEN(staged_tree_options, .style = "red"), text("tree"));
    (void)staged_tree_add(tree, NULL, text("branch"));
    draw(console, tree);
    staged_renderable *columns = staged_columns_new(GIVEN(staged_columns_options, .width = 10));
    (void)staged_columns_add(columns, text("columns"));
    draw(console, columns);
    staged_renderable *table =
        staged_table_new(GIVEN(staged_table_options, .title = "table", .min_width = 12));
    (void)staged_table_add_column(table, GIVEN(staged_column_options, .header = "column"));
    staged_renderable *cells[] = {text("cell")};
    (void)staged_table_add_row(table, GIVEN(staged_row_options, .style = "bold"), cells, 1);
    draw(console, table);
}

static void use_console(void)
{
    staged_console *console = staged_console_new(GIVEN(
        staged_console_options, .to_text = true, .width = 60, .record = true, .ascii = STAGED_YES));
    draw_all(console);
    if (staged_console_log_with(console, GIVEN(staged_log_options, .where = {"f.c", 7}), "log") !=
        STAGED_OK)
        tell("console", staged_console_error(console));
    staged_live *live = staged_live_new(
        console, GIVEN(staged_live_options, .refresh_per_second = -1), text("live"));
    tell("console", staged_console_error(console));
    staged_live_free(live);
    staged_progress *progress = staged_progress_new(
        console, GIVEN(staged_progress_options, .refresh_per_second = -1, .bar_width = 10));
    tell("console", staged_console_error(console));
    if (progress != NULL)
        (void)staged_progress_add_task(
            progress, GIVEN(staged_task_options, .total = 4, .completed = 1), "task");
    tell("console", staged_console_error(console));
    staged_progress_free(progress);
    char *exported =
        staged_console_export(console, GIVEN(staged_export_options, .format = STAGED_EXPORT_TEXT));
    tell("console", staged_console_error(console));
    printf("%zu\n%s\n", exported == NULL ? 0 : strlen(exported), staged_console_text(console));
    free(exported);
    staged_console_free(console);
}

static void use_parser(void)
{
    staged_parser *parser = staged_parser_new(GIVEN(staged_parser_options, .prog = "prog"));
    staged_parser_set_colors(parser, STAGED_COLOR_NEVER, GIVEN(staged_help_colors, .usage = "1"));
    const staged_argument_options rows[] = {STAGED_ARGUMENT("--one"), STAGED_ARGUMENT("--two")};
    staged_parser_add_arguments(parser, rows, 2);
    (void)staged_parser_add_argument_with(
        parser, GIVEN(staged_argument_options, .flags = "--three", .help = "the third"));
    staged_commands *commands = staged_parser_add_commands(
        parser, GIVEN(staged_commands_options, .title = "commands", .metavar = "COMMAND"));
    const staged_parser_options *inner = GIVEN(staged_parser_options, .description = "It does.");
#ifdef OLDER
    (void)inner;
    (void)staged_commands_add(commands, GIVEN(staged_command_options, .help = "a command"), "do");
#else
    (void)staged_commands_add(
        commands, GIVEN(staged_command_options, .help = "a command", .parser = inner), "do");
#endif

    if (staged_parser_check(parser) != STAGED_OK)
        tell("parser", staged_parser_error(parser));
    char *help = staged_parser_help(parser, 80);
    printf("%s\n", help == NULL ? "" : help);
    free(help);
    staged_parser_free(parser);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        without_size = argv[1];
    run_script();
    end_process();
    use_console();
    use_parser();
    return 0;
}
