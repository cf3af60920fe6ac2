/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Which system this is, for the few files that use what only one of them has. */
#ifndef STG_BASE_SYSTEM_H
#define STG_BASE_SYSTEM_H

/* Linux, unless the build was asked to do without it (`meson setup -Dportable=true`), so that what
 * other systems get is tested here as well. */
#if defined(__linux__) && !defined(STAGED_PORTABLE)
#define STG_ON_LINUX 1
#else
#define STG_ON_LINUX 0
#endif

#endif
