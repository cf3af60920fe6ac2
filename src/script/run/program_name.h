/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the running program is called. */
#ifndef STG_SCRIPT_RUN_PROGRAM_NAME_H
#define STG_SCRIPT_RUN_PROGRAM_NAME_H

/* Where each system keeps it; the name, or a path. */
const char *stg_program_name(void);

#endif
