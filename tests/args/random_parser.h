/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Parsers and command lines made up from a seed: the same seed gives the same ones. */
#ifndef STAGED_TESTS_ARGS_RANDOM_PARSER_H
#define STAGED_TESTS_ARGS_RANDOM_PARSER_H

#include <stdint.h>

#include <staged/args.h>

#include "support/word_list.h"

typedef struct random_source {
    uint64_t state;
} random_source;

/* 0 to `below` - 1. */
uint32_t random_below(random_source *source, uint32_t below);
bool random_one_in(random_source *source, uint32_t n);

/* What a parser may have that no command line says: values of other kinds than the type's, several
 * actions for one destination. */
typedef enum random_taste { RANDOM_SANE, RANDOM_WILD } random_taste;

/* A parser; NULL without memory. */
staged_parser *random_parser(random_source *source, random_taste taste);
/* Words for it, good ones for the most part. */
void random_words(random_source *source, const staged_parser *parser, word_list *words);
/* A word: anything that can be typed. */
const char *random_word(random_source *source);

#endif
