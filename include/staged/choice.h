/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A switch in an options struct, whose zero value is the default. */
#ifndef STAGED_CHOICE_H
#define STAGED_CHOICE_H

typedef enum staged_choice {
    STAGED_AUTO = 0, /* the default, which the option's documentation states */
    STAGED_YES,
    STAGED_NO
} staged_choice;

#endif
