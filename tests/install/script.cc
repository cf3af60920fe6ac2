/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A script in C++: what the macros of the public headers make has to be C++ as well. */
#include <staged/staged.h>

namespace {

struct counts {
    int looks;
    bool loud;
    const char *what;
};

staged_status build_parser(staged_call *c)
{
    STAGED_TRY(staged_super(c));
    staged_parser *parser = staged_script_parser(c->script);
    staged_parser_add_argument(parser, "--color", .help = "Which one.",
                               .choices = STAGED_TEXTS("red", "green"));
    staged_parser_add_argument(parser, "--times", .type = STAGED_ARG_INT, .default_text = "2");
    return STAGED_OK;
}

staged_status say_hello(staged_call *c)
{
    staged_namespace *args = staged_script_args(c->script);
    staged_log(c->script, "[bold]%d times %s",
               static_cast<int>(staged_namespace_int(args, "times")),
               staged_namespace_text(args, "color"));
    STAGED_TRY(staged_log_heading(c->script, "green", "A heading"));
    STAGED_TRY(staged_runf(c->script, "echo %s", "two words"));
    STAGED_TRY(staged_run_words(c->script, "echo", "three $words"));
    STAGED_TRY(staged_run(c->script, "exit 3", .expected_codes = STAGED_CODES(0, 3)));
    return staged_run(c->script, "echo pretty", .pretty_print = true);
}

staged_status has_looked_twice(staged_script *, void *context)
{
    return ++static_cast<counts *>(context)->looks < 2 ? STAGED_RETRY : STAGED_OK;
}

staged_status wait(staged_call *c)
{
    STAGED_TRY(staged_poll(c->script, "the second look", has_looked_twice, .context = c->data,
                           .interval_s = 0.001));
    const counts *self = static_cast<const counts *>(c->data);
    STAGED_TRY(staged_log(c->script, "%s %s", self->loud ? "loud" : "low", self->what));
    return staged_fail(c->script, "%s", "as it may");
}

const staged_class greeter = {
    STAGED_CLASS("Greeter"),
    .methods = STAGED_METHODS(STAGED_ON(STAGED_HOOK_BUILD_PARSER, build_parser),
                              STAGED_STAGE("hello", "Greeting the user", say_hello)),
};

const staged_class waiter = {
    STAGED_CLASS("Waiter"),
    .data_size = sizeof(counts),
    .arguments = STAGED_ARGUMENTS(
        STAGED_ARGUMENT("--loud", STAGED_INTO(struct counts, loud), .help = "Louder."),
        STAGED_ARGUMENT("--what", STAGED_INTO(counts, what), .default_text = "nothing")),
    .methods =
        STAGED_METHODS(STAGED_STAGE("wait", "Waiting", wait, .may_fail = true),
                       STAGED_STAGE_RUN("list", "Listing", "echo listed", .by_default = true)),
};

const staged_class both = {
    STAGED_CLASS("Both"),
    .bases = STAGED_BASES(&waiter, &greeter),
};

} // namespace

int main(int argc, char **argv)
{
    return staged_main(&both, argc, argv);
}
