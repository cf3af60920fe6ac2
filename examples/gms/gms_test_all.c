/* SPDX-License-Identifier: BSD-3-Clause */
#include "gms_test_all.h"

typedef struct test_all {
    const char *type, *tag;
    int jobs;
} test_all;

static const char description[] =
    "This script runs several test augmentations, each against a temporary instance of the GMS "
    "system of its own, and tells which of them failed.  What a test that passes has printed is "
    "not shown.";

static staged_status test(staged_call *c)
{
    const test_all *self = c->data;
    return staged_each(c->script,
                       STAGED_TEXTS("gms_system_test", "--type", self->type, "--tag", self->tag,
                                    "--no-save-logs", "--test"),
                       .items = staged_args_list(c->script, "tests"), .name = "tests",
                       .jobs = (size_t)self->jobs, .keep_order = true, .quiet = true);
}

const staged_class gms_test_all = {
    STAGED_CLASS("GMSTestAll"),
    .data_size = sizeof(test_all),
    .description = description,
    .arguments = STAGED_ARGUMENTS(
        STAGED_ARGUMENT("--type", STAGED_INTO(test_all, type), .required = true,
                        .choices = STAGED_TEXTS("ian", "sb"), .help = "The type of the instances."),
        STAGED_ARGUMENT("--tag", STAGED_INTO(test_all, tag), .required = true,
                        .help = "The tag of the instances."),
        STAGED_ARGUMENT("--jobs", STAGED_INTO(test_all, jobs), .default_text = "2",
                        .help = "How many tests run at a time."),
        STAGED_ARGUMENT("--tests", .nargs = STAGED_NARGS_ONE_OR_MORE, .required = true,
                        .help = "The names of the tests (see ``gmskube augment catalog --tag "
                                "<reference>``).")),
    .methods = STAGED_METHODS(STAGED_STAGE("test", "Running the specified tests...", test,
                                           .retries = STAGED_NO, .by_default = true)),
};
