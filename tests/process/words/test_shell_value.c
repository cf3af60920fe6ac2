/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What real shells make of values that are put into a command. */
#include "process/framework.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <staged/process.h>

#include "support/cmocka_all.h"

static staged_status format(stg_buf *out, stg_shell_values *found, const char *text, ...)
    STAGED_PRINTF(3, 4);

static staged_status format(stg_buf *out, stg_shell_values *found, const char *text, ...)
{
    va_list values;
    va_start(values, text);
    const staged_status status = stg_shell_format(out, found, text, values);
    va_end(values);
    return status;
}

/* ---- How it looks ---- */

#define LOOKS(expected, ...)                                                                       \
    do {                                                                                           \
        stg_buf out_ = {0};                                                                        \
        stg_shell_values found_;                                                                   \
        assert_int_equal(format(&out_, &found_, __VA_ARGS__), STAGED_OK);                          \
        assert_int_equal(found_.refused, 0);                                                       \
        assert_string_equal(stg_buf_text(&out_), expected);                                        \
        stg_buf_free(&out_);                                                                       \
    } while (0)

static void test_quoted_only_where_it_must_be(void **state)
{
    (void)state;
    LOOKS("echo plain", "echo %s", "plain");
    LOOKS("echo 'two words' ''", "echo %s %s", "two words", "");
    LOOKS("git --version", "%s --version", "git");
    LOOKS("./run -x", "./%s -%c", "run", 'x');
    LOOKS("cp a=b c", "cp %s %s", "a=b", "c");
    LOOKS("CC=gcc make", "%s=%s make", "CC", "gcc");
    LOOKS("echo \"name is x y.\"", "echo \"name is %s.\"", "x y");
    LOOKS("echo \"\\$HOME \\`id\\` \\\" \\\\\"", "echo \"%s\"", "$HOME `id` \" \\");
    LOOKS("echo 'it'\"'\"'s'", "echo '%s'", "it's");
    LOOKS("echo 5 % abc 2>&1", "echo %d %% %.3s %d>&1", 5, "abcdef", 2);
    LOOKS("echo $((1 + 5)) `echo 6` \\7 # 8", "echo $((1 + %d)) `echo %d` \\%d # %d", 5, 6, 7, 8);
}

/* What another shell gets as a word, or as all of its code, is what is meant. */
static void test_for_another_shell(void **state)
{
    (void)state;
    LOOKS("sh -c 'echo \"$1\"' sh 'a b'", "sh -c 'echo \"$1\"' sh %s", "a b");
    LOOKS("sh -c 'exit 3'", "sh -c %s", "exit 3");
    LOOKS("sh -c \"exit 3\" && eval 'a b'", "sh -c \"%s\" && eval %s", "exit 3", "a b");
    LOOKS("sh run.sh -c \"a b\"; sh \"x/a\"", "sh run.sh -c \"a %s\"; sh \"x/%s\"", "b", "a");
    LOOKS("grep -c \"a b\" sh.txt", "grep -c \"a %s\" sh.txt", "b");
    LOOKS("echo sh; printf -c \"a b\"", "echo sh; printf -c \"a %s\"", "b");
    LOOKS("sh -c 'exit 5'", "sh -c 'exit %d'", 5);
    LOOKS("trap 'exit 3' TERM", "trap %s %s", "exit 3", "TERM");
    LOOKS("[[ 'a b' == \"c\" ]] && a[5]='d'", "[[ %s == \"%s\" ]] && a[%d]=%s", "a b", "c", 5, "d");
    LOOKS("[ 'x' = 'a b' -a 5 -gt 3 ]; ls a[b]'c'", "[ %s = %s -a 5 -gt 3 ]; ls a[b]%s", "x", "a b",
          "c");
    LOOKS("[[ ('a' == b) && $n -eq 5 ]] > b", "[[ (%s == b) && $n -eq %d ]] > %s", "a", 5, "b");
    LOOKS("export x='a b'; local y=c; a=([x]='d')", "export x=%s; local y=%s; a=([x]=%s)", "a b",
          "c", "d");
    LOOKS("$CC -c \"src/a b.c\"; command ls x", "$CC -c \"src/%s.c\"; command ls %s", "a b", "x");
    LOOKS("bash <<< 'a b'; cat <<< \"x c\"", "bash <<< %s; cat <<< \"x %s\"", "a b", "c");
    LOOKS("eval -- 'a b'; sh -c -e 'a b' sh c", "eval -- %s; sh -c -e %s sh %s", "a b", "a b", "c");
}

/* Harmless bytes that would mean something where they stand. */
static void test_special_values(void **state)
{
    (void)state;
    LOOKS("'if' x", "%s x", "if");
    LOOKS("echo if", "echo %s", "if");
    LOOKS("'PATH=/x' ls", "%s ls", "PATH=/x");
    LOOKS("A=b 'C=d' ls", "A=%s %s ls", "b", "C=d");
    LOOKS("a=b 'c=d' ls", "%s=%s %s ls", "a", "b", "c=d");
    LOOKS("echo '2'>f", "echo %s>f", "2");
    LOOKS("echo '1''2'>f", "echo %s%s>f", "1", "2");
    LOOKS("echo 2 >f", "echo %s >f", "2");
    LOOKS("echo \"$dir\"\"x\"", "echo \"$dir%s\"", "x");
    LOOKS("echo $dir'x' $dir/x", "echo $dir%s $dir%s", "x", "/x");
    LOOKS("echo \"$dir\"\"5\"", "echo \"$dir%d\"", 5);
    LOOKS("ls [!'a-z']*", "ls [!%s]*", "a-z");
    LOOKS("ls {x,'a,b'}", "ls {x,%s}", "a,b");
    LOOKS("'ca'se x", "%sse x", "ca");
    LOOKS("echo '=ls'", "echo %s", "=ls");
    LOOKS("ls ~'root' ~/'x'", "ls ~%s ~/%s", "root", "x");
    LOOKS("[[ $x =~ 'a.c' ]]", "[[ $x =~ %s ]]", "a.c");
    LOOKS("echo \"$x\\\n\"\"y\"", "echo \"$x\\\n%s\"", "y");
    LOOKS("echo \"$=\"\"x\"", "echo \"$=%s\"", "x");
    LOOKS("echo $$\"\"'a\\'", "echo $$%s", "a\\");
}

/* ---- What is refused ---- */

static void assert_refused(const char *text, const char *because)
{
    stg_buf out = {0};
    stg_shell_values found;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    assert_int_equal(format(&out, &found, text, "one", "two"), STAGED_OK);
#pragma GCC diagnostic pop
    if (found.refused != 2)
        print_error("%s\n", text);
    assert_int_equal(found.refused, 2);
    assert_non_null(strstr(found.advice, because));
    stg_buf_free(&out);
}

static void test_refused_with_advice(void **state)
{
    (void)state;
    assert_refused("echo %s $'%s'", "outside the quotes");
    assert_refused("echo %s `echo %s`", "$(...)");
    assert_refused("echo %s ${x:-%s}", "variable first");
    assert_refused("echo %s \"${x:-%s}\"", "variable first");
    assert_refused("echo %s $((1 + %s))", "pass a number");
    assert_refused("echo %s # %s", "leave it out");
    assert_refused("cat %s <<END\n%s\nEND\n", "here-document");
    assert_refused("cat %s <<-'END'\n%s\nEND\n", "here-document");
    assert_refused("cat %s <<%s\n", "fixed");
    assert_refused("echo %s $%s", "name a variable");
    assert_refused("echo %s \"$%s\"", "name a variable");
    assert_refused("echo %s \\%s", "backslash");
    assert_refused("echo %s) %s", "parentheses");
    assert_refused("echo %s; trap \"rm %s\" EXIT", "another shell");
    assert_refused("echo %s; alias x='ls %s'", "another shell");
    assert_refused("echo %s; let x=%s", "pass a number");
    assert_refused("echo %s; a[%s]=1", "pass a number");
    assert_refused("echo %s; [[ 5 -eq %s ]]", "pass a number");
    assert_refused("echo %s; [[ %s -lt 5 ]]", "pass a number");
    assert_refused("echo %s; if [[ \"%s\" -lt 5 ]]; then :; fi", "pass a number");
    assert_refused("echo %s >&%s", "twice");
    assert_refused("echo %s 2>&1\"%s\"", "twice");
    assert_refused("echo %s; sh -c \"echo %s\"", "another shell");
    assert_refused("echo %s; bash -o pipefail -ec 'echo %s'", "another shell");
    assert_refused("kubectl exec %s -- /bin/sh -c \"ls '%s'\"", "another shell");
    assert_refused("echo %s; su -l root -c \"id %s\"", "another shell");
    assert_refused("echo %s; 2>f dash >f -c x%s", "another shell");
    assert_refused("echo %s; eval \"x=%s\"", "another shell");
    assert_refused("echo %s; if eval echo %s; then :; fi", "another shell");
}

/* However the name of what reads it is written. */
static void test_refused_for_another_shell(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "echo %s; \"sh\" -c \"echo %s\"",
        "echo %s; \\bash -c \"echo %s\"",
        "echo %s; 's'h -c \"echo %s\"",
        "echo %s; \"/opt/a b/with/a/long/path/bin\"/bash -c \"echo %s\"",
        "echo %s; $SHELL -c \"echo %s\"",
        "echo %s; \"${CONFIG_SHELL:-/bin/sh}\" -c \"echo %s\"",
        "echo %s; $BASH -ec \"echo %s\"",
        "echo %s; bash --rcfile x -O extglob -c \"echo %s\"",
        "echo %s; sh -c -e \"echo %s\"",
        "echo %s; ksh93 -c \"echo %s\"",
        "echo %s; tcsh -c \"echo %s\"",
        "echo %s; bash <<< \"echo %s\"",
        "echo %s; command eval \"echo %s\"",
        "echo %s; builtin trap -- \"echo %s\" EXIT",
        "echo %s; \\eval \"echo %s\"",
        "echo %s; script -q -c \"echo %s\" /dev/null",
        "echo %s; flock file -c \"echo %s\"",
        "echo %s; compgen -W \"a %s\" -- a"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_refused(texts[i], "another shell");
    stg_buf out = {0};
    stg_shell_values found;
    assert_int_equal(format(&out, &found, "%s -c \"ls %s\"", "/bin/sh", "x"), STAGED_OK);
    assert_int_equal(found.refused, 2);
    stg_buf_free(&out);
}

static void test_refused_where_bash_evaluates(void **state)
{
    (void)state;
    static const char *const numbers[] = {"echo %s; [ %s -eq 1 ]",
                                          "echo %s; test 1 -lt \"%s\"",
                                          "echo %s; test -v %s",
                                          "echo %s; [[ (1 -eq %s) ]]",
                                          "echo %s; [[ a == a && 1 -eq %s ]]",
                                          "echo %s; [[ a == a ||\n %s -eq 1 ]]",
                                          "echo %s; [[ x%sy -eq 1 ]]",
                                          "echo %s; [[ \"x[%s]\" -eq 1 ]]",
                                          "echo %s; [[ %s\n -eq 1 ]]",
                                          "echo %s; command let n=%s",
                                          "echo %s; a=([%s]=x)",
                                          "echo %s; declare a[%s]=1",
                                          "echo %s; declare -i n=%s",
                                          "echo %s; typeset -ri n; n=%s"};
    static const char *const variables[] = {
        "echo %s; printf -v \"%s\" x", "echo %s; unset %s",     "echo %s; read -r %s <<< x",
        "echo %s; mapfile -t %s <f",   "echo %s; declare %s=1", "echo %s; wait -n -p %s"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        assert_refused(numbers[i], "pass a number");
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        assert_refused(variables[i], "name of a variable");
}

static void test_missing_and_cut_values(void **state)
{
    (void)state;
    stg_buf out = {0};
    stg_shell_values found;
    const char *volatile none = NULL;
    assert_int_equal(format(&out, &found, "echo %s", none), STAGED_OK);
    assert_true(found.is_missing);
    assert_int_equal(format(&out, &found, "echo %c", '\0'), STAGED_OK);
    assert_true(found.is_cut);
    assert_false(found.is_missing);
    stg_buf_free(&out);
}

/* ---- What shells make of it ---- */

/* The first values are a piece each. */
enum { PIECES = 71, VALUES = 10000, GROUP = 4, LONGEST = 48 };

static char values[VALUES][LONGEST];

/* Numbers that are the same everywhere. */
static unsigned next_random(void)
{
    static unsigned seed = 20240607;
    seed = seed * 1103515245 + 12345;
    return seed >> 16;
}

static void make_values(void)
{
    static const char *const pieces[] = {"$(echo >pwned)",
                                         "`echo >pwned`",
                                         ";echo >pwned;",
                                         "\n",
                                         "'",
                                         "\"",
                                         "\\",
                                         "$",
                                         "$HOME",
                                         "${HOME}",
                                         "$((1+1))",
                                         "a",
                                         "  ",
                                         "\t",
                                         "*",
                                         "?",
                                         "[a-z]",
                                         "{1,2}",
                                         "~",
                                         "#",
                                         "!",
                                         "&",
                                         "|",
                                         "<",
                                         ">pwned",
                                         "(",
                                         ")",
                                         "if",
                                         "do",
                                         "case",
                                         "esac",
                                         "E",
                                         "\nE\n",
                                         "-n",
                                         "--",
                                         "=",
                                         "A=b",
                                         "2",
                                         "10",
                                         "%s",
                                         "%",
                                         "\\n",
                                         "\\0",
                                         "\r",
                                         "\x01",
                                         "\x1b[0m",
                                         "\x7f",
                                         "\xff",
                                         "\x81\x82",
                                         "\x84\x88",
                                         "\xc3\xa9",
                                         "\xe2\x80",
                                         ":",
                                         ",",
                                         "..",
                                         "/",
                                         "@",
                                         "+",
                                         "^",
                                         "`",
                                         "]",
                                         "}",
                                         "'$(echo >pwned)'",
                                         "\"$(echo >pwned)\"",
                                         "\\'",
                                         "\\\"",
                                         "\\$",
                                         "\\`",
                                         "\\\\",
                                         "x",
                                         "'\"'\"'"};
    _Static_assert(sizeof pieces / sizeof *pieces == PIECES, "each is a value by itself");
    for (size_t i = 0; i < VALUES; i++) {
        const unsigned count = i < PIECES ? 1 : next_random() % 6;
        for (unsigned n = 0; n < count; n++) {
            const char *piece = i < PIECES ? pieces[i] : pieces[next_random() % PIECES];
            if (strlen(values[i]) + strlen(piece) < LONGEST)
                strcat(values[i], piece);
        }
    }
}

/* Each takes four values and hands them over between < and >, on the descriptor 3. */
static const char *const templates[] = {
    "show %s %s %s %s\n",
    "show \"%s\" \"%s\" \"%s\" \"%s\"\n",
    "show '%s' '%s' '%s' '%s'\n",
    "show %s \"%s\" '%s' ''%s\"\"\n",
    "x=%s; y=\"%s\"; z='%s' w=%s; show \"$x\" \"$y\" \"$z\" \"$w\"\n",
    "if :; then show %s; fi; for x in %s \"%s\"; do show \"$x\"; done; { show %s; }\n",
    "show %s\\\n \"%s\" \\\n'%s' %s\n",
    /* From here on they fork. */
    "(show \"$(:)%s\" %s) && { show '%s' \"%s$(:)\"; }\n",
    ": \"$(show %s \"%s\" '%s' \"$(:)\"%s)\"\n",
    ": $(show %s \"%s\"; : \"$(show '%s' \"%s\")\")\n",
    ": \"$(case x in x) show %s; show '%s' ;; esac)\"; case x in (x) show %s \"%s\" ;; esac\n",
    "cat >/dev/null <<E; show %s; show \"%s\"\nit's $(:) \"\nE\nshow '%s' %s\n",
    "show `:`%s ${none}%s \"${none:-}%s\" $((1))%s # it's\n",
    ": | show %s \"%s\" '%s' %s\n",
};
enum { TEMPLATES = sizeof templates / sizeof *templates, FORKING = 7 };

static void add_expected(stg_buf *out, size_t template, const char *const *v)
{
    const bool has_one = strstr(templates[template], "$((1))") != NULL;
    stg_buf_addf(out, "<%s><%s><%s><%s%s>", v[0], v[1], v[2], has_one ? "1" : "", v[3]);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void add_round(stg_buf *script, size_t template, const char *const *v)
{
    stg_buf one = {0};
    stg_shell_values found;
    assert_int_equal(format(&one, &found, templates[template], v[0], v[1], v[2], v[3]), STAGED_OK);
    assert_int_equal(found.refused, 0);
    stg_buf_add(script, one.data, one.length);
    stg_buf_free(&one);
}
#pragma GCC diagnostic pop

static void write_file(const char *path, const stg_buf *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text->data, 1, text->length, file), text->length);
    assert_int_equal(fclose(file), 0);
}

static void read_file(const char *path, stg_buf *text)
{
    char bytes[4096];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, file)) > 0;)
        stg_buf_add(text, bytes, n);
    (void)fclose(file);
}

static char directory[] = "/tmp/staged-shell-value-XXXXXX";

/* Runs a file of commands with a shell and compares what the commands received.  Returns whether
 * there is such a shell. */
static bool run_with(const char *shell, const stg_buf *expected)
{
    const bool is_box = strcmp(shell, "busybox") == 0;
    const char *const arguments[] = {shell, is_box ? "sh" : "./commands",
                                     is_box ? "./commands" : NULL, NULL};
    staged_completed_process *done;
    const staged_status status = staged_process_run(
        STAGED_OPTIONS(staged_process_options, .arguments = arguments, .directory = directory,
                       .environment = (const char *const[]){"HOME=/nowhere", "LC_ALL=C", NULL}),
        &done);
    const bool is_there = status != STAGED_NOT_FOUND;
    if (is_there) {
        assert_int_equal(status, STAGED_OK);
        assert_int_equal(done->exit_code, 0);
        char path[100];
        stg_buf received = {0};
        (void)snprintf(path, sizeof path, "%s/received", directory);
        read_file(path, &received);
        assert_int_equal(received.length, expected->length);
        assert_memory_equal(received.data, expected->data, expected->length);
        stg_buf_free(&received);
        (void)snprintf(path, sizeof path, "%s/pwned", directory);
        assert_int_not_equal(access(path, F_OK), 0);
    }
    staged_completed_process_free(done);
    return is_there;
}

static void test_shells_hand_over_the_very_bytes(void **state)
{
    (void)state;
    const size_t one_of = getenv("STAGED_ALL_SCENARIOS") != NULL ? 10 : 40;
    make_values();
    assert_non_null(mkdtemp(directory));
    for (size_t template = 0; template <TEMPLATES; template ++) {
        stg_buf script = {0}, expected = {0};
        stg_buf_add_text(&script, "show() { printf '<%s>' \"$@\" >&3; }\nexec 3>received\n");
        for (size_t i = 0; i < VALUES; i += GROUP) {
            /* What forks takes its time: each piece by itself, and of the others some, others each
             * time. */
            if (template >= FORKING && i >= PIECES && i / GROUP % one_of != template - FORKING)
                continue;
            const char *v[GROUP] = {values[i], values[i + 1], values[i + 2], values[i + 3]};
            add_round(&script, template, v);
            add_expected(&expected, template, v);
        }
        char path[100];
        (void)snprintf(path, sizeof path, "%s/commands", directory);
        write_file(path, &script);
        assert_true(run_with("/bin/sh", &expected));
        (void)run_with("bash", &expected);
        /* In turn, as there may be many of them. */
        static const char *const others[] = {"zsh", "ksh", "yash", "busybox"};
        (void)run_with(others[template % 4], &expected);
        stg_buf_free(&script);
        stg_buf_free(&expected);
    }
    char path[100];
    const char *const names[] = {"commands", "received", ""};
    for (size_t i = 0; i < 3; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", directory, names[i]);
        assert_int_equal(remove(path), 0);
    }
}

TEST_GROUP(shell_value)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quoted_only_where_it_must_be),
        cmocka_unit_test(test_for_another_shell),
        cmocka_unit_test(test_special_values),
        cmocka_unit_test(test_refused_with_advice),
        cmocka_unit_test(test_refused_for_another_shell),
        cmocka_unit_test(test_refused_where_bash_evaluates),
        cmocka_unit_test(test_missing_and_cut_values),
        cmocka_unit_test(test_shells_hand_over_the_very_bytes),
    };
    return cmocka_run_group_tests_name("process shell value", tests, NULL, NULL);
}
