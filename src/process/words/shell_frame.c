/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What is open in a text for a shell, and the words in it. */
#include "process/words/shell_frame.h"

#include "process/words/lexer.h"

void stg_frame_push(stg_shell_text *s, int kind)
{
    if (s->depth + 1 == STG_SHELL_NESTING) {
        s->is_lost = true;
        return;
    }
    s->frames[++s->depth] =
        (stg_shell_frame){.kind = kind,
                          .part = kind == CASE ? STG_CASE_SUBJECT : STG_CASE_COMMANDS,
                          .word.is_command = kind != LIST && kind != CASE};
}

/* ---- Words that are told ---- */

/* Words begin one behind the other, so that lines are counted once. */
static void begin_told(stg_shell_text *s)
{
    stg_shell_told *told = s->told;
    for (; told->counted < s->at; told->counted++)
        told->line += told->text[told->counted] == '\n';
    word_of(s)->told_at = told->words.length;
    word_of(s)->line = told->line;
}

/* Neither patterns, nor what [[ compares, nor the words of an array are those of a command. */
static void tell(stg_shell_text *s, const stg_shell_word *word)
{
    stg_shell_told *told = s->told;
    if (told->words.failure != STAGED_OK) {
        s->is_lost = true;
        return;
    }
    const stg_shell_frame *frame = &s->frames[s->depth];
    if (!word->is_target && frame->kind != TEST && frame->kind != LIST &&
        frame->part == STG_CASE_COMMANDS) {
        const char *text = stg_buf_text(&told->words) + word->told_at;
        const staged_bash_word given = {.text = word->is_unsure ? NULL : text,
                                        .line = word->line,
                                        .depth = s->depth,
                                        .may_be_command = stg_shell_word_begins_command(word)};
        told->tell(told->context, &given);
    }
    stg_buf_truncate(&told->words, word->told_at);
}

/* ---- Words ---- */

void stg_frame_begin_word(stg_shell_text *s)
{
    stg_shell_word *word = word_of(s);
    if (word->begun)
        return;
    word->begun = word->may_be_name = true;
    if (s->told != NULL)
        begin_told(s);
}

void stg_frame_add_part(stg_shell_text *s)
{
    stg_shell_word *word = word_of(s);
    stg_frame_begin_word(s);
    word->length = STG_SHELL_KEYWORD;
    word->may_be_name = false;
}

void stg_frame_add_character(stg_shell_text *s, char c)
{
    stg_shell_word *word = word_of(s);
    stg_frame_begin_word(s);
    stg_frame_name(s, c);
    /* zsh takes it for the end of commands, and the case for broken. */
    if (c == '}' && s->frames[s->depth].part != STG_CASE_COMMANDS)
        differ(s);
    if (word->length < STG_SHELL_KEYWORD)
        word->head[word->length++] = c;
    if (c == '=' && (word->may_be_name || word->is_subscript))
        word->is_assignment = true;
    if (c == '[' && word->may_be_name && word->length > 1 &&
        (word->is_command || word->reader == STG_READER_DECLARE))
        word->is_subscript = true;
    if (c == ']')
        word->is_subscript = false;
    /* NAME+=, too. */
    if (!stg_shell_is_name_character(c) && c != '+')
        word->may_be_name = false;
    if (c == '[' || c == '{' || c == '~')
        word->is_pattern = true;
}

void stg_frame_begin_command(stg_shell_text *s)
{
    const bool is_test = kind_of(s) == TEST;
    *word_of(s) = (stg_shell_word){.is_command = !is_test && kind_of(s) != LIST,
                                   .reader = is_test ? STG_READER_TEST : STG_READER_NONE};
}

/* [[ and ]], between which there are no commands. */
static void read_test(stg_shell_text *s, const stg_shell_word *ended, bool may_be_keyword)
{
    if (may_be_keyword && stg_shell_word_is(ended, "[[")) {
        *word_of(s) = (stg_shell_word){0};
        stg_frame_push(s, TEST);
        stg_frame_begin_command(s);
    } else if (kind_of(s) == TEST && stg_shell_word_is(ended, "]]")) {
        s->depth--;
    }
}

/* case and esac among commands.  Shells find them in different places; wherever one might, it
 * matters, since the ) of a pattern would end something else. */
static void read_case(stg_shell_text *s, const stg_shell_word *ended, bool may_be_keyword)
{
    const bool is_case = stg_shell_word_is(ended, "case");
    const bool is_esac = stg_shell_word_is(ended, "esac");
    if (ended->behind_case == 2 &&
        (stg_shell_word_is(ended, "in") || stg_shell_word_is(ended, "{")))
        differ(s);
    if (!is_case && !is_esac)
        return;
    if (ended->is_doubtful || ended->is_function || ended->is_variable ||
        s->frames[s->depth].is_list)
        differ(s);
    if (!may_be_keyword)
        return;
    if (is_case)
        stg_frame_push(s, CASE);
    else if (kind_of(s) == CASE)
        s->depth--;
    else
        differ(s);
}

/* What stands between case and the commands behind a pattern. */
static void read_part(stg_shell_text *s, const stg_shell_word *ended)
{
    stg_shell_frame *frame = &s->frames[s->depth];
    const bool is_esac = stg_shell_word_is(ended, "esac");
    if (ended->is_target)
        differ(s);
    if (frame->part == STG_CASE_SUBJECT) {
        frame->part = STG_CASE_IN;
    } else if (frame->part == STG_CASE_IN && stg_shell_word_is(ended, "in")) {
        frame->part = STG_CASE_AWAITED;
    } else if (frame->part == STG_CASE_IN) {
        differ(s);
    } else if (frame->part == STG_CASE_AWAITED && is_esac) {
        s->depth--;
    } else {
        frame->part = STG_CASE_PATTERN;
        /* Some shells take it for the end, wherever it stands. */
        if (is_esac)
            differ(s);
    }
}

void stg_frame_end_word(stg_shell_text *s)
{
    stg_shell_word *word = word_of(s);
    if (!word->begun)
        return;
    const stg_shell_word ended = *word;
    const bool is_of_case = s->frames[s->depth].part != STG_CASE_COMMANDS;
    const bool may_be_keyword = ended.is_command && !ended.is_target && !ended.is_function &&
                                !ended.is_variable && !is_of_case;
    if (s->told != NULL)
        tell(s, &ended);
    *word = stg_shell_word_behind(&ended,
                                  may_be_keyword && stg_shell_is_keyword(ended.head, ended.length));
    s->has_integers =
        s->has_integers || (ended.reader == STG_READER_DECLARE && word->reader == STG_READER_LET);
    if (is_of_case) {
        read_part(s, &ended);
        return;
    }
    read_test(s, &ended, may_be_keyword);
    read_case(s, &ended, may_be_keyword);
}

void stg_frame_open(stg_shell_text *s, int kind, size_t length)
{
    if (holds_commands(kind_of(s)))
        stg_frame_add_part(s);
    s->at += length;
    stg_frame_push(s, kind);
}

void stg_frame_close(stg_shell_text *s, size_t length)
{
    s->at += length;
    s->depth--;
}

void stg_frame_name(stg_shell_text *s, char c)
{
    stg_shell_word *word = &s->frames[innermost(s)].word;
    stg_shell_word_name(word, c);
    /* bash passes over NULs. */
    if (s->told != NULL && word->begun && c != '\0')
        stg_buf_add_char(&s->told->words, c);
}

void stg_frame_expand(stg_shell_text *s)
{
    stg_shell_word *word = &s->frames[innermost(s)].word;
    stg_shell_word_expand(word);
    word->is_unsure = true;
}

void stg_frame_drop_word(stg_shell_text *s)
{
    stg_shell_word *word = word_of(s);
    if (s->told != NULL && word->begun)
        stg_buf_truncate(&s->told->words, word->told_at);
    *word = (stg_shell_word){.is_command = word->is_command,
                             .is_timed = word->is_timed,
                             .is_doubtful = word->is_doubtful,
                             .reader = word->reader};
}
