#!/usr/bin/env -S tcc -run -lstaged
/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A script that is run as it stands: where `staged` is installed, tcc compiles it each time, which
 * takes a few milliseconds.  For another compiler, leave out the first line. */
#include <staged/staged.h>

static staged_status say_hello(staged_call *c)
{
    return staged_run(c->script, "echo 'Hello World'");
}

static const staged_class hello_script = {
    STAGED_CLASS("HelloScript"),
    .methods = STAGED_METHODS(STAGED_STAGE("hello", "Greeting the user", say_hello)),
};

int main(int argc, char **argv)
{
    return staged_main(&hello_script, argc, argv);
}
