/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What outlives a function: parsed arguments, and shared variables. */
#include <stdlib.h>
#include <string.h>

#include "tool/shell/shell.h"

static sh_news *find(const sh_shell *shell, const char *name)
{
    for (size_t i = 0; i < shell->news_count; i++) {
        if (strcmp(shell->news[i].name, name) == 0)
            return &shell->news[i];
    }
    return NULL;
}

void sh_news_set(sh_shell *shell, const char *name, const char *text)
{
    sh_news *news = find(shell, name);
    if (news != NULL && strcmp(news->text, text) == 0)
        return;
    if (news == NULL) {
        shell->news = sh_grown(shell->news, shell->news_count, sizeof *shell->news);
        news = &shell->news[shell->news_count++];
        *news = (sh_news){.name = sh_copy(name)};
    }
    free(news->text);
    news->text = sh_copy(text);
    news->version = ++shell->version;
}

static int compare_versions(const void *left, const void *right)
{
    const sh_news *const *a = left;
    const sh_news *const *b = right;
    return ((*a)->version > (*b)->version) - ((*a)->version < (*b)->version);
}

/* In order of arrival: an argument may be shared, too. */
void sh_news_tell(sh_shell *shell, unsigned since, sh_frame *frame)
{
    if (frame != NULL)
        frame->heard = shell->version;
    const sh_news **told = sh_alloc((shell->news_count + 1) * sizeof *told);
    size_t count = 0;
    for (size_t i = 0; i < shell->news_count; i++) {
        if (shell->news[i].version > since)
            told[count++] = &shell->news[i];
    }
    qsort(told, count, sizeof *told, compare_versions);
    for (size_t i = 0; i < count; i++)
        sh_answer_eval(shell, told[i]->text);
    free(told);
}

bool sh_add_global(sh_text *text, const char *declaration)
{
    static const char declare[] = "declare -";
    if (strncmp(declaration, declare, sizeof declare - 1) != 0)
        return false;
    if (declaration[sizeof declare - 1] == '-')
        sh_text_addf(text, "declare -g %s", declaration + sizeof declare + 1);
    else
        sh_text_addf(text, "declare -g%s", declaration + sizeof declare - 1);
    return true;
}

static void take_one(sh_shell *shell, const sh_frame *frame, const char *name,
                     const char *declaration)
{
    /* A process that was killed while it waited for another does not know that one's changes. */
    const sh_news *known = find(shell, name);
    if (known != NULL && frame != NULL && known->version > frame->heard)
        return;
    sh_text text = {0};
    if (!sh_add_global(&text, declaration))
        sh_text_addf(&text, "unset -v %s", name);
    sh_news_set(shell, name, sh_text_of(&text));
    sh_text_free(&text);
}

void sh_news_take(sh_shell *shell, const sh_frame *frame)
{
    const sh_text *raw = sh_take_raw(shell);
    const char *end = sh_text_of(raw) + raw->length;
    for (const char *name = sh_text_of(raw); name < end;) {
        const char *declaration = name + strlen(name) + 1;
        if (declaration >= end)
            return;
        take_one(shell, frame, name, declaration);
        name = declaration + strlen(declaration) + 1;
    }
}
