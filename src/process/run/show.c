/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Showing a command's output as it arrives. */
#include "process/run/show.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "base/system/signal_guard.h"
#include "process/framework.h"
#include "process/secrets/secrets.h"
#include "process/system/fd.h"

bool stg_show_bytes(staged_output which, const char *bytes, size_t length)
{
    const stg_signal_guard guard = stg_signal_guard_begin(SIGPIPE);
    const bool is_written = stg_fd_write_all((int)which, bytes, length) == 0;
    stg_signal_guard_end(guard);
    return is_written;
}

stg_show stg_show_begin(const staged_process_options *options, staged_output which)
{
    return (stg_show){.which = which,
                      .show = options->show,
                      .context = options->show_context,
                      .mask = stg_mask_begin(stg_secrets_forms(options->secrets))};
}

static void show_bytes(void *context, const char *bytes, size_t length)
{
    stg_show *s = context;
    if (s->over || length == 0)
        return;
    if (s->show != NULL) {
        s->over = !s->show(s->context, s->which, bytes, length);
        return;
    }
    s->over = !stg_show_bytes(s->which, bytes, length);
}

void stg_show_add(stg_show *show, const char *bytes, size_t length)
{
    stg_mask_add(&show->mask, bytes, length, show_bytes, show);
}

void stg_show_end(stg_show *show)
{
    stg_mask_end(&show->mask, show_bytes, show);
}

void stg_show_file(int file, const staged_secrets *secrets, stg_take_bytes *take, void *context)
{
    char bytes[65536];
    off_t at = 0;
    ssize_t length;
    stg_mask mask = stg_mask_begin(stg_secrets_forms(secrets));
    while ((length = pread(file, bytes, sizeof bytes, at)) > 0 || (length < 0 && errno == EINTR)) {
        if (length < 0)
            continue;
        at += length;
        stg_mask_add(&mask, bytes, (size_t)length, take, context);
    }
    stg_mask_end(&mask, take, context);
}
