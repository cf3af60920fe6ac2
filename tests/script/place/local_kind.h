/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A kind of places for tests, as an author would write one: "there" is this machine. */
#ifndef STAGED_TESTS_SCRIPT_PLACE_LOCAL_KIND_H
#define STAGED_TESTS_SCRIPT_PLACE_LOCAL_KIND_H

#include <staged/place.h>

/* "local".  The words of a place say how it behaves:
 *   queue       commands wait until the file $GATE is there
 *   away        nothing is known of them until then
 *   survives    they go on when the script is killed, and can be taken over
 *   refuses=N   they cannot begin because of that staged_place_failure
 *   fails=N     they end because of it
 *   passes      another attempt is worth it
 *   leaves      what was stopped could not be ended
 *   quiet       commands have no name and no node
 * What is asked of it is added to the file $TRACE, a line each. */
extern const staged_place_kind local_kind;

#endif
