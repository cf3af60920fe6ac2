/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The verbs that log something, or show it during a wait. */
#include <stdlib.h>
#include <string.h>

#include <staged/renderable.h>
#include <staged/secrets.h>

#include "tool/verbs/verb.h"

/* Replies with the status of `call`, which logs `f`. */
#define SAY(call)                                                                                  \
    do {                                                                                           \
        sh_format f;                                                                               \
        if (sh_format_words(shell, request, first, &f))                                            \
            sh_fail_verb(shell, request, (call));                                                  \
        sh_format_free(&f);                                                                        \
    } while (0)

void sh_say_take(sh_shell *shell, const sh_request *request, staged_renderable *renderable)
{
    if (shell->picture != NULL) {
        sh_fail_verb(shell, request, staged_render_group_add(shell->picture, renderable));
        return;
    }
    const staged_status status =
        staged_log_renderable_at(shell->script, &request->where, renderable);
    staged_renderable_free(renderable);
    sh_fail_verb(shell, request, status);
}

void sh_verb_log(sh_shell *shell, const sh_request *request)
{
    const size_t first = 0;
    SAY(shell->picture == NULL
            ? staged_log_at(shell->script, &request->where, sh_text_of(&f.format), SH_VALUES(&f))
            : staged_render_group_add(shell->picture,
                                      staged_markup_new(sh_text_of(&f.format), SH_VALUES(&f))));
}

void sh_verb_log_dry_run(sh_shell *shell, const sh_request *request)
{
    const size_t first = 0;
    SAY(staged_log_dry_run_at(shell->script, &request->where, 0, sh_text_of(&f.format),
                              SH_VALUES(&f)));
}

/* `VERB --NAME VALUE ...`: returns the value, and moves `*first` behind it; NULL: it is not
 * given. */
static const char *take_option(const sh_request *request, const char *name, size_t *first)
{
    if (request->word_count <= *first + 1 || strcmp(request->words[*first], name) != 0)
        return NULL;
    *first += 2;
    return request->words[*first - 1];
}

static bool take_flag(const sh_request *request, const char *name, size_t *first)
{
    const bool is_given = request->word_count > *first && strcmp(request->words[*first], name) == 0;
    *first += is_given;
    return is_given;
}

void sh_verb_heading(sh_shell *shell, const sh_request *request)
{
    size_t first = 0;
    const char *color = take_option(request, "--color", &first);
    SAY(staged_log_heading_at(shell->script, &request->where, color, sh_text_of(&f.format),
                              SH_VALUES(&f)));
}

/* `panel [--fit] [--title T] ...`, in any order. */
void sh_verb_panel(sh_shell *shell, const sh_request *request)
{
    size_t first = 0;
    bool fits = take_flag(request, "--fit", &first);
    const char *title = take_option(request, "--title", &first);
    fits = take_flag(request, "--fit", &first) || fits;
    sh_format f;
    if (sh_format_words(shell, request, first, &f))
        sh_say_take(shell, request,
                    staged_panel_new(STAGED_OPTIONS(staged_panel_options, .title = title,
                                                    .expand = fits ? STAGED_NO : STAGED_AUTO),
                                     staged_markup_new(sh_text_of(&f.format), SH_VALUES(&f))));
    sh_format_free(&f);
}

/* Shows a text in the colours that `make` gives it; nothing for an empty one, as for files that do
 * not differ. */
static void show_data(sh_shell *shell, const sh_request *request,
                      staged_renderable *(*make)(const char *text))
{
    if (request->word_count != 1) {
        sh_bad_verb(shell, request, "%s shows one text, or what it reads", request->verb);
        return;
    }
    const char *text = request->words[0];
    if (*text == '\0') {
        sh_answer(shell, 0);
        return;
    }
    if (shell->secrets == NULL) {
        sh_say_take(shell, request, make(text));
        return;
    }
    char *masked = staged_secrets_mask(shell->secrets, text, strlen(text), NULL);
    sh_say_take(shell, request, masked == NULL ? NULL : make(masked));
    free(masked);
}

void sh_verb_show_json(sh_shell *shell, const sh_request *request)
{
    show_data(shell, request, staged_json_new);
}

void sh_verb_show_diff(sh_shell *shell, const sh_request *request)
{
    show_data(shell, request, staged_diff_new);
}

void sh_verb_section(sh_shell *shell, const sh_request *request)
{
    if (request->word_count < 2) {
        sh_bad_verb(shell, request, "section needs a heading and a text");
        return;
    }
    const size_t first = 1;
    SAY(staged_summary_set_section(shell->script, request->words[0], sh_text_of(&f.format),
                                   SH_VALUES(&f)));
}
