/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The order in which hooks run, at three levels of a hierarchy with a mixin.  The expected orders
 * were recorded from staged-script 2.0.5 with the same classes; where ours differ on purpose, it is
 * said. */
#include <stdio.h>
#include <string.h>

#include "base/text/buf.h"
#include "script/fixture.h"
#include "script/state/object.h"
#include "support/cmocka_all.h"

static stg_buf order;
/* What is still to happen: "W.body=retry W.body=retry L.end=fail". */
static char plan[256];

static staged_status take_from_plan(staged_call *c, const char *step)
{
    static const struct {
        const char *word;
        staged_status status;
    } words[] = {{"retry", STAGED_RETRY}, {"fail", STAGED_FAILED}, {"exit", STAGED_EXIT}};
    for (size_t i = 0; i < 3; i++) {
        char entry[64];
        (void)snprintf(entry, sizeof entry, "%s=%s", step, words[i].word);
        char *found = strstr(plan, entry);
        if (found == NULL)
            continue;
        memset(found, ' ', strlen(entry));
        if (words[i].status == STAGED_FAILED)
            return staged_fail(c->script, "%s was to fail", step);
        return words[i].status == STAGED_EXIT ? staged_exit(c->script, 3) : STAGED_RETRY;
    }
    return STAGED_OK;
}

static staged_status note(staged_call *c)
{
    static const char *const names[][2] = {
        {STAGED_HOOK_PRE_STAGE, "pre"},     {STAGED_HOOK_BEGIN_STAGE, "begin"},
        {STAGED_HOOK_BODY, "body"},         {STAGED_HOOK_SKIP_STAGE, "skip"},
        {STAGED_HOOK_END_STAGE, "end"},     {STAGED_HOOK_POST_STAGE, "post"},
        {STAGED_HOOK_RETRY_ERROR, "error"}, {STAGED_HOOK_PREPARE_TO_RETRY, "prepare"},
    };
    size_t i = 0;
    while (strcmp(names[i][0], c->method_->name) != 0)
        i++;
    const bool for_one =
        c->method_->stage != NULL && strcmp(c->method_->name, STAGED_HOOK_BODY) != 0;
    char step[32];
    (void)snprintf(step, sizeof step, "%s.%s%s",
                   c->script->definition.lineage.classes[c->layer_]->name, names[i][1],
                   for_one ? "_one" : "");
    stg_buf_addf(&order, "%s%s", order.length == 0 ? "" : " ", step);
    return take_from_plan(c, step);
}

static staged_status then_super(staged_call *c)
{
    STAGED_TRY(note(c));
    return staged_super(c);
}

static staged_status then_general(staged_call *c)
{
    STAGED_TRY(note(c));
    return staged_general(c);
}

static staged_status then_super_general(staged_call *c)
{
    STAGED_TRY(note(c));
    return staged_super_general(c);
}

#define ALL_PHASES                                                                                 \
    STAGED_ON(STAGED_HOOK_PRE_STAGE, then_super), STAGED_ON(STAGED_HOOK_BEGIN_STAGE, then_super),  \
        STAGED_ON(STAGED_HOOK_SKIP_STAGE, then_super),                                             \
        STAGED_ON(STAGED_HOOK_END_STAGE, then_super),                                              \
        STAGED_ON(STAGED_HOOK_POST_STAGE, then_super),                                             \
        STAGED_ON(STAGED_HOOK_PREPARE_TO_RETRY, then_super),                                       \
        STAGED_ON(STAGED_HOOK_RETRY_ERROR, then_super)

static const staged_class wrapper = {
    STAGED_CLASS("W"),
    .methods = STAGED_METHODS(STAGED_STAGE("one", "Heading", then_super), ALL_PHASES),
};
static const staged_class mixin = {
    STAGED_CLASS("M"),
    .methods = STAGED_METHODS(STAGED_ON_STAGE(STAGED_HOOK_BODY, "one", then_super), ALL_PHASES,
                              STAGED_ON_STAGE(STAGED_HOOK_END_STAGE, "one", then_super)),
};
static const staged_class application = {
    STAGED_CLASS("A"),
    .bases = STAGED_BASES(&wrapper),
    .methods = STAGED_METHODS(STAGED_ON_STAGE(STAGED_HOOK_BODY, "one", then_super), ALL_PHASES,
                              STAGED_ON_STAGE(STAGED_HOOK_END_STAGE, "one", then_super_general)),
};
static const staged_class leaf = {
    STAGED_CLASS("L"),
    .bases = STAGED_BASES(&mixin, &application),
    .methods = STAGED_METHODS(STAGED_ON_STAGE(STAGED_HOOK_BODY, "one", then_super), ALL_PHASES,
                              STAGED_ON_STAGE(STAGED_HOOK_BEGIN_STAGE, "one", then_general)),
};

typedef struct scenario {
    const char *about;
    const char *plan;
    const char *words[8];
    int exit_status;
    const char *order;
} scenario;

/* "exit in body" ends its stage, unlike the original; a spent retry makes the exit status 1. */
static const scenario scenarios[] = {
    {"run",
     "",
     {"--stage", "one", NULL},
     0,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin W.begin "
     "L.body M.body A.body W.body M.end_one A.end_one W.end L.post M.post "
     "A.post W.post"},
    {"skip",
     "",
     {NULL},
     0,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin W.begin "
     "L.skip M.skip A.skip W.skip M.end_one A.end_one W.end L.post M.post "
     "A.post W.post"},
    {"retry then succeed",
     "W.body=retry W.body=retry",
     {"--stage", "one", "--one-retry-attempts", "2", NULL},
     0,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin W.begin "
     "L.body M.body A.body W.body M.end_one A.end_one W.end L.prepare "
     "M.prepare A.prepare W.prepare L.begin_one L.begin M.begin A.begin "
     "W.begin L.body M.body A.body W.body M.end_one A.end_one W.end "
     "L.prepare M.prepare A.prepare W.prepare L.begin_one L.begin M.begin "
     "A.begin W.begin L.body M.body A.body W.body M.end_one A.end_one "
     "W.end L.post M.post A.post W.post"},
    {"retry spent",
     "W.body=retry W.body=retry W.body=retry W.body=retry W.body=retry",
     {"--stage", "one", "--one-retry-attempts", "1", NULL},
     1,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin W.begin "
     "L.body M.body A.body W.body M.end_one A.end_one W.end L.prepare "
     "M.prepare A.prepare W.prepare L.begin_one L.begin M.begin A.begin "
     "W.begin L.body M.body A.body W.body M.end_one A.end_one W.end "
     "L.error M.error A.error W.error L.post M.post A.post W.post"},
    {"not retried",
     "W.body=retry W.body=retry W.body=retry W.body=retry W.body=retry",
     {"--stage", "one", NULL},
     1,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin W.begin "
     "L.body M.body A.body W.body M.end_one A.end_one W.end L.error "
     "M.error A.error W.error L.post M.post A.post W.post"},
    {"exhausted by timeout",
     "W.body=retry W.body=retry W.body=retry W.body=retry W.body=retry",
     {"--stage", "one", "--one-retry-attempts", "5", "--one-retry-timeout", "0", NULL},
     1,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin W.begin "
     "L.body M.body A.body W.body M.end_one A.end_one W.end L.error "
     "M.error A.error W.error L.post M.post A.post W.post"},
    {"failure in pre", "L.pre=fail", {"--stage", "one", NULL}, 1, "L.pre"},
    {"failure in begin",
     "L.begin=fail",
     {"--stage", "one", NULL},
     1,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin"},
    {"failure in body",
     "L.body=fail",
     {"--stage", "one", NULL},
     1,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin W.begin "
     "L.body M.end_one A.end_one W.end"},
    {"failure in end",
     "L.end=fail",
     {"--stage", "one", NULL},
     0,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin W.begin "
     "L.body M.body A.body W.body M.end_one A.end_one W.end L.post M.post "
     "A.post W.post"},
    {"failure in post",
     "L.post=fail",
     {"--stage", "one", NULL},
     1,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin W.begin "
     "L.body M.body A.body W.body M.end_one A.end_one W.end L.post"},
    {"failure in begin for one stage",
     "L.begin_one=fail",
     {"--stage", "one", NULL},
     1,
     "L.pre M.pre A.pre W.pre L.begin_one"},
    {"failure in end for one stage",
     "M.end_one=fail",
     {"--stage", "one", NULL},
     1,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin W.begin "
     "L.body M.body A.body W.body M.end_one"},
    {"failure in skip",
     "L.skip=fail",
     {NULL},
     1,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin W.begin "
     "L.skip"},
    {"failure in prepare",
     "W.body=retry W.body=retry W.body=retry W.body=retry W.body=retry L.prepare=fail",
     {"--stage", "one", "--one-retry-attempts", "2", NULL},
     1,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin W.begin "
     "L.body M.body A.body W.body M.end_one A.end_one W.end L.prepare"},
    {"failure in retry error",
     "W.body=retry W.body=retry W.body=retry W.body=retry W.body=retry L.error=fail",
     {"--stage", "one", "--one-retry-attempts", "1", NULL},
     1,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin W.begin "
     "L.body M.body A.body W.body M.end_one A.end_one W.end L.prepare "
     "M.prepare A.prepare W.prepare L.begin_one L.begin M.begin A.begin "
     "W.begin L.body M.body A.body W.body M.end_one A.end_one W.end "
     "L.error"},
    {"retry asked for by begin",
     "A.begin=retry",
     {"--stage", "one", "--one-retry-attempts", "1", NULL},
     0,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin "
     "L.prepare M.prepare A.prepare W.prepare L.begin_one L.begin M.begin "
     "A.begin W.begin L.body M.body A.body W.body M.end_one A.end_one "
     "W.end L.post M.post A.post W.post"},
    {"retry asked for by skip",
     "A.skip=retry",
     {"--one-retry-attempts", "1", NULL},
     0,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin W.begin "
     "L.skip M.skip A.skip L.prepare M.prepare A.prepare W.prepare "
     "L.begin_one L.begin M.begin A.begin W.begin L.skip M.skip A.skip "
     "W.skip M.end_one A.end_one W.end L.post M.post A.post W.post"},
    {"retry asked for by end",
     "A.end_one=retry",
     {"--stage", "one", "--one-retry-attempts", "1", NULL},
     0,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin W.begin "
     "L.body M.body A.body W.body M.end_one A.end_one L.prepare M.prepare "
     "A.prepare W.prepare L.begin_one L.begin M.begin A.begin W.begin "
     "L.body M.body A.body W.body M.end_one A.end_one W.end L.post M.post "
     "A.post W.post"},
    {"body fails and end asks for retry",
     "W.body=fail A.end_one=retry",
     {"--stage", "one", "--one-retry-attempts", "1", NULL},
     0,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin W.begin "
     "L.body M.body A.body W.body M.end_one A.end_one L.prepare M.prepare "
     "A.prepare W.prepare L.begin_one L.begin M.begin A.begin W.begin "
     "L.body M.body A.body W.body M.end_one A.end_one W.end L.post M.post "
     "A.post W.post"},
    {"body and end fail",
     "W.body=fail A.end_one=fail",
     {"--stage", "one", NULL},
     1,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin W.begin "
     "L.body M.body A.body W.body M.end_one A.end_one"},
    {"exit in body, and end asks for retry",
     "A.body=exit A.end_one=retry",
     {"--stage", "one", "--one-retry-attempts", "1", NULL},
     3,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin W.begin "
     "L.body M.body A.body M.end_one A.end_one"},
    {"exit in body",
     "A.body=exit",
     {"--stage", "one", NULL},
     3,
     "L.pre M.pre A.pre W.pre L.begin_one L.begin M.begin A.begin W.begin "
     "L.body M.body A.body M.end_one A.end_one W.end"},
};

static void test_orders(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof scenarios / sizeof scenarios[0]; i++) {
        const scenario *s = &scenarios[i];
        virtual_clock clock;
        virtual_clock_init(&clock);
        (void)snprintf(plan, sizeof plan, "%s", s->plan);
        staged_script *script = fixture_script(&leaf, NULL, &clock);
        const int exit_status = fixture_run(script, s->words);
        if (strcmp(stg_buf_text(&order), s->order) != 0 || exit_status != s->exit_status)
            print_message("in: %s\n", s->about);
        assert_string_equal(stg_buf_text(&order), s->order);
        assert_int_equal(exit_status, s->exit_status);
        assert_non_null(strstr(fixture_output(script), "End test Script Execution Summary"));
        staged_script_free(script);
        stg_buf_free(&order);
    }
}

TEST_GROUP(order)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_orders)};
    return cmocka_run_group_tests_name("script order", tests, NULL, NULL);
}
