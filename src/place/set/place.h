/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A declared place. */
#ifndef STG_PLACE_SET_PLACE_H
#define STG_PLACE_SET_PLACE_H

#include "place/framework.h"

/* A declared place.
 *   kind    in our version of the struct
 *   words   of its declaration, ended with NULL
 *   opened  what the kind has made of them
 *   rests   whether it was closed until it is used again
 *   file    the file of places that declares it; NULL: the script does
 *   missing the name of its kind, if there is none of that name (yet)
 *   unusable
 *           why it cannot be used, which is an error only if it is: a file is for many scripts, and
 *           another one may have that kind; NULL: it can */
struct stg_place {
    struct stg_place *next;
    char *name;
    staged_place_kind kind;
    char **words;
    void *opened;
    bool rests;
    char *file;
    char *missing;
    char *unusable;
};

#endif
