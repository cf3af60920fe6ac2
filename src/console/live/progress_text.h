/* SPDX-License-Identifier: BSD-3-Clause
 *
 * The texts in the columns of a progress display, in Rich's words. */
#ifndef STG_CONSOLE_LIVE_PROGRESS_TEXT_H
#define STG_CONSOLE_LIVE_PROGRESS_TEXT_H

#include "base/text/buf.h"
#include "console/live/task.h"

/* " 42%" */
void stg_progress_percentage(stg_buf *out, const stg_task *task);
/* " 7/100", " 7/?" */
void stg_progress_count(stg_buf *out, const stg_task *task);
/* "0:00:07", "-:--:--" before it is started */
void stg_progress_elapsed(stg_buf *out, const stg_task *task, int64_t now_ns);
/* "0:01:07", "-:--:--" while unknown; "" without a total */
void stg_progress_remaining(stg_buf *out, const stg_task *task);
/* "1.5 kB", "1 byte" */
void stg_progress_size(stg_buf *out, double bytes);
/* "0.5/2.3 GB", of bytes */
void stg_progress_download(stg_buf *out, const stg_task *task);
/* "1.5 MB/s", "?" */
void stg_progress_transfer_speed(stg_buf *out, const stg_task *task);
/* "3.4 it/s", "" while unknown */
void stg_progress_speed(stg_buf *out, const stg_task *task);

#endif
