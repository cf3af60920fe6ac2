/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The places of a run, by name. */
#include <stdlib.h>
#include <string.h>

#include "base/failure/options.h"
#include "base/memory/grow.h"
#include "base/text/closest.h"
#include "base/text/texts.h"
#include "place/set/kinds.h"
#include "place/set/place.h"
#include "place/set/places.h"

/* Where commands run without a place. */
static const char here[] = "here";

struct stg_places {
    const staged_place_kind **kinds; /* those that were added */
    size_t kind_count, kind_capacity;
    stg_place *first; /* in the order of their declarations */
};

stg_places *stg_places_new(void)
{
    return calloc(1, sizeof(stg_places));
}

static void close_place(stg_place *place)
{
    if (place->opened != NULL && place->kind.close != NULL)
        place->kind.close(place->opened);
    place->opened = NULL;
}

static void free_place(stg_place *place)
{
    close_place(place);
    for (size_t i = 0; place->words != NULL && place->words[i] != NULL; i++)
        free(place->words[i]);
    free(place->words);
    free(place->name);
    free(place->file);
    free(place->missing);
    free(place->unusable);
    free(place);
}

void stg_places_free(stg_places *places)
{
    if (places == NULL)
        return;
    while (places->first != NULL) {
        stg_place *place = places->first;
        places->first = place->next;
        free_place(place);
    }
    free(places->kinds);
    free(places);
}

void stg_places_rest(stg_places *places)
{
    for (stg_place *place = places == NULL ? NULL : places->first; place != NULL;
         place = place->next) {
        place->rests = place->rests || (place->opened != NULL && place->kind.close != NULL);
        if (place->rests)
            close_place(place);
    }
}

/* ---- Kinds ---- */

static const staged_place_kind *find_kind(const stg_places *places, const char *name)
{
    for (size_t i = 0; i < places->kind_count; i++) {
        if (strcmp(places->kinds[i]->name, name) == 0)
            return places->kinds[i];
    }
    return stg_place_kind(name);
}

static staged_status refuse_kind(const stg_places *places, const char *name, stg_error *error)
{
    stg_search search = stg_search_for(name);
    stg_buf known = {0};
    for (size_t i = 0; stg_place_kind_name(i) != NULL; i++) {
        stg_search_look(&search, stg_place_kind_name(i));
        stg_buf_addf(&known, "%s'%s'", known.length > 0 ? ", " : "", stg_place_kind_name(i));
    }
    for (size_t i = 0; i < places->kind_count; i++) {
        stg_search_look(&search, places->kinds[i]->name);
        stg_buf_addf(&known, "%s'%s'", known.length > 0 ? ", " : "", places->kinds[i]->name);
    }
    if (search.found != NULL)
        stg_error_set(error, STAGED_BAD_INPUT, "unknown kind of places '%s'; did you mean '%s'?",
                      name, search.found);
    else
        stg_error_set(error, STAGED_BAD_INPUT, "unknown kind of places '%s'; known are %s", name,
                      stg_buf_text(&known));
    stg_buf_free(&known);
    return error->status;
}

/* ---- Places ---- */

static bool is_name(const char *name)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    return *name != '\0' && *name != '-' && name[strspn(name, allowed)] == '\0';
}

static stg_place *find(const stg_places *places, const char *name)
{
    stg_place *place = places->first;
    while (place != NULL && strcmp(place->name, name) != 0)
        place = place->next;
    return place;
}

static bool keep_words(stg_place *place, const char *const *words)
{
    size_t count = 0;
    while (words != NULL && words[count] != NULL)
        count++;
    place->words = calloc(count + 1, sizeof *place->words);
    for (size_t i = 0; i < count && place->words != NULL; i++) {
        place->words[i] = strdup(words[i]);
        if (place->words[i] == NULL)
            return false;
    }
    return place->words != NULL;
}

static staged_status open_place(stg_place *place, stg_error *error)
{
    const char *const *words = (const char *const *)place->words;
    if (place->kind.open == NULL)
        return *words == NULL
                   ? STAGED_OK
                   : stg_error_set(error, STAGED_BAD_INPUT, "place '%s': %s takes no words: '%s'",
                                   place->name, place->kind.name, *words);
    char *problem = NULL;
    const staged_status status = place->kind.open(words, &place->opened, &problem);
    if (status != STAGED_OK)
        stg_error_set(error, status == STAGED_NO_MEMORY ? status : STAGED_BAD_INPUT,
                      "place '%s': %s", place->name,
                      problem == NULL ? staged_status_text(status) : problem);
    free(problem);
    place->rests = place->rests && status != STAGED_OK;
    return status == STAGED_OK ? STAGED_OK : error->status;
}

/* NULL: out of memory.
 *   kind  NULL: not known */
static stg_place *make_place(const char *file, const char *name, const staged_place_kind *kind)
{
    stg_place *place = calloc(1, sizeof *place);
    if (place == NULL)
        return NULL;
    if (kind != NULL)
        (void)STG_READ_OPTIONS(&place->kind, kind, staged_place_kind);
    place->name = strdup(name);
    place->file = file == NULL ? NULL : strdup(file);
    if (place->name != NULL && (file == NULL || place->file != NULL))
        return place;
    free_place(place);
    return NULL;
}

/* The file is for many scripts, and another one may have that kind. */
static staged_status keep_unusable(const stg_places *places, stg_place *place, const char *kind,
                                   stg_error *error)
{
    stg_error unknown = {0};
    stg_buf why = {0};
    (void)refuse_kind(places, kind, &unknown);
    stg_buf_addf(&why, "place '%s': %s", place->name, stg_error_text(&unknown));
    stg_error_free(&unknown);
    place->unusable = stg_buf_take(&why);
    place->missing = strdup(kind);
    return place->unusable == NULL || place->missing == NULL
               ? stg_error_set(error, STAGED_NO_MEMORY, "out of memory")
               : STAGED_OK;
}

bool stg_places_has(const stg_places *places, const char *name, const char *kind,
                    const char *const *words)
{
    static const char *const none[] = {NULL};
    const stg_place *place = find(places, name);
    return place != NULL && place->file == NULL && strcmp(place->kind.name, kind) == 0 &&
           stg_same_texts((const char *const *)place->words, words == NULL ? none : words);
}

staged_status stg_places_add_of(stg_places *places, const char *file, const char *name,
                                const char *kind, const char *const *words, stg_error *error)
{
    if (name == NULL || !is_name(name))
        return stg_error_set(error, STAGED_BAD_INPUT,
                             "the name of a place may have letters, digits, '-' and '_', not '%s'",
                             name == NULL ? "NULL" : name);
    if (strcmp(name, here) == 0)
        return stg_error_set(error, STAGED_BAD_INPUT,
                             "'here' is this machine; a place needs another name");
    const stg_place *known = find(places, name);
    if (known != NULL && known->file != NULL)
        return STAGED_OK;
    if (known != NULL)
        return stg_error_set(error, STAGED_BAD_INPUT, "place '%s' is declared twice", name);
    kind = kind == NULL ? "" : kind;
    const staged_place_kind *record = find_kind(places, kind);
    if (record == NULL && file == NULL)
        return refuse_kind(places, kind, error);
    stg_place *place = make_place(file, name, record);
    if (place == NULL)
        return stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
    staged_status status = !keep_words(place, words)
                               ? stg_error_set(error, STAGED_NO_MEMORY, "out of memory")
                           : record == NULL ? keep_unusable(places, place, kind, error)
                                            : open_place(place, error);
    if (status != STAGED_OK) {
        free_place(place);
        return status;
    }
    stg_place **last = &places->first;
    while (*last != NULL)
        last = &(*last)->next;
    *last = place;
    return STAGED_OK;
}

/* Opens what files have declared before there was its kind. */
static staged_status open_missing(stg_places *places, const staged_place_kind *kind,
                                  stg_error *error)
{
    for (stg_place *place = places->first; place != NULL; place = place->next) {
        if (place->missing == NULL || strcmp(place->missing, kind->name) != 0)
            continue;
        stg_error own = {0};
        place->kind = *kind;
        const staged_status status = open_place(place, &own);
        char *why = status == STAGED_OK ? NULL : strdup(stg_error_text(&own));
        stg_error_free(&own);
        if (status == STAGED_NO_MEMORY || (status != STAGED_OK && why == NULL)) {
            free(why);
            return stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
        }
        free(place->missing);
        free(place->unusable);
        place->missing = NULL;
        place->unusable = why;
    }
    return STAGED_OK;
}

staged_status stg_places_add_kind(stg_places *places, const staged_place_kind *kind,
                                  stg_error *error)
{
    staged_place_kind own;
    const char *problem = STG_READ_OPTIONS(&own, kind, staged_place_kind);
    if (problem != NULL)
        return stg_error_set(error, STAGED_BAD_USE, "%s", problem);
    if (own.name == NULL || *own.name == '\0' || own.begin == NULL)
        return stg_error_set(error, STAGED_BAD_USE, "a kind of places needs `.name` and `.begin`");
    if (find_kind(places, own.name) != NULL || strcmp(own.name, here) == 0)
        return stg_error_set(error, STAGED_BAD_USE, "there is already a kind of places '%s'",
                             own.name);
    if (!stg_grow(&places->kinds, &places->kind_capacity, places->kind_count + 1,
                  sizeof *places->kinds))
        return stg_error_set(error, STAGED_NO_MEMORY, "out of memory");
    places->kinds[places->kind_count++] = kind;
    return open_missing(places, &own, error);
}

bool stg_places_has_kind(const stg_places *places, const staged_place_kind *kind)
{
    size_t i = 0;
    while (i < places->kind_count && places->kinds[i] != kind)
        i++;
    return i < places->kind_count;
}

bool stg_places_has_of(const stg_places *places, const char *file, const char *name)
{
    const stg_place *place = find(places, name);
    return place != NULL && place->file != NULL && strcmp(place->file, file) == 0;
}

staged_status stg_places_add(stg_places *places, const char *name, const char *kind,
                             const char *const *words, stg_error *error)
{
    return stg_places_add_of(places, NULL, name, kind, words, error);
}

static staged_status refuse_name(const stg_places *places, const char *name, stg_error *error)
{
    stg_search search = stg_search_for(name);
    stg_buf known = {0};
    stg_search_look(&search, here);
    for (const stg_place *place = places->first; place != NULL; place = place->next) {
        stg_search_look(&search, place->name);
        stg_buf_addf(&known, "'%s', ", place->name);
    }
    if (search.found != NULL)
        stg_error_set(error, STAGED_NOT_FOUND, "unknown place '%s'; did you mean '%s'?", name,
                      search.found);
    else if (known.length == 0)
        stg_error_set(error, STAGED_NOT_FOUND,
                      "unknown place '%s'; no places are declared: see docs/places.md", name);
    else
        stg_error_set(error, STAGED_NOT_FOUND, "unknown place '%s'; known are %sand 'here'", name,
                      stg_buf_text(&known));
    stg_buf_free(&known);
    return error->status;
}

staged_status stg_places_find(const stg_places *places, const char *name, stg_place **place,
                              stg_error *error)
{
    *place = NULL;
    if (strcmp(name, here) == 0)
        return STAGED_OK;
    stg_place *found = find(places, name);
    if (found == NULL)
        return refuse_name(places, name, error);
    if (found->unusable != NULL)
        return stg_error_set(error, STAGED_BAD_INPUT, "%s: %s", found->file, found->unusable);
    if (found->rests)
        STAGED_TRY(open_place(found, error));
    *place = found;
    return STAGED_OK;
}

void stg_places_visit(const stg_places *places, void (*visit)(void *context, const char *name),
                      void *context)
{
    for (const stg_place *place = places->first; place != NULL; place = place->next) {
        if (place->unusable == NULL)
            visit(context, place->name);
    }
}

const char *stg_place_name(const stg_place *place)
{
    return place == NULL ? here : place->name;
}

bool stg_place_needs_folder(const stg_place *place)
{
    return place->kind.needs_folder;
}

bool stg_place_shares_files(const stg_place *place)
{
    return place == NULL || place->kind.shares_files;
}

const char *stg_place_file(const stg_place *place)
{
    return place->file;
}
