/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a user of the installed library might write first; C and C++ at once. */
#include <stdio.h>

#include <staged/staged.h>

int main(void)
{
    char text[STAGED_DURATION_TEXT_SIZE];
    printf("%s, %s\n", staged_status_text(STAGED_TIMED_OUT),
           staged_duration_text(90061000001000, text, sizeof text));
    return 0;
}
