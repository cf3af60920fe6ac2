/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What the pages about several runs have in common. */
#include <inttypes.h>

#include "tool/record/moment.h"
#include "tool/several/pages.h"

void tool_several_add_duration(sh_text *out, int64_t duration_ns)
{
    char text[TOOL_MOMENT_SIZE];
    sh_text_addf(out, "%s", tool_duration_text(duration_ns, text));
}

void tool_several_add_percent(sh_text *out, int64_t hundredths)
{
    sh_text_addf(out, "%" PRId64 ".%02" PRId64 "%%", hundredths / 100, hundredths % 100);
}
