/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Families that were begun by others than the launcher of commands. */
#include <stdlib.h>

#include <staged/family.h>

#include "process/family/family.h"
#include "process/signals/signals.h"

struct staged_family {
    stg_family members;
};

staged_family *staged_family_adopt(int64_t pid)
{
    staged_family *family = calloc(1, sizeof *family);
    if (family == NULL || !stg_gate_enter()) {
        free(family);
        return NULL;
    }
    stg_family_prepare(&family->members, false);
    stg_family_take_in(&family->members, (pid_t)pid);
    stg_gate_leave();
    return family;
}

size_t staged_family_signal(staged_family *family, int signal)
{
    return stg_family_signal(&family->members, signal, 0, NULL);
}

void staged_family_free(staged_family *family)
{
    if (family == NULL)
        return;
    stg_family_end(&family->members);
    free(family);
}
