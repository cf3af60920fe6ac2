/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Which system this is, for the few files with system-specific code. */
#ifndef STG_BASE_SYSTEM_SYSTEM_H
#define STG_BASE_SYSTEM_SYSTEM_H

/* Linux, unless configured with `meson setup -Dportable=true`, which builds the code for other
 * systems so that it is tested here, too. */
#if defined(__linux__) && !defined(STAGED_PORTABLE)
#define STG_ON_LINUX 1
#else
#define STG_ON_LINUX 0
#endif

#endif
