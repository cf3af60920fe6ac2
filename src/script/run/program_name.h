/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The running program's name. */
#ifndef STG_SCRIPT_RUN_PROGRAM_NAME_H
#define STG_SCRIPT_RUN_PROGRAM_NAME_H

/* The name, or a path, as the system keeps it. */
const char *stg_program_name(void);

#endif
