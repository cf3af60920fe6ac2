/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A script that runs the commands in the file $COMMANDS, for test_paste.py.  Each is a kind, a
 * directory ("" for none) and a text, or a count and so many words, each ended with NUL:
 *     s  a line for the shell      p  the same, laid out over several lines      a  words
 * All of them are run by the stage `all`; the stages `faila`, `failb`, ... run one each, and fail.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <staged/staged.h>

enum { MOST = 4096 };

typedef struct command {
    const char *directory;
    const char *text;         /* NULL: `words` */
    const char *const *words; /* ended with NULL */
    bool pretty;
} command;

static command commands[MOST];
static size_t command_count;
static char text[1 << 22];
static const char *words[1 << 18];

static const char *next_text(const char **at)
{
    const char *found = *at;
    *at += strlen(found) + 1;
    return found;
}

static void read_commands(void)
{
    FILE *file = fopen(getenv("COMMANDS"), "rb");
    const size_t length = file == NULL ? 0 : fread(text, 1, sizeof text - 1, file);
    if (file != NULL)
        (void)fclose(file);
    size_t word_count = 0;
    const char *at = text;
    while (at < text + length && command_count < MOST) {
        const char kind = *next_text(&at);
        command *c = &commands[command_count++];
        c->directory = next_text(&at);
        c->pretty = kind == 'p';
        if (kind != 'a') {
            c->text = next_text(&at);
            continue;
        }
        c->words = words + word_count;
        for (int left = atoi(next_text(&at)); left > 0; left--)
            words[word_count++] = next_text(&at);
        words[word_count++] = NULL;
    }
}

static staged_status run(staged_script *script, const command *c, staged_choice check)
{
    return staged_run(script, c->text, .argv = c->words, .pretty_print = c->pretty, .check = check,
                      .process =
                          STAGED_OPTIONS(staged_process_options,
                                         .directory = *c->directory == '\0' ? NULL : c->directory));
}

static staged_status run_all(staged_call *c)
{
    for (size_t i = 0; i < command_count; i++) {
        STAGED_TRY(run(c->script, &commands[i], STAGED_NO));
        STAGED_TRY(staged_log(c->script, "END"));
    }
    return STAGED_OK;
}

static staged_status fail(staged_call *c)
{
    return run(c->script, &commands[c->stage[strlen("fail")] - 'a'], STAGED_YES);
}

static staged_status build_parser(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    staged_parser *parser = staged_script_parser(c->script);
    staged_parser_add_argument(parser, "--text", .nargs = STAGED_NARGS_ZERO_OR_MORE);
    return STAGED_OK;
}

static const staged_class paste = {
    STAGED_CLASS("Paste"),
    .methods = STAGED_METHODS(STAGED_STAGE("all", "All", run_all),
                              STAGED_STAGE("faila", "One", fail, .may_fail = true),
                              STAGED_STAGE("failb", "One", fail, .may_fail = true),
                              STAGED_STAGE("failc", "One", fail, .may_fail = true),
                              STAGED_STAGE("faild", "One", fail, .may_fail = true),
                              STAGED_STAGE("faile", "One", fail, .may_fail = true),
                              STAGED_STAGE("failf", "One", fail, .may_fail = true),
                              STAGED_STAGE("failg", "One", fail, .may_fail = true),
                              STAGED_STAGE("failh", "One", fail, .may_fail = true),
                              STAGED_ON(STAGED_HOOK_BUILD_PARSER, build_parser))};

int main(int argc, char **argv)
{
    read_commands();
    return staged_main(&paste, argc, argv);
}
