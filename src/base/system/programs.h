/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Where programs are. */
#ifndef STG_BASE_SYSTEM_PROGRAMS_H
#define STG_BASE_SYSTEM_PROGRAMS_H

#include <stdbool.h>

/* Finds a program along folders, as PATH lists them; an empty one is ours.
 *   folders   NULL: none
 *   absolute  whether folders that are relative are passed over
 *   path      receives where it is, which the caller frees; NULL: it is nowhere
 * Returns false when out of memory. */
bool stg_find_program(const char *name, const char *folders, bool absolute, char **path);

#endif
