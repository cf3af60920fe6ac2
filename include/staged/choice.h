/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A switch of an options struct whose zero value leaves the decision to us. */
#ifndef STAGED_CHOICE_H
#define STAGED_CHOICE_H

typedef enum staged_choice {
    STAGED_AUTO = 0, /* the default, which the option's documentation states */
    STAGED_YES,
    STAGED_NO
} staged_choice;

#endif
