/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What getrlimit takes for a resource: an enumeration of its own in glibc. */
#ifndef STG_BASE_SYSTEM_RESOURCE_H
#define STG_BASE_SYSTEM_RESOURCE_H

#include <sys/resource.h>

#ifdef __GLIBC__
typedef __rlimit_resource_t stg_resource;
#else
typedef int stg_resource;
#endif

#endif
